"""Saving what staff change of the content, and publishing it: other pages call this.

The check of an edition runs in a process of its own (`ivr changes publish`), so that no call waits for it.
"""

import os
import sys
from collections.abc import Collection, Iterable, Mapping
from functools import partial
from subprocess import DEVNULL, Popen
from typing import TypeAlias

from flask import redirect, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from ivr.content.changes import Change, Spot, Value, fingerprint
from ivr.database.admission import admit, is_admitted
from ivr.database.changes import StaffChange, add_change, hold, read_changes
from ivr.database.publications import begin_again, begin_going_back, begin_publication
from ivr.errors import HelplineError
from ivr.web.page_context import PageContext
from ivr.webhooks.not_open import why_not_open

# New values by place; None removes what stands there.
Edits: TypeAlias = Mapping[Spot, Value]


def save(context: PageContext, edits: Edits, by: str, *, approved: bool) -> tuple[int, ...]:
    """The numbers of the changes, which wait to be approved or published; HelplineError without a database."""
    return context.ask(partial(_save, changes=changes_of(context, edits), by=by, approved=approved))


def waiting_changes(context: PageContext) -> tuple[StaffChange, ...]:
    """What waits to be approved or published; nothing if the database doesn't tell, which saving will say."""
    try:
        return context.ask(read_changes)
    except HelplineError:
        return ()


def publish_now(context: PageContext, edits: Edits, by: str, *, opens: bool = False) -> Response:
    """Saves changes and has them checked and published at once; leads to the page that shows how far that is.

    With `opens` the public is let in as soon as they are published. HelplineError without a database, and while
    another edition is being checked.
    """

    def ask(connection: Connection) -> int:
        numbers = _save(connection, changes_of(context, edits), by, approved=True)
        return _begin(connection, context, numbers, by, opens=opens)

    return _check(context, context.ask(ask))


def publish_saved(context: PageContext, numbers: Collection[int], by: str, dropped: Iterable[int] = ()) -> Response:
    """The same for changes that were saved before; those `dropped` are no longer in force.

    ChangedMeanwhileError if one of the changes waits no more.
    """
    return _check(context, context.ask(partial(_begin, context=context, numbers=numbers, by=by, dropped=dropped)))


def publish_again(context: PageContext, number: int, by: str) -> Response:
    """The same for what an edition, which was refused or interrupted, was to change."""
    return _check(context, context.ask(partial(begin_again, number=number, by=by)))


def go_back(context: PageContext, number: int, by: str) -> Response:
    """The same for the changes of an older edition, 0 being the files alone."""
    return _check(context, context.ask(partial(begin_going_back, number=number, by=by)))


def changes_of(context: PageContext, edits: Edits) -> tuple[Change, ...]:
    """Edits as changes of what the files themselves say."""
    return tuple(Change(*spot, fingerprint(context.written_at(spot)), value) for spot, value in edits.items())


def _save(connection: Connection, changes: Iterable[Change], by: str, *, approved: bool) -> tuple[int, ...]:
    return tuple(add_change(connection, each, by, approved=approved) for each in changes)


def _begin(
    connection: Connection,
    context: PageContext,
    numbers: Collection[int],
    by: str,
    *,
    opens: bool = False,
    dropped: Iterable[int] = (),
) -> int:
    """From the first edition on it is a button that opens the line: until then it stays as it is."""
    hold(connection, numbers)
    if is_admitted(connection) is None:
        admit(connection, by, is_open=not why_not_open(context.helpline, context.settings, context.database))
    return begin_publication(connection, numbers, by, opens=opens, dropped=dropped)


def _check(context: PageContext, number: int) -> Response:
    words = ["--helpline", str(context.line.folder), "changes", "publish", str(number)]
    Popen(  # noqa: S603 - our own command, and a number
        [sys.executable, "-c", "from ivr.cli.main import main; main()", *words],
        env={**os.environ, "DATABASE_URL": context.settings.database_url.replace("+psycopg", "", 1)},
        stdin=DEVNULL,
        stdout=DEVNULL,
    )
    return redirect(url_for("staff.edition", number=number), 303)

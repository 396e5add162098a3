"""`/console/changes/<number>`: how far an edition is, from its check until every worker serves it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from flask import Blueprint, abort, render_template
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from ivr.console.changes.described import compared
from ivr.console.changes.findings import in_plain_words
from ivr.console.changes.publishing import publish_again
from ivr.console.sign_in.auth import coordinators_only, person
from ivr.database.audit import Entry
from ivr.database.changes import StaffChange, approvals
from ivr.database.in_force import Standing, standing
from ivr.database.publications import Publication, edition_number, read_editions, read_publication
from ivr.errors import HelplineError
from ivr.web.page_context import PageContext
from ivr.web.words import page_language, words_in

Answer: TypeAlias = tuple[str, int]
# While one of these is shown, the page asks again by itself.
PASSING = ("checking", "applying", "unknown")


@dataclass(frozen=True)
class Asked:
    """An edition as the database has it: its changes, and those of the edition before it."""

    publication: Publication
    in_force: int
    standing: Standing
    now: tuple[StaffChange, ...]
    before: tuple[StaffChange, ...]
    approved: Mapping[int, Entry]

    @property
    def state(self) -> str:
        """checking, interrupted, refused, replaced (by a later one), or the state of the workers."""
        if self.publication.state != "published":
            return self.publication.state
        return self.standing.state if self.publication.number == self.in_force else "replaced"


def add_edition(pages: Blueprint, context: PageContext) -> None:
    @pages.get("/changes/<int:number>")
    def edition(number: int) -> Answer:
        try:
            asked = context.ask(partial(read_asked, number=number))
        except HelplineError:
            return render_template("changes/edition.html", number=number, state="unknown", passing=True), 503
        if asked is None:
            abort(404)
        return _page(context, asked), 200

    @pages.post("/changes/<int:number>/again")
    @coordinators_only
    def try_again(number: int) -> Response:
        return publish_again(context, number, person().name)


def read_asked(connection: Connection, number: int) -> Asked | None:
    """None if nobody asked for it."""
    publication = read_publication(connection, number)
    if publication is None:
        return None
    editions = read_editions(connection, (number, publication.base))
    now, before = editions[number], editions[publication.base]
    return Asked(
        publication,
        edition_number(connection),
        standing(connection),
        now,
        before,
        approvals(connection, {each.number for each in now}),
    )


def _page(context: PageContext, asked: Asked) -> str:
    added, removed = compared(context, asked.now, asked.before)
    return render_template(
        "changes/edition.html",
        number=asked.publication.number,
        asked=asked,
        approved=asked.approved,
        state=asked.state,
        passing=asked.state in PASSING,
        findings=in_plain_words(context, asked.publication.findings, words_in(page_language())),
        added=added,
        removed=removed,
        may_publish=person().is_coordinator,
        helpline=context.helpline,
    )

"""`/console/people`: who has an account, one's own sessions, and who changed what."""

from collections.abc import Callable
from functools import partial

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response as AnyResponse

from ivr.console.people.own_password import add_own_password
from ivr.console.sign_in.auth import COORDINATOR, FIRST, STAFF, Person, coordinators_only, person
from ivr.console.sign_in.invitation import invitation_link
from ivr.database.accounts import (
    Account,
    NameTakenError,
    change_role,
    end_account,
    invite,
    invite_again,
    read_accounts,
    read_name,
)
from ivr.database.audit import read_audit, record
from ivr.database.sessions import Session, are_ended_everywhere, end_sessions_of, read_sessions, write_ended
from ivr.database.tables import MOST
from ivr.errors import HelplineError
from ivr.web.page_context import PageContext

ROLES = (STAFF, COORDINATOR)
DONE = {"role": "account_role", "end": "account_end"}


def add_people(pages: Blueprint, context: PageContext) -> None:
    @pages.get("/people")
    def people() -> tuple[str, int]:
        return _page(context)

    @pages.post("/people")
    @coordinators_only
    def change_people() -> AnyResponse | tuple[str, int]:
        try:
            return _invite(context) if request.form.get("do") == "invite" else _change(context)
        except HelplineError:
            return _page(context, error="not_written", status=503)

    @pages.post("/people/sessions")
    def end_sessions() -> AnyResponse | tuple[str, int]:
        """One of one's own, or all but this one."""
        wanted, kept = _number("session"), session.get("number")
        try:
            context.ask(partial(_end_own, who=person(), kept=kept, wanted=wanted))
        except HelplineError:
            return _page(context, error="not_written", status=503)
        return _back(context, "account_sessions")

    add_own_password(pages, context, partial(_back, context))

    @pages.get("/people/history")
    @coordinators_only
    def audit() -> AnyResponse | str:
        """What is in the way of the history is said on the page People."""
        try:
            entries = context.ask(read_audit)
        except HelplineError:
            return redirect(url_for("staff.people"), 303)
        zone = context.helpline.about.time_zone
        return render_template("people/history.html", entries=entries, zone=zone)


def _invite(context: PageContext) -> tuple[str, int]:
    name, role = read_name(request.form.get("name", "")), _role()
    if not name:
        return _page(context, error="choose_name", status=422)
    try:
        if name.casefold() == FIRST.name.casefold():
            raise NameTakenError(name)
        return _page(context, context.ask(partial(invite, by=person().name, name=name, role=role)))
    except NameTakenError:
        return _page(context, error="name_taken", status=422)


def _change(context: PageContext) -> AnyResponse | tuple[str, int]:
    """Of one account: a new link, which is shown at once and never again, or back to the page."""
    do, by, number = request.form.get("do", ""), person().name, _number("account")
    if do == "sessions":
        return _back(context, context.ask(partial(_end_all, by=by, number=number)))
    changes: dict[str, Callable[[Connection], Account | None]] = {
        "link": partial(invite_again, by=by, number=number),
        "role": partial(change_role, by=by, number=number, role=_role()),
        "end": partial(end_account, by=by, number=number),
    }
    changed = context.ask(changes[do] if do in changes else abort(400))
    if not changed:
        return _back(context, "account_gone")
    if do == "link":
        _wait(context)
        return _page(context, changed)
    return _back(context, DONE[do])


def _end_all(connection: Connection, by: str, number: int) -> str:
    """Of an account, or of whoever signed in with CONSOLE_PASSWORD."""
    names = {FIRST.account: FIRST.name, **{each.number: each.name for each in read_accounts(connection)}}
    if number not in names:
        return "account_gone"
    end_sessions_of(connection, number)
    record(connection, by, "sessions-ended", names[number])
    return "account_sessions"


def _end_own(connection: Connection, who: Person, kept: int | None, wanted: int) -> None:
    """The one wanted; if that is 0, all but the one kept."""
    if wanted:
        mine = {each.number for each in read_sessions(connection) if each.account == who.account}
        write_ended(connection, mine & {wanted})
    else:
        end_sessions_of(connection, who.account, kept)
    record(connection, who.name, "sessions-ended", who.name)


def _number(field: str) -> int:
    number = request.form.get(field, -1, type=int)
    return number if 0 <= number <= MOST else abort(400)


def _role() -> str:
    role = request.form.get("role", STAFF)
    return role if role in ROLES else abort(400)


def _wait(context: PageContext) -> None:
    """Until every worker refuses the sessions that ended, or with a warning that this isn't known."""
    if not are_ended_everywhere(context.settings.database_url, ()):
        flash("not_everywhere")


def _back(context: PageContext, word: str) -> AnyResponse:
    flash(word)
    _wait(context)
    return redirect(url_for("staff.people"), 303)


def _page(
    context: PageContext, invited: Account | None = None, *, error: str = "", status: int = 200
) -> tuple[str, int]:
    accounts, sessions, is_known = ((), (), False) if status == 503 else _read(context)
    html = render_template(
        "people/people.html",
        error=error,
        invited=invited,
        link=invitation_link(context.settings, invited) if invited else "",
        roles=ROLES,
        first=FIRST,
        accounts=accounts,
        sessions=sessions,
        is_known=is_known,
        this=session.get("number"),
        zone=context.helpline.about.time_zone,
        has_database=bool(context.settings.database_url),
    )
    return html, status


def _read(context: PageContext) -> tuple[tuple[Account, ...], tuple[Session, ...], bool]:
    """Accounts and sessions, and whether the database said so."""
    try:
        return *context.ask(lambda connection: (read_accounts(connection), read_sessions(connection))), True
    except HelplineError:
        return (), (), False

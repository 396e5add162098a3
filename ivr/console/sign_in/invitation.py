"""`/console/invitation/...`: whoever opens the link chooses a password, once, and is signed in."""

from datetime import timedelta
from functools import partial
from secrets import token_hex

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ivr.config import SHORTEST_PASSWORD, Settings
from ivr.console.sign_in.auth import Person, begin_session, new_session
from ivr.console.sign_in.known_browser import read_signed, remember_browser, sign
from ivr.console.sign_in.passwords import hash_of
from ivr.database.accounts import Account, accept, find_invited
from ivr.errors import HelplineError
from ivr.web.page_context import PageContext

GOOD_FOR = timedelta(days=7)
PURPOSE = "invitation"


def invitation_link(settings: Settings, account: Account) -> str:
    """Good until it is used, another one is made, or the account ends; seven days at most."""
    token = sign(settings, PURPOSE, f"{account.number}-{account.invitation}")
    return f"{settings.public_url}/console/{PURPOSE}/{token}"


def add_invitation(pages: Blueprint, context: PageContext) -> None:
    @pages.route(f"/{PURPOSE}/<token>", methods=["GET", "POST"])
    def invitation(token: str) -> AnyResponse | tuple[str, int]:
        signed = read_signed(context.settings, PURPOSE, token, GOOD_FOR)
        number, _, random = signed.partition("-")
        try:
            invited = context.ask(partial(find_invited, number=int(number), invitation=int(random))) if signed else None
            if not invited:
                return _page(None, status=410)
            return _answer(context, invited) if request.method == "POST" else _page(invited)
        except HelplineError:
            return render_template("message.html", message="no_accounts"), 503


def _answer(context: PageContext, invited: Account) -> AnyResponse | tuple[str, int]:
    password = request.form.get("password", "")
    if len(password) < SHORTEST_PASSWORD:
        return _page(invited, is_short=True, status=422)
    begun, today = new_session(invited.number), context.moment().date()
    if not context.ask(partial(accept, invited=invited, password=hash_of(password), today=today, begun=begun)):
        return _page(None, status=410)
    begin_session(context.settings, Person(invited.name, invited.role, invited.number), begun.number)
    answer = redirect(url_for("staff.home"), 303)
    remember_browser(answer, context.settings, token_hex(8))
    return answer


def _page(invited: Account | None, *, is_short: bool = False, status: int = 200) -> tuple[str, int]:
    html = render_template("sign_in/invitation.html", invited=invited, is_short=is_short, shortest=SHORTEST_PASSWORD)
    return html, status

"""Who asks for a page and what they may open: a session that ends by itself, roles, and strangers turned away."""

import hmac
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from secrets import randbelow
from typing import Any, TypeVar

from flask import Flask, Request, abort, current_app, g, redirect, request, session, url_for
from flask.sansio.app import App
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_wtf.csrf import CSRFProtect
from werkzeug.wrappers import Response as AnyResponse

from ivr.config import Settings
from ivr.database.sessions import LONGEST, Session, are_ended_everywhere
from ivr.database.tables import BROWSERS, MOST, ROLES
from ivr.web.page_context import PageContext

STAFFS = re.compile(r"/(console|phone)(/|$)")
IDLE = timedelta(minutes=30)
SIGN_IN, INVITATION = "staff.sign_in", "staff.invitation"
REVIEWER, STAFF, COORDINATOR = ROLES
SAFE_METHODS = ("GET", "HEAD")
MARKS = {"Firefox": "Firefox/", "Edge": "Edg/", "Chrome": "Chrome/", "Safari": "Safari/", "": ""}  # in this order
# Below our own address: a path that begins with a letter can't name another host.
WAY_BACK = re.compile(r"/[a-z][\w/.-]*(\?[\w=&%.:+-]*)?", re.ASCII)

T = TypeVar("T", bound=Callable[..., Any])


@dataclass(frozen=True)
class Person:
    """Whoever is signed in, by a name that staff know. `account` is 0 for whoever has no account."""

    name: str
    role: str
    account: int = 0

    @property
    def is_coordinator(self) -> bool:
        return self.role == COORDINATOR

    def may_open(self, endpoint: str | None) -> bool:
        """Whether something answers there that this role may ask for: staff, where it says nothing else."""
        view = current_app.view_functions.get(endpoint or "")
        return view is not None and ROLES.index(self.role) >= ROLES.index(getattr(view, "lowest_role", STAFF))


# Whoever sits at the machine of a demo without a password, and whoever signed in with CONSOLE_PASSWORD.
DEMO, FIRST = Person("demo", COORDINATOR), Person("CONSOLE_PASSWORD", COORDINATOR)


def shown_name(words: Mapping[str, str], name: str) -> str:
    """As pages name somebody."""
    return words["first_coordinator"] if name == FIRST.name else name


def person() -> Person:
    """Who asks, in a page behind the guard. Not in another thread, such as a question to the database."""
    found: Person = g.person
    return found


def lowest_role(role: str) -> Callable[[T], T]:
    """For a view: all with this role or a higher one may open it."""

    def mark(view: T) -> T:
        view.lowest_role = role  # type: ignore[attr-defined]  # a function takes any
        return view

    return mark


coordinators_only = lowest_role(COORDINATOR)


def is_open_to_all(settings: Settings) -> bool:
    """A demo without a password answers on the loopback address only and holds nothing real."""
    return settings.demo and not settings.console_password


def has_console(settings: Settings) -> bool:
    return is_open_to_all(settings) or bool(settings.console_password and settings.secret_key)


def is_staffs(path: str) -> bool:
    """Whether an address is below the console's or the telephone's, whichever page answers there, or none."""
    return STAFFS.match(path) is not None


class _Sessions(SecureCookieSessionInterface):
    """Staff have them. Opening one and closing it would cost a webhook a sixth of its time."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        return super().open_session(app, request) if is_staffs(request.path) else None


def prepare(app: App, settings: Settings) -> None:
    """The session's cookie, and CSRF tokens for forms; Twilio's webhooks have none and are signed instead."""
    app.session_interface = _Sessions()  # type: ignore[attr-defined]  # the app of a blueprint is a Flask
    app.secret_key = settings.secret_key
    app.config.update(
        SESSION_COOKIE_NAME="__Host-staff" if settings.is_https else "staff",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,  # only where a page was seen: clips are public and kept by others
        PERMANENT_SESSION_LIFETIME=IDLE,
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=None,  # a token lasts as long as its session
    )
    CSRFProtect(app)


def turn_strangers_away(context: PageContext) -> AnyResponse | None:
    """They are sent to the sign-in where they only look, and refused where they do; None for whoever may be here."""
    if found := find_person(context):
        g.person = found
        session.modified = bool(session)  # the idle time begins again
        return None if request.endpoint is None or found.may_open(request.endpoint) else abort(403)
    if request.method in SAFE_METHODS:
        return redirect(url_for(SIGN_IN, next=request.script_root + request.full_path.rstrip("?")))
    return abort(403)


def find_person(context: PageContext) -> Person | None:
    """Signed in not longer ago than a working day, and not signed out since, also not in another browser.

    All of it is in the session, so that whoever is signed in stays so while the database doesn't answer.
    """
    if is_open_to_all(context.settings):
        return DEMO
    since: Any = session.get("since", 0)
    is_good = (
        hmac.compare_digest(str(session.get("staff", "")), _password_fingerprint(context.settings))
        and 0 <= time.time() - since < LONGEST.total_seconds()
        and "number" in session
        and not context.database.is_ended(session["number"])
        and session.get("role") in ROLES
    )
    return Person(session["name"], session["role"], session["account"]) if is_good else None


def new_session(account: int) -> Session:
    """For whoever asks, by this account: a number, and of the browser no more than its maker's name."""
    agent = request.user_agent.string
    return Session(randbelow(MOST), account, next(name for name in BROWSERS if MARKS[name] in agent))


def begin_session(settings: Settings, who: Person, number: int) -> None:
    """A new one, so that nobody goes on with what a stranger has put into the old one."""
    lang = session.get("lang")
    session.clear()
    session.permanent = True
    session.update(staff=_password_fingerprint(settings), since=int(time.time()), number=number, lang=lang)
    session.update(account=who.account, name=who.name, role=who.role)


def end_session(context: PageContext) -> bool:
    """For good, also for who has a copy of its cookie; whether every worker is known to refuse it now."""
    number = session.get("number")
    session.clear()
    if number is None:
        return True
    context.database.end_session(number)
    return not context.settings.database_url or are_ended_everywhere(context.settings.database_url, {number})


def is_password(text: str, settings: Settings) -> bool:
    """In the same time for every text."""
    given, right = (sha256(each.encode()).digest() for each in (text, settings.console_password))
    return hmac.compare_digest(given, right)


def way_back(text: str) -> str:
    """Where a stranger wanted to go, if it is a page of ours."""
    return text if WAY_BACK.fullmatch(text) else url_for("staff.home")


def _password_fingerprint(settings: Settings) -> str:
    """Under which CONSOLE_PASSWORD a session began: with another one all sessions end, those of accounts too."""
    return hmac.new(settings.secret_key.encode(), settings.console_password.encode(), sha256).hexdigest()

"""Browsers that don't wait for what strangers guess: those in which somebody signed in, or opened a link of ours."""

from datetime import timedelta
from secrets import token_hex

from flask import request, url_for
from itsdangerous import BadSignature, TimestampSigner
from werkzeug.wrappers import Response

from ivr.config import Settings

KNOWN, KNOWN_FOR = "known", timedelta(days=90)
LINK, LINK_FOR = "link", timedelta(minutes=15)


def sign_in_link(settings: Settings) -> str:
    """An address that makes a browser known, for a quarter of an hour. It still asks for the password."""
    return f"{settings.public_url}/console/sign-in?{LINK}={sign(settings, LINK, token_hex(8))}"


def known_browser(settings: Settings) -> str:
    """The name of the browser that asks, which says nothing about it; empty if it isn't known."""
    if name := read_signed(settings, KNOWN, request.cookies.get(KNOWN, ""), KNOWN_FOR):
        return name
    return read_signed(settings, LINK, request.args.get(LINK, ""), LINK_FOR)


def remember_browser(answer: Response, settings: Settings, browser: str) -> None:
    answer.set_cookie(
        KNOWN,
        sign(settings, KNOWN, browser),
        max_age=KNOWN_FOR,
        path=url_for("staff.sign_in"),
        secure=settings.is_https,
        httponly=True,
        samesite="Lax",
    )


def sign(settings: Settings, purpose: str, name: str) -> str:
    return TimestampSigner(settings.secret_key, salt=purpose).sign(name).decode()


def read_signed(settings: Settings, purpose: str, signed: str, lasts: timedelta) -> str:
    """What was signed for this purpose; empty if it wasn't, or too long ago."""
    try:
        found = TimestampSigner(settings.secret_key, salt=purpose).unsign(signed, max_age=int(lasts.total_seconds()))
        return found.decode()
    except BadSignature:
        return ""

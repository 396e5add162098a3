"""Desks closed and opened as staff do it: the page that reads back, its Save button, and Undo."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape

from ivr.database.connection import database
from ivr.database.desk_overrides import read_overrides
from tests.staff import token

CHECK = "/console/desks/cinga/change/check"
FORM = {"state": "close", "span": "day", "day": "2026-11-24", "reason": "short-staffed"}


def read_back(browser, desk: str = "cinga", **typed: str):
    return browser.get(f"/console/desks/{desk}/change/check", query_string={**FORM, **typed})


def save(browser, **typed: str):
    """As its button does: the page that reads back, sent to the address in its form."""
    page = read_back(browser, **typed)
    assert page.status_code == 200
    (action,) = re.findall(r'<form class="card said-form" method="post" action="([^"]*)"', page.text)
    below = {"reason": "short-staffed", **typed}
    form = {name: below[name] for name in ("reason", "told", "sure") if name in below}
    return browser.post(unescape(action), data={"csrf_token": token(page), **form})


def undo(browser, number: str):
    return browser.post(
        "/console/desks", data={"csrf_token": token(browser.get(CHECK, query_string=FORM)), "take_back": number}
    )


def stored(url):
    with database(url) as connection:
        return read_overrides(connection, datetime(2026, 11, 24, tzinfo=UTC))


def links(page) -> dict[str, str]:
    """What a tap on a card does: its words, and the address."""
    found = re.findall(r'<a class="plain" href="(/console/desks/[^"]*)" aria-label="([^"]*)"', page.text)
    return {words: unescape(address) for address, words in found}

"""Desks set on a telephone's screen in a real browser: by keyboard alone, and by touch."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from playwright.sync_api import expect

from ivr.database.connection import database
from ivr.database.desk_overrides import read_overrides
from tests.browser import serving
from tests.cast import NUMBERS, TOKYO, app, helpline
from tests.database.line import sqlite_url
from tests.served import free_port

WIDTH = 390
MAX_TABS = 40


@pytest.fixture(scope="module")
def desks(tmp_path_factory):
    """The address of a demo, and that of its database."""
    url, port = sqlite_url(tmp_path_factory.mktemp("desks")), free_port()
    with serving(app(helpline(), {**NUMBERS, "PORT": str(port), "DATABASE_URL": url}), port) as address:
        yield f"{address}/console/desks", url


def said(url: str):
    with database(url) as connection:
        return read_overrides(connection, datetime.now(TOKYO))


def tab_to(page, found) -> None:
    for _ in range(MAX_TABS):
        page.keyboard.press("Tab")
        if found.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"no Tab leads to {found}")


def type_day(page, field, day) -> None:
    """In the order of the browser's own language, which is the machine's and not the page's."""
    tab_to(page, field)
    for order in ("%m%d%Y", "%d%m%Y"):
        field.focus()
        page.keyboard.type(f"{day:{order}}")
        if field.input_value() == day.isoformat():
            return
    pytest.fail(f"{field.input_value()} was typed, not {day}")


def test_a_desk_is_closed_tomorrow_afternoon_by_keyboard_alone(desks, open_page):
    address, url = desks
    day = (datetime.now(TOKYO) + timedelta(days=1)).date()
    page = open_page(address, WIDTH, locale="en-GB", java_script_enabled=False)
    tab_to(page, page.get_by_role("link", name="Other dates …: CINGA"))
    page.keyboard.press("Enter")
    type_day(page, page.get_by_label("First day"), day)
    tab_to(page, page.get_by_label("From what time"))
    page.keyboard.type("1300")
    tab_to(page, page.get_by_label("Until what time"))
    page.keyboard.type("1600")
    page.keyboard.press("Enter")
    expect(page.locator(".read-back")).to_have_text(
        f"CINGA will be closed on {day:%A}, {day.day} {day:%B %Y}, 13:00 to 16:00."
    )
    tab_to(page, page.get_by_label("Reason"))
    page.keyboard.type("Line")
    tab_to(page, page.get_by_label("Tell callers at the start of the call"))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Save"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Takes effect within seconds.")).to_be_visible()
    (override,) = said(url)
    assert (override.desk, override.override.open, override.reason, override.told) == (
        "cinga",
        False,
        "line-fault",
        True,
    )
    assert [override.override.since, override.override.until] == [
        datetime.combine(day, time(hour), TOKYO) for hour in (13, 16)
    ]
    tab_to(page, page.get_by_role("button", name="Undo"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Undone. Usual hours apply.")).to_be_visible()
    assert said(url) == ()


def test_a_desk_is_set_for_tomorrow_with_two_taps(desks, open_page):
    address, url = desks
    page = open_page(address, WIDTH, locale="ja", has_touch=True)
    page.get_by_role("link", name="明日").first.tap()
    if page.get_by_role("button", name="設定する").count():  # on a day without usual hours its times are asked for
        page.get_by_role("button", name="設定する").tap()
        expect(page.get_by_text("数秒で反映されます。")).to_be_visible()
        assert [override.desk for override in said(url)] == ["cinga"]
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH

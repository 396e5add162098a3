"""The page Desks: who is open, what staff set, each undone alone, and the calendar."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import time_machine

from ivr.content.model import Desk
from ivr.database.connection import database
from ivr.database.in_force import Worker, forget_worker, write_down
from tests.cast import BOTH_OPEN, FRESC, NUMBERS, app, helpline
from tests.console.setting_desks import CHECK, FORM, links, read_back, save, stored, undo
from tests.staff import text_of, token


def cells(page) -> dict[str, str]:
    """What stands on each day of the calendar."""
    found = re.findall(r'<time datetime="(\d{4}-\d\d-\d\d)">(.*?)</td>', page.text, re.S)
    return {day: " ".join(re.sub(r"<[^>]*>", " ", text).split()) for day, text in found}


def test_languages_with_hours_of_their_own_have_lines_of_their_own(without_database):
    written = {"hours": "always", "hours_by_language": {"vi": {"wednesday 2 4": "13:00-18:00"}}}
    shared = helpline().desks["fresc"].model_dump() | {"closed": (), "open": {}}
    desks = {"fresc": Desk.model_validate(shared | written)}
    page = app(replace(helpline(), desks=desks), {"FRESC_PHONE": FRESC}).test_client().get("/console/desks")
    assert "fresc Vietnamese Tiếng Việt closed Opens" in text_of(page)
    assert "fresc 00:00–24:00 fresc Vietnamese Tiếng Việt 13:00–18:00" in cells(page)["2026-11-25"]


def test_the_page_asks_again_by_itself_until_what_was_set_is_in_force_and_alarms_after_ten_seconds(
    staff, desks_url, monkeypatch
):
    assert "In force" not in text_of(staff.get("/console/desks"))  # nobody has set anything
    save(staff)
    page = staff.get("/console/desks")
    assert '<meta http-equiv="refresh" content="2">' in page.text
    worker = Worker()
    with database(desks_url) as connection:
        write_down(connection, worker, 0)
    monkeypatch.setattr("ivr.database.in_force.APPLYING_SECONDS", 0)
    page = staff.get("/console/desks")
    words = text_of(page)
    assert "Not in force: 1 of 1 programs that answer calls haven't read the last change. Callers may still" in words
    assert 'danger" role="alert"' in page.text
    assert "http-equiv" not in page.text
    with database(desks_url) as connection:
        write_down(connection, worker, 1)
    assert "In force: calls follow what staff set." in text_of(staff.get("/console/desks"))
    undo(staff, "1")
    with database(desks_url) as connection:
        forget_worker(connection, worker)
    assert "Not in force: no program that answers calls has read" in text_of(staff.get("/console/desks"))


def test_further_notice_reaches_into_the_next_month(staff):
    save(staff, span="notice")
    assert "cinga closed set by staff" in cells(staff.get("/console/desks?month=2026-12"))["2026-12-01"]
    assert "Closed until further notice" in text_of(staff.get("/console/desks"))


def test_each_thing_that_was_set_is_undone_alone_and_the_page_says_what_applies_then(staff, desks_url):
    for day in ("2026-12-01", "2026-12-02", "2026-12-03"):
        save(staff, day=day)
    page = staff.get("/console/desks")
    assert re.findall(r'name="take_back" value="(\d+)"', page.text) == ["3", "2", "1"]
    assert 'aria-label="Undo: CINGA, Closed on Wednesday, 2 December 2026, the whole day"' in page.text
    assert undo(staff, "2").status_code == 303
    assert "Undone. Usual hours apply." in text_of(staff.get("/console/desks"))
    assert [said.number for said in stored(desks_url)] == [3, 1]
    assert undo(staff, "2").status_code == 303
    assert "It was undone already." in text_of(staff.get("/console/desks"))
    save(staff, span="notice")
    undo(staff, "4")
    still = "Undone. Still set for CINGA: Closed on Thursday, 3 December 2026, the whole day."
    assert still in text_of(staff.get("/console/desks"))


@pytest.mark.parametrize("number", ["", "cinga", "-1", "²", "9" * 9])
def test_what_has_no_number_cannot_be_undone(staff, number):
    assert undo(staff, number).status_code == 400


def test_without_a_database_the_pages_say_why_nothing_can_be_set(without_database):
    page = without_database.get("/console/desks")
    assert "only with a database: set DATABASE_URL" in text_of(page)
    assert links(page) == {}
    page = read_back(without_database)
    assert "only with a database: set DATABASE_URL" in text_of(page)
    assert "Save</button>" not in page.text
    assert without_database.post(CHECK, query_string=FORM, data={"csrf_token": token(page)}).status_code == 503
    assert undo(without_database, "1").status_code == 503


def test_with_a_database_that_is_down_nothing_is_lost_but_the_change(tmp_path):
    with time_machine.travel(f"{BOTH_OPEN}+09:00", tick=False):
        staff = app(helpline(), {**NUMBERS, "DATABASE_URL": f"sqlite:///{tmp_path}"}).test_client()
        page = staff.get("/console/desks")
        assert page.status_code == 200
        assert "The database doesn't answer" in text_of(page)
        answer = save(staff, told="1")
        assert answer.status_code == 503
        assert "Nothing was changed" in text_of(answer)
        assert '<option value="short-staffed" selected>' in answer.text
        assert 'name="told" value="1" checked' in answer.text
        assert undo(staff, "1").status_code == 503


def test_the_calendar_shows_holidays_and_yearly_closures(staff):
    page = staff.get("/console/desks")
    assert cells(page)["2026-11-23"] == "Mon 23 Labor Thanksgiving Day cinga closed fresc closed"
    assert cells(page)["2026-11-27"] == "Fri 27 cinga 10:00–16:00 fresc 09:00–17:00"
    page = staff.get("/console/desks?month=2027-01&lang=ja")
    assert cells(page)["2027-01-01"] == "金 1 元日 cinga 毎年の休み fresc 毎年の休み"
    assert cells(page)["2027-01-11"].startswith("月 11 成人の日 cinga 休み")


@pytest.mark.parametrize(
    ("month", "shown", "leads"),
    [
        ("", "Nov 2026", ["2026-10", "2026-12"]),
        ("2026-01", "Jan 2026", ["2025-12", "2026-02"]),
        ("2026-12", "Dec 2026", ["2026-11", "2027-01"]),
        ("2000-01", "Jan 2000", ["2000-02"]),
        ("2099-12", "Dec 2099", ["2099-11"]),
        ("2026-13", "Nov 2026", ["2026-10", "2026-12"]),
        ("9999-12", "Nov 2026", ["2026-10", "2026-12"]),
        ("nonsense", "Nov 2026", ["2026-10", "2026-12"]),
    ],
)
def test_months_follow_one_another(without_database, month, shown, leads):
    page = without_database.get(f"/console/desks?month={month}")
    assert f"Calendar: {shown}" in text_of(page)
    assert re.findall(r"\?month=([\d-]+)#", page.text) == leads

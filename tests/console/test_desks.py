"""The page Desks: closing and opening, the calendar, and "what if it were ...?"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import time_machine

from ivr.content.model import Desk
from ivr.database.connection import database
from ivr.database.desk_overrides import read_overrides
from ivr.database.in_force import Worker, forget_worker, write_down
from tests.cast import BOTH_OPEN, FRESC, NONE_OPEN, NUMBERS, app, helpline
from tests.staff import text_of, token

FORM = {"desk": "cinga", "state": "close", "span": "day", "day": "2026-11-24", "reason": "short-staffed"}


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path / 'ivr.db'}"


@pytest.fixture
def browser(url):
    """In a demo, on the day on which most calls are made."""
    with time_machine.travel(f"{BOTH_OPEN}+09:00", tick=False):
        yield app(helpline(), {**NUMBERS, "DATABASE_URL": url}).test_client()


@pytest.fixture
def without_database():
    with time_machine.travel(f"{BOTH_OPEN}+09:00", tick=False):
        yield app(helpline(), NUMBERS).test_client()


def send(browser, **typed: str):
    return browser.post("/console/desks", data={"csrf_token": token(browser.get("/console/desks")), **typed})


def stored(url):
    with database(url) as connection:
        return read_overrides(connection, datetime(2026, 11, 24, tzinfo=UTC))


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
    assert "fresc 00:00–24:00 fresc vi 13:00–18:00" in cells(page)["2026-11-25"]


def test_a_desk_is_closed_for_a_day(browser, url):
    answer = send(browser, **FORM)
    assert (answer.status_code, answer.location) == (303, "/console/desks")
    (said,) = stored(url)
    assert (said.desk, said.override.open, said.reason) == ("cinga", False, "short-staffed")
    page = browser.get("/console/desks")
    words = text_of(page)
    assert "Saved. Being applied … This page says when it is in force." in words
    assert "Closed from Tue 24 Nov 2026, 00:00 until Wed 25 Nov 2026, 00:00 Short of staff" in words
    assert cells(page)["2026-11-24"] == "Tue 24 today cinga closed set by staff fresc 09:00–17:00"
    assert "Saved." not in text_of(browser.get("/console/desks"))


def test_the_page_asks_again_by_itself_until_what_was_set_is_in_force_and_alarms_after_ten_seconds(
    browser, url, monkeypatch
):
    assert "In force" not in text_of(browser.get("/console/desks"))  # nobody has set anything
    send(browser, **FORM)
    page = browser.get("/console/desks")
    assert '<meta http-equiv="refresh" content="2">' in page.text
    worker = Worker()
    with database(url) as connection:
        write_down(connection, worker, 0)
    monkeypatch.setattr("ivr.database.in_force.APPLYING_SECONDS", 0)
    page = browser.get("/console/desks")
    words = text_of(page)
    assert "Not in force: 1 of 1 processes that answer calls didn't read the last change. Callers may still" in words
    assert 'danger" role="alert"' in page.text
    assert "http-equiv" not in page.text
    with database(url) as connection:
        write_down(connection, worker, 1)
    assert "In force: callers meet what staff set." in text_of(browser.get("/console/desks"))
    send(browser, clear="cinga")
    with database(url) as connection:
        forget_worker(connection, worker)
    assert "Not in force: no process that answers calls read" in text_of(browser.get("/console/desks"))


def test_a_desk_is_opened_outside_its_hours_and_that_is_taken_back(browser, url):
    send(browser, **{**FORM, "state": "open", "span": "until", "until": "2026-11-24T20:00"})
    assert cells(browser.get("/console/desks"))["2026-11-24"].startswith("Tue 24 today cinga 10:00–20:00 set by")
    assert send(browser, take_back="1").status_code == 303
    assert stored(url) == ()
    assert "Undone." in text_of(browser.get("/console/desks"))


def test_further_notice_reaches_into_the_next_month(browser):
    send(browser, **{**FORM, "span": "notice"})
    assert "cinga closed set by staff" in cells(browser.get("/console/desks?month=2026-12"))["2026-12-01"]
    assert "Closed until further notice" in text_of(browser.get("/console/desks"))


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(browser, url):
    answer = send(browser, **{**FORM, "day": "2026-11-01", "reason": ""})
    assert answer.status_code == 422
    assert re.search(r'name="day"[^>]*value="2026-11-01"', answer.text)
    assert re.search(r'id="reason-error">Please choose a reason.', answer.text)
    assert re.search(r'<option value="cinga" selected>', answer.text)
    answer = send(browser, **{**FORM, "day": "2026-11-01"})
    assert re.search(r'name="day"[^>]*aria-describedby="day-error"', answer.text)
    assert "That ends before it begins, or is over already." in answer.text
    assert stored(url) == ()


@pytest.mark.parametrize(
    ("typed", "first"), [({}, 'id="desk"'), ({"state": "", "reason": ""}, 'value="close"'), ({"day": ""}, 'name="day"')]
)
def test_the_page_opens_at_the_first_field_that_is_wrong(browser, typed, first):
    """On a telephone's screen the form is far below the page's head."""
    answer = send(browser, **(typed and {**FORM, **typed}))
    assert first in re.search(r"<[^>]* autofocus>", answer.text)[0]


@pytest.mark.parametrize("typed", [{}, {"desk": "<script>", "day": '"><script>'}, {"span": "until", "until": "\0"}])
def test_nonsense_is_answered_with_the_form(browser, typed):
    answer = send(browser, **typed)
    assert answer.status_code == 422
    assert "<script>" not in answer.text


def test_a_desk_is_opened_on_a_day_at_its_usual_hours_or_at_those_that_were_typed(browser):
    send(browser, **{**FORM, "state": "open", "day": "2026-12-29", "last_day": "2026-12-30"})
    send(browser, **{**FORM, "state": "open", "day": "2026-12-05", "opens": "13:00", "closes": "15:00"})
    words, days = text_of(browser.get("/console/desks")), cells(browser.get("/console/desks?month=2026-12"))
    assert "Open from Tue 29 Dec 2026, 00:00 until Thu 31 Dec 2026, 00:00 at its usual hours" in words
    assert "Open from Sat 5 Dec 2026, 13:00 until Sat 5 Dec 2026, 15:00 Short of staff" in words
    assert days["2026-12-29"].startswith("Tue 29 cinga 10:00–16:00 set by staff fresc closed every year")
    assert days["2026-12-05"].startswith("Sat 5 cinga 13:00–15:00 set by staff")


def test_a_desk_is_closed_at_some_hours_of_several_days_to_come(browser):
    send(browser, **{**FORM, "day": "2026-12-07", "last_day": "2026-12-08", "opens": "12:00", "closes": "13:00"})
    assert "at 12:00–13:00 each day" in text_of(browser.get("/console/desks"))
    days = cells(browser.get("/console/desks?month=2026-12"))
    for day in ("Mon 7", "Tue 8"):
        assert days[f"2026-12-0{day[-1]}"].startswith(f"{day} cinga 10:00–12:00 13:00–16:00 set by staff")
    assert days["2026-12-09"].startswith("Wed 9 cinga 10:00–16:00 fresc")


def test_each_thing_that_was_said_is_taken_back_alone(browser, url):
    for day in ("2026-12-01", "2026-12-02", "2026-12-03"):
        send(browser, **{**FORM, "day": day})
    buttons = re.findall(r'name="take_back" value="(\d+)"', browser.get("/console/desks").text)
    assert buttons == ["3", "2", "1"]
    send(browser, take_back="2")
    assert [said.number for said in stored(url)] == [3, 1]
    assert send(browser, take_back="2").status_code == 303  # a colleague was quicker


@pytest.mark.parametrize("number", ["", "cinga", "-1", "²", "9" * 9])
def test_what_has_no_number_cannot_be_taken_back(browser, number):
    assert send(browser, take_back=number).status_code == 400


def test_a_form_without_its_token_changes_nothing(browser, url):
    answer = browser.post("/console/desks", data=FORM)
    assert answer.status_code == 400
    assert "open for too long" in text_of(answer)
    assert stored(url) == ()


def test_without_a_database_the_page_says_why_there_is_no_form(without_database):
    page = without_database.get("/console/desks")
    assert "only with a database: set DATABASE_URL" in text_of(page)
    assert 'name="reason"' not in page.text


def test_with_a_database_that_is_down_nothing_is_lost_but_the_change(tmp_path):
    with time_machine.travel(f"{BOTH_OPEN}+09:00", tick=False):
        browser = app(helpline(), {**NUMBERS, "DATABASE_URL": f"sqlite:///{tmp_path}"}).test_client()
        page = browser.get("/console/desks")
        assert page.status_code == 200
        assert "The database doesn't answer" in text_of(page)
        answer = browser.post("/console/desks", data={"csrf_token": token(page), **FORM})
    assert answer.status_code == 503
    assert "Nothing was changed" in text_of(answer)
    assert re.search(r'name="day"[^>]*value="2026-11-24"', answer.text)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_form_without_a_database_is_told_that_it_is_missing(without_database, language):
    page = without_database.get(f"/console/?lang={language}")
    assert page.status_code == 200
    without_database.get("/console/desks")
    assert send_anyway(without_database).status_code == 503


def send_anyway(browser):
    """A form from a page that was loaded while there was a database."""
    from flask_wtf.csrf import generate_csrf

    with browser.application.test_request_context("/console"):
        from flask import session

        signed, raw = generate_csrf(), dict(session)
    with browser.session_transaction("/console") as kept:
        kept.update(raw)
    return browser.post("/console/desks", data={"csrf_token": signed, **FORM})


def test_the_calendar_shows_holidays_and_yearly_closures(browser):
    page = browser.get("/console/desks")
    assert cells(page)["2026-11-23"] == "Mon 23 Labor Thanksgiving Day cinga closed fresc closed"
    assert cells(page)["2026-11-27"] == "Fri 27 cinga 10:00–16:00 fresc 09:00–17:00"
    page = browser.get("/console/desks?month=2027-01&lang=ja")
    assert cells(page)["2027-01-01"] == "金 1 元日 cinga 毎年の休み fresc 毎年の休み"
    assert cells(page)["2027-01-11"].startswith("月 11 成人の日 cinga 休み")


@pytest.mark.parametrize(
    ("month", "shown", "links"),
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
def test_months_follow_one_another(without_database, month, shown, links):
    page = without_database.get(f"/console/desks?month={month}")
    assert f"Calendar: {shown}" in text_of(page)
    assert re.findall(r"\?month=([\d-]+)#", page.text) == links


def what_if(browser, at: str, language: str = "en") -> str:
    page = browser.get("/console/desks", query_string={"at": at, "language": language})
    assert page.status_code == 200
    return text_of(page).split("Check another time")[1]


def test_what_if_it_were_another_moment(without_database):
    words = what_if(without_database, "2026-11-24T09:30")
    assert "Desks on Tue 24 Nov 2026, 09:30 cinga closed Opens Tue 24 Nov 2026, 10:00 fresc open" in words
    assert "1 fresc with an interpreter yes 2 cinga possible no" in words
    assert "To be connected to the FRESC Help Desk, press one." in words
    words = what_if(without_database, NONE_OPEN.replace(" ", "T"))
    assert "1 fresc with an interpreter no 2 cinga possible no" in words
    assert "We cannot connect you to a person now." in words
    assert "1 cinga spoken at the desk yes" in what_if(without_database, "2026-11-24T11:00", "ja")


def test_what_if_leaves_alone_what_is_now(without_database):
    pages = [without_database.get("/console/desks", query_string={"at": at}) for at in (BOTH_OPEN, NONE_OPEN)]
    now, other = (text_of(page).split("Check another time")[0] for page in pages)
    assert now == other


def test_what_if_follows_what_staff_said_at_once(browser):
    assert "2 cinga possible yes" in what_if(browser, "2026-11-24T11:00")
    send(browser, **FORM)
    assert "2 cinga possible no" in what_if(browser, "2026-11-24T11:00")
    assert "2 cinga possible yes" in what_if(browser, "2026-11-25T11:00")


@pytest.mark.parametrize(
    "at", ["nonsense", "2026-02-30T10:00", "1999-01-01T00:00", "\0", "2026-11-24T10:00" + "0" * 99]
)
def test_a_moment_that_is_none_is_told_beside_its_field(without_database, at):
    page = without_database.get("/console/desks", query_string={"at": at})
    assert page.status_code == 200
    assert "Please give a date and time" in text_of(page)
    assert 'aria-describedby="at-error"' in page.text

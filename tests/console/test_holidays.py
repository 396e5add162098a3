"""The page Holidays: the computed days of two years, compared with the official list by a tick."""

from __future__ import annotations

from dataclasses import replace

import pytest
import time_machine

from ivr.content.loader import read_helpline
from ivr.content.model import Desk
from tests.cast import BOTH_OPEN, NUMBERS, app, helpline
from tests.console.published import FOLDER, app_with, edition, without_check
from tests.staff import text_of, token

PAGE = "/console/holidays"
OFFICIAL = "https://www8.cao.go.jp/chosei/shukujitsu/gaiyou.html"


@pytest.fixture
def url(desks_url):
    return desks_url


@pytest.fixture
def browser(url):
    with time_machine.travel(f"{BOTH_OPEN}+09:00", tick=False):
        yield app_with(url).test_client()


def send(browser, **form: str):
    return browser.post(PAGE, data={"csrf_token": token(browser.get(PAGE)), **form})


def test_the_days_of_this_year_that_are_left_and_of_the_next_stand_beside_the_official_list(browser):
    page = browser.get(PAGE)
    words = text_of(page)
    assert f'<a href="{OFFICIAL}" rel="noreferrer external">' in page.text
    assert "Public holidays 2026 0 No more public holidays in this year." in words
    assert "Public holidays 2027 17" in words
    assert "Mon 22 Mar 2027 Substitute Holiday cinga closed , fresc closed" in words.replace("closed,", "closed ,")
    assert "Nobody has compared the holidays yet. Needed at least up to Sat 23 Jan 2027." in words
    assert "2027年3月22日(月) 振替休日 cinga 休み" in text_of(browser.get(f"{PAGE}?lang=ja"))


def test_a_desk_that_opens_on_a_holiday_is_shown_with_its_times():
    written = {
        "hours": {"monday-friday": "09:00-17:00"},
        "holidays": "JP",
        "closed": [],
        "open": {"2027-05-03": "10:00-15:00"},
    }
    shared = helpline().desks["fresc"].model_dump()
    french = {**written, "holidays": "FR", "open": {}}
    desks = {"fresc": Desk.model_validate(shared | written), "cinga": Desk.model_validate(shared | french)}
    with time_machine.travel(f"{BOTH_OPEN}+09:00", tick=False):
        page = text_of(app(replace(helpline(), desks=desks), NUMBERS).test_client().get(PAGE))
    assert "Mon 3 May 2027 Constitution Day JP fresc 10:00–15:00" in page
    assert "Wed 14 Jul 2027" in page
    assert "FR cinga closed" in page


def test_a_tick_says_how_far_they_were_compared(browser, url, monkeypatch):
    without_check(monkeypatch)
    untouched = send(browser, until="2027-12-31")
    assert untouched.status_code == 422
    assert "Please compare the list first, then tick the box." in text_of(untouched)
    assert send(browser, until="2031-12-31", compared="yes").status_code == 422
    assert edition(url).number == 0
    assert send(browser, until="2027-12-31", compared="yes").location == "/console/?published=1"
    changes = edition(url).changes
    assert str(read_helpline(FOLDER, changes)[0].about.holidays_verified_until) == "2027-12-31"
    page = app_with(url, changes).test_client().get(PAGE)
    assert "Compared up to Fri 31 Dec 2027." in text_of(page)
    assert 'name="compared"' not in page.text


def test_a_line_whose_desks_keep_no_holidays_has_no_such_page():
    desks = {name: desk.model_copy(update={"holidays": ""}) for name, desk in helpline().desks.items()}
    browser = app(replace(helpline(), desks=desks), NUMBERS).test_client()
    assert browser.get(PAGE).status_code == 404
    assert PAGE not in browser.get("/console/still-true").text

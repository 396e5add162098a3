"""The usual hours of a desk, changed in the browser: the form, what is read back, and the edit that it makes."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from types import SimpleNamespace

import pytest

from ivr.cli.new import STARTERS
from ivr.console.desks.hours_form import edits_for, form_of, read_usual_hours
from ivr.console.desks.openings_heard import languages_without
from ivr.console.hours_words import closures_in_words, week_in_words
from ivr.console.sign_in import auth
from ivr.console.sign_in.auth import Person
from ivr.content.model import Desk
from ivr.database.changes import read_changes
from ivr.database.publications import publish
from tests.cast import helpline, loaded
from tests.console.changed import ChangedLine
from tests.database.line import connected
from tests.staff import text_of, token

CINGA = helpline().desks["cinga"]
SHARED = CINGA.model_dump() | {"closed": (), "open": {}}
SPOT = ("desks.yaml", ("desks", "cinga", "hours"))
OFFICE = ("desks", "office", "hours")
PAGE = "/console/desks/cinga/hours"


def desk(hours, **more) -> Desk:
    return Desk.model_validate({**SHARED, "hours": hours, **more})


def read(before: Desk, **typed: str):
    fields = {name.replace("_", "-"): value for name, value in typed.items()}
    return read_usual_hours({**form_of(before), **fields}, "cinga", before)


def test_hours_of_every_shape_fill_the_form_and_are_written_as_they_were():
    """One change and the same back again: what the form doesn't show is kept, in the shortest way to write it."""
    for written in (
        {"monday-friday": "10:00-16:00"},
        {"monday-thursday": ["09:00-12:00", "13:00-17:00"], "friday": "09:00-12:00"},
        {"tuesday": "22:00-06:00", "saturday-sunday": "10:00-24:00"},
        {"every day": "09:00-17:00", "holidays": "10:00-12:00"},
        {"monday-friday": "10:00-16:00", "saturday 1 last": "13:00-18:00", "holidays": ["09:00-10:00", "11:00-12:00"]},
        "always",
    ):
        before = desk(written)
        changed, wrong = read(before, sunday_opens_2="23:15", sunday_closes_2="23:45", monday_opens_0="05:00",
                              monday_closes_0="06:00", sunday_opens_0="", sunday_closes_0="")  # fmt: skip
        assert not wrong
        assert changed.written != written
        back, wrong = read_usual_hours(form_of(before), "cinga", desk(changed.written))
        assert not wrong
        assert edits_for(back) == {SPOT: written}
        assert read(before) == (None, {"hours": "hours_unchanged"})


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"monday_closes_0": ""}, {"monday": "usual_bad_hours"}),
        ({"monday_opens_0": "9"}, {"monday": "usual_bad_hours"}),
        ({"tuesday_closes_0": "10:00"}, {"tuesday": "usual_bad_hours"}),
        ({"friday_opens_1": "15:00", "friday_closes_1": "18:00"}, {"friday": "usual_overlap"}),
        ({"holidays_opens_0": "15:00"}, {"holidays": "usual_bad_hours"}),
        ({"monday_closes_0": "", "sunday_opens_0": "x"}, {"monday": "usual_bad_hours", "sunday": "usual_bad_hours"}),
        ({"saturday_opens_0": "14:00", "saturday_closes_0": "15:00"}, {"hours": "usual_overlap"}),
    ],
)
def test_what_is_wrong_is_told_beside_its_day(typed, wrong):
    before = desk({"monday-friday": "10:00-16:00", "saturday 1": "13:00-18:00"})
    assert read(before, **typed) == (None, wrong)


def test_a_desk_without_any_hours_is_refused_and_so_is_an_empty_form():
    assert read_usual_hours({}, "cinga", CINGA) == (None, {"hours": "usual_none"})
    holidays_only = {"holidays-opens-0": "10:00", "holidays-closes-0": "12:00"}
    assert not read_usual_hours(holidays_only, "cinga", CINGA)[1]


def test_hours_are_read_back_in_words():
    week = desk({"monday-thursday": ["09:00-12:00", "13:00-17:00"], "friday": "22:00-06:00",
                 "saturday 2 last": "09:00-24:00"}).hours  # fmt: skip
    assert week_in_words("en", week, has_holidays=True) == [
        "Monday to Thursday: 09:00 to 12:00 and 13:00 to 17:00",
        "Friday: 22:00 to 06:00 on the next day",
        "Saturday to Sunday: closed",
        "The second and last Saturday of the month: 09:00 to 24:00",
        "Public holidays: closed",
    ]
    assert week_in_words("ja", week, has_holidays=False) == [
        "月曜日から木曜日: 09:00から12:00までと13:00から17:00まで",
        "金曜日: 22:00から翌日の06:00まで",
        "土曜日から日曜日: 休み",
        "毎月第2と最終土曜日: 09:00から24:00まで",
    ]
    closed = desk("always", closed=["12-29 to 01-03", "2027-08-13"]).closed
    assert closures_in_words("en", closed) == ["29 December to 3 January", "Fri 13 Aug 2027"]


def typed_in(page) -> dict[str, str]:
    """The fields of the form, as a browser would send them."""
    return dict(re.findall(r'<input type="time" name="([^"]*)" value="([^"]*)"', page.text))


def test_hours_are_read_back_before_they_are_changed_and_at_night_a_tick_is_asked_for(staff, desks_url):
    form = staff.get(PAGE)
    assert form.status_code == 200
    assert "every year: 29 December to 3 January" in text_of(form)
    fields = typed_in(form)
    assert (fields["monday-opens-0"], fields["monday-closes-0"], fields["sunday-opens-0"]) == ("10:00", "16:00", "")
    fields |= {"monday-opens-0": "09:30", "saturday-opens-0": "10:00", "saturday-closes-0": "00:00"}
    page = staff.get(f"{PAGE}/check", query_string=fields)
    words = text_of(page)
    assert "CINGA will usually be open: Monday: 09:30 to 16:00 Tuesday to Friday: 10:00 to 16:00" in words
    assert "Saturday: 10:00 to 24:00 Sunday: closed" in words
    assert "Until now: Monday to Friday: 10:00 to 16:00" in words
    assert 'href="/console/prompts/cinga.hours"' in page.text
    answer = press(staff, page)
    assert answer.status_code == 422, "Saturday goes on until midnight"
    assert 'id="sure-error"' in answer.text
    with connected(desks_url) as connection:
        assert read_changes(connection) == ()


@pytest.mark.parametrize(
    ("typed", "languages"),
    [
        ({"monday-closes-0": "15:00"}, ""),
        ({"tuesday-opens-0": "", "tuesday-closes-0": ""}, ""),
        ({"saturday-opens-0": "09:15", "saturday-closes-0": "12:00"}, "all languages"),
    ],
)
def test_it_is_told_in_which_languages_no_sentence_says_a_new_opening_time(staff, typed, languages):
    """For a quarter past nine nobody has words; dates, which come once a year, aren't told of."""
    page = staff.get(f"{PAGE}/check", query_string={**typed_in(staff.get(PAGE)), **typed})
    told = re.findall("in place of new opening times, .*: (.*) These sentences say its hours", text_of(page))
    assert told == ([languages] if languages else [])


def test_a_language_without_a_clip_for_a_new_opening_time_is_told_by_its_name():
    mondays = replace(loaded().helpline, desks={"cinga": desk({"monday": "10:00-16:00"})})
    spoken = loaded().catalog.only(lambda clip: clip.prompt != "opens.weekday.tuesday.1000" or clip.language == "si")
    context = SimpleNamespace(helpline=mondays, catalog=spoken)
    assert languages_without(context, "cinga", desk({"monday-tuesday": "10:00-16:00"}).hours) == ["ne", "ur", "fa"]


@pytest.fixture
def office(tmp_path, no_check) -> ChangedLine:
    """A line with a desk of some more hours."""
    return ChangedLine(tmp_path, STARTERS / "town")


def press(browser, page, **ticked: str):
    (action,) = re.findall(r'method="post" action="([^"]*)"', page.text)
    return browser.post(unescape(action), data={"csrf_token": token(page), **ticked})


def test_a_coordinator_has_the_hours_checked_and_published(office):
    browser, page = office.browser(), "/console/desks/office/hours"
    fields = {**typed_in(browser.get(page)), "monday-opens-0": "09:30"}
    shown = browser.get(f"{page}/check", query_string=fields)
    assert "The second and fourth Wednesday of the month: 18:00 to 20:00" in text_of(shown)
    assert press(browser, shown).location == "/console/changes/1"
    assert "version" not in text_of(shown)
    assert press(browser, shown).status_code == 409, "another one is being checked"
    with connected(office.url) as connection:
        assert publish(connection, 1)
    assert office.said("desks", "office", "hours", file="desks.yaml") == {
        "monday": "09:30-17:00",
        "tuesday-friday": "09:00-17:00",
        "wednesday 2 4": "18:00-20:00",
        "holidays": "10:00-12:00",
    }
    assert typed_in(office.browser().get(page))["monday-opens-0"] == "09:30"
    back = unescape(re.search(r'href="([^"]*)">Back</a>', shown.text)[1])
    assert typed_in(browser.get(back))["monday-opens-0"] == "09:30"


def test_staff_suggest_hours_and_see_who_else_did(office, monkeypatch):
    browser, page = office.browser(), "/console/desks/office/hours"
    fields = {**typed_in(browser.get(page)), "monday-opens-0": "09:30"}
    monkeypatch.setattr(auth, "DEMO", Person("Aiko", "staff"))
    shown = browser.get(f"{page}/check", query_string=fields)
    assert "Suggest</button>" in shown.text
    assert press(browser, shown).location == "/console/changes"
    with connected(office.url) as connection:
        (waiting,) = read_changes(connection)
    assert (waiting.by, waiting.state, waiting.change.spot) == ("Aiko", "suggested", ("desks.yaml", OFFICE))
    fields["monday-opens-0"] = "10:00"
    monkeypatch.setattr(auth, "DEMO", Person("Ken", "staff"))
    shown = browser.get(f"{page}/check", query_string=fields)
    assert "Aiko has changed these hours, too. That change waits to be published." in text_of(shown)


def test_what_is_wrong_stands_beside_its_day_and_what_was_typed_stays(staff):
    answer = staff.get(f"{PAGE}/check", query_string={"monday-opens-0": "09:30", "tuesday-opens-0": "10:00"})
    assert answer.status_code == 422
    assert 'id="monday-error">Please give both times' in answer.text
    assert re.search(r'name="monday-opens-0" value="09:30"[^>]* autofocus', answer.text)
    assert staff.get("/console/desks/x/hours").status_code == 404


def test_without_a_database_hours_can_be_read_back_only(without_database):
    page = without_database.get(f"{PAGE}/check", query_string={"monday-opens-0": "09:30", "monday-closes-0": "12:00"})
    assert "only with a database" in text_of(page)
    answer = without_database.post(
        f"{PAGE}/check?monday-opens-0=09:30&monday-closes-0=12:00", data={"csrf_token": token(page)}
    )
    assert answer.status_code == 503

"""Closing and opening a desk: two taps or the form for other dates, read back in words before anything is saved."""

from __future__ import annotations

import re
from html import unescape

import pytest
import time_machine

from tests.cast import BOTH_OPEN, NONE_OPEN, app, helpline
from tests.console.setting_desks import CHECK, FORM, links, read_back, save, stored
from tests.staff import SETTINGS, sign_in, stranger, text_of, token


def test_two_taps_close_a_desk_today_or_tomorrow(staff, desks_url):
    for words, day in (
        ("Close today: CINGA", "Tuesday, 24 November"),
        ("Close tomorrow: CINGA", "Wednesday, 25 November"),
    ):
        address = links(staff.get("/console/desks"))[words]
        page = staff.get(address)
        assert f"CINGA will be closed on {day} 2026, the whole day." in text_of(page)
        assert "Nothing is saved yet." in text_of(page)
        answer = staff.post(address, data={"csrf_token": token(page), "reason": "other"})
        assert (answer.status_code, answer.location) == (303, "/console/desks")
        shown = text_of(staff.get("/console/desks"))
        assert f"CINGA will be closed on {day} 2026, the whole day." in shown
        assert "Takes effect within seconds. This page says when it is in force." in shown
    assert [(said.desk, said.override.open, said.reason, said.told) for said in stored(desks_url)] == [
        ("cinga", False, "other", False)
    ] * 2
    page = staff.get("/console/desks")
    assert "CINGA will be closed" not in text_of(page), "it is said once"
    assert "Tue 24 today cinga closed set by staff fresc 09:00–17:00" in text_of(page)
    assert "Wed 25 tomorrow cinga closed set by staff fresc 09:00–17:00" in text_of(page)
    assert "Tomorrow, Wed 25 Nov 2026: closed set by staff" in text_of(page)
    assert "Tomorrow, Wed 25 Nov 2026: 09:00–17:00" in text_of(page)
    assert list(links(page))[:3] == [
        "Open today: CINGA",
        "Open tomorrow: CINGA",
        "Other dates …: CINGA",
    ]


def test_what_is_read_back_says_what_callers_hear_and_from_when(staff):
    words = text_of(read_back(staff))
    assert (
        "hear that it is closed, and that it opens on Wed 25 Nov 2026, 10:00. It takes effect within seconds." in words
    )
    words = text_of(read_back(staff, day="2026-12-28"))
    assert "it opens on Mon 4 Jan 2027, 10:00." in words
    assert "within seconds" not in words
    assert "hear that it is closed. It takes effect" in text_of(read_back(staff, span="notice"))
    assert "make sure that somebody answers." in text_of(read_back(staff, state="open", span="notice"))
    page = read_back(staff, day="2026-12-01", lang="ja")
    assert "CINGAを2026年12月1日(火曜日)、終日閉めます。" in text_of(page)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"day": "2026-12-01"}, "closed on Tuesday, 1 December 2026, the whole day."),
        ({"day": "2026-12-07", "last_day": "2026-12-11"},
         "closed from Monday, 7 December 2026 to Friday, 11 December 2026, whole days."),
        ({"day": "2026-12-01", "opens": "13:00", "closes": "16:00"},
         "closed on Tuesday, 1 December 2026, 13:00 to 16:00."),
        ({"day": "2026-12-07", "last_day": "2026-12-08", "opens": "12:00", "closes": "13:00"},
         "closed from Monday, 7 December 2026 to Tuesday, 8 December 2026, each day 12:00 to 13:00."),
        ({"span": "until", "until": "2026-11-24T15:00"}, "closed on Tuesday, 24 November 2026, 11:00 to 15:00."),
        ({"span": "until", "until": "2026-11-25T15:00"}, "closed from now until Wednesday, 25 November 2026, 15:00."),
        ({"span": "notice"}, "closed from now until further notice."),
        ({"state": "open", "day": "2026-12-29"}, "open on Tuesday, 29 December 2026, 10:00 to 16:00."),
        ({"state": "open", "day": "2026-12-29", "last_day": "2027-01-03"},
         "open from Tuesday, 29 December 2026 to Sunday, 3 January 2027, at its usual hours."),
        ({"state": "open", "span": "notice", "opens": "22:00", "closes": "02:00"},
         "open from now until further notice, each day 22:00 to 02:00 on the next day."),
    ],
)  # fmt: skip
def test_dates_and_times_of_every_kind_are_read_back_in_words(staff, typed, words):
    assert f"CINGA will be {words}" in text_of(read_back(staff, **typed))


def test_callers_are_told_at_the_start_where_the_box_is_ticked(staff, desks_url):
    save(staff, told="1")
    assert [said.told for said in stored(desks_url)] == [True]
    assert "Short of staff told at the start of calls Undo" in text_of(staff.get("/console/desks"))


def test_nobodys_telephone_rings_at_night_by_mistake(staff, desks_url):
    whole_day = {"state": "open", "day": "2026-12-05", "opens": "00:00", "closes": "24:00", "reason": "extra-hours"}
    page = read_back(staff, **whole_day)
    assert "At night (22:00 to 07:00), or for more than 12 hours on end, CINGA is not usually open." in text_of(page)
    answer = save(staff, **whole_day)
    assert answer.status_code == 422
    assert 'id="sure-error">Please tick the box' in answer.text
    assert stored(desks_url) == ()
    assert save(staff, **whole_day, sure="1").status_code == 303
    assert [said.override.open for said in stored(desks_url)] == [True]
    page = read_back(staff, state="open", day="2026-12-06")
    assert page.status_code == 422
    assert 'id="hours-error">The desk has no usual hours then.' in page.text


def test_reasons_that_contradict_are_neither_offered_nor_taken(staff, desks_url):
    assert 'value="extra-hours"' not in read_back(staff).text
    opened = read_back(staff, state="open", day="2026-12-29", reason="other")
    assert re.findall(r'<option value="([^"]*)"', opened.text) == ["extra-hours", "emergency", "other"]
    answer = save(staff, reason="extra-hours")
    assert answer.status_code == 422
    assert 'id="reason-error">Please choose a reason.' in answer.text
    assert stored(desks_url) == ()


def test_a_closed_desk_is_opened_with_a_tap_or_by_the_form_where_its_hours_are_over(staff):
    with time_machine.travel(f"{NONE_OPEN}+09:00", tick=False):
        offers = links(staff.get("/console/desks"))
        form = staff.get(offers["Open today: CINGA"])
        assert "Close tomorrow: CINGA" in offers
    assert 'name="state" value="open" checked' in form.text
    assert re.search(r'name="day"[^>]*value="2026-11-24"', form.text)
    with time_machine.travel("2026-12-29 09:00+09:00", tick=False):
        offers = links(staff.get("/console/desks"))
        page = staff.get(offers["Open today: CINGA"])
    assert "CINGA will be open on Tuesday, 29 December 2026, 10:00 to 16:00." in text_of(page)


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(staff, desks_url):
    answer = read_back(staff, day="2026-11-01")
    assert answer.status_code == 422
    assert re.search(r'name="day"[^>]*value="2026-11-01"[^>]*aria-describedby="day-error"', answer.text)
    assert "That ends before it begins, or is over already." in answer.text
    assert 'name="reason" value="short-staffed"' in answer.text
    page = read_back(staff, day="2026-12-01", opens="13:00", closes="16:00")
    back = unescape(re.search(r'href="([^"]*)">Back</a>', page.text)[1])
    form = staff.get(back).text
    for name, value in (("day", "2026-12-01"), ("opens", "13:00"), ("closes", "16:00")):
        assert re.search(rf'name="{name}"[^>]*value="{value}"', form)
    assert stored(desks_url) == ()


@pytest.mark.parametrize(
    ("typed", "first"),
    [({"state": ""}, 'value="close"'), ({"day": ""}, 'name="day"'), ({"opens": "9"}, 'name="opens"')],
)
def test_the_page_opens_at_the_first_field_that_is_wrong(staff, typed, first):
    assert first in re.search(r"<[^>]* autofocus>", read_back(staff, **typed).text)[0]


@pytest.mark.parametrize("typed", [{"span": ""}, {"day": '"><script>'}, {"span": "until", "until": "\0"}])
def test_nonsense_is_answered_with_the_form(staff, typed):
    answer = read_back(staff, **typed)
    assert answer.status_code == 422
    assert "<script>" not in answer.text


def test_a_desk_that_is_none_has_no_pages(staff):
    assert [staff.get(path).status_code for path in (CHECK.replace("cinga", "x"), "/console/desks/x/change")] == [
        404
    ] * 2


def test_looking_changes_nothing_and_neither_does_a_form_without_its_token(staff, desks_url):
    assert read_back(staff, reason="other", sure="1").status_code == 200
    answer = staff.post(CHECK, query_string=FORM)
    assert answer.status_code == 400
    assert "open for too long" in text_of(answer)
    assert stored(desks_url) == ()


def test_whoever_was_signed_out_meanwhile_finds_the_form_as_it_was(desks_url):
    """By another tab, or because they were away for too long."""
    with time_machine.travel(f"{BOTH_OPEN}+09:00", tick=False):
        served = app(helpline(), {**SETTINGS, "DATABASE_URL": desks_url})
        staff = stranger(served)
        sign_in(staff)
        page, old = read_back(staff, day="2026-12-01"), {"reason": "line-fault", "told": "1"}
        old["csrf_token"] = token(page)
        staff.post("/console/sign-out", data={"csrf_token": old["csrf_token"]})
        refused = staff.post(CHECK, query_string={**FORM, "day": "2026-12-01"}, data=old)
        assert refused.status_code == 403
        (way_in,) = re.findall(r'href="(/console/sign-in[^"]*)"', refused.text)
        back = sign_in(staff, where=unescape(way_in)).location
        assert "token" not in back
        shown = staff.get(back)
        assert "closed on Tuesday, 1 December 2026, the whole day." in text_of(shown)
        stale = staff.post(CHECK, query_string={**FORM, "day": "2026-12-01"}, data=old)  # signed in, an older page
        assert stale.status_code == 400
        for page in (refused, stale):
            assert 'name="reason" value="line-fault"' in page.text
            assert 'name="told" value="1"' in page.text
    assert stored(desks_url) == ()

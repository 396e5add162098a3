"""Notices: what callers hear at the start, and a text of one's own in each language."""

from __future__ import annotations

from datetime import datetime

import pytest
import time_machine
from flask import redirect

from ivr.console import publish_page
from ivr.console.notices.own_words import edits_for, form_of, spot_of
from ivr.console.sign_in import auth
from ivr.console.sign_in.auth import Person
from ivr.content.hours import Override
from ivr.database.no_database import Database
from ivr.database.publications import BeingCheckedError
from ivr.errors import HelplineError
from tests.cast import BOTH_OPEN, NUMBERS, TOKYO, app, helpline
from tests.staff import text_of, token

EN, KO = spot_of("en"), spot_of("ko")


class Told(Database):
    """Staff have closed FRESC from Friday to Tuesday, and CINGA in two weeks, and tell callers."""

    def overrides(self):
        days = {"fresc": ("2026-11-27", "2026-12-02"), "cinga": ("2026-12-08", "2026-12-09")}
        moments = {
            name: [datetime.fromisoformat(day).replace(tzinfo=TOKYO) for day in each] for name, each in days.items()
        }
        return {
            name: (Override(open=False, since=each[0], until=each[1], told=True),) for name, each in moments.items()
        }


@pytest.fixture
def published(monkeypatch):
    """What would be checked and published."""
    found: list[dict] = []

    def publish(_context, edits, by):
        assert by
        found.append(edits)
        return redirect("/published", 303)

    monkeypatch.setattr(publish_page, "publish_now", publish)
    return found


def test_a_form_changes_what_differs_and_an_empty_text_removes_it():
    said = {"en": "We move.", "ko": {"text": "이사합니다.", "to": "2026-12-05"}, "ja": None, "fr": {"text": "Fermé."}}
    form = form_of(said)
    texts = {"text-en": "We move.", "text-ko": "이사합니다.", "text-ja": "", "text-fr": "Fermé."}
    assert form == {**texts, "first": "", "last": "2026-12-05"}
    dated = {EN: {"text": "We move.", "to": "2026-12-05"}, spot_of("fr"): {"text": "Fermé.", "to": "2026-12-05"}}
    assert edits_for(form, said) == dated
    assert edits_for({**form, "last": "", "text-fr": " "}, said) == {KO: "이사합니다.", spot_of("fr"): None}
    both = {"text": "We  have\nmoved.", "from": "2026-12-01", "to": "2026-12-05"}
    typed = {"text-en": both["text"], "first": both["from"], "last": both["to"]}
    assert edits_for(typed, {"en": "We move."}) == {EN: {**both, "text": "We have moved."}}


def test_the_page_shows_what_callers_hear_now_and_what_of_desks_is_to_come():
    with time_machine.travel(f"{BOTH_OPEN}+09:00", tick=False):
        browser = app(helpline(), NUMBERS, counts=Told()).test_client()
        page = text_of(browser.get("/console/notices?language=ne"))
        assert "On Friday," in page, "its meaning"
        assert "FRESC Closed from Friday, 27 November 2026 to Tuesday, 1 December 2026, whole days heard now" in page
        assert "heard from Wed 2 Dec 2026" in page
        assert "शुक्रबार, On Friday," in page
        assert "It stays closed for some time." in page
        japanese = text_of(browser.get("/console/notices?language=en&lang=ja"))
        assert "2026年12月2日(水)から流れます" in japanese


def test_a_text_is_published_in_the_languages_in_which_it_was_written(staff, published):
    page = staff.get("/console/notices")
    assert "No notice is heard now." in text_of(page)
    form = {"csrf_token": token(page), "last": "2026-12-05", "text-en": "We are closed this week.", "text-ko": ""}
    answer = staff.post("/console/notices", data=form)
    assert (answer.status_code, answer.location) == (303, "/published")
    assert published == [{EN: {"text": "We are closed this week.", "to": "2026-12-05"}}]
    answer = staff.post("/console/notices", data={"csrf_token": token(page)})
    assert (answer.status_code, answer.location) == (303, "/console/notices")
    assert "Nothing was changed." in text_of(staff.get("/console/notices"))
    assert len(published) == 1


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_is_kept(staff, published):
    form = {
        "csrf_token": token(staff.get("/console/notices")),
        "first": "2026-12-05", "last": "2026-12-01",
        "text-en": "We have moved, and " * 5 + "we have moved.",
        "text-ur": "ہم بند ہیں۔",
    }  # fmt: skip
    page = staff.post("/console/notices", data=form)
    assert page.status_code == 422
    words = text_of(page)
    assert "Not saved" in words
    assert "The last day is before the first." in words
    assert "Too long for a notice." in words
    assert form["text-en"] in page.text
    assert "Callers of these languages hear nothing of it: Japanese" in words
    assert "Callers couldn't hear this yet" in words
    wrong = {**form, "first": "soon", "text-en": "We are closed on 10 December.", "text-ur": ""}
    words = text_of(staff.post("/console/notices", data=wrong))
    assert "This is not a day." in words
    assert "A digit, # or * stands in the text. Write it as a word." in words
    assert not published


def test_staff_suggest_what_coordinators_publish(staff, published, monkeypatch):
    monkeypatch.setattr(auth, "DEMO", Person("Hana", "staff"))
    page = staff.get("/console/notices")
    assert "Check and publish" not in page.text
    form = {"csrf_token": token(page), "text-en": "We have moved."}
    assert staff.post("/console/notices", data=form).location == "/console/changes"
    shown = text_of(staff.get("/console/changes"))
    assert "Your suggestion waits for a coordinator." in shown
    assert "We have moved." in shown
    assert not published


def test_nothing_is_saved_without_a_database_or_while_another_edition_is_checked(
    without_database, staff, published, monkeypatch
):
    assert "Check and publish" not in without_database.get("/console/notices").text
    form = {"csrf_token": token(staff.get("/console/notices")), "text-en": "We have moved."}
    for error, status, words in (
        (BeingCheckedError("busy"), 409, "are being checked at this moment"),
        (HelplineError("down"), 503, "Nothing was changed: the database doesn't answer."),
    ):

        def refuse(*_args, error=error):
            raise error

        monkeypatch.setattr(publish_page, "publish_now", refuse)
        page = staff.post("/console/notices", data=form)
        assert (page.status_code, words in text_of(page)) == (status, True)
        assert "We have moved." in page.text

"""The page Now: what it says is what a caller meets at the same moment."""

from __future__ import annotations

import re

import pytest
import time_machine

from ivr.app import create_app
from ivr.config import read_settings
from ivr.console.home.tasks import RULES, TASKS, is_ready, tasks
from ivr.content.loader import read_helpline
from ivr.errors import Finding
from ivr.web.words import LANGUAGES, words_in
from tests.cast import (
    BOTH_OPEN,
    NOBODY,
    NONE_OPEN,
    NUMBERS,
    ONLY_FRESC,
    app,
    helpline,
    loaded,
    without,
)
from tests.console.published import FOLDER, app_with, edition, without_check
from tests.database.line import sqlite_url
from tests.staff import STAFF, sign_in, stranger, text_of, token

APP = app(helpline(), NUMBERS)
OWN = {"Referer": "https://line.example.org/console/"}


def page(moment: str = BOTH_OPEN, query: str = "", served=APP):
    with time_machine.travel(f"{moment}+09:00", tick=False):
        return served.test_client().get(f"/console/?{query}")


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (BOTH_OPEN, ["cinga open", "fresc open"]),
        (ONLY_FRESC, ["cinga closed Opens Tue 24 Nov 2026, 10:00", "fresc open"]),
        (NONE_OPEN, ["cinga closed Opens Wed 25 Nov 2026, 10:00", "fresc closed Opens Wed 25 Nov 2026, 09:00"]),
        ("2026-12-28 20:00", ["cinga closed Opens Mon 4 Jan 2027, 10:00"]),
    ],
)
def test_desks_are_open_or_say_when(moment, words):
    for word in words:
        assert word in text_of(page(moment))


def test_key_0_offers_the_desk_that_fits_the_language_first():
    rows = re.findall(r"<tr>.*?</tr>", page().text, re.S)
    desks = {code[1]: re.findall(r'desk-name">(\w+)<', row) for row in rows if (code := re.search(r"<td>(\d\d)<", row))}
    codes = {name: entry.code for name, entry in helpline().languages.items()}
    assert desks[codes["en"]] == ["fresc", "cinga"]
    assert desks[codes["ja"]] == ["cinga", "fresc"]
    assert desks[codes["ru"]] == ["cinga", "fresc"]
    rows = re.findall(r"<tr>.*?</tr>", page(NONE_OPEN).text, re.S)
    assert not any("desk-name" in row for row in rows)


def test_a_desk_without_a_number_is_told_of_as_such():
    assert text_of(page(served=app(helpline(), NOBODY))).count("No number is set") == 2


def test_languages_that_are_not_ready_say_what_is_missing():
    words = text_of(page())
    assert "20 of 23 languages are offered." in words
    assert re.search(r"no: \d+ clips are missing, and the carrier has no voice", words)
    assert "no: it has no text" in text_of(page(served=app(without("ko"), NUMBERS)))


def look(*rules):
    """As if `ivr check --live` found these."""
    found = [Finding(f"<b>{rule}</b>\n  source", rule, *about) for rule, *about in rules]
    return lambda _today: (found, [Finding("a <b>warning</b>", "new-rule")])


def with_findings(*rules, **settings):
    read = read_settings({**NUMBERS, **settings}, helpline().desks, demo=not settings)
    return create_app(loaded(), read, look=look(*rules))


def test_what_stands_in_the_way_is_a_task_in_words_with_who_does_it():
    words = text_of(page(served=with_findings(("confirmed",), ("formant-voice", "ne"))))
    assert "Confirm that everything is still true To do" in words
    assert "Nepali नेपाली Who: a coordinator" in words
    assert "Compare the public holidays Done" in words


def test_nothing_that_stands_in_the_way_is_left_out_whatever_task_it_belongs_to():
    """Such as a number of CALLER_ID on a line without desks, or a database of one machine for two."""
    for rule in RULES:
        made = tasks([Finding("x", rule)], [], has_holidays=False, has_desks=False)
        assert not is_ready(made), rule


def test_what_has_no_words_is_told_as_the_check_says_it():
    found = page(served=with_findings(("unheard-of",)))
    assert "&lt;b&gt;unheard-of&lt;/b&gt;" in found.text
    assert "a &lt;b&gt;warning&lt;/b&gt;" in found.text
    assert "source" not in text_of(found).split("Something else")[1]


@pytest.mark.parametrize("rule", RULES)
def test_each_task_has_words_in_both_languages(rule):
    for language in LANGUAGES:
        words, name = words_in(language), RULES[rule]
        owner, endpoint = TASKS[name]
        needed = {f"task_{name}", f"task_{name}_why", f"owner_{owner}", *([f"task_{name}_button"] if endpoint else ())}
        assert needed <= words.keys()


def test_a_line_that_is_not_ready_cannot_be_opened():
    served = with_findings(("confirmed",), TWILIO_AUTH_TOKEN="t" * 32, PUBLIC_URL="https://line.example.org", **STAFF)
    browser = stranger(served)
    options = {"base_url": "https://line.example.org", "headers": OWN}
    sign_in(browser, **options)
    home = browser.get("/console/", **options)
    assert "Open the line" not in home.text
    answer = browser.post("/console/open-line", data={"csrf_token": token(home)}, **options)
    assert answer.status_code == 409
    assert "have to be done before the line can be opened" in answer.text


def test_tomorrow_says_which_desks_are_closed_and_why():
    words = text_of(page("2026-12-28 20:00"))
    assert "Tomorrow: Tue 29 Dec 2026 cinga : closed every year" in words
    assert "Tomorrow: Mon 23 Nov 2026 Labor Thanksgiving Day cinga : closed" in text_of(page("2026-11-22 20:00"))


def test_the_part_that_changes_can_be_fetched_again():
    """again.js does it."""
    assert page().text.count('id="now" class="stack" data-again="30000"') == 1


def test_without_a_database_it_says_so():
    assert "No database is set (DATABASE_URL)" in text_of(page())


def test_voices_accepted_by_two_people_are_all_accepted_though_a_worker_has_not_loaded_the_first(tmp_path, monkeypatch):
    without_check(monkeypatch)
    browser = app_with(url := sqlite_url(tmp_path)).test_client()
    for language in ("ne", "my", "ne"):
        sent = {"csrf_token": token(browser.get("/console/notices")), "language": language}
        assert "published=" in browser.post("/console/accept-voices", data=sent).location
    assert read_helpline(FOLDER, edition(url).changes)[0].about.accepted_voices == ("ne", "my")


@pytest.fixture(params=["none", "down"])
def url_in_vain(request):
    """No database, or one that doesn't answer."""
    return {"none": {}, "down": {"DATABASE_URL": "postgres://127.0.0.1:1/none"}}[request.param]


@pytest.mark.parametrize("do", ["open-line", "close-line", "accept-voices"])
def test_what_cannot_be_saved_is_told_at_home_and_changes_nothing(do, url_in_vain):
    browser = app(helpline(), {**NUMBERS, **url_in_vain}).test_client()
    sent = {"csrf_token": token(browser.get("/console/notices")), "language": "ne"}
    answer = browser.post(f"/console/{do}", data=sent)
    assert (answer.status_code, answer.location) == (303, "/console/")
    assert 'class="card alert" role="status">Nothing was changed: the database' in browser.get("/console/").text

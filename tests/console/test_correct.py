"""Correcting a sentence: what the form checks, and two people at the same sentence."""

from __future__ import annotations

import re
from html import unescape

import pytest

from ivr.console.changes.correction import Sentence, forgotten, sentence_of, typed_sentence
from ivr.console.sign_in import auth
from ivr.console.sign_in.auth import STAFF, Person
from ivr.database.changes import read_changes
from tests.console.changed import ChangedLine
from tests.database.line import connected
from tests.staff import text_of

PAGE = "/console/changes/text/es/welcome"
FILE, WHERE = "text/es.yaml", ("prompts", "welcome", "name")
NEW = {"text.name": "Una clínica de noche.", "gloss.name": "A night clinic."}


@pytest.fixture
def line(changed_line) -> ChangedLine:
    return changed_line


@pytest.fixture
def browser(line):
    return line.browser()


def form(page) -> dict[str, str]:
    """What would be sent as it stands."""
    found = {}
    for tag in re.findall(r"<input[^>]*>", page.text):
        kept = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if "name" in kept and kept.get("type") not in ("radio", "checkbox"):
            found[kept["name"]] = unescape(kept.get("value", ""))
    boxes = re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', page.text, re.S)
    return found | {name: unescape(text) for name, text in boxes}


def waiting(line) -> list[tuple[object, str]]:
    with connected(line.url) as connection:
        return [(each.change.value, each.state) for each in read_changes(connection)]


def test_a_sentence_is_corrected_and_waits_or_is_published_at_once(line, browser):
    shown = form(browser.get(PAGE))
    assert shown["text.name"] == "La clínica de noche."
    saved = browser.post(PAGE, data={**shown, **NEW, "do": "save"})
    assert saved.location == "/console/changes"
    assert "Saved." in text_of(browser.get("/console/changes"))
    assert waiting(line) == [({"text": "Una clínica de noche.", "gloss": "A night clinic."}, "approved")]
    published = browser.post(PAGE, data={**shown, **NEW, "do": "publish"})
    assert published.location == "/console/changes/1"
    busy = browser.post(PAGE, data={**shown, **NEW, "text.name": "Esta clínica de noche.", "do": "publish"})
    assert busy.status_code == 409
    assert "Esta clínica de noche." in busy.text
    assert len(waiting(line)) == 1


def test_who_may_only_suggest_suggests(line, browser, monkeypatch):
    monkeypatch.setattr(auth, "DEMO", Person("Mei", STAFF))
    page = browser.get(PAGE)
    assert "Suggest this" in page.text
    assert 'value="publish"' not in page.text
    answer = browser.post(PAGE, data={**form(page), **NEW, "do": "publish"})
    assert answer.location == "/console/changes"
    assert [state for _value, state in waiting(line)] == ["suggested"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({}, "Nothing was changed."),
        ({"text.name": "Una clínica de noche."}, "not what they say in English"),
        ({"text.name": " \n"}, "There are no words."),
        ({**NEW, "text.name": "Una clínica de noche de 3 días."}, "Write it as a word."),
        ({**NEW, "text.name": "Una clínica de noche"}, "has no full stop"),
        ({**NEW, "text.name": "Una clínica de noche {x}."}, "Words in braces"),
        ({**NEW, "text.name": "Una clínica de nоche."}, "A letter of another script"),
        ({**NEW, "text.name": f"Una clínica de noche{' más' * 25}."}, "longer than 100 characters"),
        ({**NEW, "text.name": "Una clínica."}, "A word that must always be said the same way"),
    ],
)
def test_what_is_wrong_is_told_beside_the_field_and_nothing_typed_is_lost(line, browser, typed, told):
    answer = browser.post(PAGE, data={**form(browser.get(PAGE)), **typed, "do": "save"})
    assert answer.status_code == 422
    assert told in text_of(answer)
    assert unescape(answer.text).count(typed.get("text.name", "").strip()) > 0
    assert waiting(line) == []


def test_a_meaning_that_stays_is_ticked(line, browser):
    typed = {**form(browser.get(PAGE)), "text.name": "Una clínica de noche.", "same.name": "on", "do": "save"}
    assert browser.post(PAGE, data=typed).status_code == 303
    assert waiting(line) == [({"text": "Una clínica de noche.", "gloss": "The night clinic."}, "approved")]


def test_two_who_change_the_same_sentence_both_see_it(line, browser):
    shown = form(browser.get(PAGE))
    theirs = {"text": "Esta clínica de noche.", "gloss": "This night clinic."}
    line.add(line.change(theirs, FILE, WHERE), by="Ken", approved=False)
    conflict = browser.post(PAGE, data={**shown, **NEW, "do": "save"})
    assert conflict.status_code == 422
    told = text_of(conflict)
    for words in ("Somebody else changed these words meanwhile", "Ken", theirs["text"], theirs["gloss"]):
        assert words in told
    again = form(conflict)
    assert again["text.name"] == NEW["text.name"]
    assert browser.post(PAGE, data={**again, "do": "save"}).status_code == 422  # one has to be chosen
    dropped = browser.post(PAGE, data={**again, "choose.name": "theirs", "do": "save"})
    assert dropped.location == "/console/changes"
    assert [value for value, _state in waiting(line)] == [theirs]
    assert browser.post(PAGE, data={**again, "choose.name": "mine", "do": "save"}).status_code == 303
    assert len(waiting(line)) == 2


def test_who_has_seen_what_waits_is_not_asked(line, browser):
    line.add(line.change({"text": "Esta clínica de noche."}, FILE, WHERE), by="Ken", approved=False)
    page = browser.get(PAGE)
    assert "Ken" in page.text
    assert browser.post(PAGE, data={**form(page), **NEW, "do": "save"}).status_code == 303


def test_what_somebody_wrote_and_what_still_waits_is_in_the_form_again(line, browser):
    browser.post(PAGE, data={**form(browser.get(PAGE)), **NEW, "do": "save"})
    again = browser.get(PAGE)
    assert {name: form(again)[name] for name in NEW} == NEW
    assert "In force now La clínica de noche." in text_of(again)


def test_what_was_published_meanwhile_is_shown_beside_what_was_typed(line, browser):
    shown = form(browser.get(PAGE))
    line.publish(line.change({"text": "Esta clínica de noche.", "gloss": "This night clinic."}, FILE, WHERE))
    later = line.browser()
    token = form(later.get(PAGE))["csrf_token"]
    unchanged = later.post(PAGE, data={**shown, "csrf_token": token, "do": "save"})
    assert "Nothing was changed." in text_of(unchanged)
    assert "Esta clínica" in form(unchanged)["text.name"]
    conflict = later.post(PAGE, data={**shown, **NEW, "csrf_token": token, "do": "save"})
    assert conflict.status_code == 422
    assert "Somebody else changed these words meanwhile" in text_of(conflict)
    assert "Esta clínica de noche." in text_of(conflict)
    mine = later.post(PAGE, data={**form(conflict), "choose.name": "mine", "do": "save"})
    assert mine.status_code == 303


def test_a_text_that_was_reviewed_says_so(line):
    file = line.folder / FILE
    text = file.read_text()
    file.write_text(text.replace("status: draft", "status: reviewed\nreviewed: {by: A. N., on: 2026-11-24}", 1))
    assert "A native speaker has reviewed this text" in text_of(line.browser().get(PAGE))


def test_a_page_of_nothing_is_not_found(browser):
    for path in ("es/nothing", "xx/welcome", "es/.."):
        assert browser.get(f"/console/changes/text/{path}").status_code == 404


def test_ways_of_writing_a_sentence_are_one_sentence():
    assert len({sentence_of(each).mark for each in ("A.", ["A."], {"text": "A."}, {"text": ["A."], "gloss": ""})}) == 1
    assert sentence_of(["A,", "b."]).value == ["A,", "b."]
    kept = {"text": "A.", "gloss": "a", "spoken": ["x", "y"], "note": "z"}
    assert sentence_of(kept).value == kept
    now = Sentence(("A.",), "a", ("x",))
    assert typed_sentence({"text.s": " B,\r\n\r\n c. "}, "s", now) == Sentence(("B,", "c."), "a", ("x",))
    typed = Sentence(("B.",), "a", ("x",))
    assert [*forgotten(typed, now, same_meaning=False)] == ["gloss", "spoken"]
    assert forgotten(Sentence(("B.",)), now, same_meaning=False) == {}

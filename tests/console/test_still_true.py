"""The pages "Is it still true?": a round of answers, a fact that falls silent and comes back, the confirmation."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from ivr.content.loader import read_helpline
from ivr.database.connection import database
from ivr.database.fact_answers import add_answer, read_answers
from ivr.flow.withdrawal import facts_in_question
from tests.cast import NUMBERS, TOKYO, app, helpline, names_of
from tests.console.published import FOLDER, app_with, edition, without_check
from tests.console.test_roles import signed_in
from tests.database.line import call
from tests.staff import SETTINGS, text_of, token

START, CONFIRM = "/console/still-true", "/console/confirm-facts"
LONG_AGO = datetime(2000, 1, 1, tzinfo=TOKYO)


@pytest.fixture
def url(desks_url):
    return desks_url


@pytest.fixture
def browser(url):
    return app_with(url).test_client()


def send(browser, path: str, **form: str):
    return browser.post(path, data={"csrf_token": token(browser.get(path)), **form})


def answer_all(url: str, **others: str) -> None:
    with database(url) as connection:
        for fact in facts_in_question(helpline()):
            add_answer(connection, fact, others.get(fact, "true"), "Aiko")


def answers(url: str) -> dict[str, str]:
    with database(url) as connection:
        return {fact: each.answer for fact, each in read_answers(connection, LONG_AGO).items()}


def hears(served, code: str) -> list[str]:
    """What callers hear after the choice of a language, up to the first menu."""
    return [name.rpartition("/")[2] for name in names_of(call(served, code))]


def test_facts_are_asked_one_after_another_and_an_answer_says_who_gave_it(browser, url):
    page = browser.get(START)
    assert "0 of 28 answered" in text_of(page)
    assert 'href="/console/still-true/F1">Begin' in page.text
    fact = browser.get(f"{START}/F4")
    assert "Fact 4 of 28" in text_of(fact)
    assert '<p class="said-so" lang="en" dir="ltr">The vaccine costs nothing.</p>' in fact.text
    assert "The vaccination is free of charge." in fact.text
    assert '<a href="/console/menu?place=main#place">First menu</a>' in fact.text
    assert send(browser, f"{START}/F4", answer="unknown").location == f"{START}/F5"
    assert answers(url) == {"F4": "unknown"}
    page = browser.get(START)
    assert "1 of 28 answered" in text_of(page)
    assert re.search(r"don&#39;t know · demo, \w+ \d+ \w+ 20\d\d", page.text)
    assert ">Continue<" in page.text


def test_a_japanese_page_reads_the_japanese_text_as_staff_write_it(browser):
    page = browser.get(f"{START}/F4?lang=ja").text
    assert '<p class="said-so" lang="ja" dir="ltr">ワクチンのお金はいりません。</p>' in page
    assert (
        '<p class="said-so" lang="ja" dir="ltr"><span class="hint">短期滞在の人はコロナワクチンをうけることができます。'
        '</span>仮放免の人も、<span class="hint">仮放免を申請した人などもできます。</span></p>'
    ) in browser.get(f"{START}/F2?lang=ja").text
    assert '<span lang="en">The vaccination is free of charge.</span>' in page


def test_an_answer_has_to_be_chosen_and_a_fact_to_exist(browser, url):
    page = send(browser, f"{START}/F4", csrf_token=token(browser.get(f"{START}/F4")))
    assert page.status_code == 422
    assert "Please choose an answer." in text_of(page)
    assert answers(url) == {}
    for path in (f"{START}/F24", f"{START}/F99", f"{START}/F99/withdrawn"):
        assert browser.get(path).status_code == 404


def test_a_fact_that_is_no_longer_true_falls_silent_in_every_language_and_comes_back(browser, url, monkeypatch):
    without_check(monkeypatch)
    assert "free" in hears(browser.application, "02")
    page = send(browser, f"{START}/F4", answer="not-true")
    assert page.location == f"{START}/F4/withdrawn"
    preview = text_of(browser.get(page.location))
    assert "What falls silent Sentences The vaccine costs nothing." in preview
    assert "These fall silent with it" not in preview
    assert send(browser, page.location, withdraw="yes").location == "/console/?published=1"
    silent = app_with(url, edition(url).changes)
    for code in ("01", "02", "04", "08"):  # by clips and by voices of the carrier's
        heard = hears(silent, code)
        assert "coupon" in heard
        assert "free" not in heard
    later = silent.test_client()
    assert "withdrawn, callers don't hear it" in text_of(later.get(f"{START}/F4"))
    assert send(later, f"{START}/F4", answer="true").location == f"{START}/F4/withdrawn"
    assert "What is heard again Sentences The vaccine costs nothing." in text_of(later.get(f"{START}/F4/withdrawn"))
    send(later, f"{START}/F4/withdrawn", withdraw="no")
    assert read_helpline(FOLDER, edition(url).changes)[0].about.withdrawn == ()


def test_facts_that_have_to_go_together_do_and_what_a_worker_has_not_loaded_yet_stays_withdrawn(
    browser, url, monkeypatch
):
    without_check(monkeypatch)
    send(browser, f"{START}/F4/withdrawn", withdraw="yes")
    preview = text_of(browser.get(f"{START}/F15/withdrawn"))
    assert "These fall silent with it" in preview
    assert "The first: the postcard." in preview
    send(browser, f"{START}/F15/withdrawn", withdraw="yes")  # this app still serves the files alone
    assert read_helpline(FOLDER, edition(url).changes)[0].about.withdrawn == ("F4", "F15", "F9", "F10", "F11", "F12")


def test_a_desk_and_its_option_are_among_what_falls_silent(browser):
    page = text_of(browser.get(f"{START}/F19/withdrawn"))
    assert "Options of menus For the CINGA" in page
    assert "no longer told of cinga" in page


def test_staff_see_of_a_desk_that_fell_silent_that_callers_are_not_told_of_it(browser, url, monkeypatch):
    without_check(monkeypatch)
    said = "Callers aren't told of this desk: what says who runs it has been stopped. Is it still true?"
    assert said not in text_of(browser.get("/console/"))
    send(browser, f"{START}/F19/withdrawn", withdraw="yes")
    silent = app_with(url, edition(url).changes).test_client()
    for page in ("/console/", "/console/desks"):
        assert text_of(silent.get(page)).count(said) == 1, page


def test_who_does_not_know_keeps_the_content_from_being_confirmed(browser, url, monkeypatch):
    without_check(monkeypatch)
    answer_all(url, F5="unknown", F31="not-true")
    page = text_of(browser.get(CONFIRM))
    assert "No longer true, but callers still hear it 1 For advice on booking" in page
    assert "Somebody doesn't know 1 Ask for the vaccine coupon" in page
    assert "don't know · Aiko" in page
    assert browser.post(CONFIRM, data={"csrf_token": token(browser.get(START))}).location == CONFIRM
    assert edition(url).number == 0


def test_the_last_page_confirms_the_day(browser, url, monkeypatch):
    without_check(monkeypatch)
    answer_all(url, F31="unknown")
    assert send(browser, f"{START}/F31", answer="true").location == CONFIRM
    assert "Still true: 28 of 28. Withdrawn: 0." in text_of(browser.get(CONFIRM))
    before = datetime.now(TOKYO).date()
    assert send(browser, CONFIRM).location == "/console/?published=1"
    assert before <= read_helpline(FOLDER, edition(url).changes)[0].about.confirmed_on <= datetime.now(TOKYO).date()


def test_staff_answer_and_are_told_that_a_coordinator_presses_the_buttons(url, monkeypatch):
    browser = signed_in(app(helpline(), {**SETTINGS, "DATABASE_URL": url}), "staff", monkeypatch)
    assert send(browser, f"{START}/F4", answer="not-true").location == f"{START}/F4/withdrawn"
    answer_all(url)
    for path in (f"{START}/F4/withdrawn", CONFIRM):
        page = browser.get(path)
        assert "Only a coordinator can press the button here." in text_of(page)
        assert page.text.count("main-button") == 0


def test_a_new_round_begins_by_the_button(browser, url):
    answer_all(url)
    assert send(browser, START).location == START
    assert "0 of 28 answered" in text_of(browser.get(START))


def test_while_a_check_runs_or_without_a_database_nothing_is_published_and_the_page_says_so(
    browser, monkeypatch, no_check
):
    monkeypatch.setattr("ivr.console.changes.publishing.url_for", lambda *_args, **_more: "/console/")
    send(browser, f"{START}/F4/withdrawn", withdraw="yes")
    page = send(browser, f"{START}/F20/withdrawn", withdraw="yes")
    assert page.location == f"{START}/F20/withdrawn"
    assert "another change is being checked" in text_of(browser.get(page.location))
    alone = app(helpline(), NUMBERS).test_client()
    assert "set DATABASE_URL" in text_of(alone.get(START))
    assert send(alone, f"{START}/F4", answer="true").location == f"{START}/F4"
    assert "Nothing was changed" in text_of(alone.get(f"{START}/F4"))
    assert send(alone, f"{START}/F4/withdrawn", withdraw="yes").location == f"{START}/F4/withdrawn"

"""What staff change in the browser meets the next callers of every language, at whichever worker.

A desk is open around the clock here, the other for an hour that is far away: no test depends on when it runs.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import partial

import pytest
from playwright.sync_api import expect

from tests.cast import ROOT, TOKYO, loaded, offered
from tests.cast import helpline as shipped
from tests.jobs.hands import Finger, Keys
from tests.jobs.line import HANDS, Line, Person, copy_of, invited, names, visit

FREE, BYE, WELCOME = "free", "goodbye", "The line about Covid vaccines."
WITH_A_VOICE = [name for name in offered() if shipped().languages[name].say]
IN_FORCE = "In force: calls follow what staff set."


def today() -> date:
    return datetime.now(TOKYO).date()


@pytest.fixture(scope="module")
def line(postgres, tmp_path_factory):
    """FRESC never closes; CINGA is open for an hour a day, which isn't near."""
    prompts = copy_of(ROOT, tmp_path_factory.mktemp("line"))
    about, desks = prompts / "helpline.yaml", (prompts / "desks.yaml").read_text()
    about.write_text(about.read_text().replace("\nconfirmed_on:", "\nconfirmed_on: 2020-01-01"))
    hour = "11:00-12:00" if datetime.now(TOKYO).hour >= 15 else "19:00-20:00"
    for old, new in (
        ("    holidays: JP\n", ""),
        ('    closed: ["12-29 to 01-03"]', ""),
        ('{monday-friday: "10:00-16:00"}', f'{{monday-sunday: "{hour}"}}'),
        ('{monday-friday: "09:00-17:00"}', '{monday-sunday: "00:00-24:00"}'),
    ):
        assert old in desks
        desks = desks.replace(old, new)
    (prompts / "desks.yaml").write_text(desks)
    with Line(prompts, postgres.new_database(), "cinga", "fresc") as served:
        yield served.until_ready()


def heard_in_every_language(line: Line, keys: str = "") -> dict[str, list[str]]:
    """What callers hear after they have chosen their language and pressed these keys, and then wait once."""
    codes = {name: shipped().languages[name].code for name in offered()}
    return {name: names(line.call(f"{code} {keys}").wait()) for name, code in codes.items()}


def lacking(heard: dict[str, list[str]], prompt: str) -> list[str]:
    return [language for language, said in heard.items() if prompt not in said]


def unvoiced(prompt: str) -> list[str]:
    """Languages in which it has no clip yet, and which the carrier can't speak."""
    lines = {name: shipped().clip_texts[name][prompt] for name in offered() if name not in WITH_A_VOICE}
    return [name for name, line in lines.items() if not loaded().catalog.find(line)]


def save(person: Person) -> None:
    """After reading it back."""
    person.reads("Check before saving")
    person.hand.choose(person.page.get_by_label("Reason"), "Line fault")
    person.hand.tick(person.page.get_by_label("Tell callers at the start of the call"))
    person.press("Save")
    person.waits_for(person.page.get_by_text(IN_FORCE), 20_000)


def undo(person: Person) -> None:
    person.leave_by(person.page.get_by_role("button", name="Undo"))
    person.waits_for(person.page.get_by_text(IN_FORCE), 20_000)


def close_by(word: str, person: Person) -> None:
    person.follow(f"{word}: FRESC")


def close_tomorrow_afternoon(person: Person) -> None:
    person.follow("Other dates …: FRESC")
    person.hand.set_day(person.page.get_by_label("First day"), today() + timedelta(days=1))
    person.hand.set_time(person.page.get_by_label("From what time"), time(13))
    person.hand.set_time(person.page.get_by_label("Until what time"), time(16))
    person.press("Continue")


@HANDS
def test_a_desk_is_closed_and_every_caller_is_told_at_the_start(line, open_page, hand):
    person = visit(line, open_page, hand, "desks")
    for close, told, is_offered in (
        (partial(close_by, "Close today"), "fresc.closed_on", False),
        (partial(close_by, "Close tomorrow"), "fresc.closed_on", True),
        (close_tomorrow_afternoon, "fresc.other_hours", True),
    ):
        close(person)
        save(person)
        heard = heard_in_every_language(line, "0")
        assert lacking(heard, told) == unvoiced(told)
        assert {"fresc.operator" in said for said in heard.values()} == {is_offered}
        undo(person)
    heard = heard_in_every_language(line)
    assert lacking(heard, told) == [*heard]


def test_staff_suggest_hours_a_notice_and_a_sentence_which_a_coordinator_publishes_and_takes_back(line, open_page):
    boss = visit(line, open_page, Finger, "people")
    hanako = invited(boss, open_page, Keys)
    assert hanako.page.get_by_text("Close the line").count() == 0
    suggest_hours(hanako)
    notice = suggest_a_notice(hanako)
    suggest_a_sentence(hanako)
    assert hanako.page.get_by_role("button", name="Approve").count() == 0
    approve_all(boss)
    boss.press("Check and publish the ticked changes")
    boss.waits_until_in_force()

    heard = heard_in_every_language(line, "0")
    assert lacking(heard, "cinga.operator") == []
    assert telling(heard, notice) == WITH_A_VOICE
    assert [made for made in line.calls() if WELCOME not in names(made)] == []

    boss.go("Changes")
    boss.follow("Go back to the files, without any change …")
    boss.press("Check and go back")
    boss.waits_until_in_force()
    heard = heard_in_every_language(line, "0")
    assert lacking(heard, "cinga.operator") == [*heard]
    assert telling(heard, notice) == []
    assert [made for made in line.calls() if WELCOME in names(made)] == []


def suggest_hours(person: Person) -> None:
    person.go("Desks")
    person.follow("Usual hours: CINGA")
    for each in range(7):
        opens, closes = (person.page.locator(f"[name$='-{field}-0']").nth(each) for field in ("opens", "closes"))
        person.hand.set_time(opens, time(0))
        person.hand.set_time(closes, time(0))
    person.press("Continue")
    person.hand.tick(person.page.get_by_label("Yes, somebody answers at these hours"))
    person.press("Suggest")


def suggest_a_notice(person: Person) -> dict[str, str]:
    """Something that is written in every language already; who lacks a voice for it is left out, and named."""
    said = {name: shipped().texts[name].prompts[BYE][BYE].text[0] for name in offered()}
    person.go("Notices")
    for name in WITH_A_VOICE:
        person.hand.write(person.page.locator(f"#text-{name}"), said[name])
    person.hand.set_day(person.page.get_by_label("First day"), today())
    person.press("Suggest")
    expect(person.page.get_by_role("status")).to_have_text("Thank you. Your suggestion waits for a coordinator.")
    return said


def suggest_a_sentence(person: Person) -> None:
    person.page.goto(f"{person.line.at}/console/prompts/welcome")
    person.leave_by(person.page.locator("#in-en").get_by_role("link", name="Suggest a correction"))
    person.hand.write(person.page.get_by_label("What callers hear"), WELCOME)
    person.press("Suggest this")
    person.reads("Changes")


def telling(heard: dict[str, list[str]], notice: dict[str, str]) -> list[str]:
    """The languages in which it is heard; the carrier's voice says the same words when a call ends."""
    return [language for language, said in heard.items() if {BYE, notice[language]} & {*said}]


def approve_all(person: Person) -> None:
    person.go("Changes")
    while (approve := person.page.get_by_role("button", name="Approve").first).is_visible():
        person.leave_by(approve)
    ticks = person.page.get_by_role("checkbox", name="Publish")
    assert ticks.count() == len(WITH_A_VOICE) + 2
    assert all(each.is_checked() for each in ticks.all())


@HANDS
def test_a_fact_that_is_no_longer_true_falls_silent_in_every_language_at_once(line, open_page, hand):
    """By a finger; it comes back by keyboard alone."""
    person, silenced = visit(line, open_page, hand, "still-true"), hand is Finger
    page = person.page
    person.leave_by(page.locator("ol.facts a[href$='/F4']"))
    person.hand.pick(page.get_by_role("radio", name="no longer true" if silenced else "still true"))
    person.press("Save and continue")
    person.reads("Stop telling this?" if silenced else "Tell this again?")
    person.press("Stop it now" if silenced else "Tell it again")
    person.waits_until_in_force()
    heard = heard_in_every_language(line)
    assert lacking(heard, FREE) == ([*heard] if silenced else [])

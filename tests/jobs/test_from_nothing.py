"""From a fresh copy and an empty database to a line that answers the public, and back: nothing of it needs a terminal.

Numbers and the address are settings; all else is done by the buttons and links that Home shows.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from ivr.cli.new import STARTER
from tests.cast import ROOT
from tests.jobs.hands import Finger, Keys
from tests.jobs.line import WIDTH, Line, Person, copy_of, names
from tests.served import until

CLOSED = {"not_open", "This line is not open yet."}


@pytest.fixture
def installed(postgres, tmp_path):
    """What somebody has who followed the pages on installing, and nothing else."""

    def started(helpline, *desks: str) -> Line:
        return Line(copy_of(helpline, tmp_path), postgres.new_database(), *desks)

    return started


def task(person: Person):
    """The first that stands in the way, with a button or a link."""
    return person.page.locator("#tasks li[data-state=needed]").first


def do_the_tasks(person: Person) -> list[str]:
    """All that stand in the way, in the order in which Home shows them; their names."""
    done = []
    while task(person).count():
        name = task(person).get_by_role("heading").inner_text()
        assert name not in done
        TASKS[name](person)
        done.append(name)
        person.go("Home")
    return done


def confirm_the_facts(person: Person) -> None:
    person.leave_by(task(person).get_by_role("link"))
    person.reads("Is it still true?")
    person.follow("Begin")
    number, facts = 0, 1
    while number < facts:
        number, facts = map(
            int, re.search(r"Fact (\d+) of (\d+)", person.page.locator(".page-head").inner_text()).groups()
        )
        person.hand.pick(person.page.get_by_role("radio", name="still true"))
        person.press("Save and continue")
    person.reads("Confirm the content")
    person.leave_by(person.page.get_by_role("button", name="I have checked everything"))
    person.waits_until_in_force()


def compare_the_holidays(person: Person) -> None:
    """Of both years: a check for each."""
    person.leave_by(task(person).get_by_role("link"))
    person.reads("Holidays")
    tick = person.page.get_by_role("checkbox").last  # includes the year before
    person.hand.tick(tick)
    person.leave_by(person.page.get_by_role("button", name="Save for").last)
    person.waits_until_in_force()


def accept_the_voices(person: Person) -> None:
    person.hand.press(task(person).locator("summary").first)
    person.leave_by(task(person).get_by_role("button"))
    person.waits_until_in_force()


TASKS = {
    "Confirm that everything is still true": confirm_the_facts,
    "Compare the public holidays": compare_the_holidays,
    "Listen to voices that are hard to follow": accept_the_voices,
}


def hear_that_it_is_not_open(line: Line) -> bool:
    return all(CLOSED & {*names(made)} and made.state == "ended" for made in line.calls())


def hear_the_menu(line: Line) -> bool:
    """Also after the first key."""
    return all(not CLOSED & {*names(made)} and made.state == "waiting" for made in line.calls("02"))


def open_and_close(line: Line, person: Person) -> None:
    assert hear_that_it_is_not_open(line)
    person.sign_in()
    person.reads("Home")
    expect(person.page.get_by_text("Not yet. The line isn't open.")).to_be_visible()
    assert person.page.get_by_role("button", name="Open the line").count() == 0
    assert do_the_tasks(person)
    assert hear_that_it_is_not_open(line)
    person.press("Open the line")
    person.waits_until_in_force()
    assert hear_the_menu(line)
    person.go("Home")
    expect(person.page.get_by_text("Yes. Callers hear everything.")).to_be_visible()
    person.hand.press(person.page.locator("summary", has_text="Close the line"))
    person.press("Close the line now")
    person.waits_for(person.page.get_by_text("No. Staff have closed the line."), 20_000)
    until(line.every_worker_follows)
    assert hear_that_it_is_not_open(line)


def test_the_night_clinic_is_opened_by_keyboard_alone_and_without_scripts(installed, open_page):
    with installed(STARTER, "nurse", "reception") as line:
        line.until_ready()
        page = open_page(f"{line.at}/console", WIDTH, locale="en-GB", **Keys.context)
        open_and_close(line, Person(page, Keys, line))


def test_this_line_is_opened_with_a_finger(installed, open_page):
    with installed(ROOT, "cinga", "fresc") as line:
        line.until_ready()
        page = open_page(f"{line.at}/console", WIDTH, locale="en-GB", **Finger.context)
        open_and_close(line, Person(page, Finger, line))

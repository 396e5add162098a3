"""What staff look up, and how two of them agree: on a small line, since its languages make no difference."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from playwright.sync_api import expect

from ivr.cli.new import STARTER
from ivr.database.count_events import CountEvent
from ivr.database.stored_counts import add_counts
from tests.cast import TOKYO
from tests.database.line import connected
from tests.jobs.hands import Finger, Keys
from tests.jobs.line import HANDS, Line, copy_of, invited, visit

SENTENCE = "changes/text/fr/goodbye"
MINE, THEIRS = "Au revoir, et merci.", "Au revoir, à bientôt."


def last_month() -> date:
    """Over since eight days at least, wherever it is."""
    return ((datetime.now(TOKYO).date() - timedelta(days=8)).replace(day=1) - timedelta(days=1)).replace(day=1)


@pytest.fixture(scope="module")
def line(postgres, tmp_path_factory):
    prompts = copy_of(STARTER, tmp_path_factory.mktemp("line"))
    url, month = postgres.new_database(), last_month()
    counted = {("call", "10"): 50, ("language", "en"): 30, ("language", "fr"): 20}
    with connected(url) as connection:
        add_counts(connection, {CountEvent(month, *what): amount for what, amount in counted.items()})
    with Line(prompts, url, "nurse", "reception") as served:
        yield served.until_ready()


@HANDS
def test_last_months_figures_are_read_in_a_sentence_and_a_table(line, open_page, hand):
    month = last_month()
    person = visit(line, open_page, hand)
    person.go("Figures")
    person.hand.choose(person.page.get_by_label("Period", exact=True), f"{month:%B %Y}")
    person.press("Show")
    expect(person.page.locator(".sentence")).to_contain_text(
        f"In {month:%B %Y}, about 50 calls in at least 2 languages"
    )
    expect(person.page.locator("#languages tbody tr")).to_have_text(["English 30", "French Français 20"])


@HANDS
def test_another_time_shows_what_a_caller_would_hear_with_its_meaning(line, open_page, hand):
    person = visit(line, open_page, hand, "another-time")
    person.hand.set_moment(person.page.get_by_label("At the moment"), datetime(2026, 11, 25, 16, 5))
    person.hand.choose(person.page.get_by_label("Callers of"), "03 French Français")
    person.press("Show")
    expect(person.page.get_by_role("heading", level=2).first).to_contain_text("Wed 25 Nov 2026, 16:05")
    expect(person.page.locator("main [lang=fr]").filter(has_text="tapez").first).to_be_visible()
    expect(person.page.locator(".gloss").first).to_have_attribute("lang", "en")


def test_two_people_who_change_the_same_sentence_both_see_it(line, open_page):
    """Whoever comes second chooses; both versions wait for a coordinator, each beside the other."""
    boss = visit(line, open_page, Finger, "people")
    hanako = invited(boss, open_page, Keys)
    for each in (boss, hanako):
        each.page.goto(f"{line.at}/console/{SENTENCE}")
    boss.hand.write(boss.page.get_by_label("What callers hear"), MINE)
    hanako.hand.write(hanako.page.get_by_label("What callers hear"), THEIRS)
    for each in (boss, hanako):
        each.hand.tick(each.page.get_by_label("The meaning is still the same"))
    boss.press("Save for later")
    hanako.press("Suggest this")
    expect(hanako.page.get_by_text("Somebody else changed these words meanwhile.")).to_be_visible()
    expect(hanako.page.get_by_text(MINE)).to_be_visible()
    expect(hanako.page.get_by_label("What callers hear")).to_have_value(THEIRS)
    hanako.hand.pick(hanako.page.get_by_label("My words, as they stand in the box below"))
    hanako.press("Suggest this")
    boss.page.goto(f"{line.at}/console/{SENTENCE}")
    expect(boss.page.get_by_text(THEIRS)).to_be_visible()
    boss.go("Changes")
    expect(boss.page.get_by_text("Somebody changed the same words, too:")).to_have_count(2)
    assert hanako.page.get_by_role("button", name="Approve").count() == 0

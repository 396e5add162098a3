"""The project's own line is proved, once, and the seconds of its budget are those that a caller really waits."""

from __future__ import annotations

import pytest

from ivr.audio.timing import KEY_SECONDS, Timing, sentence_starts
from ivr.flow.all_situations import nobody
from ivr.flow.places import Place
from ivr.flow.steps import Gather, Play
from ivr.verify.budget import WAYS, networks
from ivr.verify.verify import Report, verify
from tests.cast import BOTH_OPEN, NOBODY, ROOT, call, helpline, loaded, offered

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def timing():
    return Timing(helpline(), loaded().catalog)


@pytest.fixture(scope="module")
def report() -> Report:
    """Every call that can take place: that takes longer than all else here, so only this file asks for it."""
    return verify(ROOT / "prompts")


def test_the_line_is_proved(report):
    assert report.problems == []
    assert report.figures["languages"] == len(offered())
    assert report.figures["facts"] == sum(fact.spoken == "always" for fact in helpline().facts.values())
    assert report.figures["states"] > 4000
    assert report.figures["documents"] > 5000
    assert set(report.times) == set(offered())


def starts(made, prompt: str) -> float:
    return next(sound.started_at for sound in reversed(made.heard) if sound.prompt == f"en/{prompt}")


def chosen(made) -> float:
    """The moment at which the language had been chosen."""
    return next(page.at for page in made.documents if "/keys" in page.url)


def test_the_essentials_end_when_a_caller_has_heard_them(report):
    made = call(BOTH_OPEN, "02")
    last = next(sound for sound in made.just_heard if sound.prompt == "en/coupon")
    assert report.times["en"]["essentials"].amount == pytest.approx(last.ends_at - chosen(made), abs=0.05)


def pressed(made, key: str, way: str, option: str) -> None:
    """The key at the moment that the way names; a key that comes while something plays is one whose second is over."""
    began = made.just_heard[0].started_at
    heard = {"at_once": began, "as_heard": next(s.ends_at for s in made.just_heard if s.prompt == f"en/{option}")}
    made.press(key, after=heard[way] - began + KEY_SECONDS if way in heard else None)


@pytest.mark.parametrize("way", WAYS)
def test_a_fact_is_heard_as_soon_as_the_budget_says(way, timing, report):
    """By key 3 to the people who help, by key 2 to all about one of them, whose days off come last."""
    made = call(BOTH_OPEN, "02", environ=NOBODY)
    began = chosen(made)
    pressed(made, "3", way, "main.help")
    pressed(made, "2", way, "cinga.option")
    helpline = report.line.helpline
    words = networks(helpline, timing, "en", nobody(helpline))[0].first_words(WAYS[way])
    assert words["F21"] == pytest.approx(starts(made, "cinga.closed_days") - began, abs=0.1)


def test_the_list_has_said_a_language_when_the_telephone_has_heard_it(report):
    made = call(BOTH_OPEN, "")
    assert max(report.list_times.values()) == pytest.approx(made.just_heard[-1].ends_at, abs=1.5)


def test_a_turn_is_what_plays_between_two_pauses_for_a_key(timing):
    free, coupon = Play("en", "free"), Play("en", "coupon")
    one, other = timing.seconds(free), timing.seconds(coupon)
    steps = (free, Gather((coupon, free), Place(), 3), free, Gather((), Place(), 6))
    assert list(timing.turns(steps)) == pytest.approx([one + other + one, one])
    assert [spoken.place for spoken in timing.spoken(steps)] == [None, Place(), Place(), None]
    assert timing.spoken(steps)[-1].start == pytest.approx(2 * one + other + 3)


def test_what_no_clip_says_is_estimated_and_what_is_not_there_takes_no_time(timing):
    thai = Play("th", "free")
    assert not timing.is_measured(thai)
    assert 0.5 < timing.seconds(thai) < 5
    assert timing.is_measured(Play("en", "free"))
    assert timing.seconds(Play("en", "nothing")) == 0


def test_a_sentence_begins_after_the_letters_before_it():
    line = helpline().clip_texts["en"]["eligible"]
    shares = sentence_starts(line)
    assert shares[0] == 0
    assert shares == sorted(shares)
    assert len(shares) == 3
    assert 0.3 < shares[1] < 0.4

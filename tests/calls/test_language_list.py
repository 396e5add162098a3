"""The first seconds: the list of languages, its codes, and callers who press nothing or something else."""

from __future__ import annotations

from itertools import groupby

import pytest

from ivr.simulator import FIRST, OTHER
from tests.cast import LINE, NONE_OPEN, call, helpline, offered, without

LIST = call().prompts[2:]


def test_the_list_says_the_lines_name_and_then_each_language_its_name_and_code():
    made = call()
    assert made.prompts[:2] == ["ja/welcome", "en/welcome"]
    said = "\n".join(heard.text for heard in made.heard[2:])
    assert said == "\n".join(helpline().clip_texts[name]["language.item"].written for name in offered())
    assert said.startswith("やさしい日本語、ゼロ イチ。\nEnglish, zero two.")


def test_the_list_is_one_sound_cut_only_where_a_language_has_no_clips():
    made = call()
    said = [(kind, len(list(run))) for kind, run in groupby(heard.kind for heard in made.heard[2:])]
    assert {length for kind, length in said if kind == "play"} == {1}
    assert {kind for kind, _ in said} <= {"play", "say"}


def test_the_chosen_language_names_itself_and_tells_the_essentials_first():
    assert call(keys="01").prompts[:4] == ["ja/language.name", "ja/eligible", "ja/free", "ja/coupon"]


@pytest.mark.parametrize("keys", ["00", "0#", "*#", "77", "**"])
def test_an_unknown_code_brings_the_list_again_twice_and_then_a_farewell(keys):
    made = call()
    made.press(keys)
    assert made.prompts == LIST
    made.press(keys)
    assert made.prompts == LIST
    made.press(keys)
    assert made.prompts[-2:] == ["ja/goodbye", "en/goodbye"]
    assert "en/coupon" in made.prompts
    assert made.ended_by == "hangup"


def test_silence_after_two_unknown_codes_ends_with_the_same_farewell_as_a_third():
    third, silent = call(keys="99 99 99"), call(keys="99 99").wait()
    assert silent.prompts == third.prompts
    assert {"ja/coupon", "en/coupon", "ja/farewell", "en/farewell"} <= set(silent.prompts)
    assert silent.ended_by == "hangup"


@pytest.mark.parametrize("readings", [FIRST, OTHER], ids=["first reading", "other reading"])
def test_hash_alone_says_the_list_again_as_often_as_one_likes(readings):
    """Whether Twilio asks for a document then, or takes it for silence, its pages leave open."""
    made = call(readings=readings)
    for _ in range(4):
        made.press("#").wait()
        assert made.prompts == ["ja/welcome", "en/welcome", *LIST]
    made.press("02")
    assert made.prompts[0] == "en/language.name"


@pytest.mark.parametrize("readings", [FIRST, OTHER], ids=["first reading", "other reading"])
def test_a_code_of_one_digit_may_be_ended_by_hash_or_by_waiting(readings):
    assert call(keys="2#", readings=readings).prompts[0] == "en/language.name"
    assert call(keys="2", readings=readings).wait().prompts[0] == "en/language.name"


def test_a_caller_without_keys_hears_what_to_do_then_the_list_again_and_a_goodbye():
    made = call().wait()
    farewell = ["ja/free", "en/free", "ja/coupon", "en/coupon", "ja/farewell", "en/farewell"]
    assert made.prompts == [*farewell, *LIST]
    learnt = made.heard[-len(LIST) - 1]
    assert learnt.prompt == "en/farewell"
    assert learnt.started_at + learnt.seconds < 90
    made.wait()
    assert made.prompts == ["ja/goodbye", "en/goodbye"]
    assert made.ended_by == "hangup"


def test_every_code_leads_to_its_language_or_says_that_it_is_not_ready_and_none_does_nothing():
    for language, entry in helpline().languages.items():
        made = call(NONE_OPEN, entry.code)
        if language not in offered():
            assert made.prompts[:2] == ["ja/unready", "en/unready"], language
        else:
            assert made.just_heard[0].text == helpline().clip_texts[language]["language.name"].written, language


@pytest.mark.parametrize("code", ["04", "14"])
def test_who_asks_for_a_language_that_is_not_ready_is_offered_a_desk_that_lists_it(code):
    language = next(name for name, entry in helpline().languages.items() if entry.code == code)
    line = without(language)
    made = call(keys=code, line=line)
    assert made.prompts[:2] == ["ja/unready", "en/unready"]
    made.wait() if "en/fresc.operator" not in made.prompts else None
    assert {"ja/fresc.operator", "en/fresc.operator", "ja/fresc.offer.1", "en/fresc.offer.1"} <= set(made.prompts)
    assert "en/cinga.operator" not in made.prompts
    made.press("1")
    assert made.prompts.count(f"ja/transfer.sentence.{language}") == 2
    made.desk("answer")
    assert [heard.prompt for heard in made.heard if heard.leg == "desk"] == [f"ja/whisper.{language}"]
    assert made.dialled[0].caller_id == LINE
    made.desk_hangs_up()
    assert made.prompts[:2] == ["ja/transfer.ended", "en/transfer.ended"]
    assert made.prompts[-1] in call(line=line).prompts


@pytest.mark.parametrize("code", ["20", "21", "22", "23"])
def test_who_asks_for_a_language_that_no_desk_lists_is_given_the_list_again(code):
    line = without("fa", "ar", "ru", "ms")
    assert call(keys=code, line=line).prompts == ["ja/unready", "en/unready", *call(line=line).prompts[2:]]


def test_outside_hours_who_asks_for_a_language_that_is_not_ready_is_given_the_list_again():
    line = without("vi")
    assert call(NONE_OPEN, "04", line=line).prompts == ["ja/unready", "en/unready", *call(line=line).prompts[2:]]

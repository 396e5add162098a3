"""Why a prompt is not spoken, and what a line means in English."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ivr.content.unspoken import Unspoken, unspoken, withdrawn_facts
from tests.cast import changed, helpline


@pytest.mark.parametrize(
    ("language", "prompt", "why"),
    [
        ("en", "free", None),
        ("vi", "welcome", Unspoken("other-languages", ("first",))),
        ("en", "notice", Unspoken("unfilled", ("notice",))),
        ("en", "about.confirmed", Unspoken("unfilled", ("confirmed_on",))),
    ],
)
def test_a_prompt_that_is_not_spoken_has_a_reason(language, prompt, why):
    assert unspoken(helpline(), language, prompt) == why


def test_whatever_has_a_line_has_no_reason_and_whatever_has_none_has_one():
    line = helpline()
    for language in line.texts:
        for prompt in line.prompts:
            has_a_line = any(clip == prompt or clip.startswith(f"{prompt}.") for clip in line.clip_texts[language])
            if not has_a_line:
                assert unspoken(line, language, prompt), (language, prompt)
            elif prompt in line.clip_texts[language]:
                assert unspoken(line, language, prompt) is None, (language, prompt)


def test_a_prompt_is_withdrawn_with_all_its_facts_only():
    line = changed(withdrawn=("F6",))
    assert unspoken(line, "en", "papers.group_a") == Unspoken("withdrawn", ("F6",))
    partly = changed(withdrawn=("F1",))
    assert unspoken(partly, "en", "eligible") is None
    assert withdrawn_facts(partly, "eligible") == ("F1",)


def test_what_was_filled_in_for_one_language_is_missing_in_the_others():
    line = changed(fill={**helpline().about.fill, "notice": {"en": "We move."}})
    assert unspoken(line, "en", "notice") is None
    assert unspoken(line, "vi", "notice") == Unspoken("unfilled", ("notice",))


def test_a_language_without_a_text_says_nothing():
    texts = {name: text for name, text in helpline().texts.items() if name != "vi"}
    assert unspoken(replace(helpline(), texts=texts), "vi", "free") == Unspoken("no-text")

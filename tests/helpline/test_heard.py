"""The committed clips can be followed: what a recogniser heard of them (audio/heard.json) holds docs/speech.md's goals.

After a build: `ivr audio listen --write docs/speech.md`, and commit the file together with the clips.
"""

from __future__ import annotations

from functools import cache

import pytest

from ivr.audio.catalog import Catalog
from ivr.audio.listening.hearings import Hearing, hearing_of, read_hearings
from ivr.audio.listening.measures import Measure
from ivr.audio.manifest import Clip

from .texts import shipped

# Spoken by voices good enough to be measured; the clips of others are for trying the line.
HELD = ("en", "ja", "fr", "es", "pt", "ru", "zh-Hans", "zh-Hant", "ur", "id")
TAKEN_FOR_IT = 0.9  # of the sound of clips of three seconds or more: a list of foreign names is taken for anything


@cache
def heard() -> list[tuple[Clip, Hearing | None]]:
    """Each clip that says what it should, in these languages, and what was heard of it."""
    catalog = Catalog.load(shipped().audio_dir)
    hearings = read_hearings(catalog.audio_dir)
    texts = [text for language in HELD for text in shipped().clip_texts[language].values()]
    return [(clip, hearing_of(clip, hearings)) for text in texts if (clip := catalog.find(text))]


def by_language() -> list[Measure]:
    """All clips of each language together, whoever speaks them."""
    clips = [(clip, hearing) for clip, hearing in heard() if hearing]
    return [Measure(language, "", tuple(each for each in clips if each[0].language == language)) for language in HELD]


def test_every_clip_was_heard_since_it_was_made():
    assert [clip.file for clip, hearing in heard() if not hearing] == []
    assert {clip.language for clip, _ in heard()} == {*HELD}


@pytest.mark.xfail(strict=True, reason="Indonesian is taken for other languages")
def test_each_language_is_taken_for_itself():
    assert {each.language: each.share for each in by_language() if (each.share or 0) < TAKEN_FOR_IT} == {}


def test_no_language_has_more_wrong_characters_than_its_goal():
    assert {
        each.language: each.error for each in by_language() if not each.heard or each.error * 100 > (each.goal or 0)
    } == {}


def test_every_digit_is_told_from_the_others():
    digits = {
        (clip.file, hearing.key, clip.prompt) for clip, hearing in heard() if hearing and clip.prompt[:6] == "digit."
    }
    assert digits
    assert sorted((file, key) for file, key, prompt in digits if prompt != f"digit.{key}") == []

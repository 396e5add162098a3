"""Easy Japanese: short sentences, read as they are meant. The rules stand in docs/easy-japanese.md."""

import re

import pytest

from tests.audio.morae import morae

from .readings import AGAIN, TABLE, readings, table
from .texts import filled, sentences, shipped

MAX_MORAE = 30
MORAE_A_SECOND = 5.5
PAUSE = 0.35

# Honorific and humble forms, the plain passive, double negatives. "ありがとう ございました" is a greeting.
TOO_HARD = re.compile("いただ|いたします|おります|申し上げ|なさいます|お待ち|お選び|されます|られます|なければ")

# A plain form at the end of a sentence. A noun may end one (人。, ニ。).
PLAIN_END = re.compile("((?<!まし)た|[るだくうつむぬぐぶ]|ない)。$")

# Of pyopenjtalk's own dictionary, on its first use.
pytestmark = pytest.mark.filterwarnings("ignore:Dictionary.create:DeprecationWarning")


def ideas(sentence):
    """A text of several sentences is spoken as one, with a pause at each 。"""
    return [idea for idea in re.split(r"(?<=。)", sentence) if idea.strip()]


def seconds(*prompts):
    lines = shipped().clip_texts["ja"]
    said = [sentence for prompt in prompts if prompt in lines for sentence in lines[prompt].sentences]
    return sum(map(morae, said)) / MORAE_A_SECOND + PAUSE * (len(said) - 1)


@pytest.mark.slow
def test_a_sentence_has_at_most_thirty_morae():
    long = {idea: morae(idea) for sentence in sentences("ja") for idea in ideas(sentence) if morae(idea) > MAX_MORAE}
    assert not long


def test_a_sentence_is_polite_and_has_no_honorifics():
    assert not [sentence for sentence in sentences("ja") if TOO_HARD.search(sentence)]
    assert not [idea for sentence in sentences("ja") for idea in ideas(sentence) if PLAIN_END.search(idea)]


def test_spaces_between_words_add_no_pause():
    """Open JTalk reads across them, and they keep it from misreading words that stand next to each other."""
    import pyopenjtalk

    def pauses(text):
        return pyopenjtalk.g2p(text).split().count("pau")

    assert not [sentence for sentence in sentences("ja") if pauses(sentence) != pauses(sentence.replace(" ", ""))]


def test_the_essentials_take_at_most_25_seconds():
    assert seconds("language.name", "eligible", "free", "coupon") <= 25


def test_a_prompt_takes_at_most_25_seconds():
    assert not {prompt: round(seconds(prompt), 1) for prompt in shipped().clip_texts["ja"] if seconds(prompt) > 25}


def test_what_is_given_to_the_engine_is_what_translators_read():
    """`spoken` may write a risky word in kana; the sentences and their placeholders stay the same."""
    for prompt, written in filled().texts["ja"].prompts.items():
        for name, sentence in written.items():
            assert len(sentence.spoken) in (0, len(sentence.text)), f"{prompt}.{name}"


def test_every_reading_is_the_one_that_was_checked():
    """A sentence that is new, or that is read otherwise than before, has to be looked at by somebody."""
    made, checked = readings(), table()
    changed = {sentence: kana for sentence, kana in made.items() if checked.get(sentence) != kana}
    gone = checked.keys() - made.keys()
    assert not changed, f"Readings that nobody has checked: {changed}. Write the table anew, then read them: {AGAIN}"
    assert not gone, f"{TABLE.name} holds sentences that are no longer spoken: {sorted(gone)}. Write it anew: {AGAIN}"

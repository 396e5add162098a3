"""A text that an engine would drop, spell or cut is refused before one is asked."""

from __future__ import annotations

import unicodedata

import pytest

from ivr.audio.speakable import wording_faults
from ivr.content.clip_text import ClipText


def faults(*sentences: str) -> list[str]:
    return wording_faults(ClipText("en", "menu", sentences))


@pytest.mark.parametrize(
    "text", ["Press one.", "予約は ニ。", "Nhấn một.", "कूपनको लागि, एक।", "សូមចុច មួយ។", "שלום", "two"]
)
def test_ordinary_sentences_pass_in_any_script(text):
    assert faults(text) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Press 1.", "Sentence 1: '1' is a digit; write numbers as words."),
        ("১ টিপুন", "Sentence 1: '১' is a digit; write numbers as words."),
        ("Again, #.", "Sentence 1: '#' isn't read by every engine; write the key's word (hash)."),
        ("Back, *.", "Sentence 1: '*' isn't read by every engine; write the key's word (star)."),
        ("Press {key}.", "Sentence 1: '{' is left over from a placeholder; fill it in or remove it."),
        ("one\ntwo", "Sentence 1: '\\n' is a control character; remove it."),
        ("...", "Sentence 1: there is no letter in it; write at least one word."),
        ("", "Sentence 1: there is no letter in it; write at least one word."),
        ("a" * 101, "Sentence 1: it has 101 characters; make it two sentences of at most 100."),
        (
            unicodedata.normalize("NFD", "Nhấn một."),
            "Sentence 1: its accents or marks are stored as separate characters; save the file in the form NFC.",
        ),
    ],
)
def test_what_cannot_be_spoken_is_named_with_what_would_be_right(text, fault):
    assert fault in faults(text)


def test_a_hundred_characters_pass():
    assert faults("a" * 100) == []


def test_every_fault_of_every_sentence_is_told():
    assert len(faults("Press 1 or 2.", "Fine.", "Back, *.")) == 3


def test_a_line_without_sentences_is_refused():
    assert faults() == ["There is no sentence in it: write at least one."]

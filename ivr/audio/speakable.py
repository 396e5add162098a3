"""Whether a text can be spoken: engines silently drop or spell out what they can't read."""

import unicodedata

from ivr.content.clip_text import ClipText

MAX_CHARACTERS = 100  # gTTS cuts a longer text at every comma and speaks each piece as a sentence
KEY_SIGNS = {"#": "hash", "*": "star"}


def wording_faults(clip_text: ClipText) -> list[str]:
    """What is wrong with its sentences and what would be right; [] if nothing is."""
    if not clip_text.sentences:
        return ["There is no sentence in it: write at least one."]
    return [
        f"Sentence {number}: {fault}"
        for number, sentence in enumerate(clip_text.sentences, 1)
        for fault in _sentence_faults(sentence)
    ]


def _sentence_faults(sentence: str) -> list[str]:
    faults = [_length(sentence), _composed(sentence), _speakable(sentence)]
    faults += [_character(character) for character in dict.fromkeys(sentence)]
    return [fault for fault in faults if fault]


def _length(sentence: str) -> str:
    if len(sentence) <= MAX_CHARACTERS:
        return ""
    return f"it has {len(sentence)} characters; make it two sentences of at most {MAX_CHARACTERS}."


def _composed(sentence: str) -> str:
    if unicodedata.is_normalized("NFC", sentence):
        return ""
    return "its accents or marks are stored as separate characters; save the file in the form NFC."


def _speakable(sentence: str) -> str:
    if any(unicodedata.category(character)[0] == "L" for character in sentence):
        return ""
    return "there is no letter in it; write at least one word."


def _character(character: str) -> str:
    if character in KEY_SIGNS:
        return f"{character!r} isn't read by every engine; write the key's word ({KEY_SIGNS[character]})."
    if character in "{}":
        return f"{character!r} is left over from a placeholder; fill it in or remove it."
    kind = unicodedata.category(character)
    if kind == "Nd":
        return f"{character!r} is a digit; write numbers as words."
    if kind == "Cc":
        return f"{character!r} is a control character; remove it."
    return ""

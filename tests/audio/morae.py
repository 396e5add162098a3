"""How long a Japanese sentence is, counted as its speakers count."""

from __future__ import annotations

import re

MORA = {*"aiueoAIUEON", "cl"}  # vowels, voiceless ones too; the syllabic n; the first half of a double consonant


def morae(sentence: str) -> int:
    """The morae that Open JTalk speaks: にほんごです has six. Needs pyopenjtalk-plus."""
    import pyopenjtalk

    labels = pyopenjtalk.extract_fullcontext(sentence)
    return sum(re.search(r"-(.+?)\+", label)[1] in MORA for label in labels)


def reading(sentence: str) -> str:
    """What Open JTalk reads, in katakana: long vowels as ー, particles as they sound."""
    import pyopenjtalk

    return str(pyopenjtalk.g2p(sentence, kana=True))

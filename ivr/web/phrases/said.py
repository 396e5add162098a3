"""What is said in a place, and why something is not."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, str]] = {
    "said_play": ("Play", "再生"),
    "said_seconds": ("s", "秒"),
    "said_estimated": ("estimated: there is no clip", "目安(音声ファイルがありません)"),
    "said_silent": ("no sound", "音なし"),
    "said_twilio": ("Twilio's voice", "Twilioの声"),
    "gap_withdrawn": ("withdrawn", "取り下げ"),
    "gap_unfilled": ("not filled in", "未記入"),
    "gap_other-languages": ("not for this language", "この言語では使いません"),
    "gap_no-text": ("no text", "文がありません"),
    "gap_no-words": ("nothing to say", "言葉がありません"),
}

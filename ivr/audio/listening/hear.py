"""Hears the clips that weren't heard yet. It may be stopped at any time: the next run continues from there."""

import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import replace
from functools import partial

from ivr.audio.catalog import Catalog
from ivr.audio.listening.comparing import base, errors, words_of
from ivr.audio.listening.hearings import Hearing, hearing_of, read_hearings, write_hearings
from ivr.audio.listening.recogniser import Recogniser
from ivr.audio.manifest import Clip
from ivr.content.clip_text import ClipText
from ivr.content.composing import DIGIT, STANDARD_PROMPTS, clip_name, prompt_keys
from ivr.content.model import Helpline
from ivr.flow.announcements import NUMBER_IS

OF_DIGITS = clip_name(DIGIT, "")
ANNOUNCES = NUMBER_IS[0].prompt  # what callers hear before the digits of a number
KEPT_AFTER = 10  # clips: what is lost when the machine goes off
UNSPACED = frozenset({"ja", "zh", "th", "km", "my"})  # written without spaces between words
HIRAGANA = {katakana: katakana - 96 for katakana in range(ord("ァ"), ord("ヷ"))}
Said = tuple[ClipText, Clip]
Progress = Callable[[Hearing, int, int], None]  # its number, of how many


def listen(
    helpline: Helpline, catalog: Catalog, said: Sequence[Said], progress: Progress
) -> dict[tuple[str, str], Hearing]:
    """What was heard of these clips, now or before, and of all others; audio/heard.json holds the same."""
    heard = read_hearings(catalog.audio_dir)
    announced = {text.language for text, clip in said if text.prompt == ANNOUNCES and not hearing_of(clip, heard)}
    for language, prompt in [*heard]:
        if language in announced and prompt.startswith(OF_DIGITS):
            del heard[language, prompt]  # it was heard after another sentence
    unheard = []
    for text, clip in said:
        if hearing := hearing_of(clip, heard):  # the comparison may have changed since
            heard[text.language, text.prompt] = _compared(helpline, text, hearing)
        else:
            unheard.append((text, clip))
    pool = ThreadPoolExecutor(os.cpu_count())
    try:
        hear = partial(_hear, Recogniser(), helpline, catalog) if unheard else None
        futures = {pool.submit(hear, *each): each[0] for each in unheard if hear}
        for number, future in enumerate(as_completed(futures), 1):
            text = futures[future]
            hearing = heard[text.language, text.prompt] = _compared(helpline, text, future.result())
            progress(hearing, number, len(unheard))
            if not number % KEPT_AFTER:
                write_hearings(catalog.audio_dir, catalog.clips.values(), heard)
    finally:
        pool.shutdown(cancel_futures=True)
        write_hearings(catalog.audio_dir, catalog.clips.values(), heard)
    return heard


def named_key(helpline: Helpline, language: str, prompt: str) -> str:
    """The key that a clip names: of a digit alone, and of the offers that are the same everywhere; otherwise empty."""
    if prompt in STANDARD_PROMPTS.values():
        return prompt_keys(helpline, language)[prompt]
    return prompt.removeprefix(OF_DIGITS) if prompt.startswith(OF_DIGITS) else ""


def _hear(recogniser: Recogniser, helpline: Helpline, catalog: Catalog, text: ClipText, clip: Clip) -> Hearing:
    content = catalog.path(clip).read_bytes()
    heard = recogniser.hear(content, text.language)
    said, played = _said_before(helpline, catalog, text)
    choices = _choices(helpline, text, said)
    key = recogniser.choose(content, text.language, choices, played) if choices else ""
    return Hearing(text.language, text.prompt, clip.sha256, heard.taken_for, 0, 0, key, heard.text)


def _compared(helpline: Helpline, text: ClipText, hearing: Hearing) -> Hearing:
    """The hearing, compared with what an engine reads and what translators wrote: the closer of the two counts."""
    keys = helpline.texts[text.language].keys
    said = {text.text, text.shown}
    found, characters = min(errors(each, hearing.text, text.language, keys) for each in said)
    return replace(hearing, edits=found, characters=characters)


def _said_before(helpline: Helpline, catalog: Catalog, text: ClipText) -> tuple[str, bytes]:
    """What callers hear before a digit, and its clip: the sentence that announces a number; otherwise nothing."""
    said = helpline.clip_texts[text.language].get(ANNOUNCES) if text.prompt.startswith(OF_DIGITS) else None
    clip = catalog.find(said) if said else None
    return (said.text, catalog.path(clip).read_bytes()) if said and clip else ("", b"")


def _choices(helpline: Helpline, text: ClipText, said: str) -> Mapping[str, list[str]]:
    """What is said before a clip that names a key, and its text with each key in its place, as that may be written;
    nothing for other clips.
    """
    words = helpline.texts[text.language].keys
    before, word, after = text.text.rpartition(words.get(named_key(helpline, text.language, text.prompt)) or "\0")
    if not word:
        return {}
    space = "" if base(text.language) in UNSPACED else " "  # Whisper begins a text with it
    before = f"{space}{said}{space}{before}" if said else f"{space}{before}"
    return {key: [f"{before}{way}{after}" for way in _ways(key, words[key], text.language)] for key in words}


def _ways(key: str, word: str, language: str) -> list[str]:
    """How Whisper may write a key: as its word, or as a digit or num2words writes one; Japanese also in hiragana."""
    ways = {word, *((key, *words_of(key, language)[:1]) if key.isdigit() else ())}
    return sorted(ways | {way.translate(HIRAGANA) for way in ways})

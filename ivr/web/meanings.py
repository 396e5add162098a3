"""What a clip means, in the language of the page, for people who don't read the language of the clip."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from babel.dates import format_skeleton

from ivr.content.composing import prompt_keys, prompt_of, told_sentences
from ivr.content.model import Helpline
from ivr.content.opening import DAY, Opening, named_opening
from ivr.content.schedule import WEEKDAYS
from ivr.content.slots import SLOT
from ivr.web.dates import weekdays_in
from ivr.web.language_names import name_in, own_name
from ivr.web.words import words_in

# Pages in English show the translators' glosses, which say what each text really says.
GLOSSES = "en"
# Easy Japanese has spaces between words, for callers' sake; staff read Japanese as it is usually written.
EASY_SPACE = re.compile(r"(?<=[^\x00-\x7f]) +| +(?=[^\x00-\x7f])")
LEAP_YEAR = 2028


class Meaning(NamedTuple):
    """`language` is English where the page's language has no such text."""

    text: str = ""
    language: str = ""


NONE = Meaning()


def meaning(helpline: Helpline, page: str, language: str, clip: str) -> Meaning:
    """What a clip says, with keys and codes as digits; empty where the page is in the clip's own language."""
    prompt = prompt_of(helpline, clip)
    if language == page:
        return NONE
    if not prompt:
        return Meaning(_without_prompt(helpline, page, clip), page)
    if not (found := _written(helpline, page, language, prompt)).text:
        return NONE
    words = _words(helpline, found.language, language, prompt, clip.removeprefix(prompt).lstrip("."))
    return found._replace(text=SLOT.sub(lambda slot: words.get(slot[1], slot[0]), found.text))


def _written(helpline: Helpline, page: str, language: str, prompt: str) -> Meaning:
    """The page's own text of the sentences that are told; their glosses for English, or where one is missing."""
    told = dict(told_sentences(helpline, language, prompt))
    own = helpline.texts[page].prompts.get(prompt, {}) if page in helpline.texts else {}
    glosses = " ".join(sentence.gloss for sentence in told.values() if sentence.gloss)
    if not told.keys() <= own.keys() or (page == GLOSSES and glosses):
        return Meaning(glosses, GLOSSES)
    text = " ".join(text for name in told for text in own[name].text)
    return Meaning(as_staff_write(page, text), page)


def as_staff_write(page: str, text: str) -> str:
    """A text for callers as it is usually written in the page's language."""
    return EASY_SPACE.sub("", text) if page == "ja" else text


def _words(helpline: Helpline, page: str, language: str, prompt: str, ending: str) -> dict[str, str]:
    """What fills the slots: a clip's ending is a key or the language that it names."""
    return {
        **dict(_filled(helpline, page, language)),
        "name": name_in(page, language) or own_name(helpline, language),
        "code": helpline.code(language),
        "language": name_in(page, ending) or ending,
        "key": ending or prompt_keys(helpline, language).get(prompt, ""),
    }


def _filled(helpline: Helpline, page: str, language: str) -> Iterator[tuple[str, str]]:
    """What the operator filled in, in the page's language; else as it is spoken, with its direction isolated."""
    for slot, texts in helpline.about.fill.items():
        if page in texts:
            yield slot, texts[page].text
        elif language in texts:
            yield slot, f"\N{FIRST STRONG ISOLATE}{texts[language].text}\N{POP DIRECTIONAL ISOLATE}"


def _without_prompt(helpline: Helpline, page: str, clip: str) -> str:
    """Opening times, the days of notices, and digits."""
    if clip.startswith(f"{DAY}."):
        own, day = helpline.texts.get(page), clip.removeprefix(f"{DAY}.")
        return own.opening.days.get(day, day) if own and own.opening else day
    return _opening(page, named_opening(clip)) if clip.startswith("opens.") else clip.rpartition(".")[2]


def _opening(page: str, opening: Opening) -> str:
    words, weekday, day = words_in(page), "", ""
    if opening.weekday:
        weekday = weekdays_in(page, "wide")[WEEKDAYS.index(opening.weekday)]
    if opening.day:
        day = format_skeleton("MMMMd", date.fromisoformat(f"{LEAP_YEAR}-{opening.day}"), locale=page)
    return words["opening_" + opening.kind].format(time=f"{opening.time:%H:%M}", weekday=weekday, day=day)

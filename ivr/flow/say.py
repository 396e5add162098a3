"""The prompts of a page, and how one caller hears them: in the caller's own language, or in the first languages
where it is not ready.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from ivr.content.model import Helpline
from ivr.content.opening import ANY_OPENING
from ivr.flow.matching import voices
from ivr.flow.places import Place
from ivr.flow.steps import Gather, Play, Redirect, Steps

Role: TypeAlias = Literal[
    "welcome", "language", "content", "option", "standard-key",
    "operator", "closed", "opening", "purpose", "how", "offer", "hours", "nobody", "announcement",
]  # fmt: skip
# More than everything that a large helpline says.
PHRASES_KEPT = 8192


class PagePrompt(NamedTuple):
    """One thing that a page says, and its role. It may offer `key`, which leads to `page` (empty: it depends).

    `desk` is the desk it is about. `voice` is the language that says it, where that is not the caller's own.
    """

    role: Role
    prompt: str
    key: str = ""
    page: str = ""
    desk: str = ""
    voice: str = ""


Page: TypeAlias = tuple[PagePrompt, ...]


def spoken(helpline: Helpline, language: str, page: Page) -> tuple[Play, ...]:
    """What callers of this language hear, without anything withdrawn or not filled in.

    Without a language (none chosen yet) the first languages speak.
    """
    return _spoken(helpline, voices(helpline, language), page)


@lru_cache(maxsize=PHRASES_KEPT)
def _spoken(helpline: Helpline, voices: tuple[str, ...], page: Page) -> tuple[Play, ...]:
    return tuple(
        Play(voice, prompt)
        for said in page
        for voice in ((said.voice,) if said.voice else voices)
        for prompt in _clips(helpline, voice, said)
    )


def _clips(helpline: Helpline, voice: str, said: PagePrompt) -> Iterator[str]:
    lines = helpline.clip_texts[voice]
    if said.prompt in lines or said.voice:
        yield said.prompt
    elif said.role == "opening" and ANY_OPENING in lines:
        yield ANY_OPENING


def listen(helpline: Helpline, place: Place, plays: tuple[Play, ...]) -> Steps:
    """Clips that any key stops, then a wait for a key; silence is an event, too."""
    return (Gather(plays, place, helpline.flow.wait), Redirect(place, "silence"))

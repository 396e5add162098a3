"""The prompts of a page, and how one caller hears them: in the caller's own language, or in the first languages
where it is not ready.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from ivr.content.model import Helpline
from ivr.flow.matching import voices
from ivr.flow.places import Place
from ivr.flow.steps import Gather, Play, Redirect, Steps

Role: TypeAlias = Literal[
    "welcome", "language", "content", "option", "standard-key",
    "operator", "closed", "opening", "purpose", "how", "offer", "hours", "nobody", "announcement",
]  # fmt: skip
# More than all that a large helpline says; what is said is made of content alone.
PHRASES_KEPT = 8192
# Said where no clip says when a desk opens.
ANY_OPENING = "opens.generic"


class PagePrompt(NamedTuple):
    """One thing that a page says, and what for. `key` is the key it offers, which leads to `page` (empty: it depends).

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
    """What a caller of this language hears; what is withdrawn or not filled in is left out.

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
    lines = helpline.lines[voice]
    if said.prompt in lines or said.voice:
        yield said.prompt
    elif said.role == "opening" and ANY_OPENING in lines:
        yield ANY_OPENING


def listen(helpline: Helpline, place: Place, plays: tuple[Play, ...]) -> Steps:
    """Clips that any key stops, then a wait for one; silence is an event of its own."""
    return (Gather(plays, place, helpline.flow.wait), Redirect(place, "silence"))

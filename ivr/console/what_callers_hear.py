"""What callers hear at a moment: the engine's own answers, as texts with the clips that speak them."""

from collections.abc import Iterable
from dataclasses import dataclass

from ivr.content.model import Helpline
from ivr.content.pages import PERSON
from ivr.flow.announcements import OWN_NAME, greeting
from ivr.flow.engine import respond
from ivr.flow.language_list import choice
from ivr.flow.matching import desks_for
from ivr.flow.places import Event, Place
from ivr.flow.say import spoken
from ivr.flow.situation import Situation
from ivr.flow.steps import Play, Steps, plays
from ivr.web.page_context import PageContext


@dataclass(frozen=True)
class Heard:
    """What a clip says; `file` is its sound's address below `/audio/`, empty if the carrier's voice speaks."""

    language: str
    clip: str
    text: str
    file: str


def first_words(context: PageContext, situation: Situation) -> list[Heard]:
    """When the line answers: its name and the list of languages."""
    return _heard(context, respond(context.helpline, Place(), Event("show"), situation))


def after_choice(context: PageContext, language: str, situation: Situation) -> list[Heard]:
    return _heard(context, respond(context.helpline, Place(), choice(context.helpline, language), situation))


def at_the_start(context: PageContext, language: str, situation: Situation) -> list[Heard]:
    """The notices, right after the language's name."""
    page = greeting(context.helpline, language, situation)
    return _said(context, spoken(context.helpline, language, tuple(said for said in page if said not in OWN_NAME)))


def behind_zero(context: PageContext, language: str, situation: Situation) -> list[Heard]:
    """What key 0 says: who can be reached."""
    return _heard(context, respond(context.helpline, Place(PERSON, language), Event("show"), situation))


def offered(helpline: Helpline, language: str, situation: Situation) -> list[str]:
    """The desks that callers of a language are offered now, in order."""
    return [view.name for view in desks_for(helpline, language, situation) if view.transferable]


def _heard(context: PageContext, steps: Steps) -> list[Heard]:
    return _said(context, plays(steps))


def _said(context: PageContext, plays: Iterable[Play]) -> list[Heard]:
    return [
        Heard(
            play.language,
            play.prompt,
            context.helpline.clip_texts[play.language][play.prompt].shown,
            _file(context, play),
        )
        for play in plays
    ]


def _file(context: PageContext, play: Play) -> str:
    return next((file for file in context.files((play,)) if isinstance(file, str)), "")

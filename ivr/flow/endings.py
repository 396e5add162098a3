"""How calls end, and what follows an error of ours: never without a word."""

from functools import lru_cache

from ivr.content.desk_order import KEPT
from ivr.content.model import Helpline
from ivr.content.pages import LANGUAGES
from ivr.flow import announcements
from ivr.flow.announcements import APOLOGY, GOODBYE
from ivr.flow.places import Place
from ivr.flow.say import Page, spoken
from ivr.flow.steps import Hangup, Redirect, Steps, Visit

# Rounds without a usable key after which a page gives up.
TRIES = 3


@lru_cache(maxsize=KEPT)
def goodbye(helpline: Helpline, language: str) -> Steps:
    return (*spoken(helpline, language, GOODBYE), Hangup())


@lru_cache(maxsize=KEPT)
def farewell(helpline: Helpline, language: str) -> Steps:
    """What callers can do without pressing a key, and a goodbye."""
    return (*spoken(helpline, language, announcements.farewell(helpline)), Hangup())


def hang_up(helpline: Helpline, language: str, page: Page) -> Steps:
    """The end of a call that the caller asked for."""
    return (*spoken(helpline, language, page), Hangup())


def not_open(helpline: Helpline) -> Steps:
    """All that a public line says before its content is confirmed."""
    return (*spoken(helpline, "", announcements.NOT_OPEN), Hangup())


def again(helpline: Helpline, place: Place, announcement: Page) -> Steps | Visit:
    """After a round without a usable key: what went wrong and which keys work; after three rounds the farewell."""
    if place.tries >= TRIES:
        return farewell(helpline, place.language)
    return Visit(place, spoken(helpline, place.language, announcement), form="short")


def home(helpline: Helpline, place: Place) -> Place:
    """Where callers go on if there is nowhere else: the first menu, or the list if their language isn't ready."""
    ready = place.language in helpline.ready
    return place.at(helpline.flow.start) if ready else Place(LANGUAGES, errors=place.errors)


def apology(helpline: Helpline, place: Place) -> Steps:
    """After an error of ours: an apology and the menu; after a second one in the same call, the last resort.

    Depends on nothing but content, so that it can be rendered before anything goes wrong.
    """
    if place.errors:
        return (*spoken(helpline, place.language, announcements.last_resort(helpline, place.language)), Hangup())
    back = home(helpline, place)._replace(errors=1)
    return (*spoken(helpline, place.language, APOLOGY), Redirect(back, "show"))

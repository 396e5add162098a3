"""Where callers would hear the general sentence in place of a new opening time, if a desk had other hours."""

from collections.abc import Mapping
from dataclasses import replace

from ivr.content.model import Helpline
from ivr.content.opening import occurring_openings, opening_texts
from ivr.content.schedule import Week
from ivr.web.page_context import PageContext


def languages_without(context: PageContext, desk: str, week: Week) -> list[str]:
    """The languages that callers are offered and that lack words or a clip for a new opening time."""
    helpline = context.helpline
    changed = helpline.desks[desk].model_copy(update={"hours": week})
    before = _told(context, helpline)
    after = _told(context, replace(helpline, desks={**helpline.desks, desk: changed}))
    return [name for name in helpline.languages if name in after and not after[name] <= before[name]]


def _told(context: PageContext, helpline: Helpline) -> Mapping[str, set[str]]:
    """By language, the openings that are told by the general sentence; not those on a date, of a few days a year."""
    openings = {
        language: [each for each in found if each.kind != "date"]
        for language, found in occurring_openings(helpline).items()
    }
    found = {}
    for language in helpline.ready:
        words, has_voice = helpline.texts[language].opening, bool(helpline.speech(language).say)
        texts = opening_texts(language, words, openings[language]) if words else ()
        said = {text.prompt for text in texts if has_voice or context.catalog.find(text)}
        found[language] = {each.prompt for each in openings[language]} - said
    return found

"""The way of a call through the places of the line: where it may begin, and where it has been."""

import re
from html import unescape

from ivr.content.model import Helpline
from ivr.content.pages import DESK, LANGUAGES, PERSON
from ivr.flow.places import DESKS_SIDE, Place
from ivr.simulator import Call
from ivr.webhooks.addresses import address, parse_url
from ivr.webphone.call_state import Refusal

# Where a document leads: each address names the place that the caller is in, or goes to.
ADDRESS = re.compile(r'(?:action="|<Redirect[^>]*>)([^"<]+)')


def can_start(helpline: Helpline, language: str, place: str) -> bool:
    """Whether a call can begin in a place, as one that got there in this language."""
    desks = {DESK + name for name in helpline.desks}
    return language in helpline.ready and place in {*helpline.menus, PERSON, *desks}


def start_of(helpline: Helpline, language: str, place: str) -> str:
    """The path of the webhook that a call from there begins with; raises Refusal. Without a place, the usual one."""
    if place in ("", LANGUAGES):
        return ""
    if not can_start(helpline, language, place):
        raise Refusal("no_action")
    return address(Place(place, language), "show")


def visited(call: Call, public_url: str) -> tuple[str, list[str]]:
    """The language of a call, and the places in which it was, in order; `dialled` is the way to a desk."""
    found: dict[str, None] = {}
    language = ""
    for page in call.documents:
        body = page.body.decode(errors="replace")
        for url in (page.url, *map(unescape, ADDRESS.findall(body))):
            place, event = parse_url(url, public_url)
            if page.leg == "caller" and event not in DESKS_SIDE:
                language = place.language or language
                found |= dict.fromkeys([place.page, *(["dialled"] if event == "dialled" else [])])
    return language, [*found]

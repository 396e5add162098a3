"""Places in a call as addresses, and back. An address carries everything that the next step needs to know."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import get_args
from urllib.parse import parse_qs, urlencode, urlsplit

from ivr.content.pages import LANGUAGES
from ivr.flow.places import EventKind, Outcome, Place

# More than all addresses of a large helpline.
KEPT = 8192

NO_LANGUAGE = "-"
EVENTS: tuple[EventKind, ...] = get_args(EventKind)
NAME = re.compile(r"[A-Za-z0-9_.-]{1,64}")
# Calls that were in progress when this version was installed still use the last version's addresses.
LETTERS_OF_VERSION_0_1 = {
    "t": "tries",
    "s": "silences",
    "e": "errors",
    "n": "number",
    "h": "heard",
    "x": "tried",
    "o": "origin",
}

# Twilio, <Dial> action: DialCallStatus. A cancelled or unknown call is a failed one: the caller needs a next step.
OUTCOMES: dict[str, Outcome] = {
    "completed": "answered",
    "answered": "answered",
    "busy": "busy",
    "no-answer": "no-answer",
}


def address(place: Place, event: EventKind) -> str:
    """The path and query below the public address, such as ``/voice/en/papers/keys?tries=1``."""
    counts = {"tries": place.tries, "silences": place.silences, "errors": place.errors, "number": place.number}
    lists = {"heard": place.heard, "tried": place.tried}
    query: dict[str, str] = {name: str(count) for name, count in counts.items() if count}
    query |= {name: ",".join(names) for name, names in lists.items() if names}
    if place.origin:
        query["origin"] = place.origin
    path = f"/voice/{place.language or NO_LANGUAGE}/{place.page}/{event}"
    return f"{path}?{urlencode(query, safe=',')}" if query else path


def parse(path: str, query_string: str = "") -> tuple[Place, EventKind]:
    """The place and event of an address; the language list for anything unreadable, so that no caller is lost."""
    parts = path.strip("/").split("/")
    query = {LETTERS_OF_VERSION_0_1.get(name, name): values[0] for name, values in parse_qs(query_string).items()}
    if len(parts) != 4 or parts[3] not in EVENTS:
        return Place(LANGUAGES, errors=_count(query.get("errors"))), "show"
    place = Place(
        page=parts[2],
        language="" if parts[1] == NO_LANGUAGE else parts[1],
        tries=_count(query.get("tries")),
        silences=_count(query.get("silences")),
        errors=_count(query.get("errors")),
        heard=_names(query.get("heard")),
        tried=_names(query.get("tried")),
        origin=query.get("origin", ""),
        number=_count(query.get("number")),
    )
    return place, parts[3]


# Our own addresses under Twilio's signature: they contain nothing about the caller, and every call has the same ones.
parse_once = lru_cache(maxsize=KEPT)(parse)


def parse_url(url: str, public_url: str) -> tuple[Place, EventKind]:
    """The place of a whole address, if it is one of ours; else the language list."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return Place(), "show"
    if not url.startswith(f"{public_url}/voice"):
        return Place(), "show"
    return parse(parts.path.removeprefix(urlsplit(public_url).path), parts.query)


def outcome(form: Mapping[str, str]) -> Outcome:
    """How a dialled call ended; one that was answered but never connected counts as not answered."""
    result = OUTCOMES.get(form.get("DialCallStatus", ""), "failed")
    if result == "answered" and form.get("DialBridged") == "false":
        return "no-answer"
    return result


def _count(text: str | None) -> int:
    return int(text) if text and len(text) == 1 and text in "0123456789" else 0


def _names(text: str | None) -> tuple[str, ...]:
    return tuple(name for name in (text or "").split(",") if NAME.fullmatch(name))

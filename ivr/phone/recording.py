"""Record: the caller speaks until a key, or says nothing."""

from __future__ import annotations

from urllib.parse import urljoin

from .document import Document
from .exchange import Request
from .leg import ACCOUNT, Leg, Step, Steps
from .stops import Keys, Listening
from .verbs import Record

SPOKEN_SECONDS = 10
STORE = f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Recordings/RE"


def record(leg: Leg, verb: Record, document: Document) -> Steps[Step]:
    """Twilio, <Record>: `action` defaults to the same document; nothing recorded falls through."""
    while True:
        event = yield Listening(leg.name, leg.ear.clock.now + verb.timeout)
        if not isinstance(event, Keys):
            leg.ear.clock.advance(verb.timeout)
            leg.ear.clock.mark()
            return None
        ending = [key for key in event.keys if key in verb.finish_on_key]
        if ending:
            break
    seconds = min(SPOKEN_SECONDS, verb.max_length)
    leg.ear.clock.advance(seconds)
    leg.ear.clock.mark()
    told = {
        "RecordingUrl": STORE + "0" * 32,
        "RecordingDuration": str(seconds),
        "Digits": ending[0],
    }
    return Request(urljoin(document.url, verb.action), verb.method, told)

"""Record: the caller speaks until a key, or says nothing."""

from urllib.parse import urljoin

from ivr.simulator.carrier import Request
from ivr.simulator.document import Document
from ivr.simulator.leg import ACCOUNT, Leg, Step, Steps
from ivr.simulator.stops import Keys, Listening
from ivr.simulator.verbs import Record

SPOKEN_SECONDS = 10
STORE = f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Recordings/RE"


def record(leg: Leg, verb: Record, document: Document) -> Steps[Step]:
    """Twilio, <Record>: `action` defaults to the same document; nothing recorded falls through.

    Callers who press a key have spoken until then; those who wait have said nothing until the timeout.
    """
    clock, begun = leg.ear.clock, leg.ear.clock.now
    while True:
        event = yield Listening(leg.name, clock.now + verb.max_length, begun)
        if not isinstance(event, Keys):
            clock.advance(verb.timeout)
            clock.mark()
            return None
        spoken = min(SPOKEN_SECONDS, verb.max_length)
        seconds = spoken if event.after is None else clock.turn + event.after - clock.now
        ending = [key for key in event.keys if key in verb.finish_on_key]
        if seconds < 0:  # while something before it was still to be heard
            leg.keep(event.keys)
        elif ending:
            break
    clock.advance(seconds)
    clock.mark()
    told = {"RecordingUrl": STORE + "0" * 32, "RecordingDuration": str(round(seconds)), "Digits": ending[0]}
    return Request(urljoin(document.url, verb.action), verb.method, told)

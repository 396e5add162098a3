"""A strict telephone made of HTTP: it plays Twilio's part and the caller's ear, for any TwiML app.

It sees the app through HTTP only and shares no code with it, so that it can't share its mistakes.

    call · observe              what a caller and a desk can do, and what there is to see
    leg                         one leg: its webhook parameters, and the loop that runs documents
    play · gather · dial        what each verb does (record and redirect, too)
    stops · dial_attempt        where a call waits for somebody; what a Dial has come to
    carrier                     signed requests, redirects, the fallback URL, sounds, problems
    readings                    where Twilio's documentation can be read in two ways
    document                    an answer's limits and verbs: markup, validate (grammar, voices), parse
    ear · clock · sound         what was heard, on a clock that never sleeps; how long a sound lasts
    script · replay · save      calls as text: read, played, and written from a call
    transport · http_transport  straight into a WSGI app, or real HTTP; signature by own code

Nothing but the standard library is needed.
"""

from ivr.simulator.call import Call
from ivr.simulator.carrier import Page
from ivr.simulator.ear import Heard
from ivr.simulator.http_transport import HttpTransport
from ivr.simulator.leg import Dialled
from ivr.simulator.problems import OutOfTurn, Problem, TelephoneError
from ivr.simulator.readings import FIRST, OTHER, Readings
from ivr.simulator.replay import Unmet, replay
from ivr.simulator.save import save, write
from ivr.simulator.signature import sign
from ivr.simulator.transport import Response, Transport, Unreachable, WsgiTransport

__all__ = [
    "FIRST",
    "OTHER",
    "Call",
    "Dialled",
    "Heard",
    "HttpTransport",
    "OutOfTurn",
    "Page",
    "Problem",
    "Readings",
    "Response",
    "TelephoneError",
    "Transport",
    "Unmet",
    "Unreachable",
    "WsgiTransport",
    "replay",
    "save",
    "sign",
    "write",
]

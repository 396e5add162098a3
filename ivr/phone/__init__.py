"""A strict telephone made of HTTP: it plays Twilio's part and the caller's ear, for any TwiML app.

It sees the app through HTTP only and shares no code with it, so that it can't share its mistakes.

    call · seen       what a caller and a desk can do, and what there is to see
    leg               one leg: its webhook parameters, and the loop that runs documents
    playing · gathering · dialling · recording · leaving    what each verb does
    exchange          signed requests, redirects, the fallback URL, sounds, problems
    document          limits and verbs of an answer: markup, checking (by the tables of grammar and
    voices), reading ear · sound       what was heard, on a clock that never sleeps; how long a
    sound file lasts script · replaying · saving   calls as text: read, played, and written from a
    call transport · signature    HTTP or WSGI; the signature by own code
"""

from .call import Call
from .ear import Heard
from .exchange import Page
from .leg import Dialled
from .problems import OutOfTurn, Problem, TelephoneError
from .replaying import Unmet, replay
from .saving import save
from .signature import sign
from .transport import HttpTransport, Response, Transport, Unreachable, WsgiTransport

__all__ = [
    "Call",
    "Dialled",
    "Heard",
    "HttpTransport",
    "OutOfTurn",
    "Page",
    "Problem",
    "Response",
    "TelephoneError",
    "Transport",
    "Unmet",
    "Unreachable",
    "WsgiTransport",
    "replay",
    "save",
    "sign",
]

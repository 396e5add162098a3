"""Redirect, Hangup and Reject: verbs after which nothing in their document is reached."""

from urllib.parse import urljoin

from ivr.simulator.carrier import Request
from ivr.simulator.document import Document
from ivr.simulator.leg import Leg, Step
from ivr.simulator.verbs import Hangup, Redirect, Reject


def redirect(_leg: Leg, verb: Redirect, document: Document) -> Step:
    return Request(urljoin(document.url, verb.url), verb.method)


def hangup(_leg: Leg, _verb: Hangup, _document: Document) -> Step:
    return "hangup"


def reject(leg: Leg, verb: Reject, _document: Document) -> Step:
    """Twilio, <Reject>: never answered, never billed; the caller hears busy or not in service."""
    leg.status = "busy" if verb.reason == "busy" else "no-answer"
    return "reject"

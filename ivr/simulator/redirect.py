"""Redirect, Hangup and Reject: verbs after which nothing in their document is reached."""

from urllib.parse import urljoin

from ivr.simulator.carrier import Request
from ivr.simulator.document import Document
from ivr.simulator.leg import Leg, Step, Steps
from ivr.simulator.verbs import Hangup, Redirect, Reject


def redirect(_leg: Leg, verb: Redirect, document: Document) -> Steps[Step]:
    return Request(urljoin(document.url, verb.url), verb.method)
    yield  # never stops, as below


def hangup(_leg: Leg, _verb: Hangup, _document: Document) -> Steps[Step]:
    return "hangup"
    yield


def reject(leg: Leg, verb: Reject, _document: Document) -> Steps[Step]:
    """Twilio, <Reject>: never answered, never billed; the caller hears busy or not in service."""
    leg.status = "busy" if verb.reason == "busy" else "no-answer"
    return "reject"
    yield

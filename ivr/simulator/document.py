"""A TwiML document: its limits, its root, its verbs in order."""

from collections.abc import Iterator
from dataclasses import dataclass

from ivr.simulator import markup
from ivr.simulator.parse import read
from ivr.simulator.problems import Refused
from ivr.simulator.transport import Response
from ivr.simulator.validate import VERBS, check
from ivr.simulator.verbs import Dial, Gather, Hangup, Redirect, Reject, Verb

MAX_BYTES = 64 * 1024  # Twilio 11750: "TwiML response body too large", 64 kB
XML_TYPES = {"text/xml", "application/xml"}


@dataclass(frozen=True)
class Document:
    """The verbs that `url` answered with; `warnings` are what a strict reader would frown at."""

    url: str
    verbs: tuple[Verb, ...]
    warnings: tuple[str, ...] = ()


def understand(url: str, response: Response, *, portable: bool = False, allowed: frozenset[str] = VERBS) -> Document:
    """The document in an answer, or Refused with the rule that it breaks.

    Twilio, "TwiML": 4xx and 5xx, a missing Content-Type, more than 64 kB, and a root that is not
    <Response> are errors.
    """
    if not 200 <= response.status < 300:
        raise Refused(11200, f"answered HTTP {response.status}")
    _check_type(response.headers.get("content-type", ""))
    if len(response.body) > MAX_BYTES:
        raise Refused(11750, f"{len(response.body)} bytes: a document has at most {MAX_BYTES}")
    if not response.body:
        raise Refused(11770, "the answer is empty: even a call that ends here gets <Response/>")
    root = markup.parse(response.body)
    check(root, portable=portable, allowed=allowed)
    verbs = tuple(read(child) for child in root.children)
    return Document(url, verbs, tuple(_warnings(verbs)))


def _check_type(content_type: str) -> None:
    if not content_type:
        raise Refused(12300, "the answer has no Content-Type")
    if content_type.partition(";")[0].strip().lower() not in XML_TYPES:
        raise Refused(12300, f"Content-Type {content_type!r}: a document is text/xml or application/xml")


def _warnings(verbs: tuple[Verb, ...]) -> Iterator[str]:
    for place, verb in enumerate(verbs[:-1]):
        if _hands_over(verb):
            name, following = type(verb).__name__, type(verbs[place + 1]).__name__
            yield f"<{following}> can't be reached: <{name}> hands the call over"
            return


def _hands_over(verb: Verb) -> bool:
    if isinstance(verb, Dial):
        return bool(verb.action)
    if isinstance(verb, Gather):
        return verb.action_on_empty_result
    return isinstance(verb, Redirect | Hangup | Reject)

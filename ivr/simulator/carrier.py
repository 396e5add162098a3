"""The carrier's side of HTTP: signed webhooks, redirects, the fallback URL, sounds, problems."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlencode, urljoin
from uuid import uuid4

from ivr.simulator.clock import Clock
from ivr.simulator.document import Document, understand
from ivr.simulator.ear import LegName
from ivr.simulator.problems import Problem, Refused, TelephoneError
from ivr.simulator.readings import FIRST, Readings
from ivr.simulator.signature import HEADER, sign
from ivr.simulator.sound import Sound, understand_sound
from ivr.simulator.transport import NO_CONNECTION, NO_TLS, Response, Transport, Unreachable
from ivr.simulator.validate import VERBS

MAX_REDIRECTS = 10  # Twilio 11215, "HTTP too many redirects"
MAX_IN_A_TURN = 100
REDIRECTS = {301, 302, 303, 307, 308}
RETRIED = {NO_CONNECTION, NO_TLS}
IDEMPOTENCY = "I-Twilio-Idempotency-Token"
FORM = "application/x-www-form-urlencoded; charset=UTF-8"


@dataclass(frozen=True)
class Request:
    """What the call requests next; `parameters` are added to the leg's own."""

    url: str
    method: str = "POST"
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Page:
    """One exchange with the app as it happened, `at` seconds of the call, refused ones included."""

    leg: LegName
    method: str
    url: str
    parameters: Mapping[str, str]
    status: int
    body: bytes
    at: float = 0.0


class Party(Protocol):
    """Whose leg a request belongs to."""

    @property
    def name(self) -> LegName: ...
    @property
    def allowed(self) -> frozenset[str]: ...
    def parameters(self) -> dict[str, str]: ...


@dataclass
class Exchange:
    transport: Transport
    clock: Clock
    token: str = ""
    fallback_url: str = ""
    portable: bool = False
    strict: bool = True
    idempotency_token: bool = False
    readings: Readings = FIRST
    pages: list[Page] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    sounds: dict[str, Sound] = field(default_factory=dict)
    turn_began: int = 0

    def report(self, problem: Problem) -> None:
        self.problems.append(problem)
        if self.strict and problem.level == "error":
            raise TelephoneError(problem) from None

    def document(self, request: Request, party: Party) -> Document | None:
        """The document at `request`, else the fallback's; None if the caller hears the stock message.

        Twilio, "Fallback URL": it is asked by POST, with ErrorCode and ErrorUrl on top of the
        call's parameters.
        """
        try:
            return self._document(request, party)
        except Refused as refused:
            self.report(refused.at(request.url))
            if not self.fallback_url:
                return None
            repeated = request.parameters if self.readings.fallback_repeats else {}
            error = {**repeated, "ErrorCode": str(refused.code), "ErrorUrl": request.url}
        try:
            return self._document(Request(self.fallback_url, "POST", error), party)
        except Refused as refused:
            self.report(refused.at(self.fallback_url))
            return None

    def _document(self, request: Request, party: Party) -> Document:
        if len(self.pages) - self.turn_began >= MAX_IN_A_TURN:
            raise TelephoneError(Problem(0, f"{MAX_IN_A_TURN} requests without a stop: an endless loop", request.url))
        url, response = self._follow(request, party)
        document = understand(url, response, portable=self.portable, allowed=party.allowed & VERBS)
        for warning in document.warnings:
            self.report(Problem(0, warning, url, "warning"))
        return document

    def _follow(self, request: Request, party: Party) -> tuple[str, Response]:
        url, method = request.url, request.method
        parameters = {**party.parameters(), **request.parameters}
        for _hop in range(MAX_REDIRECTS + 1):
            response = self._send(url, method, parameters, party)
            if response.status not in REDIRECTS:
                return url, response
            if parameters.pop("Digits", None) is not None:
                # Twilio, <Gather>: the request after an HTTP redirect doesn't carry what was typed.
                self.report(Problem(0, f"answered HTTP {response.status}, which loses Digits", url))
            url = urljoin(url, response.headers.get("location", ""))
            method = method if response.status in (307, 308) else "GET"
        raise Refused(11215, f"more than {MAX_REDIRECTS} HTTP redirects")

    def _send(self, url: str, method: str, parameters: Mapping[str, str], party: Party) -> Response:
        posted = dict(parameters) if method == "POST" else {}
        if method == "GET":
            url = f"{url}{'&' if '?' in url else '?'}{urlencode(parameters)}"
        headers = {HEADER: sign(self.token, url, posted), "User-Agent": "TwilioProxy/1.1", "Accept": "*/*"}
        if self.idempotency_token:
            headers[IDEMPOTENCY] = str(uuid4())
        body = None
        if method == "POST":
            headers["Content-Type"], body = FORM, urlencode(posted).encode()
        response = self._insist(method, url.partition("#")[0], headers, body)
        self.pages.append(
            Page(party.name, method, url, dict(parameters), response.status, response.body, self.clock.now)
        )
        return response

    def _insist(self, method: str, url: str, headers: dict[str, str], body: bytes | None) -> Response:
        """Twilio: one retry, on connect or TLS failure only; it carries I-Twilio-Idempotency-Token."""
        try:
            return self._reach(method, url, headers, body)
        except Refused as refused:
            if refused.code not in RETRIED:
                raise
            self.report(Problem(refused.code, f"{refused.message}; tried once more", url, "warning"))
        headers.setdefault(IDEMPOTENCY, str(uuid4()))
        return self._reach(method, url, headers, body)

    def _reach(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None) -> Response:
        try:
            return self.transport.send(method, url, headers, body)
        except Unreachable as error:
            raise Refused(error.code, str(error)) from error

    def sound(self, url: str, wrong_type: int) -> Sound | None:
        """A sound. Twilio, <Play>: requested without parameters, unsigned, and cached as Cache-Control says."""
        try:
            if not (url in self.sounds and self.sounds[url].keep and self.readings.keeps_sounds):
                response = self._reach("GET", url, {"User-Agent": "TwilioProxy/1.1", "Accept": "*/*"}, None)
                self.sounds[url] = understand_sound(url, response, wrong_type)
            return self.sounds[url]
        except Refused as refused:
            self.report(refused.at(url))
            return None

    def tell(self, request: Request, party: Party) -> None:
        """A callback. Twilio: its answer isn't run, any 2xx will do, 204 is right."""
        try:
            response = self._send(request.url, request.method, {**party.parameters(), **request.parameters}, party)
            if not 200 <= response.status < 300:
                raise Refused(11200, f"the callback answered HTTP {response.status}")
        except Refused as refused:
            self.report(refused.at(request.url))

"""A Twilio of our own on the loopback address: it takes what the contract allows, and answers as it says."""

from __future__ import annotations

import base64
import json
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import jsonschema
from twilio.http.http_client import TwilioHttpClient

from tests.account.contract import CALL_STATUS, FORMS, OPERATIONS, Operation
from tests.cast import LINE

SID, TOKEN = f"AC{'1' * 32}", "a" * 32
# Twilio's own words for what it refuses, with its own codes.
DENIED, MISSING, INVALID, NOT_OURS = (401, 20003), (404, 20404), (400, 20001), (400, 21210)


class RefusedError(Exception):
    def __init__(self, status_and_code: tuple[int, int], message: str) -> None:
        super().__init__(message)
        self.status, self.code = status_and_code


@dataclass
class Twilio:
    """One account. `calls` holds the statuses that the next calls go through; `asked` every request by name."""

    tokens: list[str] = field(default_factory=lambda: [TOKEN])
    account: dict[str, Any] = field(default_factory=dict)
    numbers: list[dict[str, Any]] = field(default_factory=list)
    verified: list[str] = field(default_factory=list)
    countries: list[dict[str, Any]] = field(default_factory=list)
    calls: list[list[str]] = field(default_factory=list)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    down: bool = False
    deaf: bool = False
    _placed: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        told = {"sid": SID, "friendly_name": "Helpline", "auth_token": TOKEN, "status": "active", "type": "Full"}
        self.account = {**told, **self.account}

    def answer(self, method: str, url: str, headers: Mapping[str, str], body: str) -> tuple[int, dict[str, Any]]:
        if self.down:
            return 503, {}
        operation, found, values = _understood(method, url, headers, body)
        username, _, password = (
            base64.b64decode(headers["Authorization"].removeprefix("Basic ")).decode().partition(":")
        )
        if username != SID or password not in self.tokens or found.get("account", SID) != SID:
            raise RefusedError(DENIED, "Authenticate")
        self.asked.append((operation.name, values))
        answer = getattr(self, f"_{operation.name}")(values, found.get("sid", ""))
        jsonschema.validate(answer, operation.answer)
        return operation.status, answer

    def _account(self, _values: dict[str, str], _sid: str) -> dict[str, Any]:
        return self.account

    def _numbers(self, values: dict[str, str], _sid: str) -> dict[str, Any]:
        asked = values.get("PhoneNumber", "")
        return _page("incoming_phone_numbers", [each for each in self.numbers if asked in each["phone_number"]])

    def _change(self, values: dict[str, str], sid: str) -> dict[str, Any]:
        (number,) = [each for each in self.numbers if each["sid"] == sid] or [None]
        if number is None:
            raise RefusedError(MISSING, f"The requested resource {sid} was not found")
        for name, value in values.items():
            key = re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
            if not self.deaf:
                number[key] = value == "true" if value in ("true", "false") else value
        return number

    def _verified(self, values: dict[str, str], _sid: str) -> dict[str, Any]:
        those = [each for each in self.verified if values.get("PhoneNumber", "") in each]
        found = [
            {"sid": f"PN{'9' * 32}", "account_sid": SID, "phone_number": each, "friendly_name": ""} for each in those
        ]
        return _page("outgoing_caller_ids", found)

    def _countries(self, _values: dict[str, str], _sid: str) -> dict[str, Any]:
        return {"content": self.countries, "meta": {"key": "content", "next_page_url": None, "page": 0}}

    def _ring(self, values: dict[str, str], _sid: str) -> dict[str, Any]:
        if ("Url" in values) + ("Twiml" in values) != 1:
            raise RefusedError(INVALID, "Url or Twiml")
        if values["From"] not in [*(each["phone_number"] for each in self.numbers), *self.verified]:
            raise RefusedError(NOT_OURS, "The source phone number provided is not yet verified for your account")
        sid = f"CA{len(self._placed):032x}"
        self._placed[sid] = self.calls.pop(0)
        return {"sid": sid, "account_sid": SID, "to": values["To"], "status": "queued"}

    def _outcome(self, _values: dict[str, str], sid: str) -> dict[str, Any]:
        left = self._placed[sid]
        status = left.pop(0) if len(left) > 1 else left[0]
        assert status in CALL_STATUS
        return {"sid": sid, "account_sid": SID, "to": None, "status": status}


def number(phone_number: str = LINE, **values: Any) -> dict[str, Any]:
    """A number as it is bought: nothing is set, and some of what is not is null."""
    return {
        "sid": f"PN{phone_number.removeprefix('+'):0>32}",
        "account_sid": SID,
        "phone_number": phone_number,
        "friendly_name": phone_number,
        "capabilities": {"voice": True, "sms": False, "mms": False, "fax": False},
        "voice_url": None,
        "voice_method": "POST",
        "voice_fallback_url": None,
        "voice_fallback_method": "POST",
        "status_callback": "",
        "status_callback_method": "POST",
        "voice_application_sid": "",
        "trunk_sid": None,
        "voice_receive_mode": "voice",
        "voice_caller_id_lookup": False,
        **values,
    }


def country(iso_code: str, name: str, *codes: str, ordinary: bool, special: bool = True, fraud: bool = False) -> dict:
    return {
        "iso_code": iso_code,
        "name": name,
        "country_codes": [*codes],
        "low_risk_numbers_enabled": ordinary,
        "high_risk_special_numbers_enabled": special,
        "high_risk_tollfraud_numbers_enabled": fraud,
    }


def _page(name: str, items: list[dict[str, Any]]) -> dict[str, Any]:
    return {name: items, "page": 0, "page_size": 1000, "next_page_uri": None}


def _understood(
    method: str, url: str, headers: Mapping[str, str], body: str
) -> tuple[Operation, dict[str, str], dict[str, str]]:
    """The operation, what its path holds, and the values that were sent; refuses everything else."""
    address, _, query = url.partition("?")
    for operation in OPERATIONS:
        match = re.fullmatch(operation.path, address)
        if match and operation.method == method:
            break
    else:
        raise RefusedError(MISSING, f"The requested resource {urlsplit(url).path} was not found")
    if method == "POST" and not headers["Content-Type"].startswith("application/x-www-form-urlencoded"):
        raise RefusedError(INVALID, "not a form")
    _hold(parse_qsl(query, keep_blank_values=True), operation.query)
    sent = parse_qsl(body, keep_blank_values=True)
    _hold(sent, operation.form)
    values = dict(sent or parse_qsl(query))
    if missing := operation.required - values.keys():
        raise RefusedError(INVALID, f"missing: {missing}")
    return operation, match.groupdict(), values


def _hold(sent: list[tuple[str, str]], allowed: dict[str, str]) -> None:
    for name, value in sent:
        form = allowed.get(name)
        if form is None:
            raise RefusedError(INVALID, f"{name} is not a parameter")
        if not re.fullmatch(FORMS.get(form, form), value, re.S):
            raise RefusedError(INVALID, f"{name}: {value!r} is not a {form}")


class ToTheStub(TwilioHttpClient):
    """The library's own client; only the host is another, and stands in the path."""

    def __init__(self, address: str) -> None:
        super().__init__(timeout=10)
        self.session.trust_env = False
        self._address = address

    def request(self, method: str, url: str, *args: Any, **options: Any) -> Any:
        return super().request(method, url.replace("https://", f"{self._address}/", 1), *args, **options)


@contextmanager
def served(twilio: Twilio) -> Iterator[str]:
    """Its address, as long as the context lasts."""

    class Answering(BaseHTTPRequestHandler):
        def respond(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            try:
                status, content = twilio.answer(self.command, f"https:/{self.path}", self.headers, body)
            except RefusedError as error:
                status = error.status
                content = {"code": error.code, "message": str(error), "more_info": "", "status": status}
            sent = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        do_GET = do_POST = do_DELETE = do_PUT = respond  # noqa: N815 - the standard library's names

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()

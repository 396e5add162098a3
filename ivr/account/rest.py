"""The few requests of Twilio's REST API that are used, made by Twilio's own library.

The library takes 0.2 s to import, so it is imported only where it is used.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ivr.errors import HelplineError

if TYPE_CHECKING:
    from twilio.http import HttpClient
    from twilio.rest.api.v2010.account.incoming_phone_number import IncomingPhoneNumberInstance
    from twilio.rest.voice.v1.dialing_permissions.country import CountryInstance

SECONDS = 20
MAX_IN_A_PAGE = 1000
# What Twilio means by a setting that it leaves empty.
USUALLY: Mapping[str, object] = {"voice_receive_mode": "voice", "voice_caller_id_lookup": False}
# Settings of a number by the names of the REST API, as Twilio's console calls them.
WORDS = {
    "voice_url": "A call comes in",
    "voice_method": "A call comes in, by",
    "voice_fallback_url": "Primary handler fails",
    "voice_fallback_method": "Primary handler fails, by",
    "status_callback": "Call status changes",
    "status_callback_method": "Call status changes, by",
    "voice_receive_mode": "Accepts",
    "voice_caller_id_lookup": "Looks up callers' names",
}
ELSEWHERE = {"voice_application_sid": "a TwiML app", "trunk_sid": "a SIP trunk"}


class AccountError(HelplineError):
    """Twilio could not be asked, or refused."""


class DeniedError(AccountError):
    """Twilio does not accept the token for this account."""


@dataclass(frozen=True)
class Owner:
    """An account; `token` is the one that signs its webhooks, or empty if Twilio doesn't say."""

    name: str
    status: str
    is_trial: bool
    token: str


@dataclass(frozen=True)
class Number:
    """A number of the account with its settings, by the names of the REST API."""

    sid: str
    number: str
    has_voice: bool
    values: Mapping[str, object]


@dataclass(frozen=True)
class Country:
    """Which numbers of a country may be called; `codes` are calling codes, digits only."""

    name: str
    codes: tuple[str, ...]
    ordinary: bool
    special: bool
    fraudulent: bool


class Account:
    """The account, as seen with one token."""

    def __init__(self, sid: str, token: str) -> None:
        from twilio.rest import Client

        self._client = Client(sid, token, http_client=_http())

    def owner(self) -> Owner:
        with refusals():
            found = self._client.api.accounts(self._client.account_sid).fetch()
        return Owner(found.friendly_name or "", found.status, found.type == "Trial", found.auth_token or "")

    def numbers(self, number: str | None = None) -> list[Number]:
        """All numbers of the account, or only `number`, if it is among them."""
        with refusals():
            found = self._client.incoming_phone_numbers.list(page_size=MAX_IN_A_PAGE, **_only(number))
        return [_number(each) for each in found if number in (None, each.phone_number)]

    def change(self, number: Number, values: Mapping[str, object]) -> Number:
        with refusals():
            return _number(self._client.incoming_phone_numbers(number.sid).update(**values))

    def has_verified(self, number: str) -> bool:
        with refusals():
            found = self._client.outgoing_caller_ids.list(**_only(number))
        return any(each.phone_number == number for each in found)

    def countries(self) -> list[Country]:
        with refusals():
            found = self._client.voice.v1.dialing_permissions.countries.list(page_size=MAX_IN_A_PAGE)
        return [_country(each) for each in found]

    def ring(self, number: str, digits: str, from_: str, document: str, seconds: int) -> str:
        """Starts a call and returns its id; when somebody answers, the digits are dialled and the document runs."""
        more = {"send_digits": digits} if digits else {}
        with refusals():
            call = self._client.calls.create(
                to=number, from_=from_, twiml=document, timeout=seconds, time_limit=60, **more
            )
        return str(call.sid)

    def outcome(self, call: str) -> str:
        """How the call stands, in Twilio's words."""
        with refusals():
            return str(self._client.calls(call).fetch().status)


def _http() -> HttpClient:
    """The library's own HTTP client; tests replace it by one that calls a stub."""
    from twilio.http.http_client import TwilioHttpClient

    return TwilioHttpClient(timeout=SECONDS)


def _only(number: str | None) -> dict[str, str]:
    return {"phone_number": number} if number else {}


def _number(found: IncomingPhoneNumberInstance) -> Number:
    values = {name: getattr(found, name) for name in (*WORDS, *ELSEWHERE)}
    values = {name: USUALLY.get(name, "") if value is None else value for name, value in values.items()}
    return Number(found.sid, found.phone_number, bool((found.capabilities or {}).get("voice")), values)


def _country(found: CountryInstance) -> Country:
    codes = ("".join(filter(str.isdigit, code)) for code in found.country_codes or ())
    return Country(
        f"{found.name} ({found.iso_code})",
        tuple(filter(None, codes)),
        bool(found.low_risk_numbers_enabled),
        bool(found.high_risk_special_numbers_enabled),
        bool(found.high_risk_tollfraud_numbers_enabled),
    )


@contextmanager
def refusals() -> Iterator[None]:
    """Raises the library's errors as AccountError, without the address, which contains the account's id."""
    from requests import RequestException
    from twilio.base.exceptions import TwilioException

    try:
        yield
    except TwilioException as error:
        status, code, said = _told(error)
        kind = DeniedError if status == 401 else AccountError
        raise kind(f"Twilio refused ({status}, error {code}): {said}") from None
    except (RequestException, ValueError) as error:
        raise AccountError(f"Twilio could not be asked: {type(error).__name__}") from None


def _told(error: Exception) -> tuple[object, object, str]:
    """Status, Twilio's own code, and message; for lists, the library hands over the raw answer."""
    answer = next((each for each in error.args[1:] if hasattr(each, "status_code")), None)
    if answer is None:
        said = getattr(error, "msg", None) or getattr(error, "detail", None) or type(error).__name__
        return getattr(error, "status", None), getattr(error, "code", None), str(said)
    try:
        told = json.loads(answer.text)
    except ValueError:
        told = {}
    return answer.status_code, told.get("code"), str(told.get("message") or "it gave no reason")

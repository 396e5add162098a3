"""Errors of Twilio's REST API, and of the way to it, as sentences."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

from ivr.errors import HelplineError


class AccountError(HelplineError):
    """Twilio could not be asked, or refused."""


class DeniedError(AccountError):
    """Twilio does not accept the token for this account."""


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

"""The line's number, as people dial it in the helpline's country and from abroad."""

from dataclasses import dataclass

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat

from ivr.flow.announcements import national


@dataclass(frozen=True)
class Number:
    """`e164` is as set, `abroad` has the plus; `at_home` is empty for a number of another country."""

    e164: str
    at_home: str
    abroad: str


def line_number(e164: str, country_code: str, trunk_prefix: str) -> Number:
    """The number in groups of digits, as its country writes it, if known."""
    at_home = ""
    if country_code and e164.startswith(f"+{country_code}"):
        at_home = _grouped(e164, PhoneNumberFormat.NATIONAL, national(e164, country_code, trunk_prefix))
    return Number(e164, at_home, _grouped(e164, PhoneNumberFormat.INTERNATIONAL, e164))


def _grouped(e164: str, form: int, digits: str) -> str:
    """The library may only group digits; if it would change any, the number stays as it is."""
    number = _parsed(e164)
    grouped = phonenumbers.format_number(number, form) if number else digits
    return grouped if _digits(grouped) == _digits(digits) else digits


def _parsed(e164: str) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:  # no country has it, as in a demo
        return None


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())

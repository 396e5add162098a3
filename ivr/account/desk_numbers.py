"""Whether the desks' own numbers can be rung, and what desks see.

countries.json holds what is known of a country, by calling code and with its day; nothing here has asked Twilio.
"""

from __future__ import annotations

import json
from pathlib import Path

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberType

from ivr.account.findings import Finding, Findings
from ivr.config import Settings
from ivr.numbers import phone_setting, shared_numbers, split_extension

NOTES: dict[str, dict[str, str]] = json.loads(Path(__file__).with_name("countries.json").read_text(encoding="utf-8"))
# What a carrier abroad often can't reach: the called side pays, or the caller pays more.
SPECIAL = {
    PhoneNumberType.TOLL_FREE,
    PhoneNumberType.SHARED_COST,
    PhoneNumberType.PREMIUM_RATE,
    PhoneNumberType.UAN,
}


def desk_number_findings(settings: Settings, called: str) -> Findings:
    """`called` is the number at Twilio; a desk that has it would be the line calling itself."""
    for warning in shared_numbers(settings.desk_numbers):
        yield Finding("warning", warning)
    for desk, numbers in settings.desk_numbers.items():
        name = phone_setting(desk)
        if called in (split_extension(number)[0] for number in numbers):
            yield Finding("WRONG", f"{name}: it has the line's own number, which would call itself again and again")
        if numbers and all(_is_special(number) for number in numbers):
            yield Finding(
                "warning",
                f"{name}: free and shared-cost numbers often can't be rung; add an ordinary one",
            )


def shown_findings(settings: Settings, shown: str, *, owned: bool) -> Findings:
    """What desks see of `shown`, in the countries of which something is known."""
    for code, note in NOTES.items():
        desks = [phone_setting(desk) for desk, numbers in settings.desk_numbers.items() if _any_in(code, numbers)]
        if not desks:
            continue
        those = f"{', '.join(desks)} (+{code}, as of {note['as_of']})"
        if owned and _any_in(code, [shown]):
            yield Finding("unknown", f"{those}: {note['edge']}")
        else:
            yield Finding("warning", f"{those}: {note['verified']}")


def _any_in(code: str, numbers: list[str] | tuple[str, ...]) -> bool:
    return any(number.startswith(f"+{code}") for number in numbers)


def _is_special(number: str) -> bool:
    try:
        return phonenumbers.number_type(phonenumbers.parse(number)) in SPECIAL
    except NumberParseException:
        return False

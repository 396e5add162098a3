"""Whether the desks' own numbers can be rung, and what desks see; whether their countries may be called.

countries.json holds what is known of a country, by calling code and with its day; nothing here has asked Twilio.
"""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberType

from ivr.account.findings import Finding, Findings
from ivr.account.rest import Country
from ivr.config import Settings
from ivr.numbers import phone_setting, shared_numbers, split_extension

NOTES: dict[str, dict[str, str]] = json.loads(Path(__file__).with_name("countries.json").read_text(encoding="utf-8"))
PERMISSIONS = "in Twilio's console under Voice, Geo permissions"  # Twilio: "Voice geographic permissions"
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


def country_findings(countries: Sequence[Country], settings: Settings) -> Findings:
    """`countries` are all that Twilio knows; desks whose numbers lie in the same ones are told together."""
    needed: dict[tuple[Country, ...], list[str]] = {}
    for desk, numbers in settings.desk_numbers.items():
        for number in numbers:
            base, _extension = split_extension(number)
            needed.setdefault(countries_of(base, countries), []).append(phone_setting(desk))
    for those, settings_ in needed.items():
        yield from _permitted(those, ", ".join(dict.fromkeys(settings_)))


def countries_of(number: str, countries: Iterable[Country]) -> tuple[Country, ...]:
    """Those whose calling code begins the number, the longest code first of all; several may share one."""
    digits = number.removeprefix("+")
    matches = [(len(code), each) for each in countries for code in each.codes if digits.startswith(code)]
    longest = max((length for length, _ in matches), default=0)
    return tuple(each for length, each in matches if length == longest)


def _permitted(those: tuple[Country, ...], desks: str) -> Findings:
    names = " or ".join(each.name for each in those)
    if not those:
        yield Finding("unknown", f"{desks}: Twilio's list has no country for such a number. --ring tells")
        return
    if not any(each.ordinary for each in those):
        yield Finding("WRONG", f"{desks}: calls to {names} aren't allowed; allow them {PERMISSIONS}")
    elif not all(each.ordinary for each in those):
        yield Finding("unknown", f"{desks}: calls are allowed to some of {names} only. --ring tells")
    else:
        yield Finding("right", f"{desks}: calls to {names} are allowed")
    if not all(each.special for each in those):
        yield Finding(
            "unknown",
            f"{desks}: whether it is a special number (toll-free, shared cost), not allowed there. --ring tells",
        )
    if any(each.fraudulent for each in those):
        yield Finding("warning", f"numbers in {names} that fraudsters use may be called: turn that off {PERMISSIONS}")


def _any_in(code: str, numbers: list[str] | tuple[str, ...]) -> bool:
    return any(number.startswith(f"+{code}") for number in numbers)


def _is_special(number: str) -> bool:
    try:
        return phonenumbers.number_type(phonenumbers.parse(number)) in SPECIAL
    except NumberParseException:
        return False

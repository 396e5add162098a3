"""Whether the desks' countries may be called from the account (Twilio: "Voice geographic permissions")."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ivr.account.findings import Finding, Findings
from ivr.account.rest import Country
from ivr.config import Settings
from ivr.numbers import phone_setting, split_extension

WHERE = "in Twilio's console under Voice, Geo permissions"


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
        yield Finding("WRONG", f"{desks}: calls to {names} aren't allowed; allow them {WHERE}")
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
        yield Finding("warning", f"numbers in {names} that fraudsters use may be called: turn that off {WHERE}")

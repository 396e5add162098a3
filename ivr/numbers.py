"""Telephone numbers among the settings: their form, and whether they can work at all.

Each function adds what is wrong to a list, with what would be right. A wrong number is not repeated; it may be private.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from ivr.values import E164, E164_FORM

# Country code 999 is not assigned (ITU-T E.164), so that no number below it can ever be a stranger's. A demo, which
# answers on the loopback address only and rings nobody, works with these where nothing is set.
NOBODYS = "+999"
DEMO_NUMBER = f"{NOBODYS}0000000"

# RFC 3966: what is dialled once a switchboard has answered.
EXTENSION = ";ext="
EXTENSION_DIGITS = re.compile("[0-9]{1,20}")


def read_number(environ: Mapping[str, str], name: str, wrong: list[str]) -> str:
    """A telephone number that some country has, in E.164 form; empty if the setting is."""
    number = environ.get(name, "")
    if number and (mistake := why_unusable(number)):
        wrong.append(f"{name}: {mistake}")
    return number


def why_unusable(number: str) -> str:
    """What keeps a number from being dialled, and what would be right; empty if nothing is known to."""
    if _is_emergency(number):
        return "an emergency number, which no line may dial"
    if not E164.fullmatch(number):
        hidden = sorted({f"U+{ord(sign):04X}" for sign in number if not sign.isprintable()})
        seen = f"; there is a character in it that can't be seen ({', '.join(hidden)})" if hidden else ""
        several = "; several have a comma between them" if number.count("+") > 1 else ""
        return f"not a number in E.164 form ({E164_FORM}){seen or several}"
    if number.startswith(NOBODYS):
        return ""
    try:
        parsed = phonenumbers.parse(number)
    except NumberParseException:
        return "no country has this country code"
    usual = phonenumbers.format_number(parsed, PhoneNumberFormat.E164)
    if not phonenumbers.is_valid_number(parsed):
        return (
            f"no such number exists under +{parsed.country_code}: a digit is missing, wrong or too many "
            "(if the number is a new one: pip install --upgrade phonenumberslite)"
        )
    right = f"right would be the same without the 0 after +{parsed.country_code}, dialled at home only"
    return "" if number == usual else right


def read_desk_numbers(
    environ: Mapping[str, str], desks: Iterable[str], own: Collection[str], demo: bool, wrong: list[str]
) -> dict[str, tuple[str, ...]]:
    """One setting for each desk, `<DESK>_PHONE`, in dialling order, with extensions (`split_extension` splits them);
    `own` are the line's own numbers.

    Only a demo invents numbers, and only where none is set.
    """
    names = {phone_setting(desk): desk for desk in desks}
    wrong += _misspelt(environ, names)
    numbers = {}
    for position, (name, desk) in enumerate(names.items(), start=1):
        text = environ.get(name, f"{DEMO_NUMBER}{position}" if demo else "")
        given = numbers[desk] = _parts(text)
        mistakes = {at: _mistake(at, given, own) for at in range(len(given))}
        which = "" if len(given) == 1 else ", number {}"
        wrong += [f"{name}{which.format(at + 1)}: {mistake}" for at, mistake in mistakes.items() if mistake]
    return numbers


def split_extension(number: str) -> tuple[str, str]:
    """The number itself in E.164 form, and the digits of its extension, or none."""
    base, _, extension = number.partition(EXTENSION)
    return base, extension


def read_line_languages(
    environ: Mapping[str, str], name: str, languages: Collection[str], wrong: list[str]
) -> dict[str, str]:
    """The line's numbers whose callers have chosen a language by dialling, each with that language."""
    found: dict[str, str] = {}
    for position, part in enumerate(_parts(environ.get(name, "")), start=1):
        number, _, language = (word.strip() for word in part.partition(":"))
        if not (number.startswith("+") and language):
            mistake = "right would be a number, a colon and a language, with commas between: +NUMBER:vi,+NUMBER:ne"
        elif language not in languages:
            mistake = f'there is no language "{language}"; right would be one of {", ".join(languages)}'
        elif number in found:
            mistake = "twice in this setting; a number has one language"
        elif number == environ.get("LINE_NUMBER"):
            mistake = "LINE_NUMBER is for callers of all languages; right would be another number"
        else:
            mistake = why_unusable(number)
        if mistake:
            wrong.append(f"{name}, number {position}: {mistake}")
        found[number] = language
    return found


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def phone_setting(desk: str) -> str:
    """The name of the setting that holds a desk's numbers."""
    return f"{desk.upper().replace('-', '_')}_PHONE"


def shared_numbers(desk_numbers: Mapping[str, Iterable[str]]) -> list[str]:
    """A warning for each set of desks that have a number in common: callers may be offered the same people twice."""
    desks: dict[str, list[str]] = {}
    for desk, numbers in desk_numbers.items():
        for number in numbers:
            desks.setdefault(number, []).append(phone_setting(desk))
    several = [names for names in dict.fromkeys(map(tuple, desks.values())) if len(names) > 1]
    return [f"{', '.join(names)}: the same number for all of them; is that right?" for names in several]


def unready_numbers(line_languages: Mapping[str, str], ready: Collection[str]) -> list[str]:
    """A warning for each language that was given a number and isn't offered yet."""
    those = [language for language in dict.fromkeys(line_languages.values()) if language not in ready]
    return [f"LINE_LANGUAGES: {each} is not ready; its callers are told so, then the list follows" for each in those]


def _mistake(at: int, given: tuple[str, ...], own: Collection[str]) -> str:
    number, extension = split_extension(given[at])
    if number in own:
        return "the line's own number: it would call itself, again and again, and each call is paid for"
    if given[at] in given[:at]:
        return "twice in this setting; right would be once"
    if (mistake := why_unusable(number)) or (number != given[at] and not EXTENSION_DIGITS.fullmatch(extension)):
        return f"{mistake or 'not an extension'}{_about_extensions(given[at])}"
    return ""


def _about_extensions(text: str) -> str:
    """How an extension is written, after what may be meant as one: something behind a number, or a few digits alone."""
    is_meant = re.fullmatch(r"\+[0-9-]+[^0-9+-].*|[0-9#*wp]{1,6}", text, re.ASCII)
    return f"; an extension stands right after its number, as {EXTENSION}12" if is_meant else ""


def _misspelt(environ: Mapping[str, str], names: Collection[str]) -> Iterable[str]:
    for given in sorted(environ):
        if given.endswith("PHONE") and given not in names:
            for close in get_close_matches(given, names, n=1, cutoff=0.8):
                yield f"{given}: no desk has this name; did you mean {close}?"


def _is_emergency(number: str) -> bool:
    """Of any country: ``110``, and ``+81110`` too. Such numbers are short, and most of the world's are never asked."""
    digits = number.removeprefix("+")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 6):
        return False
    codes = [code for code in phonenumbers.COUNTRY_CODE_TO_REGION_CODE if digits.startswith(str(code))]
    return any(
        phonenumbers.is_emergency_number(digits.removeprefix(str(code)), region)
        for code in codes
        for region in phonenumbers.COUNTRY_CODE_TO_REGION_CODE[code]
    ) or any(phonenumbers.is_emergency_number(digits, region) for region in phonenumbers.SUPPORTED_SHORT_REGIONS)

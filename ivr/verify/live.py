"""What else has to be true before the public may call: the operator's word, the settings, voices that can be followed.

Each rule is a small function that yields what stands in the way, or what is only worth knowing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from ivr.audio.line import Line
from ivr.config import TWILIO, Settings
from ivr.content.deadlines import CONFIRM_SOON, CONFIRMED_FOR, HOLIDAYS_NEEDED, HOLIDAYS_WISHED
from ivr.content.model import Helpline
from ivr.content.opening import missing_words, occurring_openings
from ivr.errors import Finding
from ivr.numbers import EXTENSION, NOBODYS, phone_setting, shared_numbers, unready_numbers
from ivr.values import is_private
from ivr.verify.live_voices import formant_voices, other_carriers_voices, voices_worth_knowing
from ivr.verify.places import Places

SOME_WORDS = 6  # of those that are missing


@dataclass
class Findings:
    """`failures` stand in the way of going live; `warnings` do not."""

    failures: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)


def content_findings(line: Line, today: date) -> Findings:
    """About what the line says and how; `today` is its own day."""
    helpline, places, findings = line.helpline, Places(line.sources), Findings()
    _confirmed(helpline, places, today, findings)
    _holidays(helpline, places, today, findings)
    findings.failures += formant_voices(line, places)
    findings.warnings += voices_worth_knowing(line)
    drafts = [name for name, text in helpline.texts.items() if name in helpline.ready and text.status == "draft"]
    if drafts:
        told = f"no native speaker has read these texts (status: draft): {', '.join(drafts)}"
        findings.warnings.append(Finding(told, "drafts", *drafts))
    findings.warnings += [*_opening_words(helpline), *_last_minutes(helpline)]
    return findings


def settings_findings(line: Line, settings: Settings, machines: int = 1) -> Findings:
    """Of what `read_settings` accepts because a trial on one machine may do with it. Asks no network."""
    findings = Findings(failures=[*_settings(line.helpline, settings), *other_carriers_voices(line, settings.carrier)])
    if settings.database_url.startswith("sqlite"):
        told = "DATABASE_URL: counts and closed desks are kept in a file of one machine"
        if machines > 1:
            right = f"for {machines} machines right would be postgresql://user:password@host/name"
            findings.failures.append(Finding(f"{told}; {right}", "database-of-one-machine"))
        else:
            findings.warnings.append(Finding(f"{told}, and lost with it", "database-of-one-machine"))
    numbers = (*shared_numbers(settings.desk_numbers), *unready_numbers(settings.line_languages, line.helpline.ready))
    findings.warnings += (Finding(told, "numbers") for told in numbers)
    if settings.console_password and settings.is_https and not settings.trusted_proxies:
        told = (
            "TRUSTED_PROXIES is 0, but https is spoken by a proxy: wrong passwords of one visitor slow down all of them"
        )
        findings.warnings.append(Finding(told, "trusted-proxies"))
    if settings.carrier != TWILIO and any(EXTENSION in each for each in chain(*settings.desk_numbers.values())):
        told = f"{settings.carrier} may not dial extensions: try it on a call (docs/carriers.md)"
        findings.warnings.append(Finding(told, "extensions"))
    if not settings.caller_id:
        told = "CALLER_ID is empty: desks see the number that was called, if that is in E.164 form"
        findings.warnings.append(Finding(told, "caller-id"))
    return findings


def elsewhere_findings(line: Line, settings: Settings) -> Findings:
    """Of what other hosts have of ours, which are asked for it: clips, and the last resort."""
    findings = Findings()
    if settings.audio_url != f"{settings.public_url}/audio":
        from ivr.verify.fetch_clips import unfetchable  # an HTTP library, of use here only

        files = (f"{settings.audio_url}/{file}" for file in line.sounds.all_files())
        findings.failures += (Finding(told, "audio-url") for told in unfetchable(files))
    return findings


def _confirmed(helpline: Helpline, places: Places, today: date, findings: Findings) -> None:
    confirmed, rule = helpline.about.confirmed_on, "confirmed"
    where = ("confirmed_on",)
    if confirmed is None or confirmed > today:
        message = (
            f"{helpline.about.unconfirmed(today)}, so callers hear only that the line isn't open: confirm that the "
            f"facts are still true, and write the day, such as {today}"
        )
        findings.failures.append(Finding(places.about(where, rule, message), rule))
    elif today - confirmed > CONFIRMED_FOR:
        days = (today - confirmed).days
        message = f"the facts were last confirmed {days} days ago; right is at most {CONFIRMED_FOR.days}"
        findings.failures.append(Finding(places.about(where, rule, message), rule))
    elif today - confirmed >= CONFIRM_SOON:
        left = (confirmed + CONFIRMED_FOR - today).days
        told = f"the facts have to be confirmed again within {left} days (confirmed_on)"
        findings.warnings.append(Finding(told, rule, str(left)))


def _holidays(helpline: Helpline, places: Places, today: date, findings: Findings) -> None:
    if not any(desk.holidays for desk in helpline.desks.values()):
        return
    until, rule = helpline.about.holidays_verified_until, "holidays-verified"
    if until is None or until < today + HOLIDAYS_NEEDED:
        message = (
            f"holidays_verified_until is {until or 'empty'}: compare the computed holidays with the official list "
            f"up to {today + HOLIDAYS_NEEDED} or later, and write that day"
        )
        findings.failures.append(Finding(places.about(("holidays_verified_until",), rule, message), rule))
    elif until < today + HOLIDAYS_WISHED:
        told = f"the holidays are verified until {until} only, less than a year ahead"
        findings.warnings.append(Finding(told, rule, str(until)))


def _opening_words(helpline: Helpline) -> Iterator[Finding]:
    """What callers are told by the general sentence, since nobody has written how to say it."""
    lacking: dict[tuple[str, ...], list[str]] = {}
    for language, openings in occurring_openings(helpline).items():
        words = helpline.texts[language].opening
        if words and language in helpline.ready:
            lacking.setdefault((*missing_words(words, openings),), []).append(language)
    for keys, languages in lacking.items():
        if keys:
            more = f" and {len(keys) - SOME_WORDS} more" if keys[SOME_WORDS:] else ""
            some = f"{', '.join(keys[:SOME_WORDS])}{more} in {', '.join(languages)}"
            told = f"callers aren't told when a desk opens for lack of words (opening): {some}"
            yield Finding(told, "opening-words", *languages)


def _last_minutes(helpline: Helpline) -> Iterator[Finding]:
    for name, desk in helpline.desks.items():
        if any(each.closes == "23:59" for own in desk.in_turn().values() for each in own.hours.times):
            told = f'the desk "{name}" is closed in the last minute of a day: the end of a day is written 24:00'
            yield Finding(told, "last-minute", name)


def _settings(helpline: Helpline, settings: Settings) -> Iterator[Finding]:
    if not settings.is_public:
        told = f"PUBLIC_URL: {settings.public_url} is this machine only; right would be an address in https"
        yield Finding(told, "public-url")
    elif is_private(settings.public_url):
        told = f"PUBLIC_URL: {settings.public_url} is known within your own network only, where no carrier can reach it"
        yield Finding(told, "public-url")
    for name, desk in helpline.desks.items():
        if desk.status == "transfer" and not settings.desk_numbers.get(name):
            told = f'the desk "{name}" has no number: set {phone_setting(name)}, or write status: tell in desks.yaml'
            yield Finding(told, "desk-number", name)
    numbers = {phone_setting(name): numbers for name, numbers in settings.desk_numbers.items()}
    for setting, given in {**numbers, "CALLER_ID": (settings.caller_id,)}.items():
        if any(number.startswith(NOBODYS) for number in given):
            yield Finding(f"{setting}: a number under {NOBODYS} belongs to nobody", "nobodys-number", setting)

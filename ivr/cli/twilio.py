"""`ivr twilio`: sets up the number at Twilio, and finds out whether everything there fits this line."""

import os
from datetime import UTC, datetime
from pathlib import Path

import click

from ivr.account.doctor import examine
from ivr.account.findings import Findings
from ivr.account.rest import Account, Number
from ivr.account.ringing import RING_SECONDS, ringing_findings
from ivr.account.tokens import working
from ivr.account.wiring import answered_elsewhere, chosen, differences, of_languages, told
from ivr.config import TWILIO, Settings, SettingsError, read_settings
from ivr.content.desk_order import spoken_at
from ivr.content.hours import is_open
from ivr.content.loader import load_helpline
from ivr.content.model import Helpline
from ivr.content.speech import Voice
from ivr.errors import HelplineError
from ivr.numbers import phone_setting
from ivr.simulator import HttpTransport
from ivr.values import E164, E164_FORM
from ivr.webhooks.twiml import saying


def e164(value: str) -> str:
    if not E164.fullmatch(value):
        raise click.BadParameter(f"{value!r} is not in E.164 form ({E164_FORM})")
    return value


NUMBER = click.option("--number", type=e164, help="The line's number; else CALLER_ID, else the account's only one.")
YES = click.option("--yes", is_flag=True, help="Don't ask: for scripts.")


@click.group("twilio")
def twilio_command() -> None:
    """Set up the line's number at Twilio, and find out whether everything there fits."""


@twilio_command.command("setup")
@NUMBER
@YES
@click.pass_obj
def setup_command(folder: Path, *, number: str | None, yes: bool) -> None:
    """Point a number of the account at this line: it shows what it would change, and asks. It buys nothing.

    Without --number the numbers of LINE_LANGUAGES are pointed here as well.
    """
    _, settings = _line(folder)
    if not settings.is_public:
        raise SettingsError(f"PUBLIC_URL: {settings.public_url} is this machine only, where Twilio can't call")
    account = working(settings)
    found = chosen(account, number or "", settings.caller_id)
    for each in (found, *(() if number else of_languages(account, settings, found))):
        _point(account, each, settings, yes=yes)
    click.echo("Next: ivr twilio doctor")


def _point(account: Account, found: Number, settings: Settings, *, yes: bool) -> None:
    if elsewhere := answered_elsewhere(found):
        raise HelplineError(elsewhere)
    changes = differences(found, settings)
    if not changes:
        click.echo(f"{found.number} calls this line already; nothing to change.")
        return
    click.echo("\n  ".join([f"{found.number}:", *told(found, changes)]))
    if not yes:
        click.confirm("Change this at Twilio?", abort=True)
    left = differences(account.change(found, changes), settings)
    if left:
        raise HelplineError(
            "\n  ".join(["Twilio took the change, but this is not as it should be:", *told(found, left)])
        )
    click.echo(f"{found.number} calls this line now.")


@twilio_command.command("doctor")
@NUMBER
@click.option("--ring", "desk", metavar="DESK", help="Really ring this desk, on each of its numbers. Asks before.")
@click.option("--say", "text", help="With --ring: what whoever answers hears, twice, in the desks' language.")
@YES
@click.pass_obj
def doctor_command(folder: Path, *, number: str | None, desk: str | None, text: str | None, yes: bool) -> None:
    """Find out whether account, number, caller ID, countries and public address fit; exit status 1 if one doesn't.

    It changes nothing and rings nobody, unless --ring asks for it.
    """
    helpline, settings = _line(folder)
    if desk:
        document = saying(*_words(helpline, settings, desk, text))
        account = working(settings)
        from_ = settings.caller_id or chosen(account, number or "", "").number
        click.echo(_announcement(helpline, settings, desk, from_, f'"{text}"'))
        if not yes:
            click.confirm("Ring now?", abort=True)
        findings = ringing_findings(account, settings, desk, from_, document)
    else:
        findings = examine(settings, number or "", HttpTransport())
    if not _all_right(findings):
        raise click.exceptions.Exit(1)


def _line(folder: Path) -> tuple[Helpline, Settings]:
    helpline = load_helpline(folder)
    settings = read_settings(os.environ, helpline.desks, helpline.languages)
    if settings.carrier != TWILIO:
        raise SettingsError(f"`ivr twilio` asks Twilio, and CARRIER is {settings.carrier} (docs/carriers.md)")
    if not settings.account_sid:
        raise SettingsError("TWILIO_ACCOUNT_SID is missing: the account's id, AC..., as Twilio's console shows it")
    return helpline, settings


def _all_right(findings: Findings) -> bool:
    """Prints each as soon as it is known, since some take seconds."""
    wrong = 0
    for finding in findings:
        click.echo(str(finding))
        wrong += finding.status == "WRONG"
    return not wrong


def _words(helpline: Helpline, settings: Settings, desk: str, text: str | None) -> tuple[str, Voice]:
    """What whoever answers hears, and whose voice says it; HelplineError if nobody could be rung."""
    if desk not in helpline.desks:
        raise HelplineError(f'There is no desk "{desk}"; the desks are: {", ".join(helpline.desks)}.')
    if not settings.desk_numbers[desk]:
        raise HelplineError(f"{phone_setting(desk)} is empty: there is nobody to ring.")
    language = spoken_at(helpline, desk)
    voice = helpline.speech(language).say
    if not text or not voice:
        raise HelplineError(
            f"What shall whoever answers hear? Write it with --say, in {language}."
            if voice
            else f"No Twilio voice speaks {language}, so a desk can't be told what this call is. Ring it yourself."
        )
    return text, voice


def _announcement(helpline: Helpline, settings: Settings, desk: str, from_: str, text: str) -> str:
    numbers = len(settings.desk_numbers[desk])
    how = "1 number" if numbers == 1 else f"{numbers} numbers, one after another"
    told = (
        f"This really rings {phone_setting(desk)} ({how}, up to {RING_SECONDS} s each) and shows {from_}. "
        f"Whoever answers hears, twice: {text} It costs what calls cost."
    )
    now = datetime.now(UTC).astimezone(helpline.about.time_zone)
    if not is_open(helpline.desks[desk], now):
        told += f"\nIn {helpline.about.time_zone} it is {now:%A %H:%M}, and the desk is closed by its hours."
    return told

"""`ivr desks`: which desks are open, and closing or opening them for a while, whatever their hours say."""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import NotRequired, TypedDict, Unpack

import click
from rich.console import Console
from rich.table import Table

from ivr.config import read_database_url
from ivr.content.hours import USUAL, Override, is_open, next_opening
from ivr.content.loader import load_helpline
from ivr.content.model import Helpline
from ivr.database.audit import record
from ivr.database.connection import database
from ivr.database.desk_overrides import (
    DeskOverride,
    add_override,
    by_desk,
    clear_overrides,
    read_overrides,
    take_back,
)
from ivr.database.in_force import next_edition, until_in_force
from ivr.database.override_span import Span, read_hours, rings_at_night, said_override
from ivr.database.tables import REASONS_TO_CLOSE, REASONS_TO_OPEN
from ivr.errors import HelplineError
from ivr.web.dates import read_day, read_moment

COMMAND = "ivr desks"  # who did it, for the console's history
WHAT_TO_DO = "Callers may still hear what was set before: tell the desk, and restart the line."
AT_NIGHT = (
    "Between 22:00 and 07:00, or for more than 12 hours on end, it isn't usually open, and its telephone would ring "
    "then. If somebody answers, add --at-night."
)
HOW_LONG = (
    "For how long? One of --date 2026-11-24, --to 2026-11-30, --to '2026-11-24 15:00' or --further-notice; "
    "--from says when it begins."
)
UNTOLD = (
    "Not set: callers can't be told of {desk} at the start of their call, because desks.yaml names no prompts for it "
    "(say: closed_on and other_hours). Leave out --told."
)


def when(value: str) -> date:
    """A day, or a moment in the helpline's time zone."""
    if found := read_day(value) or read_moment(value):
        return found
    raise click.BadParameter(f"right would be 2026-11-24 or '2026-11-24 15:00', not {value!r}")


class Saying(TypedDict):
    """What staff set for a desk; times are the helpline's own."""

    desk: str
    day: date | None
    begins: date | None
    ends: date | None
    hours: str
    further_notice: bool
    reason: str
    told: bool
    at_night: NotRequired[bool]


@click.group("desks", invoke_without_command=True)
@click.pass_context
def desks_command(context: click.Context) -> None:
    """Show which desks are open now, when the others open, and what staff set for them."""
    if context.invoked_subcommand is not None:
        return
    helpline, now = load_helpline(context.obj), datetime.now(UTC)
    url = read_database_url(os.environ, helpline.database_file)
    with database(url, helpline.about.name) as connection:
        said = read_overrides(connection, now)
    Console().print(_table(helpline, now.astimezone(helpline.about.time_zone), said))


def _saying(command: Callable[..., None], reasons: tuple[str, ...]) -> Callable[..., None]:
    """What `close` and `open` have in common: the desk, for how long, and why."""
    decorations = (
        click.argument("desk"),
        click.option("--date", "day", type=when, help="This day."),
        click.option("--from", "begins", type=when, help="From this day or moment on; left out: from now on."),
        click.option("--to", "--until", "ends", type=when, help="To the end of this day, or until this moment."),
        click.option("--further-notice", is_flag=True, help="Until `ivr desks clear`."),
        click.option("--hours", default="", help="Only at these hours of each day, such as 10:00-15:00."),
        click.option("--reason", required=True, type=click.Choice(reasons), help="For staff; callers are not told."),
        click.option("--told", is_flag=True, help="Tell callers at the start of their call."),
        click.pass_obj,
    )
    for decorate in reversed(decorations):
        command = decorate(command)
    return command


@desks_command.command("close")
@partial(_saying, reasons=REASONS_TO_CLOSE)
def close_command(folder: Path, **said: Unpack[Saying]) -> None:
    """Close DESK for days or hours, now or ahead of time. Waits until all running lines follow."""
    _say(folder, said, open=False)


@desks_command.command("open")
@click.option("--at-night", is_flag=True, help="Yes, somebody answers at night, or for more than 12 hours on end.")
@partial(_saying, reasons=REASONS_TO_OPEN)
def open_command(folder: Path, **said: Unpack[Saying]) -> None:
    """Open DESK on days on which it is closed, at its usual hours or at those that you give."""
    _say(folder, said, open=True)


@desks_command.command("clear")
@click.argument("desk")
@click.argument("number", type=int, required=False)
@click.pass_obj
def clear_command(folder: Path, *, desk: str, number: int | None) -> None:
    """Undo what was set for DESK: what `ivr desks` shows with this NUMBER, or all of it."""
    helpline = load_helpline(folder)
    _known(helpline, desk)
    url = read_database_url(os.environ, helpline.database_file)
    with database(url, helpline.about.name) as connection:
        if number is None:
            count = clear_overrides(connection, desk)
        elif any((each.number, each.desk) == (number, desk) for each in read_overrides(connection, datetime.now(UTC))):
            count = 1 if take_back(connection, number) else 0
        else:
            raise HelplineError(f"Nothing with the number {number} is set for {desk}: see `ivr desks`.")
        record(connection, COMMAND, "desk-undone", desk)
        next_edition(connection)
    click.echo(f"{desk}: {count} undone.")
    _wait_until_in_force(url)


def _say(folder: Path, said: Saying, *, open: bool) -> None:
    desk, reason, day, hours = said["desk"], said["reason"], said["day"], said["hours"]
    begins, ends = said["begins"] or day, said["ends"] or day
    if bool(ends) == said["further_notice"] or (day and (said["begins"] or said["ends"])):
        raise HelplineError(HOW_LONG)
    helpline = load_helpline(folder)
    _known(helpline, desk)
    if said["told"] and not helpline.desks[desk].can_be_told:
        raise HelplineError(UNTOLD.format(desk=desk))
    span = Span(begins, ends, read_hours(hours) if hours else None)
    override = said_override(helpline.desks[desk], span, datetime.now(helpline.about.time_zone), open=open)
    if rings_at_night(helpline.desks[desk], override) and not said.get("at_night"):
        raise HelplineError(f"Not set: {desk} would be {_words(helpline, override)}. {AT_NIGHT}")
    url = read_database_url(os.environ, helpline.database_file)
    with database(url, helpline.about.name) as connection:
        add_override(connection, DeskOverride(desk, override, reason, told=said["told"]))
        record(connection, COMMAND, "desk-opened" if open else "desk-closed", desk)
        next_edition(connection)
    click.echo(f"{desk}: {_words(helpline, override)} ({_why(reason, told=said['told'])}).")
    _wait_until_in_force(url)


def _wait_until_in_force(url: str) -> None:
    """Raises HelplineError if that isn't known after ten seconds: the exit status then is 1."""
    try:
        found = until_in_force(url)
    except HelplineError as error:
        raise HelplineError(f"Saved, but nobody knows whether it is in force. {error} {WHAT_TO_DO}") from None
    if not found.workers:
        raise HelplineError(f"Saved, but no running line has read it. {WHAT_TO_DO}")
    if found.behind:
        raise HelplineError(f"NOT IN FORCE in {found.behind} of {found.workers} running processes. {WHAT_TO_DO}")
    click.echo(f"In force: all {found.workers} running processes follow.")


def _known(helpline: Helpline, desk: str) -> None:
    if desk not in helpline.desks:
        raise HelplineError(f'There is no desk "{desk}"; the desks are: {", ".join(helpline.desks)}.')


def _table(helpline: Helpline, now: datetime, said: tuple[DeskOverride, ...]) -> Table:
    table = Table("desk", "now", "opens", "set by staff, newest first")
    overrides = by_desk(said)
    for name, desk in helpline.desks.items():
        held = overrides.get(name, ())
        words = [
            f"{each.number}: {_words(helpline, each.override)} ({_why(each.reason, told=each.told)})"
            for each in said
            if each.desk == name
        ]
        for language, own in desk.in_turn().items():
            opens, is_now = next_opening(own, now, held), is_open(own, now, held)
            when = "-" if is_now else f"{opens:%a %Y-%m-%d %H:%M}" if opens else "not known"
            title = f"{name} ({language})" if language else name
            table.add_row(title, "open" if is_now else "closed", when, "\n".join(words) or "-")
            words = []
    return table


def _why(reason: str, *, told: bool) -> str:
    return f"{reason}; callers are told" if told else reason


def _words(helpline: Helpline, override: Override) -> str:
    zone = helpline.about.time_zone
    state = "open" if override.open else "closed"
    since = f"{override.since.astimezone(zone):%Y-%m-%d %H:%M}"
    until = f"{override.until.astimezone(zone):%Y-%m-%d %H:%M}" if override.until else "further notice"
    daily = ""
    if hours := override.hours:
        daily = " at its usual hours" if hours == USUAL else f" at {hours}"
    return f"{state} from {since} until {until}{daily}"

"""`ivr changes`: what staff changed in the browser, and how it comes into the files."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import click

from ivr.config import read_database_url
from ivr.content.loader import load_helpline, read_helpline
from ivr.database.changes import WAITING, StaffChange, read_changes
from ivr.database.connection import database
from ivr.database.publications import (
    edition_in_force,
    edition_number,
    publish,
    read_edition_of,
    read_editions,
    read_publication,
    refuse,
    report_progress,
)
from ivr.errors import HelplineError

PROGRESS_SECONDS = 0.5
POLITENESS = 10  # calls come first


@click.group("changes")
def changes_command() -> None:
    """What staff changed in the browser."""


@changes_command.command("list")
@click.pass_obj
def list_command(folder: Path) -> None:
    """Show the changes that are in force, and those that wait."""
    with database(_url(folder)) as connection:
        in_force = read_edition_of(connection, edition_number(connection))
        waiting = read_changes(connection, WAITING)
    laid = read_helpline(folder, [each.change for each in in_force])[2]
    for each in in_force:
        if each.change in laid.set_aside:
            _tell("set aside, the file has changed", each)
        else:
            _tell("in force" if each.change.spot in laid.written else "in force, and in the file", each)
    for each in waiting:
        _tell(each.state, each)
    if not in_force and not waiting:
        click.echo("Nobody has changed anything.")


@changes_command.command("export")
@click.pass_obj
def export_command(folder: Path) -> None:
    """Write the changes that are in force into the files, whose comments and order are kept."""
    from ivr.cli.yaml_export import write_into

    with database(_url(folder)) as connection:
        edition = edition_in_force(connection)
    laid = read_helpline(folder, edition.changes)[2]
    for change in edition.changes:
        if change.spot in laid.written:
            write_into(folder / change.file, change)
            click.echo(f"{folder / change.file}: {'/'.join(change.where)}")
    for change in laid.set_aside:
        click.echo(f"not written, since the file has changed: {change.file} {'/'.join(change.where)}", err=True)
    if not laid.written:
        click.echo("The files say all of it already.")


@changes_command.command("publish")
@click.argument("number", type=int)
@click.pass_obj
def publish_command(folder: Path, number: int) -> None:
    """Check a version that was asked for in the browser, and put it in force if nothing stands in the way."""
    from ivr.verify.edition_check import findings_about  # of use here only

    os.nice(POLITENESS)
    url = _url(folder)
    with database(url) as connection:
        asked = read_publication(connection, number)
        if asked is None:
            raise HelplineError(f"nobody asked for a version {number}")
        editions = read_editions(connection, (asked.base, number))
    before, after = ([each.change for each in editions[edition]] for edition in (asked.base, number))
    try:
        found = findings_about(folder, before, after, _reporter(url, number))
    except Exception as error:
        with database(url) as connection:
            refuse(connection, number, [{"rule": "crash", "message": type(error).__name__}])
        raise
    with database(url) as connection:
        is_published = not found and publish(connection, number)
        if found:
            refuse(connection, number, found)
    if found:
        raise HelplineError("\n".join(f"{each['message']} [{each['rule']}]" for each in found))
    if not is_published:
        raise HelplineError(f"version {number} was overtaken by another one")
    click.echo(f"Version {number} is published.")


def _reporter(url: str, number: int) -> Callable[[int], None]:
    """Writes down how far the check is, twice a second; a database that is down for a moment is no reason to stop."""
    last = 0.0

    def report(answers: int) -> None:
        nonlocal last
        if time.monotonic() - last < PROGRESS_SECONDS:
            return
        last = time.monotonic()
        try:
            with database(url) as connection:
                report_progress(connection, number, answers)
        except HelplineError as error:
            click.echo(str(error), err=True)

    return report


def _url(folder: Path) -> str:
    """Files that can't be loaded are no reason to leave an edition without an answer."""
    if os.environ.get("DATABASE_URL"):
        return read_database_url(os.environ)
    return read_database_url(os.environ, load_helpline(folder).database_file)


def _tell(state: str, each: StaffChange) -> None:
    at = each.at.strftime("%Y-%m-%d")
    click.echo(f"{state}: {each.change.file} {'/'.join(each.change.where)} ({each.by}, {at}): {each.change.value}")

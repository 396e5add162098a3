"""`ivr serve`: the line itself, on a production server."""

from __future__ import annotations

import gc
import logging
import os
import sys
from datetime import datetime
from pathlib import Path

import click

from ivr.audio.line import load_line
from ivr.config import Settings, SettingsError, read_settings
from ivr.content.model import Helpline
from ivr.errors import HelplineError
from ivr.logs import JsonLines, PlainLines, write_log
from ivr.numbers import shared_numbers

log = logging.getLogger(__name__)


@click.command("serve")
@click.option("--demo", is_flag=True, help="Needs no account and no settings; answers on this machine only.")
@click.pass_obj
def serve_command(folder: Path, *, demo: bool) -> None:
    """Answer calls. Reads its settings from the environment (.env.example lists them)."""
    if sys.platform == "win32":
        raise HelplineError("`ivr serve` needs Linux or macOS: its server, gunicorn, does not run on Windows")
    gc.disable()  # until all is loaded, of which nothing is garbage: a tenth of a start-up
    write_log(PlainLines() if demo else JsonLines())
    line = load_line(folder)
    helpline = line.helpline
    settings = read_settings(os.environ, helpline.desks, demo=demo)
    refuse_unconfirmed(helpline, settings)
    for warning in shared_numbers(settings.desk_numbers):
        log.warning(warning)
    os.environ["WEB_CONCURRENCY"] = str(settings.workers)  # gunicorn reads it while imported; an empty one breaks it
    from ivr.cli.server import serve

    serve(line, settings)


def refuse_unconfirmed(helpline: Helpline, settings: Settings) -> None:
    """With a public address the operator has to have confirmed the content; raises SettingsError."""
    if settings.is_public and not settings.demo:
        must_be_confirmed(helpline)


def must_be_confirmed(helpline: Helpline) -> None:
    """Raises SettingsError."""
    confirmed, today = helpline.about.confirmed_on, datetime.now(helpline.about.time_zone).date()
    if confirmed is None:
        raise SettingsError(
            "confirmed_on in helpline.yaml is empty: before the line goes public, confirm that what it says "
            f"is still true ({helpline.about.source or 'its source'}), and write the day there, such as {today}"
        )
    if confirmed > today:
        raise SettingsError(f"confirmed_on in helpline.yaml is {confirmed}, a day that has not come yet")

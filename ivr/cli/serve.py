"""`ivr serve`: the line itself, on a production server."""

import gc
import logging
import os
import sys
from pathlib import Path

import click

from ivr.audio.line import load_line
from ivr.config import read_settings
from ivr.errors import HelplineError
from ivr.logs import JsonLines, PlainLines, write_log
from ivr.numbers import shared_numbers, unready_numbers

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
    line = load_line(folder, demo=demo)
    settings = read_settings(os.environ, line.helpline.desks, line.helpline.languages, demo=demo)
    unready = unready_numbers(settings.line_languages, line.helpline.ready)
    for warning in (*shared_numbers(settings.desk_numbers), *unready):
        log.warning(warning)
    os.environ["WEB_CONCURRENCY"] = str(settings.workers)  # gunicorn reads it while imported; an empty one breaks it
    from ivr.cli.server import serve

    serve(line, settings)

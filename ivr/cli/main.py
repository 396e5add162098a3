"""The command `ivr`: one group, a file for each command."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ivr.cli.audio import audio_command
from ivr.cli.call import call_command
from ivr.cli.cards import cards_command
from ivr.cli.check import check_command
from ivr.cli.counts import counts_command
from ivr.cli.desks import desks_command
from ivr.cli.fallback import fallback_command
from ivr.cli.languages import languages_command
from ivr.cli.new import new_command
from ivr.cli.recordings import import_command, record_sheet_command
from ivr.cli.serve import serve_command
from ivr.cli.twilio import twilio_command
from ivr.errors import HelplineError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--helpline",
    "folder",
    envvar="IVR_HELPLINE",
    type=click.Path(path_type=Path),
    default="prompts",
    show_default=True,
    help="The folder of YAML to serve.",
)
@click.pass_context
def group(context: click.Context, folder: Path) -> None:
    """A telephone helpline in many languages, by keypad."""
    context.obj = folder


for command in (
    serve_command,
    call_command,
    check_command,
    audio_command,
    languages_command,
    cards_command,
    desks_command,
    counts_command,
    fallback_command,
    new_command,
    twilio_command,
):
    group.add_command(command)
for command in (record_sheet_command, import_command):
    audio_command.add_command(command)


def main() -> None:
    """Runs the command; what a person can mend is told without a traceback, with exit status 1."""
    try:
        group(prog_name="ivr")
    except HelplineError as error:
        click.echo(str(error), err=True)
        sys.exit(1)

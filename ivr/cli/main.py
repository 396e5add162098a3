"""The command `ivr`: one group, a file for each command."""

import os
import sys
from pathlib import Path

import click

from ivr.cli.lazy_group import LazyGroup
from ivr.cli.terminal import Terminal
from ivr.environ import cleaned
from ivr.errors import HelplineError

COMMANDS = {
    "audio": "ivr.cli.audio:audio_command",
    "call": "ivr.cli.call:call_command",
    "cards": "ivr.cli.cards:cards_command",
    "changes": "ivr.cli.changes:changes_command",
    "check": "ivr.cli.check:check_command",
    "counts": "ivr.cli.counts:counts_command",
    "desks": "ivr.cli.desks:desks_command",
    "fallback": "ivr.cli.fallback:fallback_command",
    "languages": "ivr.cli.languages:languages_command",
    "new": "ivr.cli.new:new_command",
    "serve": "ivr.cli.serve:serve_command",
    "sign-in": "ivr.cli.sign_in:sign_in_command",
    "twilio": "ivr.cli.twilio:twilio_command",
}


@click.group(cls=LazyGroup, lazy=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
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


def main() -> None:
    """Run the command. An error that a person can fix is shown without a traceback, with exit status 1."""
    os.environ.update(cleaned(os.environ))  # for what is read without `ivr.config`, too
    terminal = Terminal()
    try:
        group(prog_name="ivr")
    except (HelplineError, OSError, ModuleNotFoundError) as error:
        click.echo(_told(error), err=True)
        sys.exit(1)
    finally:
        if terminal.note:
            click.echo(terminal.note, err=True)


def _told(error: Exception) -> str:
    """Of the machine's own faults: a file, a folder, a disk, a package."""
    if isinstance(error, OSError):
        return f"{error.filename or 'This machine'}: {error.strerror or error}"
    if isinstance(error, ModuleNotFoundError):
        return f"{error.name}: not installed. Right would be: make install"
    return str(error)

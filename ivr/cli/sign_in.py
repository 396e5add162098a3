"""`ivr sign-in`: a way to the pages for staff while strangers guess the password."""

import os
from pathlib import Path

import click

from ivr.config import read_settings
from ivr.console.sign_in.known_browser import sign_in_link
from ivr.content.loader import load_helpline
from ivr.errors import HelplineError


@click.command("sign-in")
@click.pass_obj
def sign_in_command(folder: Path) -> None:
    """Print a link to the sign-in that doesn't wait for wrong passwords of others. It is good for 15 minutes."""
    helpline = load_helpline(folder)
    settings = read_settings(os.environ, helpline.desks, helpline.languages)
    if not settings.console_password:
        raise HelplineError("This line has no pages for staff: CONSOLE_PASSWORD is not set.")
    click.echo(sign_in_link(settings))

"""`ivr check`: is the content whole? Its mistakes, or what there is."""

from __future__ import annotations

from pathlib import Path

import click

from ivr.flow.loader import load_helpline


@click.command("check")
@click.pass_obj
def check_command(folder: Path) -> None:
    """Read the helpline's YAML and tell every mistake with its file and line; exit status 1 if there is one."""
    helpline = load_helpline(folder)
    lines = sum(len(lines) for lines in helpline.lines.values())
    click.echo(
        f"{folder}: no mistakes. {len(helpline.menus)} menus, {len(helpline.desks)} desks, "
        f"{len(helpline.prompts)} prompts, {lines} lines to speak, "
        f"{len(helpline.texts)} of {len(helpline.languages)} languages with a text."
    )

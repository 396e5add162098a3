"""`ivr cards`: cards to be printed, in one file."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import click

from ivr.audio.catalog import Catalog
from ivr.cards import sheet
from ivr.cards.cards import cards
from ivr.config import read_line_number
from ivr.content.loader import load_helpline
from ivr.errors import HelplineError
from ivr.webhooks.sounds import Sounds, ready_languages


@click.command("cards")
@click.argument("target", metavar="OUT.html", type=click.Path(path_type=Path))
@click.option(
    "--language", "languages", multiple=True, help="One language, such as vi; may be repeated. Otherwise all."
)
@click.option(
    "--size",
    type=click.Choice(list(sheet.SIZES)),
    default="a4",
    show_default=True,
    help="One card to a sheet of A4, or ten of wallet size.",
)
@click.option("--demo", is_flag=True, help="Without LINE_NUMBER: a number that nobody has, marked SAMPLE.")
@click.pass_obj
def cards_command(folder: Path, target: Path, languages: tuple[str, ...], size: str, *, demo: bool) -> None:
    """Write cards into OUT.html, which prints from any browser: the line's number, and each language's code."""
    number = read_line_number(os.environ, demo=demo)
    helpline = load_helpline(folder)
    sounds = Sounds(helpline, Catalog.load(helpline.audio_dir), "")
    made = cards(replace(helpline, ready=ready_languages(helpline, sounds)), number, languages)
    try:
        target.write_text(sheet.file(made, size), encoding="utf-8")
    except OSError as error:
        raise HelplineError(f"{target} can't be written: {error.strerror or error}") from None
    click.echo(f"{target}: {len(made)} {'card' if len(made) == 1 else 'cards'}. Print it at 100 %, without margins.")

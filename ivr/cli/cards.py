"""`ivr cards`: cards to print, in one file."""

import os
from pathlib import Path

import click

from ivr.audio.line import load_line, must_be_heard
from ivr.cards import sheet
from ivr.cards.cards import cards
from ivr.config import read_line_numbers
from ivr.errors import HelplineError


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
@click.option("--demo", is_flag=True, help="Without LINE_NUMBER: use a made-up number, marked SAMPLE.")
@click.pass_obj
def cards_command(folder: Path, target: Path, languages: tuple[str, ...], size: str, *, demo: bool) -> None:
    """Write cards into OUT.html, which prints from any browser: the line's number, and each language's code."""
    line = load_line(folder)
    number, line_languages = read_line_numbers(os.environ, line.helpline.languages, demo=demo)
    must_be_heard(line)
    made = cards(line.helpline, number, languages, line_languages)
    try:
        target.write_text(sheet.file(made, size), encoding="utf-8")
    except OSError as error:
        raise HelplineError(f"{target} can't be written: {error.strerror or error}") from None
    click.echo(f"{target}: {len(made)} {'card' if len(made) == 1 else 'cards'}. Print it at 100 %, without margins.")

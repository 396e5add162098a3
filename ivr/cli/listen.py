"""`ivr audio listen`: a recogniser hears the clips as the telephone plays them (docs/speech.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from ivr.audio.catalog import Catalog
from ivr.cli.audio import languages_of, need_packages
from ivr.content.loader import load_helpline
from ivr.errors import HelplineError

if TYPE_CHECKING:
    from ivr.audio.listening.hearings import Hearing

BEGIN, END = "<!-- heard: begin -->", "<!-- heard: end -->"


@click.command("listen")
@click.option("--language", "only", multiple=True, help="Only this language; may be repeated.")
@click.option("--prompt", "prompts", multiple=True, help="Only this prompt; may be repeated.")
@click.option("--engine", "engines", multiple=True, help="Only clips by this engine; may be repeated.")
@click.option("--write", "page", type=click.Path(path_type=Path), help="Put the tables of all clips into this page.")
@click.pass_obj
def listen_command(
    folder: Path, *, only: tuple[str, ...], prompts: tuple[str, ...], engines: tuple[str, ...], page: Path | None
) -> None:
    """Have the clips heard by a recogniser, and show how well each language and engine can be understood.

    What was heard before isn't heard again: audio/heard.json keeps it. You can stop and restart it at any time.
    """
    from ivr.audio.listening.measures import measures, tables

    if page and (only or prompts or engines):
        raise click.UsageError("--write writes the tables of all clips: leave out --language, --prompt and --engine.")
    helpline = load_helpline(folder)
    catalog = Catalog.load(helpline.audio_dir)
    texts = [text for language in languages_of(helpline, only) for text in helpline.clip_texts[language].values()]
    found = [(text, clip) for text in texts if (clip := catalog.find(text))]
    said = [
        (text, clip)
        for text, clip in found
        if (not prompts or text.prompt in prompts) and (not engines or clip.engine in engines)
    ]
    if not said:
        raise HelplineError(f"There is no such clip in {helpline.audio_dir}: `ivr audio build` makes them.")
    need_packages()
    from ivr.audio.listening.hear import listen, named_key
    from ivr.audio.listening.recogniser import need_recogniser

    need_recogniser()
    with _progress() as progress:
        heard = listen(helpline, catalog, said, progress)
    keys = {(text.language, text.prompt): named_key(helpline, text.language, text.prompt) for text, _ in said}
    shown = tables(measures((clip, heard[clip.language, clip.prompt]) for _, clip in said), keys)
    click.echo(shown)
    if page:
        page.write_text(written(page.read_text(encoding="utf-8"), shown), encoding="utf-8")


def written(page: str, shown: str) -> str:
    """The page with the tables between its markers, and when and by which command they were made."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise HelplineError(f"The page has no place for the tables: a line {BEGIN} and, further down, a line {END}.")
    return f"{before}{BEGIN}\n{datetime.now(UTC):%Y-%m-%d}, by `ivr audio listen --write`.\n\n{shown}\n{END}{after}"


@contextmanager
def _progress() -> Iterator[Callable[[Hearing, int, int], None]]:
    """A bar for a person at a terminal; for a file, a line for each clip that is heard."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda hearing, number, total: click.echo(
            f"{number}/{total} {hearing.language} {hearing.prompt}: {hearing.text}", err=True
        )
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda hearing, number, total: bar.update(
            task, completed=number, total=total, description=f"{hearing.language} {hearing.prompt}"
        )

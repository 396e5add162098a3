"""`ivr languages`: which languages callers are offered, and what the others still need."""

from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from ivr.audio.catalog import Catalog
from ivr.audio.clip_status import MISSING, STALE, unverified, voices
from ivr.audio.engines.kinds import Kind
from ivr.audio.line import Line, load_line
from ivr.audio.recordings import Recordings, read_recordings
from ivr.content.composing import GREETING
from ivr.content.model import Helpline

NONE = "-"
_NAMES = {each.name.lower(): each.value for each in Kind}


@click.command("languages")
@click.pass_obj
def languages_command(folder: Path) -> None:
    """Show every language: its text, the voices that a carrier's callers hear, and whether they are offered it."""
    line = load_line(folder)
    helpline, recordings = line.helpline, read_recordings(line.helpline.audio_dir)
    table = Table("code", "language", "own name", "text", "voice", "carrier's voice", "essentials", "offered")
    for language in helpline.spoken:
        entry = helpline.speech(language)
        text = helpline.texts.get(language)
        table.add_row(
            helpline.code(language) or NONE,
            language,
            text.name if text else NONE,
            text.status if text else NONE,
            spoken_by(line, language, recordings),
            entry.say.voice if entry.say else "none",
            _seconds(essentials_seconds(helpline, line.catalog, language)),
            _offered(line, language),
        )
    Console().print(table)
    click.echo(f"{len(helpline.ready)} of {len(helpline.languages)} languages are offered.")


def spoken_by(line: Line, language: str, recordings: Recordings) -> str:
    """The kinds of voices that speak a language, the best first; with amounts if there is more than one."""
    found = voices(line.helpline, line.catalog, language)
    named = {_NAMES.get(mark, mark): count for mark, count in found.items()}
    clip_texts = line.helpline.clip_texts.get(language, {}).values()
    recorded = [(text, recordings[key]) for text in clip_texts if (key := (language, text.prompt)) in recordings]
    if outdated := sum(not recording.says(text) for text, recording in recorded):
        named["recorded of another text"] = outdated
    told = [*named] if len(named) == 1 else [f"{name} {count}" for name, count in named.items()]
    return ", ".join([*told, *(["unverified"] if language in unverified(line.catalog) else [])]) or NONE


def _offered(line: Line, language: str) -> str:
    if language in line.helpline.about.greets:
        return "only greets"
    return "yes" if language in line.helpline.ready else f"no: {why_not(line, language)}"


def essentials_seconds(helpline: Helpline, catalog: Catalog, language: str) -> float | None:
    """Seconds from the choice of a language to the first menu's options; None if a clip is missing."""
    clip_texts = helpline.clip_texts.get(language, {})
    names = (GREETING if helpline.only_language else "language.name", *helpline.menus[helpline.flow.start].say)
    clips = [catalog.find(clip_texts[name]) for name in names if name in clip_texts]
    seconds = [clip.seconds for clip in clips if clip]
    return sum(seconds) if seconds and len(seconds) == len(clips) else None


def why_not(line: Line, language: str) -> str:
    """Why callers are not offered a language."""
    if language not in line.helpline.texts:
        return "no text"
    found = voices(line.helpline, line.catalog, language)
    return f"no voice, and {found[MISSING] + found[STALE]} clips to make"


def _seconds(seconds: float | None) -> str:
    return NONE if seconds is None else f"{seconds:.0f} s"

"""`ivr languages`: which languages callers are offered, and what the others still need."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from ivr.audio.catalog import Catalog
from ivr.audio.clip_status import NONE, Sound, clip_status, sound_of
from ivr.audio.line import load_line
from ivr.audio.recordings import read_recordings
from ivr.content.composing import GREETING
from ivr.content.model import Helpline, Language


@click.command("languages")
@click.pass_obj
def languages_command(folder: Path) -> None:
    """Show every language: its text, its clips, its Twilio voice, and whether callers are offered it."""
    line = load_line(folder)
    helpline, catalog, recordings = line.helpline, line.catalog, read_recordings(line.helpline.audio_dir)
    table = Table("code", "language", "own name", "text", "clips", "Twilio voice", "essentials", "offered")
    for language in (*helpline.languages, *helpline.about.greets):
        entry = helpline.speech(language)
        text = helpline.texts.get(language)
        clip_texts = helpline.clip_texts.get(language, {}).values()
        sound = sound_of(clip_status(helpline, catalog, recordings, clip_text) for clip_text in clip_texts)
        table.add_row(
            (entry.code if isinstance(entry, Language) else "") or NONE,
            language,
            text.name if text else NONE,
            text.status if text else NONE,
            str(sound),
            entry.say.language if entry.say else "none",
            _seconds(essentials_seconds(helpline, catalog, language)),
            _offered(helpline, language, sound),
        )
    Console().print(table)
    click.echo(f"{len(helpline.ready)} of {len(helpline.languages)} languages are offered.")


def _offered(helpline: Helpline, language: str, sound: Sound) -> str:
    if language in helpline.about.greets:
        return "only greets"
    return "yes" if language in helpline.ready else f"no: {why_not(helpline, language, sound)}"


def essentials_seconds(helpline: Helpline, catalog: Catalog, language: str) -> float | None:
    """Seconds from the choice of a language to the first menu's options; None if a clip is missing."""
    clip_texts = helpline.clip_texts.get(language, {})
    names = (GREETING if helpline.only_language else "language.name", *helpline.menus[helpline.flow.start].say)
    clips = [catalog.find(clip_texts[name]) for name in names if name in clip_texts]
    seconds = [clip.seconds for clip in clips if clip]
    return sum(seconds) if seconds and len(seconds) == len(clips) else None


def why_not(helpline: Helpline, language: str, sound: Sound) -> str:
    """Why callers are not offered a language."""
    if language not in helpline.texts:
        return "no text"
    return f"no voice, and {sound.missing + sound.stale} clips to make"


def _seconds(seconds: float | None) -> str:
    return NONE if seconds is None else f"{seconds:.0f} s"

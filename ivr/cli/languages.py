"""`ivr languages`: which languages callers are offered, and what the others wait for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from ivr.flow.lines import Line
from ivr.flow.loader import load_helpline
from ivr.flow.model import Helpline
from ivr.speech.catalog import Catalog, State
from ivr.speech.recordings import ENGINE as RECORDING
from ivr.speech.recordings import Recordings, read_recordings
from ivr.voice.sound import Sounds, audible_languages

ONLINE = ("gtts", "azure")
NONE = "-"


@dataclass(frozen=True)
class Sound:
    """How the lines of a language are spoken: how many by whom, and how many not."""

    recorded: int
    online: int
    offline: int
    missing: int
    stale: int  # or damaged
    outdated: int  # recordings of another text than today's

    def __str__(self) -> str:
        """What there is, and nothing of what there is not."""
        words = {"recorded": self.recorded, "online": self.online, "offline": self.offline}
        words |= {"missing": self.missing, "stale": self.stale, "recorded of another text": self.outdated}
        return ", ".join(f"{count} {word}" for word, count in words.items() if count) or NONE


@click.command("languages")
@click.pass_obj
def languages_command(folder: Path) -> None:
    """Show every language: its text, its clips, its Twilio voice, and whether callers are offered it."""
    helpline = load_helpline(folder)
    catalog, recordings = Catalog.load(helpline.audio_dir), read_recordings(helpline.audio_dir)
    audible = audible_languages(helpline, Sounds(helpline, catalog, ""))
    table = Table("code", "language", "own name", "text", "clips", "Twilio voice", "essentials", "offered")
    for language, entry in helpline.languages.items():
        text = helpline.texts.get(language)
        sound = sound_of(catalog, recordings, list(helpline.lines.get(language, {}).values()))
        table.add_row(
            entry.code,
            language,
            text.name if text else NONE,
            text.status if text else NONE,
            str(sound),
            entry.say.language if entry.say else "none",
            _seconds(essentials_seconds(helpline, catalog, language)),
            "yes" if language in audible else f"no: {why_not(helpline, language, sound)}",
        )
    Console().print(table)
    click.echo(f"{len(audible)} of {len(helpline.languages)} languages are offered.")


def sound_of(catalog: Catalog, recordings: Recordings, lines: Sequence[Line]) -> Sound:
    states = Counter(catalog.state(line) for line in lines)
    engines = Counter(clip.engine for line in lines if (clip := catalog.find(line)))
    ours = [(line, recordings[key]) for line in lines if (key := (line.language, line.prompt)) in recordings]
    recorded, online = engines[RECORDING], sum(engines[name] for name in ONLINE)
    return Sound(
        recorded=recorded,
        online=online,
        offline=engines.total() - recorded - online,
        missing=states[State.MISSING],
        stale=states[State.STALE] + states[State.DAMAGED],
        outdated=sum(not recording.says(line) for line, recording in ours),
    )


def essentials_seconds(helpline: Helpline, catalog: Catalog, language: str) -> float | None:
    """From the choice of the language to the last word before the first menu's options; None if a clip is wanting."""
    lines = helpline.lines.get(language, {})
    names = ("language.name", *helpline.menus[helpline.flow.start].say)
    clips = [catalog.find(lines[name]) for name in names if name in lines]
    seconds = [clip.seconds for clip in clips if clip]
    return sum(seconds) if seconds and len(seconds) == len(clips) else None


def why_not(helpline: Helpline, language: str, sound: Sound) -> str:
    """For a language that callers are not offered."""
    if language not in helpline.texts:
        return "no text"
    return f"no voice, and {sound.missing + sound.stale} clips to make"


def _seconds(seconds: float | None) -> str:
    return NONE if seconds is None else f"{seconds:.0f} s"

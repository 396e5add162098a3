"""Loads the line: its content, its clips, and what speaks each text. Nothing else loads it.

It alone decides what speaks, and whether callers are offered a language: everything in its text must have a clip or a
voice of the carrier's. Where a language's engines name that voice, a carrier's callers hear it instead of the clips of
all engines after it. A demo, which no carrier serves, plays those.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from ivr.audio.catalog import Catalog
from ivr.audio.recordings import ENGINE as RECORDING
from ivr.audio.sounds import Sounds
from ivr.content.changes import Change, Laid
from ivr.content.desk_order import desk_languages
from ivr.content.loader import read_helpline
from ivr.content.model import Helpline
from ivr.content.source import Source
from ivr.content.speech import SAY
from ivr.errors import HelplineError
from ivr.flow.language_list import items


@dataclass(frozen=True, eq=False)
class Line:
    """A helpline with its sounds: `helpline.ready` names the languages that callers are offered.

    `catalog` has the clips that callers may hear, `built` all that were made. `sources` are the files of its folder by
    name: they show where a mistake is. `laid` is what staff changed in them.
    """

    helpline: Helpline
    catalog: Catalog
    built: Catalog
    sounds: Sounds
    sources: Mapping[str, Source] = field(default_factory=dict)
    laid: Laid = field(default_factory=Laid)
    folder: Path = Path()


def load_line(folder: Path, changes: Iterable[Change] = (), *, demo: bool = False) -> Line:
    """Reads each file of content and each clip once, and lays these changes over the files.

    Raises ContentError, and HelplineError for a damaged manifest.
    """
    helpline, sources, laid = read_helpline(folder, changes)
    return replace(line_of(helpline, demo=demo), sources=sources, laid=laid, folder=folder)


def line_of(helpline: Helpline, *, demo: bool = False, built: Catalog | None = None) -> Line:
    """The line of content that has already been read, with its language list joined into one sound.

    `built` are its clips if they have been read, too.
    """
    built = built or Catalog.load(helpline.audio_dir)
    catalog = built if demo else on_a_carrier(helpline, built)
    sounds = Sounds(helpline, catalog)
    served = replace(helpline, ready=_ready_languages(helpline, sounds))
    sounds.join("languages", items(served))
    return Line(served, catalog, built, sounds)


def must_be_heard(line: Line) -> None:
    """Raises HelplineError if a language that every call needs is not ready."""
    about = line.helpline.about
    silent = line.sounds.silent()
    greeting = (name for name, speech in about.greets.items() if not speech.say and name in silent)
    needed = (*about.first_languages, *desk_languages(line.helpline))
    for language in (*(name for name in needed if name not in line.helpline.ready), *greeting):
        missing = ", ".join(silent.get(language, [])[:5])
        raise HelplineError(
            f'"{language}" has neither clips nor a voice for: {missing} ...; "ivr audio build" makes clips'
        )


def on_a_carrier(helpline: Helpline, built: Catalog) -> Catalog:
    """The clips that a carrier's callers hear: in each language those that come before the carrier's own voice."""
    before = {
        name: engines[: engines.index(SAY)]
        for name in helpline.spoken
        if SAY in (engines := helpline.speech(name).engines)
    }
    return built.only(lambda clip: clip.engine in (RECORDING, *before.get(clip.language, (clip.engine,))))


def _ready_languages(helpline: Helpline, sounds: Sounds) -> frozenset[str]:
    silent = sounds.silent()
    offered = {name: entry for name, entry in helpline.languages.items() if name in helpline.texts}
    return frozenset(name for name, entry in offered.items() if entry.say or name not in silent)

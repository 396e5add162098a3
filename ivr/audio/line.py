"""Loads the line: its content, its clips, and what speaks each text. Nothing else loads it.

It alone decides what speaks, and whether callers are offered a language: everything in its text must have a clip or a
voice of the carrier's. Only of opening times some may lack one, so that staff can change hours: callers then hear the
general sentence. Where a language's engines name that voice, a carrier's callers hear it instead of the clips of
all engines after it. A demo, which no carrier serves, plays those.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from ivr.audio.catalog import Catalog
from ivr.audio.recordings import ENGINE as RECORDING
from ivr.audio.sounds import Sounds
from ivr.content.changes import Change, Laid
from ivr.content.clip_text import ClipText
from ivr.content.desk_order import desk_languages
from ivr.content.loader import read_helpline
from ivr.content.model import Helpline
from ivr.content.opening import ANY_OPENING, is_opening
from ivr.content.source import Source
from ivr.content.speech import SAY
from ivr.errors import HelplineError
from ivr.flow.language_list import items


@dataclass(frozen=True, eq=False)
class Line:
    """A helpline with its sounds: `helpline.ready` names the languages that callers are offered.

    `catalog` has the clips that callers may hear, `built` all that were made. `sources` are the files of its folder by
    name: they show where a mistake is. `laid` is what staff changed in them. `unvoiced` are by language the opening
    times that nothing speaks, and that `helpline.clip_texts` therefore lacks.
    """

    helpline: Helpline
    catalog: Catalog
    built: Catalog
    sounds: Sounds
    sources: Mapping[str, Source] = field(default_factory=dict)
    laid: Laid = field(default_factory=Laid)
    unvoiced: Mapping[str, Mapping[str, ClipText]] = field(default_factory=dict)
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
    unvoiced = _unvoiced_openings(helpline, catalog)
    heard = {name: _without(texts, unvoiced.get(name, ())) for name, texts in helpline.clip_texts.items()}
    spoken = replace(helpline, clip_texts=heard)
    sounds = Sounds(spoken, catalog)
    served = replace(spoken, ready=_ready_languages(spoken, sounds))
    sounds.join("languages", items(served))
    return Line(served, catalog, built, sounds, unvoiced=unvoiced)


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


def _unvoiced_openings(helpline: Helpline, catalog: Catalog) -> dict[str, dict[str, ClipText]]:
    """By language, the opening times that nothing speaks, where the general sentence has a clip to be heard instead."""
    return {
        language: unvoiced
        for language, texts in helpline.clip_texts.items()
        if (general := texts.get(ANY_OPENING)) and catalog.find(general) and not helpline.speech(language).say
        if (unvoiced := {clip: text for clip, text in texts.items() if is_opening(clip) and not catalog.find(text)})
    }


def _without(texts: Mapping[str, ClipText], clips: Iterable[str]) -> Mapping[str, ClipText]:
    return {clip: text for clip, text in texts.items() if clip not in clips} if clips else texts


def _ready_languages(helpline: Helpline, sounds: Sounds) -> frozenset[str]:
    silent = sounds.silent()
    offered = {name: entry for name, entry in helpline.languages.items() if name in helpline.texts}
    return frozenset(name for name, entry in offered.items() if entry.say or name not in silent)

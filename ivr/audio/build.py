"""Makes the clips that are missing or out of date, and removes those that no line names.

Each clip is spoken, checked, and only then moved into place, and the manifest follows at once: a build that
is killed at any moment leaves no broken file, and the next one goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ivr.audio.catalog import Catalog, State
from ivr.audio.engines.engine import Engine, SpeechError, UnavailableError
from ivr.audio.make_clip import build_key, recorded, recording_key, spoken
from ivr.audio.manifest import Clip, put_in_place, write_manifest
from ivr.audio.prune import prune
from ivr.audio.recordings import Recording, Recordings, read_recordings
from ivr.audio.speakable import wording_faults
from ivr.content.clip_text import Line

EnginesOf = Mapping[str, Sequence[Engine]]  # language -> its engines, best first
Progress = Callable[[Line, str], None]  # told "made", "kept" or "refused" after each line


@dataclass(frozen=True)
class Refusal:
    """A line without a new clip, and why. An older clip of it stays where it is, and shows as stale."""

    line: Line
    reason: str


@dataclass(frozen=True)
class Report:
    made: tuple[Clip, ...]
    kept: tuple[Clip, ...]
    refused: tuple[Refusal, ...]
    pruned: tuple[str, ...]  # files, relative to the audio folder
    dropped: tuple[str, ...]  # why engines could not work in this run


def build(
    lines: Iterable[Line],
    audio_dir: Path,
    engines_of: EnginesOf,
    *,
    only: Collection[str] | None = None,
    by: Collection[str] | None = None,
    progress: Progress | None = None,
) -> Report:
    """Brings an audio folder up to date with `lines`: all lines of the helpline.

    `only` names languages to work on; the others stay as they are. `by` names engines: no others are asked, and
    they speak anew what an engine after them in the language's order spoke. HelplineError if the manifest is damaged.
    """
    chosen = [line for line in lines if only is None or line.language in only]
    todo = set(plan(chosen, audio_dir, engines_of, by))
    work = _Work(audio_dir, engines_of, by, dict(Catalog.load(audio_dir).clips), read_recordings(audio_dir))
    for line in sorted(chosen, key=todo.__contains__):  # what is kept comes first: twins are sought in all of it
        outcome = work.make(line) if line in todo else work.keep(line)
        if progress:
            progress(line, outcome)
    pruned = prune(audio_dir, work.clips, chosen, only)
    return work.report(pruned)


def plan(
    lines: Iterable[Line], audio_dir: Path, engines_of: EnginesOf, by: Collection[str] | None = None
) -> list[Line]:
    """The lines that need a clip: no sound one says them, or neither their recording nor an engine of their language
    would make the same today, or an engine of `by` comes before the one that did.
    """
    catalog, recordings = Catalog.load(audio_dir), read_recordings(audio_dir)

    def up_to_date(line: Line) -> bool:
        if catalog.state(line) is not State.READY:
            return False
        key = catalog.clips[line.language, line.prompt].build_key
        recording = _recording_of(recordings, line)
        if recording:
            return key == recording_key(line, recording)
        return _is_best(key, line, engines_of.get(line.language, ()), by or ())

    return [line for line in lines if not up_to_date(line)]


def _recording_of(recordings: Recordings, line: Line) -> Recording | None:
    """A person's recording of today's text: it wins over every engine."""
    recording = recordings.get((line.language, line.prompt))
    return recording if recording and recording.says(line) else None


def _is_best(key: str, line: Line, engines: Sequence[Engine], by: Collection[str]) -> bool:
    """Whether one of the engines makes this clip today, and none before it is asked for."""
    for engine in engines:
        if key == build_key(line, engine):
            return True
        if engine.name in by:
            return False
    return False


@dataclass
class _Work:
    """One build under way."""

    audio_dir: Path
    engines_of: EnginesOf
    by: Collection[str] | None
    clips: dict[tuple[str, str], Clip]  # what the manifest holds
    recordings: Recordings
    made: list[Line] = field(default_factory=list)
    kept: list[Line] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    unavailable: dict[str, str] = field(default_factory=dict)  # engine -> why
    says: dict[tuple[str, str], Line] = field(default_factory=dict)  # language, sha256 of a clip -> what it says

    def keep(self, line: Line) -> str:
        self.kept.append(line)
        self.says[line.language, self.clips[line.language, line.prompt].sha256] = line
        return "kept"

    def make(self, line: Line) -> str:
        try:
            clip, content = self._first_that_speaks(line)
            self._refuse_twins(line, clip)
        except SpeechError as error:
            self.refused.append(Refusal(line, str(error)))
            return "refused"
        put_in_place(self.audio_dir / clip.file, content)
        self.clips[line.language, line.prompt] = clip
        write_manifest(self.audio_dir, self.clips.values())
        self.says[clip.language, clip.sha256] = line
        self.made.append(line)
        return "made"

    def _first_that_speaks(self, line: Line) -> tuple[Clip, bytes]:
        recording = _recording_of(self.recordings, line)
        if recording:  # where its file is lost no engine takes its place unnoticed
            return recorded(line, recording, self.audio_dir)
        reasons = wording_faults(line)
        for engine in () if reasons else self._engines(line.language):
            try:
                if engine.name not in self.unavailable:
                    return spoken(line, engine)
            except SpeechError as error:
                reasons.append(f"{engine.name}: {error}")
                continue
            except UnavailableError as error:
                self.unavailable[engine.name] = str(error)
            reasons.append(self.unavailable[engine.name])
        raise SpeechError(" ".join(reasons) or f"No engine is listed for {line.language}.")

    def _engines(self, language: str) -> list[Engine]:
        engines = self.engines_of.get(language, ())
        return [engine for engine in engines if self.by is None or engine.name in self.by]

    def _refuse_twins(self, line: Line, clip: Clip) -> None:
        """Two texts with one sound: at least one is wrong, and nobody can say which, so neither is played.

        Within a language only: one spoken language written in two scripts rightly sounds the same.
        """
        twin = self.says.get((clip.language, clip.sha256))
        if twin is None or _letters(twin) == _letters(line):
            return
        self._withdraw(twin, _twin_reason(line))
        raise SpeechError(_twin_reason(twin))

    def _withdraw(self, line: Line, reason: str) -> None:
        clip = self.clips.pop((line.language, line.prompt), None)
        write_manifest(self.audio_dir, self.clips.values())
        if clip:
            (self.audio_dir / clip.file).unlink(missing_ok=True)
        for lines in (self.made, self.kept):
            if line in lines:
                lines.remove(line)
                self.refused.append(Refusal(line, reason))

    def report(self, pruned: Iterable[str]) -> Report:
        made = tuple(self.clips[line.language, line.prompt] for line in self.made)
        kept = tuple(self.clips[line.language, line.prompt] for line in self.kept)
        return Report(made, kept, tuple(self.refused), tuple(pruned), tuple(self.unavailable.values()))


def _letters(line: Line) -> str:
    """What is read out: two texts that differ in spaces, stops or capitals only may well sound the same."""
    return "".join(character for character in line.text.casefold() if character.isalnum())


def _twin_reason(other: Line) -> str:
    return f"It sounds the same as {other.language} {other.prompt}, whose text is another: the engine misspoke one."

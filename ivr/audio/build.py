"""Makes the clips that are missing or out of date, and removes those that no clip text needs.

Each clip is spoken, checked, and only then moved into place, and the manifest is updated at once: a build that is
killed at any moment leaves no broken file, and the next one continues from there.
"""

import os
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import TypeAlias

from ivr.audio.catalog import Catalog, State
from ivr.audio.engines.engine import Engine, SpeechError, UnavailableError
from ivr.audio.make_clip import build_key, recorded, recording_key, spoken
from ivr.audio.manifest import Clip, put_in_place, write_manifest
from ivr.audio.prune import prune
from ivr.audio.recordings import Recording, Recordings, read_recordings
from ivr.audio.speakable import wording_faults
from ivr.content.clip_text import ClipText

EnginesOf = Mapping[str, Sequence[Engine]]  # language -> its engines, best first
Spoken: TypeAlias = tuple[Clip, bytes]
PARALLEL = ("kokoro",)  # engines that may speak several clips at once
Progress = Callable[[ClipText, str], None]  # gets "made", "kept", "refused" or "waiting" after each clip text


@dataclass(frozen=True)
class Refusal:
    """A clip text that got no new clip, and why. Its older clip, if any, stays and counts as stale."""

    clip_text: ClipText
    reason: str


@dataclass(frozen=True)
class Report:
    made: tuple[Clip, ...]
    kept: tuple[Clip, ...]
    refused: tuple[Refusal, ...]
    waiting: tuple[Refusal, ...]  # for an engine that can work here, or for a person: nothing was refused
    pruned: tuple[str, ...]  # files, relative to the audio folder
    dropped: tuple[str, ...]  # why engines could not work in this run


def build(
    clip_texts: Iterable[ClipText],
    audio_dir: Path,
    engines_of: EnginesOf,
    *,
    only: Collection[str] | None = None,
    by: Collection[str] | None = None,
    progress: Progress = lambda _clip_text, _outcome: None,
) -> Report:
    """Brings an audio folder up to date with `clip_texts`, which are all of the helpline's.

    `only` names languages to work on; the others stay as they are. `by` names engines: no others are asked, and they
    replace clips by engines after them in the language's order. HelplineError if the manifest is damaged.
    """
    chosen = [clip_text for clip_text in clip_texts if only is None or clip_text.language in only]
    catalog, recordings = Catalog.load(audio_dir), read_recordings(audio_dir)
    todo = set(_plan(chosen, catalog, recordings, engines_of, by))
    work = _Work(audio_dir, engines_of, by, dict(catalog.clips), recordings)
    for clip_text in chosen:  # kept clips first, so that new ones are compared with all of them
        if clip_text not in todo:
            progress(clip_text, work.keep(clip_text))
    for clip_text, spoken_one in work.speak_all([clip_text for clip_text in chosen if clip_text in todo]):
        progress(clip_text, work.make(clip_text, spoken_one))
    pruned = prune(audio_dir, work.clips, chosen, only)
    return work.report(pruned)


def plan(
    clip_texts: Iterable[ClipText], audio_dir: Path, engines_of: EnginesOf, by: Collection[str] | None = None
) -> list[ClipText]:
    """The clip texts that need a clip: they have no intact one, or the one they have is not what their recording, or
    the first engine that may speak them, would make today.
    """
    return _plan(clip_texts, Catalog.load(audio_dir), read_recordings(audio_dir), engines_of, by)


def _plan(
    clip_texts: Iterable[ClipText],
    catalog: Catalog,
    recordings: Recordings,
    engines_of: EnginesOf,
    by: Collection[str] | None,
) -> list[ClipText]:
    def up_to_date(clip_text: ClipText) -> bool:
        if catalog.state(clip_text) is not State.READY:
            return False
        key = catalog.clips[clip_text.language, clip_text.prompt].build_key
        recording = _recording_of(recordings, clip_text)
        if recording:
            return key == recording_key(clip_text, recording)
        return _is_best(key, clip_text, engines_of.get(clip_text.language, ()), by or ())

    return [clip_text for clip_text in clip_texts if not up_to_date(clip_text)]


def _recording_of(recordings: Recordings, clip_text: ClipText) -> Recording | None:
    """A person's recording of the current text, which takes precedence over every engine."""
    recording = recordings.get((clip_text.language, clip_text.prompt))
    return recording if recording and recording.says(clip_text) else None


def _is_best(key: str, clip_text: ClipText, engines: Sequence[Engine], by: Collection[str]) -> bool:
    """Whether one of the engines would make this clip today, and none in `by` comes before it."""
    for engine in engines:
        if key == build_key(clip_text, engine):
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
    made: list[ClipText] = field(default_factory=list)
    kept: list[ClipText] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    waiting: list[Refusal] = field(default_factory=list)
    unavailable: dict[str, str] = field(default_factory=dict)  # engine -> why
    turns: Mapping[str, Lock] = field(default_factory=lambda: defaultdict(Lock))  # engine -> held while it speaks
    says: dict[tuple[str, str], ClipText] = field(default_factory=dict)  # language, sha256 of a clip -> what it says

    def keep(self, clip_text: ClipText) -> str:
        self.kept.append(clip_text)
        self.says[clip_text.language, self.clips[clip_text.language, clip_text.prompt].sha256] = clip_text
        return "kept"

    def speak_all(self, clip_texts: Sequence[ClipText]) -> Iterator[tuple[ClipText, Future[Spoken]]]:
        """The clips in the order of their texts, each as soon as it is done; a few are spoken ahead, on every core."""
        cores = os.cpu_count() or 1
        pool = ThreadPoolExecutor(cores)
        ahead: deque[tuple[ClipText, Future[Spoken]]] = deque()
        try:
            for clip_text in clip_texts:
                ahead.append((clip_text, pool.submit(self._first_that_speaks, clip_text)))
                if len(ahead) > 2 * cores:
                    yield ahead.popleft()
            yield from ahead
        finally:
            pool.shutdown(cancel_futures=True)

    def make(self, clip_text: ClipText, spoken_one: Future[Spoken]) -> str:
        try:
            clip, content = spoken_one.result()
            self._refuse_twins(clip_text, clip)
        except SpeechError as error:
            self.refused.append(Refusal(clip_text, str(error)))
            return "refused"
        except UnavailableError as error:
            self.waiting.append(Refusal(clip_text, str(error)))
            return "waiting"
        put_in_place(self.audio_dir / clip.file, content)
        self.clips[clip_text.language, clip_text.prompt] = clip
        write_manifest(self.audio_dir, self.clips.values())
        self.says[clip.language, clip.sha256] = clip_text
        self.made.append(clip_text)
        return "made"

    def _first_that_speaks(self, clip_text: ClipText) -> Spoken:
        recording = _recording_of(self.recordings, clip_text)
        if recording:  # if its file is lost, no engine quietly takes its place
            return recorded(clip_text, recording, self.audio_dir)
        if faults := wording_faults(clip_text):
            raise SpeechError(" ".join(faults))
        refused, unavailable = [], []
        for engine in self._engines(clip_text.language):
            try:
                with nullcontext() if engine.name in PARALLEL else self.turns[engine.name]:
                    if engine.name not in self.unavailable:
                        return spoken(clip_text, engine)
            except SpeechError as error:
                refused.append(f"{engine.name}: {error}")
                continue
            except UnavailableError as error:
                self.unavailable[engine.name] = str(error)
            unavailable.append(self.unavailable[engine.name])
        if refused:
            raise SpeechError(" ".join([*refused, *unavailable]))
        raise UnavailableError(" ".join(unavailable) or "No engine is listed for it.")

    def _engines(self, language: str) -> list[Engine]:
        engines = self.engines_of.get(language, ())
        return [engine for engine in engines if self.by is None or engine.name in self.by]

    def _refuse_twins(self, clip_text: ClipText, clip: Clip) -> None:
        """If two texts sound the same, at least one is wrong, and nobody can tell which: neither is played.

        Only within a language: one spoken language in two scripts may well sound the same.
        """
        twin = self.says.get((clip.language, clip.sha256))
        if twin is None or _letters(twin) == _letters(clip_text):
            return
        self._withdraw(twin, _twin_reason(clip_text))
        raise SpeechError(_twin_reason(twin))

    def _withdraw(self, clip_text: ClipText, reason: str) -> None:
        clip = self.clips.pop((clip_text.language, clip_text.prompt), None)
        write_manifest(self.audio_dir, self.clips.values())
        if clip:
            (self.audio_dir / clip.file).unlink(missing_ok=True)
        for clip_texts in (self.made, self.kept):
            if clip_text in clip_texts:
                clip_texts.remove(clip_text)
                self.refused.append(Refusal(clip_text, reason))

    def report(self, pruned: Iterable[str]) -> Report:
        made = tuple(self.clips[clip_text.language, clip_text.prompt] for clip_text in self.made)
        kept = tuple(self.clips[clip_text.language, clip_text.prompt] for clip_text in self.kept)
        dropped = tuple(self.unavailable.values())
        return Report(made, kept, tuple(self.refused), tuple(self.waiting), tuple(pruned), dropped)


def _letters(clip_text: ClipText) -> str:
    """What is read out: texts that differ only in spaces, stops or capitals may well sound the same."""
    return "".join(character for character in clip_text.text.casefold() if character.isalnum())


def _twin_reason(other: ClipText) -> str:
    return (
        f"It sounds the same as {other.language} {other.prompt}, which has a different text: the engine misspoke one."
    )

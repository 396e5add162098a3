"""The last resort written into a folder: TwiML and sounds, the same bytes for the same content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ivr.audio.catalog import Catalog
from ivr.content.model import Helpline
from ivr.errors import HelplineError
from ivr.fallback.documents import INDEX, documents, path
from ivr.flow.steps import Steps, plays
from ivr.simulator.document import understand
from ivr.simulator.problems import Refused
from ivr.simulator.transport import Response
from ivr.webhooks.sounds import Sound, Sounds, sounding
from ivr.webhooks.twiml import renderer

# Tells a folder that was made here from others, and which files in it are ours to replace.
LIST_OF_FILES = "made-by-ivr-fallback.txt"
INDEX_PATH = path(INDEX)
XML = {"content-type": "text/xml"}


@dataclass(frozen=True)
class Export:
    """Files by their path in the folder, documents and sounds apart; how many languages they speak."""

    documents: Mapping[str, bytes]
    sounds: Mapping[str, bytes]
    languages: int

    @property
    def files(self) -> dict[str, bytes]:
        """Sounds first: a document is there only once all that it plays is."""
        return {**self.sounds, **self.documents}


def make(helpline: Helpline, url: str) -> Export:
    """For a folder that is served at `url`; raises HelplineError where a carrier would refuse a document."""
    served, sounds = sounding(helpline, Catalog.load(helpline.audio_dir), f"{url}/audio")
    made = documents(served)
    render = renderer(url, sounds, path)
    rendered = {path(place).removeprefix("/"): render(steps).encode() for place, steps in made.items()}
    for name, body in rendered.items():
        _refuse_unusable(f"{url}/{name}", body)
    played = {sound.name: sound for steps in made.values() for sound in _sounds(sounds, steps)}
    clips = {sounds.url(sound).removeprefix(f"{url}/"): _content(sound) for sound in played.values()}
    return Export(dict(sorted(rendered.items())), dict(sorted(clips.items())), len(served.ready))


def write(export: Export, target: Path) -> None:
    """Replaces what an earlier export has written there, file by file, so that it may be served meanwhile.

    Raises HelplineError, and touches nothing, for a folder that holds anything else.
    """
    try:
        before = _written_before(target)
        files = export.files
        _write(target / LIST_OF_FILES, _list({*files, *before}))
        for name, content in files.items():
            _write(target / name, content)
        for name in before - files.keys():
            (target / name).unlink(missing_ok=True)
        _write(target / LIST_OF_FILES, _list(files))
    except OSError as error:
        raise HelplineError(f"{target} can't be written: {error.strerror or error}") from None


def _written_before(target: Path) -> set[str]:
    listed = target / LIST_OF_FILES
    if listed.is_file():
        names = listed.read_text(encoding="utf-8").splitlines()
        return {name for name in names if (target / name).resolve().is_relative_to(target.resolve())}
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        message = f"{target} holds something else, and nothing in it was touched; give the name of a new folder."
        raise HelplineError(message)
    return set()


def _list(names: Mapping[str, bytes] | set[str]) -> bytes:
    return "".join(f"{name}\n" for name in sorted(names)).encode()


def _write(file: Path, content: bytes) -> None:
    """Whole or not at all, for whoever fetches it at this moment."""
    file.parent.mkdir(parents=True, exist_ok=True)
    half = file.with_name(f"{file.name}.half")
    half.write_bytes(content)
    half.replace(file)


def _sounds(sounds: Sounds, steps: Steps) -> Iterator[Sound]:
    return (spoken for spoken in sounds.spoken(tuple(plays(steps))) if isinstance(spoken, Sound))


def _content(sound: Sound) -> bytes:
    content = sound.read()
    if content is None:
        raise HelplineError(f"the clip {sound.path} is lost; `ivr audio build` makes it")
    return content


def _refuse_unusable(url: str, body: bytes) -> None:
    try:
        understand(url, Response(200, XML, body), portable=True)
    except Refused as refused:
        raise HelplineError(f"a carrier would refuse a document: {refused.at(url)}") from None

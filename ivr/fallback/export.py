"""The last resort written into a folder: TwiML and sounds, the same bytes for the same content."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ivr.audio.line import Line, must_be_heard
from ivr.audio.manifest import put_in_place
from ivr.audio.sounds import Sound, Sounds
from ivr.errors import HelplineError
from ivr.fallback.documents import INDEX, documents, path
from ivr.flow.steps import Steps, plays
from ivr.simulator.document import understand
from ivr.simulator.problems import Refused
from ivr.simulator.transport import Response
from ivr.webhooks.twiml import renderer

# Marks a folder as an export, and lists the files in it that are ours to replace.
LIST_OF_FILES = "made-by-ivr-fallback.txt"
INDEX_PATH = path(INDEX)
XML = {"content-type": "text/xml"}


@dataclass(frozen=True)
class Export:
    """Documents and sounds by their path in the folder, and the number of languages."""

    documents: Mapping[str, bytes]
    sounds: Mapping[str, bytes]
    languages: int

    @property
    def files(self) -> dict[str, bytes]:
        """All files, sounds first, so that a document is written after everything that it plays."""
        return {**self.sounds, **self.documents}


def make(line: Line, url: str) -> Export:
    """The files of a folder that is served at `url`.

    Raises HelplineError if the line can't speak, or a carrier would refuse a document.
    """
    must_be_heard(line)
    made = documents(line.helpline)
    render = renderer(url, f"{url}/audio", line.sounds, path)
    rendered = {path(place).removeprefix("/"): render(steps).encode() for place, steps in made.items()}
    for name, body in rendered.items():
        _refuse_unusable(f"{url}/{name}", body)
    played = {sound.name: sound for steps in made.values() for sound in _sounds(line.sounds, steps)}
    clips = {f"audio/{sound.file}": _content(sound) for sound in played.values()}
    return Export(dict(sorted(rendered.items())), dict(sorted(clips.items())), len(line.helpline.ready))


def write(export: Export, target: Path) -> None:
    """Writes an export, replacing an earlier one file by file, so that it may be served meanwhile.

    Raises HelplineError, and touches nothing, for a folder that holds anything else.
    """
    try:
        before = _written_before(target)
        files = export.files
        put_in_place(target / LIST_OF_FILES, _list({*files, *before}))
        for name, content in files.items():
            put_in_place(target / name, content)
        for name in before - files.keys():
            (target / name).unlink(missing_ok=True)
        put_in_place(target / LIST_OF_FILES, _list(files))
    except OSError as error:
        raise HelplineError(f"{target} can't be written: {error.strerror or error}") from None


def _written_before(target: Path) -> set[str]:
    listed = target / LIST_OF_FILES
    if listed.is_file():
        names = listed.read_text(encoding="utf-8").splitlines()
        return {name for name in names if (target / name).resolve().is_relative_to(target.resolve())}
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        message = f"{target} holds something else and was not touched; give the name of a new folder."
        raise HelplineError(message)
    return set()


def _list(names: Mapping[str, bytes] | set[str]) -> bytes:
    return "".join(f"{name}\n" for name in sorted(names)).encode()


def _sounds(sounds: Sounds, steps: Steps) -> Iterator[Sound]:
    return (spoken for spoken in sounds.spoken(tuple(plays(steps))) if isinstance(spoken, Sound))


def _content(sound: Sound) -> bytes:
    content = sound.read()
    if content is None:
        raise HelplineError(f"the clip {sound.path} is lost; `ivr audio build` makes it again")
    return content


def _refuse_unusable(url: str, body: bytes) -> None:
    try:
        understand(url, Response(200, XML, body), portable=True)
    except Refused as refused:
        raise HelplineError(f"a carrier would refuse a document: {refused.at(url)}") from None

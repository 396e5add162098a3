"""No command reads a file of content or a clip more than once, nor hashes a clip twice."""

from __future__ import annotations

import hashlib
import shutil
import sys
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner
from werkzeug.test import Client

import ivr.audio.sounds
from ivr.audio.catalog import file_of, text_hash
from ivr.audio.manifest import Clip, write_manifest
from ivr.audio.reading_rates import usual_seconds
from ivr.cli.main import group
from ivr.cli.new import STARTER
from ivr.content.loader import load_helpline
from tests.cast import TOKEN

SILENCE = b"RIFF\x00\x00\x00\x00WAVEfmt \x02\x00\x00\x00\x07\x00data\x02\x00\x00\x00\xff\xff"
LIVE = {"PUBLIC_URL": "https://line.example.org", "TWILIO_AUTH_TOKEN": TOKEN, "CALLER_ID": "+81312345678"}
_OPENED: list[list[str]] = []


def _note(event: str, args: tuple[object, ...]) -> None:
    if event == "open" and _OPENED and isinstance(args[0], str):
        _OPENED[-1].append(args[0])


sys.addaudithook(_note)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """The starter's content, each text with a clip that nobody wants to hear."""
    root = tmp_path_factory.mktemp("line")
    shutil.copytree(STARTER / "prompts", root / "prompts")
    helpline = load_helpline(root / "prompts")
    write_manifest(root / "audio", [_clip(root / "audio", text) for text in _texts(helpline)])
    return root / "prompts"


def _texts(helpline):
    return [text for texts in helpline.clip_texts.values() for text in texts.values()]


def _clip(audio: Path, text) -> Clip:
    content = SILENCE + b"LIST" + len(text.name).to_bytes(4, "little") + text.name.encode()
    path = audio / file_of(text)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    sha256 = hashlib.sha256(content).hexdigest()
    seconds = 1.01 * usual_seconds(text.sentences, text.language)
    by = ("", "azure", "")
    return Clip(text.language, text.prompt, file_of(text), text_hash(text.sentences), *by, seconds, -20.0, sha256)


@pytest.fixture
def opened(folder):
    """How often each file of the helpline was opened since the test began."""
    _OPENED.append([])
    yield lambda: Counter(name for name in _OPENED[-1] if name.startswith(str(folder.parent)))
    _OPENED.pop()


@pytest.fixture
def hashed(monkeypatch):
    """How often each sound was hashed since the test began."""
    found: Counter[bytes] = Counter()
    real = hashlib.sha256

    def counting(content: bytes = b"", **options: bool):
        if content.startswith(b"RIFF"):
            found[content] += 1
        return real(content, **options)

    monkeypatch.setattr("hashlib.sha256", counting)
    monkeypatch.setattr(ivr.audio.sounds, "sha256", counting)
    return found


def run(folder: Path, *typed: str, **environ: str):
    return CliRunner().invoke(group, ["--helpline", str(folder), *typed], env=environ)


class Server:
    """In place of gunicorn: it answers what a browser asks first, and ends."""

    def __init__(self, app, _options) -> None:
        self._app = app

    def run(self) -> None:
        for page in ("/console/", "/console/prompts", "/cards"):
            assert Client(self._app).get(page, buffered=True).status_code == 200


def test_what_is_counted_is_opened_and_hashed(folder, opened, hashed):
    clip = folder.parent / "audio/en/goodbye.wav"
    for _ in range(2):
        hashlib.sha256(clip.read_bytes())
    assert opened() == {str(clip): 2}
    assert [*hashed.values()] == [2]


@pytest.mark.parametrize(
    "typed",
    [
        ("check",),
        ("check", "--live", "--times"),
        ("serve", "--demo"),
        ("languages",),
        ("audio", "status"),
        ("cards", "--demo", "{tmp}/cards.html"),
        ("fallback", "export", "--url", "http://127.0.0.1:1", "{tmp}/export"),
    ],
    ids=" ".join,
)
def test_a_command_reads_each_file_once_and_hashes_each_clip_once(typed, folder, opened, hashed, tmp_path, monkeypatch):
    monkeypatch.setattr("ivr.cli.server.Server", Server)
    done = run(folder, *(word.format(tmp=tmp_path) for word in typed), **LIVE)
    assert done.exit_code == (1 if "--live" in typed else 0), done.exception
    found = opened()
    assert {name for name in found if name.endswith(".yaml")} == {str(path) for path in folder.rglob("*.yaml")}
    assert len(hashed) > 100
    copied = ".wav" if "export" in typed else None  # what is copied is read for that once more
    assert [name for name, times in found.items() if times > 1 and Path(name).suffix != copied] == []
    assert max(hashed.values()) == 1


def test_a_mistake_that_is_placed_in_a_file_does_not_read_it_again(folder, opened):
    told = run(folder, "check", "--live", **LIVE)
    assert "confirmed_on is empty" in str(told.exception)
    assert max(opened().values()) == 1

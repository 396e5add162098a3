"""What comes from outside is looked at before it is opened: size, kind, and then how deep it goes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ivr.audio.catalog import MAX_CLIP_BYTES
from ivr.audio.manifest import MANIFEST, MAX_BYTES, read_manifest
from ivr.audio.recordings import read_recordings
from ivr.content import files
from ivr.content.files import read_file
from ivr.content.reading import MAX_BYTES as MAX_YAML
from ivr.content.reading import read_source
from ivr.errors import ContentError, HelplineError


def huge(path: Path, size: int) -> Path:
    """A file of that many bytes, which takes no room on the disk."""
    path.parent.mkdir(exist_ok=True)
    path.touch()  # which opens nothing in Python
    os.truncate(path, size)
    return path


@pytest.fixture
def unopened(monkeypatch):
    """Whatever is opened fails the test."""

    def fail(self, *_how):
        raise AssertionError(f"{self} was opened")

    monkeypatch.setattr(Path, "open", fail)


def test_a_file_is_read_up_to_its_limit(tmp_path):
    assert read_file(huge(tmp_path / "a", 10), 10) == bytes(10)


def test_what_is_too_large_or_no_plain_file_is_not_even_opened(tmp_path, unopened):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero")):
        with pytest.raises(OSError, match="right is a plain file"):
            read_file(path, 10)
    with pytest.raises(OSError, match="it has 11 bytes; right is at most 10"):
        read_file(huge(tmp_path / "a", 11), 10)


def test_a_file_that_grows_meanwhile_is_read_no_further(tmp_path, monkeypatch):
    path = huge(tmp_path / "a", 10)
    small = path.stat()
    path.write_bytes(bytes(1000))
    monkeypatch.setattr(files.Path, "stat", lambda _self: small)
    with pytest.raises(OSError, match="it grows while it is read"):
        read_file(path, 100)


def test_a_file_that_grows_meanwhile_within_its_limit_is_read_to_its_end(tmp_path, monkeypatch):
    path = huge(tmp_path / "a", 10)
    small = path.stat()
    path.write_bytes(bytes(100))
    monkeypatch.setattr(files.Path, "stat", lambda _self: small)
    assert read_file(path, 100) == bytes(100)


def test_a_content_file_that_is_too_large_is_told_with_its_place_and_what_would_be_right(tmp_path):
    path = huge(tmp_path / "menus.yaml", MAX_YAML + 1)
    with pytest.raises(ContentError) as told:
        read_source(path, "menus.yaml")
    assert "menus.yaml:1:1: this file cannot be read: it has 500,001 bytes; right is at most 500,000" in str(told.value)


@pytest.mark.parametrize("text", ["[" * 100_000, "a: " * 50_000, "- " * 100_000, "{" * 100_000, "? " * 100_000])
def test_what_nests_without_end_is_a_mistake_and_no_crash(tmp_path, text):
    path = tmp_path / "menus.yaml"
    path.write_text(text)
    with pytest.raises(ContentError):
        read_source(path, "menus.yaml")


@pytest.mark.parametrize("text", ["[" * 100_000, '{"version": 1, "clips": ' + "[" * 100_000])
def test_a_manifest_that_nests_without_end_or_is_too_large_is_told(tmp_path, text):
    (tmp_path / MANIFEST).write_text(text)
    with pytest.raises(HelplineError, match="is damaged"):
        read_manifest(tmp_path)
    huge(tmp_path / MANIFEST, MAX_BYTES + 1)
    with pytest.raises(HelplineError, match=r"manifest.json can't be read: it has 20,000,001 bytes"):
        read_manifest(tmp_path)


def test_a_register_of_recordings_that_is_too_large_is_told(tmp_path):
    huge(tmp_path / "recordings" / "recordings.json", MAX_BYTES + 1)
    with pytest.raises(HelplineError, match=r"recordings.json can't be read: it has 20,000,001 bytes"):
        read_recordings(tmp_path)


def test_limits_are_far_from_what_there_is():
    root = Path(__file__).parents[2]
    assert 5 * max(path.stat().st_size for path in root.glob("prompts/**/*.yaml")) < MAX_YAML
    assert 5 * (root / "audio" / MANIFEST).stat().st_size < MAX_BYTES
    assert 5 * max(path.stat().st_size for path in root.glob("audio/*/*.wav")) < MAX_CLIP_BYTES

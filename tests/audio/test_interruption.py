"""A build that is killed at any moment leaves no broken file, and the next one goes on where it was."""

from __future__ import annotations

import json
import signal
import subprocess
import sys

import pytest
import soundfile

from ivr.audio.build import build
from ivr.audio.catalog import Catalog, State
from ivr.audio.manifest import MANIFEST, write_manifest
from tests.audio.interrupted import LINES
from tests.audio.speakers import Speaker

# Each line is one clip and one manifest: files are moved into place six times.
MOMENTS = [("speaking", 3), ("before", 1), ("before", 3), ("after", 1), ("after", 3), ("before", 4), ("after", 4)]


def interrupted_build(audio_dir, moment, count):
    command = [sys.executable, "-m", "tests.audio.interrupted", str(audio_dir), moment, str(count)]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL


def contents(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(("moment", "count"), MOMENTS)
def test_a_killed_build_leaves_no_broken_file_and_is_finished_by_the_next(tmp_path, moment, count):
    killed, whole = tmp_path / "killed", tmp_path / "whole"
    interrupted_build(killed, moment, count)
    for file in killed.rglob("*.wav"):
        assert soundfile.info(file).frames > 0
    for manifest in killed.glob(MANIFEST):
        json.loads(manifest.read_text())
    assert all(Catalog.load(killed).state(line) in {State.READY, State.MISSING} for line in LINES)

    engine = Speaker()
    report = build(LINES, killed, {"en": [engine]})
    build(LINES, whole, {"en": [Speaker()]})
    assert len(report.made) + len(report.kept) == 3
    assert contents(killed) == contents(whole)


def test_what_was_done_before_is_not_done_again(tmp_path):
    interrupted_build(tmp_path, "after", 4)
    engine = Speaker()
    build(LINES, tmp_path, {"en": [engine]})
    assert engine.said == list(LINES[2].sentences)


def test_a_clip_that_was_being_replaced_is_never_half_old_and_half_new(tmp_path):
    build(LINES, tmp_path, {"en": [Speaker(rate=2.0)]})
    interrupted_build(tmp_path, "after", 1)
    assert all(soundfile.info(file).frames > 0 for file in tmp_path.rglob("*.wav"))
    assert len(build(LINES, tmp_path, {"en": [Speaker()]}).made) == 3


def test_a_manifest_that_cannot_be_written_leaves_the_old_one(tmp_path, monkeypatch):
    build(LINES, tmp_path, {"en": [Speaker()]})
    before = (tmp_path / MANIFEST).read_bytes()
    monkeypatch.setattr("pathlib.Path.write_bytes", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        write_manifest(tmp_path, [])
    assert (tmp_path / MANIFEST).read_bytes() == before

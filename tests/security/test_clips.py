"""A poisoned clip: one changed byte is noticed by `ivr check`, is not played after a start, and is never kept."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace

import pytest

from ivr.audio.line import line_of
from ivr.verify.clips import clip_problems
from tests.cast import app, call, helpline
from tests.webhooks.test_sound import path_of


@pytest.fixture
def copied(tmp_path):
    """The helpline with an audio folder of its own; its files are linked, and replaced where they are changed."""
    shutil.copytree(helpline().audio_dir, tmp_path / "audio", copy_function=os.symlink)
    return replace(helpline(), audio_dir=tmp_path / "audio")


def poison(line, prompt: str = "free", at: int = -1) -> None:
    clip = line.audio_dir / "en" / f"{prompt}.wav"
    content = bytearray(clip.read_bytes())
    content[at] ^= 1
    clip.unlink()
    clip.write_bytes(content)


@pytest.mark.parametrize("at", [0, 40, 1000, -1])
def test_one_changed_bit_is_noticed(copied, at):
    assert not list(clip_problems(line_of(copied)))
    poison(copied, at=at)
    (problem,) = clip_problems(line_of(copied))
    assert problem.rule == "clip-damaged"
    assert problem.path.endswith("audio/en/free.wav")


def test_after_a_start_it_is_not_played(copied):
    genuine = path_of(copied)
    poison(copied)
    answer = app(copied).test_client().get(genuine)
    assert answer.headers["X-Prompt"] == "en/apology"
    assert "free" not in {name.partition("/")[2] for name in _played(copied)}


def _played(line) -> set[str]:
    return {sound.prompt for sound in call(keys="02", line=line).just_heard if sound.kind == "play"}


def test_under_a_running_server_nobody_keeps_it(copied):
    """Else a CDN would play it for a year, under the address of the genuine one."""
    client, genuine = app(copied).test_client(), path_of(copied)
    assert client.get(genuine).headers["Cache-Control"].endswith("immutable")
    poison(copied)
    answer = client.get(genuine)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers

"""Clips that go while the line runs: callers hear an apology in their language and go on, and staff are told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ivr.audio.line import line_of
from ivr.cli.probe import Stopwatch, probe
from ivr.simulator import Call, HttpTransport
from ivr.verify.clips import clip_problems
from tests.cast import LINE, TOKEN, helpline
from tests.faults.caller import CODE, goes_on, says_goodbye
from tests.faults.server import Server


@pytest.fixture
def clips(line: Server) -> Path:
    """Those in Nepali: links, made again afterwards."""
    folder = line.helpline.parent / "audio" / "ne"
    links = {path: path.readlink() for path in folder.iterdir()}
    yield folder
    for path, target in links.items():
        path.unlink(missing_ok=True)
        path.symlink_to(target)


def sound(made: Call, prompt: str) -> bytes:
    return made.sound_body(next(heard.url for heard in made.just_heard if heard.prompt == prompt))


def test_in_place_of_a_clip_that_is_gone_callers_hear_an_apology_in_their_language(line: Server, clips: Path):
    apology = (clips / "apology.wav").read_bytes()
    (clips / "answer.group_b.wav").unlink()
    for _ in range(4):
        made = line.call(f"{CODE} 1 2")
        assert made.problems == []
        assert sound(made, "ne/answer.group_b") == apology
        assert sound(made, "ne/answer.vary") != apology
        assert goes_on(made)
    assert says_goodbye(made)
    assert 1 <= len(line.logged("the clip ne/answer.group_b is lost")) <= 2  # once in each worker


def test_without_any_clip_of_a_language_a_call_in_it_still_goes_on(line: Server, clips: Path):
    apology = (clips / "apology.wav").read_bytes()
    for clip in clips.iterdir():
        clip.unlink()
    made = line.call(f"{CODE} 1 2")
    assert made.problems == []
    assert {made.sound_body(heard.url) for heard in made.just_heard} == {apology}
    assert says_goodbye(made)


def test_the_check_and_the_synthetic_caller_name_a_clip_that_is_gone(line: Server, clips: Path):
    (clips / "eligible.wav").unlink()
    served = replace(helpline(), audio_dir=clips.parent)
    (problem,) = clip_problems(line_of(served))
    assert problem.path.endswith("audio/ne/eligible.wav")
    asked = replace(served, ready=frozenset({"ne"}))
    network = Stopwatch(HttpTransport())
    report = probe(
        asked,
        f"{line.url}/voice",
        lambda through: Call(through, f"{line.url}/voice", token=TOKEN, to=LINE),
        network,
        15,
    )
    (problem,) = report.problems
    assert problem.startswith(f"ne: {line.url}/audio/ne/eligible.")

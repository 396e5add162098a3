"""`ivr languages`: what staff see of each language."""

from __future__ import annotations

import shutil

import pytest
import yaml
from click.testing import CliRunner

from ivr.audio.build import build
from ivr.audio.manifest import read_manifest
from ivr.cli.main import group
from ivr.cli.new import STARTER
from ivr.content.loader import load_helpline
from tests.audio.speakers import Speaker
from tests.audio.test_cli import cells
from tests.audio.test_recordings import deliver, import_recording, voice

SPEAK = {"en": [Speaker()], "fr": [Speaker(name="gtts", languages=("fr",))]}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "300")
    shutil.copytree(STARTER / "prompts", tmp_path / "prompts")
    return tmp_path / "prompts"


@pytest.fixture(scope="module")
def audio(tmp_path_factory):
    """English and French, spoken once for all tests."""
    made, starter = tmp_path_factory.mktemp("spoken") / "audio", STARTER / "prompts"
    build([*lines(starter, "en"), *lines(starter, "fr")], made, SPEAK)
    return made


@pytest.fixture
def speaking(folder, audio):
    shutil.copytree(audio, folder.parent / "audio")
    return folder


def change(folder, file, **keys):
    path = folder / file
    path.write_text(yaml.safe_dump(yaml.safe_load(path.read_text()) | keys, allow_unicode=True))


def languages(folder, **changes):
    path = folder / "helpline.yaml"
    listed = yaml.safe_load(path.read_text())["languages"]
    change(folder, "helpline.yaml", languages=listed | changes)
    names = {"en": "English", "es": "Spanish", "fr": "French"} | dict.fromkeys(changes, "another")
    change(folder, "text/en.yaml", language_names=names)


def shown(folder):
    result = CliRunner().invoke(group, ["--helpline", str(folder), "languages"])
    heading, *rows = cells(result.output)
    return {row[1]: dict(zip(heading, row, strict=True)) for row in rows}


def lines(folder, language):
    return list(load_helpline(folder).clip_texts[language].values())


def test_a_language_that_speaks_by_say_is_offered(folder):
    french = shown(folder)["fr"]
    assert (french["code"], french["own name"], french["text"]) == ("03", "Français", "draft")
    assert (french["carrier's voice"], french["offered"], french["essentials"]) == ("Polly.Lea", "yes", "-")
    assert french["voice"] == "the carrier's"


def test_each_language_is_shown_with_the_kind_of_voice_that_speaks_it(speaking):
    found = shown(speaking)
    assert {language: row["voice"] for language, row in found.items()} == {
        "en": "statistical",
        "es": "the carrier's",
        "fr": "neural",
    }


def test_a_stale_clip_and_a_recording_of_another_text_are_counted(speaking, tmp_path):
    line = next(line for line in lines(speaking, "en") if line.prompt == "language.name")
    import_recording(speaking.parent / "audio", line, deliver(tmp_path, voice(line)))
    count = len(lines(speaking, "en"))
    assert shown(speaking)["en"]["voice"] == f"a person 1, statistical {count - 1}"
    change(speaking, "text/en.yaml", name="British English")
    stale = 2  # its name, and its item in the list
    assert shown(speaking)["en"]["voice"] == f"statistical {count - stale}, stale {stale}, recorded of another text 1"


def test_a_language_with_neither_clips_nor_a_voice_is_not_offered_and_says_what_it_waits_for(folder, audio):
    languages(folder, fr={"code": "03"})
    count = len(lines(folder, "fr"))
    assert shown(folder)["fr"]["offered"] == f"no: no voice, and {count} clips to make"
    shutil.copytree(audio, folder.parent / "audio")
    assert shown(folder)["fr"]["offered"] == "yes"


def test_a_language_without_a_text_says_so(folder):
    languages(folder, mn={"code": "18"})
    mongolian = shown(folder)["mn"]
    assert (mongolian["own name"], mongolian["carrier's voice"], mongolian["offered"]) == ("-", "none", "no: no text")


def test_how_long_the_essentials_take_is_told_where_every_clip_is_there(speaking):
    seconds = {clip.prompt: clip.seconds for clip in read_manifest(speaking.parent / "audio") if clip.language == "en"}
    essentials = sum(seconds[prompt] for prompt in ("language.name", "everyone", "free", "nights"))
    assert shown(speaking)["en"]["essentials"] == f"{essentials:.0f} s"


def test_a_damaged_clip_counts_as_stale_and_leaves_the_length_of_the_essentials_open(speaking):
    (speaking.parent / "audio/en/language.name.wav").write_bytes(b"RIFF")
    english = shown(speaking)["en"]
    count = len(lines(speaking, "en"))
    assert (english["voice"], english["essentials"]) == (f"statistical {count - 1}, stale 1", "-")


def test_the_last_line_counts_them(folder):
    languages(folder, mn={"code": "18"})
    result = CliRunner().invoke(group, ["--helpline", str(folder), "languages"])
    assert result.output.endswith("3 of 4 languages are offered.\n")

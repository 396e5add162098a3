"""A caller hears a clip only if it says today's text and its file is the one that was built."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from ivr.audio.build import build
from ivr.audio.catalog import Catalog, State, file_of, text_hash
from ivr.audio.manifest import MANIFEST, Clip, read_manifest, write_manifest
from ivr.content.clip_text import ClipText
from ivr.errors import HelplineError
from tests.audio.speakers import LINE, Speaker

OTHER = ClipText("en", "booking", ("For booking, two.",))
CHANGED = ClipText("en", "menu", ("For the papers, press one.",))


def in_state(catalog, state, lines):
    return [line for line in lines if catalog.state(line) is state]


@pytest.fixture
def audio_dir(tmp_path):
    build([LINE, OTHER], tmp_path, {"en": [Speaker()]})
    return tmp_path


def test_a_fresh_clip_is_found(audio_dir):
    clip = Catalog.load(audio_dir).find(LINE)
    assert (clip.file, clip.engine, clip.voice) == ("en/menu.wav", "azure", "syllables x1")
    assert clip.level_dbfs == pytest.approx(-20, abs=0.3)


def test_a_clip_tells_its_length(audio_dir):
    catalog = Catalog.load(audio_dir)
    clip = catalog.find(LINE)
    assert clip.seconds == pytest.approx((catalog.path(clip).stat().st_size - 58) / 8000, abs=0.01)


def test_a_clip_of_another_text_is_stale(audio_dir):
    catalog = Catalog.load(audio_dir)
    assert catalog.find(CHANGED) is None
    assert in_state(catalog, State.STALE, [CHANGED, OTHER]) == [CHANGED]


def test_a_clip_that_was_never_made_is_missing(audio_dir):
    new = ClipText("en", "new", ("A person, zero.",))
    assert Catalog.load(audio_dir).find(new) is None
    assert in_state(Catalog.load(audio_dir), State.MISSING, [LINE, new]) == [new]


def test_the_same_prompt_of_another_language_is_another_clip(audio_dir):
    assert Catalog.load(audio_dir).state(ClipText("fr", "menu", LINE.sentences)) is State.MISSING


@pytest.mark.parametrize("spoil", [lambda file: file.unlink(), lambda file: file.write_bytes(file.read_bytes()[:-1])])
def test_a_lost_or_shortened_file_is_damaged(audio_dir, spoil):
    spoil(audio_dir / "en/menu.wav")
    catalog = Catalog.load(audio_dir)
    assert catalog.find(LINE) is None
    assert in_state(catalog, State.DAMAGED, [LINE, OTHER]) == [LINE]


def test_two_clips_with_their_bytes_swapped_are_damaged(audio_dir):
    one, two = audio_dir / "en/menu.wav", audio_dir / "en/booking.wav"
    first, second = one.read_bytes(), two.read_bytes()
    one.write_bytes(second)
    two.write_bytes(first)
    assert in_state(Catalog.load(audio_dir), State.DAMAGED, [LINE, OTHER]) == [LINE, OTHER]


def test_a_folder_without_a_manifest_has_no_clips(tmp_path):
    assert Catalog.load(tmp_path / "audio").state(LINE) is State.MISSING


def test_a_manifest_that_may_not_be_read_is_told_as_such(tmp_path):
    (tmp_path / MANIFEST).mkdir()
    with pytest.raises(HelplineError, match=r"manifest.json can't be read: Is a directory"):
        Catalog.load(tmp_path)


def test_where_a_sentence_ends_is_part_of_the_text():
    assert text_hash(["One two.", "Three."]) != text_hash(["One two. Three."])


@pytest.mark.parametrize("prompt", ["../menu", "a/b", "", ".hidden"])
def test_a_prompt_whose_name_is_a_path_has_no_file(prompt):
    with pytest.raises(HelplineError, match="cannot be a file's name"):
        file_of(ClipText("en", prompt, ("One.",)))


def row(**changes):
    clip = dict.fromkeys(Clip.__dataclass_fields__, "x") | {"seconds": 1.0, "level_dbfs": -20.0} | changes
    return {"version": 1, "clips": [clip]}


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("", "Expecting value"),
        ('{"version": 1, "clips": [', "Expecting value"),
        ("[]", "it doesn't say 'version': 1"),
        ('{"version": 2, "clips": []}', "it doesn't say 'version': 1"),
        ('{"version": 1}', "it has no list of clips"),
        ('{"version": 1, "clips": [{}]}', "clip 1 hasn't the fields of a clip"),
        ('{"version": 1, "clips": ["en"]}', "clip 1 hasn't the fields of a clip"),
        (json.dumps(row(seconds="long")), "clip 1 has a strange seconds: 'long'"),
        (json.dumps(row(file="/etc/passwd")), "clip 1 lies outside its folder"),
        (json.dumps(row(file="en/../../x.wav")), "clip 1 lies outside its folder"),
        (json.dumps({"version": 1, "clips": row()["clips"] * 2}), "it lists a clip twice"),
        ("\udcff", "utf-8"),
    ],
)
def test_a_damaged_manifest_says_what_is_wrong_and_what_to_do(tmp_path, content, what):
    (tmp_path / MANIFEST).write_bytes(content.encode(errors="surrogateescape"))
    with pytest.raises(HelplineError) as error:
        Catalog.load(tmp_path)
    assert str(tmp_path / MANIFEST) in str(error.value)
    assert what in str(error.value)
    assert "delete it and run `ivr audio build`" in str(error.value)


def test_what_is_written_is_read_again(audio_dir):
    clips = read_manifest(audio_dir)
    before = (audio_dir / MANIFEST).read_bytes()
    write_manifest(audio_dir, reversed(clips))
    assert (audio_dir / MANIFEST).read_bytes() == before


def test_a_change_of_one_clip_changes_one_line_of_the_manifest(audio_dir):
    before = (audio_dir / MANIFEST).read_text().splitlines()
    build([CHANGED, OTHER], audio_dir, {"en": [Speaker()]})
    after = (audio_dir / MANIFEST).read_text().splitlines()
    assert len(before) == len(after) == 4
    assert sum(old != new for old, new in zip(before, after, strict=True)) == 1


def test_the_catalog_needs_nothing_but_the_standard_library():
    code = (
        "import sys, ivr.audio.catalog; sys.exit(any(name in sys.modules for name in ('numpy', 'soundfile', 'soxr')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

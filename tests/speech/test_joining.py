"""A list in which each language names itself is one clip, joined of theirs."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
import soundfile

from ivr.errors import HelplineError
from ivr.flow.lines import Line
from ivr.speech.build import build
from ivr.speech.catalog import Catalog
from ivr.speech.joined import find_joined
from ivr.speech.joining import GAP, join
from ivr.speech.levels import speech_level
from ivr.speech.telephone import RATE, decoded
from tests.speech.speakers import Speaker

ITEMS = [
    Line("en", "language.item", ("English, zero two.",)),
    Line("fr", "language.item", ("Français, un neuf.",)),
    Line("ru", "language.item", ("Русский, два два.",)),
]
ENGINES = {line.language: [Speaker(name="gtts", languages=("en", "fr", "ru"))] for line in ITEMS}


@pytest.fixture
def audio_dir(tmp_path):
    build(ITEMS, tmp_path, ENGINES)
    return tmp_path


def items(audio_dir, lines=ITEMS):
    catalog = Catalog.load(audio_dir)
    return [catalog.find(line) for line in lines]


def found(audio_dir, parts, name="list"):
    return find_joined(Catalog.load(audio_dir), name, parts)


def sound(audio_dir, clip):
    return decoded((audio_dir / clip.file).read_bytes())


def test_the_joined_clip_holds_its_parts_unchanged_in_their_order_with_a_gap_between(audio_dir):
    parts = items(audio_dir)
    (clip,) = join(audio_dir, {"list": parts})
    gap = np.zeros(round(GAP * RATE))
    whole = np.concatenate([piece for part in parts for piece in (gap, sound(audio_dir, part))][1:])
    assert np.array_equal(sound(audio_dir, clip), whole)


def test_it_is_a_file_like_any_other_and_as_loud(audio_dir):
    (clip,) = join(audio_dir, {"list": items(audio_dir)})
    info = soundfile.info(audio_dir / clip.file)
    assert (clip.file, info.subtype, info.samplerate) == ("joined/list.wav", "ULAW", 8000)
    assert clip.seconds == pytest.approx(info.frames / 8000, abs=0.001)
    assert speech_level(sound(audio_dir, clip), RATE) == pytest.approx(-20, abs=0.3)


def test_it_is_found_for_exactly_its_parts(audio_dir):
    parts = items(audio_dir)
    (clip,) = join(audio_dir, {"list": parts})
    assert found(audio_dir, parts) == clip
    assert found(audio_dir, parts[:2]) is None
    assert found(audio_dir, parts[::-1]) is None
    assert found(audio_dir, parts, "other") is None


def test_a_second_time_nothing_is_made(audio_dir):
    parts = items(audio_dir)
    join(audio_dir, {"list": parts})
    before = (audio_dir / "manifest.json").stat().st_mtime_ns
    assert join(audio_dir, {"list": parts}) == ()
    assert (audio_dir / "manifest.json").stat().st_mtime_ns == before


def test_another_part_makes_it_anew(audio_dir):
    join(audio_dir, {"list": items(audio_dir)})
    changed = [Line("en", "language.item", ("English: zero, two!",)), *ITEMS[1:]]
    build(changed, audio_dir, ENGINES)
    parts = items(audio_dir, changed)
    assert found(audio_dir, parts) is None
    assert len(join(audio_dir, {"list": parts})) == 1


@pytest.mark.parametrize("spoil", [lambda file: file.unlink(), lambda file: file.write_bytes(b"RIFF")])
def test_one_that_is_lost_or_damaged_is_not_found_and_made_again(audio_dir, spoil):
    parts = items(audio_dir)
    join(audio_dir, {"list": parts})
    spoil(audio_dir / "joined/list.wav")
    assert found(audio_dir, parts) is None
    assert len(join(audio_dir, {"list": parts})) == 1


def test_a_list_that_is_cut_in_two_is_two_clips_and_the_former_one_is_removed(audio_dir):
    parts = items(audio_dir)
    join(audio_dir, {"list": parts})
    assert [clip.prompt for clip in join(audio_dir, {"list.1": parts[:1], "list.2": parts[1:]})] == ["list.1", "list.2"]
    assert not (audio_dir / "joined/list.wav").exists()
    assert found(audio_dir, parts) is None


def test_a_build_leaves_it_where_it_is(audio_dir):
    parts = items(audio_dir)
    join(audio_dir, {"list": parts})
    assert build(ITEMS, audio_dir, ENGINES).pruned == ()
    assert found(audio_dir, parts)


@pytest.mark.parametrize("spoil", [lambda file: file.unlink(), lambda file: file.write_bytes(b"RIFF")])
def test_a_part_that_is_lost_or_damaged_is_told_and_nothing_is_made(audio_dir, spoil):
    parts = items(audio_dir)
    spoil(audio_dir / "fr/language.item.wav")
    with pytest.raises(HelplineError, match=r"fr/language\.item\.wav is lost or damaged"):
        join(audio_dir, {"list": parts})
    assert found(audio_dir, parts) is None


def test_nothing_cannot_be_joined(audio_dir):
    with pytest.raises(HelplineError, match="nothing to join for 'list'"):
        join(audio_dir, {"list": []})


def test_finding_it_needs_nothing_but_the_standard_library():
    code = "import sys, ivr.speech.joined, ivr.speech.recordings; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

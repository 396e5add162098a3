"""A build makes what is missing, keeps what is good, refuses what is bad, and removes what nobody names."""

from __future__ import annotations

import os

import pytest

from ivr.audio import telephone_sound
from ivr.audio.build import build, plan
from ivr.audio.catalog import Catalog, State
from ivr.audio.manifest import MANIFEST, read_manifest
from ivr.content.clip_text import ClipText
from ivr.errors import HelplineError
from tests.audio.speakers import Absent, Mute, Parrot, Refusing, Shouting, Speaker, Together

MENU = ClipText("en", "menu", ("For the coupon, press one.", "For booking, two."))
BACK = ClipText("en", "key.back", ("Back, star.",))
TWO = ClipText("en", "digit.2", ("two",))
LINES = [MENU, BACK, TWO]


def english(*engines):
    return {"en": engines or (Speaker(),)}


def files(audio_dir):
    return sorted(path.relative_to(audio_dir).as_posix() for path in audio_dir.rglob("*") if path.is_file())


def refusals(report):
    return {refusal.clip_text.prompt: refusal.reason for refusal in report.refused}


def waits(report):
    return {waiting.clip_text.prompt: waiting.reason for waiting in report.waiting}


def test_a_first_build_makes_every_clip(tmp_path):
    report = build(LINES, tmp_path, english())
    assert [clip.prompt for clip in report.made] == ["menu", "key.back", "digit.2"]
    assert (report.kept, report.refused, report.pruned) == ((), (), ())
    assert files(tmp_path) == ["en/digit.2.wav", "en/key.back.wav", "en/menu.wav", MANIFEST]
    assert all(Catalog.load(tmp_path).state(line) is State.READY for line in LINES)


def test_a_second_build_makes_nothing_and_asks_no_engine(tmp_path):
    build(LINES, tmp_path, english())
    speaker = Speaker()
    report = build(LINES, tmp_path, english(speaker))
    assert (len(report.kept), report.made, speaker.said) == (3, (), [])


def test_two_builds_in_two_places_give_the_same_bytes(tmp_path):
    for place in ("one", "two"):
        build(LINES, tmp_path / place, english())
    assert all(
        (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()
        for file in files(tmp_path / "one")
    )


def test_only_the_line_that_changed_is_made_again(tmp_path):
    build(LINES, tmp_path, english())
    speaker = Speaker()
    build([MENU, ClipText("en", "key.back", ("Return, star.",)), TWO], tmp_path, english(speaker))
    assert speaker.said == ["Return, star."]


@pytest.mark.parametrize("spoil", [lambda file: file.unlink(), lambda file: file.write_bytes(b"RIFF")])
def test_a_lost_or_damaged_file_is_made_again(tmp_path, spoil):
    build(LINES, tmp_path, english())
    spoil(tmp_path / "en/menu.wav")
    assert [clip.prompt for clip in build(LINES, tmp_path, english()).made] == ["menu"]


def test_another_rate_of_speech_makes_every_clip_again(tmp_path):
    build(LINES, tmp_path, english())
    assert len(build(LINES, tmp_path, english(Speaker(rate=0.9))).made) == 3


def test_another_pipeline_makes_every_clip_again(tmp_path, monkeypatch):
    build(LINES, tmp_path, english())
    monkeypatch.setattr(telephone_sound, "PIPELINE", "next")
    assert len(build(LINES, tmp_path, english()).made) == 3


def test_a_clip_of_the_second_engine_is_kept_while_it_is_listed(tmp_path):
    build(LINES, tmp_path, english(Refusing(name="espeak-ng"), Speaker()))
    assert len(build(LINES, tmp_path, english(Refusing(name="espeak-ng"), Speaker())).kept) == 3


def test_an_engine_that_is_asked_for_speaks_anew_what_a_later_one_spoke(tmp_path):
    build(LINES, tmp_path, english(Refusing(name="espeak-ng"), Speaker()))
    both = english(Speaker(name="espeak-ng"), Speaker())
    assert plan(LINES, tmp_path, both, ["espeak-ng"]) == LINES
    report = build(LINES, tmp_path, both, by=["espeak-ng"])
    assert {clip.engine for clip in report.made} == {"espeak-ng"}


def test_an_engine_that_is_asked_for_leaves_what_a_better_one_spoke(tmp_path):
    both = english(Speaker(name="espeak-ng"), Speaker())
    build(LINES, tmp_path, both)
    assert len(build(LINES, tmp_path, both, by=["azure"]).kept) == 3


def test_no_other_engine_speaks_for_the_one_that_is_asked_for(tmp_path):
    refusing, speaker = Refusing(name="espeak-ng"), Speaker()
    report = build(LINES, tmp_path, english(refusing, speaker), by=["espeak-ng"])
    assert refusals(report)["menu"] == "espeak-ng: it coughed"
    assert speaker.said == []


def test_a_clip_stays_when_a_better_engine_fails(tmp_path):
    build(LINES, tmp_path, english(Absent(name="espeak-ng"), Speaker()))
    report = build(LINES, tmp_path, english(Absent(name="espeak-ng"), Speaker()), by=["espeak-ng"])
    assert (len(report.waiting), report.refused) == (3, ())
    assert all(Catalog.load(tmp_path).find(line) for line in LINES)


def test_an_engine_that_could_not_work_is_told(tmp_path):
    assert build(LINES, tmp_path, english(Absent(name="espeak-ng"), Speaker())).dropped == ("it is not installed",)


def test_the_next_engine_speaks_when_the_first_cannot(tmp_path):
    report = build(LINES, tmp_path, english(Refusing(name="espeak-ng"), Speaker()))
    assert {clip.engine for clip in report.made} == {"azure"}


def test_an_engine_that_is_not_installed_is_asked_once(tmp_path):
    absent = Absent(name="espeak-ng")
    build(LINES, tmp_path, english(absent, Speaker()))
    assert len(absent.said) == 1


def test_where_no_engine_can_work_every_line_waits_for_one(tmp_path):
    report = build(LINES, tmp_path, english(Absent()))
    assert report.refused == ()
    assert waits(report) == dict.fromkeys(["menu", "key.back", "digit.2"], "it is not installed")
    assert files(tmp_path) == []


def test_a_language_without_engines_waits_for_a_person(tmp_path):
    report = build([ClipText("th", "menu", ("สวัสดี",))], tmp_path, {})
    assert (waits(report), report.refused) == ({"menu": "No engine is listed for it."}, ())


def test_a_line_that_one_engine_refused_is_refused_though_the_others_cannot_work(tmp_path):
    report = build([MENU], tmp_path, english(Absent(name="espeak-ng"), Refusing()))
    assert (refusals(report), report.waiting) == ({"menu": "azure: it coughed it is not installed"}, ())


def test_an_engine_that_may_speaks_several_clips_at_once_and_the_others_one(tmp_path):
    together = Together(name="kokoro")
    assert len(build(LINES, tmp_path / "kokoro", english(together)).made) == 3
    assert together.most == min(2, os.cpu_count())
    alone = Together(name="espeak-ng", patience=0.01)
    assert len(build(LINES, tmp_path / "espeak-ng", english(alone)).made) == 3
    assert alone.most == 1


def test_an_engine_that_is_not_known_to_read_the_language_is_not_asked(tmp_path):
    speaker = Speaker(name="espeak-ng", languages=("ja",))
    report = build([ClipText("ja", "menu", ("予約は ニ。",))], tmp_path, {"ja": [speaker]})
    assert refusals(report)["menu"] == (
        "espeak-ng: espeak-ng isn't known to read ja; engines that do: gtts, kokoro, open-jtalk, azure."
    )
    assert speaker.said == []


def test_a_text_that_cannot_be_spoken_is_not_given_to_an_engine(tmp_path):
    speaker = Speaker()
    report = build([ClipText("en", "menu", ("Press 1.",))], tmp_path, english(speaker))
    assert refusals(report) == {"menu": "Sentence 1: '1' is a digit; write numbers as words."}
    assert speaker.said == []


def test_a_clip_that_fails_a_check_is_not_kept(tmp_path):
    report = build(LINES, tmp_path, english(Mute()))
    assert refusals(report)["menu"] == "azure: It is silent: the engine gave no speech."
    assert files(tmp_path) == []


def test_speech_that_came_clipped_is_not_kept(tmp_path):
    report = build(LINES, tmp_path, english(Shouting()))
    assert refusals(report)["menu"].startswith("azure: It was already clipped")


def test_a_clip_whose_successor_is_refused_stays_and_shows_as_stale(tmp_path):
    build([BACK], tmp_path, english())
    changed = ClipText("en", "key.back", ("Return, star.",))
    build([changed], tmp_path, english(Mute()))
    assert Catalog.load(tmp_path).state(changed) is State.STALE
    assert Catalog.load(tmp_path).find(BACK) is not None


def test_the_same_sound_for_two_texts_refuses_both(tmp_path):
    one, two = ClipText("en", "one", ("A person, zero.",)), ClipText("en", "two", ("The start, nine.",))
    report = build([one, two], tmp_path, english(Parrot()))
    assert refusals(report) == {
        "one": "It sounds the same as en two, which has a different text: the engine misspoke one.",
        "two": "It sounds the same as en one, which has a different text: the engine misspoke one.",
    }
    assert report.made == ()
    assert files(tmp_path) == [MANIFEST]
    assert read_manifest(tmp_path) == []


def test_one_language_in_two_scripts_may_sound_the_same(tmp_path):
    one, two = ClipText("zh-Hans", "one", ("人工服务请按零。",)), ClipText("zh-Hant", "one", ("真人服務請按零。",))
    parrot = Parrot(name="espeak-ng", languages=("zh-Hans", "zh-Hant"))
    report = build([one, two], tmp_path, {"zh-Hans": (parrot,), "zh-Hant": (parrot,)})
    assert refusals(report) == {}
    assert len(report.made) == 2


def test_the_same_sound_as_a_clip_of_an_earlier_build_refuses_both(tmp_path):
    one, two = ClipText("en", "one", ("A person, zero.",)), ClipText("en", "two", ("The start, nine.",))
    build([two], tmp_path, english(Parrot()))
    report = build([one, two], tmp_path, english(Parrot()))
    assert set(refusals(report)) == {"one", "two"}
    assert (report.made, report.kept) == ((), ())


def test_the_same_text_in_two_prompts_may_sound_the_same(tmp_path):
    one, two = ClipText("en", "one", ("A person, zero.",)), ClipText("en", "two", ("A person: zero!",))
    assert len(build([one, two], tmp_path, english(Parrot())).made) == 2


def test_clips_that_no_line_names_are_removed(tmp_path):
    build(LINES, tmp_path, english())
    report = build([MENU], tmp_path, english())
    assert report.pruned == ("en/digit.2.wav", "en/key.back.wav")
    assert files(tmp_path) == ["en/menu.wav", MANIFEST]
    assert [clip.prompt for clip in read_manifest(tmp_path)] == ["menu"]


def test_what_interrupted_builds_left_is_removed(tmp_path):
    build(LINES, tmp_path, english())
    for name in (".manifest.json.7.tmp", "en/.menu.wav.7.tmp", "en/orphan.wav"):
        (tmp_path / name).write_bytes(b"half")
    assert build(LINES, tmp_path, english()).pruned == ("en/orphan.wav",)
    assert files(tmp_path) == ["en/digit.2.wav", "en/key.back.wav", "en/menu.wav", MANIFEST]


def test_recordings_are_never_removed(tmp_path):
    (tmp_path / "recordings").mkdir()
    (tmp_path / "recordings/anna.wav").write_bytes(b"voice")
    build(LINES, tmp_path, english())
    assert (tmp_path / "recordings/anna.wav").exists()


def test_work_on_one_language_leaves_the_others_as_they_are(tmp_path):
    japanese = ClipText("ja", "menu", ("ヨヤクハ ニヲ オシテ クダサイ。",))
    engines = english() | {"ja": [Speaker(name="open-jtalk", languages=("ja",))]}
    build([MENU, japanese], tmp_path, engines)
    (tmp_path / "ja/orphan.wav").write_bytes(b"half")
    report = build([BACK], tmp_path, engines, only={"en"})
    assert report.pruned == ("en/menu.wav",)
    assert Catalog.load(tmp_path).find(japanese) is not None


def test_a_plan_writes_nothing(tmp_path):
    build([MENU], tmp_path, english())
    before = files(tmp_path)
    assert plan(LINES, tmp_path, english()) == [BACK, TWO]
    assert files(tmp_path) == before


def test_progress_is_told_for_each_line(tmp_path):
    build([MENU], tmp_path, english())
    told = []
    bad = ClipText("en", "bad", ("Press 1.",))
    build([BACK, bad, MENU], tmp_path, english(), progress=lambda line, outcome: told.append((line.prompt, outcome)))
    assert told == [("menu", "kept"), ("key.back", "made"), ("bad", "refused")]


def test_a_damaged_manifest_stops_the_build_before_anything_is_made(tmp_path):
    (tmp_path / MANIFEST).write_text("{")
    speaker = Speaker()
    with pytest.raises(HelplineError, match="is damaged"):
        build(LINES, tmp_path, english(speaker))
    assert speaker.said == []

"""A person's voice: taken in once, checked like every clip, and played for as long as the text is the one it read."""

from __future__ import annotations

import csv
import io
import json
import os
from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest
import soundfile
from click.testing import CliRunner

from ivr.audio import telephone_sound
from ivr.audio.build import build, plan
from ivr.audio.catalog import Catalog, State
from ivr.audio.import_recording import Delivery, import_recording
from ivr.audio.loudness import FRAME_SECONDS, speech_frames
from ivr.audio.recordings import MAX_RECORDING_BYTES, read_recordings
from ivr.cli import recordings as commands
from ivr.content.clip_text import ClipText
from ivr.errors import HelplineError
from tests.audio.speakers import LINE, RATE, Speaker, seconds_of, syllables

CHANGED = ClipText("en", "menu", ("For the papers, press one.",))
OTHER = ClipText("en", "other", ("A person, zero, at any hour.",))
ENGLISH = {"en": [Speaker()]}


def voice(line=LINE, noise=0.0005, rate=RATE):
    """Someone speaks, with a second of the room before and after."""
    speech = syllables(f"a person: {line.text}", seconds_of(line.text, line.language), rate)
    room = np.random.default_rng(1).standard_normal(len(speech) + 2 * rate) * noise
    room[rate:-rate] += speech
    return room.astype(np.float32)


def deliver(folder, samples=None, name="menu.wav", rate=RATE):
    file = folder / name
    soundfile.write(file, voice() if samples is None else samples, rate)
    return Delivery(file, "A. N.", date(2026, 11, 20), date(2026, 11, 19))


@pytest.fixture
def audio_dir(tmp_path):
    return tmp_path / "audio"


def test_a_recording_becomes_a_clip_like_any_other(tmp_path, audio_dir):
    clip = import_recording(audio_dir, LINE, deliver(tmp_path))
    assert (clip.engine, clip.voice) == ("recording", "A. N.")
    assert clip.level_dbfs == pytest.approx(-20, abs=0.3)
    assert Catalog.load(audio_dir).find(LINE) == clip


@pytest.mark.parametrize("name", ["menu.wav", "menu.flac", "menu.ogg", "menu.mp3", "MENU.WAV", "menu.aiff"])
def test_it_is_kept_as_it_was_delivered(tmp_path, audio_dir, name):
    delivery = deliver(tmp_path, name=name)
    import_recording(audio_dir, LINE, delivery)
    kept = audio_dir / "recordings/en" / f"menu{delivery.file.suffix.lower()}"
    assert kept.read_bytes() == delivery.file.read_bytes()


def test_who_spoke_when_and_with_whose_consent_is_remembered(tmp_path, audio_dir):
    import_recording(audio_dir, LINE, deliver(tmp_path))
    recording = read_recordings(audio_dir)["en", "menu"]
    assert (recording.speaker, recording.recorded, recording.consent) == ("A. N.", "2026-11-20", "2026-11-19")


def test_the_room_before_and_after_the_speech_is_taken_off(tmp_path, audio_dir):
    import_recording(audio_dir, LINE, deliver(tmp_path, voice(noise=0.003)))
    clip = telephone_sound.decoded((audio_dir / "en/menu.wav").read_bytes())
    assert len(clip) / telephone_sound.RATE < seconds_of(LINE.text, "en") + 0.5
    assert speech_frames(clip, telephone_sound.RATE)[0] * FRAME_SECONDS < 0.3


def test_it_wins_over_every_engine(tmp_path, audio_dir):
    import_recording(audio_dir, LINE, deliver(tmp_path))
    assert plan([LINE], audio_dir, ENGLISH, ["azure"]) == []
    assert [clip.engine for clip in build([LINE], audio_dir, ENGLISH).kept] == ["recording"]


def test_a_clip_of_it_that_is_lost_is_made_from_it_again(tmp_path, audio_dir):
    clip = import_recording(audio_dir, LINE, deliver(tmp_path))
    (audio_dir / "en/menu.wav").unlink()
    assert build([LINE], audio_dir, ENGLISH).made == (clip,)


def test_it_takes_the_place_of_an_engines_clip(tmp_path, audio_dir):
    build([LINE, OTHER], audio_dir, ENGLISH)
    import_recording(audio_dir, LINE, deliver(tmp_path))
    catalog = Catalog.load(audio_dir)
    assert (catalog.find(LINE).engine, catalog.find(OTHER).engine) == ("recording", "azure")


def test_when_the_text_changes_it_is_stale_and_an_engine_speaks(tmp_path, audio_dir):
    import_recording(audio_dir, LINE, deliver(tmp_path))
    assert Catalog.load(audio_dir).state(CHANGED) is State.STALE
    assert [clip.engine for clip in build([CHANGED], audio_dir, ENGLISH).made] == ["azure"]
    assert not read_recordings(audio_dir)["en", "menu"].says(CHANGED)


def test_when_the_text_comes_back_so_does_the_voice(tmp_path, audio_dir):
    import_recording(audio_dir, LINE, deliver(tmp_path))
    build([CHANGED], audio_dir, ENGLISH)
    assert [clip.engine for clip in build([LINE], audio_dir, ENGLISH).made] == ["recording"]


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [(lambda file: file.unlink(), "is lost"), (lambda file: file.write_bytes(b"RIFF"), "isn't the one that was")],
)
def test_a_recording_that_is_lost_is_told_and_no_engine_takes_its_place(tmp_path, audio_dir, spoil, reason):
    import_recording(audio_dir, LINE, deliver(tmp_path))
    (audio_dir / "en/menu.wav").unlink()
    spoil(audio_dir / "recordings/en/menu.wav")
    (refusal,) = build([LINE], audio_dir, ENGLISH).refused
    assert reason in refusal.reason


@pytest.mark.parametrize(
    ("samples", "rate", "reason"),
    [
        (np.clip(voice() * 30, -1, 1), RATE, "was already clipped"),
        (voice(noise=0.05), RATE, "It is noisy: speech is"),
        (np.zeros(RATE, dtype=np.float32), RATE, "It is silent"),
        (np.zeros(0, dtype=np.float32), RATE, "It is silent"),
        (voice()[: RATE * 5 // 4], RATE, "too fast or cut"),
        (voice(rate=4000), 4000, "It has 4000 samples a second"),
        (np.zeros((RATE, 3), np.float32), RATE, "It has 3 channels; right is 2 at most"),
    ],
    ids=["clipped", "noisy", "silent", "empty", "cut", "coarse", "channels"],
)
def test_what_a_caller_should_not_hear_is_refused_and_not_kept(tmp_path, audio_dir, samples, rate, reason):
    with pytest.raises(HelplineError, match=reason):
        import_recording(audio_dir, LINE, deliver(tmp_path, samples, rate=rate))
    assert not audio_dir.exists()


def test_what_is_not_sound_is_refused(tmp_path, audio_dir):
    delivery = deliver(tmp_path)
    delivery.file.write_bytes(b"not sound")
    with pytest.raises(HelplineError, match="isn't a sound file"):
        import_recording(audio_dir, LINE, delivery)


@pytest.mark.parametrize(("name", "reason"), [("menu.doc", r"\.doc isn't read here"), ("gone.wav", "No such file")])
def test_a_file_that_cannot_be_read_is_told(tmp_path, audio_dir, name, reason):
    delivery = Delivery(tmp_path / name, "A. N.", date(2026, 11, 20), date(2026, 11, 19))
    with pytest.raises(HelplineError, match=reason):
        import_recording(audio_dir, LINE, delivery)


def test_hours_in_a_few_bytes_are_refused_before_they_are_unpacked(tmp_path, audio_dir, monkeypatch):
    delivery = deliver(tmp_path, np.zeros(8000 * 600, np.float32), "menu.flac", 8000)
    assert delivery.file.stat().st_size < 100_000
    monkeypatch.setattr("soundfile.SoundFile.read", None)
    with pytest.raises(HelplineError, match="It lasts 600 s; right is 180 s at most"):
        import_recording(audio_dir, LINE, delivery)
    assert not audio_dir.exists()


def voice_message(folder, name):
    """As messengers send it: Opus in Ogg, at 48 kHz."""
    soundfile.write(folder / name, voice(rate=48_000), 48_000, format="OGG", subtype="OPUS")
    return Delivery(folder / name, "Ngọc Ánh နန်း", date(2026, 11, 20), date(2026, 11, 19))


@pytest.mark.parametrize("name", ["PTT-20261120-WA0001.opus", "audio_2026.ogg", "အသံ မှတ်တမ်း.oga", "giọng nói.opus"])
def test_a_voice_message_of_a_messenger_is_taken_whatever_its_name(tmp_path, audio_dir, name):
    clip = import_recording(audio_dir, LINE, voice_message(tmp_path, name))
    assert clip.voice == "Ngọc Ánh နန်း"
    assert read_recordings(audio_dir)["en", "menu"].speaker == clip.voice


@pytest.mark.parametrize("part", [0.97, 0.7, 0.3])
@pytest.mark.parametrize("name", ["menu.wav", "menu.flac", "menu.ogg", "menu.opus", "menu.mp3", "menu.aiff"])
def test_a_recording_that_stops_in_mid_file_is_refused(tmp_path, audio_dir, name, part):
    delivery = voice_message(tmp_path, name) if name == "menu.opus" else deliver(tmp_path, name=name)
    content = delivery.file.read_bytes()
    delivery.file.write_bytes(content[: int(len(content) * part)])
    with pytest.raises(HelplineError, match=r"It is cut off: .* Send or copy it again|or only a part of one"):
        import_recording(audio_dir, LINE, delivery)
    assert not audio_dir.exists()


def test_a_file_that_is_too_large_is_not_opened(tmp_path, audio_dir, monkeypatch):
    delivery = deliver(tmp_path)
    os.truncate(delivery.file, MAX_RECORDING_BYTES + 1)
    monkeypatch.setattr("pathlib.Path.open", None)
    with pytest.raises(HelplineError, match=r"menu.wav can't be read: it has 50,000,001 bytes"):
        import_recording(audio_dir, LINE, delivery)
    assert not audio_dir.exists()


def test_a_recorder_that_does_not_know_the_length_yet_is_no_reason_to_refuse(tmp_path, audio_dir):
    delivery = deliver(tmp_path)
    content = delivery.file.read_bytes()
    delivery.file.write_bytes(content[:4] + b"\xff" * 4 + content[8:])
    assert import_recording(audio_dir, LINE, delivery).engine == "recording"


@pytest.mark.parametrize("name", ["menu.m4a", "menu.mp3", "menu.wav"])
def test_what_a_telephone_recorded_is_converted_whatever_its_name(tmp_path, audio_dir, monkeypatch, name):
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / name).write_bytes(b"\0\0\0\x20ftypM4A ")
    delivery = Delivery(tmp_path / name, "A. N.", date(2026, 11, 20), date(2026, 11, 19))
    with pytest.raises(HelplineError, match=r"M4A.* needs ffmpeg .*`ffmpeg -i FILE NAME.wav` makes one"):
        import_recording(audio_dir, LINE, delivery)


def test_the_same_file_for_another_text_is_refused(tmp_path, audio_dir):
    import_recording(audio_dir, LINE, deliver(tmp_path))
    with pytest.raises(HelplineError, match="imported for en menu, a different text"):
        import_recording(audio_dir, OTHER, deliver(tmp_path))


def test_a_second_recording_replaces_the_first(tmp_path, audio_dir):
    import_recording(audio_dir, LINE, deliver(tmp_path))
    import_recording(audio_dir, LINE, deliver(tmp_path, voice() * 0.5, "again.flac"))
    assert [path.name for path in (audio_dir / "recordings/en").iterdir()] == ["menu.flac"]
    assert len(read_recordings(audio_dir)) == 1


def test_m4a_without_ffmpeg_is_told_what_to_do(tmp_path, audio_dir, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "menu.m4a").write_bytes(b"....ftypM4A")
    delivery = Delivery(tmp_path / "menu.m4a", "A. N.", date(2026, 11, 20), date(2026, 11, 19))
    with pytest.raises(HelplineError, match=r"M4A, which needs ffmpeg .*or deliver WAV"):
        import_recording(audio_dir, LINE, delivery)


def ffmpeg(folder, script):
    program = folder / "ffmpeg"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


def test_m4a_is_converted_by_ffmpeg_and_both_files_are_kept(tmp_path, audio_dir, monkeypatch):
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    soundfile.write(tmp_path / "converted.flac", voice(), RATE)
    ffmpeg(tmp_path, f'for last; do :; done; cp {tmp_path}/converted.flac "$last"')
    (tmp_path / "menu.m4a").write_bytes(b"....ftypM4A")
    import_recording(audio_dir, LINE, Delivery(tmp_path / "menu.m4a", "A. N.", date(2026, 1, 1), date(2026, 1, 1)))
    assert {path.name for path in (audio_dir / "recordings/en").iterdir()} == {"menu.flac", "menu.m4a"}
    assert build([LINE], audio_dir, ENGLISH).kept[0].engine == "recording"


def test_ffmpeg_that_fails_is_told(tmp_path, audio_dir, monkeypatch):
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    ffmpeg(tmp_path, "exit 3")
    (tmp_path / "menu.m4a").write_bytes(b"....ftypM4A")
    with pytest.raises(HelplineError, match="ffmpeg can't convert it"):
        import_recording(audio_dir, LINE, Delivery(tmp_path / "menu.m4a", "A", date(2026, 1, 1), date(2026, 1, 1)))


@pytest.mark.parametrize(
    "content", ["{", "[]", '{"version": 1}', '{"version": 1, "recordings": [{}]}', "OUTSIDE"], ids=str
)
def test_a_damaged_register_is_told(tmp_path, audio_dir, content):
    import_recording(audio_dir, LINE, deliver(tmp_path))
    register = audio_dir / "recordings/recordings.json"
    outside = register.read_text().replace("en/menu.wav", "../menu.wav")
    register.write_text(outside if content == "OUTSIDE" else content)
    with pytest.raises(HelplineError, match="is damaged"):
        build([LINE], audio_dir, ENGLISH)


@pytest.fixture
def helpline(audio_dir, monkeypatch):
    sentence = SimpleNamespace(gloss="Press 1 for the coupon.")
    folder = SimpleNamespace(
        languages={"en": None, "mn": None},
        spoken=("en", "mn"),
        clip_texts={
            "en": {"menu": LINE, "other": OTHER, "menu.2": ClipText("en", "menu.2", ("For that, press two.",))}
        },
        texts={"en": SimpleNamespace(prompts={"menu": {"coupon": sentence}})},
        audio_dir=audio_dir,
    )
    monkeypatch.setattr(commands, "load_helpline", lambda _path: folder)
    return folder


def run(command, *arguments):
    return CliRunner().invoke(command, arguments, obj="prompts")


def test_the_sheet_shows_each_text_with_its_id_its_length_and_its_meaning(helpline):
    output = run(commands.record_sheet_command, "en").output
    assert "[ ] menu (2 s)\n    For the coupon, press one.\n    = Press 1 for the coupon.\n" in output
    assert "[ ] other (2 s)\n    A person, zero, at any hour.\n" in output


def test_the_clips_of_one_prompt_share_its_meaning(helpline):
    assert (
        "    For that, press two.\n    = Press 1 for the coupon.\n" in run(commands.record_sheet_command, "en").output
    )


def test_the_sheet_for_a_spreadsheet_tells_what_is_recorded_and_what_has_changed(helpline, tmp_path):
    import_recording(helpline.audio_dir, LINE, deliver(tmp_path))
    import_recording(helpline.audio_dir, OTHER, deliver(tmp_path, voice(OTHER)))
    helpline.clip_texts["en"]["other"] = ClipText("en", "other", ("A person, zero.",))
    written = run(commands.record_sheet_command, "en", "--csv").stdout_bytes
    assert written.startswith(b"\xef\xbb\xbfid,"), "a double click shows it in every script"
    rows = [*csv.reader(io.StringIO(written.decode("utf-8-sig")))]
    assert [row[:2] for row in rows] == [
        ["id", "state"],
        ["menu", "recorded"],
        ["other", "text changed"],
        ["menu.2", ""],
    ]


def test_a_language_without_a_text_has_no_sheet(helpline):
    assert "no text in mn yet" in str(run(commands.record_sheet_command, "mn").exception)


def imported(tmp_path, *changes):
    options = {"--language": "en", "--prompt": "menu", "--speaker": "A. N.", "--consent": "2026-11-19"}
    options |= dict(zip(changes[::2], changes[1::2], strict=True))
    file = str(deliver(tmp_path).file)
    return run(commands.import_command, file, *(word for option in options.items() for word in option))


def test_an_import_is_told(helpline, tmp_path):
    assert "en menu: 2.0 s by A. N. Restart the line to hear it." in imported(tmp_path).output
    row = json.loads((helpline.audio_dir / "recordings/recordings.json").read_text())["recordings"][0]
    assert (row["consent"], row["recorded"]) == ("2026-11-19", "2026-11-19")


def test_the_day_of_the_recording_may_be_another(helpline, tmp_path):
    imported(tmp_path, "--recorded", "2026-10-01")
    assert read_recordings(helpline.audio_dir)["en", "menu"].recorded == "2026-10-01"


def test_without_consent_nothing_is_imported(helpline, tmp_path):
    assert imported(tmp_path, "--consent", "").exit_code == 2
    assert not helpline.audio_dir.exists()


@pytest.mark.parametrize(("prompt", "hint"), [("meny", "did you mean menu"), ("xyz", "record-sheet en` lists all")])
def test_an_unknown_prompt_is_told_with_a_near_one(helpline, tmp_path, prompt, hint):
    assert hint in str(imported(tmp_path, "--prompt", prompt).exception)


def test_an_unknown_language_is_told(helpline, tmp_path):
    assert "no language 'xx'" in str(imported(tmp_path, "--language", "xx").exception)

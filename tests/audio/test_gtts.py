"""gTTS against a server that speaks Google's protocol: what is asked for, and each way in which it can fail."""

from __future__ import annotations

import socket
import sys
from dataclasses import replace

import pytest

from ivr.audio import telephone_sound
from ivr.audio.build import build
from ivr.audio.engines import gtts
from ivr.audio.engines.allowed import READS
from ivr.audio.engines.engine import SpeechError, UnavailableError
from ivr.audio.engines.gtts import GTTS, Pace
from ivr.audio.line import line_of
from ivr.audio.speakable import wording_faults
from ivr.content.clip_text import ClipText
from tests.audio.google import PAGE, answer_of, google, mp3_of
from tests.audio.speakers import Speaker
from tests.cast import helpline

TEXT = "For the papers, call us, or ask a friend. Press one."


@pytest.fixture
def service(monkeypatch):
    with google() as service:
        at(monkeypatch, service.address)
        yield service


@pytest.fixture
def waits():
    return []


@pytest.fixture
def engine(waits):
    return GTTS(pace=Pace(waits.append, lambda: 0.5))


def at(monkeypatch, address):
    monkeypatch.setattr("gtts.tts._translate_url", lambda path, **_: f"{address}/{path}")
    monkeypatch.setattr("urllib.request.getproxies", dict)


def closed_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def test_a_sentence_is_one_request_as_it_stands(service, engine):
    samples, rate = engine.speak(TEXT, "en")
    assert service.asked == [(TEXT, "en")]
    assert rate == 24000
    assert 2 < len(samples) / rate < 6


@pytest.mark.parametrize(("language", "code"), [("zh-Hans", "zh-CN"), ("zh-Hant", "zh-TW"), ("tl", "tl"), ("he", "iw")])
def test_google_is_asked_by_its_own_code(service, engine, language, code):
    engine.speak("二 dos.", language)
    assert service.asked == [("二 dos.", code)]


def test_there_is_a_code_for_every_language_that_it_reads():
    assert gtts.CODES.keys() == READS["gtts"]


@pytest.mark.parametrize(
    "text", ["आइतबार। बिदा।", "Sunday, Monday; closed: yes!", "日曜、月曜。休み。", "Ask Mr. Smith, Esq."]
)
def test_no_stop_or_comma_cuts_a_sentence(service, engine, text):
    engine.speak(text, "ne")
    assert service.asked == [(text, "ne")]


def test_its_clips_pass_every_check(service, engine, tmp_path):
    report = build([ClipText("en", "menu", (TEXT, "A person, zero."))], tmp_path, {"en": [engine]})
    assert report.refused == ()
    assert [clip.engine for clip in report.made] == ["gtts"]


def test_each_answer_is_decoded_alone_and_sentences_are_apart(service, engine, tmp_path):
    one, two = (build([ClipText("en", "m", (TEXT,) * n)], tmp_path / str(n), {"en": [engine]}).made[0] for n in (1, 2))
    edges = telephone_sound.LEAD + telephone_sound.TAIL
    assert two.seconds == pytest.approx(2 * (one.seconds - edges) + telephone_sound.PAUSE + edges, abs=0.01)


def test_requests_are_one_to_two_seconds_apart_in_every_language(service, waits):
    pace = Pace(waits.append, lambda: 0.5)
    GTTS(pace=pace).speak("One.", "en")
    GTTS(pace=pace).speak("Two.", "fr")
    GTTS(pace=pace).speak("Three.", "fr")
    assert waits == [1.5, 1.5]


def test_all_its_engines_of_a_run_share_one_pace():
    assert GTTS().pace is GTTS(0.9).pace


@pytest.mark.parametrize("text", ["...", "。", "।", "?!", " "])
def test_punctuation_alone_is_refused_without_asking(service, engine, text):
    with pytest.raises(SpeechError, match="nothing in it to read"):
        engine.speak(text, "en")
    assert service.asked == []


@pytest.mark.parametrize("page", [PAGE, b"", PAGE + b" jQ1olc ", b")]}'\n\n5\n[]\n"])
def test_a_page_instead_of_sound_is_refused(service, engine, page):
    service.plan = [page]
    with pytest.raises(SpeechError, match=r"holds no sound|gave no sound"):
        engine.speak("One.", "en")


@pytest.mark.parametrize("mp3", [b"", b"not an mp3", b"\xff\xfb\x90"])
def test_sound_that_is_empty_or_broken_is_refused(service, engine, mp3):
    service.plan = [answer_of(mp3)]
    with pytest.raises(SpeechError, match=r"holds no sound|isn't an MP3"):
        engine.speak("One.", "en")


def test_an_answer_that_is_not_base64_is_refused(service, engine):
    service.plan = [answer_of(b"abc").replace(b"YWJj", b"YWJ")]
    with pytest.raises(SpeechError, match="can't be read"):
        engine.speak("One.", "en")


def test_a_late_answer_is_asked_for_three_times_more(service, engine, waits, monkeypatch):
    monkeypatch.setattr(gtts, "PATIENCE", (5, 0.2))
    service.plan = [None, None, None, None]
    with pytest.raises(SpeechError, match="gave no sound"):
        engine.speak("One.", "en")
    assert waits == [1, 2, 4]


def test_an_error_of_the_server_is_tried_again(service, engine, waits):
    service.plan = [503, 500]
    engine.speak("One.", "en")
    assert waits == [1, 2]
    assert len(service.asked) == 3


def test_an_error_that_stays_is_told_after_three_more_tries(service, engine):
    service.plan = [503] * 9
    with pytest.raises(SpeechError, match="503"):
        engine.speak("One.", "en")
    assert len(service.asked) == 4


def test_too_many_requests_stop_the_run_at_once(service, engine, waits):
    service.plan = [429]
    with pytest.raises(UnavailableError, match="asks to stop"):
        engine.speak("One.", "en")
    assert (len(service.asked), waits) == (1, [])


def test_without_a_network_it_says_so_at_once(engine, waits, monkeypatch):
    at(monkeypatch, f"http://127.0.0.1:{closed_port()}")
    with pytest.raises(UnavailableError, match="no connection"):
        engine.speak("One.", "en")
    assert waits == []


def test_where_it_is_not_installed_it_says_how_to_install_it(engine, monkeypatch):
    monkeypatch.setitem(sys.modules, "gtts", None)
    with pytest.raises(UnavailableError, match=r"gTTS is not installed: pip install 'ivr-helpline\[audio\]'"):
        engine.speak("One.", "en")


def test_a_connection_that_is_lost_later_is_tried_again(service, engine, waits, monkeypatch):
    engine.speak("One.", "en")
    at(monkeypatch, f"http://127.0.0.1:{closed_port()}")
    with pytest.raises(UnavailableError, match="no connection"):
        engine.speak("Two.", "en")
    assert waits == [1.5, 1, 2, 4]


def test_a_refusal_is_not_tried_again(service, engine, waits):
    service.plan = [403]
    with pytest.raises(SpeechError, match="403"):
        engine.speak("One.", "en")
    assert waits == []


LINES = [ClipText("en", name, (f"The number is {name}.",)) for name in ("one", "two", "three")]


def test_a_build_that_google_stopped_keeps_what_is_done_and_goes_on_later(service, engine, tmp_path):
    service.plan = [answer_of(mp3_of("The number is one.", "en")), 429]
    stopped = build(LINES, tmp_path, {"en": [engine]})
    assert [clip.prompt for clip in stopped.made] == ["one"]
    assert {waiting.reason for waiting in stopped.waiting} == {
        "gtts: Google asks to stop (429). Finished clips stay; continue in a few hours."
    }
    service.asked.clear()
    assert [clip.prompt for clip in build(LINES, tmp_path, {"en": [engine]}).made] == ["two", "three"]
    assert [text for text, _ in service.asked] == ["The number is two.", "The number is three."]


def test_where_google_cannot_be_asked_the_next_engine_speaks(engine, tmp_path, monkeypatch):
    at(monkeypatch, f"http://127.0.0.1:{closed_port()}")
    report = build(LINES, tmp_path, {"en": [engine, Speaker()]})
    assert [clip.engine for clip in report.made] == ["azure"] * 3


def test_one_build_by_it_makes_a_language_ready_that_has_no_other_voice(service, engine, tmp_path):
    """Khmer, with every tenth line of its real text: no other step makes callers be offered it."""
    few = dict([*helpline().clip_texts["km"].items()][::10])
    line = replace(helpline(), clip_texts={**helpline().clip_texts, "km": few})

    def is_offered():
        return "km" in line_of(replace(line, audio_dir=tmp_path)).helpline.ready

    assert not is_offered()
    report = build(few.values(), tmp_path, {"km": [engine]})
    assert report.refused == ()
    assert is_offered()


def test_no_line_of_a_language_that_has_no_other_voice_is_refused_for_its_wording():
    assert not {
        line.prompt: faults for line in helpline().clip_texts["km"].values() if (faults := wording_faults(line))
    }

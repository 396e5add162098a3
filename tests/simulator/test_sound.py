"""Play, Say and Pause: what is heard, for how long, and what can't be."""

import struct
from dataclasses import replace

import pytest

from ivr.simulator import OTHER, Call, TelephoneError, WsgiTransport

from .line import URL, Answer, Line, call, wav


def heard_code(sound: Answer, verbs: str = "<Play>/a.wav</Play>") -> int:
    with pytest.raises(TelephoneError) as caught:
        call({"/voice": verbs, "/a.wav": sound})
    return caught.value.problem.code


def test_a_sound_tells_its_prompt_and_its_words() -> None:
    made, _ = call({"/voice": "<Play>/a.wav</Play>", "/a.wav": wav(1.5, "ja/name", "%E3%81%AF%E3%81%84")})
    sound = made.heard[0]
    assert (sound.kind, sound.prompt, sound.text, sound.seconds) == ("play", "ja/name", "はい", 1.5)
    assert sound.url == "http://line.example/a.wav"


@pytest.mark.parametrize(
    ("sound", "seconds"),
    [
        (wav(3), 3.0),
        (wav(3, tag=1), 3.0),
        (wav(3, tag=1, per_second=16_000), 3.0),
        (wav(3, tag=6), 3.0),
    ],
)
def test_a_wavs_length_comes_from_its_header(sound: Answer, seconds: float) -> None:
    assert call({"/voice": "<Play>/a.wav</Play>", "/a.wav": sound})[0].seconds == seconds


def test_chunks_that_mean_nothing_here_are_skipped() -> None:
    body = wav(1).body
    extra = struct.pack("<4sI", b"LIST", 3) + b"abc\0"
    longer = body[:12] + extra + body[12:]
    made, _ = call({"/voice": "<Play>/a.wav</Play>", "/a.wav": Answer(longer, "audio/x-wav")})
    assert made.seconds == 1.0


@pytest.mark.parametrize(
    ("kind", "seconds"),
    [
        ("audio/mpeg", 2.0),
        ("audio/mpeg; rate=8000", 2.0),
        ("audio/basic", 2.0),
        ("audio/ulaw", 2.0),
        ("audio/aiff", 1.0),
        ("audio/x-aiff", 1.0),
        ("audio/gsm", 16_000 / 1650),
    ],
)
def test_other_types_are_heard_with_a_guessed_length(kind: str, seconds: float) -> None:
    """Twilio, <Play>: mpeg, wav, aiff, gsm, ulaw."""
    made, _ = call({"/voice": "<Play>/a</Play>", "/a": Answer(b"\xff\xfb" * 8000, kind)})
    assert made.seconds == seconds


def test_a_sound_that_forbids_to_be_kept_is_asked_for_again() -> None:
    """Twilio, <Play>: cached by Cache-Control."""
    once = replace(wav(1), headers=(("Cache-Control", "no-store"),))
    made, line = call({"/voice": "<Play>/a.wav</Play><Play>/a.wav</Play>", "/a.wav": once})
    assert line.paths() == ["/voice", "/a.wav", "/a.wav"]
    assert made.seconds == 2


def test_or_every_sound_is_asked_for_each_time_it_plays() -> None:
    _, line = call({"/voice": "<Play>/a.wav</Play><Play>/a.wav</Play>", "/a.wav": wav(1)}, readings=OTHER)
    assert line.paths() == ["/voice", "/a.wav", "/a.wav"]


def test_in_a_gather_a_sound_that_is_not_wav_is_a_warning() -> None:
    """Twilio, <Gather>: .wav is advised there, since .mp3 is transcoded first."""
    mp3 = Answer(b"x" * 8000, "audio/mpeg")
    made, _ = call({"/voice": "<Play>/a.mp3</Play><Gather><Play>/a.mp3</Play></Gather>", "/a.mp3": mp3})
    assert [(problem.level, problem.url[-6:]) for problem in made.problems] == [("warning", "/a.mp3")]
    assert call({"/voice": "<Gather><Play>/a.wav</Play></Gather>", "/a.wav": wav()})[0].problems == []


def test_where_all_is_fetched_first_nothing_of_a_gather_is_heard_if_one_sound_is_missing() -> None:
    """Twilio, <Gather>: all nested Play files are fetched before playing starts."""
    pages = {"/voice": "<Gather><Play>/a.wav</Play><Play>/gone.wav</Play></Gather>", "/a.wav": wav()}
    made = Call(WsgiTransport(Line(pages)), URL)
    with pytest.raises(TelephoneError):
        made.start()
    assert made.heard == []
    alone = Call(WsgiTransport(Line({**pages, "/voice": "<Play>/a.wav</Play><Play>/gone.wav</Play>"})), URL)
    with pytest.raises(TelephoneError):
        alone.start()
    assert len(alone.heard) == 1, "outside a Gather each is fetched when it is its turn"


def test_a_sound_is_asked_for_without_parameters_or_signature_and_once() -> None:
    """Twilio, <Play>: the request carries no call parameters; files are cached."""
    made, line = call({"/voice": "<Play loop='2'>/a.wav</Play><Play>/a.wav</Play>", "/a.wav": wav(2)})
    asked = [one for one in line.asked if one.path == "/a.wav"]
    assert len(asked) == 1
    assert len(made.heard) == 3
    assert made.seconds == 6
    assert (asked[0].method, asked[0].query, asked[0].form) == ("GET", "", {})
    assert "HTTP_X_TWILIO_SIGNATURE" not in asked[0].headers


@pytest.mark.parametrize(
    ("sound", "code"),
    [
        (Answer(b"", "audio/wav", 404), 11200),
        (Answer(b"x", "audio/wav", 302), 11200),
        (Answer(wav().body, "text/html"), 13420),
        (Answer(wav().body, ""), 13420),
        (Answer(b"", "audio/wav"), 13420),
        (Answer(b"RIFFxxxxWAVE", "audio/wav"), 12300),
        (Answer(b"ID3 not a wav", "audio/wav"), 12300),
        (Answer(wav().body[:-100], "audio/wav"), 12300),
        (wav(0), 12300),
        (wav(tag=85), 12300),
    ],
)
def test_a_sound_that_cannot_be_played_is_an_error(sound: Answer, code: int) -> None:
    """Twilio 12300, 13420: what callers hear then isn't documented, so it must not happen."""
    assert heard_code(sound) == code


def test_in_a_gather_the_wrong_type_has_a_code_of_its_own() -> None:
    """Twilio 13325: "Gather->Play: Invalid Content-Type"."""
    wrong = Answer(b"x", "text/plain")
    assert heard_code(wrong, "<Gather><Play>/a.wav</Play></Gather>") == 13325


def test_a_lenient_telephone_goes_on_without_the_sound() -> None:
    made, _ = call("<Play>/gone.wav</Play><Say>still here</Say>", strict=False)
    assert made.prompts == ["still here"]
    assert made.problems[0].code == 11200


def test_tones_are_played_without_a_request() -> None:
    made, line = call("<Play digits='12'/>")
    assert line.paths() == ["/voice"]
    assert made.heard[0].kind == "tones"


def test_a_pause_is_silence_on_the_clock() -> None:
    """Twilio, <Pause>: `length` seconds, 1 by default."""
    made, _ = call("<Pause/><Pause length='4'/>")
    assert made.seconds == 5
    assert made.heard == []


def test_say_lasts_about_as_long_as_its_words() -> None:
    made, _ = call("<Say loop='2'>thirteen char</Say><Say language='ja-JP'>おねがいします</Say>")
    assert [sound.seconds for sound in made.heard] == [1.0, 1.0, 1.4]
    assert made.heard[2].language == "ja-JP"


def test_speech_marks_are_heard_as_their_words() -> None:
    made, _ = call("<Say voice='Polly.Joanna'>one <break time='1s'/><s>two <w>three</w></s></Say>")
    assert made.prompts == ["one two three"]


@pytest.mark.parametrize(
    "language",
    "ja-JP en-US cmn-CN cmn-TW ko-KR es-ES es-MX pt-BR vi-VN th-TH id-ID fil-PH fr-FR bn-IN arb ms-MY ru-RU".split(),
)
def test_every_language_that_has_a_voice_may_be_spoken(language: str) -> None:
    """Twilio, <Say>: voices exist for these languages."""
    assert call(f"<Say language='{language}'>x</Say>")[0].problems == []


@pytest.mark.parametrize(
    "attributes",
    [
        "language='ja-JP'",
        "language='ja-JP' voice='Polly.Mizuki'",
        "language='ja-JP' voice='Google.ja-JP-Standard-A'",
        "language='ja-JP' voice='Polly.Kazuha-Neural'",
        "language='cmn-TW' voice='Google.cmn-TW-Wavenet-A'",
        "language='fil-PH' voice='Google.fil-PH-Standard-A'",
        "voice='Polly.Joanna'",
        "voice='woman'",
        "language='vi-VN'",
        "language='ar-XA' voice='Google.ar-XA-Wavenet-B'",
        "language='th-TH' voice='Google.th-TH-Neural2-C'",
        "language='vi-VN' voice='Google.vi-VN-Chirp3-HD-Kore'",
    ],
)
def test_a_voice_may_speak_its_own_language(attributes: str) -> None:
    assert call(f"<Say {attributes}>x</Say>")[0].state == "ended"


@pytest.mark.parametrize(
    "attributes",
    [
        "language='en-US' voice='Polly.Mizuki'",
        "language='vi-VN' voice='Polly.Joanna'",
        "language='ja-JP' voice='Google.en-US-Standard-A'",
        "language='th-TH' voice='Google.th-TH-Neural2-A'",
        "language='ms-MY' voice='Google.ms-MY-Chirp3-HD-Kore'",
        "language='ja-JP' voice='Polly.Mizuki-Neural'",
        "language='zh-CN'",
        "language='tlh-QO'",
        "language='ja-JP' voice='woman'",
        "voice='Robo.One'",
        *(f"language='{language}'" for language in ("ne", "my-MM", "km-KH", "mn", "si-LK", "ur-PK", "fa-IR")),
    ],
)
def test_a_wrong_pair_of_voice_and_language_is_refused(attributes: str) -> None:
    """Twilio, <Say>: a wrong pair may fail the instruction; seven languages have no voice."""
    with pytest.raises(TelephoneError) as caught:
        call(f"<Say {attributes}>x</Say>")
    assert caught.value.problem.code == 13511

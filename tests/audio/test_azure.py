"""Azure against a server that speaks its REST interface. The real service was never asked."""

from __future__ import annotations

import io
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.etree import ElementTree

import pytest
import soundfile

from ivr.audio.build import build
from ivr.audio.engines import azure
from ivr.audio.engines.allowed import READS
from ivr.audio.engines.azure import Azure
from ivr.audio.engines.engine import SpeechError, UnavailableError
from ivr.audio.reading_rates import READING_RATES
from ivr.content.clip_text import ClipText
from tests.audio.speakers import seconds_of, syllables

KEY = "the key of the tests"
SSML = "{http://www.w3.org/2001/10/synthesis}"


class Service:
    """What it was asked, as (path, headers, SSML); `plan` holds the next statuses and bodies, then it speaks."""

    def __init__(self):
        self.asked, self.plan, self.address = [], [], ""

    def answer(self, path, headers, body):
        self.asked.append((path, headers, ElementTree.fromstring(body)))
        if self.plan:
            step = self.plan.pop(0)
            return (step, b"") if isinstance(step, int) else (200, step)
        if headers["Ocp-Apim-Subscription-Key"] != KEY:
            return 401, b""
        assert (headers["X-Microsoft-OutputFormat"], headers["Content-Type"]) == (
            "riff-24khz-16bit-mono-pcm",
            "application/ssml+xml",
        )
        text = "".join(self.asked[-1][2].itertext())
        file = io.BytesIO()
        soundfile.write(file, syllables(text, seconds_of(text, "en"), 24000), 24000, format="WAV", subtype="PCM_16")
        return 200, file.getvalue()


@pytest.fixture
def service(monkeypatch):
    service = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, content = service.answer(self.path, self.headers, body)
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        address = f"http://127.0.0.1:{server.server_port}"
        monkeypatch.setattr(azure, "address", lambda region: f"{address}/{region}/cognitiveservices/v1")
        monkeypatch.setenv("AZURE_SPEECH_KEY", KEY)
        monkeypatch.setenv("AZURE_SPEECH_REGION", "japaneast")
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield service
        server.shutdown()
        thread.join()


@pytest.fixture
def waits():
    return []


@pytest.fixture
def engine(waits):
    return Azure(sleep=waits.append)


def test_there_is_a_voice_for_every_language_of_the_helpline():
    assert azure.VOICES.keys() == READS["azure"] == READING_RATES.keys()


def test_the_address_is_that_of_the_region():
    assert azure.address("japaneast") == "https://japaneast.tts.speech.microsoft.com/cognitiveservices/v1"


def test_its_clips_pass_every_check(service, engine, tmp_path):
    line = ClipText("en", "menu", ("For the papers, press one.", "A person, zero."))
    assert build([line], tmp_path, {"en": [engine]}).refused == ()
    assert [path for path, _, _ in service.asked] == ["/japaneast/cognitiveservices/v1"] * 2


@pytest.mark.parametrize(
    ("language", "locale", "voice"),
    [
        ("fa", "fa-IR", "fa-IR-DilaraNeural"),
        ("mn", "mn-MN", "mn-MN-YesuiNeural"),
        ("tl", "fil-PH", "fil-PH-BlessicaNeural"),
        ("sr-Latn", "sr-Latn-RS", "sr-Latn-RS-SophieNeural"),
    ],
)
def test_it_is_asked_in_ssml_with_voice_and_rate(service, waits, language, locale, voice):
    Azure(0.9, waits.append).speak("One & <two>.", language)
    speak = service.asked[0][2]
    assert speak.get("{http://www.w3.org/XML/1998/namespace}lang") == locale
    assert speak.find(f"{SSML}voice").get("name") == voice
    assert speak.find(f".//{SSML}prosody").get("rate") == "0.9"
    assert "".join(speak.itertext()) == "One & <two>."


@pytest.mark.parametrize("name", ["AZURE_SPEECH_KEY", "AZURE_SPEECH_REGION"])
def test_without_its_settings_it_is_not_there(service, engine, monkeypatch, name):
    monkeypatch.delenv(name)
    with pytest.raises(UnavailableError, match="aren't set"):
        engine.speak("One.", "en")
    assert service.asked == []


def test_a_wrong_key_is_told_and_not_printed(service, engine, monkeypatch):
    monkeypatch.setenv("AZURE_SPEECH_KEY", "wrong")
    with pytest.raises(UnavailableError, match=r"the key isn't accepted \(401\)") as error:
        engine.speak("One.", "en")
    assert "wrong" not in str(error.value)


def test_a_used_up_quota_stops_the_run(service, engine, waits):
    service.plan = [429]
    with pytest.raises(UnavailableError, match="quota"):
        engine.speak("One.", "en")
    assert waits == []


def test_a_fault_of_the_server_is_tried_again(service, engine, waits):
    service.plan = [500, 503]
    engine.speak("One.", "en")
    assert waits == [1, 2]


def test_a_fault_that_stays_is_told(service, engine, waits):
    service.plan = [503] * 9
    with pytest.raises(SpeechError, match="503"):
        engine.speak("One.", "en")
    assert waits == [1, 2, 4]


def nothing():
    file = io.BytesIO()
    soundfile.write(file, [], 24000, format="WAV", subtype="PCM_16")
    return file.getvalue()


@pytest.mark.parametrize("step", [400, nothing(), b"", b"<html>", b"RIFF"])
def test_what_is_not_sound_is_refused(service, engine, step):
    service.plan = [step]
    with pytest.raises(SpeechError, match="Azure"):
        engine.speak("One.", "en")


def test_without_a_network_it_is_not_there(service, engine, monkeypatch):
    monkeypatch.setattr(azure, "address", lambda _region: "http://127.0.0.1:9")
    with pytest.raises(UnavailableError, match=r"no answer from .*: ConnectionError"):
        engine.speak("One.", "en")

"""All languages by Azure Speech, an official service that needs a key; for languages that nothing else reads.

Never run against the real service: written from the documentation of its REST interface
(learn.microsoft.com/azure/ai-services/speech-service/rest-text-to-speech) and tested against a server that speaks it.
"""

import io
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from xml.sax.saxutils import escape

import numpy as np
import requests
import soundfile

from ivr.audio.engines.allowed import listed_code
from ivr.audio.engines.engine import SpeechError, UnavailableError
from ivr.audio.loudness import Samples

# From the service's list of voices (language-support, "text to speech"); women's voices, one for each language.
VOICES = {
    "ar": "ar-EG-SalmaNeural",
    "bn": "bn-BD-NabanitaNeural",
    "en": "en-US-JennyNeural",
    "es": "es-MX-DaliaNeural",
    "fa": "fa-IR-DilaraNeural",
    "fr": "fr-FR-DeniseNeural",
    "id": "id-ID-GadisNeural",
    "ja": "ja-JP-NanamiNeural",
    "km": "km-KH-SreymomNeural",
    "ko": "ko-KR-SunHiNeural",
    "mn": "mn-MN-YesuiNeural",
    "ms": "ms-MY-YasminNeural",
    "my": "my-MM-NilarNeural",
    "ne": "ne-NP-HemkalaNeural",
    "pt": "pt-BR-FranciscaNeural",
    "ru": "ru-RU-SvetlanaNeural",
    "si": "si-LK-ThiliniNeural",
    "th": "th-TH-PremwadeeNeural",
    "tl": "fil-PH-BlessicaNeural",
    "ur": "ur-PK-UzmaNeural",
    "vi": "vi-VN-HoaiMyNeural",
    "zh-Hans": "zh-CN-XiaoxiaoNeural",
    "zh-Hant": "zh-TW-HsiaoChenNeural",
}
FORMAT = "riff-24khz-16bit-mono-pcm"
PATIENCE = (5, 30)  # seconds to connect and to answer
RETRIES = (1, 2, 4)  # seconds before each further try
# Statuses of the service: 400 the SSML, 401 and 403 the key, 429 the quota, 5xx a fault of its own.
REFUSED = {401: "the key isn't accepted", 403: "the key isn't accepted", 429: "its quota is used up; continue later"}


def address(region: str) -> str:
    return f"https://{region}.tts.speech.microsoft.com/cognitiveservices/v1"


@dataclass(frozen=True)
class Azure:
    rate: float = 1.0
    sleep: Callable[[float], None] = time.sleep

    @property
    def name(self) -> str:
        return "azure"

    def voice(self, language: str) -> str | None:
        voice = self._voice(language)
        return f"{voice} x{self.rate:g}" if voice else None

    def speak(self, sentence: str, language: str, /) -> tuple[Samples, int]:
        wav = self._asked(self._ssml(sentence, self._voice(language)).encode())
        try:
            samples, rate = soundfile.read(io.BytesIO(wav), dtype="float32")
        except soundfile.LibsndfileError as error:
            raise SpeechError(f"Azure's answer isn't a WAV file: {error}") from error
        if not len(samples):
            raise SpeechError("Azure's answer holds no sound.")
        return np.asarray(samples, dtype=np.float32), rate

    def _voice(self, language: str) -> str:
        return VOICES.get(language) or listed_code(self.name, language)

    def _ssml(self, sentence: str, voice: str) -> str:
        locale = voice.rpartition("-")[0]
        return (
            f'<speak version="1.0" xmlns="http://www.w3.org/2001/10/synthesis" xml:lang="{locale}">'
            f'<voice name="{voice}"><prosody rate="{self.rate:g}">{escape(sentence)}</prosody></voice></speak>'
        )

    def _asked(self, ssml: bytes) -> bytes:
        """The WAV file; server errors are retried."""
        key, region = os.environ.get("AZURE_SPEECH_KEY", ""), os.environ.get("AZURE_SPEECH_REGION", "")
        if not key or not region:
            raise UnavailableError("azure: AZURE_SPEECH_KEY and AZURE_SPEECH_REGION aren't set.")
        for wait in (*RETRIES, None):
            answer = _answer(ssml, key, region)
            if answer.status_code < 500 or wait is None:
                break
            self.sleep(wait)
        if answer.status_code in REFUSED:
            raise UnavailableError(f"azure: {REFUSED[answer.status_code]} ({answer.status_code}).")
        if answer.status_code != requests.codes.ok:
            raise SpeechError(f"Azure gave no sound: {answer.status_code} {answer.reason}")
        return answer.content


def _answer(ssml: bytes, key: str, region: str) -> requests.Response:
    headers = {
        "Ocp-Apim-Subscription-Key": key,
        "Content-Type": "application/ssml+xml",
        "X-Microsoft-OutputFormat": FORMAT,
        "User-Agent": "ivr-helpline",
    }
    try:
        return requests.post(address(region), data=ssml, headers=headers, timeout=PATIENCE)
    except requests.RequestException as error:
        # the error's text holds no header, so that the key stays out of what is printed
        raise UnavailableError(f"azure: no answer from {address(region)}: {type(error).__name__}") from error

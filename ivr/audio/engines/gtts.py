"""Twenty-one languages by gTTS, which uses the speech service of Google Translate and needs a network.

The service is undocumented and promises nothing (docs/speech.md). So each sentence is one unchanged request, requests
are 1 to 2 s apart, and anything that isn't sound is refused.
"""

from __future__ import annotations

import io
import random
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import soundfile

from ivr.audio.engines.allowed import listed_code
from ivr.audio.engines.engine import SpeechError, UnavailableError
from ivr.audio.loudness import Samples

if TYPE_CHECKING:
    from gtts import gTTSError

# Our codes are not always Google's, and gTTS's own table changes some silently: lang_check is off.
CODES = {
    "ar": "ar",
    "bn": "bn",
    "en": "en",
    "es": "es",
    "fr": "fr",
    "id": "id",
    "ja": "ja",
    "km": "km",
    "ko": "ko",
    "ms": "ms",
    "my": "my",
    "ne": "ne",
    "pt": "pt",
    "ru": "ru",
    "si": "si",
    "th": "th",
    "tl": "tl",
    "ur": "ur",
    "vi": "vi",
    "zh-Hans": "zh-CN",
    "zh-Hant": "zh-TW",
}
PATIENCE = (5, 20)  # seconds to connect and to answer; gTTS itself waits for ever
RETRIES = (1, 2, 4)  # seconds before each further try
TOO_MANY = 429  # RFC 6585 section 4


@dataclass(eq=False)
class Pace:
    """The requests of a run, in all languages: how far apart they are, and whether any was answered."""

    sleep: Callable[[float], None] = time.sleep
    jitter: Callable[[], float] = random.random
    asked: bool = False
    answered: bool = False

    def before_request(self) -> None:
        if self.asked:
            self.sleep(1 + self.jitter())
        self.asked = True


ALL_REQUESTS = Pace()


@dataclass(frozen=True)
class GTTS:
    """`rate` is ignored: the service has one rate, and another that is half of it."""

    rate: float = 1.0
    pace: Pace = field(default=ALL_REQUESTS, compare=False)

    @property
    def name(self) -> str:
        return "gtts"

    def voice(self, language: str) -> str | None:
        return CODES.get(language) or listed_code(self.name, language) or None

    def speak(self, sentence: str, language: str, /) -> tuple[Samples, int]:
        if not any(unicodedata.category(character)[0] == "L" for character in sentence):
            raise SpeechError("there is nothing in it to read.")  # gTTS would stop with an AssertionError
        mp3 = self._asked(sentence, str(self.voice(language)))
        if not mp3:
            raise SpeechError("Google's answer holds no sound.")
        try:
            samples, rate = soundfile.read(io.BytesIO(mp3), dtype="float32")
        except soundfile.LibsndfileError as error:
            raise SpeechError(f"Google's answer isn't an MP3: {error}") from error
        return np.asarray(samples, dtype=np.float32), rate

    def _asked(self, sentence: str, code: str) -> bytes:
        """The MP3; errors that may pass are retried."""
        try:
            from gtts import gTTSError
        except ImportError as error:
            raise UnavailableError("gTTS is not installed: pip install 'ivr-helpline[audio]'") from error

        self.pace.before_request()
        for wait in (*RETRIES, None):
            try:
                mp3 = _request(sentence, code)
            except gTTSError as error:
                if wait is None or not self._may_pass(error):
                    raise _last_word(error) from error
                self.pace.sleep(wait)
            except ValueError as error:  # not base64, not UTF-8
                raise SpeechError(f"Google's answer can't be read: {error}") from error
            else:
                self.pace.answered = True
                return mp3
        raise AssertionError  # the last round returns or raises

    def _may_pass(self, error: gTTSError) -> bool:
        """Whether retrying may help: after a server error, or if a connection fails after others worked."""
        if error.rsp is not None:
            self.pace.answered = True
            return bool(error.rsp.status_code >= 500)
        return self.pace.answered or not _not_connected(error)


def _request(sentence: str, code: str) -> bytes:
    from gtts import gTTS

    speech = gTTS(
        sentence,
        lang=code,
        lang_check=False,
        pre_processor_funcs=[],
        tokenizer_func=lambda text: [text],
        timeout=PATIENCE,
    )
    return b"".join(speech.stream())


def _last_word(error: gTTSError) -> SpeechError | UnavailableError:
    if error.rsp is not None and error.rsp.status_code == TOO_MANY:
        return UnavailableError("gtts: Google asks to stop (429). Finished clips stay; continue in a few hours.")
    if _not_connected(error):
        return UnavailableError("gtts: no connection to Google's speech service.")
    return SpeechError(f"Google gave no sound: {error}")


def _not_connected(error: gTTSError) -> bool:
    """gTTS keeps the cause as the context of its own error; a late answer doesn't count as a missing network."""
    import requests

    return error.rsp is None and isinstance(error.__context__, requests.ConnectionError)

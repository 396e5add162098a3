"""Seventeen languages by espeak-ng 1.52 (pip install 'ivr-helpline[offline-voices]'): development, tests, last resort.

It is called through its C interface (espeak-ng's speak_lib.h), at build time only.
"""

import ctypes
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock

import numpy as np

from ivr.audio.engines.allowed import listed_code
from ivr.audio.engines.engine import SpeechError, UnavailableError
from ivr.audio.loudness import Samples

# Voice, and its words a minute: so set, four sentences on a helpline's subjects take as long as in `rates`
# (docs/speech.md). Its words are not those of a language: 163 of them are 3.5 characters of Chinese a second.
VOICES: dict[str, tuple[str, int]] = {
    "ar": ("ar", 157),
    "bn": ("bn", 134),
    "en": ("en-us", 130),
    "es": ("es-419", 144),
    "fa": ("fa", 150),
    "fr": ("fr", 125),
    "id": ("id", 151),
    "ko": ("ko", 153),
    "ms": ("ms", 148),
    "ne": ("ne", 153),
    "pt": ("pt-br", 137),
    "ru": ("ru", 130),
    "si": ("si", 145),
    "ur": ("ur", 153),
    "vi": ("vi", 142),
    "zh-Hans": ("cmn", 163),
    "zh-Hant": ("cmn", 163),
}
UNMEASURED = 145  # words a minute for the languages that nobody has measured: in the middle of these
OLDEST = (1, 52)  # 1.51 reads Chinese as the letters of pinyin, and numbers for its tones
VOLUME = 60  # of 100, at which five of these languages reach full scale

_CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
SYNCHRONOUS, DONT_EXIT, RATE, VOLUME_PARAMETER, BY_CHARACTER, UTF8 = 2, 0x8000, 1, 2, 1, 1
LANGUAGE_MARK = re.compile(r"\([a-z^-]+\)")  # where it reads a word by the rules of another language: (en)
IPA_TIED = 0x02 | 0x80 | ord("^") << 8
_ONE_AT_A_TIME = Lock()  # the library keeps its state in global variables
ZERO_WIDTH_JOINER = "\u200d"  # before it espeak-ng ends a word: two halves instead of a Sinhala conjunct
# The form NFC puts a vowel before the doubling mark (shadda), after which espeak-ng loses it.
ARABIC_VOWEL_FIRST = re.compile("([\u064b-\u0650])\u0651")
# The form NFC writes these letters of Bengali with a dot of its own, after which espeak-ng loses the vowel.
BENGALI = {"\u09a1\u09bc": "\u09dc", "\u09a2\u09bc": "\u09dd", "\u09af\u09bc": "\u09df"}
ARABIC_WORD = re.compile(r"[\u0621-\u0652\u0670\u0671]+")
ALEF_WITH_ITS_VOWEL = "\u0622"
ARABIC_MARK = re.compile(r"[\u064b-\u0652\u0670]")


@dataclass(frozen=True)
class EspeakNg:
    rate: float = 1.0

    @property
    def name(self) -> str:
        return "espeak-ng"

    def voice(self, language: str) -> str | None:
        voice, words = self._voice(language)
        return f"{voice} {words}" if voice else None

    def speak(self, sentence: str, language: str, /) -> tuple[Samples, int]:
        if language == "ar":
            refuse_unvowelled(sentence)
        text = _for_espeak(sentence, language)
        with _library() as library:
            pcm, rate = _spoken(library, text, *self._voice(language))
        if not pcm:
            raise SpeechError("espeak-ng gave no sound.")
        return (np.frombuffer(pcm, dtype="<i2") / 32768).astype(np.float32), rate

    def _voice(self, language: str) -> tuple[str, int]:
        voice, words = VOICES.get(language) or (listed_code(self.name, language), UNMEASURED)
        return voice, round(words * self.rate)


def ipa(text: str, voice: str) -> str:
    """The phonemes with which an espeak-ng voice reads a text, in IPA; `^` ties the two letters of one sound."""
    import espeakng_loader

    with _library() as library:
        library.espeak_Initialize(SYNCHRONOUS, 0, espeakng_loader.get_data_path().encode(), DONT_EXIT)
        if library.espeak_SetVoiceByName(voice.encode()):
            raise SpeechError(f"espeak-ng has no voice {voice!r} here.")
        library.espeak_TextToPhonemes.restype = ctypes.c_char_p
        rest = ctypes.c_char_p(text.encode())
        clauses = []
        while rest.value:
            clauses.append(library.espeak_TextToPhonemes(ctypes.byref(rest), UTF8, IPA_TIED).decode())
    return LANGUAGE_MARK.sub("", " ".join(clauses)).strip()


def _for_espeak(sentence: str, language: str) -> str:
    if language == "si":
        return sentence.replace(ZERO_WIDTH_JOINER, "")
    if language == "ar":
        return ARABIC_VOWEL_FIRST.sub("\u0651\\1", sentence)
    if language == "bn":
        for written, read in BENGALI.items():
            sentence = sentence.replace(written, read)
    return sentence


def refuse_unvowelled(sentence: str) -> None:
    """SpeechError for Arabic without its vowel marks: espeak-ng then reads the consonants alone.

    Words of one or two letters may stand without; a longer one needs at least a mark for every three letters, which
    a vowelled word with long vowels still has.
    """
    for word in ARABIC_WORD.findall(sentence):
        marks = len(ARABIC_MARK.findall(word))
        vowels = marks + word.count(ALEF_WITH_ITS_VOWEL)
        if len(word) - marks > 2 and vowels * 3 < len(word) - marks:
            raise SpeechError(f"espeak-ng reads Arabic only with its vowel marks: {word!r} lacks them.")


@contextmanager
def _library() -> Iterator[ctypes.CDLL]:
    """The library, loaded afresh and ready: what it spoke before changes its sound, and espeak_Terminate keeps that."""
    try:
        import espeakng_loader
    except ImportError as error:
        message = "espeak-ng is not installed: pip install 'ivr-helpline[offline-voices]'"
        raise UnavailableError(message) from error
    with _ONE_AT_A_TIME:
        try:
            library = ctypes.CDLL(espeakng_loader.get_library_path())
        except OSError as error:
            raise UnavailableError(f"espeak-ng can't be loaded: {error}") from error
        try:
            _refuse_old(library)
            yield library
        finally:
            library.espeak_Terminate()
            _unload(library)


def _refuse_old(library: ctypes.CDLL) -> None:
    library.espeak_Info.restype = ctypes.c_char_p
    version = library.espeak_Info(None).decode()
    if tuple(map(int, re.findall(r"\d+", version)[:2])) < OLDEST:
        raise UnavailableError(f"espeak-ng is {version} here; 1.52 or later is needed, which reads Chinese.")


def _unload(library: ctypes.CDLL) -> None:
    import _ctypes  # its dlclose has no public name

    if sys.platform == "win32":
        _ctypes.FreeLibrary(library._handle)
    else:
        _ctypes.dlclose(library._handle)


def _spoken(library: ctypes.CDLL, text: str, voice: str, words: int) -> tuple[bytes, int]:
    """16-bit mono samples, and their rate."""
    import espeakng_loader

    heard = bytearray()

    def hear(samples: int | None, count: int, _events: int | None) -> int:
        if samples and count > 0:
            heard.extend(ctypes.string_at(samples, count * 2))
        return 0

    rate = library.espeak_Initialize(SYNCHRONOUS, 0, espeakng_loader.get_data_path().encode(), DONT_EXIT)
    if rate <= 0:
        raise UnavailableError(f"espeak-ng doesn't find its data in {espeakng_loader.get_data_path()}")
    if library.espeak_SetVoiceByName(voice.encode()):
        raise SpeechError(f"espeak-ng has no voice {voice!r} here.")
    callback = _CALLBACK(hear)  # named, so that it lives as long as the library calls it
    library.espeak_SetSynthCallback(callback)
    library.espeak_SetParameter(RATE, words, 0)
    library.espeak_SetParameter(VOLUME_PARAMETER, VOLUME, 0)
    content = text.encode() + b"\0"
    if library.espeak_Synth(content, len(content), 0, BY_CHARACTER, 0, UTF8, None, None):
        raise SpeechError("espeak-ng failed.")
    return bytes(heard), rate

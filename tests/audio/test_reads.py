"""Languages that the list of engines doesn't know: what the engines' makers list, and a line that takes their word."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from ivr.audio.engines.allowed import LISTED, READS, is_unverified, listed_code, reads, why_not
from ivr.audio.engines.engine import UnavailableError
from ivr.audio.engines.espeak_ng import EspeakNg
from ivr.audio.engines.named import engine_named
from ivr.audio.reading_rates import READING_RATES
from ivr.cli.main import group
from ivr.verify.live_voices import voices_worth_knowing
from ivr.verify.verify import verify
from tests.cast import ROOT

BORDER = ROOT / "tests" / "lines" / "border"


@pytest.fixture
def border(tmp_path) -> Path:
    """A garbage line in German and Hindi."""
    return Path(shutil.copytree(BORDER, tmp_path / "prompts"))


def mistakes(folder: Path) -> set[str]:
    return {f"{problem.rule} {problem.line}: {problem.message}" for problem in verify(folder).problems}


def ivr(folder: Path, *arguments: str) -> str:
    return CliRunner().invoke(group, ["--helpline", str(folder), *arguments], env={"COLUMNS": "300"}).output


def test_a_language_of_the_list_is_not_among_those_that_nobody_has_compared():
    assert not READING_RATES.keys() & {language for codes in LISTED.values() for language in codes}


@pytest.mark.parametrize("name", LISTED)
def test_an_engine_has_a_voice_for_every_language_that_its_maker_lists(name):
    engine = engine_named(name)
    assert all(code in (engine.voice(language) or "") for language, code in LISTED[name].items())
    assert not any(reads(name, language) for language in LISTED[name])


def test_what_the_makers_list_stands_in_their_packages():
    lang, espeak = pytest.importorskip("gtts.lang"), pytest.importorskip("espeakng_loader")
    assert {*LISTED["gtts"].values()} <= {*lang.tts_langs()}
    files = [path for path in Path(espeak.get_data_path(), "lang").rglob("*") if path.is_file()]
    voices = {found for path in files for found in re.findall(r"(?m)^language\s+(\S+)", path.read_text("utf-8"))}
    assert {*LISTED["espeak-ng"].values()} <= voices


def test_a_variety_of_a_country_is_spoken_as_its_language_and_another_script_is_not():
    assert [listed_code("espeak-ng", name) for name in ("de-LI", "fr-BE", "pa-Arab", "th", "ja")] == [
        "de", "fr-be", "", "", "",
    ]  # fmt: skip


def test_a_makers_word_counts_only_together_with_the_helplines():
    assert why_not("espeak-ng", "de", ["espeak-ng"]) == why_not("espeak-ng", "en") == ""
    assert "write reads: {de: espeak-ng} in helpline.yaml once you have listened" in why_not(
        "espeak-ng", "de", ["gtts"]
    )
    assert why_not("espeak-ng", "th", ["espeak-ng"]) == (
        "espeak-ng isn't known to read th; engines that do: gtts, azure."
    ), "gibberish, which somebody has looked at"
    assert why_not("rhvoice", "so", ["rhvoice"]) == (
        "rhvoice isn't known to read so; engines that do: none yet. Unverified, for `reads`: azure."
    )


def test_only_a_clip_by_an_engine_for_another_language_is_unverified():
    told = [("espeak-ng", "de"), ("espeak-ng", "en"), ("recording", "de"), ("", "de")]
    assert [is_unverified(*each) for each in told] == [True, False, False, False]
    assert "recording" not in READS


def change(folder: Path, old: str, new: str) -> None:
    text = (folder / "helpline.yaml").read_text("utf-8")
    assert old in text
    (folder / "helpline.yaml").write_text(text.replace(old, new), "utf-8")


def test_without_the_helplines_word_its_check_says_what_would_be_right_and_nothing_is_built(border):
    change(border, "reads: {de: espeak-ng, hi: [espeak-ng]}\n", "")
    why = (
        "espeak-ng reads hi by what its maker says, unverified here: "
        "write reads: {hi: espeak-ng} in helpline.yaml once you have listened to it"
    )
    assert f"unread-language 7: {why}" in mistakes(border)
    built = ivr(border, "audio", "build")
    assert f"{why}.\n" in built
    assert "0 made" in built


def test_an_engine_that_no_maker_lists_or_that_is_none_is_a_mistake_where_it_is_named(border):
    change(border, "{de: espeak-ng, hi: [espeak-ng]}", "{de: [espeakng, rhvoice], hi: [espeak-ng, say]}")
    told = mistakes(border)
    assert 'unknown-engine 8: there is no engine "espeakng"; did you mean "espeak-ng"?' in told
    assert any(each.startswith('unknown-engine 8: there is no engine "say"') for each in told)
    assert any(each.startswith("unread-language 8: rhvoice isn't known to read de;") for each in told)


def test_a_voice_of_the_carriers_of_another_language_is_a_mistake(border):
    change(border, '{code: "1"}', '{code: "1", say: {language: en-US, voice: Polly.Joanna}}')
    change(border, "[recording, espeak-ng]}", "[espeak-ng], say: {language: hi-IN, voice: Polly.Aditi}}")
    told = [each for each in mistakes(border) if each.startswith("unknown-voice")]
    assert told == ["unknown-voice 6: en-US is not the language de; right would be: de-AT, de-DE"]


@pytest.mark.voices
def test_a_line_in_german_and_hindi_is_built_by_its_own_word_and_ready(border, needed):
    try:
        EspeakNg().speak("Zwei.", "de")
    except UnavailableError as error:
        needed(str(error))
    built = ivr(border, "audio", "build")
    assert "0 refused" in built, built
    report = verify(border)
    assert report.problems == []
    assert report.line.helpline.ready == {"de", "hi"}
    assert ivr(border, "languages").count("formant, unverified") == 2
    assert "only your own word says read them (`reads`), unverified: de, hi" in [*voices_worth_knowing(report.line)][-1]

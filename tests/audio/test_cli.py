"""`ivr audio`: what a person sees."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from ivr.audio.engines import named
from ivr.cli import audio
from ivr.content.clip_text import ClipText
from ivr.errors import HelplineError
from tests.audio.speakers import Absent, Refusing, Speaker

BACK = ClipText("en", "key.back", ("Back, star.",))
MENU = ClipText("en", "menu", ("For the coupon, press one.",))
JAPANESE = ClipText("ja", "menu", ("ヨヤクハ ニヲ オシテ クダサイ。",))


@pytest.fixture
def helpline(tmp_path, monkeypatch):
    languages = {
        "en": SimpleNamespace(engines=("recording", "gtts", "say", "azure"), rate=1.0),
        "ja": SimpleNamespace(engines=("open-jtalk",), rate=0.9),
        "th": SimpleNamespace(engines=(), rate=1.0),
    }
    lines = {"en": {"key.back": BACK, "menu": MENU}, "ja": {"menu": JAPANESE}}
    folder = SimpleNamespace(languages=languages, clip_texts=lines, audio_dir=tmp_path / "audio")
    folder.about, folder.spoken, folder.speech = (
        SimpleNamespace(greets={}, reads={}),
        tuple(languages),
        languages.__getitem__,
    )
    monkeypatch.setattr(audio, "load_helpline", lambda _path: folder)
    monkeypatch.setitem(named.ENGINES, "azure", lambda rate: Speaker(rate=rate))
    monkeypatch.setitem(
        named.ENGINES, "open-jtalk", lambda rate: Speaker(name="open-jtalk", languages=("ja",), rate=rate)
    )
    monkeypatch.delitem(named.ENGINES, "gtts", raising=False)
    return folder


def cells(output):
    """What stands in a table, row by row, its heading first."""
    rows = [row.replace("┃", "│").split("│") for row in output.splitlines() if row[:1] in "┃│" and row]
    return [[cell.strip() for cell in row[1:-1]] for row in rows]


def run(*arguments):
    return CliRunner().invoke(audio.audio_command, arguments, obj="prompts")


def test_build_makes_every_clip_and_says_so(helpline):
    result = run("build")
    assert result.exit_code == 0
    assert "en key.back\nen menu\nja menu\n" in result.output
    assert result.output.endswith("3 made, 0 kept, 0 removed, 0 waiting, 0 refused.\n")
    assert cells(result.output)[1:] == [["en", "2", "0", "0", "0", "0"], ["ja", "1", "0", "0", "0", "0"]]


def test_a_second_build_makes_nothing(helpline):
    run("build")
    assert run("build").output.endswith("0 made, 3 kept, 0 removed, 0 waiting, 0 refused.\n")


def test_build_says_which_listed_engine_is_not_there(helpline):
    assert run("build").output.startswith(
        "gtts: there is no such engine here; there are azure, espeak-ng, kokoro, open-jtalk, rhvoice.\n"
    )


def test_build_makes_the_clips_after_the_carriers_own_voice_for_a_demo_and_none_by_that(helpline):
    assert "en menu" in run("build").output
    refused = run("build", "--engine", "say").exception
    assert str(refused) == "'say' is the carrier's own voice: it speaks during calls, and there are no clips to make"


def test_build_of_one_language_makes_that_one(helpline):
    assert "2 made, 0 kept, 0 removed, 0 waiting, 0 refused." in run("build", "--language", "en").output
    assert not (helpline.audio_dir / "ja").exists()


def test_build_by_one_engine_works_on_its_languages_only(helpline):
    run("build")
    assert "0 made, 1 kept, 0 removed, 0 waiting, 0 refused." in run("build", "--engine", "open-jtalk").output


def test_an_engine_that_is_named_speaks_anew_what_a_later_one_spoke(helpline, monkeypatch):
    run("build")
    monkeypatch.setitem(named.ENGINES, "gtts", lambda rate: Speaker(name="gtts", rate=rate))
    assert "0 made, 3 kept" in run("build").output
    assert "2 clips would be made" in run("build", "--engine", "gtts", "--dry-run").output
    assert "2 made, 0 kept" in run("build", "--engine", "gtts").output
    assert "0 made, 2 kept" in run("build", "--engine", "gtts").output
    assert "0 made, 2 kept" in run("build", "--engine", "azure").output


@pytest.mark.parametrize("name", ["parrot", "open-jtalk"])
def test_an_engine_that_none_of_the_languages_lists_is_told(helpline, name):
    result = run("build", "--engine", name, "--language", "en")
    assert str(result.exception) == (
        f"helpline.yaml lists the engine {name!r} for none of these languages; it lists: azure, gtts, recording"
    )


def test_an_engine_that_cannot_work_is_told_once_and_the_next_one_speaks(helpline, monkeypatch):
    monkeypatch.setitem(named.ENGINES, "gtts", lambda _rate: Absent(name="gtts"))
    result = run("build")
    assert result.exit_code == 0
    assert result.output.endswith(
        "3 made, 0 kept, 0 removed, 0 waiting, 0 refused.\nNot used in this run: it is not installed\n"
    )


def test_at_a_terminal_a_bar_shows_how_far_it_is(helpline, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    result = run("build")
    assert "3/3" in result.output
    assert "\nen menu\n" not in result.output


def test_a_dry_run_makes_nothing(helpline):
    result = run("build", "--dry-run")
    assert result.output.endswith("en key.back\nen menu\nja menu\n3 clips would be made.\n")
    assert not helpline.audio_dir.exists()


def test_the_rate_of_a_language_reaches_its_engine(helpline):
    run("build")
    assert '"voice": "syllables x0.9"' in (helpline.audio_dir / "manifest.json").read_text()


def test_a_language_that_no_engine_can_speak_here_waits_in_one_line_and_that_is_no_error(helpline, monkeypatch):
    monkeypatch.setitem(named.ENGINES, "azure", lambda _rate: Absent())
    result = run("build")
    assert result.exit_code == 0
    assert result.output.endswith(
        "1 made, 0 kept, 0 removed, 2 waiting, 0 refused.\n"
        "Not used in this run: it is not installed\n"
        "Waiting: en (2) for a recording or an engine. it is not installed\n"
    )


def test_refused_lines_are_told_last_once_for_each_reason_with_exit_status_1(helpline, monkeypatch):
    monkeypatch.setitem(named.ENGINES, "azure", lambda _rate: Refusing())
    result = run("build")
    assert result.exit_code == 1
    assert result.output.endswith(
        "1 made, 0 kept, 0 removed, 0 waiting, 2 refused.\nRefused: en key.back, en menu: azure: it coughed\n"
    )


def test_of_many_lines_with_one_reason_only_some_are_named(helpline, monkeypatch):
    monkeypatch.setitem(named.ENGINES, "azure", lambda _rate: Refusing())
    helpline.clip_texts["en"] = {f"n{n}": ClipText("en", f"n{n}", (f"Number {'one ' * n}.",)) for n in range(1, 15)}
    output = run("build", "--language", "en").output
    assert output.endswith("en n12 and 2 more: azure: it coughed\n")


def test_an_unknown_language_is_told_with_the_known_ones(helpline):
    result = run("build", "--language", "xx")
    assert isinstance(result.exception, HelplineError)
    assert str(result.exception) == "There is no language 'xx' in this helpline; there are: en, ja, th"


def test_without_the_packages_of_the_build_it_says_what_to_install(helpline, monkeypatch):
    monkeypatch.setattr(audio, "PACKAGES", ("numpy", "no_such_package"))
    result = run("build")
    assert str(result.exception) == "no_such_package: not installed. pip install 'ivr-helpline[audio]'"


def test_status_counts_the_clips_of_each_language(helpline):
    run("build", "--language", "en")
    (helpline.audio_dir / "en/menu.wav").unlink()
    helpline.clip_texts["en"]["key.back"] = ClipText("en", "key.back", ("Return, star.",))
    rows = [[cell.strip() for cell in row.split("│")] for row in run("status").output.splitlines()]
    assert ["", "en", "0", "1", "1", "0", "", ""] in rows
    assert ["", "ja", "0", "0", "0", "1", "", ""] in rows


def test_status_says_who_speaks(helpline):
    run("build")
    assert "azure 2" in run("status").output

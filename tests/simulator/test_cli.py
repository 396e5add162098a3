"""`ivr call`, as a person at a terminal uses it, over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from ivr.cli.call import call_command
from ivr.cli.keypad import HELP
from ivr.simulator import sign

from .line import DESK, Answer, Asked, Line, wav, wsgi_server
from .test_scripts import PAGES

TOKEN = "demo"


@pytest.fixture
def served() -> Iterator[tuple[str, Line]]:
    line = Line({})

    def voice(asked: Asked) -> str | Answer:
        good = sign(TOKEN, f"http://{asked.headers['HTTP_HOST']}/voice", asked.form)
        if asked.headers["HTTP_X_TWILIO_SIGNATURE"] != good:
            return Answer(b"", "text/plain", 403)
        return PAGES["/voice"]  # type: ignore[no-any-return]

    line.pages = {**PAGES, "/voice": voice, "/broken": Answer(b"<Nonsense/>")}
    with wsgi_server(line) as origin:
        yield f"{origin}/voice", line


def ivr(*args: str, typed: str = "", **env: str) -> Result:
    return CliRunner().invoke(call_command, args, typed, env={"TWILIO_AUTH_TOKEN": None, **env})


def test_a_whole_call_is_typed_and_shown(served: tuple[str, Line]) -> None:
    url, line = served
    done = ivr(url, typed="02\n9\n/answer\n1\n/desk-hang-up\n")
    assert done.exit_code == 0, done.output
    for shown in (
        "name",
        "you pressed 02  en-US",
        f"{DESK} rings and sees +99900000000",
        "the desk hears: press one",
        "The call is over: the line hung up.",
    ):
        assert shown in done.output
    assert line.forms("/voice")[0]["From"] == "anonymous"
    assert line.forms("/voice")[0]["To"] == "+99900000000"


def test_enter_is_silence_and_the_end_of_the_input_hangs_up(served: tuple[str, Line]) -> None:
    done = ivr(served[0], typed="02\n\n")
    assert "The call is over: the line had nothing more to say." in done.output
    assert "The call is over: you hung up." in ivr(served[0], typed="").output


def test_keys_may_be_given_instead_of_typed(served: tuple[str, Line]) -> None:
    done = ivr(served[0], "--keys", "02 9 /busy")
    assert "The call is over: the line hung up." in done.output


def test_a_key_may_come_early(served: tuple[str, Line], tmp_path: Path) -> None:
    ivr(served[0], "--save", str(tmp_path / "s"), typed="02 after 3\n")
    assert "press 02 after 3" in (tmp_path / "s").read_text()


def test_what_cannot_be_done_is_said_and_asked_again(served: tuple[str, Line]) -> None:
    done = ivr(served[0], typed="/answer\nhello\n/help\n/xml\n")
    assert "/answer is for when a desk rings; now the line waits for your key" in done.output
    assert "0 to 9, * and #" in done.output
    assert HELP.splitlines()[-1] in done.output
    assert "<Response><Play>/name.wav</Play>" in done.output


def test_the_call_is_saved_and_replayed(served: tuple[str, Line], tmp_path: Path) -> None:
    url, _ = served
    script = str(tmp_path / "call.txt")
    done = ivr(url, "--save", script, "--at", "2026-11-24 09:30", typed="02\n9\n/no-answer\n")
    assert f"The call is saved in {script}." in done.output
    done = ivr(url, "--script", script)
    assert done.exit_code == 0
    assert "met, 3 actions" in done.output


def test_the_moment_is_told_without_an_offset(served: tuple[str, Line]) -> None:
    ivr(served[0], "--at", "2026-11-24 09:30")
    assert served[1].forms("/voice")[0]["DemoClock"] == "2026-11-24T09:30:00"


def test_a_script_that_is_not_met_exits_with_1(served: tuple[str, Line], tmp_path: Path) -> None:
    script = tmp_path / "call.txt"
    script.write_text("hear nothing/such\n")
    done = ivr(served[0], "--script", str(script))
    assert done.exit_code == 1
    assert f"{script}:1:1: expected to hear nothing/such" in done.output
    script.write_text("haer it\n")
    done = ivr(served[0], "--script", str(script))
    assert done.exit_code == 1
    assert "'haer' is not a word of scripts" in done.output


def test_a_call_that_cannot_be_saved_says_why(served: tuple[str, Line], tmp_path: Path) -> None:
    done = ivr(served[0], "--save", str(tmp_path / ("x" * 300)), "--keys", "02")
    assert (done.exit_code, "can't be written: File name too long" in done.output) == (1, True)


def test_a_replay_may_be_saved_and_reads_the_same(served: tuple[str, Line], tmp_path: Path) -> None:
    url, (first, second) = served[0], (tmp_path / "first", tmp_path / "second")
    keys = "02 9 '/answer after 3' '1 after 0.25' '/clock 23:59:59' '/desk-hang-up after 7.125'"
    ivr(url, "--save", str(first), "--at", "2026-11-24 09:30", "--keys", keys)
    assert "desk hang-up after 7.125" in first.read_text()
    done = ivr(url, "--script", str(first), "--save", str(second))
    assert (done.exit_code, second.read_bytes()) == (0, first.read_bytes())


def test_a_call_of_now_is_saved_with_its_moment_so_that_it_can_be_met_later(
    served: tuple[str, Line], tmp_path: Path
) -> None:
    url, (first, second) = served[0], (tmp_path / "first", tmp_path / "second")
    ivr(url, "--save", str(first), "--keys", "02")
    told = served[1].forms("/voice")[0]["DemoClock"]
    assert datetime.fromisoformat(told).utcoffset() is not None
    assert f"at {told.removesuffix(':00').replace('T', ' ')[:16]}" in first.read_text()
    assert ivr(url, "--script", str(first), "--save", str(second)).exit_code == 0
    assert second.read_bytes() == first.read_bytes()
    assert "DemoClock" not in call_without_saving(served)


def call_without_saving(served: tuple[str, Line]) -> dict[str, str]:
    ivr(served[0])
    return served[1].forms("/voice")[-1]


def test_the_clock_moves_on_in_mid_call(served: tuple[str, Line]) -> None:
    typed = "/clock 16:00\n02\n/clock 2026-11-25 08:00:01\n/clock 7:00\n/clock noon\n9\n"
    done = ivr(served[0], "--at", "2026-11-24 15:59", typed=typed)
    assert [form["DemoClock"][-8:] for form in served[1].forms("/menu")] == ["16:00:02", "08:00:02"]
    assert "16:00:00 > 02" in done.output
    assert "it is 2026-11-25 08:00:01 already" in done.output
    assert "/clock noon: write /clock 16:00 or" in done.output
    assert "this call has no `at`" in ivr(served[0], typed="/clock 16:00\n").output


def test_without_a_demos_clock_the_calls_own_seconds_are_shown(served: tuple[str, Line]) -> None:
    assert "0:05 > 02" in ivr(served[0], typed="02\n").output


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("/desk-hang-up", "/desk-hang-up is for when you are connected with a desk or the desk is asked for a key"),
        ("/answers", "/answers is not a command: /help lists them"),
        ("02 after long", "after long: write the seconds in digits"),
        ("02 after 99", "after 99 s is too late: this wait ends after 10 s"),
        ("0 2", "'0 2': a telephone has the keys 0 to 9, * and #"),
    ],
)
def test_what_was_meant_is_told_in_words_of_the_terminal(served: tuple[str, Line], typed: str, told: str) -> None:
    assert told in ivr(served[0], typed=f"{typed}\n").output


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--at", "noon"), "'noon' is not a moment: write it as 2026-11-24 09:30"),
        (("--keys", "02 '1"), "a quotation mark is left open"),
        (("--save", "/no/such/folder/call.txt"), "there is no folder /no/such/folder"),
    ],
)
def test_a_wrong_option_is_told_before_anybody_is_called(
    served: tuple[str, Line], options: tuple[str, str], told: str
) -> None:
    done = ivr(served[0], *options)
    assert done.exit_code == 2
    assert told in " ".join(done.output.split())
    assert served[1].asked == []


def test_a_call_that_nobody_answered_is_not_saved(tmp_path: Path) -> None:
    ivr("http://127.0.0.1:9/voice", "--save", str(tmp_path / "call.txt"))
    assert list(tmp_path.iterdir()) == []


def test_a_script_that_is_no_text_is_told_so(served: tuple[str, Line], tmp_path: Path) -> None:
    script = tmp_path / "call.txt"
    script.write_bytes(b"press \xff")
    done = ivr(served[0], "--script", str(script))
    assert done.exit_code == 1
    assert f"{script}: byte 7 is not UTF-8" in done.output


def test_nothing_at_the_address_says_how_to_start_the_line() -> None:
    done = ivr("http://127.0.0.1:9/voice")
    assert done.exit_code == 1
    assert "Nothing answers at http://127.0.0.1:9/voice. Start the line with: make run" in done.output
    assert "Traceback" not in done.output


def test_a_wrong_token_is_named(served: tuple[str, Line], tmp_path: Path) -> None:
    done = ivr(served[0], "--token", "wrong")
    assert done.exit_code == 1
    assert "refuses the signature" in done.output
    script = tmp_path / "call.txt"
    script.write_text("wait\n")
    assert "refuses the signature" in ivr(served[0], "--token", "no", "--script", str(script)).output


def test_the_token_comes_from_the_environment_the_first_of_two(served: tuple[str, Line]) -> None:
    assert ivr(served[0], TWILIO_AUTH_TOKEN="demo,old").exit_code == 0
    assert ivr(served[0], TWILIO_AUTH_TOKEN="old").exit_code == 1


def test_an_error_of_the_line_is_told_without_a_traceback(served: tuple[str, Line]) -> None:
    done = ivr(served[0].replace("voice", "broken"))
    assert done.exit_code == 1
    assert "Twilio 12102" in done.output
    assert "Traceback" not in done.output


def test_a_machine_without_a_player_says_so(served: tuple[str, Line], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: None)
    assert "No player for sound was found" in ivr(served[0], "--play").output


def test_sounds_are_played_by_the_machines_player(
    served: tuple[str, Line], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    player = tmp_path / "aplay"
    player.write_text(f'#!/bin/sh\ncat "$2" >> {tmp_path}/played\n')
    player.chmod(0o755)
    monkeypatch.setattr("shutil.which", lambda name: str(player) if name == "aplay" else None)
    ivr(served[0], "--play")
    assert (tmp_path / "played").read_bytes() == wav(2).body + wav(3).body


def test_every_command_in_the_help_is_one(served: tuple[str, Line]) -> None:
    words: Any = {word for word in HELP.replace(",", " ").split() if word.startswith("/")}
    for word in words:
        assert "0 to 9, * and #" not in ivr(served[0], typed=f"{word}\n").output, word
        assert "not a command" not in ivr(served[0], typed=f"{word}\n").output, word

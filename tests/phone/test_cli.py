"""`ivr call`, as a person at a terminal uses it, over real HTTP."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from wsgiref.simple_server import make_server

import pytest
from click.testing import CliRunner, Result

from ivr.cli.call import HELP, call_command
from ivr.phone import sign

from .line import DESK, Answer, Asked, Line, wav
from .test_call import Quiet
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
    server = make_server("127.0.0.1", 0, line, handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/voice", line
    server.shutdown()
    thread.join()
    server.server_close()


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
        "The call is over: hangup.",
    ):
        assert shown in done.output
    assert line.forms("/voice")[0]["From"] == "anonymous"
    assert line.forms("/voice")[0]["To"] == "+99900000000"


def test_enter_is_silence_and_the_end_of_the_input_hangs_up(served: tuple[str, Line]) -> None:
    done = ivr(served[0], typed="02\n\n")
    assert "The call is over: ran out of verbs." in done.output
    assert "The call is over: caller." in ivr(served[0], typed="").output


def test_keys_may_be_given_instead_of_typed(served: tuple[str, Line]) -> None:
    done = ivr(served[0], "--keys", "02 9 /busy")
    assert "The call is over: hangup." in done.output


def test_a_key_may_come_early(served: tuple[str, Line], tmp_path: Path) -> None:
    ivr(served[0], "--save", str(tmp_path / "s"), typed="3 02\n")
    assert "press 02 after 3" in (tmp_path / "s").read_text()


def test_what_cannot_be_done_is_said_and_asked_again(served: tuple[str, Line]) -> None:
    done = ivr(served[0], typed="/answer\nhello\n/help\n/xml\n")
    assert "desk() needs a call that is ringing" in done.output
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
    assert "met, 3 deeds" in done.output


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

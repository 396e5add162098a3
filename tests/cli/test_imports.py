"""Commands that don't serve do without the server: they run where it can't be imported, as on Windows."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from ivr.cli import serve
from ivr.cli.main import COMMANDS, group
from ivr.errors import HelplineError
from tests.cast import ROOT
from tests.served import environment

# gunicorn needs fcntl, which only Unix has; the rest is of no use to these commands, and slow to import.
SERVER = ("fcntl", "gunicorn", "sqlalchemy", "twilio.rest", "faster_whisper", "num2words", "anyascii", "pypinyin")
pytestmark = pytest.mark.slow

BLOCKED = """
import json, sys
sys.modules.update(dict.fromkeys(json.loads(sys.argv.pop(1))))
from ivr.cli.main import main
main()
"""


def ivr(*words: str, blocked: tuple[str, ...] = SERVER) -> subprocess.CompletedProcess[str]:
    """The command where none of `blocked` can be imported."""
    command = [sys.executable, "-c", BLOCKED, json.dumps(blocked), *words]
    return subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def prompts(tmp_path_factory):
    """A helpline that `ivr new` made there."""
    folder = tmp_path_factory.mktemp("lines") / "line"
    made = ivr("new", str(folder), blocked=(*SERVER, "flask", "pydantic", "twilio"))
    assert made.returncode == 0, made.stderr
    return str(folder / "prompts")


@pytest.mark.parametrize(
    ("words", "heard", "blocked"),
    [
        ("check", "no mistakes", SERVER),
        ("languages", "3 of 3 languages are offered.", SERVER),
        ("audio status", "missing", (*SERVER, "flask", "twilio")),
        ("audio record-sheet en", "[ ] ", (*SERVER, "flask", "twilio")),
        ("audio build --dry-run", "clips would be made", (*SERVER, "flask", "twilio", "gtts")),
    ],
)
def test_a_command_that_does_not_serve_runs_without_the_server(prompts, words, heard, blocked):
    run = ivr("--helpline", prompts, *words.split(), blocked=blocked)
    assert run.returncode == 0, run.stderr
    assert heard in run.stdout


def test_a_line_can_be_called_without_the_server():
    run = ivr("call", "http://127.0.0.1:9", "--keys", "1")
    assert run.returncode == 1
    assert run.stderr.startswith("Error: Nothing answers at http://127.0.0.1:9.")


def test_all_commands_are_listed_without_the_server():
    listed = ivr("--help", blocked=("fcntl", "gunicorn", "twilio.rest"))
    assert listed.returncode == 0, listed.stderr
    assert all(f"\n  {name} " in listed.stdout for name in COMMANDS)


def test_on_windows_serve_says_what_it_needs(monkeypatch):
    monkeypatch.setattr(serve.sys, "platform", "win32")
    with pytest.raises(HelplineError, match="needs Linux or macOS"):
        group.main(["serve", "--demo"], standalone_mode=False)

"""Every command on a machine that lacks something: it ends with words, never with a traceback."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from ivr.cli.main import group
from ivr.cli.new import STARTER
from ivr.content.loader import load_helpline
from ivr.errors import ContentError
from tests.cast import ROOT
from tests.served import Server

pytestmark = pytest.mark.slow

SECONDS = 240
LONG = f"the folder of a night clinic, {'long ' * 30}"
NOWHERE = "http://127.0.0.1:9"  # nothing answers at this port
# Root may write everywhere, unless it gives that right away.
AS_ANYBODY = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search"]
MACHINES = {
    "a terminal of old Japan": {"LANG": "ja_JP.eucJP", "PYTHONIOENCODING": "euc_jp"},
    "a terminal that shows ASCII alone": {"LANG": "ja_JP.eucJP", "PYTHONIOENCODING": "ascii"},
}


def commands(command: click.Command = group, words: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Everything that can be typed, by its words."""
    if not isinstance(command, click.Group):
        return [words]
    context = click.Context(command)
    below = [(name, command.get_command(context, name)) for name in command.list_commands(context)]
    own = [words] if command.invoke_without_command else []
    return own + [found for name, each in below if each for found in commands(each, (*words, name))]


def typed(folder: Path) -> dict[tuple[str, ...], list[str]]:
    """What is typed behind each command's words for it to do its work, in the order in which it is done."""
    return {
        ("new",): [str(folder / "another")],
        ("check",): ["--live", "--times"],
        ("languages",): [],
        ("audio", "status"): [],
        ("audio", "build"): ["--language", "fr", "--engine", "espeak-ng"],  # the quickest
        ("audio", "listen"): ["--language", "fr", "--prompt", "goodbye"],
        ("audio", "record-sheet"): ["fr"],
        ("audio", "import"): [
            *(str(ROOT / "tests/cli/__init__.py"), "--language", "fr", "--prompt", "goodbye"),
            *("--speaker", "A", "--consent", "2026-01-01"),
        ],
        ("desks",): [],
        ("desks", "close"): ["nurse", "--further-notice", "--reason", "other"],
        ("desks", "open"): ["nurse", "--further-notice", "--reason", "other"],
        ("desks", "clear"): ["nurse"],
        ("counts",): ["--csv"],
        ("changes", "list"): [],
        ("changes", "export"): [],
        ("changes", "publish"): ["1"],
        ("cards",): [str(folder / "cards.html"), "--demo"],
        ("fallback", "export"): [str(folder / "last resort"), "--url", NOWHERE],
        ("call",): [f"{NOWHERE}/voice", "--keys", "01"],
        ("serve",): [],
        ("sign-in",): [],
        ("twilio", "setup"): ["--yes"],
        ("twilio", "doctor"): [],
    }


def started(folder: Path, words: list[list[str]], environ: dict[str, str], *, before: tuple[str, ...] = ()) -> str:
    """Runs them in the folder, without a home and without a network; what was printed, if all of them ended."""
    asked, answers = folder.parent / "asked.json", folder.parent / "answers.json"
    asked.write_text(json.dumps(words), encoding="utf-8")
    answers.touch()
    nothing = {"HOME": "/nonexistent", "http_proxy": NOWHERE, "https_proxy": NOWHERE}
    done = subprocess.run(
        [*before, sys.executable, "-m", "tests.cli.in_one_process", str(asked), str(answers)],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": f"{ROOT}:{ROOT}/tests/impatient", **nothing, **environ},
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=SECONDS,
    )
    printed = done.stdout.decode(errors="replace")
    assert done.returncode == 0, printed
    ended = json.loads(answers.read_text(encoding="utf-8"))
    assert {tuple(each): how for each, how in zip(words, ended, strict=True) if how != "ended"} == {}
    assert "Traceback" not in printed
    return printed


@pytest.fixture
def clinic(tmp_path) -> Path:
    folder = tmp_path / LONG / "夜の診療所"
    shutil.copytree(STARTER, folder)
    return folder


def works(clinic: Path) -> list[list[str]]:
    return [["--helpline", "prompts", *words, *more] for words, more in typed(clinic).items()]


def test_every_command_is_tried_here(tmp_path):
    assert {*commands()} == {*typed(tmp_path)}


@pytest.mark.parametrize("machine", MACHINES.values(), ids=MACHINES)
def test_no_command_fails_by_what_a_terminal_can_show(clinic, machine):
    started(clinic, [[*words, "--help"] for words in commands()] + works(clinic), machine)


def test_what_a_terminal_cannot_show_is_said(clinic):
    told = started(clinic, [["--helpline", "prompts", "languages"]], {"PYTHONIOENCODING": "ascii"})
    assert r"Fran\xe7ais" in told
    assert "can't be shown in this terminal's encoding (ascii)" in told
    assert "PYTHONIOENCODING=utf-8" in told


def test_no_command_fails_in_a_folder_that_may_not_be_written(clinic):
    for path in [*clinic.rglob("*"), clinic]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    before = tuple(AS_ANYBODY) if os.geteuid() == 0 else ()
    try:
        told = started(clinic, works(clinic), {"LC_ALL": "C"}, before=before)
    finally:
        for path in [clinic, *clinic.rglob("*")]:
            path.chmod(0o755)
    for what in ("another can't be made", "cards.html can't be written", "a file that you may write", "audio: "):
        assert what in told


def test_a_demo_answers_whatever_the_terminal_shows_and_without_a_home():
    with Server("--demo", LANG="ja_JP.eucJP", PYTHONIOENCODING="ascii", HOME="/nonexistent") as server:
        assert server.until_ready().call().heard


def test_time_zones_that_a_machine_does_not_have_are_no_mistake_of_the_content(clinic, tmp_path):
    hidden = tmp_path / "hidden" / "tzdata"
    hidden.mkdir(parents=True)
    (hidden / "__init__.py").write_text("raise ImportError")
    environ = {"PYTHONTZPATH": "", "PYTHONPATH": f"{hidden.parent}:{ROOT}"}
    told = started(clinic, [["--helpline", "prompts", "check"]], environ)
    assert "This machine has no time zone data. Right would be: pip install tzdata" in told
    assert "helpline.yaml" not in told


@pytest.mark.parametrize("name", ["._en.yaml", ".#en.yaml", ".DS_Store", ".en.yaml.swp", "._en.yml"])
def test_what_machines_leave_beside_the_texts_is_not_read(clinic, name):
    for folder in (clinic / "prompts", clinic / "prompts" / "text"):
        (folder / name).write_bytes(b"\x00\x05\x16\x07")
    assert {*load_helpline(clinic / "prompts").texts} == {"en", "es", "fr"}


def test_a_file_in_the_place_of_the_folder_is_told_as_that(clinic):
    with pytest.raises(ContentError, match="this is a file, not the folder of a helpline"):
        load_helpline(clinic / "prompts" / "helpline.yaml")

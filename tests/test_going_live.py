"""docs/going-live.md: followed in its order, with a Twilio of our own and a line that runs as the unit starts it."""

from __future__ import annotations

import re
import shlex
import shutil
import socket
import sqlite3
import subprocess
from collections.abc import Iterator
from configparser import ConfigParser
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner

from ivr.account import rest, ringing
from ivr.audio.line import load_line
from ivr.cli.main import group
from ivr.config import read_settings
from ivr.content.loader import load_helpline
from ivr.verify.verify import Report
from tests.account.stub import SID, TOKEN, ToTheStub, Twilio, country, number, served
from tests.cast import ROOT, helpline
from tests.served import PATIENCE, ToTheLine, environment, run_ivr
from tests.test_staff_docs import JOBS, apply, job

PAGE = (ROOT / "docs" / "going-live.md").read_text(encoding="utf-8")
SECTIONS = {title: text for title, _, text in (part.partition("\n") for part in PAGE.split("\n## ")[1:])}
PUBLIC_URL, OURS = "https://line.example.org", ".venv/bin/ivr "

# What the reader writes for the page's words. Numbers that are kept for fiction: nobody's, and not refused as a demo's.
YOURS = {
    "<account sid>": SID,
    "<auth token>": TOKEN,
    "<secondary token>": "b" * 32,
    "<number of the desk>": "+12025550111",
    "<number of the line>": "+12025550100",
    "<address>": PUBLIC_URL,
    "<password of the first coordinator>": "five-words-drawn-by-dice",
    "<secret key>": "c" * 64,
}
CONFIRMED = "2020-01-01"  # a day that has come by whatever clock the server has


def written(text: str, root: Path) -> str:
    for word, value in {**YOURS, "/opt/ivr": root, "/etc/ivr.env": root / "ivr.env", "/var/lib/ivr": root}.items():
        text = text.replace(word, str(value))
    return text


def blocks(text: str) -> list[str]:
    """What is typed, or written into a file: all but changes, which are marked as such."""
    return [inner for kind, inner in re.findall(r"(?m)^```(\w*)\n(.*?)^```$", text, re.S) if not kind]


def typed(*titles: str) -> list[str]:
    """The same of these sections, line by line."""
    return [line for title in titles for block in blocks(SECTIONS[title]) for line in block.splitlines()]


@dataclass
class Place:
    """A folder that stands for the machine: what is under it is what /opt/ivr, /etc and /var/lib/ivr would hold."""

    root: Path
    env: dict[str, str]


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Place:
    """The content confirmed by the pages' own changes, the settings written into a copy of .env.example."""
    root = tmp_path_factory.mktemp("opt")
    shutil.copytree(ROOT / "prompts", root / "prompts")
    (root / "audio").symlink_to(ROOT / "audio")
    for changes in (
        JOBS["Confirm the content"],
        JOBS["Compare the holidays"],
        job(SECTIONS["Confirm what the line says"]),
    ):
        for file, change in changes.changes:
            apply(root, file, change)
    about = root / "prompts" / "helpline.yaml"
    about.write_text(re.sub(r"(?m)^confirmed_on: .*", f"confirmed_on: {CONFIRMED}", about.read_text("utf-8")), "utf-8")
    settings = (ROOT / ".env.example").read_text("utf-8")
    for line in typed("A machine of your own"):
        if name := re.match(r"([A-Z_]+)=", line):
            settings = re.sub(rf"(?m)^{name[0]}$", written(line, root), settings)
    (root / "ivr.env").write_text(settings, "utf-8")
    (enter,) = [line for line in typed("A machine of your own") if "set -a" in line]
    shell = subprocess.run(
        ["bash", "-c", f"{written(enter, root)} && env -0"],
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    return Place(root, dict(pair.split("=", 1) for pair in shell.stdout.split("\0") if pair))


def run(place: Place, line: str, monkeypatch) -> tuple[int, str]:
    """Types a line of the page in the shell of the line; whatever it asks is answered with yes."""
    monkeypatch.chdir(place.root)
    for name in ("CALLER_ID", "FALLBACK_URL", "AUDIO_URL"):
        monkeypatch.delenv(name, raising=False)
    result = CliRunner().invoke(group, shlex.split(line)[1:], env=place.env, input="y\n")
    return result.exit_code, f"{result.output}{result.exception or ''}"


def test_the_unit_reads_the_settings_as_the_shell_does(place):
    lines = (place.root / "ivr.env").read_text("utf-8").splitlines()
    settings = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert settings == {name: place.env[name] for name in settings}
    assert read_settings(settings, helpline().desks).public_url == PUBLIC_URL


@time_machine.travel("2020-01-02T00:00:00Z", tick=False)
def test_the_check_lets_the_line_go_live_once_every_voice_is_accepted(place, monkeypatch):
    monkeypatch.setattr(
        "ivr.cli.check.verify", lambda folder, _changes: Report(load_line(folder), figures=dict.fromkeys(FIGURES, 1))
    )
    (check,) = [line for line in typed("A machine of your own") if line.startswith(OURS)]
    status, told = run(place, check, monkeypatch)
    (left,) = [line for line in told.splitlines() if "helpline.yaml:" in line]
    named = re.search(r": ([\w, -]+): spoken by a formant engine", left)[1].split(", ")
    assert (status, {"ne", "si"} & {*named}) == (1, set())
    about = place.root / "prompts" / "helpline.yaml"
    accepted = f"accepted_voices: [ne, si, {', '.join(named)}]"
    about.write_text(about.read_text("utf-8").replace("accepted_voices: [ne, si]", accepted), "utf-8")
    assert run(place, check, monkeypatch)[0] == 0


FIGURES = ("states", "answers", "documents", "prompts", "facts", "languages")


@contextmanager
def started(place: Place) -> Iterator[int]:
    """The port of the line, run by the unit's command on a socket that it is handed, as systemd hands it."""
    unit = ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str
    unit.read(ROOT / "deploy" / "ivr.service")
    program, *words = unit["Service"]["ExecStart"].split()
    assert program == f"{unit['Service']['WorkingDirectory']}/{OURS.strip()}"
    with socket.create_server(("127.0.0.1", 0)) as held:
        process = run_ivr(*words, door=held, cwd=place.root, **place.env)
        try:
            yield held.getsockname()[1]
        finally:
            process.terminate()
            process.wait(PATIENCE)


# What each command has to print, in the order in which the page has it typed.
TOLD = {
    "twilio setup": "+12025550100 calls this line now",
    "twilio doctor": f"right    {PUBLIC_URL}/voice: a call signed is answered, and its sounds are there",
    "twilio doctor --ring cinga": "right    CINGA_PHONE, number 1: somebody or something answered",
    "twilio doctor --ring fresc": "right    FRESC_PHONE, number 1: somebody or something answered",
    "call https://": "Provisional Release Permit",
    "call --probe": f"{PUBLIC_URL}/voice is well.",
}


def test_the_page_leads_to_a_number_that_calls_a_line_that_answers(place, monkeypatch):
    twilio = Twilio(
        numbers=[number(YOURS["<number of the line>"])],
        countries=[country("US", "United States", "+1", ordinary=True)],
        calls=[["completed"], ["completed"]],
    )
    commands = [line for line in typed("Point the number at the line", "Try it") if line.startswith(OURS)]
    monkeypatch.setattr(ringing.time, "sleep", lambda _: None)
    with served(twilio) as stub, started(place) as port:
        monkeypatch.setattr("ivr.cli.twilio.load_helpline", cache(load_helpline))
        monkeypatch.setattr(rest, "_http", lambda: ToTheStub(stub))
        for room in ("twilio", "call"):
            monkeypatch.setattr(
                f"ivr.cli.{room}.HttpTransport", lambda: ToTheLine(PUBLIC_URL, f"http://127.0.0.1:{port}")
            )
        for line, (command, words) in zip(commands, TOLD.items(), strict=True):
            status, told = run(place, line, monkeypatch)
            assert line.removeprefix(OURS).startswith(command)
            assert (status, words in told, "WRONG" in told) == (0, True, False), told
    assert [name for name, _ in twilio.asked if name in ("change", "ring")] == ["change", "ring", "ring"]


def test_the_copy_of_the_counts_can_be_read_and_made_again(place):
    lines = [line for line in typed("Keep the counts safe") if not line.startswith("sudo ")]
    copying = written("\n".join(lines), place.root).replace(".venv/bin/python", shutil.which("python3"))
    sqlite3.connect(place.root / "ivr.db").execute("CREATE TABLE IF NOT EXISTS kept (name TEXT)").connection.close()
    for _ in range(2):
        subprocess.run(["bash", "-ec", copying], check=True)
    tables = sqlite3.connect(place.root / "backup.db").execute("SELECT name FROM sqlite_master").fetchall()
    assert ("kept",) in tables


@pytest.mark.parametrize("block", blocks(PAGE))
def test_every_block_is_a_script_that_a_shell_can_read(block, tmp_path):
    subprocess.run(["bash", "-n", "-c", re.sub(r"<[^>]*>", "yours", block)], check=True)


def test_what_is_installed_is_there_and_goes_where_the_page_and_the_units_look_for_it():
    lines = [line for title in SECTIONS for line in typed(title)]
    installed = {word for line in lines for word in line.split() if word.startswith("deploy/")}
    assert installed == {f"deploy/{path.name}" for path in (ROOT / "deploy").iterdir()}
    for name in ("nginx.conf", "Caddyfile"):
        assert f"127.0.0.1:{port_of_the_socket()}" in (ROOT / "deploy" / name).read_text("utf-8")
    assert f"curl -fsS -m 30 http://127.0.0.1:{port_of_the_socket()}/ready" in lines


def port_of_the_socket() -> str:
    return re.search(r"ListenStream=127\.0\.0\.1:(\d+)", (ROOT / "deploy" / "ivr.socket").read_text("utf-8"))[1]


@pytest.mark.parametrize(
    "line",
    [
        "LimitNOFILE=8192",
        "LimitCORE=0",
        "UMask=0077",
        "StateDirectoryMode=0700",
        "Restart=always",
        "CapabilityBoundingSet=",
        "LockPersonality=yes",
        "MemoryDenyWriteExecute=yes",
        "NoNewPrivileges=yes",
        "PrivateDevices=yes",
        "PrivateMounts=yes",
        "PrivateTmp=yes",
        "PrivateUsers=yes",
        "ProcSubset=pid",
        "ProtectClock=yes",
        "ProtectControlGroups=yes",
        "ProtectHome=yes",
        "ProtectHostname=yes",
        "ProtectKernelLogs=yes",
        "ProtectKernelModules=yes",
        "ProtectKernelTunables=yes",
        "ProtectProc=invisible",
        "ProtectSystem=strict",
        "RemoveIPC=yes",
        "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6",
        "RestrictNamespaces=yes",
        "RestrictRealtime=yes",
        "RestrictSUIDSGID=yes",
        "SystemCallArchitectures=native",
        "SystemCallFilter=@system-service",
        "SystemCallFilter=~@privileged @resources",
    ],
)
def test_the_unit_takes_from_the_line_what_it_does_not_need(line):
    assert line in (ROOT / "deploy" / "ivr.service").read_text("utf-8").splitlines()


@pytest.mark.parametrize("page", ["deploy/nginx.conf", "docs/fallback.md"])
def test_nginx_writes_down_no_address_that_is_asked_for_or_refused(page):
    text = (ROOT / page).read_text("utf-8")
    about_requests = text.partition("\nhttp {\n")[2] or text
    assert set(re.findall(r"\n *access_log (.*);", about_requests)) == {"off"}
    assert {log.split()[1] for log in re.findall(r"\n *error_log (.*);", about_requests)} == {"emerg"}


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_the_readers_name_replaces_the_examples_everywhere(name):
    (change,) = {line.split("'")[1] for line in typed("A machine of your own") if "sed -i" in line}
    text = subprocess.run(
        ["sed", change.replace("<your name>", "own.test"), ROOT / "deploy" / name],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "line.example.org" not in text
    assert "own.test" in text


def test_every_setting_that_is_written_is_one():
    known = set(re.findall(r"(?m)^([A-Z_]+)=", (ROOT / ".env.example").read_text("utf-8")))
    written_ = set(re.findall(r"(?m)(?:^|`|config:set |\s)([A-Z][A-Z_]+)=", PAGE))
    assert {"TWILIO_ACCOUNT_SID", "AUDIO_URL", "DATABASE_URL"} <= written_ <= known


def test_two_tokens_are_written_as_the_line_reads_them():
    given = re.findall(r"`TWILIO_AUTH_TOKEN=([^`]+)`", SECTIONS["Replace the token"])
    both = [read_settings({"PUBLIC_URL": PUBLIC_URL, "TWILIO_AUTH_TOKEN": written(text, Path())}, []) for text in given]
    assert [settings.tokens for settings in both] == [(TOKEN, "b" * 32), ("b" * 32,)]


def test_the_first_lines_lead_to_every_section():
    anchors = [title.lower().replace(" ", "-") for title in SECTIONS]
    assert [anchor for anchor in anchors if f"](#{anchor})" not in PAGE.split("\n## ")[0]] == []

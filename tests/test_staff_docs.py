"""docs/staff.md: each job is done as the page says, on a copy of prompts/, and callers hear what it promises."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from click.testing import CliRunner

from ivr.app import create_app
from ivr.audio.catalog import Catalog
from ivr.cli.main import group
from ivr.config import read_settings
from ivr.content.loader import load_helpline
from ivr.content.model import Helpline
from ivr.simulator import WsgiTransport
from ivr.verify.verify import verify
from tests.cast import ROOT, helpline, line_with

pytestmark = pytest.mark.slow

PAGE = (ROOT / "docs" / "staff.md").read_text(encoding="utf-8")
PIECE = re.compile(
    r"^`(?P<file>(?:\w+/)?prompts/\S+)`$|^```diff\n(?P<diff>.*?)^```$|^```\n(?P<typed>.*?)^```$", re.S | re.M
)
IVR = ".venv/bin/ivr "


@dataclass
class Job:
    """One section of the page: what is changed in which file, what is typed, and what callers then hear or don't."""

    changes: list[tuple[str, str]] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    unheard: list[str] = field(default_factory=list)

    @property
    def call(self) -> str | None:
        return next((line for line in self.typed if line.startswith(f"{IVR}call ")), None)


def jobs() -> dict[str, Job]:
    sections = [section.partition("\n") for section in PAGE.split("\n## ")[1:]]
    return {title: job(text) for title, _, text in sections if title != "Before the first job"}


def job(text: str) -> Job:
    found, file = Job(), ""
    for piece in PIECE.finditer(text):
        file = piece["file"] or file
        if piece["diff"]:
            found.changes.append((file, piece["diff"]))
        for line in (piece["typed"] or "").splitlines():
            found.typed.append(line)
            if line.startswith("cp "):
                found.changes.append(("", line))
    quoted = re.findall(r"(?m)^> (.+)$", text)
    found.unheard = [words.strip("~") for words in quoted if words.startswith("~~")]
    found.heard = [words for words in quoted if not words.startswith("~~")]
    return found


JOBS = jobs()
CHANGING = [title for title, found in JOBS.items() if found.changes]
CALLING = [title for title, found in JOBS.items() if found.heard or found.unheard]


def apply(root: Path, file: str, change: str) -> None:
    """What a reader would do; the place has to be there once, and as it is shown."""
    if not file:
        _, source, target = shlex.split(change)
        shutil.copy(root / source, root / target)
        return
    lines = [(line[:1] or " ", line[1:]) for line in change.splitlines()]
    old = "".join(f"{text}\n" for sign, text in lines if sign != "+")
    new = "".join(f"{text}\n" for sign, text in lines if sign != "-")
    text = "\n" + (root / file).read_text(encoding="utf-8")
    assert text.count("\n" + old) == 1, f"{file} has this not once:\n{old}"
    (root / file).write_text(text.replace("\n" + old, "\n" + new)[1:], encoding="utf-8")


@pytest.fixture(scope="module")
def catalog():
    return Catalog.load(ROOT / "audio")


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """Each job done on a copy of its own, once; loading it is what `ivr check` begins with."""
    made: dict[str, tuple[Path, Helpline]] = {}

    def do(title: str) -> tuple[Path, Helpline]:
        if title not in made:
            root = tmp_path_factory.mktemp("line")
            shutil.copytree(ROOT / "prompts", root / "prompts")
            for file, change in JOBS[title].changes:
                apply(root, file, change)
            made[title] = (root / "prompts", load_helpline(root / "prompts"))
        return made[title]

    return do


def heard(line: Helpline, typed: str, catalog: Catalog, monkeypatch) -> str:
    """What `ivr call` prints, with a demo of this line at the other end."""
    monkeypatch.setattr(Catalog, "load", lambda _: catalog)
    app = create_app(line_with(line), read_settings({}, line.desks, demo=True))
    monkeypatch.setattr("ivr.cli.call.HttpTransport", lambda: WsgiTransport(app))
    result = CliRunner().invoke(group, shlex.split(typed)[1:], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize("title", CHANGING)
def test_a_job_leaves_no_mistake_behind(title, done):
    assert done(title)
    assert f"{IVR}check" in JOBS[title].typed


def test_the_news_that_are_shown_pass_the_whole_check(done):
    folder = done("Put up news")[0]
    (folder.parent / "audio").symlink_to(ROOT / "audio")
    report = verify(folder)
    texts = report.line.helpline.clip_texts
    assert {language for language in texts if "notice" in texts[language]} == {"en", "ja"}
    assert [problem for problem in report.problems if not problem.rule.startswith("clip-")] == []


@pytest.mark.parametrize("title", CALLING)
def test_callers_hear_what_a_job_promises_and_did_not_before(title, done, catalog, monkeypatch):
    found, (_, line) = JOBS[title], done(title)
    before = heard(helpline(), found.call, catalog, monkeypatch)
    after = heard(line, found.call, catalog, monkeypatch)
    assert [words for words in found.heard if words not in after] == []
    assert [words for words in found.unheard if words in after] == []
    assert [words for words in found.unheard if words not in before] == []
    assert not found.heard or [words for words in found.heard if words not in before] != []


OTHERS = [
    (title, line)
    for title, found in JOBS.items()
    for line in found.typed
    if line.startswith(IVR) and not line.startswith((f"{IVR}call", f"{IVR}check", f"{IVR}audio build"))
]


@pytest.mark.parametrize(("title", "typed"), OTHERS)
def test_every_other_command_of_a_job_works(title, typed, done, catalog, monkeypatch):
    folder = done(title)[0]
    monkeypatch.setattr(Catalog, "load", lambda _: catalog)
    result = CliRunner().invoke(group, ["--helpline", str(folder), *shlex.split(typed)[1:]], catch_exceptions=False)
    assert result.exit_code == 0, result.output


def test_the_holidays_of_a_year_are_printed():
    typed = next(line for found in JOBS.values() for line in found.typed if line.startswith(".venv/bin/python"))
    run = subprocess.run([sys.executable, *shlex.split(typed)[1:]], capture_output=True, text=True, check=True)
    assert "datetime.date(2027, 3, 22)" in run.stdout


def test_the_first_lines_lead_to_every_job():
    listed = PAGE.split("\n## ")[0]
    anchors = ["before-the-first-job", *(title.lower().replace(" ", "-") for title in JOBS)]
    assert [anchor for anchor in anchors if f"](#{anchor})" not in listed] == []
    assert len(JOBS) == 12

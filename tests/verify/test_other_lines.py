"""Lines with rules of their own are proved too, and what they change is held in another way."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ivr.flow import menus, transfers
from ivr.flow.all_situations import notice_days, told_overrides
from ivr.flow.endings import home
from ivr.flow.notices import told_of_desks
from ivr.verify.verify import verify
from tests.cast import helpline
from tests.lines import CRISIS, TOWN, crisis, town

pytestmark = pytest.mark.slow


@pytest.fixture
def changed(tmp_path):
    """A copy of a line with this in place of that in helpline.yaml."""

    def change(folder: Path, old: str, new: str) -> Path:
        copy = Path(shutil.copytree(folder, tmp_path / "prompts"))
        about = (copy / "helpline.yaml").read_text("utf-8")
        assert old in about
        (copy / "helpline.yaml").write_text(about.replace(old, new), "utf-8")
        return copy

    return change


def rules(report) -> set[str]:
    return {problem.rule for problem in report.problems}


@pytest.mark.parametrize("folder", [CRISIS, TOWN], ids=lambda folder: folder.parent.name)
def test_they_are_proved(folder):
    report = verify(folder)
    assert report.problems == []
    assert report.figures["languages"] == len(report.line.helpline.languages)


def test_the_seconds_until_a_desk_rings_are_measured_and_held(changed):
    quick = verify(CRISIS).times["en"]["person"]
    assert 1 < quick.amount < 5, "a key, and that the line is calling"
    report = verify(changed(CRISIS, "rules: {operator_first: false,", "rules: {"))
    slow = report.times["en"]["person"]
    assert slow.amount > quick.amount + 3, "who runs the desk comes first"


def test_a_desk_that_rings_too_late_is_told_where_the_limit_is(changed):
    problems = verify(changed(CRISIS, "person: 15", "person: 1")).problems
    assert {problem.rule for problem in problems} == {"too-long-person"}
    assert {problem.source for problem in problems} == {"  person: 1"}
    assert [problem.message[:4] for problem in problems] == ['"en"', '"es"']
    assert all("rings, by the right keys at once, after" in problem.message for problem in problems)


def test_nobody_rings_without_having_been_named(changed, monkeypatch):
    real = menus.connect_now
    monkeypatch.setattr(menus, "connect_now", lambda *given, introduced: real(*given, introduced=False))  # noqa: ARG005
    assert rules(verify(CRISIS)) == {"unnamed-desk"}, "after silence"
    slow = changed(CRISIS, "rules: {operator_first: false, after_silence: person}", "")
    assert "unnamed-desk" in rules(verify(slow)), "by an option"


def test_a_silent_caller_who_would_be_rung_through_for_ever_is_found(monkeypatch):
    monkeypatch.setattr(transfers, "_home", home)
    assert rules(verify(CRISIS)) == {"endless"}


def test_a_greeting_that_nothing_speaks_is_found(changed):
    silent = verify(
        changed(
            CRISIS,
            "greets: {vi: {engines: [gtts, say], say: {language: vi-VN, voice: Google.vi-VN-Standard-A}}}",
            "greets: vi",
        )
    )
    assert rules(silent) == {"unheard"}
    assert '"vi" has neither clips nor a voice for: welcome' in silent.problems[0].message


def test_the_days_before_on_and_after_a_notice_are_looked_at():
    assert [f"{situation.now:%m-%d}" for situation in notice_days(town())] == ["12-27", "12-28", "01-03", "01-04"]
    assert notice_days(crisis()) == []


def test_a_walk_meets_every_notice_about_a_desk_and_none_where_none_can_be_told():
    line = helpline()
    pages = [told_of_desks(line, "en", situation) for situation in told_overrides(line)]
    assert [" ".join(said.prompt for said in page) for page in pages] == [
        "opens.day.today cinga.closed_on",
        "opens.day.today cinga.other_hours",
        "opens.day.today cinga.closed_on desks.longer",
        "opens.day.today fresc.closed_on",
        "opens.day.today fresc.other_hours",
        "opens.day.today fresc.closed_on desks.longer",
        "opens.day.today fresc.closed_on cinga.closed_on",
        "opens.day.today fresc.closed_on desks.longer cinga.closed_on desks.longer",
    ]
    assert told_overrides(crisis()) == []

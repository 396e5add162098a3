"""The audit of dependencies: what was found fails, what could not be asked is said, and neither passes for clean."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.cast import ROOT

CLEAN = {"name": "flask", "version": "3.1.3", "vulns": []}
KNOWN = {"name": "jinja2", "version": "2.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2.1"]}]}
UNMENDED = {"name": "click", "version": "8.1", "vulns": [{"id": "PYSEC-2", "fix_versions": []}]}
UNKNOWN = {"name": "twilio", "skip_reason": "Dependency not found on PyPI"}


def audit(says: str, status: int = 0) -> subprocess.CompletedProcess:
    """With a program in place of pip-audit that says this."""
    stub = [sys.executable, "-c", f"print({says!r}); raise SystemExit({status})"]
    return subprocess.run(
        [sys.executable, ROOT / ".ci" / "audit.py", *stub], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("packages", "status", "said"),
    [
        ([CLEAN], 0, "1 dependencies audited, none is known"),
        ([CLEAN, KNOWN], 1, "VULNERABLE jinja2 2.0: PYSEC-1, mended in 2.1"),
        ([UNMENDED], 1, "VULNERABLE click 8.1: PYSEC-2, mended in no version yet"),
        ([KNOWN, UNKNOWN], 1, "NOT AUDITED dependencies: 1 of 2"),
        ([CLEAN, UNKNOWN], 0, "NOT AUDITED dependencies: 1 of 2"),
        ([UNKNOWN], 0, "NOT AUDITED dependencies: 1 of 1"),
        ([], 0, "NOT AUDITED dependencies: 0 of 0"),
    ],
)
def test_what_was_found_fails_and_what_was_not_asked_is_told(packages, status, said):
    run = audit(json.dumps({"dependencies": packages}), int(any(each.get("vulns") for each in packages)))
    assert run.returncode == status
    assert said in run.stdout
    assert ("none is known" in run.stdout) == (packages == [CLEAN])


@pytest.mark.parametrize("says", ["", "Name or service not known", "[", "{}"])
def test_where_the_advisories_cannot_be_reached_nothing_fails_and_it_is_told(says):
    run = audit(says, 1)
    assert run.returncode == 0
    assert run.stdout.startswith("NOT AUDITED dependencies: PyPI's advisories could not be read")


def test_ci_runs_it_and_every_version_that_is_used_is_pinned():
    assert "\nmake audit\n" in (ROOT / ".ci" / "run").read_text()
    assert all("==" in line for line in (ROOT / "constraints.txt").read_text().split())

"""Every rule has its golden cases: a mistake, and to the letter what its author is told about it."""

from __future__ import annotations

import re

import pytest
import yaml

from ivr.content import checks, reading
from tests.cast import ROOT
from tests.verify.rules import RULES

from .cases import GOLDEN, cases, output

FILES = sorted(GOLDEN.glob("*.yaml-case"))
CASES = [
    pytest.param(path.stem, change, said, id=f"{path.stem}: {change.splitlines()[0]}")
    for path in FILES
    for change, said in cases(path)
]
ACROSS_FILES = {rule.name for rule in checks.CHECKS}
IN_ONE_FILE = [case for case in CASES if case.values[0] not in ACROSS_FILES]

# A name of a rule as code gives it to a problem; other texts with hyphens are no first arguments, nor stand in a row.
GIVEN = re.compile(
    r"""(?:@rule\(|mistake\(|report\([^"]*?,\s*|\.at\([^"]*?,\s*|return\s+(?:[^"\n]*?,\s*)?|Problem\([^"]*?)"([a-z]+-[a-z-]+)","""
)


def names_in_code() -> set[str]:
    source = "\n".join(path.read_text("utf-8") for path in (ROOT / "ivr" / "content").rglob("*.py"))
    return {*GIVEN.findall(source), *ACROSS_FILES}


@pytest.mark.parametrize(("rule", "change", "said"), CASES)
def test_a_mistake_is_told_as_it_was_agreed(rule, change, said):
    assert f"[{rule}]" in said
    assert output(change) == said


@pytest.mark.slow
@pytest.mark.parametrize(("rule", "change", "said"), IN_ONE_FILE)
def test_both_loaders_of_yaml_tell_a_mistake_in_the_same_words(rule, change, said, monkeypatch):
    monkeypatch.setattr(reading, "LOADER", yaml.SafeLoader)
    assert output(change) == said


def test_every_rule_has_a_golden_case_and_every_golden_case_a_rule():
    known = names_in_code()
    assert len(known) > 80
    assert known == {path.stem for path in FILES}


def test_every_rule_is_explained_and_every_explained_rule_is_there():
    """Those of the walk (tests/verify) stand in the same page."""
    rows = re.findall(r"(?m)^\| (`[a-z-]+`(?:, `[a-z-]+`)*) \|", (ROOT / "docs" / "mistakes.md").read_text("utf-8"))
    explained = [name for row in rows for name in re.findall("[a-z-]+", row)]
    assert sorted(explained) == sorted([*(path.stem for path in FILES), *RULES])

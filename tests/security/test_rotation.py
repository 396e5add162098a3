"""docs/going-live.md, "Replace the token": at no moment is a genuine call refused."""

from __future__ import annotations

import re

import pytest

from tests.cast import ROOT
from tests.security.line import CALL, public_app, signature

# The setting, the token that Twilio signs with at that time, and whether it is good.
STEPS = [
    ("old", "old", 200),
    ("old,new", "old", 200),
    ("old, new", "new", 200),
    ("new", "new", 200),
    ("new", "old", 403),
    ("old", "new", 403),
    ("old,new", "old,new", 403),
    ("old,new", "", 403),
]


@pytest.mark.parametrize(("setting", "signs", "status"), STEPS)
def test_both_tokens_are_good_while_one_replaces_the_other_and_no_longer(setting, signs, status):
    client = public_app(TWILIO_AUTH_TOKEN=setting).test_client()
    for path in ("/voice", "/voice/en/papers/keys", "/voice/fallback"):
        answer = client.post(path, data=CALL, headers=signature(path, token=signs))
        assert answer.status_code == status


def test_the_page_names_the_tests_that_are_there():
    page = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(tests/[\w/.]+)`", page))
    assert len(named) > 10
    assert not [name for name in named if not (ROOT / name).exists()]

"""The keys that lead to a place are a script: replayed against the line they lead there."""

from __future__ import annotations

import pytest

from ivr.cli.new import STARTER
from ivr.flow.all_situations import nobody, situations
from ivr.simulator import WsgiTransport, replay
from ivr.simulator.script import parse
from ivr.verify.counterexample import script
from ivr.verify.walk import walk
from ivr.webhooks.addresses import address
from tests.cast import TOKEN, URL, app, helpline

FOLDER = STARTER / "prompts"


def settings_of(text: str) -> dict[str, str]:
    """The settings that the script's comments name."""
    return dict(row[2:].split("=") for row in text.splitlines() if row.startswith("# ") and "_PHONE=" in row)


ANSWERS = [answer for answer in walk(helpline(FOLDER), situations(helpline(FOLDER))) if not answer.situation.overrides]


@pytest.mark.parametrize("answer", ANSWERS[:: len(ANSWERS) // 40], ids=range(len(ANSWERS[:: len(ANSWERS) // 40])))
def test_a_script_leads_to_the_answer_that_it_was_written_for(answer):
    text = script(helpline(FOLDER), answer)
    through = WsgiTransport(app(helpline(FOLDER), settings_of(text)))
    if any(step.situation.overrides for step in answer.path) or "# meanwhile" in text:
        assert "by hand" in text or "# meanwhile it is 2026-01-0" in text
        return
    made = replay(parse(text), through, URL, token=TOKEN)
    asked = [page.url.removeprefix(URL.removesuffix("/voice")) for page in made.documents]
    here = address(answer.place, answer.event.kind)
    assert here in asked or answer.after is None, (here, asked)


def test_a_change_of_the_hour_on_the_way_is_an_action_of_the_script():
    changed = [answer for answer in ANSWERS if len({step.situation for step in answer.path}) == 2]
    text = script(helpline(FOLDER), max(changed, key=lambda answer: answer.situation.now))
    assert "\nclock 2026-01-0" in text


def test_a_line_without_numbers_says_so():
    answer = list(walk(helpline(FOLDER), nobody(helpline(FOLDER))))[-1]
    assert script(helpline(FOLDER), answer).startswith("# no desk has a number\nat 2026-01-0")

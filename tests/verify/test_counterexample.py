"""The keys that lead to a place are a script: replayed against the line they lead there."""

from __future__ import annotations

from functools import cache, partial

from ivr.cli.new import STARTER
from ivr.flow.all_situations import nobody, situations_at
from ivr.simulator import WsgiTransport, replay
from ivr.simulator.script import parse
from ivr.verify.counterexample import script
from ivr.verify.walk import Answer, walk
from ivr.webhooks.addresses import address
from tests.cast import TOKEN, URL, app, helpline

FOLDER = STARTER / "prompts"


def settings_of(text: str) -> dict[str, str]:
    """The settings that the script's comments name."""
    return dict(row[2:].split("=") for row in text.splitlines() if row.startswith("# ") and "_PHONE=" in row)


@cache
def answers() -> list[Answer]:
    line = helpline(FOLDER)
    return [answer for answer in walk(line, partial(situations_at, line)) if not answer.situations[0].overrides]


def test_a_script_leads_to_the_answer_that_it_was_written_for():
    chosen = answers()[:: len(answers()) // 40]
    assert len(chosen) >= 40
    assert not [text for text, asked, here in map(replayed, chosen) if here not in asked]


def replayed(answer: Answer) -> tuple[str, list[str], str]:
    """The script, the addresses that its call asked for, and the one that has to be among them."""
    text = script(helpline(FOLDER), answer)
    here = address(answer.place, answer.event.kind)
    if any(step.situations[0].overrides for step in answer.path) or "# meanwhile" in text:
        assert "by hand" in text or "# meanwhile it is 2026-01-0" in text
        return text, [here], here
    through = WsgiTransport(app(helpline(FOLDER), settings_of(text)))
    made = replay(parse(text), through, URL, token=TOKEN)
    asked = [page.url.removeprefix(URL.removesuffix("/voice")) for page in made.documents]
    return text, asked if answer.after else [here], here


def test_a_change_of_the_hour_on_the_way_is_an_action_of_the_script():
    changed = [answer for answer in answers() if len({step.situations[0] for step in answer.path}) == 2]
    text = script(helpline(FOLDER), max(changed, key=lambda answer: answer.situations[0].now))
    assert "\nclock 2026-01-0" in text


def test_a_line_without_numbers_says_so():
    answer = list(walk(helpline(FOLDER), lambda *_: nobody(helpline(FOLDER))))[-1]
    assert script(helpline(FOLDER), answer).startswith("# no desk has a number\nat 2026-01-0")

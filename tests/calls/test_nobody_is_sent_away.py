"""Whoever hears that a desk is closed, busy or silent is offered who can be reached, or told who opens first."""

from __future__ import annotations

from datetime import datetime
from itertools import product

import pytest

from ivr.content.hours import Override
from ivr.database.no_database import Database
from ivr.simulator import Call, WsgiTransport
from tests.cast import BOTH_OPEN, LINE, TOKEN, TOKYO, URL, app, call, helpline, name_of, offered

REACHABLE = ("2026-11-24 16:05", "2026-11-24 16:58", "2026-11-24 09:30")
NOBODY_THERE = ("2026-11-24 17:05", "2026-11-23 11:00", "2026-11-28 11:00", "2026-12-30 11:00")
LANGUAGES = sorted(offered())


def said(made) -> list[str]:
    """The prompts of this turn, without the language that says them."""
    return [name_of(heard).partition("/")[2] for heard in made.just_heard if heard.leg == "caller"]


@pytest.mark.parametrize("moment", REACHABLE)
def test_the_page_of_a_closed_desk_offers_a_person_while_one_can_be_reached(moment):
    wrong = []
    for language, key in product(LANGUAGES, "12"):
        made = call(moment, f"{helpline().languages[language].code} 3 {key}")
        prompts = said(made)
        if "cinga.closed" in prompts and "key.person" not in prompts:
            wrong.append((language, prompts))
    assert not wrong


def test_the_key_for_a_person_leads_from_a_closed_desk_to_the_one_that_is_open():
    for language in LANGUAGES:
        cinga = "1" if language in ("ja", "ar", "fa", "ms", "ru") else "2"
        made = call("2026-11-24 16:05", f"{helpline().languages[language].code} 3 {cinga} 0")
        assert any(prompt.startswith("fresc.offer") for prompt in said(made)), language


@pytest.mark.parametrize("moment", NOBODY_THERE)
def test_when_nobody_can_be_reached_no_person_is_promised_and_the_opening_is_told(moment):
    for language, key in product(("en", "ja", "ru", "zh-Hans"), "12"):
        prompts = said(call(moment, f"{helpline().languages[language].code} 3 {key}"))
        assert "key.person" not in prompts, language
        assert any(prompt.startswith("opens.") for prompt in prompts), language


def test_a_desk_that_closes_before_the_key_leaves_the_one_that_is_open():
    """CINGA closes at four while its key is pressed; FRESC answers until five."""
    made = call("2026-11-24 15:58", "22 0")
    assert "cinga.offer.1" in said(made)
    made.clock_at(datetime(2026, 11, 24, 16, 0, tzinfo=TOKYO))
    made.press("1")
    assert "cinga.closed" in said(made)
    assert "key.person" in said(made)


def test_a_desk_that_closes_while_it_is_about_to_ring_leads_to_the_one_that_is_open():
    made = call("2026-11-24 15:50", "01 0 1")
    assert made.state == "ringing", "CINGA comes first in easy Japanese"
    made.clock_at(datetime(2026, 11, 24, 16, 1, tzinfo=TOKYO))
    assert said(made.desk("no-answer"))[:1] == ["transfer.no_answer"]
    assert said(made.wait())[:1] == ["fresc.operator"]


@pytest.mark.parametrize("outcome", ["busy", "no-answer", "failed"])
def test_after_each_outcome_the_other_desk_is_offered_and_after_both_a_person_again(outcome):
    wrong = []
    for language in LANGUAGES:
        made = call(BOTH_OPEN, f"{helpline().languages[language].code} 0 1")
        made.desk(outcome).wait()
        if not any(".offer." in prompt for prompt in said(made)):
            wrong.append((language, said(made)))
            continue
        made.press("2").desk(outcome)
        if "key.person" not in said(made):
            wrong.append((language, said(made)))
    assert not wrong


class Staff(Database):
    """Staff have closed FRESC for the day."""

    def overrides(self):
        return {"fresc": (Override(open=False, since=datetime(2026, 11, 24, 8, tzinfo=TOKYO)),)}


def test_a_desk_closed_by_staff_is_not_the_end_while_another_answers():
    line = app(helpline(), counts=Staff())
    for language in LANGUAGES:
        made = Call(WsgiTransport(line), URL, token=TOKEN, to=LINE, at=datetime(2026, 11, 24, 11, tzinfo=TOKYO)).start()
        made.press(helpline().languages[language].code).press("3")
        made.press("2" if language in ("ja", "ar", "fa", "ms", "ru") else "1")
        assert "fresc.closed" in said(made), language
        assert "key.person" in said(made), language
        made.press("0")
        assert any(prompt.startswith("cinga.offer") for prompt in said(made)), language


def test_where_all_have_closed_the_one_that_opens_first_is_named():
    """CINGA rings while both close for the day; FRESC opens an hour before it."""
    made = call("2026-11-24 15:50", "02 0").wait().press("2")
    made.clock_at(datetime(2026, 11, 24, 17, 0, tzinfo=TOKYO))
    prompts = said(made.desk("no-answer"))
    assert prompts[:4] == ["transfer.no_answer", "transfer.sorry", "fresc.operator", "opens.tomorrow.0900"]

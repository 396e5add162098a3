"""A crisis line in one language: no list, options that ring a desk or end the call, silence that leads to a person."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ivr.content.rules import Rules
from ivr.simulator import FIRST, OTHER, Call, WsgiTransport
from tests import cast
from tests.cast import BOTH_OPEN, FRESC, LINE, TOKEN, URL, app, changed
from tests.database.line import Memory
from tests.lines import DAY, NIGHT, NUMBERS, call, crisis, texts

EVENING, NOON, DEEP_NIGHT = "2026-11-10 19:00", "2026-11-10 12:00", "2026-11-10 03:00"
FIRST_WORDS = ["Safe Home line.", "Para español espere en la línea."]
MENU = [
    "The night desk of the refuge: if you are in danger now, press one.",
    "The day desk of the city: to talk to somebody, press two.",
    "To leave this call quickly, press three.",
    "How to leave no traces, four.",
    "A person, zero.",
    "Again, hash.",
]
NIGHT_IS = ["The night desk belongs to the women's refuge.", "We listen, and we help."]
both_readings = pytest.mark.parametrize("readings", [FIRST, OTHER], ids=["first reading", "other reading"])


def test_the_call_begins_with_the_lines_name_a_greeting_and_the_first_menu_and_takes_keys_at_once():
    made = call(crisis(), EVENING)
    assert texts(made) == [*FIRST_WORDS, *MENU]
    assert made.press("4", after=0.5).heard[-1].text == "The start, nine."


@both_readings
def test_a_key_rings_the_desk_at_once_where_the_option_says_who_answers(readings):
    made = call(crisis(), EVENING, "1", readings=readings)
    assert texts(made) == ["We are calling."]
    assert (made.state, [each.number for each in made.dialled]) == ("ringing", [NIGHT])
    made.desk("answer")
    assert made.state == "talking"
    assert [sound.text for sound in made.heard if sound.leg == "desk"] == ["A caller who speaks English."]


@both_readings
def test_where_the_operator_comes_first_it_is_heard_in_full_and_then_the_desk_rings_without_another_key(readings):
    made = call(crisis(slow=True), EVENING, "1", readings=readings)
    assert texts(made) == [*NIGHT_IS, "We are calling."]
    assert made.state == "ringing"
    hurried = call(crisis(slow=True), EVENING, readings=readings).press("1", after=0.1).press("5", after=0.1)
    assert {*NIGHT_IS} <= {sound.text for sound in hurried.heard}, "no key cuts it short"


def test_an_option_whose_words_no_longer_say_who_answers_introduces_the_desk():
    line = crisis()
    sentences = {**line.prompts["danger"].sentences, "option": ()}
    prompts = {**line.prompts, "danger": line.prompts["danger"].model_copy(update={"sentences": sentences})}
    assert texts(call(replace(line, prompts=prompts), EVENING, "1"))[:2] == NIGHT_IS


def test_a_closed_desk_says_when_it_opens_and_leads_to_who_can_be_reached():
    made = call(crisis(), NOON, "1")
    assert made.state == "waiting"
    said = texts(made)
    assert "The night desk is closed now." in said
    assert "Call again today at six in the evening." in said
    assert "A person, zero." in said
    assert call(crisis(), NOON, "1 0 2").dialled[0].number == DAY
    assert texts(call(crisis(), NOON, "1 *"))[0] == MENU[0], "back in the menu that it was chosen in"


def test_a_busy_desk_offers_the_other_one_that_is_open():
    line = crisis()
    day = line.desks["day"].model_copy(update={"hours": line.desks["night"].hours})
    both = replace(line, desks={**line.desks, "day": day})
    made = call(both, EVENING, "1").desk("busy")
    assert texts(made)[0] == "The line is busy."
    assert made.wait().press("2").dialled[-1].number == DAY


def test_a_closed_desk_that_overflows_to_an_open_one_rings_that_one_after_saying_who_runs_it():
    line = crisis()
    night = line.desks["night"].model_copy(update={"overflow": "day"})
    made = call(replace(line, desks={**line.desks, "night": night}), NOON, "1")
    day_is = "The day desk belongs to the city."
    assert texts(made) == ["The night desk is closed now.", day_is, NIGHT_IS[1], "We are calling."]
    assert (made.state, [each.number for each in made.dialled]) == ("ringing", [DAY])


def test_a_desk_that_nobody_may_hear_of_is_not_offered_and_one_without_a_number_is_told_but_does_not_ring():
    line = crisis()
    hidden = line.desks["night"].model_copy(update={"status": "silent"})
    assert MENU[0] not in texts(call(replace(line, desks={**line.desks, "night": hidden}), EVENING))
    made = call(crisis(), EVENING, "1", environ={"NIGHT_PHONE": "", "DAY_PHONE": DAY})
    assert (made.state, made.dialled) == ("waiting", [])
    assert NIGHT_IS[0] in texts(made)


def counted(at: str, *keys: str) -> Memory:
    counts = Memory(crisis())
    served = app(crisis(), NUMBERS, counts)
    made = Call(WsgiTransport(served), URL, token=TOKEN, to=LINE, at=call(crisis(), at).at).start()
    for key in keys:
        made.press(key)
    return counts


@both_readings
def test_the_quick_way_out_says_its_words_and_ends_the_call(readings):
    made = call(crisis(), EVENING, "3", readings=readings)
    assert texts(made) == ["This survey is over. Thank you."]
    assert made.ended_by == "hangup"


def test_the_quick_way_out_is_counted_as_an_ending_that_names_nothing():
    counts = counted(EVENING, "3")
    assert counts.of("outcome") == {"hang-up": 1}
    assert counts.of("language") == {"en": 1}
    assert "hang_up" not in str(counts.amounts)
    assert "decoy" not in str(counts.amounts)


@both_readings
def test_silence_leads_to_a_person_who_is_introduced_and_rings(readings):
    made = call(crisis(), EVENING, "wait wait wait", readings=readings)
    assert texts(made) == [*NIGHT_IS, "We are calling."]
    assert made.state == "ringing"


def test_a_silent_caller_is_not_rung_through_again_and_again():
    for outcome in ("no-answer", "answer"):
        made = call(crisis(), EVENING, "wait wait wait").desk(outcome)
        if outcome == "answer":
            made.desk_hangs_up()
        for _ in range(3):
            made.wait()
        assert (made.state, len(made.dialled)) == ("ended", 1), outcome
        assert texts(made)[-1] == "Goodbye."


def test_silence_while_all_desks_are_closed_tells_when_one_opens_and_then_goodbye():
    made = call(crisis(), DEEP_NIGHT, "wait wait wait")
    assert texts(made)[0] == "Nobody answers at this moment."
    assert texts(made.wait()) == ["Goodbye."]


def test_silence_where_nobody_can_ever_be_connected_and_where_the_line_says_goodbye():
    nobody = dict.fromkeys(NUMBERS, "")
    for line, numbers in ((crisis(), nobody), (crisis(slow=True), NUMBERS)):
        made = call(line, EVENING, "wait wait wait", environ=numbers)
        assert (made.state, made.dialled) == ("ended", [])
        assert texts(made) == ["Delete this number from your telephone's list of calls.", "Goodbye."]


def test_after_the_list_of_languages_silence_in_the_first_menu_leads_to_a_person_too():
    line = changed(rules=Rules(after_silence="person"))
    made = cast.call(BOTH_OPEN, "02", line=line).wait()
    assert made.state == "waiting"
    made.wait()
    assert made.prompts[0] == "en/fresc.operator"
    assert (made.state, [each.number for each in made.dialled]) == ("ringing", [FRESC])


def test_star_in_the_first_menu_begins_again_and_the_other_keys_mean_what_they_always_do():
    assert texts(call(crisis(), EVENING, "*")) == [*FIRST_WORDS, *MENU]
    assert texts(call(crisis(), EVENING, "#")) == MENU
    assert texts(call(crisis(), EVENING, "4 9")) == MENU
    assert texts(call(crisis(), EVENING, "0"))[0] == NIGHT_IS[0]
    assert texts(call(crisis(), EVENING, "8"))[0] == "That key does not work here."

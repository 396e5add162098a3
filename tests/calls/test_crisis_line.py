"""A crisis line: options that ring a desk or end the call, silence that leads to a person."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ivr.content.model import Helpline
from ivr.content.rules import Rules
from ivr.simulator import FIRST, OTHER, Call, WsgiTransport
from tests import cast
from tests.cast import BOTH_OPEN, FRESC, LINE, TOKEN, URL, app, changed
from tests.database.line import Memory
from tests.lines import LISTENERS, NUMBERS, REFUGE, call, crisis, texts, town

NIGHT, NOON = "2026-11-10 23:00", "2026-11-10 12:00"  # both desks answer; the refuge alone does
MENU = [
    "The women's refuge: if you are in danger now, press one.",
    "The listeners of the city: to talk to somebody at night, two.",
    "To leave this call quickly, three.",
    "How to leave no traces on your telephone, four.",
    "A person, zero.",
    "Another language, star.",
    "Again, hash.",
]
REFUGE_IS = ["This desk belongs to the women's refuge.", "They call the police only if you want it."]
WAIT, CLOSED = "We are calling. Please wait.", "The listeners are not here now."
DELETE = "After this call, delete this number from your telephone's list of calls."
both_readings = pytest.mark.parametrize("readings", [FIRST, OTHER], ids=["first reading", "other reading"])


def with_desks(*, refuge: dict[str, object] | None = None, listeners: dict[str, object] | None = None) -> Helpline:
    line = crisis()
    changes = {"refuge": refuge or {}, "listeners": listeners or {}}
    desks = {name: line.desks[name].model_copy(update=change) for name, change in changes.items()}
    return replace(line, desks=desks)


def test_a_line_of_one_language_begins_with_its_name_and_the_first_menu_and_takes_keys_at_once():
    made = call(town(), NOON)
    assert texts(made)[:2] == ["The town's garbage line.", "Put everything out by seven in the morning."]
    assert made.press("2", after=0.5).heard[-1].text == "The start, nine."


@both_readings
def test_a_key_rings_the_desk_at_once_where_the_option_says_who_answers(readings):
    made = call(crisis(), NIGHT, "1 1", readings=readings)
    assert texts(made) == [WAIT]
    assert (made.state, [each.number for each in made.dialled]) == ("ringing", [REFUGE])


@both_readings
def test_where_the_operator_comes_first_it_is_heard_in_full_and_then_the_desk_rings_without_another_key(readings):
    made = call(crisis(slow=True), NIGHT, "1 1", readings=readings)
    assert texts(made) == [*REFUGE_IS, WAIT]
    assert made.state == "ringing"
    hurried = call(crisis(slow=True), NIGHT, "1", readings=readings).press("1", after=0.1).press("5", after=0.1)
    assert {*REFUGE_IS} <= {sound.text for sound in hurried.heard}, "no key cuts it short"


def test_an_option_whose_words_no_longer_say_who_answers_introduces_the_desk():
    line = crisis()
    sentences = {**line.prompts["danger"].sentences, "option": ()}
    prompts = {**line.prompts, "danger": line.prompts["danger"].model_copy(update={"sentences": sentences})}
    assert texts(call(replace(line, prompts=prompts), NIGHT, "1 1"))[:2] == REFUGE_IS


def test_a_closed_desk_says_when_it_opens_and_leads_to_who_can_be_reached():
    alone = with_desks(listeners={"overflow": None})
    made = call(alone, NOON, "1 2")
    assert made.state == "waiting"
    said = texts(made)
    assert CLOSED in said
    assert "Call again today at ten in the evening." in said
    assert "A person, zero." in said
    assert call(alone, NOON, "1 2 0 1").dialled[0].number == REFUGE
    assert texts(call(alone, NOON, "1 2 *"))[0] == MENU[0], "back in the menu that it was chosen in"


def test_a_busy_desk_offers_the_other_one_that_is_open():
    made = call(crisis(), NIGHT, "1 1").desk("busy")
    assert texts(made)[0] == "The line is busy."
    assert made.wait().press("2").dialled[-1].number == LISTENERS


def test_a_closed_desk_that_overflows_to_an_open_one_rings_that_one_after_saying_who_runs_it():
    made = call(crisis(), NOON, "1 2")
    assert texts(made) == [CLOSED, *REFUGE_IS, WAIT]
    assert (made.state, [each.number for each in made.dialled]) == ("ringing", [REFUGE])


def test_a_desk_that_nobody_may_hear_of_is_not_offered_and_one_without_a_number_is_told_but_does_not_ring():
    assert MENU[0] not in texts(call(with_desks(refuge={"status": "silent"}), NIGHT, "1"))
    made = call(crisis(), NIGHT, "1 1", environ={"REFUGE_PHONE": "", "LISTENERS_PHONE": LISTENERS})
    assert (made.state, made.dialled) == ("waiting", [])
    assert REFUGE_IS[0] in texts(made)


def counted(at: str, *keys: str) -> Memory:
    counts = Memory(crisis())
    served = app(crisis(), NUMBERS, counts)
    made = Call(WsgiTransport(served), URL, token=TOKEN, to=LINE, at=call(crisis(), at).at).start()
    for key in keys:
        made.press(key)
    return counts


def test_the_quick_way_out_is_counted_as_an_ending_that_names_nothing():
    counts = counted(NIGHT, "1", "3")
    assert counts.of("outcome") == {"hang-up": 1}
    assert counts.of("language") == {"en": 1}
    assert "hang_up" not in str(counts.amounts)
    assert "decoy" not in str(counts.amounts)


SILENT = "1 wait wait"


@both_readings
def test_silence_leads_to_a_person_who_is_introduced_and_rings(readings):
    made = call(crisis(), NIGHT, SILENT, readings=readings)
    assert texts(made) == [*REFUGE_IS, WAIT]
    assert made.state == "ringing"


def test_a_silent_caller_is_not_rung_through_again_and_again():
    for joined in (False, True):
        made = call(with_desks(refuge={"accept": None}), NOON, SILENT).desk("answer" if joined else "no-answer")
        if joined:
            made.desk_hangs_up()
        for _ in range(4):  # the menu, its options, the list of languages, the farewell
            made.wait()
        assert (made.state, len(made.dialled)) == ("ended", 1), joined
        assert texts(made)[0] == "Thank you for calling. Goodbye."


def test_silence_while_all_desks_are_closed_tells_when_one_opens_and_then_goodbye():
    nights = with_desks(refuge={"hours": crisis().desks["listeners"].hours})
    made = call(nights, NOON, SILENT)
    assert texts(made)[0] == "We cannot connect you to a person now."
    assert texts(made.wait()) == ["Thank you for calling. Goodbye."]


def test_silence_where_nobody_can_ever_be_connected_and_where_the_line_says_goodbye():
    nobody = dict.fromkeys(NUMBERS, "")
    for line, numbers in ((crisis(), nobody), (crisis(slow=True), NUMBERS)):
        made = call(line, NIGHT, f"{SILENT} wait", environ=numbers)
        assert texts(made)[0] == DELETE, "and the list of languages, which may have been chosen from wrongly"
        made.wait()
        assert (made.state, made.dialled) == ("ended", [])
        assert texts(made)[0] == "Thank you for calling. Goodbye."


def test_after_the_list_of_languages_silence_in_the_first_menu_leads_to_a_person_too():
    line = changed(rules=Rules(after_silence="person"))
    made = cast.call(BOTH_OPEN, "02", line=line).wait()
    assert made.state == "waiting"
    made.wait()
    assert made.prompts[0] == "en/fresc.operator"
    assert (made.state, [each.number for each in made.dialled]) == ("ringing", [FRESC])


def test_star_in_the_first_menu_begins_again_and_the_other_keys_mean_what_they_always_do():
    assert texts(call(town(), NOON, "*"))[0] == "The town's garbage line."
    assert texts(call(town(), NOON, "#"))[0] == "Put everything out by seven in the morning."
    assert texts(call(crisis(), NIGHT, "1 #")) == MENU
    assert texts(call(crisis(), NIGHT, "1 4 9")) == MENU
    assert texts(call(crisis(), NIGHT, "1 0"))[0] == REFUGE_IS[0]
    assert texts(call(crisis(), NIGHT, "1 8"))[0] == "That key does not work here."

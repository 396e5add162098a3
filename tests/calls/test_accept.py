"""A desk with `accept: key`: nobody is joined to a machine, and who presses the key is. Whom the sentence is taught."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from ivr.content.model import Helpline
from tests.cast import BOTH_OPEN, FRESC, call, helpline
from tests.database.line import Memory


@cache
def accepting() -> Helpline:
    desks = {name: desk.model_copy(update={"accept": "key"}) for name, desk in helpline().desks.items()}
    return replace(helpline(), desks=desks)


def ringing(**options):
    made = call(BOTH_OPEN, "02 0 1", line=accepting(), **options)
    assert made.state == "ringing"
    return made


def test_the_desk_hears_the_language_and_the_key_and_is_joined_when_it_presses_it():
    made = ringing().desk("answer")
    assert made.state == "whispering"
    assert [heard.prompt for heard in made.just_heard if heard.leg == "desk"] == ["ja/whisper.en", "ja/accept"]
    made.desk_press("1")
    assert made.state == "talking"
    assert "en/transfer.ended" in made.desk_hangs_up().prompts


def test_another_key_is_not_enough_and_is_asked_for_again():
    made = ringing().desk("answer").desk_press("5")
    assert made.state == "whispering"
    assert "ja/accept" in [heard.prompt for heard in made.just_heard]
    assert made.desk_press("1").state == "talking"


def test_whoever_presses_wrong_keys_again_and_again_is_left_alone():
    made = ringing().desk("answer").desk_press("5").desk_press("5").desk_press("5")
    assert made.prompts[0] == "en/transfer.no_answer"


def test_a_machine_presses_nothing_and_the_caller_goes_on_as_if_nobody_had_answered():
    made = ringing().desk("answer")
    made.wait()
    assert made.prompts[0] == "en/transfer.no_answer"
    made.wait()
    assert "en/cinga.offer.2" in made.prompts, "the other desk is offered"


def test_after_a_machine_the_desks_next_number_rings():
    numbers = {"CINGA_PHONE": "", "FRESC_PHONE": f"{FRESC},{FRESC[:-1]}9"}
    made = ringing(environ=numbers).desk("answer").wait()
    assert made.state == "ringing"
    assert [dialled.number for dialled in made.dialled] == [FRESC, f"{FRESC[:-1]}9"]


def test_what_nobody_accepted_is_counted_as_no_answer():
    from ivr.simulator import Call
    from tests.cast import LINE, TOKEN, URL, WsgiTransport, app  # the line with a memory of its own

    counts = Memory()
    served = app(accepting(), counts=counts)
    made = Call(WsgiTransport(served), URL, token=TOKEN, to=LINE, at=call(BOTH_OPEN).at).start()
    made.press("02").press("0").press("1").desk("answer").wait()
    assert counts.of("transfer") == {"fresc/no-answer": 1}


def test_the_sentence_is_taught_where_the_desk_wants_it_and_to_nobody_else():
    desks = {name: desk.model_copy(update={"teach": ("interpreter",)}) for name, desk in helpline().desks.items()}
    line = replace(helpline(), desks=desks)
    assert "en/transfer.say" in call(BOTH_OPEN, "02 0 1", line=line).prompts
    assert "ja/transfer.say" not in call(BOTH_OPEN, "01 0 1", line=line).prompts
    assert "ja/transfer.say" in call(BOTH_OPEN, "01 0 1").prompts, "the vaccine line asks easy Japanese for easy words"

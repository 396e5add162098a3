"""Each check of the proof is broken once in the engine, and caught by its name with the keys that lead to it."""

from __future__ import annotations

import pytest

from ivr.flow import desks, endings, language_list, menus, pages, transfers
from ivr.flow.all_situations import situations
from ivr.flow.announcements import WRONG_KEY
from ivr.flow.engine import respond
from ivr.flow.matching import described
from ivr.flow.places import Event, Place
from ivr.flow.steps import Dial, Gather, Hangup, Play, Visit
from ivr.verify.verify import verify
from tests.cast import helpline


def wrapped(monkeypatch, module, name, after):
    """`after(result, *arguments)` in place of what a function of the engine answers."""
    real = getattr(module, name)
    monkeypatch.setattr(module, name, lambda *arguments, **options: after(real(*arguments, **options), *arguments))


def crash(_steps, *_):
    raise RuntimeError("out of order")


def changed_transfer(**fields):
    def change(steps, *_):
        return tuple(step._replace(**fields) if isinstance(step, Dial) else step for step in steps)

    return change


def pressed(key, answer):
    """The key does something else in menus."""
    return lambda result, helpline, place, digits, _now: answer(result, place, helpline) if digits == key else result


def dialled_by_silence(steps, helpline, place, situation):
    return transfers.connect(
        helpline, place.at("desk.nurse")._replace(heard=("nurse",)), described(helpline, "en")["nurse"]
    )


def far_number(steps, *_):
    return tuple(
        step._replace(place=step.place._replace(number=12)) if isinstance(step, Dial) else step for step in steps
    )


BREAKAGES = {
    "crash": (transfers, "desks_side", crash),
    "unheard": (transfers, "desks_side", lambda _steps, *_: (Play("en", "whisper.nobody"),)),
    "foreign-language": (menus, "goodbye", lambda _steps, *_: (Play("fr", "goodbye"), Hangup())),
    "no-goodbye": (menus, "goodbye", lambda _steps, *_: (Hangup(),)),
    "late-code": (language_list, "show", lambda steps, *_: (Play("en", "welcome"), *steps)),
    "no-repeat": (menus, "_pressed", pressed("#", lambda _result, place, _: Visit(place.at("main"), form="options"))),
    "no-back": (menus, "_pressed", pressed("*", lambda _result, place, _: Visit(place.at(place.page)))),
    "no-person": (pages, "_person", lambda page, *_: page[-1:]),
    "sent-away": (pages, "desk", lambda page, *_: tuple(said for said in page if said.prompt != "key.person")),
    "dead-key": (
        menus,
        "_pressed",
        pressed("2", lambda _result, place, helpline: endings.again(helpline, place.failed_round(), WRONG_KEY)),
    ),
    "unnamed-desk": (
        desks,
        "_naming",
        lambda steps, *_: tuple(step for step in steps if "operator" not in getattr(step, "prompt", "")),
    ),
    "unasked-transfer": (desks, "_silent", dialled_by_silence),
    "strange-number": (transfers, "dial", changed_transfer(number="+99912345678")),
    "document": (transfers, "dial", changed_transfer(ring=9999)),
    "address": (transfers, "dial", far_number),
}


@pytest.mark.slow
@pytest.mark.parametrize("check", BREAKAGES)
def test_a_check_that_is_broken_is_told_by_its_name_with_the_keys_that_lead_there(check, small, monkeypatch):
    wrapped(monkeypatch, *BREAKAGES[check])
    found = [problem for problem in verify(small).problems if problem.rule == check]
    assert found
    assert "\nat 2026-01-0" in found[0].detail
    assert "\npress " in found[0].detail or check == "late-code"


def rings_without_its_name(steps, *_):
    return tuple(step for step in steps if not isinstance(step, Play))


def rings_another_desk(_view, helpline, name, views, _tried):
    """Whoever is open, whether the desk overflows to it or not."""
    return next((view for view in views if view.transferable and view.name != name), None)


OF_OVERFLOW = {
    "unnamed-desk": (transfers, "connect_instead", rings_without_its_name),
    "unasked-transfer": (transfers, "backup_of", rings_another_desk),
    "endless": (transfers, "backup_of", rings_another_desk),
    "sent-away": (
        transfers,
        "connect_instead",
        lambda steps, helpline, place, *_: Visit(endings.home(helpline, place), steps[:1]),
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("check", OF_OVERFLOW)
def test_what_goes_wrong_on_the_way_to_a_backup_is_told(check, small, change, monkeypatch):
    if check in ("unnamed-desk", "sent-away"):
        change("desks.yaml", "    ring: 20 ", "    overflow: reception\n    ring: 20 ")
    assert verify(small).problems == []
    wrapped(monkeypatch, *OF_OVERFLOW[check])
    assert [problem for problem in verify(small).problems if problem.rule == check]


def test_a_caller_who_is_kept_for_ever_is_told(small, monkeypatch):
    monkeypatch.setattr(Place, "failed_round", lambda place, **_: place)
    found = [problem for problem in verify(small).problems if problem.rule == "endless"]
    assert found
    assert found[0].detail.endswith("wait")


def test_the_helpline_without_a_breakage_breaks_no_law(small):
    assert verify(small).problems == []


def test_a_key_that_connects_is_taken_only_after_the_operator_was_named():
    """The check's own premise, on the line itself: the Gather that names a desk comes after the sentence."""
    steps = respond(helpline(), Place("person", "en"), Event("show"), situations(helpline())[0])
    named = [
        step.prompt if isinstance(step, Play) else step.place.heard for step in steps if isinstance(step, Play | Gather)
    ]
    assert named[:4] == ["fresc.operator", ("fresc",), "cinga.operator", ("fresc", "cinga")]

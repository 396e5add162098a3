"""The moments that a demo proposes: found in the desks' hours, whatever desks there are."""

from __future__ import annotations

from datetime import datetime, timedelta

from ivr.content.hours import is_open
from ivr.content.model import Desk
from ivr.webphone.demo_moments import moments
from tests.cast import TOKYO, helpline

MONDAY = datetime(2026, 11, 23, 18, 0, tzinfo=TOKYO)


def proposed(now: datetime = MONDAY, desks=None):
    desks = helpline().desks if desks is None else desks
    return {found.kind: found for found in moments(desks, lambda name, at: is_open(desks[name], at), now)}


def test_each_kind_of_moment_is_found_on_the_next_working_day():
    found = proposed()
    assert {kind: (f"{one.at:%m-%d %H:%M:%S}", one.desks) for kind, one in found.items()} == {
        "most": ("11-24 13:00:00", ("cinga", "fresc")),
        "some": ("11-24 09:30:00", ("fresc",)),
        "nobody": ("11-24 20:00:00", ()),
        "closing": ("11-24 15:59:50", ("cinga", "fresc")),
        "holiday": ("12-29 13:00:00", ()),
    }


def test_at_the_end_of_the_year_the_working_day_is_after_the_holidays():
    assert proposed(datetime(2026, 12, 28, 12, tzinfo=TOKYO))["most"].at.isoformat() == "2027-01-04T13:00:00+09:00"


def test_one_desk_is_never_just_some_of_them():
    assert proposed(desks={"fresc": helpline().desks["fresc"]}).keys() == {"most", "nobody", "closing", "holiday"}


def test_without_desks_there_is_nothing_to_choose():
    assert proposed(desks={}) == {}


def desk(**written: object) -> dict[str, Desk]:
    shared = {**helpline().desks["fresc"].model_dump(), "closed": (), "open": {}}
    return {"fresc": Desk.model_validate({**shared, **written})}


def test_a_desk_that_is_always_open_has_no_closing_and_no_holiday():
    assert proposed(desks=desk(hours="always")).keys() == {"most"}


def test_a_night_closes_in_the_morning_and_not_at_midnight():
    found = proposed(MONDAY + timedelta(days=1), desks=desk(hours={"every day": "22:00-06:00"}))
    assert {kind: f"{one.at:%m-%d %H:%M:%S}" for kind, one in found.items()} == {
        "most": "11-25 03:00:00",
        "nobody": "11-25 14:00:00",
        "closing": "11-25 05:59:50",
        "holiday": "01-02 02:00:00",  # in the night that would have begun on the first of January
    }

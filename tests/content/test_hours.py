"""When a desk is open, and when it opens next: the vectors of the house, in Japan's time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.content.hours import USUAL, Override, is_open, next_opening
from ivr.content.model import Desk
from ivr.content.schedule import Interval
from tests.cast import TOKYO, helpline

CINGA = helpline().desks["cinga"]
FRESC = helpline().desks["fresc"]


def jst(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TOKYO)


@pytest.mark.parametrize(
    ("moment", "cinga", "fresc"),
    [
        ("2026-11-24 08:59:59", False, False),
        ("2026-11-24 09:00:00", False, True),
        ("2026-11-24 09:59:59", False, True),
        ("2026-11-24 10:00:00", True, True),
        ("2026-11-24 15:59:59", True, True),
        ("2026-11-24 16:00:00", False, True),
        ("2026-11-24 16:59:59", False, True),
        ("2026-11-24 17:00:00", False, False),
        ("2026-11-22 12:00:00", False, False),
    ],
)
def test_a_desk_is_open_from_its_first_second_and_closed_at_its_closing_time(moment, cinga, fresc):
    assert is_open(CINGA, jst(moment)) is cinga
    assert is_open(FRESC, jst(moment)) is fresc


@pytest.mark.parametrize(
    ("day", "opened"),
    [
        ("2026-11-23", False),  # Labour Thanksgiving Day
        ("2026-05-06", False),  # substitute holiday, a Wednesday
        ("2026-09-22", False),  # citizens' holiday between two others
        ("2027-03-22", False),  # substitute holiday, a Monday
        ("2026-12-28", True),
        ("2026-12-29", False),
        ("2026-12-31", False),
        ("2027-01-01", False),
        ("2027-01-03", False),
        ("2027-01-04", True),
    ],
)
def test_desks_are_closed_on_public_holidays_and_at_the_year_end(day, opened):
    assert is_open(CINGA, jst(f"{day} 11:00")) is opened
    assert is_open(FRESC, jst(f"{day} 11:00")) is opened


def test_the_helplines_time_zone_decides_whatever_zone_the_server_is_in():
    moment = datetime(2026, 11, 24, 0, 0, tzinfo=UTC).astimezone(TOKYO)
    assert is_open(FRESC, moment)
    assert not is_open(FRESC, moment - timedelta(seconds=1))


@pytest.mark.parametrize(
    ("moment", "cinga", "fresc"),
    [
        ("2026-11-23 12:00", "2026-11-24 10:00", "2026-11-24 09:00"),  # a holiday
        ("2026-11-24 09:30", "2026-11-24 10:00", "2026-11-24 09:30"),  # already open: this very moment
        ("2026-11-27 17:00", "2026-11-30 10:00", "2026-11-30 09:00"),  # across a weekend
        ("2026-12-28 17:00", "2027-01-04 10:00", "2027-01-04 09:00"),  # across the year end
        ("2026-04-28 17:00", "2026-04-30 10:00", "2026-04-30 09:00"),  # one holiday
        ("2026-05-01 17:00", "2026-05-07 10:00", "2026-05-07 09:00"),  # a weekend and three holidays
    ],
)
def test_the_next_opening_is_found_across_weekends_holidays_and_the_year_end(moment, cinga, fresc):
    assert next_opening(CINGA, jst(moment)) == jst(cinga)
    assert next_opening(FRESC, jst(moment)) == jst(fresc)


WEEK = {"monday-friday": "09:00-17:00"}


def desk(**written: object) -> Desk:
    """FRESC, were these its days as staff write them."""
    return Desk.model_validate({**FRESC.model_dump(), "hours": WEEK, "closed": (), "open": {}, **written})


@pytest.mark.parametrize(
    ("moment", "opened"),
    [
        ("2027-08-12 10:00", True),
        ("2027-08-13 10:00", False),  # closed in this year
        ("2028-08-14 10:00", True),  # and not in the next
        ("2027-05-03 10:00", True),  # a holiday with hours of its own
        ("2027-05-03 15:00", False),
        ("2026-12-24 11:59", True),  # half a day in every year
        ("2026-12-24 12:00", False),
        ("2027-12-24 11:59", False),  # but in this one
        ("2027-12-24 13:00", True),
        ("2026-11-23 10:00", False),
    ],
)
def test_single_days_are_closed_or_have_hours_of_their_own(moment, opened):
    days = {"12-24": "09:00-12:00", "2027-05-03": "10:00-15:00", "2027-12-24": ["09:00-10:00", "13:00-14:00"]}
    found = desk(closed=["2027-08-13 to 2027-08-15", "12-24"], open=days)
    assert is_open(found, jst(moment)) is opened


def test_a_desk_can_have_hours_of_its_own_on_public_holidays():
    found = desk(hours={**WEEK, "holidays": "10:00-12:00"})
    opened = [hour for hour in range(24) if is_open(found, jst(f"2026-11-23 {hour:02}:00"))]
    assert opened == [10, 11]
    assert not is_open(desk(hours={**WEEK, "holidays": "10:00-12:00"}), jst("2026-11-22 10:00"))


@pytest.mark.parametrize(("place", "opened"), [("DE", True), ("DE-BY", False), ("US-CA", True)])
def test_a_region_has_holidays_of_its_own(place, opened):
    """Epiphany is a public holiday in Bavaria."""
    assert is_open(desk(holidays=place), jst("2027-01-06 10:00")) is opened


def test_an_override_closes_an_open_desk_until_its_hour():
    closed = Override(open=False, since=jst("2026-11-24 09:00"), until=jst("2026-11-24 13:00"))
    assert not is_open(CINGA, jst("2026-11-24 12:59:59"), [closed])
    assert is_open(CINGA, jst("2026-11-24 13:00"), [closed])
    assert next_opening(CINGA, jst("2026-11-24 11:00"), [closed]) == jst("2026-11-24 13:00")


def test_an_override_opens_a_desk_on_a_holiday():
    opened = Override(open=True, since=jst("2026-11-23 10:00"), until=jst("2026-11-23 12:00"))
    assert is_open(CINGA, jst("2026-11-23 11:00"), [opened])
    assert not is_open(CINGA, jst("2026-11-23 12:00"), [opened])
    assert next_opening(CINGA, jst("2026-11-23 08:00"), [opened]) == jst("2026-11-23 10:00")


def test_a_desk_closed_until_further_notice_has_no_next_opening():
    closed = Override(open=False, since=jst("2026-11-24 00:00"))
    assert next_opening(CINGA, jst("2026-11-24 11:00"), [closed]) is None


def test_of_several_overrides_the_first_that_holds_wins():
    closed = Override(open=False, since=jst("2026-11-24 00:00"))
    opened = Override(open=True, since=jst("2026-11-24 18:00"), until=jst("2026-11-24 19:00"))
    assert is_open(CINGA, jst("2026-11-24 18:30"), [opened, closed])
    assert not is_open(CINGA, jst("2026-11-24 18:30"), [closed, opened])
    assert not is_open(CINGA, jst("2026-11-24 11:00"), [opened, closed])
    assert next_opening(CINGA, jst("2026-11-24 11:00"), [opened, closed]) == jst("2026-11-24 18:00")


def test_the_next_opening_knows_of_a_day_that_was_closed_in_advance():
    tomorrow = Override(open=False, since=jst("2026-11-25 00:00"), until=jst("2026-11-26 00:00"))
    assert next_opening(CINGA, jst("2026-11-24 17:00"), [tomorrow]) == jst("2026-11-26 10:00")


@given(st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2030, 1, 1)))
def test_the_next_opening_is_the_first_moment_at_which_the_desk_is_open(moment):
    now = moment.replace(tzinfo=TOKYO)
    opens = next_opening(FRESC, now)
    assert opens is not None
    assert is_open(FRESC, opens)
    if opens > now:
        assert not is_open(FRESC, now)
        assert not is_open(FRESC, opens - timedelta(seconds=1))
        halfway = now + (opens - now) / 2
        assert not is_open(FRESC, halfway)


# Overrides with hours


def test_a_desk_that_is_opened_at_its_usual_hours_is_so_on_holidays_and_closures_too():
    opened = Override(open=True, since=jst("2026-12-26 00:00"), until=jst("2026-12-31 00:00"), hours=USUAL)
    found = [day for day in range(26, 32) if is_open(CINGA, jst(f"2026-12-{day} 11:00"), [opened])]
    assert found == [28, 29, 30]
    assert not any(is_open(CINGA, jst(f"2026-12-29 {hour}:00"), [opened]) for hour in ("00", "09", "16", "23"))
    assert next_opening(CINGA, jst("2026-12-28 16:00"), [opened]) == jst("2026-12-29 10:00")


def test_opening_adds_hours_and_closing_takes_them_away():
    evening = Override(open=True, since=jst("2026-11-24 00:00"), hours=Interval(18 * 60, 20 * 60))
    lunch = Override(open=False, since=jst("2026-11-24 00:00"), hours=Interval(12 * 60, 13 * 60))
    hours = [hour for hour in range(24) if is_open(CINGA, jst(f"2026-11-25 {hour:02}:30"), [evening, lunch])]
    assert hours == [10, 11, 13, 14, 15, 18, 19]
    assert next_opening(CINGA, jst("2026-11-25 12:10"), [lunch]) == jst("2026-11-25 13:00")
    assert next_opening(CINGA, jst("2026-11-25 16:10"), [evening]) == jst("2026-11-25 18:00")


MOMENTS = st.integers(0, 10 * 24 * 4).map(lambda quarters: jst("2026-12-25 00:00") + quarters * timedelta(minutes=15))
HOURS = st.sampled_from([None, USUAL, Interval(12 * 60, 13 * 60), Interval(7 * 60 + 30, 18 * 60 + 15)])
SAID = st.builds(Override, open=st.booleans(), since=MOMENTS, until=st.none() | MOMENTS, hours=HOURS)


@settings(max_examples=40, deadline=None)
@given(st.lists(SAID, max_size=3), MOMENTS)
def test_the_next_opening_follows_what_staff_said_as_a_slow_look_at_every_quarter_of_an_hour_does(said, now):
    found = desk(open={"2026-12-30": "09:15-11:00"}, hours={**WEEK, "holidays": "10:00-12:00"}, closed=["12-29"])
    quarters = (now + step * timedelta(minutes=15) for step in range(14 * 24 * 4))
    slow = next((quarter for quarter in quarters if is_open(found, quarter, said)), None)
    if slow is None:
        later = next_opening(found, now, said)
        assert later is None or later >= now + timedelta(days=14)
    else:
        assert next_opening(found, now, said) == slow

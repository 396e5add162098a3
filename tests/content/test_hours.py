"""When a desk is open, and when it opens next: the vectors of the house, in Japan's time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.content.hours import USUAL, Override, is_open, next_change, next_opening
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


# Past midnight, the end of a day, and some weekdays of a month

NIGHTS = {"friday-saturday": "22:00-06:00"}


def changes(found: Desk, begin: str, end: str, zone: ZoneInfo = TOKYO) -> list[str]:
    """From when to when it is open, each change as clocks show it, with their difference from UTC outside Tokyo."""
    moment, last = (datetime.fromisoformat(text).replace(tzinfo=zone) for text in (begin, end))
    told = []
    while (moment := next_change(found, moment)) and moment < last:
        told.append(f"{moment:%a %H:%M}" if zone is TOKYO else f"{moment:%a %H:%M%z}")
    return told


@pytest.mark.parametrize(
    ("moment", "opened"),
    [
        ("2026-11-27 21:59:59", False),
        ("2026-11-27 22:00", True),
        ("2026-11-28 00:30", True),
        ("2026-11-28 05:59:59", True),
        ("2026-11-28 06:00", False),
        ("2026-11-29 00:30", True),  # Saturday's
        ("2026-11-30 00:30", False),  # a Sunday has none
        ("2026-11-27 00:30", False),
        ("2027-01-01 22:30", False),  # a holiday, on which nobody comes
        ("2027-01-02 00:30", False),
        ("2027-04-30 00:30", False),  # the night after a holiday, which was a Thursday
        ("2027-05-01 00:30", True),
    ],
)
def test_hours_past_midnight_belong_to_the_day_on_which_they_begin(moment, opened):
    assert is_open(desk(hours=NIGHTS), jst(moment)) is opened


def test_a_holiday_and_a_closure_leave_the_night_that_began_before_them():
    every_night = {"every day": "22:00-06:00"}
    kept = desk(hours=every_night, closed=["2026-11-25"])  # Monday the 23rd is a holiday
    assert changes(kept, "2026-11-22 12:00", "2026-11-27 12:00") == [
        "Sun 22:00", "Mon 06:00", "Tue 22:00", "Wed 06:00", "Thu 22:00", "Fri 06:00",
    ]  # fmt: skip
    shorter = desk(hours={**every_night, "holidays": "20:00-02:00"}, open={"2026-11-25": "10:00-12:00"})
    assert changes(shorter, "2026-11-22 12:00", "2026-11-25 18:00") == [
        "Sun 22:00", "Mon 06:00", "Mon 20:00", "Tue 02:00", "Tue 22:00", "Wed 06:00", "Wed 10:00", "Wed 12:00",
    ]  # fmt: skip


@pytest.mark.parametrize("hours", ["always", {"every day": "00:00-24:00", "holidays": "00:00-24:00"}])
def test_a_seam_between_two_days_is_no_closing(hours):
    found = desk(hours=hours)
    assert all(is_open(found, jst(f"2026-11-{day}")) for day in ("22 23:59:59", "23 00:00", "23 23:59:59", "24 00:00"))
    assert next_change(found, jst("2026-11-22 12:00")) is None
    evening = desk(hours={"friday": "18:00-24:00", "saturday": ["00:00-02:00", "02:00-03:00"]})
    assert changes(evening, "2026-11-27 12:00", "2026-11-29 12:00") == ["Fri 18:00", "Sat 03:00"]


def test_a_desk_that_is_always_open_keeps_no_holidays_but_its_own_closures():
    found = desk(hours="always", closed=["12-25"])
    assert is_open(found, jst("2026-11-23 03:00"))
    assert changes(found, "2026-11-23", "2027-01-04") == ["Fri 00:00", "Sat 00:00"]


def test_some_weekdays_of_a_month_have_hours():
    placed = desk(hours={"wednesday 2 4": "13:00-17:00", "friday last": "09:00-10:00"}, holidays="")
    days = [jst("2027-01-01 13:00") + timedelta(days=ahead) for ahead in range(365)]
    opened = [day for day in days if is_open(placed, day)]
    assert len(opened) == 24
    assert {(day.day - 1) // 7 for day in opened} == {1, 3}
    assert f"{next_opening(placed, jst('2027-01-27 17:00')):%m-%d %H:%M}" == "01-29 09:00"
    assert f"{next_opening(placed, jst('2027-01-29 10:00')):%m-%d %H:%M}" == "02-10 13:00"
    fifth = desk(hours={"friday 5": "09:00-10:00"}, holidays="")
    assert f"{next_opening(fifth, jst('2027-01-30 00:00')):%m-%d}" == "04-30"


def test_a_language_has_hours_of_its_own_in_place_of_the_desks():
    found = desk(hours_by_language={"vi": {"wednesday 2 4": "13:00-18:00"}, "es": "always"}, closed=["12-09"])
    second, third = jst("2026-11-11 17:30"), jst("2026-11-18 13:30")
    opened = [[is_open(found.for_callers(language), at) for at in (second, third)] for language in ("en", "vi", "es")]
    assert opened == [[False, True], [True, False], [True, True]]
    assert next_opening(found.for_callers("vi"), jst("2026-11-25 18:00")) == jst("2026-12-23 13:00")  # 12-09 is closed


# Nights in which clocks are set

NEW_YORK, APIA = ZoneInfo("America/New_York"), ZoneInfo("Pacific/Apia")


@pytest.mark.parametrize(
    ("hours", "spring", "autumn"),
    [
        # An hour that is left out: it opens, or closes, when the clocks are set; what lies in it isn't there.
        # An hour that comes twice is open twice; hours across it are an hour longer.
        ("02:30-04:00", ["03:00-0400", "04:00-0400"], ["02:30-0500", "04:00-0500"]),
        ("00:30-02:30", ["00:30-0500", "03:00-0400"], ["00:30-0400", "02:30-0500"]),
        ("02:15-02:45", [], ["02:15-0500", "02:45-0500"]),
        ("01:15-01:45", ["01:15-0500", "01:45-0500"], ["01:15-0400", "01:45-0400", "01:15-0500", "01:45-0500"]),
        ("00:00-01:30", ["00:00-0500", "01:30-0500"], ["00:00-0400", "01:30-0400", "01:00-0500", "01:30-0500"]),
        ("01:30-03:00", ["01:30-0500", "03:00-0400"], ["01:30-0400", "01:00-0500", "01:30-0500", "03:00-0500"]),
        ("03:00-04:00", ["03:00-0400", "04:00-0400"], ["03:00-0500", "04:00-0500"]),
    ],
)
def test_in_the_night_of_a_clock_change_the_clock_on_the_wall_decides(hours, spring, autumn):
    found = desk(hours={"sunday": hours}, holidays="")
    for begin, end, told in (("2027-03-13", "2027-03-15", spring), ("2026-10-31", "2026-11-02", autumn)):
        assert changes(found, begin, end, NEW_YORK) == [f"Sun {clock}" for clock in told]


def test_a_night_is_an_hour_shorter_or_longer():
    found = desk(hours={"every day": "22:00-06:00"}, holidays="")
    assert changes(found, "2027-03-13 12:00", "2027-03-14 12:00", NEW_YORK) == ["Sat 22:00-0500", "Sun 06:00-0400"]
    assert changes(found, "2026-10-31 12:00", "2026-11-01 12:00", NEW_YORK) == ["Sat 22:00-0400", "Sun 06:00-0500"]


def test_an_hour_that_no_clock_shows_is_the_one_after_it():
    found = desk(hours={"sunday": "03:00-04:00"}, holidays="")
    assert is_open(found, datetime(2027, 3, 14, 2, 30, tzinfo=NEW_YORK))


def test_a_day_that_was_left_out_begins_no_hours():
    """Samoa went from Thursday, 29 December 2011, to Saturday."""
    friday = desk(hours={"friday": ["00:00-03:00", "22:00-06:00"], "saturday": "08:00-09:00"}, holidays="")
    assert changes(friday, "2011-12-28", "2012-01-02", APIA) == ["Sat 08:00+1400", "Sat 09:00+1400"]
    thursday = desk(hours={"thursday": "22:00-06:00"}, holidays="")
    assert changes(thursday, "2011-12-28", "2012-01-02", APIA) == ["Thu 22:00-1000", "Sat 06:00+1400"]


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

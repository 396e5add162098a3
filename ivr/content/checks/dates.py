"""For which days opening times are said: no further than holidays are known."""

from collections.abc import Iterator

from ivr.content.checks.check import DESKS, HELPLINE, Draft, Mistake, check
from ivr.content.composing import NOTICE
from ivr.content.public_holidays import holiday_years, is_known
from ivr.content.words import Filled

MAX_YEARS = 20


@check("dates-backwards", HELPLINE)
def forwards(draft: Draft) -> Iterator[Mistake]:
    span = draft.about.opening_times
    if span.first > span.last:
        yield Mistake(HELPLINE, ("opening_times", "to"), f"{span.last} is before {span.first}, where it begins")


@check("dates-backwards", HELPLINE)
def notices_forwards(draft: Draft) -> Iterator[Mistake]:
    for slot, language, filled in _dated(draft):
        if filled.first and filled.last and filled.first > filled.last:
            message = f"{filled.last} is before {filled.first}, the first day on which it is said"
            yield Mistake(HELPLINE, ("fill", slot, language, "to"), message)


@check("days-of-no-notice", HELPLINE)
def only_notices(draft: Draft) -> Iterator[Mistake]:
    for slot, language, filled in _dated(draft):
        if slot != NOTICE:
            message = f"only `{NOTICE}` is said on some days and not on others; write the words alone"
            yield Mistake(HELPLINE, ("fill", slot, language, "from" if filled.first else "to"), message, at_key=True)


def _dated(draft: Draft) -> Iterator[tuple[str, str, Filled]]:
    """(entry of `fill`, language, words) where days are given."""
    for slot, words in draft.about.fill.items():
        yield from ((slot, language, filled) for language, filled in words.items() if not filled.said_on(None))


@check("dates-too-many", HELPLINE)
def a_span_that_can_be_computed(draft: Draft) -> Iterator[Mistake]:
    span = draft.about.opening_times
    if span.last.year - span.first.year > MAX_YEARS:
        message = f"more than {MAX_YEARS} years from {span.first}; each day is computed, and a few years are enough"
        yield Mistake(HELPLINE, ("opening_times", "to"), message)


@check("dates-past-holidays", HELPLINE, DESKS)
def holidays_are_known(draft: Draft) -> Iterator[Mistake]:
    span = draft.about.opening_times
    for place in dict.fromkeys(desk.holidays for desk in draft.desks.values()):
        years = holiday_years(place) if is_known(place) else range(1900, 2101)
        for end, day in (("from", span.first), ("to", span.last)):
            if day.year not in years:
                whose = f"the holidays of {place}" if place else "days"
                message = f"{whose} are known from {years[0]} to {years[-1]}, not in {day.year}"
                yield Mistake(HELPLINE, ("opening_times", end), message)

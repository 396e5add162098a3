"""What staff set for a desk in words, made from what is stored, so that what is read back is what holds."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from ivr.content.hours import USUAL, Override
from ivr.content.schedule import MINUTES_A_DAY, Interval
from ivr.web.dates import long_day_in
from ivr.web.words import words_in

Words = Mapping[str, str]


def sentence(language: str, desk: str, said: Override, now: datetime) -> str:
    """What will be: a whole sentence."""
    template = "desk_will_open" if said.open else "desk_will_close"
    return words_in(language)[template].format(desk=desk.upper(), when=when_in_words(language, said, now))


def note(language: str, said: Override, now: datetime) -> str:
    """The same as an entry of a desk's list."""
    template = "desk_is_opened" if said.open else "desk_is_shut"
    return words_in(language)[template].format(when=when_in_words(language, said, now))


def when_in_words(language: str, said: Override, now: datetime) -> str:
    """`now`, in the helpline's time zone, is "from now" if it begins then."""
    words, zone = words_in(language), now.tzinfo
    since, until = said.since.astimezone(zone), said.until and said.until.astimezone(zone)
    last = until and (until - timedelta.resolution)
    if last and said.hours is None and since.date() == last.date():
        return _within_a_day(words, language, since, until or since)
    if until and last and _is_midnight(since) and _is_midnight(until):
        days = {"first": long_day_in(language, since.date()), "last": long_day_in(language, last.date())}
        is_one = since.date() == last.date()
        base = words["when_day" if is_one else "when_days"].format(**days)
        return base + (_daily(words, said.hours) if said.hours else words["when_whole_days"])
    begin = words["when_from_now"] if since == now else words["when_from"].format(since=_moment(language, since))
    end = words["when_until"].format(until=_moment(language, until)) if until else words["when_notice"]
    return words["when_between"].format(begin=begin, end=end) + _daily(words, said.hours)


def _within_a_day(words: Words, language: str, since: datetime, until: datetime) -> str:
    day = long_day_in(language, since.date())
    if _is_midnight(since) and _is_midnight(until):
        return words["when_day"].format(first=day) + words["when_whole_day"]
    closes = "24:00" if _is_midnight(until) else f"{until:%H:%M}"
    return words["when_part"].format(day=day, opens=f"{since:%H:%M}", closes=closes)


def _daily(words: Words, hours: Interval | None) -> str:
    if hours is None:
        return ""
    if hours == USUAL:
        return words["when_usual"]
    template = "when_daily_overnight" if hours.end > MINUTES_A_DAY else "when_daily"
    return words[template].format(opens=hours.opens, closes=hours.closes)


def _moment(language: str, moment: datetime) -> str:
    return words_in(language)["when_moment"].format(day=long_day_in(language, moment.date()), time=f"{moment:%H:%M}")


def _is_midnight(moment: datetime) -> bool:
    return moment.time() == time(0)

"""What staff let callers hear at the start of a call: that a desk is closed on a day, or has other hours.

It is told from six days ahead, when a weekday is unmistakable, and only where the desk's hours really differ; it ends
with what staff said. Two notices at most are heard, the soonest, each with how long it lasts if that is longer.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from operator import attrgetter
from typing import NamedTuple

from ivr.content.composing import CLOSED_LONGER, clip_name
from ivr.content.hours import Override, is_open, next_opening, turns_on
from ivr.content.model import Desk, Helpline
from ivr.content.opening import DAY, TOLD_DAYS, WEEKDAY_DAYS, opening, told_day
from ivr.flow.matching import described
from ivr.flow.opening_times import stays_closed
from ivr.flow.say import Page, PagePrompt
from ivr.flow.situation import Situation

MOST = 2
TOLD_AHEAD = timedelta(days=WEEKDAY_DAYS)


class Notice(NamedTuple):
    """That a desk is closed on the day of `begins`, or has other hours.

    `longer` is whether it also stays closed when it would open next; then `reopens` is when it does, if ever.
    """

    desk: str
    begins: datetime
    closed: bool
    longer: bool = False
    reopens: datetime | None = None


def has_notices(situation: Situation) -> bool:
    return any(each.told for said in situation.overrides.values() for each in said)


def told_of_desks(helpline: Helpline, language: str, situation: Situation) -> Page:
    """What callers of a language hear at the start; () where staff let them hear nothing."""
    found, now = notices(helpline, language, situation), situation.now.astimezone(helpline.about.time_zone)
    said: Page = ()
    for notice in found:
        lasts = (_lasts(helpline, language, notice, now),) if notice.longer else ()
        page = _page(helpline, notice, told_day(now.date(), notice.begins.date()), *lasts)
        named = [each.prompt for each in said if each.prompt.startswith("opens.")]
        said += page[1:] if named[-1:] == [page[0].prompt] else page  # a day holds until another one is named
    return said


def notices(helpline: Helpline, language: str, situation: Situation) -> list[Notice]:
    """Of the desks that callers of a language are told of, the soonest first."""
    if not has_notices(situation):
        return []
    now, found = situation.now.astimezone(helpline.about.time_zone), list[Notice]()
    for name, view in described(helpline, language).items():
        if view.desk.can_be_told:
            found += _of_desk(name, view.desk, now, situation.overrides.get(name, ()))
    return sorted(found, key=attrgetter("begins"))[:MOST]


def _of_desk(name: str, desk: Desk, now: datetime, overrides: Sequence[Override]) -> Iterator[Notice]:
    """One for each change that callers have not been told of by the one before."""
    zone, told_until = now.tzinfo or UTC, now
    for day in (now.date() + timedelta(days=ahead) for ahead in range(WEEKDAY_DAYS + 1)):
        turns = [turn for turn in turns_on(desk, day, zone, overrides) if turn > told_until]
        turns = [told_until, *turns] if told_until.date() == day else turns
        changed = [turn for turn in turns if _is_told(desk, turn, overrides)]
        if not changed:
            continue
        if any(is_open(desk, turn, overrides) for turn in turns):
            yield Notice(name, changed[0], closed=False)
            continue
        reopens = next_opening(desk, turns[-1], overrides)
        longer = stays_closed(desk, changed[0], reopens)
        yield Notice(name, changed[0], closed=True, longer=longer, reopens=reopens)
        if reopens is None:
            return
        told_until = reopens


def _is_told(desk: Desk, moment: datetime, overrides: Sequence[Override]) -> bool:
    """Whether something that callers shall hear makes the desk open or closed at a moment, unlike its usual hours."""
    is_now = is_open(desk, moment, overrides)
    told = any(each.told and each.open == is_now and each.holds(desk, moment) for each in overrides)
    return told and is_now != is_open(desk, moment)


def _page(helpline: Helpline, notice: Notice, day: str, *lasts: str) -> Page:
    """The day, what is with the desk, and how long that lasts, each a clip of its own."""
    say = helpline.desks[notice.desk].say
    prompts = (clip_name(DAY, day), say.closed_on if notice.closed else say.other_hours, *lasts)
    return tuple(PagePrompt("announcement", prompt, desk=notice.desk) for prompt in prompts)


def _lasts(helpline: Helpline, language: str, notice: Notice, now: datetime) -> str:
    """When a desk opens again that stays closed; if no sentence for a weekday says so, that it stays closed."""
    reopens = opening(now, notice.reopens) if notice.reopens else None
    named = reopens and reopens.kind == "weekday" and reopens.prompt in helpline.clip_texts[language]
    return reopens.prompt if reopens and named else CLOSED_LONGER


def every_notice(helpline: Helpline, language: str) -> Iterator[Page]:
    """Everything that callers of a language can hear of one desk; on a weekday it closes only if it opens on some."""
    openings = [clip for clip in helpline.clip_texts[language] if clip.startswith("opens.weekday.")]
    opens_on = {*TOLD_DAYS[:2], *(clip.split(".")[2] for clip in openings)}
    for name in (name for name, view in described(helpline, language).items() if view.desk.can_be_told):
        closed, other_hours = (Notice(name, datetime.min, closed=closed) for closed in (True, False))
        for day in TOLD_DAYS:
            later = [clip for clip in openings if day in opens_on and f".{day}." not in clip]
            yield _page(helpline, other_hours, day)
            yield from (_page(helpline, closed, day, lasts) for lasts in (CLOSED_LONGER, *later))

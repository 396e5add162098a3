"""What people try first when they write hours and days, and how it is written: the ends of error messages."""

import re
from collections.abc import Iterable

from ivr.content.schedule import WEEKDAYS

TIME = r"([0-9]{1,2})(?:[:.h]?([0-5][0-9]))?\s*([ap]\.?m\.?)?"
SPAN = re.compile(rf"{TIME}\s*(?:-|–|—|to|until|till)\s*{TIME}", re.IGNORECASE)
ROUND_THE_CLOCK = re.compile(r"24 ?/ ?7(/365)?|24 ?h(ours)?|always|all day|open|day and night", re.IGNORECASE)
RANGES = {"weekdays": "monday-friday", "weekend": "saturday-sunday", "weekends": "saturday-sunday"}
EVERY_DAY = re.compile(r"daily|every ?day|all days?|(mon(day)?-sun(day)?)", re.IGNORECASE)
PLACES = {"1st": "1", "2nd": "2", "3rd": "3", "4th": "4", "5th": "5", "first": "1", "second": "2", "third": "3"}
PLACES |= {"fourth": "4", "fifth": "5", "last": "last"} | {digit: digit for digit in "12345"}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NUMBERS = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})|([0-9]{1,2})([-/.])([0-9]{1,2})[-/.]?([0-9]{4})?")
MAX_HOUR, MAX_MONTH, MAX_DAY = 24, 12, 31

FORMS_OF_TIMES = '"09:00-17:00", to the end of the day "22:00-24:00", past midnight "22:00-06:00"'
FORMS_OF_DAYS = '"05-01" or "12-29 to 01-03" of every year, "2027-08-13 to 2027-08-15" of one'


def tried_hours(value: object) -> str:
    """Where not even weekdays were written."""
    if ROUND_THE_CLOCK.fullmatch(str(value)):
        return "day and night is written `hours: always`"
    times = _span(str(value)) or "09:00-17:00"
    return f'right would be {{monday-friday: "{times}"}}, or {{every day: "{times}"}}'


def tried_times(text: str) -> str:
    if ROUND_THE_CLOCK.fullmatch(text):
        return 'a whole day is written "00:00-24:00"'
    if text.strip().lower() in ("", "closed", "none", "no"):
        return "a day that is left out is closed"
    spans = [_span(part) for part in re.split(r",|;|&|\band\b", text)]
    if not all(spans):
        return f"right would be {FORMS_OF_TIMES}"
    quoted = ", ".join(f'"{span}"' for span in spans)
    return f"right would be [{quoted}]" if len(spans) > 1 else f"right would be {quoted}"


def _span(text: str) -> str:
    """Such as 09:00-17:00 for ``9am-5pm``; "" if that can't be seen."""
    match = SPAN.fullmatch(text.strip())
    if not match:
        return ""
    start, end = _time(match[1], match[2], match[3]), _time(match[4], match[5], match[6])
    return f"{start.replace('24:', '00:')}-{end}" if start and end else ""


def _time(hour: str, minute: str | None, half: str | None) -> str:
    hours = int(hour) % 12 + (12 if half[0] in "pP" else 0) if half else int(hour)
    if hours > MAX_HOUR:  # such as 30:00, six hours into the next day
        hours -= MAX_HOUR
    return f"{hours:02}:{minute or '00'}" if hours < MAX_HOUR or (hours == MAX_HOUR and not int(minute or 0)) else ""


def tried_days(text: str) -> str:
    """ "" if that can't be seen."""
    if EVERY_DAY.fullmatch(text):
        return 'right would be "every day"'
    words = [word for word in re.split(r"[\s,/&+]+|\band\b", text.lower()) if word]
    places = [PLACES[word] for word in words if word in PLACES]
    names = [word for word in words if word not in PLACES and word not in ("every", "of", "the", "month", "to", "-")]
    days = [day for name in names for day in _range(name)]
    if not days or not all(days):
        return ""
    joined = [f"{days[0]}-{days[-1]}"] if re.search(r"\bto\b| - |–", text) and len(days) == 2 else days
    return f"right would be {_listed(' '.join((day, *places)) for day in joined)}"


def _range(name: str) -> list[str]:
    """A weekday or range of them as it is written; an empty word if there is none."""
    if name in RANGES:
        return [RANGES[name]]
    found = [_weekday(part) for part in re.split("[-–]", name)]
    return ["-".join(found)] if all(found) else [""]


def _weekday(word: str) -> str:
    short = word.rstrip(".")
    return next((day for day in WEEKDAYS if len(short) > 1 and (day.startswith(short) or f"{day}s" == short)), "")


def _listed(days: Iterable[str]) -> str:
    """Lines of their own, where it is more than one."""
    quoted = [f'"{day}"' for day in days]
    return quoted[0] if len(quoted) == 1 else f"a line for each: {', '.join(quoted)}"


def tried_dates(text: str) -> str:
    parts = [_date(part) for part in re.split(r"\s+(?:to|until|-|–)\s+|–", text.strip())]
    right = " to ".join(parts) if all(parts) and len(parts) <= 2 and len({len(part) for part in parts}) == 1 else ""
    return f'right would be "{right}"' if right else f"right would be {FORMS_OF_DAYS}"


def _date(text: str) -> str:
    """Month and day, the year before them if it is there; "" if that can't be seen."""
    if words := re.fullmatch(r"(?:([0-9]{1,2})\.? )?([a-z]+)\.?(?: ([0-9]{1,2}))?(?:,? ([0-9]{4}))?", text.lower()):
        day, month = words[1] or words[3], words[2][:3]
        return _iso(words[4], str(MONTHS.index(month) + 1), day) if day and month in MONTHS else ""
    match = NUMBERS.fullmatch(text)
    if not match:
        return ""
    year, month, day = (match[1], match[2], match[3]) if match[1] else (match[7], match[4], match[6])
    if not match[1] and (match[5] == "." or int(month) > MAX_MONTH):  # 29.12., and what can only be a day first
        month, day = day, month
    return _iso(year, month, day)


def _iso(year: str | None, month: str, day: str) -> str:
    if int(month) > MAX_MONTH or int(day) > MAX_DAY:
        return ""
    dated = f"{int(month):02}-{int(day):02}"
    return f"{year}-{dated}" if year else dated

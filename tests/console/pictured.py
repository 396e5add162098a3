"""A line with plausible data, of which the pictures in docs/ are taken: told of, counted, changed, by people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import Connection, update

from ivr.app import create_app
from ivr.audio.line import Line, load_line
from ivr.config import read_settings
from ivr.console.sign_in.passwords import hash_of
from ivr.content.changes import Change, fingerprint, value_at
from ivr.content.hours import Override
from ivr.content.schedule import Interval
from ivr.database import tables
from ivr.database.accounts import invite
from ivr.database.admission import admit
from ivr.database.changes import add_change
from ivr.database.count_events import CountEvent
from ivr.database.database_thread import DatabaseThread
from ivr.database.desk_overrides import DeskOverride, add_override
from ivr.database.fact_answers import add_answer
from ivr.database.publications import begin_publication, edition_in_force, publish
from ivr.database.stored_counts import add_counts
from ivr.errors import Finding
from tests.cast import LINE, NUMBERS, TOKEN, TOKYO
from tests.console.published import shipped
from tests.database.line import connected, counting, sqlite_url
from tests.served import until
from tests.staff import STAFF

NOW = datetime(2026, 12, 2, 11, tzinfo=TOKYO)  # a Wednesday on which both desks answer
KEIKO, MINH = "Keiko Sato", "Minh Tran"
OWN = "a password of her own, quite long"
REAL = {"TWILIO_AUTH_TOKEN": TOKEN, **NUMBERS}
PUBLIC = {**STAFF, "PUBLIC_URL": "https://line.example.org", "CALLER_ID": LINE}
LANGUAGES = (("ja", 21), ("en", 64), ("zh-Hans", 33), ("vi", 97), ("tl", 25), ("pt", 18), ("ne", 44), ("my", 9))
TO_DO = [
    Finding(rule, rule, *about) for rule, *about in (("confirmed",), ("holidays-verified",), ("formant-voice", "fa"))
]
ADVISED = [Finding("drafts", "drafts")]
CORRECTED = (
    (("prompts", "main.help", "option"), "If you have a problem, press {key}.", KEIKO, True),
    (("prompts", "goodbye", "goodbye"), "Thank you for calling. Take care.", MINH, False),
)


def fill(url: str) -> None:
    """The database of a line that has answered since spring; what the clock of the database said is set to its time."""
    with connected(url) as connection:
        add_counts(connection, _counted())
        _add_people(connection)
        _add_desks(connection)
        _add_changes(connection)
        _set_clock(connection)


def fill_new(url: str) -> None:
    """The database of a line whose content is being confirmed."""
    with connected(url) as connection:
        _add_people(connection)
        for fact in [*shipped().helpline.facts][:9]:
            add_answer(connection, fact, "unknown" if fact == "F7" else "true", KEIKO)
        _set_clock(connection)


def _set_clock(connection: Connection) -> None:
    """All that was written has been since the day before; the database's own clock can't be set."""
    for table in (tables.changes, tables.publications, tables.fact_answers, tables.audit):
        connection.execute(update(table).values(at=NOW - timedelta(hours=19, minutes=12)))


def _counted() -> dict[CountEvent, int]:
    amounts: dict[CountEvent, int] = {}
    for ahead in range((date(2026, 11, 30) - date(2026, 4, 1)).days + 1):
        day = date(2026, 4, 1) + timedelta(days=ahead)
        if day.weekday() < 5:
            calls = 8 + day.toordinal() * 7 % 9
            amounts |= {CountEvent(day, "call", f"{hour:02}"): calls // 4 for hour in (9, 11, 14, 17)}
        if day.day == 10:
            amounts |= {CountEvent(day, "language", name): calls_ for name, calls_ in LANGUAGES}
            amounts |= {CountEvent(day, "transfer", f"fresc/{what}"): n for what, n in (("answered", 42), ("busy", 9))}
            amounts |= {
                CountEvent(day, "transfer", f"cinga/{what}"): n for what, n in (("answered", 31), ("no-answer", 6))
            }
            amounts[CountEvent(day, "outcome", "answer")] = 148
    return amounts


def _add_people(connection: Connection) -> None:
    for name, role in ((KEIKO, "coordinator"), (MINH, "staff")):
        number = invite(connection, KEIKO, name, role).number
        values = {"password": hash_of(OWN), "invitation": 0, "seen": NOW.date()}
        connection.execute(update(tables.accounts).where(tables.accounts.c.id == number).values(**values))
    invite(connection, KEIKO, "Amina Hassan", "staff")


def _add_desks(connection: Connection) -> None:
    tomorrow = datetime(2026, 12, 3, tzinfo=TOKYO)
    days = Override(open=False, since=tomorrow, until=tomorrow + timedelta(days=1))
    add_override(connection, DeskOverride("fresc", days, "short-staffed", told=True))
    monday = tomorrow + timedelta(days=4)
    afternoon = Override(open=False, since=monday, until=monday + timedelta(days=1), hours=Interval(13 * 60, 16 * 60))
    add_override(connection, DeskOverride("cinga", afternoon, "holiday"))


def _add_changes(connection: Connection) -> None:
    """One that is in force, and one that waits; the line is open to the public."""
    confirmed = _change("helpline.yaml", ("confirmed_on",), "2026-11-20"), KEIKO, True
    sentences = [(_change("text/en.yaml", where, value), by, approved) for where, value, by, approved in CORRECTED]
    first, second, _waiting = (
        add_change(connection, change, by, approved=a) for change, by, a in (confirmed, *sentences)
    )
    admit(connection, KEIKO, is_open=True)
    for change in (first, second):
        assert publish(connection, begin_publication(connection, [change], KEIKO))


def _change(file: str, where: tuple[str, ...], value: object) -> Change:
    return Change(file, where, fingerprint(value_at(shipped().sources[file].content, where)), value)


@contextmanager
def lines(folder: Path) -> Iterator[dict[str, Flask]]:
    """One that is `new`, one that is `open` to the public, and a `demo`; NOW is when they are to be asked."""
    url, new = sqlite_url(folder), f"sqlite:///{folder / 'new.db'}"
    fill(url)
    fill_new(new)
    with connected(url) as connection:
        in_force = load_line(shipped().folder, edition_in_force(connection).changes)
    with following(new, shipped()) as first, following(url, in_force) as second:
        yield {
            "new": _app(shipped(), first, new, TO_DO),
            "open": _app(in_force, second, url, []),
            "demo": create_app(shipped(), read_settings(REAL, shipped().helpline.desks, demo=True)),
        }


@contextmanager
def following(url: str, line: Line) -> Iterator[DatabaseThread]:
    """A worker's thread that has read the database."""
    thread = counting(url, line.helpline)
    thread.start()
    until(lambda: thread.is_reachable)
    try:
        yield thread
    finally:
        thread.stop()


def _app(line: Line, thread: DatabaseThread, url: str, to_do: list[Finding]) -> Flask:
    """A line that is deployed, with what is to be done before it goes live."""
    settings = read_settings({**REAL, **PUBLIC, "DATABASE_URL": url}, line.helpline.desks)
    return create_app(line, settings, thread, look=lambda _today: (to_do, ADVISED))

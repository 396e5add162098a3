"""`ivr desks` and `ivr counts`, as staff type them."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import time_machine
from click.testing import CliRunner

from ivr.cli.main import group
from ivr.config import SettingsError, read_database_url, read_settings
from ivr.content.model import Desk
from ivr.database.audit import read_audit
from ivr.database.database_thread import DatabaseThread
from ivr.database.desk_overrides import read_overrides
from ivr.errors import HelplineError
from tests.cast import ROOT, helpline
from tests.database.line import call, connected, counted_app, counting, sqlite_url


@pytest.fixture(autouse=True)
def tuesday():
    with time_machine.travel("2026-11-24T11:00:00+09:00", tick=False):
        yield


@pytest.fixture
def url(tmp_path):
    return sqlite_url(tmp_path)


@pytest.fixture
def ivr(url, monkeypatch):
    """The command, with a database of its own."""
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("COLUMNS", "160")
    for command in ("desks", "counts"):
        monkeypatch.setattr(f"ivr.cli.{command}.load_helpline", lambda _folder: helpline())

    line = counting(url)
    line.start()

    def run(typed: str, *more: str) -> str:
        result = CliRunner().invoke(group, ["--helpline", str(ROOT / "prompts"), *typed.split(), *more])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == 0, result.output
        return result.output

    yield run
    line.stop()


def line_of(shown: str, desk: str) -> list[str]:
    row = next(line for line in shown.splitlines() if desk in line)
    return [cell.strip() for cell in row.strip("│").split("│")]


def test_desks_tells_which_are_open_and_when_the_others_open(ivr):
    assert line_of(ivr("desks"), "fresc") == ["fresc", "open", "-", "-"]
    with time_machine.travel("2026-11-23T12:00:00+09:00", tick=False):  # a holiday
        assert line_of(ivr("desks"), "cinga") == ["cinga", "closed", "Tue 2026-11-24 10:00", "-"]


def test_a_language_with_hours_of_its_own_has_a_line_of_its_own(ivr, monkeypatch):
    written = {"open": {}, "closed": (), "hours": "always", "hours_by_language": {"vi": {"friday last": "22:00-06:00"}}}
    fresc = Desk.model_validate({**helpline().desks["fresc"].model_dump(), **written})
    monkeypatch.setattr("ivr.cli.desks.load_helpline", lambda _folder: replace(helpline(), desks={"fresc": fresc}))
    assert line_of(ivr("desks"), "fresc ") == ["fresc", "open", "-", "-"]
    assert line_of(ivr("desks"), "fresc (vi)") == ["fresc (vi)", "closed", "Fri 2026-11-27 22:00", "-"]


@pytest.mark.parametrize(
    ("typed", "more", "now", "opens", "said"),
    [
        (
            "close fresc --date 2026-11-24 --reason short-staffed",
            (),
            "closed",
            "Wed 2026-11-25 09:00",
            "closed from 2026-11-24 00:00 until 2026-11-25 00:00 (short-staffed)",
        ),
        (
            "close fresc --reason emergency --until",
            ("2026-11-24 15:00",),
            "closed",
            "Tue 2026-11-24 15:00",
            "closed from 2026-11-24 11:00 until 2026-11-24 15:00 (emergency)",
        ),
        (
            "close fresc --further-notice --reason other",
            (),
            "closed",
            "not known",
            "closed from 2026-11-24 11:00 until further notice (other)",
        ),
        (
            "open fresc --date 2026-12-29 --reason extra-hours",
            (),
            "open",
            "-",
            "open from 2026-12-29 09:00 until 2026-12-29 17:00 (extra-hours)",
        ),
        (
            "open fresc --from 2026-12-29 --to 2026-12-30 --reason extra-hours",
            (),
            "open",
            "-",
            "open from 2026-12-29 00:00 until 2026-12-31 00:00 at its usual hours (extra-hours)",
        ),
        (
            "open fresc --from 2026-12-05 --to 2026-12-06 --hours 10:00-15:00 --reason extra-hours",
            (),
            "open",
            "-",
            "open from 2026-12-05 00:00 until 2026-12-07 00:00 at 10:00-15:00 (extra-hours)",
        ),
        (
            "close fresc --further-notice --hours 10:30-12:00 --reason short-staffed",
            (),
            "closed",
            "Tue 2026-11-24 12:00",
            "closed from 2026-11-24 11:00 until further notice at 10:30-12:00 (short-staffed)",
        ),
        (
            "close fresc --from 2026-11-25 --reason emergency --to",
            ("2026-11-25 12:00",),
            "open",
            "-",
            "closed from 2026-11-25 00:00 until 2026-11-25 12:00 (emergency)",
        ),
    ],
)
def test_a_desk_is_closed_or_opened_for_a_while_and_the_hours_hold_again_when_that_is_cleared(
    ivr, typed, more, now, opens, said
):
    assert said in ivr(f"desks {typed}", *more)
    assert line_of(ivr("desks"), "fresc") == ["fresc", now, opens, f"1: {said}"]
    assert "1 undone" in ivr("desks clear fresc")
    assert line_of(ivr("desks"), "fresc") == ["fresc", "open", "-", "-"]


def test_each_thing_that_was_said_is_taken_back_alone_and_is_in_the_history(ivr, url):
    for day in ("2026-12-01", "2026-12-02"):
        ivr(f"desks close fresc --date {day} --reason other")
    assert "1 undone" in ivr("desks clear fresc 1")
    assert line_of(ivr("desks"), "fresc")[3] == "2: closed from 2026-12-02 00:00 until 2026-12-03 00:00 (other)"
    with connected(url) as connection:
        told = [(each.who, each.what, each.about) for each in read_audit(connection)]
    assert told == [("ivr desks", what, "fresc") for what in ("desk-undone", "desk-closed", "desk-closed")]


def test_callers_are_told_where_staff_say_so_and_the_desk_has_prompts_for_it(ivr, url, monkeypatch):
    typed = "close fresc --date 2026-12-01 --reason other"
    assert ivr(f"desks {typed} --told").startswith(
        said := "fresc: closed from 2026-12-01 00:00 until 2026-12-02 00:00 ("
    )
    assert f"{said.removeprefix('fresc: ')}other; callers are told)" in " ".join(ivr("desks").split())
    desks = helpline().desks
    say = desks["fresc"].say.model_copy(update={"closed_on": ""})
    silent = replace(helpline(), desks={**desks, "fresc": desks["fresc"].model_copy(update={"say": say})})
    monkeypatch.setattr("ivr.cli.desks.load_helpline", lambda _folder: silent)
    ivr(f"desks {typed}")
    with pytest.raises(HelplineError, match=r"Not set: callers can't be told of fresc .* Leave out --told"):
        ivr(f"desks {typed} --told")
    with connected(url) as connection:
        told = [each.told for each in read_overrides(connection, datetime(2026, 11, 24, tzinfo=UTC))]
    assert told == [False, True]


def test_what_is_over_is_no_longer_told(ivr):
    ivr("desks close fresc --date 2026-11-24 --reason holiday")
    with time_machine.travel("2026-11-25T00:00:00+09:00", tick=False):
        assert line_of(ivr("desks"), "fresc")[3] == "-"


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("close nobody --date 2026-11-24 --reason other", 'There is no desk "nobody"; the desks are: cinga, fresc.'),
        ("clear nobody", 'There is no desk "nobody"'),
        ("close fresc --reason other", "For how long? One of --date"),
        ("close fresc --date 2026-11-24 --further-notice --reason other", "For how long? One of --date"),
        ("close fresc --date 2026-11-23 --reason other", "2026-11-24 00:00 is over: it is 2026-11-24 11:00"),
        ("open fresc --until 2026-11-24T10:59 --reason other", "2026-11-24 10:59 is over"),
        ("open fresc --date 2026-11-24 --hours 09:00-10:00 --reason other", "2026-11-24 10:00 is over"),
        ("close fresc --from 2026-12-02 --to 2026-12-01 --reason other", "It can't end on 2026-12-02 00:00: it begins"),
        ("close fresc --date 2026-12-02 --to 2026-12-03 --reason other", "For how long? One of --date"),
        ("close fresc --from 2026-12-02 --reason other", "For how long? One of --date"),
        ("open fresc --date 2026-11-29 --reason other", "no usual hours then: say at which it is open, such as 10:00"),
        ("open fresc --date 2026-11-29 --hours 10 --reason other", '"10" is not a time from and to; right would be'),
        ("open fresc --further-notice --hours 22:00-03:00 --reason other", "at 22:00-03:00. Between 22:00 and 07:00"),
        ("clear fresc 7", "Nothing with the number 7 is set for fresc: see `ivr desks`."),
    ],
)
def test_what_cannot_be_done_is_told_with_what_would_be_right(ivr, typed, message):
    with pytest.raises(HelplineError) as raised:
        ivr(f"desks {typed}")
    assert message in str(raised.value)


@pytest.mark.parametrize(
    "typed",
    [
        "close fresc --date 24.11.2026 --reason other",
        "close fresc --date 2026-11-24 --reason whatever",
        "close fresc --date 2026-11-24 --reason extra-hours",
        "open fresc --date 2026-12-29 --reason short-staffed",
        "close fresc",
    ],
)
def test_a_day_that_is_none_or_a_reason_that_does_not_fit_is_refused(url, monkeypatch, typed):
    monkeypatch.setenv("DATABASE_URL", url)
    assert CliRunner().invoke(group, ["desks", *typed.split()]).exit_code == 2


def test_a_desk_rings_at_night_where_that_is_meant(ivr, url):
    ivr("desks open fresc --further-notice --hours 22:00-03:00 --at-night --reason other")
    assert "open from 2026-11-24 11:00 until further notice at 22:00-03:00 (other)" in " ".join(ivr("desks").split())


def test_counts_shows_a_period_for_reading_and_for_a_spreadsheet(ivr, url):
    counts = counting(url)
    counts.start()
    for keys in [*["02 2 gone"] * 6, "4# 2 gone"]:
        call(counted_app(counts), keys)
    counts.stop()
    with time_machine.travel("2026-12-01T00:00:00+09:00", tick=False):
        shown = ivr("counts --period 2026-11")
        assert shown == ivr("counts"), "the last full month"
        assert shown.startswith("2026-11: 5 calls\n")
        assert "5  2026-11-23/2026-11-29" in shown
        assert "5  booking" in shown
        assert "rounded to the nearest five" in shown
        assert "not over" not in shown
        assert "vi" not in shown.split()
        written = ivr("counts --period 2026-11 --csv")
        assert "nothing" in ivr("counts --period 2026-12")
        assert ivr("counts --period fy2026").startswith("fy2026: 5 calls\n")
        assert "fy2026,calls,2026-11,5" in ivr("counts --period fy2026 --csv")
    assert written.startswith("\ufeffperiod,"), "Excel takes it for UTF-8 at a double click"
    rows = list(csv.reader(io.StringIO(written.removeprefix("\ufeff"))))
    assert rows[0] == ["period", "kind", "name", "number"]
    assert ["2026-11", "ends", "booking", "5"] in rows
    assert ["2026-11", "languages", "en", "5"] in rows
    assert {int(number) % 5 for *_, number in rows[1:]} == {0}


def test_counts_refuses_what_is_no_period(url, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", url)
    result = CliRunner().invoke(group, ["counts", "--period", "November"])
    assert result.exit_code == 2
    assert "November is no period; right: 2026-11, 2026 or fy2026" in result.output


def test_counts_shows_a_week_when_it_is_over_and_topics_when_their_month_is(ivr, url):
    """Whatever the settings are: the command knows of no demo."""
    counts = counting(url)
    counts.start()
    for _ in range(5):
        call(counted_app(counts), "02 2 gone")
    counts.stop()
    for moment, weeks, topics in (
        ("2026-11-29T23:59:59+09:00", False, False),
        ("2026-11-30T00:00:00+09:00", True, False),
        ("2026-11-30T23:59:59+09:00", True, False),
        ("2026-12-01T00:00:00+09:00", True, True),
    ):
        with time_machine.travel(moment, tick=False):
            shown, exported = ivr("counts --period 2026-11"), ivr("counts --period 2026-11 --csv")
        week = "2026-11-23/2026-11-29"
        assert (f"5  {week}" in shown) == (f"calls,{week},5" in exported) == weeks
        assert ("5  en" in shown) == ("languages,en,5" in exported) == weeks
        assert ("booking" in shown) == ("booking" in exported) == topics
        assert ("This period is not over" in shown) == (not topics)


# The setting


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("", "sqlite:///ivr.db"),
        ("postgres://u:p@host/name", "postgresql+psycopg://u:p@host/name"),
        ("postgresql://host/name?sslmode=require", "postgresql+psycopg://host/name?sslmode=require"),
        ("sqlite:////var/lib/ivr.db", "sqlite:////var/lib/ivr.db"),
    ],
)
def test_where_the_database_is(given, read):
    assert read_database_url({"DATABASE_URL": given}) == read


@pytest.mark.parametrize("given", ["mysql://u:secret@host/name", "ivr.db", "postgres:", "secret", "sqlite://"])
def test_a_database_that_is_not_known_is_refused_without_repeating_what_may_be_a_password(given):
    for read in (read_database_url, lambda environ: read_settings(environ, [], demo=True)):
        with pytest.raises(SettingsError, match="DATABASE_URL is not usable; right would be postgres://user") as raised:
            read({"DATABASE_URL": given})
        assert "secret" not in str(raised.value)


def test_an_address_that_cannot_be_read_stops_the_start():
    with pytest.raises(HelplineError, match="DATABASE_URL can't be read") as raised:
        DatabaseThread(helpline(), read_database_url({"DATABASE_URL": "postgres://u:secret@host:port/name"}), 400)
    assert "secret" not in str(raised.value)


def test_a_demo_counts_nothing_unless_it_is_told_where():
    assert read_settings({}, [], demo=True).database_url == ""
    assert read_settings({"DATABASE_URL": "sqlite:///x.db"}, [], demo=True).database_url == "sqlite:///x.db"
    assert read_settings({"TWILIO_AUTH_TOKEN": "x", "PUBLIC_URL": "https://x.org"}, []).database_url


def test_how_long_counts_are_kept_is_a_setting():
    assert read_settings({}, [], demo=True).counts_kept_days == 800
    assert read_settings({"COUNTS_KEPT_DAYS": "90"}, [], demo=True).counts_kept_days == 90
    with pytest.raises(SettingsError, match='COUNTS_KEPT_DAYS: "ever" is not a number of days'):
        read_settings({"COUNTS_KEPT_DAYS": "ever"}, [], demo=True)


def test_a_database_that_cannot_be_reached_is_told_without_a_traceback(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", sqlite_url(tmp_path / "nowhere"))
    result = CliRunner().invoke(group, ["--helpline", str(ROOT / "prompts"), "desks"])
    assert isinstance(result.exception, HelplineError)
    assert str(result.exception) == (
        "The database can't be used: unable to open database file; DATABASE_URL names it: "
        "right would be a file that you may write, in a folder that is there"
    )

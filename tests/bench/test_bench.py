"""The bench's pieces work and its page has all of its rows. How fast anything is, is not asked here."""

from __future__ import annotations

from functools import cache

import pytest
from twilio.request_validator import RequestValidator

from ivr.content.checks.prompts import ENGINE_PROMPTS
from ivr.content.loader import load_helpline
from tests.bench import __main__ as bench
from tests.bench import audio, cpu, crowd, growth, load, serving, start
from tests.bench.growing import more_languages, more_pages, starter
from tests.bench.page import BEGIN, END, PAGE, names, table, written
from tests.bench.row import TINY, Row, at_least, at_most, not_measured, ratio
from tests.bench.webhooks import CALL, TOKEN, URL, WEBHOOKS, answered


@cache
def rows_of(part) -> list[Row]:
    """Measured once for all tests."""
    return list(part.rows(TINY))


@pytest.mark.parametrize("part", [cpu, start, growth, audio], ids=lambda part: part.__name__)
def test_a_part_measures_its_rows(part):
    assert all(row.measured for row in rows_of(part))
    assert not [row for row in rows_of(part) if "not measured" in row.measured]


def test_calls_at_once_are_all_answered_and_counted():
    errors, counts, answers = rows_of(crowd)
    assert (errors.measured, errors.met) == ("0 in 5 calls", True)
    assert counts.measured.startswith("0 lost, 0 too many, of ")
    assert counts.met
    assert int(counts.measured.split()[-1]) > 50
    assert " ms p99" in answers.measured


def test_a_lost_count_is_seen(monkeypatch):
    monkeypatch.setattr(crowd, "_called", lambda _folder, _calls: ([0.1, 0.2], ["Oops"], crowd.Counted()))
    errors, counts, _answers = crowd.rows(TINY)
    assert errors.met is counts.met is False
    assert "Oops" in errors.measured


def test_without_a_load_generator_no_goal_is_met(monkeypatch):
    monkeypatch.setattr(load, "has_wrk", lambda: False)
    found = rows_of(load)
    assert all(row.measured.startswith("not measured: wrk is missing") for row in found)
    assert [row.met for row in found if row.goal] == [False, False]


def test_the_floor_is_served_behind_the_lines_own_server(tmp_path):
    with serving.FLOOR.running(tmp_path) as server:
        assert len(server.processes()) == 3  # gunicorn and as many workers as the line has
        assert serving.FLOOR.headers(server.port)["X-Twilio-Signature"]
        assert serving.cpu_seconds(server) > 0
        assert serving.worker_megabytes(server) > 1


@pytest.mark.parametrize("name", WEBHOOKS)
def test_a_webhook_is_as_twilio_signs_it(name):
    webhook = WEBHOOKS[name]
    environ = webhook.sent()()
    signature = RequestValidator(TOKEN).compute_signature(URL + webhook.target, dict(webhook.form))
    assert environ["HTTP_X_TWILIO_SIGNATURE"] == signature
    assert len(CALL) >= 25


def test_the_floor_refuses_strangers_and_answers_twilio():
    least = cpu.floor(TOKEN, URL)
    environ = WEBHOOKS["a desk was busy"].sent()
    assert answered(least, environ())[0] == "200 OK"
    assert answered(least, {**environ(), "HTTP_X_TWILIO_SIGNATURE": "x"})[0] == "403 FORBIDDEN"


def test_a_grown_helpline_has_so_many_times_the_content_and_no_mistakes(tmp_path):
    one = load_helpline(starter(tmp_path / "one" / "prompts"))
    pages = load_helpline(more_pages(starter(tmp_path / "pages" / "prompts"), 20))
    languages = load_helpline(more_languages(starter(tmp_path / "languages" / "prompts"), 10))
    assert len(pages.menus) >= 20 * len(one.menus)
    assert len(pages.prompts) >= 20 * len(one.prompts.keys() - ENGINE_PROMPTS)  # those are said by no menu
    assert len(languages.ready) == 10 * len(one.ready)


def test_a_goal_that_was_not_looked_at_is_not_met():
    assert not_measured("x", "why", "at least 1").met is False
    assert not_measured("x", "why").met is None


def test_goals_hold_at_their_very_edge():
    assert at_most("x", 0.8, 0.8).met
    assert not at_most("x", 0.801, 0.8).met
    assert at_least("x", 1.5, 1.5).met
    assert not at_least("x", 1.499, 1.5).met
    assert ratio([3.0, 2.0, 9.0], [8.0, 4.0]) == 0.5


@pytest.mark.parametrize(("met", "status"), [(True, 0), (None, 0), (False, 1)])
def test_the_command_ends_as_its_goals_do_and_writes_only_when_asked(met, status, monkeypatch, tmp_path, capsys):
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n")
    monkeypatch.setattr(bench, "PAGE", page)
    monkeypatch.setattr(bench, "rows", lambda _size: iter([Row("speed", "1", "at most 2", met)]))
    monkeypatch.setattr("sys.argv", ["bench"])
    assert bench.main() == status
    assert "old" in page.read_text()
    monkeypatch.setattr("sys.argv", ["bench", "--write"])
    assert bench.main() == status
    assert page.read_text().startswith(f"before\n{BEGIN}\n")
    assert page.read_text().endswith(f"{END}\nafter\n")
    assert names(page.read_text()) == ["speed"]
    assert "| speed | 1 | at most 2 |" in capsys.readouterr().out


def test_the_page_has_all_rows_of_the_bench(monkeypatch):
    monkeypatch.setattr(load, "has_wrk", lambda: False)
    assert names(PAGE.read_text(encoding="utf-8")) == [row.what for part in bench.PARTS for row in rows_of(part)]


def test_the_table_is_the_one_that_is_read_back():
    rows = [Row("a `b`", "1"), Row("c", "2", "at most 1", met=False)]
    assert names(written(f"{BEGIN}{END}", rows)) == ["a `b`", "c"]
    assert table(rows).splitlines()[-1] == "| c | 2 | at most 1 | **no** |"

"""A disk that takes nothing more: no file of a server may grow, neither its database nor its log."""

from __future__ import annotations

from resource import RLIM_INFINITY

import pytest
import requests

from tests.faults.caller import CODE, amounts, goes_on, says_goodbye
from tests.faults.server import Server, until


@pytest.fixture
def full(line: Server):
    line.let_write(0)
    yield
    line.let_write(RLIM_INFINITY)


def test_with_a_full_disk_calls_go_on_and_what_they_counted_is_written_once_there_is_space(line, full, counted):
    url = line.settings["DATABASE_URL"]
    calls, languages = amounts(url, "call"), amounts(url, "language")
    for _ in range(4):
        made = line.call(f"{CODE} 1 2")
        assert made.problems == []
        assert goes_on(made)
        assert says_goodbye(made)
    until(lambda: "database not reachable" in requests.get(f"{line.at}/ready", timeout=15).text)
    assert goes_on(line.call(CODE))
    assert (amounts(url, "call"), amounts(url, "language")) == (calls, languages)
    line.let_write(RLIM_INFINITY)
    until(lambda: (amounts(url, "call"), amounts(url, "language")) == (calls + 5, languages + 5))
    until(lambda: line.logged("the database is there again"))
    assert line.logged("Calls go on, counts wait")

"""PostgreSQL goes away under a running server, and comes back. (For counts: tests/database/test_database_thread.py.)"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape

import pytest
import requests

from ivr.content.hours import Override
from ivr.database.desk_overrides import DeskOverride, add_override
from tests.cast import FRESC
from tests.database.conftest import postgres
from tests.database.line import connected
from tests.faults.caller import CODE, amounts, goes_on, says_goodbye
from tests.faults.server import Server, until
from tests.staff import PASSWORD, token

__all__ = ["postgres"]

PAGES = (
    ("", 200, "The database doesn't answer. Calls go on, counts wait"),
    ("desks", 200, "The database doesn't answer, so this page may not show everything"),
    ("figures", 503, "The database doesn't answer. Calls go on"),
)


@pytest.fixture
def url(postgres) -> str:
    """Staff have opened a desk, whatever the time, and closed the other."""
    url = postgres.new_database()
    with connected(url) as connection:
        for desk, is_open in (("fresc", True), ("cinga", False)):
            add_override(connection, DeskOverride(desk, Override(open=is_open, since=datetime.now(UTC)), "other"))
    return url


@pytest.fixture
def server(url, tmp_path):
    with Server(tmp_path, DATABASE_URL=url) as server:
        yield server.until_ready()


def test_without_its_database_a_call_goes_on_what_staff_said_holds_and_their_pages_tell_it(
    server: Server, url, postgres, counted
):
    staff = signed_in(server)
    postgres.stop()
    try:
        until(lambda: len(server.logged("Calls go on, counts wait")) == 2)  # each worker has noticed
        made = server.call(f"{CODE} 0 1")
        assert made.ringing == (FRESC,)
        assert goes_on(made.desk("busy"))
        assert not any("cinga.offer" in prompt for prompt in made.prompts)
        assert says_goodbye(made)
        assert made.problems == []
        for page, status, told in PAGES:
            answered, words = read(staff, server, page)
            assert (answered, told in words) == (status, True), page
    finally:
        postgres.start()
    until(lambda: (amounts(url, "call"), amounts(url, "language"), amounts(url, "transfer")) == (1, 1, 1))
    until(lambda: read(staff, server, "figures")[0] == 200)


def signed_in(server: Server) -> requests.Session:
    staff = requests.Session()
    where = f"{server.at}/console/sign-in"
    assert staff.post(where, {"csrf_token": token(staff.get(where)), "password": PASSWORD}).ok
    return staff


def read(staff: requests.Session, server: Server, page: str) -> tuple[int, str]:
    answer = staff.get(f"{server.at}/console/{page}")
    return answer.status_code, " ".join(unescape(re.sub(r"<[^>]*>", " ", answer.text)).split())

"""Whatever dies while an edition is being published: callers hear the old one or the new one, whole."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import sleep

import pytest
from sqlalchemy import update

from ivr.cli.new import STARTERS
from ivr.database.admission import admit
from ivr.database.in_force import standing
from ivr.database.publications import edition_number, read_publication
from ivr.database.tables import publications
from tests.console.changed import ChangedLine
from tests.console.test_correct import form
from tests.database.conftest import postgres
from tests.database.line import connected
from tests.faults.server import Server, until
from tests.faults.test_database import signed_in

__all__ = ["postgres"]

PAGE = "/console/changes/text/en/welcome"
OLD, FIRST, SECOND, THIRD = "The town's garbage line.", "Our garbage line.", "Your garbage line.", "This garbage line."


class Publishing:
    """A line with two workers, and a coordinator in the browser."""

    def __init__(self, server: Server, line: ChangedLine) -> None:
        self.server, self.line = server, line
        self.staff = signed_in(server)

    def publish(self, text: str) -> int:
        """Asks for it; the check runs on."""
        where = f"{self.server.at}{PAGE}"
        typed = {**form(self.staff.get(where)), "text.name": text, "do": "publish"}
        answer = self.staff.post(where, typed, allow_redirects=False)
        assert answer.status_code == 303, answer.text
        return int(answer.headers["Location"].rpartition("/")[2])

    def state(self, number: int) -> str:
        with connected(self.line.url) as connection:
            return read_publication(connection, number).state

    def is_in_force(self, number: int) -> bool:
        with connected(self.line.url) as connection:
            found = standing(connection)
            return edition_number(connection) == number and found.is_in_force and found.workers == 2

    def says(self) -> set[str]:
        """What is heard first, by as many calls as are needed to meet both workers."""
        return {self.server.call().heard[0].text for _call in range(8)}

    def checks(self) -> list[int]:
        """Processes that check an edition."""
        found = []
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            with suppress(OSError):
                words = path.read_bytes().split(b"\0")
                if b"publish" in words and str(self.line.folder).encode() in words:
                    found.append(int(path.parent.name))
        return found

    def until_in_force(self, number: int) -> None:
        """However long its check takes."""
        while self.checks():
            sleep(0.1)
        assert self.state(number) == "published"
        until(lambda: self.is_in_force(number))

    def try_again(self, number: int) -> int:
        """As soon as its check counts as dead."""
        with connected(self.line.url) as connection:
            connection.execute(update(publications).values(at=datetime.now(UTC) - timedelta(minutes=5)))
        page = self.staff.get(f"{self.server.at}/console/changes/{number}")
        assert "The check was interrupted" in page.text
        again = f"{self.server.at}/console/changes/{number}/again"
        answer = self.staff.post(again, {"csrf_token": form(page)["csrf_token"]}, allow_redirects=False)
        return int(answer.headers["Location"].rpartition("/")[2])


@pytest.fixture(scope="module")
def publishing(postgres, tmp_path_factory):
    folder = tmp_path_factory.mktemp("line")
    line = ChangedLine(folder, STARTERS / "town")  # its check takes a second
    line.url = postgres.new_database()
    file = line.folder / "helpline.yaml"
    file.write_text(file.read_text().replace("\nconfirmed_on:", "\nconfirmed_on: 2026-01-01"))
    with connected(line.url) as connection:
        admit(connection, "", is_open=True)
    with Server(folder, line.folder, DATABASE_URL=line.url, STATE_DIRECTORY=str(folder)) as server:
        yield Publishing(server.until_ready(), line)


def test_workers_that_are_killed_while_an_edition_comes_into_force_serve_it_whole(publishing):
    assert publishing.says() == {OLD}
    number = publishing.publish(FIRST)
    while not publishing.is_in_force(number):
        publishing.server.kill_workers()
        publishing.server.until_ready()
        assert publishing.says() <= {OLD, FIRST}
        assert publishing.state(number) in ("checking", "published")
    assert publishing.says() == {FIRST}


def test_a_check_that_is_killed_leaves_the_old_edition_and_is_repeated_by_a_button(publishing):
    before = publishing.says()
    number = publishing.publish(SECOND)
    until(publishing.checks)
    for each in publishing.checks():
        os.kill(each, signal.SIGKILL)
    until(lambda: not publishing.checks())
    assert publishing.says() == before
    again = publishing.try_again(number)
    publishing.until_in_force(again)
    assert publishing.says() == {SECOND}


def test_while_the_database_is_down_the_last_edition_stays_also_in_a_new_worker_and_a_new_server(publishing, postgres):
    before = publishing.says()
    number = publishing.publish(THIRD)
    until(publishing.checks)
    postgres.stop()
    try:
        until(lambda: not publishing.checks())  # it can't say what it found
        publishing.server.kill_workers()
        publishing.server.until_ready()
        assert publishing.says() == before
        publishing.server.process.send_signal(signal.SIGTERM)
        publishing.server.process.wait(30)
        publishing.server.start()
        publishing.server.until_ready()
        assert publishing.says() == before
    finally:
        postgres.start()
    until(lambda: publishing.staff.get(f"{publishing.server.at}/console/changes/{number}").status_code == 200)
    again = publishing.try_again(number)
    publishing.until_in_force(again)
    assert publishing.says() == {THIRD}

"""However many pages are asked for at once, calls find a thread; and each page gives its place back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from werkzeug.test import Client

from ivr.cli.server import THREADS
from ivr.web import bulkhead
from ivr.web.bulkhead import AT_WORK, CALLERS, WAITING, Bulkhead
from tests.cast import app, helpline
from tests.served import PATIENCE, until
from tests.staff import SETTINGS

# What each address outside the calls costs at worst. A new one has to be thought about and written down here.
COSTS = {
    # A word, from memory; no place is asked for.
    "alive": {"alive", "ready"},
    # Rendered or read once in each process, and kept.
    "kept": {
        "cards.sheets",
        "cards.fonts",
        "web.fonts",
        "root.icon",
        "root.robots",
    },
    # A template, and what is in memory: tens of milliseconds, for all languages and prompts half a second.
    "rendered": {
        "index",
        "staff.sign_in",  # with a name: asked twice, and a hash of 19 MB and 30 ms
        "staff.own_password",  # the same, and a second hash
        "staff.sign_out",
        "staff.home",
        "staff.holidays",
        "staff.another_time",
        "staff.call_flow",
        "staff.words_and_voices",
        "staff.prompt",
        "staff.desk_change",
        "staff.desk_hours",
        "telephone.page",
    },
    # A call of at most 200 actions, repeated on the line: a fifth of a second.
    "replayed": {"telephone.call"},
    # Two seconds for the database, and then the page (ivr/database/asking.py).
    "asked": {
        *("staff.desks", "staff.notices", "staff.desk_check", "staff.hours_check"),
        *("staff.figures", "staff.figures_csv"),
        *("staff.open_line", "staff.close_line", "staff.accept_voices"),
        *("staff.people", "staff.change_people", "staff.end_sessions", "staff.audit", "staff.invitation"),
        *("staff.changes", "staff.edition", "staff.try_again", "staff.back"),
        *("staff.still_true", "staff.ask_again", "staff.fact", "staff.confirm", "staff.confirm_facts"),
        # And once for each fact and language, half a second to compose the line without it.
        *("staff.fact_preview", "staff.withdraw_fact", "staff.verify_holidays"),
    },
    # The same, and all files read with the change in them: a second.
    "asked and read": {"staff.correct"},
}


def test_every_address_outside_the_calls_is_listed_with_what_it_costs():
    rules = [*app(helpline(), {**SETTINGS, "LINE_NUMBER": "+815012345678"}).url_map.iter_rules()]
    calls = {rule.endpoint for rule in rules if rule.endpoint.startswith(("voice.", "sound."))}
    files = {rule.endpoint for rule in rules if rule.endpoint.endswith(".static")}
    assert {rule.endpoint for rule in rules} - calls - files == set().union(*COSTS.values())
    assert {rule.endpoint for rule in rules if CALLERS.match(rule.rule)} == calls | COSTS["alive"]


def test_threads_are_left_for_calls():
    assert AT_WORK + WAITING <= THREADS - 3


@pytest.mark.parametrize(
    "path", ["/voicemail", "/audiox", "/health/x", "/readyx", "/console/voice", "//voice", "/", ""]
)
def test_nothing_else_passes_as_a_call(path):
    assert not CALLERS.match(path)


class Line:
    """Each page takes until it is let go; it may fail."""

    def __init__(self) -> None:
        self.begun, self.go = [], Event()

    def __call__(self, environ, start_response):
        path = environ["PATH_INFO"]
        if path == "/fails":
            raise ZeroDivisionError
        start_response("200 OK", [("Content-Type", "text/plain")])
        return self._pages() if path == "/page" else [b"called"]

    def _pages(self):
        self.begun.append(1)
        assert self.go.wait(PATIENCE)
        yield b"page"


def statuses(client: Client, path: str, times: int) -> list[int]:
    return [client.get(path).status_code for _ in range(times)]


def test_a_few_pages_are_at_work_a_few_wait_and_all_others_are_told_so_at_once(monkeypatch):
    monkeypatch.setattr(bulkhead, "WAIT_SECONDS", PATIENCE)
    line = Line()
    walled = Bulkhead(line)
    client = Client(walled)
    with ThreadPoolExecutor(AT_WORK + WAITING) as crowd:
        asked = [crowd.submit(client.get, "/page", buffered=True) for _ in range(AT_WORK + WAITING)]
        until(lambda: len(line.begun) == AT_WORK and not walled._places._value)
        refused = client.get("/page")
        assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")
        assert refused.headers["Cache-Control"] == "no-store"
        for path in ("/voice", "/voice/en/papers/keys", "/audio/en/free.0.wav", "/health", "/ready"):
            assert client.get(path).text == "called"
        assert len(line.begun) == AT_WORK
        line.go.set()
        assert {page.result(PATIENCE).text for page in asked} == {"page"}
    assert len(line.begun) == AT_WORK + WAITING


def test_whoever_waited_in_vain_is_told_so(monkeypatch):
    monkeypatch.setattr(bulkhead, "WAIT_SECONDS", 0.01)
    client = Client(Bulkhead(Line()))
    held = [client.get("/held") for _ in range(AT_WORK)]  # not closed: nobody has read them to their end
    assert statuses(client, "/held", 2 * WAITING) == [503] * 2 * WAITING
    for page in held:
        page.close()
    assert client.get("/held", buffered=True).status_code == 200


def test_a_page_that_fails_gives_its_place_back():
    client = Client(Bulkhead(Line()))
    for _ in range(2 * (AT_WORK + WAITING)):
        with pytest.raises(ZeroDivisionError):
            client.get("/fails")
        assert client.get("/held", buffered=True).status_code == 200

"""Pages are small on the way; calls and sounds stay as they are."""

from __future__ import annotations

import gzip

import pytest

from tests.cast import NUMBERS, _app
from tests.webhooks.test_sound import path_of
from tests.webhooks.test_webhooks import post


def get(path: str, accepted: str = "gzip", **headers: str):
    client = _app(tuple({**NUMBERS, "LINE_NUMBER": "+999501110000"}.items())).test_client()
    return client.get(path, headers={"Accept-Encoding": accepted, **headers}, buffered=True)


PAGES = ["/cards", "/phone", "/console/prompts", "/static/staff.css", "/cards/fonts.css"]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_compressed_for_whoever_takes_it(path):
    plain, packed = get(path, "identity"), get(path)
    assert (plain.status_code, packed.status_code) == (200, 200)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(gzip.decompress(packed.data)) == pytest.approx(len(plain.data), abs=200)  # tokens differ
    assert len(packed.data) == int(packed.headers["Content-Length"]) < len(plain.data) / 2
    for answer in (plain, packed):
        assert "Accept-Encoding" in answer.headers["Vary"]
    assert "Content-Encoding" not in plain.headers


def test_a_page_that_says_what_is_wrong_is_compressed_too():
    answer = get("/console/nothing")
    assert (answer.status_code, answer.headers["Content-Encoding"]) == (404, "gzip")


@pytest.mark.parametrize("accepted", ["", "gzip;q=0", "br"])
def test_nobody_gets_what_they_do_not_take(accepted):
    assert "Content-Encoding" not in get("/cards", accepted).headers


def test_a_file_that_the_browser_has_is_not_sent_again():
    first = get(PAGES[3])
    again = get(PAGES[3], **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_neither_calls_nor_sounds_are_compressed():
    from tests.cast import helpline

    assert "Content-Encoding" not in get(path_of(helpline())).headers
    answer = post("/voice", client=_app(tuple(NUMBERS.items())).test_client())
    assert not {"Content-Encoding", "Vary"} & {*answer.headers.keys()}

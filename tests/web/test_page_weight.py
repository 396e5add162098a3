"""No page is heavy: volunteers read them on a telephone, with what is left of a month's data."""

from __future__ import annotations

import gzip

from tests.cast import NUMBERS, helpline
from tests.cast import app as served

APP = served(helpline(), {**NUMBERS, "LINE_NUMBER": "+999501110000"})
ON_THE_WAY, UNPACKED = 60_000, 200_000  # bytes
ARGUMENTS = {"name": "eligible"}
# Where a page shows more of the content when it is asked to, as much as there is.
QUERIES = ("", "lang=ja", "language=ja", "language=my&place=person&lang=ja", "state=missing")


def addresses() -> set[str]:
    """Every page that a browser can open, by the map of addresses."""
    rules = [rule for rule in APP.url_map.iter_rules() if "GET" in rule.methods and rule.arguments <= {*ARGUMENTS}]
    with APP.test_request_context():
        found = {APP.url_for(rule.endpoint, **{name: ARGUMENTS[name] for name in rule.arguments}) for rule in rules}
    return {path for path in found if not path.startswith(("/voice", "/audio"))}


def test_no_page_is_heavy():
    browser, pages = APP.test_client(), 0
    for address in (f"{path}?{query}" for path in sorted(addresses()) for query in QUERIES):
        answer = browser.get(address, headers={"Accept-Encoding": "gzip"})
        if answer.mimetype != "text/html" or answer.status_code != 200:
            continue
        pages += 1
        packed = answer.content_encoding == "gzip"
        assert len(answer.data) < ON_THE_WAY, address
        assert len(gzip.decompress(answer.data) if packed else answer.data) < UNPACKED, address
    assert pages > 40

"""Whether a web server serves the last resort as it must: these documents by POST, and their sounds."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import requests

from ivr.audio.line import Line
from ivr.fallback.export import INDEX_PATH, Export, make
from ivr.simulator.document import XML_TYPES
from ivr.simulator.sound import WAV_TYPES

AT_ONCE = 6
SECONDS = 10
SETTING = "FALLBACK_URL"
AGAIN = "; export it again, and copy it to its host (docs/fallback.md)"


def objections(line: Line, url: str) -> Iterator[str]:
    """What is wrong with the last resort whose first document is at `url`; it must say what the line says now."""
    if not url.endswith(INDEX_PATH):
        yield f"{SETTING}: {url} is not the first document of an export; right would end with {INDEX_PATH}"
        return
    base = url.removesuffix(INDEX_PATH)
    export = make(line, base)
    with requests.Session() as session, ThreadPoolExecutor(AT_ONCE) as pool:
        if unreachable := _document(session, url, export.documents[INDEX_PATH.removeprefix("/")]):
            yield unreachable
            return
        yield from _get(session, url)
        yield from filter(None, pool.map(lambda name: _check(session, base, export, name), export.files))


def _check(session: requests.Session, base: str, export: Export, name: str) -> str:
    url = f"{base}/{name}"
    if name in export.documents:
        return _document(session, url, export.documents[name])
    return _ask(session, "HEAD", url, WAV_TYPES)[1]


def _document(session: requests.Session, url: str, body: bytes) -> str:
    answer, objection = _ask(session, "POST", url, XML_TYPES)
    if answer is not None and not objection and answer.content != body:
        return f"{SETTING}: {url} is not what the line says now{AGAIN}"
    return objection


def _get(session: requests.Session, url: str) -> Iterator[str]:
    """Whether documents can be fetched by GET: a number set to GET would put callers into the host's logs."""
    answer, _ = _ask(session, "GET", url, XML_TYPES)
    if answer is not None and answer.ok:
        yield f"{SETTING}: {url} answers GET, which would put callers' numbers into its logs; it must refuse that"


def _ask(session: requests.Session, method: str, url: str, types: set[str]) -> tuple[requests.Response | None, str]:
    """The answer, and what is wrong with it."""
    body = {"ErrorCode": "0"} if method == "POST" else None
    try:
        answer = session.request(method, url, data=body, timeout=SECONDS, allow_redirects=False)
    except requests.RequestException as error:
        return None, f"{SETTING}: {url} cannot be reached ({type(error).__name__})"
    kind = answer.headers.get("Content-Type", "").partition(";")[0].lower()
    if answer.status_code != requests.codes.ok:
        return answer, f"{SETTING}: {url} answers {answer.status_code} to {method}{AGAIN}"
    return answer, "" if kind in types else f"{SETTING}: {url} is {kind or 'of no type'}, not {min(types)}"

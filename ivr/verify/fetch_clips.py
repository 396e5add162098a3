"""Whether every clip can be fetched from its address: a HEAD request for each, six at a time."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

import requests

AT_ONCE = 6
SECONDS = 10
WAV = ("audio/wav", "audio/wave", "audio/x-wav")


def unfetchable(addresses: Iterable[str]) -> Iterator[str]:
    """What is answered instead of a WAV file, for each address where that is so."""
    with requests.Session() as session, ThreadPoolExecutor(AT_ONCE) as pool:
        for objection in pool.map(lambda address: _objection(session, address), addresses):
            if objection:
                yield objection


def _objection(session: requests.Session, address: str) -> str:
    try:
        answer = session.head(address, timeout=SECONDS, allow_redirects=False)
    except requests.RequestException as error:
        return f"AUDIO_URL: {address} cannot be reached ({type(error).__name__})"
    if answer.status_code != requests.codes.ok:
        return f"AUDIO_URL: {address} answers {answer.status_code}"
    kind = answer.headers.get("Content-Type", "")
    return "" if kind.partition(";")[0] in WAV else f"AUDIO_URL: {address} is {kind or 'of no type'}, not audio/wav"

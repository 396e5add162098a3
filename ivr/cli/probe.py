"""`ivr call --probe`: a synthetic caller that walks the line in every language and reports what is wrong."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from ivr.cli.walk import walk
from ivr.content.model import Helpline
from ivr.errors import HelplineError
from ivr.simulator import Call, Response, Transport, Unreachable

VOICE = "/voice"
NOT_OPEN = "not open:"  # says /ready of a line where callers hear nothing else


@dataclass
class Stopwatch:
    """A network that measures how long answers take, and fetches what may be cached for ever only once."""

    network: Transport
    clock: Callable[[], float] = time.monotonic
    took: list[tuple[float, str]] = field(default_factory=list)
    kept: dict[str, Response] = field(default_factory=dict)

    def send(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None) -> Response:
        if method == "GET" and url in self.kept:
            return self.kept[url]
        begun = self.clock()
        try:
            answer = self.network.send(method, url, headers, body)
        finally:
            self.took.append((self.clock() - begun, url))
        if method == "GET" and answer.status == 200 and "immutable" in answer.headers.get("cache-control", ""):
            self.kept[url] = answer
        return answer


@dataclass(frozen=True)
class Report:
    """What is wrong, a sentence each, and a summary."""

    problems: tuple[str, ...]
    summary: str


def probe(helpline: Helpline, url: str, dial: Callable[[Transport], Call], watch: Stopwatch, slow: float) -> Report:
    """Calls the line at `url` in each language. An answer that takes more than `slow` seconds is a problem.

    `dial` makes a call over a network. Raises HelplineError for an address that isn't a line's.
    """
    if not url.endswith(VOICE):
        raise HelplineError(f"{url} is not the address of a line; right would be https://host{VOICE}")
    try:
        unwell = tuple(_unwell(watch, url.removesuffix(VOICE)))
    except Unreachable as error:
        return Report((f"{url}: {error}",), "")
    if any(NOT_OPEN in problem for problem in unwell):
        return Report(unwell, "")
    languages = [name for name in helpline.languages if name in helpline.ready]
    met: dict[str, list[str]] = {}
    for language in languages:
        for problem in dict.fromkeys(walk(helpline, language, dial(watch))):
            met.setdefault(problem, []).append(language)
    told = (f"{_named(where, len(languages))}: {problem}" for problem, where in met.items())
    return Report((*unwell, *told, *_late(watch, slow)), _summary(url, len(languages), watch))


def _named(languages: list[str], of: int) -> str:
    return "every language" if len(languages) == of > 1 else ", ".join(languages)


def _unwell(watch: Stopwatch, base: str) -> Iterator[str]:
    for url in (f"{base}/health", f"{base}/ready"):
        answer = watch.send("GET", url, {}, None)
        if answer.status == 200:
            lines = answer.body.decode(errors="replace").splitlines()
            yield from (f"{url} says: {line}" for line in lines if " not " in line)
        else:
            yield f"{url} answers HTTP {answer.status}"


def _late(watch: Stopwatch, slow: float) -> Iterator[str]:
    late = [answer for answer in watch.took if answer[0] > slow]
    if late:
        seconds, url = max(late)
        yield f"slower than {slow:g} s: {len(late)} of {len(watch.took)} answers, at worst {seconds:.1f} s: {url}"


def _summary(url: str, languages: int, watch: Stopwatch) -> str:
    times = sorted(seconds for seconds, _ in watch.took)
    return (
        f"{url} is well. Languages walked: {languages}, answers: {len(times)}, "
        f"half of them within {times[len(times) // 2]:.2f} s, the slowest {times[-1]:.2f} s."
    )

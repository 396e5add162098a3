"""The way of a synthetic caller through one language, and what must and must not be heard."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256

from ivr.audio.sounds import ADDRESS
from ivr.content.composing import GREETING
from ivr.content.model import Helpline
from ivr.flow import pages
from ivr.flow.announcements import OWN_NAME
from ivr.flow.say import Page, spoken
from ivr.simulator import Call, Heard, Problem, TelephoneError

# A page about people waits once for each desk, and gives up after some rounds.
MAX_WAITS = 40
# Prompts named in one problem.
MAX_NAMED = 3


def walk(helpline: Helpline, language: str, call: Call) -> Iterator[str]:
    """The list, if there is one, the first menu twice, the list again, a person, and silence until the goodbye.

    Yields what is wrong, a sentence each, until the call can't go on. Never presses a key that connects.
    """
    way = _Way(helpline, language, call)
    try:
        yield from way.problems()
    except _Lost as lost:
        yield str(lost)
    except TelephoneError as error:
        yield _reason(error.problem, call.url)
    yield from way.unwell()


class _Lost(Exception):  # noqa: N818 - named for what happened
    """From here on, keys would no longer mean what they should."""


class _Way:
    def __init__(self, helpline: Helpline, language: str, call: Call) -> None:
        self._helpline, self._language, self._call = helpline, language, call
        self._by_words = _names_by_sentence(helpline)

    def problems(self) -> Iterator[str]:
        essentials = self._names(pages.essentials(self._helpline, self._language))
        if self._helpline.only_language:
            greeting = {*self._names(pages.language_list(self._helpline)), *essentials}
            self._call.start()
            yield from self._hears("at first", greeting)
            yield from self._press("#", essentials)
            yield from self._press("*", greeting)
        else:
            code = self._helpline.languages[self._language].code
            greeting = {*self._names(OWN_NAME), *essentials}
            self._list("at first", self._call.start)
            yield from self._press(code, greeting)
            yield from self._press("#", essentials)
            self._list("after *", lambda: self._call.press("*"))
            yield from self._press(code, greeting)
        yield from self._press("0", set())
        yield from self._silence()

    def unwell(self) -> Iterator[str]:
        """Problems that did not stop the call."""
        for name in dict.fromkeys(name for sound in self._call.heard for name in self._names_of(sound)):
            if name.partition("/")[2].startswith("apology"):
                yield f"the line apologised ({name}); its log says why"
        for sound in self._call.heard:
            address = ADDRESS.search(sound.url)
            if address and not sha256(self._call.sound_body(sound.url)).hexdigest().startswith(address[2]):
                yield f"{sound.url} is not the clip that its address names: that one is lost, or of another version"
        yield from (str(problem) for problem in self._call.problems if problem.level == "warning")

    def _list(self, when: str, action: Callable[[], Call]) -> None:
        """Stops unless the list is heard: elsewhere the digits of codes would be other keys."""
        action()
        self._must_wait(when)
        if not self._at_list():
            raise _Lost(f"{when} the list of languages is not heard, but {_some(self._turn()) or 'nothing'}")

    def _press(self, keys: str, expected: set[str]) -> Iterator[str]:
        self._call.press(keys)
        yield from self._hears(f"after {keys}", expected)

    def _hears(self, when: str, expected: set[str]) -> Iterator[str]:
        turn = self._turn()
        if missing := expected.difference(turn):
            yield f"{when} what should be heard is not: {_some(sorted(missing))}"
        yield from self._foreign(when)
        if not turn:
            yield f"{when} nothing is heard"
        self._must_wait(when)

    def _silence(self) -> Iterator[str]:
        """Waits until the goodbye. The first menu leads back to the list, where all languages are heard."""
        listed, waits = False, 0
        while self._call.state == "waiting" and waits < MAX_WAITS:
            self._call.wait()
            listed, waits = listed or self._at_list(), waits + 1
            yield from () if listed else self._foreign("in silence")
        last = self._names_of(self._call.heard[-1])
        if self._call.ended_by != "hangup" or not any(name.endswith("/goodbye") for name in last):
            raise _Lost(f"silence leads to no goodbye: {self._call.ended_by or 'the call goes on'} after {last[0]}")

    def _foreign(self, when: str) -> Iterator[str]:
        greetings = {f"{name}/{GREETING}" for name in self._helpline.about.greets}
        others = [n for n in self._turn() if not n.startswith(f"{self._language}/") and n not in greetings]
        if others:
            yield f"{when} another language is heard: {_some(others)}"

    def _must_wait(self, when: str) -> None:
        if self._call.state != "waiting":
            how = self._call.ended_by if self._call.state == "ended" else "a desk rings, and nobody asked for it"
            raise _Lost(f"{when} the line waits for no key: {how}")

    def _at_list(self) -> bool:
        return any(name.startswith("languages/") or name.endswith("/language.item") for name in self._turn())

    def _names(self, page: Page) -> set[str]:
        return {play.name for play in spoken(self._helpline, self._language, page)}

    def _turn(self) -> list[str]:
        return [name for sound in self._call.just_heard for name in self._names_of(sound)]

    def _names_of(self, sound: Heard) -> list[str]:
        """A sound's name, from its address, which is the same on every host.

        For a sentence that the carrier's voice says, all prompts that have it, in this language if there are any.
        """
        if address := ADDRESS.search(sound.url):
            return [address[1]]
        names = self._by_words.get(sound.text) or [sound.prompt or sound.url or f'"{sound.text[:40]}"']
        return [name for name in names if name.startswith(f"{self._language}/")] or names


def _names_by_sentence(helpline: Helpline) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for clip_texts in helpline.clip_texts.values():
        for clip_text in clip_texts.values():
            for sentence in clip_text.sentences:
                found[sentence].append(clip_text.name)
    return found


def _some(names: Iterable[str]) -> str:
    first, rest = (listed := list(names))[:MAX_NAMED], len(listed) - MAX_NAMED
    return ", ".join(first) + (f" and {rest} more" if rest > 0 else "")


def _reason(problem: Problem, url: str) -> str:
    if problem.url == url and problem.message.endswith("HTTP 403"):
        return (
            f"{url} refuses the signature: is the token its TWILIO_AUTH_TOKEN, and this address its PUBLIC_URL? (403)"
        )
    return str(problem)

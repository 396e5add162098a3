"""Every document of the last resort, as steps.

A static file can't tell which key was pressed, so a key means whatever was being said: each language and option has its
own Gather that any key answers. A prompt that names a key is said only if that key leads where it promises. Callers who
press no key hear everything, part by part, and a goodbye.
"""

from collections.abc import Iterator, Mapping

from ivr.content.composing import STANDARD_PROMPTS
from ivr.content.model import Helpline
from ivr.content.pages import LANGUAGES
from ivr.fallback.parts import Part, below, content, ends, parts, standard_keys
from ivr.flow.announcements import APOLOGY, NO_KEY, OWN_NAME, chosen_on, without_a_key
from ivr.flow.endings import goodbye, hang_up
from ivr.flow.language_list import items
from ivr.flow.pages import ending, language_list
from ivr.flow.places import EventKind, Place
from ivr.flow.say import PagePrompt, spoken
from ivr.flow.steps import Gather, Play, Redirect, Steps

Documents = Mapping[Place, Steps]

# Seconds to press a key after an option, and after a language, which is followed by words that ask for a key.
TIME_TO_PRESS, TIME_FOR_A_LANGUAGE = 3, 2
# The least that a Gather can wait: between two parts.
BREATH = 1

INDEX, LIST, LIST_AGAIN = Place("index"), Place(LANGUAGES), Place("again")


def path(place: Place, _event: EventKind = "show") -> str:
    """The path of a document below the address at which the folder is served."""
    return f"/{place.language}/{place.page}.xml" if place.language else f"/{place.page}.xml"


def documents(helpline: Helpline) -> Documents:
    """All documents of a helpline, for the languages that it offers."""
    made = dict(_lists(helpline))
    for language in (name for name in helpline.languages if name in helpline.ready):
        made |= _Documents(helpline, language).documents()
    return made


def _lists(helpline: Helpline) -> Iterator[tuple[Place, Steps]]:
    """Each language's own name; callers who stay silent hear the farewell and the list once more.

    The words before take no keys: they swallow the code that a card dials, which would choose the first language.
    """
    names = [_language(helpline, play.language) for play in items(helpline)]
    answered = spoken(helpline, "", (*(said for said in language_list(helpline) if said.role == "welcome"), *APOLOGY))
    if helpline.only_language:
        yield INDEX, (*answered, Redirect(Place(helpline.flow.start, helpline.only_language), "show"))
        return
    yield INDEX, (*answered, Redirect(LIST, "show"))
    yield LIST, (*names, Redirect(LIST_AGAIN, "show"))
    farewell = _skippable(spoken(helpline, "", without_a_key(helpline)), LIST)[:-1]
    yield LIST_AGAIN, (*farewell, *names, *goodbye(helpline, ""))


def _language(helpline: Helpline, language: str) -> Gather:
    """A language's own name, and the words that callers hear who pressed no key."""
    plays = spoken(helpline, language, (*OWN_NAME, *NO_KEY))
    return Gather(plays, Place(helpline.flow.start, language), TIME_FOR_A_LANGUAGE)


def _skippable(plays: tuple[Play, ...], following: Place) -> Steps:
    """Words that a key cuts short, and the way on."""
    return (*((Gather(plays, following, BREATH),) if plays else ()), Redirect(following, "show"))


class _Documents:
    """All documents of one language."""

    def __init__(self, helpline: Helpline, language: str) -> None:
        self._helpline, self._language = helpline, language
        self._parts = parts(helpline, language)

    def documents(self) -> Iterator[tuple[Place, Steps]]:
        for number, part in enumerate(self._parts):
            yield self._place(part.page), self._page(part)
            yield self._options(part.page), self._choice(part, number)
            if number:  # the first menu is what everybody hears first
                yield self._in_a_row(number), self._part_in_a_row(part, number)
        yield self._in_a_row(len(self._parts)), goodbye(self._helpline, self._language)
        for page in ends(self._helpline, self._language):
            yield self._place(page), hang_up(self._helpline, self._language, ending(page))

    def _page(self, part: Part) -> Steps:
        """What the page is about, so that callers notice a late key; its content; its options."""
        said = chosen_on(self._helpline, self._language, None) if part is self._parts[0] else ()
        chosen = spoken(self._helpline, self._language, said)
        about = self._offer(part.short, part.page, BREATH)
        return (*about, *_skippable((*chosen, *self._content(part)), self._options(part.page)))

    def _choice(self, part: Part, number: int) -> Steps:
        """Each option and standard key. After silence, everything that follows; after an answer, the goodbye."""
        lower = below(self._helpline, self._language, part)
        pages = {option.label: option.page for option in lower}
        keys = standard_keys(self._helpline, self._language, part)
        pages |= {said.prompt: self._target(part, said) for said in keys}
        offers = (gather for prompt, page in pages.items() for gather in self._offer(prompt, page, TIME_TO_PRESS))
        silence = (Redirect(self._in_a_row(number + 1), "show"),) if lower else goodbye(self._helpline, self._language)
        return (*offers, *silence)

    def _part_in_a_row(self, part: Part, number: int) -> Steps:
        """For callers without keys; those with keys reach the page itself and skip its content."""
        offer = self._offer(part.label, part.page, BREATH)
        return (*offer, *_skippable(self._content(part), self._in_a_row(number + 1)))

    def _target(self, part: Part, said: PagePrompt) -> str:
        if said.page == LIST.page or said.prompt == STANDARD_PROMPTS["again"]:
            return said.page or part.page
        above = part.above if said.prompt == STANDARD_PROMPTS["back"] else ""
        return self._options(above or self._parts[0].page).page

    def _offer(self, prompt: str, page: str, wait: int) -> Steps:
        """A prompt during which any key leads to a page; nothing if its words are withdrawn."""
        plays = spoken(self._helpline, self._language, (PagePrompt("option", prompt),))
        return (Gather(plays, LIST if page == LIST.page else self._place(page), wait),) if plays else ()

    def _content(self, part: Part) -> tuple[Play, ...]:
        return content(self._helpline, self._language, part)

    def _place(self, page: str) -> Place:
        return Place(page, self._language)

    def _options(self, page: str) -> Place:
        """The place of a page's options; no menu has a slash in its name."""
        return self._place(f"{page}/options")

    def _in_a_row(self, number: int) -> Place:
        return self._place(f"in-a-row/{number}")

"""All places of the call flow, for callers of one language, from the flow's own description of its pages."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import get_args

from ivr.console.call_flow.cases import Case, Title, cases
from ivr.console.call_flow.place import Item, Kind, Part, PlaceView
from ivr.console.prompt_texts import PromptText, PromptTexts
from ivr.content.desk_order import overflows
from ivr.content.model import Helpline
from ivr.content.pages import DESK, ENDINGS, LANGUAGES, PERSON, TRANSFER
from ivr.flow import announcements
from ivr.flow.all_situations import situations
from ivr.flow.choices import all_choices, choices
from ivr.flow.matching import DeskView, desks_for, voices
from ivr.flow.notices import told_of_desks
from ivr.flow.pages import describe
from ivr.flow.places import Place
from ivr.flow.say import Page, PagePrompt, spoken
from ivr.flow.situation import Situation
from ivr.flow.steps import Form

FORMS: tuple[Form, ...] = get_args(Form)
WITHOUT_CONTENT: tuple[Form, ...] = ("all", "short")


def all_places(texts: PromptTexts, language: str) -> Iterator[PlaceView]:
    """Every place of the helpline, for callers of a language that has a text; the first is the list."""
    return _PlaceViews(texts, language).all()


def heard_in(texts: PromptTexts, language: str) -> dict[str, set[str]]:
    """The prompts of each place of the call flow."""
    return {place.page: {said.prompt for said in place.everything} for place in all_places(texts, language)}


def told_now(texts: PromptTexts, language: str, situation: Situation) -> tuple[PromptText, ...]:
    """What staff let callers hear about desks at this moment, right after the choice of a language."""
    said = told_of_desks(texts.helpline, language, situation)
    return tuple(texts.said(play.language, play.prompt) for play in spoken(texts.helpline, language, said))


class _PlaceViews:
    def __init__(self, texts: PromptTexts, language: str) -> None:
        self._texts, self._helpline, self._language = texts, texts.helpline, language
        self._cases = tuple(cases(self._helpline, language))
        self._desks = desks_for(self._helpline, language, situations(self._helpline)[0])

    def all(self) -> Iterator[PlaceView]:
        yield self._list()
        for name in self._helpline.menus:
            keys = tuple(self._menu_keys(name))
            is_first = name == self._helpline.flow.start
            chosen = self._parts(name, ("all",), announcements.chosen(self._helpline)) if is_first else ()
            yield _place_view(name, "menu" if keys else "answer", chain(chosen, self._parts(name, FORMS)), keys)
        connect = {view.name: self._connect(view) for view in self._desks}
        yield _place_view(PERSON, "person", self._parts(PERSON, WITHOUT_CONTENT), connect.values())
        for name, key in connect.items():
            yield _place_view(DESK + name, "desk", self._parts(DESK + name, WITHOUT_CONTENT), (key,))
        options = (option for menu in self._helpline.menus.values() for option in menu.options.values())
        for page in dict.fromkeys(option.page for option in options if option.hang_up):
            yield _place_view(page, "ending", self._parts(page, ("all",)))
        yield _place_view(TRANSFER, "transfer", self._named(_on_the_way(self._helpline, self._language, self._desks)))
        yield _place_view(ENDINGS, "endings", self._named(_at_the_end(self._helpline, self._language)))

    def _list(self) -> PlaceView:
        """The language list, which names the offered languages; the keys are those of the others."""
        situation = self._cases[0].situation
        lists: dict[str, Page] = {
            form: describe(self._texts.served, Place(), form, situation) for form in WITHOUT_CONTENT
        }
        spoken_first = {"no_key": announcements.without_a_key(self._helpline), "unready": announcements.UNREADY}
        parts = self._named({**lists, **spoken_first}, language="")
        waiting = tuple(
            Item(self._texts.said(language, "language.item"), entry.code, off=True)
            for language, entry in self._helpline.languages.items()
            if language not in self._texts.served.ready
        )
        return _place_view(LANGUAGES, "list", parts, waiting)

    def _parts(self, page: str, forms: Iterable[Form], before: Page = ()) -> Iterator[Part]:
        """What is said in each form of a page and each state of the desks; forms that never differ are merged."""
        found: dict[tuple[tuple[Page, tuple[Case, ...]], ...], list[str]] = {}
        for form in forms:
            held: dict[Page, tuple[Case, ...]] = {}
            for case in self._cases:
                said = (*before, *describe(self._helpline, self._place(page, form, case), form, case.situation))
                held[said] = (*held.get(said, ()), case)
            found.setdefault(tuple(held.items()), []).append("chosen" if before else form)
        for variants, titles in found.items():
            for said, at in variants:
                yield Part(tuple(titles), self._items(self._language, said), _labels(at, self._cases))

    def _place(self, page: str, form: Form, case: Case) -> Place:
        """The place as it is when this form is heard: the short one only by callers who heard the full one."""
        heard = tuple(self._helpline.desks) if form == "short" else ()
        return Place(page, self._language, tried=case.tried, heard=heard)

    def _named(self, pages: Mapping[str, Page], language: str | None = None) -> Iterator[Part]:
        for title, said in pages.items():
            if said:
                yield Part((title,), self._items(self._language if language is None else language, said))

    def _items(self, language: str, page: Page) -> tuple[Item, ...]:
        return tuple(item for said in page for item in self._item(language, said))

    def _item(self, language: str, said: PagePrompt) -> Iterator[Item]:
        """What is said, in each voice; a gap for a prompt that is not said at all."""
        plays = spoken(self._helpline, language, (said,))
        for play in plays:
            line = self._texts.said(play.language, play.prompt)
            yield Item(line, said.key, said.page, is_example=said.role == "opening")
        if not plays and said.prompt in self._helpline.prompts:
            yield Item(self._texts.said(voices(self._helpline, language)[0], said.prompt), said.key, said.page)

    def _menu_keys(self, name: str) -> Iterator[Item]:
        """All keys of a menu, offered or not."""
        offered = choices(self._helpline, name, self._language)
        for choice in all_choices(self._helpline, name, self._language):
            said = self._texts.said(self._language, choice.say)
            yield Item(said, choice.key, choice.page, off=choice not in offered)

    def _connect(self, view: DeskView) -> Item:
        """The key that connects; it is off for a desk without numbers."""
        return Item(self._texts.said(self._language, view.offer), view.key, TRANSFER, off=not view.numbers)


def _place_view(page: str, kind: Kind, parts: Iterable[Part], keys: Iterable[Item] = ()) -> PlaceView:
    """Marks what already appeared in the same place; a gap appears only once."""
    seen: set[str] = set()
    found = []
    for part in parts:
        marked = (item._replace(is_repeated=item.said.name in seen) for item in part.items)
        items = tuple(item for item in marked if item.said.line or not item.is_repeated)
        seen.update(item.said.name for item in items)
        found.append(Part(part.titles, items, part.cases))
    return PlaceView(page, kind, tuple(found), tuple(keys))


def _labels(held: tuple[Case, ...], states: tuple[Case, ...]) -> tuple[tuple[Title, tuple[str, ...]], ...]:
    """The states in which a page is heard; () if it is the same whenever somebody can be reached."""
    if {case for case in states if case.title != "nobody"} <= set(held):
        return ()
    return tuple(dict.fromkeys((case.title, case.open) for case in held))


def _on_the_way(helpline: Helpline, language: str, desks: Iterable[DeskView]) -> Mapping[str, Page]:
    """Where desks differ, the most: the sentence to say if one of them is told it, the key if one asks for it."""
    closed = situations(helpline)[-1]
    number = announcements.NUMBER_IS if any(view.desk.say_number for view in desks) else ()
    told = {view.name: view for view in desks}
    backups = [told[name] for desk in told for name in overflows(helpline, desk) if name in told]
    first = [*told][:1]
    views = desks_for(helpline, language, closed)
    opening = announcements.opens_first(helpline, first[0], views, closed) if first else ()
    return {
        "introduced": _introduced(helpline, desks),
        "before_ringing": _longest(announcements.before_ringing(helpline, language, view) for view in desks),
        "desk_hears": _longest(announcements.desk_hears(helpline, language, view) for view in desks),
        "just_closed": (*announcements.JUST_CLOSED, *opening),
        "not_reached": tuple(said for page in announcements.NOT_REACHED.values() for said in page),
        "rings_next": _longest(map(announcements.rings_next, backups)),
        "no_other_desk": announcements.NO_OTHER_DESK,
        "number": number,
        "after_talk": announcements.AFTER_TALK,
    }


def _introduced(helpline: Helpline, desks: Iterable[DeskView]) -> Page:
    """What callers hear of a desk that rings without an offer: where an option connects, or after silence."""
    rules = helpline.about.rules
    options = [option for menu in helpline.menus.values() for option in menu.options.values()]
    everyone = rules.after_silence == "person"
    rung = {option.connect for option in options if rules.operator_first}
    return tuple(said for view in desks if everyone or view.name in rung for said in announcements.rings_next(view))


def _longest(found: Iterable[Page]) -> Page:
    return max(found, key=len, default=())


def _at_the_end(helpline: Helpline, language: str) -> Mapping[str, Page]:
    return {
        "wrong_key": announcements.WRONG_KEY,
        "no_key": announcements.NO_KEY,
        "gives_up": announcements.farewell(helpline),
        "our_error": announcements.APOLOGY,
        "second_error": announcements.last_resort(helpline, language),
    }

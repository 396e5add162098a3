"""What callers hear on each page, in each state, in order: written here and nowhere else.

`language_list`, `menu` and `desk` are one page each, `offers` and `nobody_open` what key 0 leads to; `describe` picks
the one that a caller hears at a place at a moment. The engine plays it, the console shows it, and the last resort and
the time budget read it. What is said between two pages is in announcements.py.
"""

from collections.abc import Iterable
from functools import lru_cache

from ivr.content.composing import CLOSED_LONGER, STANDARD_KEYS, STANDARD_PROMPTS
from ivr.content.desk_order import KEPT
from ivr.content.menus import StandardKey
from ivr.content.model import Helpline
from ivr.content.pages import HANG_UP, LANGUAGES, PERSON
from ivr.flow.announcements import rings_next
from ivr.flow.choices import choices
from ivr.flow.matching import DeskView, backup_of, can_connect, described, desks_for
from ivr.flow.opening_times import opening_of
from ivr.flow.places import Place
from ivr.flow.say import Page, PagePrompt, Role
from ivr.flow.situation import Situation
from ivr.flow.steps import Form

DESK_KEYS: tuple[StandardKey, ...] = ("again", "back", "first")
NOBODY: Page = (PagePrompt("nobody", "desks.none"),)


def describe(helpline: Helpline, place: Place, form: Form, situation: Situation) -> Page:
    """Everything that callers hear when they come to `place`; () if they are led elsewhere at once."""
    if place.page == LANGUAGES:
        return language_list(helpline, form)
    if place.page in helpline.menus:
        person = can_connect(helpline, place.language, situation)
        return menu(helpline, place.page, place.language, form, person=person)
    if place.page.startswith(HANG_UP):
        return ending(place.page)
    views = desks_for(helpline, place.language, situation)
    if place.page == PERSON:
        return _person(helpline, place, form, situation, views)
    return _desk(helpline, place, form, situation, views)


@lru_cache(maxsize=KEPT)
def language_list(helpline: Helpline, form: Form = "all") -> Page:
    """The line's name, unless the list is repeated, and each offered language in its own voice.

    A line of one language says its name and has no list.
    """
    greeting = (PagePrompt("welcome", "welcome", voice=name) for name in helpline.about.greets)
    welcome = (PagePrompt("welcome", "welcome"), *greeting) if form == "all" else ()
    offered = [(name, entry.code) for name, entry in helpline.languages.items() if name in helpline.ready]
    if helpline.only_language:
        return welcome
    return (*welcome, *(PagePrompt("language", "language.item", code, voice=name) for name, code in offered))


@lru_cache(maxsize=KEPT)
def menu(helpline: Helpline, name: str, language: str, form: Form = "all", *, person: bool = True) -> Page:
    """A menu or an answer: its content, options and standard keys; key 0 only if a `person` can be reached."""
    own, options = helpline.menus[name], choices(helpline, name, language)
    content = tuple(PagePrompt("content", prompt) for prompt in own.say) if form == "all" else ()
    said = (PagePrompt("option", each.short if form == "short" else each.say, each.key, each.page) for each in options)
    names: Iterable[StandardKey] = ("person",) if form == "short" and options else own.offer
    return (*content, *said, *_keys(helpline, (name for name in names if person or name != "person")))


def essentials(helpline: Helpline, language: str) -> Page:
    """What the first menu says before its options."""
    return tuple(said for said in menu(helpline, helpline.flow.start, language) if said.role == "content")


def desk(
    helpline: Helpline,
    view: DeskView,
    opening: str = "",
    *,
    backup: DeskView | None = None,
    others: bool = False,
    short: bool = False,
) -> Page:
    """All about one desk, and the offer to be connected while it can be; `opening` is said if it is closed.

    Where it can't be reached, its `backup` is offered; or if only one of the `others` can be, the key for a person is
    the first that is said. Of one that stays closed for longer, its usual hours would not be true.
    """
    say, offered = view.desk.say, view if view.transferable else backup
    offer = (_offer(offered),) if offered else ()
    keys = _keys(helpline, ("person", *DESK_KEYS) if others and not offered else DESK_KEYS)
    if short:
        return (*offer, *keys)
    closed = (*closed_now(view), *_about(view, "opening", opening)) if opening else ()
    what = (*_about(view, "purpose", *say.purpose), *_about(view, "how", *view.how))
    hours = () if opening == CLOSED_LONGER else _about(view, "hours", *say.hours)
    about = (*_about(view, "operator", say.operator), *closed)
    if backup:
        return (*about, *hours, *rings_next(backup), *offer, *keys)
    return (*about, *what, *offer, *hours, *keys)


def closed_now(view: DeskView) -> Page:
    """Nothing of a desk that is open."""
    return () if view.open else _about(view, "closed", view.desk.say.closed)


@lru_cache(maxsize=KEPT)
def offers(helpline: Helpline, language: str, names: tuple[str, ...], *, short: bool = False) -> Page:
    """Each of these open desks in turn: who runs it, what will happen, the key that connects."""
    views = [described(helpline, language)[name] for name in names]
    if short:
        return tuple(map(_offer, views))
    in_turn = (said for view in views for said in (*rings_next(view), _offer(view)))
    return (*in_turn, *_keys(helpline, ("again", "back")))


def nobody_open(helpline: Helpline, views: Iterable[DeskView], situation: Situation, *, short: bool = False) -> Page:
    """Nobody can be connected now: each desk's hours, and when it opens if it is closed; or that it stays so."""
    keys = _keys(helpline, DESK_KEYS)
    if short:
        return keys
    said = [PagePrompt("closed", "desks.closed")]
    for view in views:
        opening = () if view.open else (opening_of(helpline, view, situation),)
        stays_closed = CLOSED_LONGER in opening
        said += closed_now(view) if stays_closed else _about(view, "hours", *view.desk.say.hours)
        said += _about(view, "opening", *opening)
    return (*said, *keys)


def ending(page: str) -> Page:
    """What an option says that ends the call."""
    return (PagePrompt("content", page.removeprefix(HANG_UP)),)


def _desk(helpline: Helpline, place: Place, form: Form, situation: Situation, views: tuple[DeskView, ...]) -> Page:
    view = next((each for each in views if each.name == place.desk), None)
    if view is None:
        return ()
    others = any(each.transferable for each in views if each is not view)
    backup = None if view.transferable else backup_of(helpline, view.name, views, place.tried)
    offered = view if view.transferable else backup
    short = form == "short" and (offered is None or offered.name in place.heard)
    opening = "" if view.open else opening_of(helpline, view, situation)
    return desk(helpline, view, opening, backup=backup, others=others, short=short)


def _person(helpline: Helpline, place: Place, form: Form, situation: Situation, views: tuple[DeskView, ...]) -> Page:
    """The desks that were rung in vain are offered again only where no other is left."""
    open_now = [view.name for view in views if view.transferable]
    offered = tuple(name for name in open_now if name not in place.tried) or tuple(open_now)
    if offered:
        return offers(helpline, place.language, offered, short=form == "short" and set(offered) <= set(place.heard))
    reachable = [view for view in views if view.numbers]
    if place.language not in helpline.ready:
        return ()
    if reachable:
        return nobody_open(helpline, reachable, situation, short=form == "short")
    return (*NOBODY, *menu(helpline, helpline.flow.help, place.language, person=False))


def _about(view: DeskView, role: Role, *prompts: str) -> Page:
    return tuple(PagePrompt(role, prompt, desk=view.name) for prompt in prompts)


def _offer(view: DeskView) -> PagePrompt:
    return PagePrompt("offer", view.offer, view.key, desk=view.name)


def _keys(helpline: Helpline, names: Iterable[StandardKey]) -> Page:
    pages = {"person": PERSON, "first": helpline.flow.start, "language": LANGUAGES}
    return tuple(
        PagePrompt("standard-key", STANDARD_PROMPTS[name], STANDARD_KEYS[name], pages.get(name, "")) for name in names
    )

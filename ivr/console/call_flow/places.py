"""All places of the call flow, for callers of one language."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.console.call_flow.place import ENDINGS, TRANSFER, Key, Part, Spot
from ivr.console.prompt_texts import Lines, Said
from ivr.content.composing import STANDARD_KEYS
from ivr.content.desk_order import desk_keys
from ivr.content.model import Desk, Helpline
from ivr.content.pages import DESK, LANGUAGES, PERSON
from ivr.flow.matching import told_desks
from ivr.flow.menus import choices


def spots(lines: Lines, language: str) -> Iterator[Spot]:
    """Every place of the helpline for callers of a language that has a text; the first is the list."""
    helpline = lines.helpline
    yield _list(lines)
    for name in helpline.menus:
        yield _menu(lines, language, name)
    yield _person(lines, language)
    for name in told_desks(helpline, language):
        yield _desk(lines, language, name)
    yield _transfer(lines, language)
    yield _endings(lines, language)


def _all(lines: Lines, language: str, *prompts: str) -> tuple[Said, ...]:
    return tuple(lines.said(language, prompt) for prompt in prompts)


def _list(lines: Lines) -> Spot:
    helpline, first = lines.helpline, lines.helpline.about.first_languages
    welcome = tuple(lines.said(language, "welcome") for language in first)
    items = tuple(lines.said(language, "language.item") for language in helpline.languages if language in lines.offered)
    unready = tuple(lines.said(language, "unready") for language in first)
    waiting = tuple(
        Key(entry.code, "", lines.said(language, "language.item"), off=True)
        for language, entry in helpline.languages.items()
        if language not in lines.offered
    )
    return Spot(LANGUAGES, "list", (Part("welcome", welcome), Part("items", items), Part("unready", unready)), waiting)


def _menu(lines: Lines, language: str, name: str) -> Spot:
    helpline, menu = lines.helpline, lines.helpline.menus[name]
    keys = tuple(_keys(lines, language, name))
    parts = [Part("says", _all(lines, language, *menu.say))] if menu.say else []
    if name == helpline.flow.start:
        notice = [prompt for prompt in ("language.name", "notice") if prompt in helpline.prompts]
        parts.insert(0, Part("chosen", _all(lines, language, *notice)))
    return Spot(name, "menu" if keys else "answer", tuple(parts), keys, _offers(lines, language, menu.offer))


def _keys(lines: Lines, language: str, name: str) -> Iterator[Key]:
    """The desks first, as callers hear them; then the options, those that are not offered included."""
    helpline, menu = lines.helpline, lines.helpline.menus[name]
    offered = {choice.key for choice in choices(helpline, name, language)}
    for desk, key in desk_keys(helpline, language).items() if menu.desks else ():
        say = helpline.desks[desk].say
        said, short = _all(lines, language, say.option, say.option_short)
        yield Key(key, DESK + desk, said, desk not in told_desks(helpline, language), short)
    for key, option in menu.options.items():
        said, short = _all(lines, language, option.say, option.short)
        yield Key(key, option.to, said, key not in offered, short)


def _offers(lines: Lines, language: str, names: tuple[str, ...]) -> tuple[Key, ...]:
    pages = {"person": PERSON, "first": lines.helpline.flow.start, "language": LANGUAGES}
    return tuple(Key(STANDARD_KEYS[name], pages.get(name, ""), lines.said(language, f"key.{name}")) for name in names)


def _person(lines: Lines, language: str) -> Spot:
    """What key 0 leads to: the desks that are open, one after another; else when they are."""
    helpline = lines.helpline
    keys, told = desk_keys(helpline, language), told_desks(helpline, language)
    open_now = [Part("while_open", _offer(lines, language, name, keys[name]), name) for name in told]
    hours = [prompt for name in told for prompt in helpline.desks[name].say.hours]
    closed = Part("nobody_open", _all(lines, language, "desks.closed", *hours, "opens.generic"))
    nobody = Part("nobody_ever", _all(lines, language, "desks.none"))
    connect = tuple(_connect(lines, language, name) for name in told)
    offers = _offers(lines, language, ("again", "back", "first"))
    return Spot(PERSON, "person", (*open_now, closed, nobody), connect, offers)


def _offer(lines: Lines, language: str, name: str, key: str) -> tuple[Said, ...]:
    say = lines.helpline.desks[name].say
    return _all(lines, language, say.operator, *_how(lines.helpline, language, name), f"{say.offer}.{key}")


def _how(helpline: Helpline, language: str, name: str) -> tuple[str, ...]:
    desk: Desk = helpline.desks[name]
    return desk.say.how.get(desk.languages.relation(language), ())


def _connect(lines: Lines, language: str, name: str) -> Key:
    """The key that connects; one of a desk that only tells of itself is off."""
    desk, key = lines.helpline.desks[name], desk_keys(lines.helpline, language)[name]
    return Key(key, TRANSFER, lines.said(language, f"{desk.say.offer}.{key}"), off=desk.status != "transfer")


def _desk(lines: Lines, language: str, name: str) -> Spot:
    helpline, say = lines.helpline, lines.helpline.desks[name].say
    what = (*say.purpose, *_how(helpline, language, name))
    connect = _connect(lines, language, name)
    open_now = Part("while_open", (*_all(lines, language, say.operator, *what), *_all(lines, language, *say.hours)))
    closed = Part("while_closed", _all(lines, language, say.closed, "opens.generic"))
    offers = _offers(lines, language, ("again", "back", "first"))
    return Spot(DESK + name, "desk", (open_now, closed), (connect,), offers)


def _transfer(lines: Lines, language: str) -> Spot:
    desk_language = lines.helpline.about.desk_language
    sentence = lines.said(desk_language, f"transfer.sentence.{language}")
    before = (lines.said(language, "transfer.say"), sentence, sentence, lines.said(language, "transfer.wait"))
    parts = (
        Part("before_ringing", before),
        Part("desk_hears", (lines.said(desk_language, f"whisper.{language}"),)),
        Part("just_closed", _all(lines, language, "transfer.closed")),
        Part("not_reached", _all(lines, language, "transfer.busy", "transfer.no_answer", "transfer.failed")),
        Part("no_other_desk", _all(lines, language, "transfer.sorry", "transfer.number")),
        Part("after_talk", _all(lines, language, "transfer.ended")),
    )
    return Spot(TRANSFER, "transfer", parts)


def _endings(lines: Lines, language: str) -> Spot:
    farewell = (*lines.helpline.flow.farewell, "goodbye")
    parts = (
        Part("wrong_key", _all(lines, language, "invalid")),
        Part("no_key", _all(lines, language, "silence")),
        Part("gives_up", _all(lines, language, *farewell)),
        Part("our_error", _all(lines, language, "apology")),
        Part("second_error", _all(lines, language, "apology.last")),
    )
    return Spot(ENDINGS, "endings", parts)

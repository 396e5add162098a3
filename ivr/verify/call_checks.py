"""What must hold for every answer of the line: a small function for each check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from ivr.audio.line import Line
from ivr.content.composing import ACCEPT_PROMPT, GREETING, STANDARD_PROMPTS, prompt_keys, prompt_of
from ivr.content.desk_order import KEPT, desk_keys, overflows, spoken_at
from ivr.content.menus import Option
from ivr.content.model import Helpline
from ivr.content.pages import LANGUAGES
from ivr.flow.choices import names_its_desk
from ivr.flow.engine import respond
from ivr.flow.matching import DeskView, desks_for, voices
from ivr.flow.menus import leads_to_a_person
from ivr.flow.places import DESKS_SIDE, Event, Place
from ivr.flow.situation import Situation
from ivr.flow.steps import Dial, Gather, Hangup, Play, Redirect
from ivr.verify.walk import Answer, arrivals

FURTHEST_BACK = 12  # presses of the key that leads back, from anywhere to the language list
TO_A_DESK = ("transfer.sentence.", "whisper.", ACCEPT_PROMPT)
PERSON_KEY = STANDARD_PROMPTS["person"]
# Beside a desk's own "closed" and the sentences of opening times.
SENDING_AWAY = (
    "desks.closed", "transfer.closed", "transfer.busy", "transfer.no_answer", "transfer.failed", "transfer.sorry",
)  # fmt: skip


Check = Callable[[Line, Answer], Iterable[str]]


def broken_by(line: Line, answer: Answer) -> Iterator[tuple[str, str]]:
    """The name of each check that an answer breaks in any situation, and what is wrong."""
    yield from _broken(CHECKS_OF_ANSWERS, line, answer)


def broken_here(line: Line, answer: Answer) -> Iterator[tuple[str, str]]:
    """The name of each check that an answer breaks in its own situation, though it may be right in another."""
    yield from _broken(CHECKS_OF_SITUATIONS, line, answer)
    if answer.place.page != LANGUAGES and answer.event.kind not in DESKS_SIDE:
        yield from _broken(CHECKS_OF_KEYS.get(answer.event.digits, {}), line, answer)


def broken_in(line: Line, answer: Answer) -> Iterator[tuple[str, str]]:
    """The name of each check that an answer's words break, wherever a caller of its language hears them."""
    yield from _broken(CHECKS_OF_WORDS, line, answer)


def _broken(checks: Mapping[str, Check], line: Line, answer: Answer) -> Iterator[tuple[str, str]]:
    return ((name, message) for name, check in checks.items() for message in check(line, answer))


def _no_crash(_line: Line, answer: Answer) -> Iterator[str]:
    if answer.crash:
        yield f"the engine fails here: {answer.crash}"


def _heard(line: Line, answer: Answer) -> Iterator[str]:
    for play in answer.plays:
        if not line.sounds.speaks(play):
            yield f'"{play.name}" would be silence: it has neither a clip nor a Twilio voice'


def _own_language(line: Line, answer: Answer) -> Iterator[str]:
    """Callers hear only the language they chose, except in the list and the sentence to say to a desk."""
    helpline, places = line.helpline, {answer.place, *(place for place, _ in arrivals(answer.steps))}
    spoken = {voice for place in places for voice in voices(helpline, place.language)}
    at_desks = {spoken_at(helpline, place.desk) for place in places if place.desk}
    for play in answer.plays:
        to_a_desk = play.language in at_desks and play.prompt.startswith(TO_A_DESK)
        greets = play.language in helpline.about.greets and play.prompt == GREETING
        if play.language not in spoken and not to_a_desk and not greets and play.prompt != "language.item":
            yield f'"{play.name}" is spoken to a caller who chose "{answer.place.language}"'


def _goes_on(line: Line, answer: Answer) -> Iterator[str]:
    """A call ends only with a goodbye, or as an option says; everything else leads on."""
    if answer.event.kind in DESKS_SIDE or answer.crash:
        return
    last = answer.steps[-1] if answer.steps else None
    if not isinstance(last, Redirect | Hangup | Dial):
        yield "the call would end here without a word"
    said = ([play.prompt for play in answer.plays] or [""])[-1]
    if isinstance(last, Hangup) and said not in ("goodbye", *_said_at_hang_up(line.helpline)):
        yield "the call ends here without a goodbye"


@lru_cache(maxsize=KEPT)
def _said_at_hang_up(helpline: Helpline) -> frozenset[str]:
    options = (option for menu in helpline.menus.values() for option in menu.options.values())
    return frozenset(option.hang_up for option in options if option.hang_up)


def _again(line: Line, answer: Answer) -> Iterator[str]:
    """Key # repeats every fact that was just given, and waits on the same page."""
    before = answer.after
    if before is None or not _ready(line, answer):
        return
    if not any(place.page == answer.place.page for place, _ in arrivals(answer.steps)):
        yield "key # leaves this page instead of repeating it"
    if before.event.kind in ("dial", "dialled") and answer.place.page in line.helpline.menus:
        return  # what was said of desks on the way back to a menu isn't the menu's
    if before.situation is answer.situation and (missing := sorted(_told(line, before) - _told(line, answer))):
        yield f"key # does not repeat: {', '.join(missing)}"


def _back(line: Line, answer: Answer) -> Iterator[str]:
    """Key * leads to another page, and pressed again and again to the language list."""
    place = next((place for place, _ in arrivals(answer.steps)), None)
    if line.helpline.only_language and answer.place.page == line.helpline.flow.start:
        return  # there is nothing above: it begins again
    if place is None or place.page == answer.place.page:
        yield "key * does not lead back"
        return
    if not _leads_to_the_list(line.helpline, place, answer.situation):
        yield "key *, pressed again and again, never leads to the language list"


@lru_cache(maxsize=KEPT)
def _leads_to_the_list(helpline: Helpline, place: Place, situation: Situation) -> bool:
    for _press in range(FURTHEST_BACK):
        if place.page == (helpline.flow.start if helpline.only_language else LANGUAGES):
            return True
        steps = respond(helpline, place, Event("keys", "*"), situation)
        place = next((place for place, _ in arrivals(steps)), place)
    return False


def _person(line: Line, answer: Answer) -> Iterator[str]:
    """Key 0 offers every open desk; if none is open it says when one will be, or that there is none."""
    if not _ready(line, answer):
        return
    views = desks_for(line.helpline, answer.place.language, answer.situation)
    said = {play.prompt for play in answer.plays}
    reachable = [view for view in views if view.numbers]
    for view in [view for view in reachable if view.transferable] or reachable:
        if missing := sorted({*_must_say(line, view, answer.place.language)} - said):
            yield f'key 0 does not mention the desk "{view.name}": {", ".join(missing)}'
    if not reachable and "desks.none" not in said:
        yield 'key 0 does not say that nobody can be reached ("desks.none")'


def _must_say(line: Line, view: DeskView, language: str) -> Iterator[str]:
    """The prompts of a desk, without those that are withdrawn."""
    prompts = (view.desk.say.operator, *view.how, view.offer) if view.transferable else view.desk.say.hours
    return (prompt for prompt in prompts if prompt in line.helpline.clip_texts[language])


def _keys_work(line: Line, answer: Answer) -> Iterator[str]:
    """A key that was just offered aloud is not refused."""
    before, place = answer.after, answer.place
    refused = answer.event.kind == "keys" and any(play.prompt == "invalid" for play in answer.plays)
    if not refused or before is None or not _ready(line, answer):
        return
    keys = prompt_keys(line.helpline, place.language)
    if offered := {play.prompt for play in before.plays if keys.get(play.prompt) == answer.event.digits}:
        yield f'key {answer.event.digits} is offered by "{min(offered)}" and then refused'


def _named(line: Line, answer: Answer) -> Iterator[str]:
    """A place may say that a desk was named only after the sentence that names its operator was heard in full.

    Where a line doesn't say it first, the option itself has to.
    """
    heard, operators = {*answer.place.heard, *_named_by_option(line.helpline, answer)}, _operators(line.helpline)
    for step in answer.steps:
        if isinstance(step, Play):
            heard |= operators.get(step.prompt, frozenset())
        elif isinstance(step, Gather | Redirect | Dial) and (unnamed := set(step.place.heard) - heard):
            yield f"who runs {', '.join(sorted(unnamed))} was not said in full"


@lru_cache(maxsize=KEPT)
def _operators(helpline: Helpline) -> Mapping[str, frozenset[str]]:
    """The desks that each sentence about an operator names: one operator may run several."""
    operators = {desk.say.operator for desk in helpline.desks.values()}
    return {
        operator: frozenset(name for name, desk in helpline.desks.items() if desk.say.operator == operator)
        for operator in operators
    }


def _option(helpline: Helpline, answer: Answer) -> Option | None:
    """The option of a menu whose key was pressed."""
    menu = helpline.menus.get(answer.place.page) if answer.event.kind == "keys" else None
    return menu.options.get(answer.event.digits) if menu else None


def _named_by_option(helpline: Helpline, answer: Answer) -> tuple[str, ...]:
    option = _option(helpline, answer)
    if not option or not option.connect or helpline.about.rules.operator_first:
        return ()
    return (option.connect,) if names_its_desk(helpline, answer.place.language, option) else ()


def _asked_for(line: Line, answer: Answer) -> Iterator[str]:
    """Nobody is connected without a key pressed for it, to a desk that was named before that key.

    A desk that this one overflows to, that of an option with `connect`, and that to which silence leads where the line
    says so, are named before they ring (`unnamed-desk` looks whether they were).
    """
    option, asked = _option(line.helpline, answer), _desk_asked_for(line.helpline, answer)
    silent = answer.event.kind == "silence" and leads_to_a_person(line.helpline, answer.place, answer.situation)
    for step in answer.steps:
        if not (isinstance(step, Dial) or (isinstance(step, Redirect) and step.event == "dial")):
            continue
        desk, named = step.place.desk, answer.place.heard
        if (
            silent
            or (option and desk in (option.connect, *overflows(line.helpline, option.connect)))
            or (asked in named and desk in overflows(line.helpline, asked))
        ):
            named = step.place.heard
        elif desk != asked:
            yield f'"{desk}" is dialled without a key'
        if desk not in named:
            yield f'"{desk}" is dialled and was not named before'


def _desk_asked_for(helpline: Helpline, answer: Answer) -> str:
    """The desk that is on its way to ring, or whose key was pressed; empty if nobody asked for one."""
    if answer.event.kind in ("dial", "dialled"):
        return answer.place.desk
    keys = desk_keys(helpline, answer.place.language) if answer.event.kind == "keys" else {}
    return next((desk for desk, key in keys.items() if key == answer.event.digits), "")


def _own_numbers(line: Line, answer: Answer) -> Iterator[str]:
    """Only configured numbers ring, while the desk is open, and see the line's own number."""
    for step in answer.steps:
        if isinstance(step, Dial):
            views = desks_for(line.helpline, answer.place.language, answer.situation)
            desk = next((view for view in views if view.name == step.place.desk and view.open), None)
            if not desk or step.number not in desk.numbers or step.caller_id != answer.situation.caller_id:
                yield f'"{step.place.desk}" is closed, or a number that is not its own is dialled'


def _sent_away(line: Line, answer: Answer) -> Iterator[str]:
    """Who is told that a desk is closed, busy or silent is offered one that can be reached, or the key for a person;
    or one rings without a key.
    """
    said = {play.prompt for play in answer.plays}
    refusal = next((prompt for prompt in sorted(said) if _sends_away(line.helpline, prompt)), "")
    tried = (*answer.place.tried, *((answer.place.desk,) if answer.event.kind == "dialled" else ()))
    views = desks_for(line.helpline, answer.place.language, answer.situation) if refusal else ()
    others = [view for view in views if view.transferable and view.name not in tried]
    rings = any(isinstance(step, Redirect) and step.event == "dial" for step in answer.steps)
    if others and not rings and not said & {PERSON_KEY, *(view.offer for view in others)}:
        yield f'"{refusal}" is said while "{others[0].name}" can be reached, and it is not offered'


@lru_cache(maxsize=KEPT)
def _sends_away(helpline: Helpline, prompt: str) -> bool:
    closed = {desk.say.closed for desk in helpline.desks.values()}
    return prompt in closed or prompt in SENDING_AWAY or prompt.startswith("opens.")


def _codes_at_once(_line: Line, answer: Answer) -> Iterator[str]:
    """Codes are taken from the first second of the language list."""
    listens = any(isinstance(step, Gather) and step.place.page == LANGUAGES for step in answer.steps)
    if listens and not isinstance(answer.steps[0], Gather):
        yield "codes are not taken from the first word of the language list"


CHECKS_OF_ANSWERS: Mapping[str, Check] = {
    "crash": _no_crash,
    "dead-key": _keys_work,
    "unnamed-desk": _named,
    "unasked-transfer": _asked_for,
}

CHECKS_OF_SITUATIONS: Mapping[str, Check] = {"strange-number": _own_numbers, "sent-away": _sent_away}

# Of the keys that mean the same everywhere; the language list has none of them.
CHECKS_OF_KEYS: Mapping[str, Mapping[str, Check]] = {
    "#": {"no-repeat": _again},
    "*": {"no-back": _back},
    "0": {"no-person": _person},
}

CHECKS_OF_WORDS: Mapping[str, Check] = {
    "unheard": _heard,
    "foreign-language": _own_language,
    "no-goodbye": _goes_on,
    "late-code": _codes_at_once,
}


def _ready(line: Line, answer: Answer) -> bool:
    return answer.place.language in line.helpline.ready


def _told(line: Line, answer: Answer) -> set[str]:
    """The prompts with facts that an answer says."""
    prompts = (prompt_of(line.helpline, play.prompt) for play in answer.plays)
    return {name for name in prompts if name and any(line.helpline.prompts[name].sentences.values())}

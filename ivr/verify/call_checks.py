"""What must hold for every answer of the line: a small function for each check."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from ivr.audio.line import Line
from ivr.content.composing import ACCEPT_PROMPT, GREETING, STANDARD_PROMPTS
from ivr.content.desk_order import KEPT, desk_keys, overflows, spoken_at
from ivr.content.menus import Option
from ivr.content.model import Helpline
from ivr.content.pages import LANGUAGES
from ivr.flow.choices import names_its_desk
from ivr.flow.matching import desks_for, voices
from ivr.flow.menus import leads_to_a_person
from ivr.flow.notices import has_notices
from ivr.flow.places import DESKS_SIDE, Place
from ivr.flow.steps import Dial, Gather, Hangup, Play, Redirect
from ivr.verify.key_checks import CHECKS_OF_KEYS
from ivr.verify.walk import RINGING, Answer, Reply

TO_A_DESK = ("transfer.sentence.", "whisper.", ACCEPT_PROMPT)
PERSON_KEY = STANDARD_PROMPTS["person"]
# What the prompts begin with that send callers away, beside a desk's own "closed".
SENDING_AWAY = (
    "desks.closed", "transfer.closed", "transfer.busy", "transfer.no_answer", "transfer.failed", "transfer.sorry",
    "opens.",
)  # fmt: skip


Check = Callable[[Line, Answer], Iterable[str]]


def broken_by(line: Line, answer: Answer) -> list[tuple[str, str]]:
    """The name of each check that an answer breaks in one of its situations, and what is wrong."""
    found = [] if answer.same else _broken(_of_answers(answer.reply), line, answer)
    if answer.event.kind == "keys" and answer.place.page != LANGUAGES:
        found += _broken(CHECKS_OF_KEYS[answer.event.digits], line, answer)
    return found


def broken_in(line: Line, answer: Answer) -> list[tuple[str, str]]:
    """The name of each check that an answer's words break, wherever a caller of its language hears them."""
    return _broken(CHECKS_OF_WORDS, line, answer)


def _broken(checks: Mapping[str, Check], line: Line, answer: Answer) -> list[tuple[str, str]]:
    return [(name, message) for name, check in checks.items() for message in check(line, answer)]


@lru_cache(maxsize=KEPT)
def _of_answers(reply: Reply) -> Mapping[str, Check]:
    """The checks of an answer, without those of something that isn't in this reply."""
    absent = {"unnamed-desk": not reply.named, "unasked-transfer": not _rung(reply), "strange-number": not reply.dials}
    return {name: check for name, check in CHECKS_OF_ANSWERS.items() if not absent.get(name)}


def _rung(reply: Reply) -> list[Place]:
    """Where a desk rings after a reply."""
    return [place for place, kind in reply.arrivals if kind in RINGING]


def _no_crash(_line: Line, answer: Answer) -> Iterator[str]:
    if answer.crash:
        yield f"the engine fails here: {answer.crash}"


def _heard(line: Line, answer: Answer) -> Iterator[str]:
    for play in answer.reply.plays:
        if not line.sounds.speaks(play):
            yield f'"{play.name}" would be silence: it has neither a clip nor a Twilio voice'


def _own_language(line: Line, answer: Answer) -> Iterator[str]:
    """Callers hear only the language they chose, except in the list and the sentence to say to a desk."""
    helpline, places = line.helpline, {answer.place, *(place for place, _ in answer.reply.arrivals)}
    spoken = {voice for place in places for voice in voices(helpline, place.language)}
    at_desks = {spoken_at(helpline, place.desk) for place in places if place.desk}
    for play in answer.reply.plays:
        to_a_desk = play.language in at_desks and play.prompt.startswith(TO_A_DESK)
        greets = play.language in helpline.about.greets and play.prompt == GREETING
        if play.language not in spoken and not to_a_desk and not greets and play.prompt != "language.item":
            yield f'"{play.name}" is spoken to a caller who chose "{answer.place.language}"'


def _goes_on(line: Line, answer: Answer) -> Iterator[str]:
    """A call ends only with a goodbye, or as an option says; everything else leads on."""
    if answer.event.kind in DESKS_SIDE or answer.crash:
        return
    last = answer.reply.steps[-1] if answer.reply.steps else None
    if not isinstance(last, Redirect | Hangup | Dial):
        yield "the call would end here without a word"
    said = ([play.prompt for play in answer.reply.plays] or [""])[-1]
    if isinstance(last, Hangup) and said not in ("goodbye", *_said_at_hang_up(line.helpline)):
        yield "the call ends here without a goodbye"


@lru_cache(maxsize=KEPT)
def _said_at_hang_up(helpline: Helpline) -> frozenset[str]:
    options = (option for menu in helpline.menus.values() for option in menu.options.values())
    return frozenset(option.hang_up for option in options if option.hang_up)


def _named(line: Line, answer: Answer) -> Iterator[str]:
    """A place may say that a desk was named only after the sentence that names its operator was heard in full.

    Where a line doesn't say it first, the option itself has to.
    """
    if answer.reply.named <= {*answer.place.heard}:
        return
    heard, operators = {*answer.place.heard, *_named_by_option(line.helpline, answer)}, _operators(line.helpline)
    for step in answer.reply.steps:
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
    silent = answer.event.kind == "silence" and all(
        leads_to_a_person(line.helpline, answer.place, situation) for situation in answer.situations
    )
    for place in _rung(answer.reply):
        desk, named = place.desk, answer.place.heard
        if (
            silent
            or (option and desk in (option.connect, *overflows(line.helpline, option.connect)))
            or (asked in named and desk in overflows(line.helpline, asked))
        ):
            named = place.heard
        elif desk != asked:
            yield f'"{desk}" is dialled without a key'
        if desk not in named:
            yield f'"{desk}" is dialled and was not named before'


def _desk_asked_for(helpline: Helpline, answer: Answer) -> str:
    """The desk that is on its way to ring, or whose key was pressed; empty if nobody asked for one."""
    if answer.event.kind in RINGING:
        return answer.place.desk
    keys = desk_keys(helpline, answer.place.language) if answer.event.kind == "keys" else {}
    return next((desk for desk, key in keys.items() if key == answer.event.digits), "")


def _own_numbers(line: Line, answer: Answer) -> Iterator[str]:
    """Only configured numbers ring, while the desk is open, and see the line's own number."""
    for step in answer.reply.dials:
        for situation in answer.situations:
            views = desks_for(line.helpline, answer.place.language, situation)
            desk = next((view for view in views if view.name == step.place.desk and view.open), None)
            if not desk or step.number not in desk.numbers or step.caller_id != situation.caller_id:
                yield f'"{step.place.desk}" is closed, or a number that is not its own is dialled'


def _sent_away(line: Line, answer: Answer) -> Iterator[str]:
    """Who is told that a desk is closed, busy or silent is offered one that can be reached, or the key for a person;
    or one rings without a key. A notice sends nobody away.
    """
    refusal = _refusal(line.helpline, answer.reply)
    if not refusal or has_notices(answer.situations[0]) or PERSON_KEY in answer.reply.prompts:
        return
    if any(kind == "dial" for _, kind in answer.reply.arrivals):
        return
    tried = (*answer.place.tried, *((answer.place.desk,) if answer.event.kind == "dialled" else ()))
    for situation in answer.situations:
        views = desks_for(line.helpline, answer.place.language, situation)
        others = [view for view in views if view.transferable and view.name not in tried]
        if others and not any(view.offer in answer.reply.prompts for view in others):
            yield f'"{refusal}" is said while "{others[0].name}" can be reached, and it is not offered'


@lru_cache(maxsize=KEPT)
def _refusal(helpline: Helpline, reply: Reply) -> str:
    """The first prompt of a reply, by name, that sends callers away; or empty."""
    closed = {desk.say.closed for desk in helpline.desks.values()}
    return min((name for name in reply.prompts if name in closed or name.startswith(SENDING_AWAY)), default="")


def _codes_at_once(_line: Line, answer: Answer) -> Iterator[str]:
    """Codes are taken from the first second of the language list."""
    listens = any(isinstance(step, Gather) and step.place.page == LANGUAGES for step in answer.reply.steps)
    if listens and not isinstance(answer.reply.steps[0], Gather):
        yield "codes are not taken from the first word of the language list"


CHECKS_OF_ANSWERS: Mapping[str, Check] = {
    "crash": _no_crash,
    "unnamed-desk": _named,
    "unasked-transfer": _asked_for,
    "strange-number": _own_numbers,
    "sent-away": _sent_away,
}

CHECKS_OF_WORDS: Mapping[str, Check] = {
    "unheard": _heard,
    "foreign-language": _own_language,
    "no-goodbye": _goes_on,
    "late-code": _codes_at_once,
}

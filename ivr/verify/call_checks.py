"""What must hold for every answer of the line: a small function for each check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from ivr.audio.line import Line
from ivr.content.composing import ACCEPT_PROMPT, GREETING, STANDARD_PROMPTS, prompt_keys, prompt_of
from ivr.content.desk_order import KEPT
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
from ivr.verify.walk import KEYS, Answer, Reply

FURTHEST_BACK = 12  # presses of the key that leads back, from anywhere to the language list
TO_A_DESK = ("transfer.sentence.", "whisper.", ACCEPT_PROMPT)
PERSON_KEY = STANDARD_PROMPTS["person"]
# What the prompts begin with that send callers away, beside a desk's own "closed".
SENDING_AWAY = (
    "desks.closed", "transfer.closed", "transfer.busy", "transfer.no_answer", "transfer.failed", "transfer.sorry",
    "opens.",
)  # fmt: skip


Check = Callable[[Line, Answer], Iterable[str]]


def broken_by(line: Line, answer: Answer) -> Iterator[tuple[str, str]]:
    """The name of each check that an answer breaks in one of its situations, and what is wrong."""
    if not answer.same:
        yield from _broken(CHECKS_OF_ANSWERS, line, answer)
    if answer.event.kind == "keys" and answer.place.page != LANGUAGES:
        yield from _broken(CHECKS_OF_KEYS[answer.event.digits], line, answer)


def broken_in(line: Line, answer: Answer) -> Iterator[tuple[str, str]]:
    """The name of each check that an answer's words break, wherever a caller of its language hears them."""
    yield from _broken(CHECKS_OF_WORDS, line, answer)


def _broken(checks: Mapping[str, Check], line: Line, answer: Answer) -> Iterator[tuple[str, str]]:
    for name, check in checks.items():
        for message in check(line, answer):
            yield name, message


def _no_crash(_line: Line, answer: Answer) -> Iterator[str]:
    if answer.crash:
        yield f"the engine fails here: {answer.crash}"


def _heard(line: Line, answer: Answer) -> Iterator[str]:
    for play in answer.reply.plays:
        if not line.sounds.speaks(play):
            yield f'"{play.name}" would be silence: it has neither a clip nor a Twilio voice'


def _own_language(line: Line, answer: Answer) -> Iterator[str]:
    """Callers hear only the language they chose, except in the list and the sentence to say to a desk."""
    helpline, chosen = line.helpline, {answer.place.language, *(place.language for place, _ in answer.reply.arrivals)}
    spoken = {voice for language in chosen for voice in voices(helpline, language)}
    for play in answer.reply.plays:
        to_a_desk = play.language == helpline.about.desk_language and play.prompt.startswith(TO_A_DESK)
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


def _again(line: Line, answer: Answer) -> Iterator[str]:
    """Key # repeats every fact that was just given, and waits on the same page."""
    before = answer.after
    if before is None or not _ready(line, answer):
        return
    if not any(place.page == answer.place.page for place, _ in answer.reply.arrivals):
        yield "key # leaves this page instead of repeating it"
    if before.event.kind in ("dial", "dialled") and answer.place.page in line.helpline.menus:
        return  # what was said of desks on the way back to a menu isn't the menu's
    missing = _told(line.helpline, before.reply) - _told(line.helpline, answer.reply)
    if missing and any(situation in before.situations for situation in answer.situations):
        yield f"key # does not repeat: {', '.join(sorted(missing))}"


def _back(line: Line, answer: Answer) -> Iterator[str]:
    """Key * leads to another page, and pressed again and again to the language list."""
    place = next((place for place, _ in answer.reply.arrivals), None)
    if line.helpline.only_language and answer.place.page == line.helpline.flow.start:
        return  # there is nothing above: it begins again
    if place is None or place.page == answer.place.page:
        yield "key * does not lead back"
        return
    if not all(_leads_to_the_list(line.helpline, place, situation) for situation in answer.situations):
        yield "key *, pressed again and again, never leads to the language list"


@lru_cache(maxsize=KEPT)
def _leads_to_the_list(helpline: Helpline, place: Place, situation: Situation) -> bool:
    for _press in range(FURTHEST_BACK):
        if place.page == (helpline.flow.start if helpline.only_language else LANGUAGES):
            return True
        steps = respond(helpline, place, Event("keys", "*"), situation)
        place = next((step.place for step in steps if isinstance(step, Gather | Redirect | Dial)), place)
    return False


def _person(line: Line, answer: Answer) -> Iterator[str]:
    """Key 0 offers every open desk; if none is open it says when one will be, or that there is none."""
    if not _ready(line, answer):
        return
    for situation in answer.situations:
        views = desks_for(line.helpline, answer.place.language, situation)
        reachable = [view for view in views if view.numbers]
        for view in [view for view in reachable if view.transferable] or reachable:
            if missing := {*_must_say(line, view, answer.place.language)} - answer.reply.prompts:
                yield f'key 0 does not mention the desk "{view.name}": {", ".join(sorted(missing))}'
        if not reachable and "desks.none" not in answer.reply.prompts:
            yield 'key 0 does not say that nobody can be reached ("desks.none")'


def _must_say(line: Line, view: DeskView, language: str) -> Iterator[str]:
    """The prompts of a desk, without those that are withdrawn."""
    prompts = (view.desk.say.operator, *view.how, view.offer) if view.transferable else view.desk.say.hours
    return (prompt for prompt in prompts if prompt in line.helpline.clip_texts[language])


def _keys_work(line: Line, answer: Answer) -> Iterator[str]:
    """A key that was just offered aloud is not refused."""
    before, key = answer.after, answer.event.digits
    if "invalid" in answer.reply.prompts and before and _ready(line, answer):
        offered = _offered(line.helpline, answer.place.language, before.reply)
        if key in offered:
            yield f'key {key} is offered by "{offered[key]}" and then refused'


@lru_cache(maxsize=KEPT)
def _offered(helpline: Helpline, language: str, reply: Reply) -> Mapping[str, str]:
    """The keys that a reply offers aloud, each with the prompt that does."""
    keys = prompt_keys(helpline, language)
    return {keys[prompt]: prompt for prompt in sorted(reply.prompts & keys.keys(), reverse=True)}


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

    An option with `connect` is such a key, and the silence that leads to a person where the line says so; then `_named`
    sees to it that the desk is named before it rings.
    """
    ringing = [(place, kind) for place, kind in answer.reply.arrivals if kind in ("dial", "dialled")]
    if not ringing:
        return
    option = _option(line.helpline, answer)
    silent = answer.event.kind == "silence" and all(
        leads_to_a_person(line.helpline, answer.place, situation) for situation in answer.situations
    )
    for place, kind in ringing:
        if not (silent and kind == "dial") and answer.event.kind not in (
            ("dial",) if kind == "dialled" else ("keys", "dialled")
        ):
            yield f'"{place.desk}" is dialled without a key'
        at_once = silent or (option and kind == "dial" and option.connect == place.desk)
        if place.desk not in answer.place.heard and not at_once:
            yield f'"{place.desk}" is dialled and was not named before'


def _own_numbers(line: Line, answer: Answer) -> Iterator[str]:
    """Only configured numbers ring, while the desk is open, and see the line's own number."""
    for step in answer.reply.dials:
        for situation in answer.situations:
            views = desks_for(line.helpline, answer.place.language, situation)
            desk = next((view for view in views if view.name == step.place.desk and view.open), None)
            if not desk or step.number not in desk.numbers or step.caller_id != situation.caller_id:
                yield f'"{step.place.desk}" is closed, or a number that is not its own is dialled'


def _sent_away(line: Line, answer: Answer) -> Iterator[str]:
    """Who is told that a desk is closed, busy or silent is offered one that can be reached, or the key for a person."""
    refusal = _refusal(line.helpline, answer.reply)
    if not refusal or PERSON_KEY in answer.reply.prompts:
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

# The language list has none of these keys.
CHECKS_OF_KEYS: Mapping[str, Mapping[str, Check]] = {
    **{key: {"dead-key": _keys_work} for key in KEYS},
    "#": {"dead-key": _keys_work, "no-repeat": _again},
    "*": {"dead-key": _keys_work, "no-back": _back},
    "0": {"dead-key": _keys_work, "no-person": _person},
}

CHECKS_OF_WORDS: Mapping[str, Check] = {
    "unheard": _heard,
    "foreign-language": _own_language,
    "no-goodbye": _goes_on,
    "late-code": _codes_at_once,
}


def _ready(line: Line, answer: Answer) -> bool:
    return answer.place.language in line.helpline.ready


@lru_cache(maxsize=KEPT)
def _told(helpline: Helpline, reply: Reply) -> frozenset[str]:
    """The prompts with facts that a reply says."""
    prompts = {prompt_of(helpline, name) for name in reply.prompts} - {""}
    return frozenset(name for name in prompts if any(helpline.prompts[name].sentences.values()))

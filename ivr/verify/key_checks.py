"""What must hold for keys that mean the same everywhere, and for each key that is offered aloud."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from ivr.audio.line import Line
from ivr.content.composing import CLOSED_LONGER, prompt_keys, prompt_of
from ivr.content.desk_order import KEPT
from ivr.content.model import Helpline
from ivr.content.pages import LANGUAGES
from ivr.flow.engine import respond
from ivr.flow.matching import DeskView, desks_for
from ivr.flow.opening_times import opening_of
from ivr.flow.places import Event, Place
from ivr.flow.situation import Situation
from ivr.flow.steps import Dial, Gather, Redirect
from ivr.verify.walk import KEYS, RINGING, Answer, Reply

FURTHEST_BACK = 12  # presses of the key that leads back, from anywhere to the language list


def _again(line: Line, answer: Answer) -> Iterator[str]:
    """Key # repeats every fact that was just given, and waits on the same page."""
    before = answer.after
    if before is None or not _ready(line, answer):
        return
    if not any(place.page == answer.place.page for place, _ in answer.reply.arrivals):
        yield "key # leaves this page instead of repeating it"
    if before.event.kind in RINGING and answer.place.page in line.helpline.menus:
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
            if missing := {*_must_say(line, view, situation)} - answer.reply.prompts:
                yield f'key 0 does not mention the desk "{view.name}": {", ".join(sorted(missing))}'
        if not reachable and "desks.none" not in answer.reply.prompts:
            yield 'key 0 does not say that nobody can be reached ("desks.none")'


def _must_say(line: Line, view: DeskView, situation: Situation) -> Iterator[str]:
    """The prompts of a desk, without those that are withdrawn."""
    say = view.desk.say
    if view.transferable:
        prompts: tuple[str, ...] = (say.operator, *view.how, view.offer)
    elif not view.open and opening_of(line.helpline, view, situation) == CLOSED_LONGER:
        prompts = (say.closed, CLOSED_LONGER)
    else:
        prompts = say.hours
    return (prompt for prompt in prompts if prompt in line.helpline.clip_texts[view.language])


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


def _ready(line: Line, answer: Answer) -> bool:
    return answer.place.language in line.helpline.ready


@lru_cache(maxsize=KEPT)
def _told(helpline: Helpline, reply: Reply) -> frozenset[str]:
    """The prompts with facts that a reply says."""
    prompts = {prompt_of(helpline, name) for name in reply.prompts} - {""}
    return frozenset(name for name in prompts if any(helpline.prompts[name].sentences.values()))


# The language list has none of these keys.
CHECKS_OF_KEYS: Mapping[str, Mapping[str, Callable[[Line, Answer], Iterable[str]]]] = {
    **{key: {"dead-key": _keys_work} for key in KEYS},
    "#": {"dead-key": _keys_work, "no-repeat": _again},
    "*": {"dead-key": _keys_work, "no-back": _back},
    "0": {"dead-key": _keys_work, "no-person": _person},
}

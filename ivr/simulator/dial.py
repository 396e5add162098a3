"""Dial: numbers ring, one may answer, hear its whisper and be connected; the action gets the outcome."""

from dataclasses import replace
from urllib.parse import urljoin

from ivr.simulator.carrier import Request
from ivr.simulator.dial_attempt import LATE_SECONDS, Attempt, seconds_of_digits
from ivr.simulator.document import Document
from ivr.simulator.leg import Act, Dialled, Leg, Step, Steps
from ivr.simulator.problems import Problem
from ivr.simulator.stops import CallerGone, DeskGone, DeskLeft, Keys, PickedUp, Ringing, Talking
from ivr.simulator.verbs import Dial, Gather, Hangup, Number, Play, Say

WHISPER_VERBS = (Play, Say, Gather, Hangup)  # Twilio, <Number>: what the document at `url` may hold
LEAVE_SECONDS = 1.0


def dial(leg: Leg, verb: Dial, document: Document) -> Steps[Step]:
    """Twilio, <Dial>: with `action` what follows is unreachable; without, control falls through."""
    attempt = Attempt(leg, verb, document, verb.caller_id or leg.from_)
    if not _may_show(attempt):
        attempt.status = "failed"
        return _next(attempt)
    try:
        yield from _ring_all(attempt)
    except CallerGone as gone:
        _end_by_caller(attempt, gone)
        raise
    leg.ear.clock.mark()
    _end_desks_leg(attempt)
    return _next(attempt)


def _may_show(attempt: Attempt) -> bool:
    """Twilio 13214: callerId is this call's From or To, or an owned or verified number."""
    leg, shown = attempt.leg, attempt.caller_id
    if shown in {leg.from_, leg.to} | leg.owned:
        return True
    message = f"callerId {shown} is neither this call's From or To nor one of the account's numbers"
    leg.exchange.report(Problem(13214, message, attempt.document.url))
    return False


def _next(attempt: Attempt) -> Step:
    verb, url = attempt.verb, attempt.document.url
    return Request(urljoin(url, verb.action), verb.method, attempt.report()) if verb.action else None


def _ring_all(attempt: Attempt) -> Steps[None]:
    numbers = [_resolved(number, attempt.document.url) for number in attempt.verb.numbers]
    groups = [[number] for number in numbers] if attempt.verb.sequential else [numbers]
    for group in groups:
        yield from _ring(attempt, group)
        if attempt.answered_at is not None:
            return


def _resolved(number: Number, base: str) -> Number:
    """Twilio: relative URLs are legal in <Number> and start from the document's own."""
    callback = number.status_callback and urljoin(base, number.status_callback)
    return replace(number, url=number.url and urljoin(base, number.url), status_callback=callback)


def _ring(attempt: Attempt, group: list[Number]) -> Steps[None]:
    for number in group:
        attempt.ringing.append((number, _place(attempt, number)))
    attempt.begin(attempt.verb.timeout + LATE_SECONDS)
    while attempt.ringing:
        attempt.leg.ear.clock.mark()
        numbers = tuple(number.number for number, _child in attempt.ringing)
        event = yield Ringing(numbers, attempt.caller_id, attempt.ends_at)
        if isinstance(event, Keys):
            for key in attempt.typed(event):
                attempt.leg.keep(key)
        elif isinstance(event, PickedUp) and event.outcome in ("answer", "leave"):
            return (yield from _answer(attempt, event))
        else:
            _not_answered(attempt, event if isinstance(event, PickedUp) else PickedUp("no-answer"))


def _place(attempt: Attempt, number: Number) -> Leg:
    """Starts a call to one number, on its own leg; `statusCallback` gets its progress."""
    leg = attempt.leg
    acts: dict[type[object], Act] = {verb: leg.acts[verb] for verb in WHISPER_VERBS}
    child = Leg(leg.exchange, leg.ear, acts, attempt.caller_id, number.number, leg.sid, leg.type_ahead)
    verb, clock = attempt.verb, leg.ear.clock
    limits = (verb.timeout, verb.time_limit)
    seen = Dialled(number.number, attempt.caller_id, *limits, clock.now, leg.ear.turn, number.send_digits)
    leg.dialled.append(seen)
    attempt.last = child
    _tell(number, child, "initiated", "initiated")
    _tell(number, child, "ringing", "ringing")
    return child


def _tell(number: Number, child: Leg, event: str, status: str) -> None:
    if number.status_callback and event in number.status_callback_event:
        told = {"CallStatus": status, "CallbackSource": "call-progress-events"}
        child.exchange.tell(Request(number.status_callback, number.status_callback_method, told), child)


def _not_answered(attempt: Attempt, event: PickedUp) -> None:
    """One number, or all, stopped ringing; the action gets the last one's status."""
    attempt.leg.ear.clock.advance(attempt.rings_for(event))
    attempt.status = event.outcome
    for number, child in list(attempt.ringing):
        if event.number in (None, number.number) or not attempt.left:
            attempt.ringing.remove((number, child))
            attempt.last = child
            _tell(number, child, "completed", event.outcome)


def _answer(attempt: Attempt, event: PickedUp) -> Steps[None]:
    """The first to pick up hears the whisper, then the legs are joined; the rest stop ringing."""
    clock = attempt.leg.ear.clock
    clock.advance(attempt.rings_for(event))
    clock.mark()
    number, child = next(pair for pair in attempt.ringing if event.number in (None, pair[0].number))
    for other, silenced in attempt.ringing:
        if silenced is not child:
            _tell(other, silenced, "completed", "canceled")
    attempt.last, attempt.status, attempt.answered_at = child, "completed", clock.now
    attempt.answered = (number, child)
    child.status = "in-progress"
    _tell(number, child, "answered", "in-progress")
    leaves = event.outcome == "leave"
    before = attempt.leg.exchange.readings.sends_digits == "before the whisper"
    clock.advance(seconds_of_digits(number.send_digits) if before else 0)
    attempt.bridged = yield from _whisper(attempt, number, child, leaves=leaves)
    clock.advance(seconds_of_digits(number.send_digits) if attempt.bridged and not before else 0)
    if not attempt.bridged:
        attempt.status = attempt.leg.exchange.readings.unbridged
    if attempt.bridged and not leaves:
        yield from _talk(attempt, number)


def _whisper(attempt: Attempt, number: Number, child: Leg, *, leaves: bool) -> Steps[bool]:
    """Whether the legs are joined: yes if the whisper ran out of verbs, no if somebody hung up."""
    if not number.url:
        return True  # nothing to hear first: joined in the moment of answering
    steps = child.run(Request(number.url, number.method))
    if leaves:
        begun = attempt.leg.ear.clock.now
        next(steps, None)  # it hears the beginning, and is gone before anybody decides anything
        attempt.leg.ear.cut(begun + LEAVE_SECONDS)
        return False
    try:
        ending = yield from steps
    except DeskGone:
        return False
    is_lost = ending == "stock message" and child.exchange.readings.lost_whisper == "joined"
    return ending == "ran out of verbs" or is_lost


def _talk(attempt: Attempt, number: Number) -> Steps[None]:
    """Twilio, <Dial>: until somebody hangs up, `timeLimit` is over, or `*` with hangupOnStar."""
    clock = attempt.leg.ear.clock
    attempt.begin(attempt.verb.time_limit)
    while True:
        clock.mark()
        event = yield Talking(number.number, attempt.ends_at)
        if isinstance(event, Keys):
            if any(key == "*" and attempt.verb.hangup_on_star for key in attempt.typed(event)):
                return
        else:
            return clock.advance(min(event.after, attempt.left) if isinstance(event, DeskLeft) else attempt.left)


def _end_desks_leg(attempt: Attempt) -> None:
    if attempt.answered is not None:
        number, child = attempt.answered
        _tell(number, child, "completed", "completed")


def _end_by_caller(attempt: Attempt, gone: CallerGone) -> None:
    """Twilio, <Dial>: the action is requested although the call is over; its answer isn't run."""
    leg = attempt.leg
    if attempt.answered_at is None:
        attempt.status = "canceled"
        for number, child in attempt.ringing:
            _tell(number, child, "completed", "canceled")
    leg.ear.clock.advance(attempt.stays_for(gone))
    leg.status = "completed"
    _end_desks_leg(attempt)
    if isinstance(step := _next(attempt), Request):
        leg.exchange.tell(step, leg)

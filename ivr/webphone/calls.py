"""A call goes on: its actions are repeated on the line, which is quick, and one more is done."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from ivr.config import Settings
from ivr.numbers import DEMO_NUMBER
from ivr.simulator import Call, OutOfTurn, TelephoneError
from ivr.simulator.replay import perform
from ivr.simulator.script import Line, ScriptError, parse
from ivr.web.dates import YEARS
from ivr.webphone.call_state import Refusal, State
from ivr.webphone.own_line import OwnLine

MAX_ACTIONS = 200
MAX_ACTION_LETTERS = 60


@dataclass(frozen=True)
class Telephone:
    """Calls the line from within, at a moment of its own; signed as Twilio signs, with the account of test calls."""

    line: OwnLine
    settings: Settings

    def begin(self, at: datetime, start: str = "") -> Call:
        """A call from the path `start` on, as if it had got there; usually from the line's first webhook."""
        call = Call(
            self.line,
            self.settings.public_url + (start or "/voice"),
            token=self.settings.tokens[0],
            to=self.settings.caller_id or DEMO_NUMBER,
            fallback_url=f"{self.settings.public_url}/voice/fallback",
            strict=False,
            at=at,
        )
        with suppress(TelephoneError):
            call.start()
        return call

    def go_on(self, state: State, action: str) -> Call:
        """The call of `state` after one more action; raises Refusal."""
        line = _read(action, may_set_clock=self.settings.demo)
        if len(state.actions) >= MAX_ACTIONS:
            raise Refusal("too_long")
        call = self._again(state)
        try:
            _do(call, line)
        except OutOfTurn:
            raise Refusal("out_of_turn") from None
        return call

    def _again(self, state: State) -> Call:
        """The line may have changed meanwhile: a new version, or a desk that was closed."""
        call = self.begin(state.at, state.start)
        try:
            for words in state.actions:
                _do(call, parse(words).lines[0])
        except OutOfTurn:
            raise Refusal("line_changed") from None
        if trace(call) != state.trace:
            raise Refusal("line_changed")
        return call


def state_of(call: Call, began: datetime, start: str = "") -> State:
    return State(began, start, tuple(action.words for action in call.actions), trace(call))


def trace(call: Call) -> str:
    """The way that a call has gone, in short: the same actions on the same line always give the same."""
    way = [call.state, *(f"{page.url} {page.status} {page.at:.1f}" for page in call.documents)]
    return sha256("\n".join(way).encode()).hexdigest()[:16]


def _read(action: str, *, may_set_clock: bool) -> Line:
    try:
        (line,) = parse(action[: MAX_ACTION_LETTERS + 1]).lines
    except (ScriptError, ValueError):
        raise Refusal("no_action") from None
    if len(action) > MAX_ACTION_LETTERS or line.role != "action" or (line.word == "clock" and not may_set_clock):
        raise Refusal("no_action")
    if line.word == "clock" and line.moment.year not in YEARS:
        raise Refusal("no_moment")
    return line


def _do(call: Call, line: Line) -> None:
    """What comes a moment too late, since browsers and people take their time, is done at the end of the turn."""
    with suppress(TelephoneError):
        try:
            perform(call, line)
        except OutOfTurn:
            if line.after is None:
                raise
            perform(call, replace(line, found={**line.found, "after": None}))

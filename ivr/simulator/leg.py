"""One leg of a call: who it is in webhooks, and the loop that runs its documents verb by verb.

A verb in which somebody must decide is a generator that stops there (see `stops`), so a call is one paused program.
"""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar
from uuid import uuid4

from ivr.simulator.carrier import Exchange, Request
from ivr.simulator.document import Document
from ivr.simulator.ear import Ear, Heard, LegName
from ivr.simulator.stops import Event, Stop

Ending = Literal["ran out of verbs", "hangup", "reject", "caller", "stock message", "telephone error"]
Result = TypeVar("Result")
Steps = Generator[Stop, Event, Result]
Step = Request | Ending | None  # go there, end like this, or go on with the next verb
# A type checker can't follow that the verb's type is the act's key in the table.
Act = Callable[["Leg", Any, Document], Steps[Step] | Step]


@dataclass(frozen=True)
class Dialled:
    """A number that the app had rung, what is dialled after the answer, and the caller ID seen there; `at` in seconds
    of the call.
    """

    number: str
    caller_id: str
    timeout: int
    time_limit: int
    at: float
    turn: int = 0
    send_digits: str = ""


ACCOUNT = "AC" + "0" * 32
STOCK = "We are sorry, an application error has occurred. Goodbye."


def new_sid() -> str:
    """A call's id, as Twilio makes them up."""
    return "CA" + uuid4().hex


@dataclass
class Leg:
    """The caller's leg, or with `parent` the leg to a number that was dialled for it."""

    exchange: Exchange
    ear: Ear
    acts: Mapping[type[object], Act]
    from_: str
    to: str
    parent: str = ""
    type_ahead: Literal["dropped", "kept"] = "dropped"
    owned: frozenset[str] = frozenset()
    status: str = "ringing"
    sid: str = field(default_factory=new_sid)
    kept: str = ""
    dialled: list[Dialled] = field(default_factory=list)

    @property
    def name(self) -> LegName:
        return "desk" if self.parent else "caller"

    @property
    def allowed(self) -> frozenset[str]:
        return frozenset(verb.__name__ for verb in self.acts)

    def parameters(self) -> dict[str, str]:
        """What Twilio sends with every webhook, and one more: it adds new parameters without notice."""
        told = {
            "CallSid": self.sid,
            "AccountSid": ACCOUNT,
            "From": self.from_,
            "To": self.to,
            "Caller": self.from_,
            "Called": self.to,
            "CallStatus": self.status,
            "ApiVersion": "2010-04-01",
            "Direction": "outbound-dial" if self.parent else "inbound",
            "CallerCity": "",
            "CallerCountry": "JP",
            "CalledCountry": "JP",
            "StirVerstat": "",
            "UnheardOfParameter": "naïve ✓ 新",
        }
        if self.parent:
            told["ParentCallSid"] = self.parent
        if moment := self.ear.clock.told():
            told["DemoClock"] = moment
        return told

    def keep(self, keys: str) -> None:
        """Keys that no Gather takes now: Twilio doesn't say what happens to them."""
        if self.type_ahead == "kept":
            self.kept += keys

    def take_kept(self) -> str:
        keys, self.kept = self.kept, ""
        return keys

    def run(self, request: Request) -> Steps[Ending]:
        """Runs documents from `request` on. Twilio: when the verbs run out, the call ends."""
        while True:
            document = self.exchange.document(request, self)
            if document is None:
                self.ear.hear(Heard("stock", STOCK, 5.0, language="en-US", leg=self.name))
                return "stock message"
            self.status = "in-progress"
            step = yield from self._perform(document)
            if isinstance(step, str):
                return step
            request = step

    def _perform(self, document: Document) -> Steps[Request | Ending]:
        for verb in document.verbs:
            act = self.acts[type(verb)](self, verb, document)
            step = (yield from act) if isinstance(act, Generator) else act
            if step is not None:
                return step
        return "ran out of verbs"

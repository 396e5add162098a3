"""Counts beside an answer, never in its way: if anything goes wrong here, it is logged and the call goes on."""

import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from flask import request

from ivr.config import Settings
from ivr.content.model import Helpline
from ivr.database.count_events import CountEvent, Failure, count_events, failure
from ivr.database.no_database import Database
from ivr.flow.places import Event, EventKind, Place
from ivr.flow.situation import Situation
from ivr.flow.steps import Steps

log = logging.getLogger(__name__)

# The account of the project's own telephone, in every request of its calls and under their signature. Nobody
# has it at Twilio, and only those who hold the token can use it.
TEST_ACCOUNT = "AC" + "0" * 32
RETRY = "HTTP_I_TWILIO_IDEMPOTENCY_TOKEN"  # the header as WSGI has it, where looking it up is quickest


class Recorder:
    """Counts what a request adds. A demo has only test calls, and counts them."""

    def __init__(self, helpline: Helpline, settings: Settings, database: Database) -> None:
        self._helpline, self._settings, self._database = helpline, settings, database

    def step(self, place: Place, event: Event, steps: Steps, situation: Situation, form: Mapping[str, str]) -> None:
        """A call that is over hears nothing: Twilio also reports transfers that the caller ended."""
        over = form.get("CallStatus") == "completed"
        self._add(form, lambda: count_events(place, event, () if over else steps, situation, self._helpline))

    def failure(self, name: Failure, place: Place, kind: EventKind, now: datetime, form: Mapping[str, str]) -> None:
        self._add(form, lambda: failure(name, place, kind, now, self._helpline))

    def _add(self, form: Mapping[str, str], found: Callable[[], Iterable[CountEvent]]) -> None:
        try:
            if self._settings.demo or form.get("AccountSid") != TEST_ACCOUNT:
                self._database.count(found(), request.environ.get(RETRY, ""))
        except Exception as error:  # noqa: BLE001 - a call never fails because it can't be counted
            log.error("not counted: %s", type(error).__name__)

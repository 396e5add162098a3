"""A test call to a desk: the only thing here that rings anybody and costs money, so it is asked for by name."""

import time

from ivr.account.findings import Finding, Findings, Status
from ivr.account.rest import Account, AccountError
from ivr.config import Settings
from ivr.numbers import phone_setting, split_extension
from ivr.webhooks.twiml import WAIT_FOR_A_SWITCHBOARD

RING_SECONDS = 30
# Twilio adds some seconds to the ringing, and then what is said has to be heard.
PATIENCE, PAUSE = 120, 2
ENDED: dict[str, tuple[Status, str]] = {
    "completed": ("right", "somebody or something answered"),
    "busy": ("WRONG", "busy"),
    "no-answer": ("WRONG", f"nobody answered within {RING_SECONDS} s"),
    "failed": ("WRONG", "the call failed: is the number right, and may it be called from this account?"),
    "canceled": ("WRONG", "the call was canceled"),
}


def ringing_findings(account: Account, settings: Settings, desk: str, from_: str, document: str) -> Findings:
    """Rings each number of the desk, one after another; each is heard out before the next one rings."""
    for position, number in enumerate(settings.desk_numbers[desk], start=1):
        name = f"{phone_setting(desk)}, number {position}"
        try:
            status = _ended(account, account.ring(*_dialled(number), from_, document, RING_SECONDS))
        except AccountError as error:
            yield Finding("WRONG", f"{name}: {error}")
            continue
        found, text = ENDED.get(status, ("unknown", f"after {PATIENCE} s the call was still {status}"))
        yield Finding(found, f"{name}: {text}")


def _dialled(number: str) -> tuple[str, str]:
    """The number, and what is dialled after the answer."""
    base, extension = split_extension(number)
    return base, WAIT_FOR_A_SWITCHBOARD + extension if extension else ""


def _ended(account: Account, call: str) -> str:
    """The call's last status, or the one that it has when patience ends."""
    for _ in range(PATIENCE // PAUSE):
        status = account.outcome(call)
        if status in ENDED:
            return status
        time.sleep(PAUSE)
    return status

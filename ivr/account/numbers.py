"""Whether the number calls this line, and whether desks may see its number."""

from ivr.account.desk_numbers import shown_findings
from ivr.account.findings import Finding, Findings
from ivr.account.rest import Account, Number
from ivr.account.wiring import answered_elsewhere, differences, told
from ivr.config import Settings


def number_findings(number: Number, settings: Settings) -> Findings:
    """Whether a number can take calls and is set to call this line."""
    if not number.has_voice:
        yield Finding("WRONG", f"{number.number}: it can't take calls")
    if elsewhere := answered_elsewhere(number):
        yield Finding("WRONG", elsewhere)
    changes = differences(number, settings)
    for line in told(number, changes):
        yield Finding("WRONG", f"{number.number}: {line} (by: ivr twilio setup)")
    if not changes:
        yield Finding("right", f"{number.number}: calls, failures and status come here by POST")


def caller_id_findings(account: Account, number: Number, settings: Settings) -> Findings:
    """Whether the caller ID can be shown: the number called, or one that the account owns or has verified."""
    shown = settings.caller_id or number.number
    said = "CALLER_ID" if settings.caller_id else "CALLER_ID is empty, so desks see the number that was called"
    owned = [number] if shown == number.number else account.numbers(shown)
    if owned and owned[0].has_voice:
        yield Finding("right", f"{said}: {shown} is a number of this account")
        yield from shown_findings(settings, shown, owned=True)
    elif owned:
        yield Finding("WRONG", f"{said}: {shown} has no voice, so it can't be shown")
    elif account.has_verified(shown):
        yield Finding("right", f"{said}: {shown} is verified")
        yield Finding("unknown", f"whether desks really see {shown}: not every country shows a number from elsewhere")
        yield from shown_findings(settings, shown, owned=False)
    else:
        yield Finding("WRONG", f"{said}: {shown} is neither owned nor verified, so every transfer would fail")

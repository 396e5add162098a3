"""The addresses that a number has to call; only by POST, since GET puts the caller's number in the address."""

from collections.abc import Iterator, Mapping

from ivr.account.rest import ELSEWHERE, WORDS, Account, AccountError, Number
from ivr.config import Settings


def wanted(settings: Settings) -> dict[str, object]:
    """What has to be set at this line's number, by the names of the REST API."""
    return {
        "voice_url": f"{settings.public_url}/voice",
        "voice_method": "POST",
        "voice_fallback_url": settings.fallback_url,
        "voice_fallback_method": "POST",
        "status_callback": f"{settings.public_url}/voice/status",
        "status_callback_method": "POST",
        "voice_receive_mode": "voice",
        "voice_caller_id_lookup": False,
    }


def differences(number: Number, settings: Settings) -> dict[str, object]:
    """What has to be changed, with the new values."""
    return {name: value for name, value in wanted(settings).items() if number.values[name] != value}


def told(number: Number, changes: Mapping[str, object]) -> list[str]:
    """A line for each change: its name in Twilio's console, its value now, and its new value."""
    return [f"{WORDS[name]}: {number.values[name] or 'nothing'} -> {value}" for name, value in changes.items()]


def answered_elsewhere(number: Number) -> str:
    """What answers the number instead of its own addresses, an app or a trunk; empty if nothing does."""
    for name, what in ELSEWHERE.items():
        if number.values[name]:
            return (
                f"{number.number}: {what} ({number.values[name]}) answers this number, its own addresses are ignored. "
                "It may be in use, so it is left alone: remove it in Twilio's console"
            )
    return ""


def chosen(account: Account, asked: str, caller_id: str) -> Number:
    """The number `asked` for, else the line's own caller ID, else the account's only number."""
    if asked or caller_id:
        found = account.numbers(asked or caller_id)
        if found:
            return found[0]
    numbers = account.numbers()
    if not asked and len(numbers) == 1:
        return numbers[0]
    those = ", ".join(each.number for each in numbers) or "none"
    told = f"{asked} is not a number of this account" if asked else "Which number? Name it by --number"
    raise AccountError(f"{told}. The account's numbers: {those}")


def of_languages(account: Account, settings: Settings, first: Number) -> Iterator[Number]:
    """The line's numbers for one language each, besides the first; AccountError for one that isn't the account's."""
    return (chosen(account, number, "") for number in settings.line_languages if number != first.number)

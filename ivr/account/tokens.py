"""Whether the tokens belong to the account: a line with another token would refuse every call."""

from ivr.account.findings import Finding, Findings
from ivr.account.rest import Account, DeniedError, Owner
from ivr.config import Settings


def accepted(settings: Settings) -> dict[int, tuple[Account, Owner]]:
    """The account as each token that Twilio accepts shows it, by the token's position."""
    found = {}
    for position, token in enumerate(settings.tokens):
        account = Account(settings.account_sid, token)
        try:
            found[position] = (account, account.owner())
        except DeniedError:
            continue
    return found


def working(settings: Settings) -> Account:
    """The account by the first token that Twilio accepts; raises DeniedError if it accepts none."""
    for account, _ in accepted(settings).values():
        return account
    raise DeniedError("TWILIO_AUTH_TOKEN: Twilio doesn't accept it for the account TWILIO_ACCOUNT_SID")


def token_findings(settings: Settings, seen: dict[int, tuple[Account, Owner]]) -> Findings:
    """`seen` is what `accepted` found; the account is judged as the first of its tokens shows it."""
    for position in range(len(settings.tokens)):
        name = f"TWILIO_AUTH_TOKEN{f', token {position + 1}' if len(settings.tokens) > 1 else ''}"
        if position in seen:
            yield Finding("right", f"{name}: Twilio accepts it")
        elif seen:
            yield Finding("warning", f"{name}: Twilio doesn't accept it. If it has been replaced, remove it")
        else:
            yield Finding("WRONG", f"{name}: Twilio doesn't accept it for the account TWILIO_ACCOUNT_SID")
    for _, owner in list(seen.values())[:1]:
        yield from _signing(settings, owner)
        yield from _token_findings(owner)


def _signing(settings: Settings, owner: Owner) -> Findings:
    if owner.token in settings.tokens:
        yield Finding("right", "TWILIO_AUTH_TOKEN: it has the token that signs calls")
    elif owner.token:
        yield Finding("WRONG", "TWILIO_AUTH_TOKEN: calls are signed with another token, so the line would refuse them")
    else:
        yield Finding("unknown", "which token signs calls: Twilio didn't say. A real call shows it")


def _token_findings(owner: Owner) -> Findings:
    if owner.status != "active":
        yield Finding("WRONG", f'the account "{owner.name}" is {owner.status}: no call gets through')
    elif owner.is_trial:
        yield Finding(
            "WRONG", f'the account "{owner.name}" is a trial: callers hear a notice, and only verified numbers are rung'
        )
    else:
        yield Finding("right", f'the account "{owner.name}" is active')

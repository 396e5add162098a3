"""Whether the line answers at its public address, to signed calls and nothing else."""

from ivr.account.findings import Finding, Findings
from ivr.config import Settings
from ivr.simulator import Call, TelephoneError
from ivr.simulator.transport import Transport, Unreachable

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def reaching_findings(settings: Settings, number: str, transport: Transport) -> Findings:
    """`number` is the number that is called. These are test calls, so they are not counted."""
    if not settings.is_public:
        yield Finding("WRONG", f"PUBLIC_URL: {settings.public_url} is this machine only")
        return
    try:
        alive = transport.send("GET", f"{settings.public_url}/health", {}, None).status
        stranger = transport.send("POST", f"{settings.public_url}/voice", FORM, b"CallSid=CA").status
    except Unreachable as error:
        yield Finding("WRONG", f"PUBLIC_URL: {error}")
        return
    yield _expected(alive, 200, "/health", "the line is there", settings)
    yield _expected(stranger, 403, "/voice", "a call that isn't signed is refused", settings)
    for position, token in enumerate(settings.tokens):
        named = f"signed with token {position + 1}" if len(settings.tokens) > 1 else "signed"
        yield _answered(f"{settings.public_url}/voice", f"a call {named}", token, number, transport)
    yield _answered(settings.fallback_url, "a call whose document failed", settings.tokens[0], number, transport)
    yield Finding(
        "unknown", "whether Twilio's own servers reach it: this was only tried from here. A real call shows it"
    )


def _expected(status: int, right: int, path: str, what: str, settings: Settings) -> Finding:
    if status == right:
        return Finding("right", f"{settings.public_url}{path}: {what}")
    return Finding("WRONG", f"{settings.public_url}{path}: {status} instead of {right} ({what})")


def _answered(url: str, what: str, token: str, number: str, transport: Transport) -> Finding:
    try:
        call = Call(transport, url, token=token, to=number).start()
    except TelephoneError as error:
        return Finding("WRONG", f"{url}: {what} is not answered: {error.problem}")
    if not call.heard:
        return Finding("WRONG", f"{url}: {what} hears nothing")
    return Finding("right", f"{url}: {what} is answered, and its sounds are there")

"""All that can be found out about a line's account without ringing anybody."""

from ivr.account.desk_numbers import country_findings, desk_number_findings
from ivr.account.findings import Finding, Findings
from ivr.account.numbers import caller_id_findings, number_findings
from ivr.account.reaching import reaching_findings
from ivr.account.rest import Account, AccountError
from ivr.account.tokens import accepted, token_findings
from ivr.account.wiring import chosen
from ivr.config import Settings
from ivr.numbers import DEMO_NUMBER
from ivr.simulator.transport import Transport


def examine(settings: Settings, asked: str, transport: Transport) -> Findings:
    """`asked` is the number to look at, empty for the line's own; what cannot be asked is told and passed over."""
    number = asked or settings.caller_id
    try:
        seen = accepted(settings)
        yield from token_findings(settings, seen)
        for account, _ in list(seen.values())[:1]:
            found = chosen(account, asked, settings.caller_id)
            number = found.number
            yield from number_findings(found, settings)
            for other in settings.line_languages if not asked else ():
                if other != number:
                    yield from _language_findings(account, other, settings)
            yield from caller_id_findings(account, found, settings)
            yield from desk_number_findings(settings, number)
            yield from country_findings(account.countries(), settings)
    except AccountError as error:
        yield Finding("WRONG", str(error))
    yield from reaching_findings(settings, number or DEMO_NUMBER, transport)
    yield Finding("unknown", "whether desks answer (--ring DESK asks them), and whether the account has money left")


def _language_findings(account: Account, number: str, settings: Settings) -> Findings:
    """About a number of LINE_LANGUAGES."""
    try:
        yield from number_findings(chosen(account, number, ""), settings)
    except AccountError as error:
        yield Finding("WRONG", f"LINE_LANGUAGES: {error}")

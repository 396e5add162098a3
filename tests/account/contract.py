"""What Twilio's REST API takes and answers, as far as `ivr twilio` uses it.

Written by hand after Twilio's published OpenAPI description (twilio/twilio-oai, twilio_api_v2010 and twilio_voice_v1
as of 2026-04-14): paths, names, types and enumerated values only. A request that is not in here is refused, so that
the real service has nothing to be surprised by that this one took.
"""

from __future__ import annotations

from dataclasses import dataclass, field

TEXT, WHOLE, TRUTH, METHOD = "text", "whole number", "truth", "method"
URL, PHONE, TWIML = "url", "phone number", "twiml"

# What a value has to match, as it stands in a form or a query.
FORMS = {
    TEXT: r".*",
    WHOLE: r"[0-9]+",
    TRUTH: r"true|false",
    METHOD: r"GET|POST",
    URL: r"https?://[^\s]+",
    PHONE: r"\+[1-9][0-9]{6,14}",
    TWIML: r"<\?xml .*<Response>.*</Response>|<Response>.*</Response>",
    "voice or fax": r"voice|fax",
}

ACCOUNTS = "https://api.twilio.com/2010-04-01/Accounts"
SIDS = {prefix: rf"{prefix}[0-9a-fA-F]{{32}}" for prefix in ("AC", "PN", "CA", "AP", "TK")}
A = f"(?P<account>{SIDS['AC']})"
PAGING = {"PageSize": WHOLE, "Page": WHOLE, "PageToken": TEXT}

NULLABLE_TEXT = {"type": ["string", "null"]}
NULLABLE_TRUTH = {"type": ["boolean", "null"]}
NULLABLE_METHOD = {"enum": ["GET", "POST", None]}


def sid(prefix: str) -> dict[str, object]:
    return {"type": ["string", "null"], "pattern": f"^({SIDS[prefix]})?$"}


def closed(**properties: dict[str, object]) -> dict[str, object]:
    return {"type": "object", "properties": properties, "required": [*properties], "additionalProperties": False}


ACCOUNT = closed(
    sid=sid("AC"),
    friendly_name=NULLABLE_TEXT,
    auth_token=NULLABLE_TEXT,
    status={"enum": ["active", "suspended", "closed"]},
    type={"enum": ["Trial", "Full"]},
)

NUMBER = closed(
    sid=sid("PN"),
    account_sid=sid("AC"),
    phone_number=NULLABLE_TEXT,
    friendly_name=NULLABLE_TEXT,
    capabilities={"type": ["object", "null"]},
    voice_url=NULLABLE_TEXT,
    voice_method=NULLABLE_METHOD,
    voice_fallback_url=NULLABLE_TEXT,
    voice_fallback_method=NULLABLE_METHOD,
    status_callback=NULLABLE_TEXT,
    status_callback_method=NULLABLE_METHOD,
    voice_application_sid=sid("AP"),
    trunk_sid=sid("TK"),
    voice_receive_mode={"enum": ["voice", "fax"]},
    voice_caller_id_lookup=NULLABLE_TRUTH,
)

CALLER_ID = closed(sid=sid("PN"), account_sid=sid("AC"), phone_number=NULLABLE_TEXT, friendly_name=NULLABLE_TEXT)

CALL_STATUS = ["queued", "ringing", "in-progress", "completed", "busy", "failed", "no-answer", "canceled"]
CALL = closed(sid=sid("CA"), account_sid=sid("AC"), to=NULLABLE_TEXT, status={"enum": CALL_STATUS})

COUNTRY = closed(
    iso_code=NULLABLE_TEXT,
    name=NULLABLE_TEXT,
    country_codes={"type": ["array", "null"], "items": {"type": "string"}},
    low_risk_numbers_enabled=NULLABLE_TRUTH,
    high_risk_special_numbers_enabled=NULLABLE_TRUTH,
    high_risk_tollfraud_numbers_enabled=NULLABLE_TRUTH,
)


def page(name: str, item: dict[str, object]) -> dict[str, object]:
    """A list of the older interface; `voice` puts its paging into `meta`."""
    return closed(**{name: {"type": "array", "items": item}}, page={}, page_size={}, next_page_uri=NULLABLE_TEXT)


@dataclass(frozen=True)
class Operation:
    """`path` is a regular expression of the whole address; `query` and `form` name what may be sent."""

    name: str
    method: str
    path: str
    answer: dict[str, object]
    query: dict[str, str] = field(default_factory=dict)
    form: dict[str, str] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    status: int = 200


OPERATIONS = (
    Operation("account", "GET", rf"{ACCOUNTS}/{A}\.json", ACCOUNT),
    Operation(
        "numbers",
        "GET",
        rf"{ACCOUNTS}/{A}/IncomingPhoneNumbers\.json",
        page("incoming_phone_numbers", NUMBER),
        {"PhoneNumber": PHONE, "FriendlyName": TEXT, "Beta": TRUTH, "Origin": TEXT, **PAGING},
    ),
    Operation(
        "change",
        "POST",
        rf"{ACCOUNTS}/{A}/IncomingPhoneNumbers/(?P<sid>{SIDS['PN']})\.json",
        NUMBER,
        form={
            "VoiceUrl": URL,
            "VoiceMethod": METHOD,
            "VoiceFallbackUrl": URL,
            "VoiceFallbackMethod": METHOD,
            "StatusCallback": URL,
            "StatusCallbackMethod": METHOD,
            "VoiceApplicationSid": SIDS["AP"],
            "TrunkSid": SIDS["TK"],
            "VoiceReceiveMode": "voice or fax",
            "VoiceCallerIdLookup": TRUTH,
            "FriendlyName": TEXT,
        },
    ),
    Operation(
        "verified",
        "GET",
        rf"{ACCOUNTS}/{A}/OutgoingCallerIds\.json",
        page("outgoing_caller_ids", CALLER_ID),
        {"PhoneNumber": PHONE, "FriendlyName": TEXT, **PAGING},
    ),
    Operation(
        "ring",
        "POST",
        rf"{ACCOUNTS}/{A}/Calls\.json",
        CALL,
        form={
            "To": PHONE,
            "From": PHONE,
            "Url": URL,
            "Method": METHOD,
            "Twiml": TWIML,
            "Timeout": WHOLE,
            "TimeLimit": WHOLE,
            "SendDigits": TEXT,
            "CallerId": TEXT,
            "Record": TRUTH,
        },
        required=frozenset({"To", "From"}),
        status=201,
    ),
    Operation("outcome", "GET", rf"{ACCOUNTS}/{A}/Calls/(?P<sid>{SIDS['CA']})\.json", CALL),
    Operation(
        "countries",
        "GET",
        r"https://voice\.twilio\.com/v1/DialingPermissions/Countries",
        closed(content={"type": "array", "items": COUNTRY}, meta={"type": "object"}),
        {
            "IsoCode": TEXT,
            "Continent": TEXT,
            "CountryCode": TEXT,
            "LowRiskNumbersEnabled": TRUTH,
            "HighRiskSpecialNumbersEnabled": TRUTH,
            "HighRiskTollfraudNumbersEnabled": TRUTH,
            **PAGING,
        },
    ),
)

"""What proxies do to a request. The signature is held against PUBLIC_URL and the path as it came, nothing else."""

from __future__ import annotations

from functools import cache
from urllib.parse import urlencode

import pytest

from ivr.simulator import sign
from tests.cast import TOKEN
from tests.security.line import CALL, FORM, PUBLIC, public_app

INNER, FORGED = "http://10.0.0.7:8000", "https://evil.example"
PATH = "/voice/en/papers/keys"

# Headers that a proxy, or a stranger, sends along.
HEADERS = {
    "none": {},
    "no host but that of the machine inside": {"Host": "10.0.0.7:8000"},
    "another host": {"Host": "evil.example"},
    "a host with an odd port": {"Host": "line.example.org:8443"},
    "a host in capitals": {"Host": "LINE.EXAMPLE.ORG"},
    "a host that is none": {"Host": "evil.example/voice?x="},
    "the right forwarded host": {"X-Forwarded-Host": "line.example.org", "X-Forwarded-Proto": "https"},
    "another forwarded host": {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"},
    "chained forwarded hosts": {"X-Forwarded-Host": "line.example.org, evil.example"},
    "chained the other way round": {"X-Forwarded-Host": "evil.example, line.example.org"},
    "an empty forwarded host": {"X-Forwarded-Host": "", "X-Forwarded-Proto": ""},
    "no protocol": {"X-Forwarded-Host": "evil.example"},
    "the wrong protocol": {"X-Forwarded-Proto": "http"},
    "chained protocols": {"X-Forwarded-Proto": "https, http"},
    "a forwarded port": {"X-Forwarded-Port": "8443"},
    "a forwarded prefix": {"X-Forwarded-Prefix": "/evil"},
    "the standard's header": {"Forwarded": 'for=1.2.3.4;host=evil.example;proto=https, host="line.example.org"'},
    "the path as another proxy tells it": {"X-Original-URL": "/voice", "X-Rewrite-URL": "/voice"},
    "another method": {"X-HTTP-Method-Override": "GET"},
}


@cache
def line(**environ: str):
    return public_app(**environ).test_client()


def status(path: str, signed_for: str, body: str = "", environ=(), **headers: str) -> int:
    headers["X-Twilio-Signature"] = sign(TOKEN, signed_for, CALL)
    answer = line(**dict(environ)).post(path, data=body or urlencode(CALL), content_type=FORM, headers=headers)
    return answer.status_code


@pytest.mark.parametrize("proxies", ["0", "2"])
@pytest.mark.parametrize("case", HEADERS)
def test_no_header_harms_a_genuine_request_or_helps_a_forged_one(case, proxies):
    headers = {**HEADERS[case], "X-Forwarded-For": "198.51.100.1, 203.0.113.2"}
    settings = (("TRUSTED_PROXIES", proxies),)
    assert status(PATH, PUBLIC + PATH, environ=settings, **headers) == 200
    for base in (FORGED, INNER, "http://line.example.org", f"{PUBLIC}/evil", f"{PUBLIC}:8443"):
        assert status(PATH, base + PATH, environ=settings, **headers) == 403, base


# The public address; the path as it arrives; the address that Twilio signed; what must happen.
ADDRESSES = {
    "the default port, named by the one who signs": (PUBLIC, PATH, f"{PUBLIC}:443{PATH}", 200),
    "an odd port": (f"{PUBLIC}:8443", PATH, f"{PUBLIC}:8443{PATH}", 200),
    "an odd port, not signed": (f"{PUBLIC}:8443", PATH, PUBLIC + PATH, 200),  # Twilio leaves it out now and then
    "another odd port": (f"{PUBLIC}:8443", PATH, f"{PUBLIC}:8444{PATH}", 403),
    "a path prefix that the proxy takes away": (f"{PUBLIC}/line", PATH, f"{PUBLIC}/line{PATH}", 200),
    "the same, not signed": (f"{PUBLIC}/line", PATH, PUBLIC + PATH, 403),
    "a path prefix that the proxy leaves": (f"{PUBLIC}/line", f"/line{PATH}", f"{PUBLIC}/line{PATH}", 404),
    "a slash at the end of PUBLIC_URL": (f"{PUBLIC}/", PATH, PUBLIC + PATH, 200),
    "a slash at the end of the path": (PUBLIC, "/voice/", f"{PUBLIC}/voice/", 200),
    "a query": (PUBLIC, f"{PATH}?tries=1&heard=fresc", f"{PUBLIC}{PATH}?tries=1&heard=fresc", 200),
    "a query in another order": (PUBLIC, f"{PATH}?heard=fresc&tries=1", f"{PUBLIC}{PATH}?tries=1&heard=fresc", 403),
    "a repeated name in the query": (PUBLIC, f"{PATH}?tries=1&tries=2", f"{PUBLIC}{PATH}?tries=1&tries=2", 200),
    "the same, one taken away": (PUBLIC, f"{PATH}?tries=1", f"{PUBLIC}{PATH}?tries=1&tries=2", 403),
    "an empty value in the query": (PUBLIC, f"{PATH}?tries=", f"{PUBLIC}{PATH}?tries=", 200),
    "a comma, escaped on the way": (PUBLIC, f"{PATH}?heard=a%2Cb", f"{PUBLIC}{PATH}?heard=a,b", 403),
    "a letter, escaped by who signs": (PUBLIC, "/voice/en/paper%73/keys", f"{PUBLIC}/voice/en/paper%73/keys", 200),
    "two slashes": (PUBLIC, f"/{PATH}", PUBLIC + PATH, 404),
}  # fmt: skip


@pytest.mark.parametrize("case", ADDRESSES)
def test_the_signed_address_is_the_public_one_and_the_path_as_it_came(case):
    public, path, signed_for, expected = ADDRESSES[case]
    assert status(path, signed_for, environ=(("PUBLIC_URL", public),)) == expected


def form_status(sent: list[tuple[str, str]], signed: str) -> int:
    """`signed` is what stands behind the address in what is hashed."""
    headers = {"X-Twilio-Signature": sign(TOKEN, PUBLIC + PATH + signed, {})}
    return line().post(PATH, data=urlencode(sent), content_type=FORM, headers=headers).status_code


def test_repeated_and_empty_parameters_are_under_the_signature():
    assert form_status([("A", "1"), ("A", "2"), ("B", "")], "A1A2B") == 200
    assert form_status([("A", "1"), ("B", "")], "A1A2B") == 403
    assert form_status([("A", "1"), ("A", "2")], "A1A2B") == 403
    assert form_status([("A", "2"), ("A", "1"), ("B", "")], "A1A2B") == 200  # sorted by value, as Twilio does
    assert form_status([("A", "1"), ("A", "1")], "A1") == 200  # Twilio's library counts equal ones once

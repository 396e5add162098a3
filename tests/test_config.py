"""Settings: what is refused, and how it is said."""

from __future__ import annotations

import dataclasses

import pytest

from ivr.cli.server import server_options
from ivr.config import SettingsError, read_settings
from ivr.numbers import shared_numbers

GOOD = {"TWILIO_AUTH_TOKEN": "secret", "PUBLIC_URL": "https://line.example.org/"}
DESKS = ["cinga", "fresc"]


def test_the_settings_of_a_line():
    numbers = {"FRESC_PHONE": "+999312345678, +999312345679", "CALLER_ID": "+999501112222"}
    settings = read_settings({**GOOD, **numbers}, DESKS)
    assert settings.tokens == ("secret",)
    assert settings.public_url == "https://line.example.org"
    assert settings.audio_url == "https://line.example.org/audio"
    assert settings.desk_numbers == {"cinga": (), "fresc": ("+999312345678", "+999312345679")}
    assert settings.caller_id == "+999501112222"
    assert settings.is_public


def test_settings_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        read_settings(GOOD, DESKS).port = 1


def test_there_is_no_number_that_nobody_configured():
    settings = read_settings(GOOD, DESKS)
    assert settings.desk_numbers == {"cinga": (), "fresc": ()}
    assert settings.caller_id == ""


def test_a_demo_needs_nothing_and_its_numbers_can_be_nobodys():
    settings = read_settings({}, DESKS, demo=True)
    assert not settings.is_public
    assert all(number.startswith("+999") for numbers in settings.desk_numbers.values() for number in numbers)
    assert read_settings({"CINGA_PHONE": ""}, DESKS, demo=True).desk_numbers["cinga"] == ()


@pytest.mark.parametrize(
    ("environ", "message"),
    [
        ({"TWILIO_AUTH_TOKEN": ""}, "TWILIO_AUTH_TOKEN is missing"),
        ({"TWILIO_AUTH_TOKEN": "a,b,c"}, "TWILIO_AUTH_TOKEN: at most two, separated"),
        ({"TWILIO_AUTH_TOKEN": '"a","b"'}, "TWILIO_AUTH_TOKEN: right would be what the carrier shows and"),
        (
            {"TWILIO_AUTH_TOKEN": "AC" + "0a" * 16},
            "TWILIO_AUTH_TOKEN: that is the account's id; right would be its auth",
        ),
        (
            {"TWILIO_AUTH_TOKEN": "<auth token>"},
            "TWILIO_AUTH_TOKEN: right would be what the carrier shows and",
        ),
        ({"PUBLIC_URL": ""}, "PUBLIC_URL is missing"),
        ({"PUBLIC_URL": " "}, "PUBLIC_URL is missing"),
        ({"PUBLIC_URL": "https://line.example.org/voice"}, "PUBLIC_URL: right would be https://line.example.org, "),
        ({"PUBLIC_URL": "https://line.example.org/console"}, "PUBLIC_URL: right would be https://line.example.org, "),
        ({"PUBLIC_URL": "https://<your name>"}, "is not usable"),
        ({"PUBLIC_URL": "http://line.example.org"}, 'PUBLIC_URL: "http://line.example.org" is not usable'),
        ({"PUBLIC_URL": "line.example.org"}, "right would be https://host"),
        ({"PUBLIC_URL": "https://line.example.org?x=1"}, "is not usable"),
        ({"PUBLIC_URL": "https://line.example.org:port"}, "is not usable"),
        ({"PUBLIC_URL": "https://[line"}, "is not usable"),
        ({"AUDIO_URL": "http://cdn.example.org"}, "AUDIO_URL: "),
        ({"FALLBACK_URL": "http://fallback.example.org/index.xml"}, "FALLBACK_URL: "),
        ({"AUDIO_URL": "https://line.example.org"}, "AUDIO_URL: the line answers something else there; right would be"),
        (
            {"FALLBACK_URL": "https://line.example.org/voice"},
            "FALLBACK_URL: the line answers something else there",
        ),
        ({"FRESC_PHONE": "999-1234-5678"}, "FRESC_PHONE: not a number in E.164 form"),
        ({"FRESC_PHONE": "+999312345678;+999312345679"}, "FRESC_PHONE: "),
        ({"FRESK_PHONE": "+999312345678"}, "FRESK_PHONE: no desk has this name; did you mean FRESC_PHONE?"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY: shorter than 32 characters; right would be what this prints: python3"),
        ({"CALLER_ID": "anonymous"}, "CALLER_ID: not a number"),
        (
            {"HOST": "my-computer"},
            'HOST: "my-computer" is not an IP address; right would be 127.0.0.1, 0.0.0.0, ::1, :: or',
        ),
        ({"PORT": "http"}, 'PORT: "http" is not a port'),
        ({"PORT": "1" * 5000}, "is not a port"),
        ({"AUDIO_URL": "https://name:word@audio.example"}, "AUDIO_URL: what stands there is not usable"),
        ({"PORT": "70000"}, 'PORT: "70000" is not a port'),
        ({"DATABASE_URL": "postgres://ivr:p@ss@host/ivr"}, "DATABASE_URL: in a password right would be %40 for @"),
        ({"DATABASE_URL": "postgres://ivr:p#ss@host/ivr"}, "DATABASE_URL: in a password right would be %40 for @"),
        ({"WEB_CONCURRENCY": "many"}, 'WEB_CONCURRENCY: "many" is not a number of processes'),
    ],
)
def test_a_wrong_setting_is_named_with_what_would_be_right(environ, message):
    with pytest.raises(SettingsError) as raised:
        read_settings({**GOOD, **environ}, DESKS)
    assert message in str(raised.value)
    assert len(str(raised.value).splitlines()) == 1


def test_the_line_itself_is_asked_when_it_fails_unless_another_host_is_named():
    own = read_settings(GOOD, DESKS)
    assert (own.fallback_url, own.has_other_fallback) == (f"{own.public_url}/voice/fallback", False)
    other = read_settings({**GOOD, "FALLBACK_URL": "https://fallback.example.org/index.xml"}, DESKS)
    assert (other.fallback_url, other.has_other_fallback) == ("https://fallback.example.org/index.xml", True)


def test_all_that_is_wrong_is_told_at_once():
    with pytest.raises(SettingsError) as raised:
        read_settings({"PORT": "x", "CALLER_ID": "x"}, DESKS)
    assert len(str(raised.value).splitlines()) == 4


def test_a_wrong_telephone_number_is_not_repeated_where_it_could_be_logged():
    with pytest.raises(SettingsError) as raised:
        read_settings({**GOOD, "CALLER_ID": "0999345678"}, DESKS)
    assert "0999345678" not in str(raised.value)


ONE = "+81312345678"
UNUSABLE = {
    "the trunk prefix": ("+810312345678", "right would be the same without the 0 after +81"),
    "a digit short": ("+8131234567", "no such number exists under +81: a digit is missing, wrong or too many"),
    "a digit too many": ("+813123456789", "no such number exists under +81"),
    "no country": ("+21012345678", "no country has this country code"),
    "emergency": ("110", "an emergency number, which no line may dial"),
    "emergency, abroad": ("+81119", "an emergency number, which no line may dial"),
    "unseen": ("+81\u202a312345678", "there is a character in it that can't be seen (U+202A)"),
}


@pytest.mark.parametrize("name", ["FRESC_PHONE", "CALLER_ID", "LINE_NUMBER"])
@pytest.mark.parametrize(("number", "message"), UNUSABLE.values(), ids=UNUSABLE)
def test_a_number_that_cannot_work_is_refused_with_what_would_be_right(name, number, message):
    with pytest.raises(SettingsError) as raised:
        read_settings({**GOOD, name: number}, DESKS)
    assert str(raised.value).startswith(f"{name}: ")
    assert message in str(raised.value)
    assert len(str(raised.value).splitlines()) == 1


@pytest.mark.parametrize("own", ["CALLER_ID", "LINE_NUMBER"])
def test_a_desk_cannot_be_the_line_itself_nor_be_rung_twice_by_one_number(own):
    with pytest.raises(SettingsError) as raised:
        read_settings({**GOOD, own: ONE, "FRESC_PHONE": f"+81312345679,{ONE},+81312345679"}, DESKS)
    loop, twice = str(raised.value).splitlines()
    assert loop.startswith("FRESC_PHONE, number 2: the line's own number")
    assert twice == "FRESC_PHONE, number 3: twice in this setting; right would be once"


EXTENSIONS = {
    "in words": f"{ONE} ext. 12",
    "an x": f"{ONE}x12",
    "a comma for a pause": f"{ONE},12",
    "two commas": f"{ONE},,12#",
    "another word": f"{ONE};extension=12",
    "nothing": f"{ONE};ext=",
    "not digits": f"{ONE};ext=twelve",
    "a blank": f"{ONE}; ext=12",
}


@pytest.mark.parametrize("number", EXTENSIONS.values(), ids=EXTENSIONS)
def test_an_extension_is_written_as_rfc_3966_has_it(number):
    with pytest.raises(SettingsError) as raised:
        read_settings({**GOOD, "FRESC_PHONE": number}, DESKS)
    assert str(raised.value).endswith("; an extension stands right after its number, as ;ext=12")
    assert ONE[3:] not in str(raised.value), "a number may be private"


def test_numbers_with_extensions_are_kept_and_held_against_the_lines_own_number():
    several = f"{ONE};ext=12,{ONE};ext=13, {ONE}"
    kept = read_settings({**GOOD, "FRESC_PHONE": several}, DESKS).desk_numbers["fresc"]
    assert kept == (f"{ONE};ext=12", f"{ONE};ext=13", ONE)
    with pytest.raises(SettingsError, match="the line's own number"):
        read_settings({**GOOD, "CALLER_ID": ONE, "FRESC_PHONE": f"{ONE};ext=12"}, DESKS)
    with pytest.raises(SettingsError, match="number 2: twice"):
        read_settings({**GOOD, "FRESC_PHONE": f"{ONE};ext=12,{ONE};ext=12"}, DESKS)
    with pytest.raises(SettingsError, match="emergency"):
        read_settings({**GOOD, "FRESC_PHONE": "110;ext=12"}, DESKS)


def test_one_number_for_two_desks_is_a_warning():
    shared = {"CINGA_PHONE": f"+81312345679,{ONE}", "FRESC_PHONE": ONE}
    assert [
        told.partition(":")[0] for told in shared_numbers(read_settings({**GOOD, **shared}, DESKS).desk_numbers)
    ] == ["CINGA_PHONE, FRESC_PHONE"]
    assert shared_numbers({"cinga": (ONE,), "fresc": ("+81312345679",)}) == []


def test_a_password_of_staff_is_no_other_secret():
    same = {"CONSOLE_PASSWORD": "s" * 40, "SECRET_KEY": "s" * 40}
    with pytest.raises(SettingsError, match="CONSOLE_PASSWORD: another setting has the same value"):
        read_settings({**GOOD, **same}, DESKS)


EVERYTHING = {
    **GOOD,
    "AUDIO_URL": "https://cdn.example.org/clips",
    "CALLER_ID": ONE,
    "CONSOLE_PASSWORD": "correct horse battery staple",
    "COUNTS_KEPT_DAYS": "30",
    "DATABASE_URL": "postgresql://a:b@c/d",
    "FALLBACK_URL": "https://fallback.example.org/index.xml",
    "FRESC_PHONE": "+81312345679",
    "HOST": "::1",
    "LINE_NUMBER": "+81120123456",
    "LOG_WEBHOOKS": "yes",
    "PORT": "8001",
    "CARRIER": "signalwire",
    "SECRET_KEY": "0123456789abcdef" * 2,
    "SIGNING_KEY": "PSK_1",
    "TRUSTED_PROXIES": "2",
    "TWILIO_ACCOUNT_SID": "AC" + "0a" * 16,
    "WEB_CONCURRENCY": "3",
}
SAVED = ["{}\r", '"{}"', "'{}'", " {} ", "{}\t\r\n", "\ufeff{}", "\u202a{}\u202c", '"{} "\r', "\xa0{}"]


@pytest.mark.parametrize("saved", SAVED, ids=ascii)
def test_every_setting_is_read_as_it_was_meant_however_an_editor_saved_it(saved):
    meant = read_settings(EVERYTHING, DESKS)
    assert read_settings({name: saved.format(value) for name, value in EVERYTHING.items()}, DESKS) == meant
    unlike = [field.name for field in dataclasses.fields(meant) if getattr(meant, field.name) == field.default]
    assert unlike == ["shared_keys", "demo"], "a setting is missing above"


def test_a_control_character_is_shown_as_one():
    with pytest.raises(SettingsError) as raised:
        read_settings({**GOOD, "PORT": "80\x1b[2J\r00"}, DESKS)
    assert str(raised.value).startswith(r'PORT: "80\x1b[2J\r00" is not a port')


@pytest.mark.parametrize(
    ("host", "bound"),
    [("", "0.0.0.0:8000"), ("127.0.0.1", "127.0.0.1:8000"), ("::", "[::]:8000"), ("[::1]", "[::1]:8000")],
)
def test_the_server_listens_where_it_is_told_to(host, bound):
    assert server_options(read_settings({**GOOD, "HOST": host}, DESKS))["bind"] == bound
    assert server_options(read_settings({"HOST": host}, DESKS, demo=True))["bind"] == "127.0.0.1:8000"

"""What stands in the way of going live is told; what is only worth knowing is a warning."""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from datetime import date
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from click.testing import CliRunner

from ivr.cli.main import group
from ivr.config import read_settings
from ivr.content.loader import read_helpline
from ivr.content.model import Desk
from ivr.numbers import unready_numbers
from ivr.verify.fetch_clips import unfetchable
from ivr.verify.live import content_findings, elsewhere_findings, settings_findings
from ivr.verify.verify import Report, verify
from tests.cast import NUMBERS, ROOT, TOKEN, app, helpline, line_with, loaded, offered, without

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 24)
LIVE = {"PUBLIC_URL": "https://line.example.org", "TWILIO_AUTH_TOKEN": TOKEN, "CALLER_ID": "+81312345678"}
DESKS = {"CINGA_PHONE": "+81312345679", "FRESC_PHONE": "+81312345670"}


def content(desks=None, **about):
    """Findings about the project's content, were it confirmed and its voices accepted but for these fields."""
    good = {
        "confirmed_on": TODAY,
        "holidays_verified_until": date(2027, 12, 31),
        "accepted_voices": tuple(helpline().languages),
    }
    shown = helpline().about.model_copy(update=good | about)
    served = replace(loaded().helpline, about=shown, desks=desks or helpline().desks)
    return content_findings(replace(loaded(), helpline=served, sources=_sources()), TODAY)


@cache
def _sources():
    return read_helpline(ROOT / "prompts")[1]


def about_settings(machines=1, **environ):
    settings = read_settings({**LIVE, **DESKS, **environ}, helpline().desks, helpline().languages)
    return settings_findings(loaded(), settings, machines)


def test_a_confirmed_line_may_go_live():
    assert content().failures == []
    assert about_settings().failures == []


def test_words_without_which_callers_are_not_told_when_a_desk_opens_are_a_warning():
    """And a desk that was closed at 23:59 because a day once had no end."""
    assert not [warning for warning in content().warnings if "desk" in warning]
    written = {"hours": {"every day": "07:15-23:59"}, "hours_by_language": {"vi": {"wednesday 2": "10:00-11:00"}}}
    fresc = Desk.model_validate({**helpline().desks["fresc"].model_dump(), "closed": (), "open": {}, **written})
    found = content(desks={"fresc": fresc}).warnings
    vi, _first, others, minute = sorted(warning for warning in found if "desk" in warning)
    assert re.search(r"\(opening\): 01-08, 01-09, 01-10, 01-12, 01-13, 02-09 and [0-9]+ more in vi$", vi)
    assert "(opening): 07:15, saturday, sunday in ar, bn, " in others
    assert minute == 'the desk "fresc" is closed in the last minute of a day: the end of a day is written 24:00'


def test_extensions_are_a_warning_where_the_carrier_may_not_dial_them():
    desk = {"FRESC_PHONE": "+81312345671;ext=12"}
    told = [about_settings(**desk).warnings, about_settings(CARRIER="signalwire", SIGNING_KEY="x", **desk).warnings]
    assert [any("may not dial extensions" in each for each in warnings) for warnings in told] == [False, True]


def test_a_number_of_a_language_that_is_not_ready_is_a_warning():
    told = about_settings(LINE_LANGUAGES="+81312345671:vi,+81312345672:mn").warnings
    assert {*unready_numbers({"1": "vi", "2": "mn"}, loaded().helpline.ready)} <= {*told}
    (warning,) = unready_numbers({"1": "vi", "2": "mn", "3": "vi"}, ["mn"])
    assert warning == "LINE_LANGUAGES: vi is not ready; its callers are told so, then the list follows"


@pytest.mark.parametrize(
    ("day", "message"),
    [
        (None, "confirmed_on is empty"),
        (date(2026, 11, 25), "confirmed_on is 2026-11-25, a day that has not come yet"),
        (date(2026, 5, 27), "181 days ago; right is at most 180"),
        (date(2026, 5, 28), ""),
    ],
)
def test_the_facts_have_to_be_confirmed_within_180_days(day, message):
    failures = content(confirmed_on=day).failures
    assert [message in failure and "helpline.yaml:" in failure for failure in failures] == [True] * bool(message)


def test_the_last_thirty_days_before_a_confirmation_ends_are_a_warning():
    assert "the facts have to be confirmed again within 30 days" in content(confirmed_on=date(2026, 6, 27)).warnings[0]
    assert "confirmed" not in content(confirmed_on=date(2026, 6, 28)).warnings[0]


@pytest.mark.parametrize(
    ("until", "message"),
    [
        (None, "holidays_verified_until is empty"),
        (date(2027, 1, 22), "up to 2027-01-23 or later"),
        (date(2027, 1, 23), ""),
    ],
)
def test_the_holidays_have_to_be_compared_for_sixty_days_ahead(until, message):
    failures = content(holidays_verified_until=until).failures
    assert [message in failure for failure in failures] == [True] * bool(message)


def test_holidays_that_are_compared_for_less_than_a_year_are_a_warning():
    less, enough = (content(holidays_verified_until=date(2027, 11, day)).warnings for day in (23, 24))
    assert any("verified until 2027-11-23 only" in told for told in less)
    assert not any("verified" in told for told in enough)


def test_a_language_that_a_formant_engine_speaks_has_to_be_accepted_by_its_name():
    others = tuple(set(helpline().languages) - {"ne"})
    assert [failure.splitlines()[0].split(": ")[1] for failure in content(accepted_voices=others).failures] == ["ne"]
    (told,) = content(accepted_voices=()).failures
    assert re.search(r"\d: (.*): spoken by a formant engine", told)[1].split(", ") == ["ne", "si", "fa"]
    assert "ivr audio build --engine gtts (ne, si); ivr audio build --engine azure (fa); people" in told


def with_engines(**engines):
    """The line with other engines for these languages."""
    languages = {
        name: entry.model_copy(update={"engines": engines.get(name, entry.engines)})
        for name, entry in helpline().languages.items()
    }
    about = helpline().about.model_copy(update={"languages": languages})
    return replace(line_with(replace(helpline(), about=about)), sources=_sources())


def test_a_formant_voice_where_the_carrier_has_one_is_told_with_what_to_write():
    """In a demo, which plays it, no less than on a line that a carrier serves."""
    line = with_engines(vi=("gtts", "espeak-ng"))
    for shown in (line, replace(line, catalog=line.built)):
        (told,) = (failure for failure in content_findings(shown, TODAY).failures if "formant engine" in failure)
        assert "vi, ne, si, fa: spoken by a formant engine" in told
        assert "write `say` before it in `engines` (vi); ivr audio build --engine gtts (vi, ne, si);" in told


def test_who_speaks_by_the_carriers_own_voice_is_told_since_it_is_charged():
    (told,) = (warning for warning in content().warnings if "charged" in warning)
    named = told.partition(": ")[2].split(", ")
    assert {"vi", "ko", "ar", "bn", "th", "tl", "id", "ms"} <= {*named}
    assert not {"ja", "en", "ne"} & {*named}


def test_on_another_carrier_each_voice_that_callers_hear_has_to_be_heard_there_first():
    signed = {"CARRIER": "signalwire", "SIGNING_KEY": "PSK_of_the_tests", "TWILIO_AUTH_TOKEN": ""}
    told = [failure for failure in about_settings(**signed).failures if "Twilio's name" in failure]
    assert [failure.partition(":")[0] for failure in told] == ["vi", "tl", "ko", "id", "th", "bn", "ar", "ms"]
    assert "vi: Google.vi-VN-Neural2-A is Twilio's name for a voice, and CARRIER is signalwire" in told[0]
    assert not [failure for failure in about_settings().failures if "Twilio's name" in failure]


def test_drafts_and_languages_that_are_not_offered_are_warnings():
    told = "\n".join(content().warnings)
    assert "not offered, for want of a text or a voice: my, km, mn" in told
    assert "ivr audio build --engine gtts (my, km); ivr audio build --engine azure (mn); people" in told
    assert f"no native speaker has read these texts (status: draft): {', '.join(sorted(offered()))}" in told


@pytest.mark.parametrize(
    ("environ", "message"),
    [
        ({"PUBLIC_URL": "http://127.0.0.1:8000"}, "is this machine only"),
        ({"PUBLIC_URL": "https://10.0.0.7"}, "is known within your own network only, where no carrier can reach it"),
        ({"PUBLIC_URL": "https://line.local"}, "is known within your own network only"),
        ({"CINGA_PHONE": ""}, 'the desk "cinga" has no number: set CINGA_PHONE'),
        ({"FRESC_PHONE": NUMBERS["FRESC_PHONE"]}, "belongs to nobody"),
        ({"CALLER_ID": "+99912345678"}, "CALLER_ID: a number under +999 belongs to nobody"),
    ],
)
def test_settings_that_do_for_a_trial_only_are_told(environ, message):
    (failure,) = about_settings(**environ).failures
    assert message in failure


def test_settings_that_do_not_go_together_well_are_warnings():
    staff = {"CONSOLE_PASSWORD": "correct horse battery staple", "SECRET_KEY": "0123456789abcdef" * 2}
    told = about_settings(FRESC_PHONE=DESKS["CINGA_PHONE"], **staff).warnings
    assert any(warning.startswith("CINGA_PHONE, FRESC_PHONE: the same number") for warning in told)
    assert any(warning.startswith("TRUSTED_PROXIES is 0") for warning in told)
    told = about_settings(TRUSTED_PROXIES="1", **staff).warnings
    assert not any("same number" in warning or "TRUSTED_PROXIES" in warning for warning in told)


def test_a_line_without_a_number_of_its_own_is_a_warning():
    assert any("CALLER_ID is empty" in told for told in about_settings(CALLER_ID="").warnings)
    assert not [told for told in about_settings().warnings if "CALLER_ID" in told]


@pytest.mark.parametrize(("url", "machines", "fails"), [("", 1, 0), ("", 2, 1), ("postgresql://a:b@c/d", 2, 0)])
def test_several_machines_need_a_database_that_they_share(url, machines, fails):
    findings = about_settings(machines, DATABASE_URL=url)
    assert [told.startswith("DATABASE_URL: ") for told in findings.failures] == [True] * fails
    assert [told.startswith("DATABASE_URL: ") for told in findings.warnings] == [True] * (machines == 1)


@pytest.fixture
def elsewhere():
    """A host of clips that has lost one, calls one a text, and does not know a third."""
    line = app(helpline()).test_client()

    class Host(BaseHTTPRequestHandler):
        def do_HEAD(self):
            answer = line.head(self.path)
            status = 500 if "/en/free." in self.path else answer.status_code
            kind = "text/plain" if "/en/coupon." in self.path else answer.content_type
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/audio"
    server.shutdown()
    server.server_close()


def test_each_clip_is_asked_for_where_clips_are_fetched(elsewhere):
    """Of a line that has two languages, since each clip is a request."""
    line = without(*{*helpline().languages} - {"en", "ja"})
    settings = read_settings({**LIVE, **DESKS, "AUDIO_URL": elsewhere}, line.desks)
    failures = elsewhere_findings(line_with(line), settings).failures
    assert len(failures) == 2
    assert any("/en/free." in told and told.endswith("answers 500") for told in failures)
    assert any("/en/coupon." in told and told.endswith("is text/plain, not audio/wav") for told in failures)


def test_a_host_that_is_not_there_is_told():
    assert list(unfetchable(["http://127.0.0.1:9/x.wav"])) == [
        "AUDIO_URL: http://127.0.0.1:9/x.wav cannot be reached (ConnectionError)"
    ]


def test_the_command_tells_what_stands_in_the_way(monkeypatch):
    monkeypatch.setattr("ivr.cli.check.verify", lambda _folder, _changes: Report(replace(loaded(), sources=_sources())))
    monkeypatch.delenv("PUBLIC_URL", raising=False)
    answer = CliRunner().invoke(group, ["--helpline", str(ROOT / "prompts"), "check", "--live"])
    told = str(answer.exception)
    for rule in ("confirmed", "holidays-verified", "formant-voice"):
        assert f"[{rule}]" in told
    for setting in ("PUBLIC_URL", "TWILIO_AUTH_TOKEN"):
        assert f"{setting} is missing" in told
    assert "warning: not offered" in answer.output


def test_the_command_prints_what_it_proved_and_the_times(small):
    report = verify(small)
    answer = CliRunner().invoke(group, ["--helpline", str(small), "check", "--times"])
    assert answer.exit_code == 0
    assert f"no mistakes.\n{report.figures['states']:,} states walked" in answer.output
    assert "languages offered: 1\n" in answer.output
    assert "│ en " in answer.output


def test_the_host_of_the_last_resort_is_asked_where_one_is_set(small):
    def checked(**environ: str) -> str:
        done = CliRunner().invoke(group, ["--helpline", str(small), "check", "--live"], env={**LIVE, **environ})
        return str(done.exception)

    assert "FALLBACK_URL" not in checked()
    assert "https://127.0.0.1:9/index.xml cannot be reached" in checked(FALLBACK_URL="https://127.0.0.1:9/index.xml")


def test_a_line_that_has_still_to_be_opened_in_the_console_can_be_released(small):
    (command,) = re.findall(r"^release: ivr (.*)$", (ROOT / "Procfile").read_text("utf-8"), re.MULTILINE)
    done = CliRunner().invoke(group, ["--helpline", str(small), *command.split()])
    assert (done.exit_code, done.exception) == (0, None)
    assert command.startswith("check")

"""The synthetic caller says nothing about a line that is well, and one clear sentence about each thing that isn't."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask

from ivr.audio.line import line_of, load_line
from ivr.cli.main import group
from ivr.cli.probe import Report, Stopwatch, probe
from ivr.cli.walk import walk
from ivr.content.model import Helpline
from ivr.errors import HelplineError
from ivr.flow.engine import respond
from ivr.simulator import Call, Response, Transport, Unreachable, WsgiTransport
from tests import lines
from tests.cast import BOTH_OPEN, LINE, NONE_OPEN, NUMBERS, ROOT, TOKEN, TOKYO, URL, app, changed, helpline, offered
from tests.lines import town
from tests.served import IVR, Server, environment

FEW = ("en", "ne", "tl")  # Tagalog is spoken by a voice of Twilio's
SLOW = 5.0


class Network:
    """The line by WSGI; `breaking` changes what comes back from an address. Keeps what was sent."""

    def __init__(
        self, line: Flask, breaking: Callable[[str, Response], Response] = lambda _url, answer: answer
    ) -> None:
        self.through, self.breaking = WsgiTransport(line), breaking
        self.sent: list[tuple[str, str, str]] = []

    def send(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None) -> Response:
        self.sent.append((method, url, (body or b"").decode()))
        return self.breaking(url, self.through.send(method, url, headers, body))


def probed(
    network: Transport, languages: Iterable[str] = FEW, *, at: str = BOTH_OPEN, token: str = TOKEN, **watch: Any
) -> Report:
    asked = replace(helpline(), ready=frozenset(languages))
    moment = datetime.fromisoformat(at).replace(tzinfo=TOKYO)
    return probe(
        asked,
        URL,
        lambda through: Call(through, URL, token=token, to=LINE, at=moment),
        Stopwatch(network, **watch),
        SLOW,
    )


def problems(line: Flask, part: str, broken: Response) -> tuple[str, ...]:
    """Of a line that answers so wherever the address has this part."""
    return probed(Network(line, lambda url, answer: broken if part in url else answer)).problems


@pytest.fixture(scope="module")
def line() -> Flask:
    return app(helpline())


def answer(verbs: str = "", status: int = 200) -> Response:
    return Response(status, {"content-type": "text/xml"}, f"<Response>{verbs}</Response>".encode())


@pytest.mark.parametrize("at", [BOTH_OPEN, NONE_OPEN])
def test_a_line_that_is_well_gets_one_line_about_all_its_languages(line, at):
    network = Network(line)
    report = probed(network, offered(), at=at)
    assert report.problems == ()
    assert f"Languages walked: {len(offered())}, answers: {len(network.sent)}" in report.summary


def test_it_presses_every_code_and_no_key_that_connects_and_is_known_as_no_caller(line):
    network = Network(line)
    probed(network, offered())
    forms = [form for method, _, form in network.sent if method == "POST"]
    pressed = {form.partition("Digits=")[2].partition("&")[0] for form in forms} - {""}
    codes = {helpline().languages[name].code for name in offered()}
    assert pressed == codes | {"%23", "%2A", "0"}
    assert all(f"AccountSid=AC{'0' * 32}" in form for form in forms)


def test_a_sound_that_may_be_kept_is_fetched_once_for_all_calls(line):
    network = Network(line)
    probed(network)
    sounds = [url for method, url, _ in network.sent if method == "GET" and "/audio/" in url]
    assert len(sounds) == len(set(sounds)) > 40


def test_a_wrong_token_is_told_once_for_all(line):
    (problem,) = probed(Network(line), token="another").problems
    assert problem.startswith(f"every language: {URL} refuses the signature: is the token its TWILIO_AUTH_TOKEN")


@pytest.fixture
def losing(tmp_path: Path) -> Helpline:
    """A helpline whose clips can be lost: its sounds are links."""
    for source in helpline().audio_dir.iterdir():
        if source.name != "ne":
            (tmp_path / source.name).symlink_to(source)
    (tmp_path / "ne").mkdir()
    for source in (helpline().audio_dir / "ne").iterdir():
        (tmp_path / "ne" / source.name).symlink_to(source)
    return replace(helpline(), audio_dir=tmp_path)


def test_a_lost_clip_is_noticed_although_another_is_heard_in_its_place(losing):
    served = app(losing)
    for lost in (losing.audio_dir / "ne").glob("eligible*"):
        lost.unlink()
    (problem,) = probed(Network(served)).problems
    assert problem.startswith("ne: http://127.0.0.1:8000/audio/ne/eligible.")
    assert problem.endswith(" is not the clip that its address names: that one is lost, or of another version")


def test_a_sound_that_is_not_there_is_told_with_its_address(line):
    (problem,) = problems(line, "/audio/ne/free.", Response(404, {}, b""))
    assert problem.startswith("ne: http://127.0.0.1:8000/audio/ne/free.")
    assert problem.endswith("the sound answered HTTP 404 [Twilio 11200]")


def test_an_answer_of_500_is_told_with_its_address_and_the_other_languages_are_walked_on(line):
    (problem,) = problems(line, "/voice/ne/main/keys", answer(status=500))
    assert problem == "ne: http://127.0.0.1:8000/voice/ne/main/keys: answered HTTP 500 [Twilio 11200]"


def test_an_error_behind_an_apology_is_told(line, monkeypatch):
    def failing(line: Helpline, place: Any, event: Any, situation: Any) -> Any:
        if place.language == "ne" and event.digits == "#":
            raise ZeroDivisionError
        return respond(line, place, event, situation)

    monkeypatch.setattr("ivr.webhooks.routes.respond", failing)
    assert "ne: the line apologised (ne/apology); its log says why" in probed(Network(line)).problems


def test_a_language_that_answers_in_another_one_is_told_with_what_was_heard():
    languages = dict(helpline().languages)
    vi, tl = languages["vi"], languages["tl"]
    languages |= {name: now.model_copy(update={"code": code}) for name, now, code in _swapped(vi, tl)}
    found = probed(Network(app(changed(languages=languages))), ("en", "vi", "tl")).problems
    assert "vi: after 04 what should be heard is not: vi/coupon, vi/eligible, vi/free and 1 more" in found
    assert any(problem.startswith("vi: after 04 another language is heard: tl/language.name, tl/") for problem in found)
    assert any(problem.startswith("tl: after 05 another language is heard: vi/language.name, vi/") for problem in found)
    assert not any(problem.startswith("en") for problem in found)


def _swapped(vi: Any, tl: Any) -> tuple[tuple[str, Any, str], ...]:
    return ("vi", vi, tl.code), ("tl", tl, vi.code)


def test_essentials_that_the_line_does_not_say_are_told():
    found = probed(Network(app(changed(withdrawn=("F4",)))), ["ne"]).problems
    assert "ne: after 08 what should be heard is not: ne/free" in found
    assert "ne: after # what should be heard is not: ne/free" in found


def test_a_language_that_is_not_offered_any_more_is_told():
    assert probed(Network(app(helpline())), ["my"]).problems[0] == (
        "my: after 10 what should be heard is not: my/coupon, my/eligible, my/free and 1 more"
    )


DIAL = '<Dial action="/voice">+999332220001</Dial>'
WAIT = '<Gather numDigits="1" action="/voice/ne/main/keys"/>'


@pytest.mark.parametrize(
    ("part", "verbs", "told"),
    [
        ("/ne/main/keys", DIAL, "ne: after # the line waits for no key: a desk rings, and nobody asked for it"),
        ("/ne/main/keys", "<Hangup/>", "ne: after # the line waits for no key: hangup"),
        ("/ne/main/keys", WAIT, "ne: after # nothing is heard"),
        ("/ne/person/silence", "<Hangup/>", "ne: silence leads to no goodbye: hangup after ne/key.back"),
        ("/voice", WAIT, "every language: at first the list of languages is not heard, but nothing"),
    ],
)
def test_what_a_caller_would_not_understand_is_told(line, part, verbs, told):
    assert told in problems(line, part, answer(verbs))


def test_silence_without_an_end_is_given_up(line):
    again = '<Gather numDigits="1" action="/voice"/><Redirect>/voice/ne/person/silence</Redirect>'
    (problem,) = problems(line, "/ne/person/silence", answer(again))
    assert problem == "ne: silence leads to no goodbye: the call goes on after ne/key.back"


def test_a_slow_answer_is_told_with_its_time_and_address(line):
    now = [0.0]

    def slowly(url: str, come: Response) -> Response:
        now[0] += 7.3 if "/voice/ne/main/keys" in url else 0.01
        return come

    found = probed(Network(line, slowly), clock=lambda: now[0]).problems
    (problem,) = found
    assert problem.startswith("slower than 5 s: 3 of ")
    assert problem.endswith("at worst 7.3 s: http://127.0.0.1:8000/voice/ne/main/keys")


def test_health_and_readiness_are_asked(line):
    assert problems(line, "/health", answer(status=503)) == ("http://127.0.0.1:8000/health answers HTTP 503",)
    unready = Response(200, {}, b"ok\ndatabase not reachable\n")
    assert problems(line, "/ready", unready) == ("http://127.0.0.1:8000/ready says: database not reachable",)


def test_a_line_that_nobody_can_reach_is_told_once():
    class Nobody:
        def send(self, *_asked: object) -> Response:
            raise Unreachable(11205, "nothing answers")

    assert probed(Nobody()).problems == (f"{URL}: nothing answers",)


def test_an_address_that_is_no_lines_is_refused_with_what_would_be_right():
    with pytest.raises(
        HelplineError, match=r"/console is not the address of a line; right would be https://host/voice"
    ):
        probe(helpline(), "https://line.example/console", Call, Stopwatch(WsgiTransport(app(helpline()))), SLOW)


def test_the_languages_are_those_that_a_line_served_from_this_folder_offers():
    assert load_line(ROOT / "prompts").helpline.ready == set(offered())


def test_it_goes_its_own_way():
    done = CliRunner().invoke(group, ["call", "--probe", "--keys", "02"])
    assert done.exit_code == 2
    assert "leave out --keys" in done.output


def test_a_real_server_is_probed_from_cron():
    with Server("--demo", **NUMBERS) as server:
        well = _from_cron(server.until_ready(), "--slow", "60")
    gone = _from_cron(server)
    assert (well.returncode, well.stderr, well.stdout.count("\n")) == (0, "", 1)
    assert f"{server.url}/voice is well. Languages walked: {len(offered())}" in well.stdout
    assert (gone.returncode, gone.stdout.count("\n")) == (1, 1)
    assert "nothing answers" in gone.stdout


def _from_cron(server: Server, *options: str) -> subprocess.CompletedProcess[str]:
    command = [*IVR, "call", "--probe", f"{server.url}/voice", *options]
    env = environment(TWILIO_AUTH_TOKEN="demo")
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)


def test_a_line_of_one_language_is_walked_without_a_list():
    noon = datetime.fromisoformat("2026-11-10 12:00").replace(tzinfo=town().about.time_zone)
    call = Call(WsgiTransport(app(town(), {"OFFICE_PHONE": lines.OFFICE})), URL, token=TOKEN, to=LINE, at=noon)
    assert list(walk(line_of(town()).helpline, "en", call)) == []
    assert (call.ended_by, call.dialled) == ("hangup", [])

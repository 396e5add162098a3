"""What the sounds of a call cost: bytes, what a cache spares, and what a content network takes over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from statistics import median

from flask import Flask

from ivr.app import create_app
from ivr.audio.line import line_of
from ivr.config import read_settings
from ivr.content.loader import load_helpline
from ivr.content.model import Helpline
from ivr.simulator import Call, Response, WsgiTransport
from tests.bench.row import Row, Size
from tests.bench.webhooks import ROOT, TOKEN
from tests.cast import with_clips
from tests.database.line import do

KEYS = "1 1 1 gone"  # after the language's code: the essentials, two menus, an answer
CDN = "https://sounds.example/audio"
URL = "http://127.0.0.1:8000/voice"


@dataclass(frozen=True)
class Fetched:
    """One answer: who was asked for what, and how many bytes came."""

    method: str
    url: str
    status: int
    size: int


@dataclass
class Caching:
    """A carrier that keeps sounds with their tags, and asks again each time whether they have changed."""

    to: WsgiTransport
    kept: dict[str, Response] = field(default_factory=dict)
    fetched: list[Fetched] = field(default_factory=list)

    def send(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None) -> Response:
        known = self.kept.get(url)
        asked = {**headers, "If-None-Match": known.headers["etag"]} if known else headers
        answer = self.to.send(method, url, asked, body)
        self.fetched.append(Fetched(method, url, answer.status, len(answer.body)))
        if known and answer.status == 304:
            return known
        if method == "GET" and "etag" in answer.headers:
            self.kept[url] = answer
        return answer


def rows(size: Size) -> Iterator[Row]:
    """A call in each language that has all its clips, and the same once more."""
    helpline = load_helpline(ROOT / "prompts")
    codes = {name: helpline.languages[name].code for name in with_clips()[: size.voices]}
    app, cache = WsgiTransport(_app(helpline, "")), Caching(WsgiTransport(_app(helpline, "")))
    first = {name: _call(Caching(app), code) for name, code in codes.items()}
    yield Row("Bytes of a whole call, documents and sounds", _spread(first))
    for code in codes.values():
        _call(cache, code)
    again = [each for code in codes.values() for each in _call(cache, code) if each.method == "GET"]
    spared = sum(each.status == 304 for each in again)
    yield Row("Sounds of a second call answered by 304", f"{spared} of {len(again)} ({spared / len(again):.0%})")
    elsewhere = WsgiTransport(_app(helpline, CDN))
    fetched = [each for code in codes.values() for each in _call(Caching(elsewhere), code)]
    yield Row("Served by a content network, with AUDIO_URL", _share(fetched))


def _app(helpline: Helpline, audio_url: str) -> Flask:
    settings = read_settings({"TWILIO_AUTH_TOKEN": TOKEN}, helpline.desks, demo=True)
    return create_app(line_of(helpline), replace(settings, audio_url=audio_url) if audio_url else settings)


def _call(transport: Caching, code: str) -> list[Fetched]:
    before = len(transport.fetched)
    call = Call(transport, URL, token=TOKEN).start()
    for action in (code, *KEYS.split()):
        if call.state == "waiting":
            do(call, action)
    return transport.fetched[before:]


def _spread(calls: Mapping[str, list[Fetched]]) -> str:
    cost = {name: sum(each.size for each in fetched) / 1000 for name, fetched in calls.items()}
    least, most = min(cost, key=cost.__getitem__), max(cost, key=cost.__getitem__)
    middle = f"median {median(cost.values()):.0f} kB"
    return f"{cost[least]:.0f} kB ({least}) to {cost[most]:.0f} kB ({most}), {middle}, {len(cost)} languages"


def _share(fetched: list[Fetched]) -> str:
    theirs = [each for each in fetched if each.url.startswith(CDN)]
    size = sum(each.size for each in theirs) / sum(each.size for each in fetched)
    return f"{len(theirs) / len(fetched):.0%} of the requests, {size:.1%} of the bytes"

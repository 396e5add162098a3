"""The way from the telephone page into the line itself: within the process, by its public addresses."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ivr.config import OWN_CALL, Settings
from ivr.simulator import Response, Unreachable, WsgiTransport
from ivr.simulator.transport import BAD_ADDRESS, WsgiApp

SOUNDS = "/audio"


@dataclass(frozen=True)
class OwnLine:
    """A transport that reaches only this app, under PUBLIC_URL and AUDIO_URL."""

    app: WsgiApp
    settings: Settings

    def send(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None) -> Response:
        return WsgiTransport(self._answer).send(method, f"http://line{self.path(url)}", headers, body)

    def path(self, url: str) -> str:
        """The path at which this app serves a public address."""
        for outside, inside in ((self.settings.audio_url, SOUNDS), (self.settings.public_url, "")):
            if url.startswith(f"{outside}/"):
                return inside + url.removeprefix(outside)
        raise Unreachable(BAD_ADDRESS, f"{url} is not an address of this line")

    def _answer(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        return self.app({**environ, OWN_CALL: True}, start_response)

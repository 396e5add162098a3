"""Engines by the names that a helpline lists."""

from collections.abc import Callable

from ivr.audio.engines.azure import Azure
from ivr.audio.engines.engine import Engine, UnavailableError
from ivr.audio.engines.espeak_ng import EspeakNg
from ivr.audio.engines.gtts import GTTS
from ivr.audio.engines.kokoro import Kokoro
from ivr.audio.engines.open_jtalk import OpenJTalk
from ivr.audio.engines.rhvoice import RHVoice

ENGINES: dict[str, Callable[[float], Engine]] = {
    "gtts": GTTS,
    "azure": Azure,
    "kokoro": Kokoro,
    "rhvoice": RHVoice,
    "open-jtalk": OpenJTalk,
    "espeak-ng": EspeakNg,
}


def engine_named(name: str, rate: float = 1.0) -> Engine:
    """An engine that speaks at `rate` times its telephone rate; UnavailableError if none has this name."""
    if name not in ENGINES:
        raise UnavailableError(f"There is no engine {name!r} here; there are {', '.join(sorted(ENGINES))}.")
    return ENGINES[name](rate)

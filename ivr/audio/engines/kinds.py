"""What kind of voice an engine has in a language: how well callers can follow it, apart from what it says."""

from enum import StrEnum


class Kind(StrEnum):
    """Kinds of voices, best first; callers can hardly follow the last."""

    PERSON = "a person"
    NEURAL = "neural"
    STATISTICAL = "statistical"  # trained on a native speaker: machine-like and clear
    ACCENT = "neural, foreign accent"  # a voice of another language, given this one's phonemes
    CARRIER = "the carrier's"
    FORMANT = "formant"


_KINDS = {
    "recording": Kind.PERSON,
    "gtts": Kind.NEURAL,
    "azure": Kind.NEURAL,
    "kokoro": Kind.NEURAL,
    "rhvoice": Kind.STATISTICAL,
    "open-jtalk": Kind.STATISTICAL,
    "say": Kind.CARRIER,
    "espeak-ng": Kind.FORMANT,
}
_BORROWED = {("kokoro", "id"), ("kokoro", "ms"), ("kokoro", "tl")}  # by a Spanish voice


def kind(engine: str, language: str) -> Kind:
    """The kind of an engine's voice in a language; FORMANT, the least, for an engine that isn't known."""
    return Kind.ACCENT if (engine, language) in _BORROWED else _KINDS.get(engine, Kind.FORMANT)

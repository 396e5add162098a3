"""A sentence of a text as a form shows it: read, compared, and put together again."""

from collections.abc import Mapping
from dataclasses import dataclass
from unicodedata import normalize

from ivr.content.changes import Value, fingerprint

PARTS = ("text", "gloss", "spoken")


@dataclass(frozen=True)
class Sentence:
    """The words of a sentence, a line for each of those that it is said as; its meaning in English; and what an engine
    reads instead, if that differs. `others` is what its file says about it besides.
    """

    text: tuple[str, ...] = ()
    gloss: str = ""
    spoken: tuple[str, ...] = ()
    others: tuple[tuple[str, Value], ...] = ()

    @property
    def mark(self) -> str:
        """The same for all ways of writing the same sentence in YAML."""
        return fingerprint([self.text, self.gloss, self.spoken, self.others])

    @property
    def value(self) -> Value:
        """As it is written in YAML, in the shortest way."""
        others = {"gloss": self.gloss, "spoken": _shortest(self.spoken), **dict(self.others)}
        kept = {key: inner for key, inner in others.items() if inner}
        return {"text": _shortest(self.text), **kept} if kept else _shortest(self.text)


def sentence_of(value: Value) -> Sentence:
    """As its file says it; an empty one for None."""
    if not isinstance(value, Mapping):
        return Sentence(_texts(value))
    others = tuple((str(key), inner) for key, inner in sorted(value.items()) if key not in PARTS)
    return Sentence(_texts(value.get("text")), str(value.get("gloss") or ""), _texts(value.get("spoken")), others)


def typed_sentence(form: Mapping[str, str], name: str, now: Sentence) -> Sentence:
    """As it was typed. Spaces at the ends of lines and empty lines count for nothing, and a part that the
    form doesn't have stays.
    """
    text, gloss, spoken = (_typed_lines(form[f"{part}.{name}"]) if f"{part}.{name}" in form else None for part in PARTS)
    return Sentence(
        text or (),
        now.gloss if gloss is None else " ".join(gloss),
        now.spoken if spoken is None else spoken,
        now.others,
    )


def forgotten(typed: Sentence, now: Sentence, *, same_meaning: bool) -> dict[str, str]:
    """What would no longer be true beside the new text: by field, the word for what is asked."""
    if typed.text == now.text:
        return {}
    found = {}
    if not typed.text:
        found["text"] = "correct_empty"
    if now.gloss and typed.gloss == now.gloss and not same_meaning:
        found["gloss"] = "correct_gloss_old"
    if now.spoken and typed.spoken == now.spoken:
        found["spoken"] = "correct_spoken_old"
    return found


def _shortest(texts: tuple[str, ...]) -> Value:
    return texts[0] if len(texts) == 1 else list(texts)


def _texts(value: Value) -> tuple[str, ...]:
    if isinstance(value, list | tuple):
        return tuple(map(str, value))
    return (str(value),) if value else ()


def _typed_lines(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (line.strip() for line in normalize("NFC", text).splitlines())))

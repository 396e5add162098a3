"""The content under test: what is spoken as shipped, and once the operator has filled everything in."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import yaml

from ivr.content.loader import load_helpline
from ivr.content.model import Helpline
from tests.cast import helpline as shipped

PROMPTS = Path(__file__).parents[2] / "prompts"

RULES = {
    path.stem: yaml.safe_load(path.read_text("utf-8")) for path in Path(__file__).with_name("rules").glob("*.yaml")
}
SLOTS = ("notice", "booking_website", "associations_website", "confirmed_on")


@cache
def filled() -> Helpline:
    """The helpline with nothing withdrawn and every slot of `fill` filled in: all its prompts are spoken."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copytree(PROMPTS, Path(folder) / "prompts"))
        withdraw_nothing(copy)
        fill_in(copy, SLOTS)
        return load_helpline(copy)


def withdraw_nothing(folder: Path) -> None:
    about = (folder / "helpline.yaml").read_text("utf-8")
    (folder / "helpline.yaml").write_text(re.sub(r"(?m)^withdrawn:.*\n(?: .*\n)*", "withdrawn: []\n", about), "utf-8")


def fill_in(folder: Path, slots: Iterable[str]) -> None:
    """Writes into a copy of the content, for every language, what an operator might."""
    about = (folder / "helpline.yaml").read_text("utf-8")
    for slot in slots:
        words = json.dumps({language: rules["filled"][slot] for language, rules in RULES.items()}, ensure_ascii=False)
        about = re.sub(rf"(?m)^  {slot}:.*\n(?:   .*\n)*", f"  {slot}: {words}\n", about)
    (folder / "helpline.yaml").write_text(about, "utf-8")


def languages() -> list[str]:
    return list(shipped().texts)


def sentences(language: str) -> list[str]:
    """Every different sentence that an engine may be given, in the order of the prompts; without the lone digits."""
    lines = filled().clip_texts[language].values()
    return list(dict.fromkeys(s for line in lines if not line.prompt.startswith("digit.") for s in line.sentences))


def written(language: str) -> Iterator[tuple[str, str]]:
    """(where, words) of all that translators write to be heard or read, with its braces; no glosses."""
    text = filled().texts[language]
    for name, prompt in text.prompts.items():
        for key, sentence in prompt.items():
            for words in (*sentence.text, *sentence.spoken):
                yield f"{name}.{key}", words
    for part in ("title", "call", "press"):
        yield f"card.{part}", getattr(text.card, part).text
    for key, word in text.keys.items():
        yield f"keys.{key}", word
    for key, name in text.language_names.items():
        yield f"language_names.{key}", name


def facts_of(prompt: str) -> set[str]:
    return {fact for facts in shipped().prompts[prompt].sentences.values() for fact in facts}

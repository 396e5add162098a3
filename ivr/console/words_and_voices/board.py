"""The board: how each prompt is spoken in each language."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ivr.audio.clip_status import MARKS, ClipStatus
from ivr.console.prompt_texts import PromptTexts
from ivr.content.composing import DIGIT, prompt_of
from ivr.content.unspoken import unspoken

# What the form can ask for: a state, or recordings of an older text.
OUTDATED = "outdated"
CHOICES = (*MARKS, OUTDATED, "withdrawn", "unfilled")
# Texts that are not prompts, as DIGIT's aren't: their words are under `opening`, those of digits under `keys`.
OPENINGS = "opens"


@dataclass(frozen=True)
class Cell:
    """A prompt in a language. `state` is the mark of its worst clip, which `engine` speaks, or why nothing is said
    (withdrawn, unfilled, other-languages, no-text, no-words). `outdated`: has old recordings.
    """

    state: str
    engine: str = ""
    outdated: bool = False
    lines: int = 0

    def fits(self, choice: str) -> bool:
        return choice in ("", self.state) or (choice == OUTDATED and self.outdated)


@dataclass(frozen=True)
class Row:
    prompt: str
    is_prompt: bool
    cells: Mapping[str, Cell]

    def fitting(self, choice: str) -> list[str]:
        """The languages whose cell is in a state of the form."""
        return [language for language, cell in self.cells.items() if cell.fits(choice)]


def board(texts: PromptTexts) -> tuple[Row, ...]:
    """Every prompt in the order of prompts.yaml, then digits and opening times."""
    found = {language: _by_prompt(texts, language) for language in texts.helpline.spoken}
    names = (*texts.helpline.prompts, DIGIT, OPENINGS)
    return tuple(
        Row(
            name,
            name in texts.helpline.prompts,
            {language: _cell(texts, language, name, found[language].get(name, [])) for language in found},
        )
        for name in names
    )


def chosen(rows: Iterable[Row], language: str, choice: str) -> Iterator[Row]:
    """The rows with a cell in the chosen state, in any language or in one; without a choice, all that it needs."""
    for row in rows:
        cells = [row.cells[language]] if language else row.cells.values()
        if any(cell.fits(choice) and cell.state != "other-languages" for cell in cells):
            yield row


def amounts(rows: Iterable[Row], language: str) -> Counter[str]:
    """How many cells are in each state of the form."""
    cells = [cell for row in rows for name, cell in row.cells.items() if language in ("", name)]
    return Counter({choice: sum(cell.fits(choice) for cell in cells) for choice in CHOICES})


def _by_prompt(texts: PromptTexts, language: str) -> dict[str, list[ClipStatus]]:
    found: dict[str, list[ClipStatus]] = defaultdict(list)
    for clip in texts.clip_texts.get(language, {}):
        if clip_status := texts.said(language, clip).clip_status:
            found[prompt_of(texts.helpline, clip) or clip.partition(".")[0]].append(clip_status)
    return found


def _cell(texts: PromptTexts, language: str, prompt: str, found: list[ClipStatus]) -> Cell:
    if not found:
        return Cell(_why(texts, language, prompt))
    worst = max(found, key=lambda clip_status: MARKS.index(clip_status.mark))
    return Cell(worst.mark, worst.engine, any(each.outdated for each in found), len(found))


def _why(texts: PromptTexts, language: str, prompt: str) -> str:
    if prompt in texts.helpline.prompts:
        gap = unspoken(texts.helpline, language, prompt)
        return gap.why if gap else "no-words"
    return "no-words" if language in texts.helpline.texts else "no-text"

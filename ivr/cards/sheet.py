"""Cards on paper: rendered for the line's own page, and as one file that needs nothing else."""

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from ivr.cards.cards import Card
from ivr.cards.fitting import fit
from ivr.web.fonts import embedded, faces_for, font_css
from ivr.web.words import words_in

# How many cards of a size a sheet of A4 takes.
SIZES = {"a4": 1, "wallet": 10}
STYLES = Path(__file__).parent / "static" / "cards.css"

_templates = Environment(loader=PackageLoader("ivr.cards"), autoescape=True, trim_blocks=True, lstrip_blocks=True)


def page(cards: Sequence[Card], size: str, links: Sequence[Card], ui: str) -> str:
    """The line's own page, in the language `ui`, with links to sizes and languages; its styles are separate files."""
    return _render(cards, size, ui, links=links, styles=None)


def file(cards: Sequence[Card], size: str) -> str:
    """Cards as one file, with styles and fonts inside."""
    styles = font_css(faces_for(_letters(cards)), embedded) + STYLES.read_text(encoding="utf-8")
    return _render(cards, size, "en", links=(), styles=Markup(styles))  # noqa: S704 - the project's own files


def _render(cards: Sequence[Card], size: str, ui: str, **rest: object) -> str:
    only = cards[0].language if len(cards) == 1 else ""
    template = _templates.get_template("cards.html")
    sheets, words = _sheets(cards, SIZES[size]), words_in(ui)
    return template.render(sheets=sheets, size=size, only=only, fit=fit, ui=ui, words=words, **rest)


def _sheets(cards: Sequence[Card], room: int) -> list[Sequence[Card]]:
    """The cards by sheets; a card that is alone fills its sheet."""
    if len(cards) == 1:
        return [list(cards) * room]
    return [cards[start : start + room] for start in range(0, len(cards), room)]


def _letters(cards: Sequence[Card]) -> dict[str, str]:
    """The printed texts, by the language whose font they use."""
    letters = {"en": "".join(f"SAMPLE {card.number.at_home} {card.number.abroad} {card.code}" for card in cards)}
    for card in cards:
        for side in filter(None, (card.own, card.desk)):
            letters[side.language] = letters.get(side.language, "") + side.letters
    return letters

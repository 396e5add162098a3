"""A card for each language that is offered: the line's number, the language's code, and both in one QR code; or the
number that is this language's own, which needs no code.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import segno
from markupsafe import Markup

from ivr.cards.numbers import Number, line_number
from ivr.content.model import Helpline
from ivr.content.words import CardWords
from ivr.errors import HelplineError
from ivr.numbers import NOBODYS

# Each comma is a pause of two seconds in diallers that keep it; the line takes codes from its first second.
PAUSES = ",,"
# Modules around the code that stay white (ISO/IEC 18004).
QUIET_ZONE = 4


@dataclass(frozen=True)
class Side:
    """A card's words in one language; `name` is that of the card's language, `words` may be missing."""

    language: str
    direction: str
    name: str
    words: CardWords | None

    @property
    def printed(self) -> tuple[str, ...]:
        """The card's words, from top to bottom."""
        words = (self.words.title, self.words.call, self.words.press) if self.words else ()
        return tuple(each.text for each in words if each)

    @property
    def letters(self) -> str:
        """Everything that is printed in this language."""
        return "".join((self.name, *self.printed))


@dataclass(frozen=True)
class Card:
    """What is printed for a language: in its own words, and in the desk's where these are others; no code where the
    number is the language's own.
    """

    language: str
    code: str
    number: Number
    own: Side
    desk: Side | None
    address: str
    picture: Markup

    @property
    def is_sample(self) -> bool:
        """The number is nobody's, so that the card can't be used."""
        return self.number.e164.startswith(NOBODYS)


def cards(
    helpline: Helpline, number: str, languages: Iterable[str] = (), line_languages: Mapping[str, str] | None = None
) -> list[Card]:
    """Cards for these languages, or for all that are offered, in the order of the list; HelplineError for any other.

    `line_languages` are numbers that have chosen a language; a language's first stands on its card.
    """
    offered = [language for language in helpline.languages if language in helpline.ready]
    for language in languages:
        if language not in offered:
            raise HelplineError(
                f'"{language}" has no card: callers are offered {", ".join(offered)} ("ivr languages" tells why)'
            )
    wanted = list(languages) or offered
    own = {language: each for each, language in reversed([*(line_languages or {}).items()])}
    return [_card(helpline, number, own.get(language, ""), language) for language in offered if language in wanted]


def _card(helpline: Helpline, number: str, own_number: str, language: str) -> Card:
    about, e164 = helpline.about, own_number or number
    code = "" if own_number else helpline.languages[language].code
    address = dialled(e164, code)
    return Card(
        language=language,
        code=code,
        number=line_number(e164, about.country_code, about.trunk_prefix),
        own=_own(helpline, language),
        desk=_desk(helpline, language),
        address=address,
        picture=picture(address),
    )


def dialled(e164: str, code: str) -> str:
    """Dials, and chooses where there is a code.

    RFC 3966 has no pauses, but diallers take the commas, unescaped as RFC 3986 allows.
    """
    return f"tel:{e164}{PAUSES}{code}" if code else f"tel:{e164}"


def picture(address: str) -> Markup:
    """The address as a QR code: inline SVG, without styles, white to the end of its quiet zone."""
    code = segno.make_qr(address, error="m")
    return Markup(code.svg_inline(border=QUIET_ZONE, light="#fff", omitsize=True, svgclass="qr", lineclass=None))  # noqa: S704


def _own(helpline: Helpline, language: str) -> Side:
    text = helpline.texts[language]
    return Side(language, text.direction, (text.card and text.card.name) or text.name, text.card)


def _desk(helpline: Helpline, language: str) -> Side | None:
    """None on the card of the desk's own language, or if there is no desk."""
    desk_language = helpline.about.desk_language
    if language == desk_language or not desk_language:
        return None
    text = helpline.texts[desk_language]
    return Side(desk_language, text.direction, text.language_names[language], text.card)

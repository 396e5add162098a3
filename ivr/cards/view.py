"""`/cards`: the line's cards, to print. Open to everybody, since they are handed out anyway."""

from functools import cache, partial

from flask import Blueprint, Response, request

from ivr.cards import sheet
from ivr.cards.cards import cards
from ivr.config import Settings
from ivr.content.model import Helpline
from ivr.errors import HelplineError
from ivr.web.files import page_files
from ivr.web.fonts import FACES, font_css
from ivr.web.root import sentences
from ivr.web.words import browser_language

MINUTES = 5 * 60
# The page loads its own styles, fonts and pictures, and nothing from elsewhere.
POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def card_pages(helpline: Helpline, settings: Settings) -> Blueprint:
    """The page for `helpline` as served: there are cards for the languages in its `ready`."""
    pages = page_files("cards", __name__)
    rules = font_css(FACES, lambda face: f"../static/fonts/{face.path.name}")

    in_words = sentences(helpline, settings)
    no_card = sentences(helpline, settings, [("/cards", "root_cards")])

    @cache
    def rendered(size: str, language: str, ui: str) -> str:
        """Once for each sheet that there is: a third of a second of work, which anybody may ask for."""
        all_cards = partial(cards, helpline, settings.line_number, line_languages=settings.line_languages)
        return sheet.page(all_cards([language] if language else []), size, all_cards(), ui)

    @pages.get("/cards")
    def sheets() -> Response:
        """`size` is a4 or wallet, `language` one of those offered; without it all of them."""
        size, language = request.args.get("size", "a4"), request.args.get("language", "")
        if not settings.line_number:
            return in_words("cards_missing", 404)
        if size not in sheet.SIZES:
            return no_card("cards_no_size", 404)
        try:
            html = rendered(size, language, browser_language())
        except HelplineError:
            return no_card("cards_no_language", 404)
        response = Response(html, mimetype="text/html", headers={"Content-Security-Policy": POLICY})
        response.vary.add("Accept-Language")
        return _kept(response)

    @pages.get("/cards/fonts.css")
    def fonts() -> Response:
        return _kept(Response(rules, mimetype="text/css"))

    return pages


def _kept(response: Response) -> Response:
    response.cache_control.public = True
    response.cache_control.max_age = MINUTES
    return response

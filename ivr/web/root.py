"""Pages for everybody: `/`, addresses that don't exist, and what a stranger is told in a sentence."""

from collections.abc import Callable, Sequence
from functools import cache

from flask import Blueprint, Response, render_template, request
from werkzeug.exceptions import NotFound

from ivr.config import Settings
from ivr.content.model import Helpline
from ivr.web.files import icon
from ivr.web.guard import harden
from ivr.web.words import browser_language, words_in

# What Twilio asks for; it reads no pages.
OF_CALLS = ("/voice", "/audio")
ROBOTS = "User-agent: *\nDisallow: /\n"


def root_pages(helpline: Helpline, settings: Settings, *, has_console: bool) -> Blueprint:
    """Lines without a console have their page for wrong addresses from here, too."""
    pages = Blueprint("root", __name__)
    pages.after_request(harden)
    links = [("/cards", "root_cards")] if settings.line_number else []
    links += [("/console/", "root_staff")] if has_console else []
    page = sentences(helpline, settings, links)

    @pages.app_errorhandler(404)
    def missing(error: NotFound) -> Response | NotFound:
        return error if request.path.startswith(OF_CALLS) else page("no_page", 404)

    # The console's own handler comes before this one, and leaves to it what isn't for staff.
    pages.record_once(lambda state: state.app.extensions.update(no_page=missing))
    if not settings.demo:
        pages.add_url_rule("/", "line", lambda: page("root_line", 200))
    # Browsers ask for it by themselves where no page names one.
    pages.add_url_rule("/favicon.ico", "icon", icon)

    @pages.get("/robots.txt")
    def robots() -> Response:
        """Nothing here is worth being found."""
        return Response(ROBOTS, mimetype="text/plain")

    return pages


def sentences(
    helpline: Helpline, settings: Settings, links: Sequence[tuple[str, str]] = ()
) -> Callable[[str, int], Response]:
    """A page that says one sentence of the catalogues in the browser's language; rendered once, so that it is cheap.

    `links` are paths and the names of their words.
    """

    @cache
    def rendered(told: str, language: str) -> str:
        base, name, words = settings.public_path, helpline.about.name, words_in(language)
        return render_template("root.html", ui=language, words=words, name=name, told=told, base=base, links=links)

    def page(told: str, status: int) -> Response:
        response = Response(rendered(told, browser_language()), status, mimetype="text/html")
        response.vary.add("Accept-Language")
        return harden(response)

    return page

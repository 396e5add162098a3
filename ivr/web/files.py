"""Templates and static files: those that all pages share, and those of one page."""

from functools import cache
from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path

from flask import Blueprint, Response, abort, request
from werkzeug.security import safe_join

from ivr.web.fonts import FACES, face_rules
from ivr.web.guard import harden

MONTH = 30 * 24 * 3600
ICON = Path(__file__).parent / "static" / "icon.svg"


class PageFiles(Blueprint):
    """A blueprint whose static files are read once in each process: they change with the version only."""

    def send_static_file(self, filename: str) -> Response:
        path = Path(safe_join(str(self.static_folder), filename) or "")
        if not path.is_file():
            abort(404)
        return _sent(path)


def icon() -> Response:
    """The pages' icon."""
    return _sent(ICON)


def _sent(path: Path) -> Response:
    content, tag = _content(path)
    response = Response(content, mimetype=guess_type(path.name)[0])
    response.set_etag(tag)
    response.cache_control.no_cache = True
    return response.make_conditional(request)  # type: ignore[return-value]


@cache
def _content(path: Path) -> tuple[bytes, str]:
    content = path.read_bytes()
    return content, sha256(content).hexdigest()[:16]


def shared_files() -> Blueprint:
    """`static/` under `/static`; its files change with the version only, and a browser asks whether they did.

    Fonts, which are large, it keeps without asking.
    """
    files = PageFiles("web", __name__, template_folder="templates", static_folder="static", static_url_path="/static")
    files.after_request(harden)
    files.after_request(_keep_fonts)

    rules = face_rules(FACES, lambda face: f"fonts/{face.path.name}")

    @files.get("/static/fonts.css")
    def fonts() -> Response:
        return Response(rules, mimetype="text/css")

    return files


def page_files(name: str, package: str) -> Blueprint:
    """A page's own `static/`, beside its code in `package`, under `/static/NAME`: `url_for('NAME.static', ...)`."""
    files = PageFiles(name, package, static_folder="static", static_url_path=f"/static/{name}")
    files.after_request(harden)
    return files


def _keep_fonts(response: Response) -> Response:
    if request.path.endswith(".woff2"):
        response.cache_control.no_cache = None
        response.cache_control.public = True
        response.cache_control.max_age = MONTH
    return response

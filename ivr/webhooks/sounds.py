"""The answers to those who fetch sounds; their addresses carry their hash."""

import logging
from hashlib import sha256
from urllib.parse import quote

from flask import Blueprint, Response, abort, request

from ivr.audio.catalog import Catalog
from ivr.audio.line import Line
from ivr.audio.sounds import ADDRESS, HASH_DIGITS, Sound, clip_of
from ivr.logs import EACH

log = logging.getLogger(__name__)

YEAR = 365 * 24 * 3600


def sound_pages(line: Line) -> Blueprint:
    """Serves clips. Public: they hold nothing but what everybody may hear.

    Clips after the carrier's own voice are served too, and those of older words: a document of an earlier version, or
    of the edition before, may still name one.
    """
    pages = Blueprint("sound", __name__)
    apologies, told = _apologies(line), set[str]()

    @pages.get("/audio/<path:name>")
    def clip(name: str) -> Response:
        match = ADDRESS.fullmatch(name)
        if match is None:
            abort(404)
        apology = apologies.get(match[1].partition("/")[0], apologies[""])
        known = line.sounds.find(match[1]) or _after_the_voice(line, match[1])
        named = known if known and known.tag == match[2] else _built(line.built, *match.groups())
        sound = named or known or apology
        content = sound.read()
        if not content:
            _tell_once(sound, told)
            return _unkept(apology.content, sound)
        if match[2] != sound.tag or sha256(content).hexdigest()[:HASH_DIGITS] != sound.tag:
            return _unkept(content, sound)
        return _kept(content, sound)

    return pages


def _after_the_voice(line: Line, name: str) -> Sound | None:
    """The clip of this name that says what its prompt has now, whether callers hear it or the carrier's voice."""
    language, _, prompt = name.partition("/")
    clip_text = line.helpline.clip_texts.get(language, {}).get(prompt)
    return clip_of(line.built, clip_text) if clip_text else None


def _built(catalog: Catalog, name: str, tag: str) -> Sound | None:
    """The clip of this name with this hash, whatever the words are that its prompt has now."""
    language, _, prompt = name.partition("/")
    clip = catalog.clips.get((language, prompt))
    if clip is None or clip.sha256[:HASH_DIGITS] != tag or (language, prompt) not in catalog.sound:
        return None
    return Sound(name, "", tag, catalog.path(clip))


def _apologies(line: Line) -> dict[str, Sound]:
    """By language; "" is for a language without one, or of another version."""
    clips = {name: _after_the_voice(line, f"{name}/apology") for name in line.helpline.texts}
    found = {name: clip for name, clip in clips.items() if clip}
    first = next((found[name] for name in line.helpline.about.first_languages if name in found), Sound("", "", ""))
    return {"": first, **found}


def _tell_once(lost: Sound, told: set[str]) -> None:
    """Anybody may ask for it again and again."""
    if lost.name not in told:
        told.add(lost.name)
        log.error("the clip %s is lost: callers hear an apology in its place", lost.name, extra=EACH)


def _kept(content: bytes, sound: Sound) -> Response:
    """The address names the content, so it may be kept for ever (RFC 8246)."""
    response = _wav(content, sound)
    response.set_etag(sound.tag)
    response.cache_control.public = True
    response.cache_control.max_age = YEAR
    response.cache_control.immutable = True
    return _in_ranges(response, content)


def _unkept(content: bytes, sound: Sound) -> Response:
    """A document of another version, a lost file, or one that was changed under the running server.

    The best there is now, not to be kept under this address.
    """
    if not content:
        abort(404)
    response = _wav(content, sound)
    response.cache_control.no_store = True
    return _in_ranges(response, content)


def _in_ranges(response: Response, content: bytes) -> Response:
    """Safari plays nothing that a server can't send in parts. What the asker has already isn't sent again."""
    return response.make_conditional(request, accept_ranges=True, complete_length=len(content))  # type: ignore[return-value]


def _wav(content: bytes, sound: Sound) -> Response:
    response = Response(content, mimetype="audio/wav")
    response.headers["X-Prompt"] = sound.name
    response.headers["X-Prompt-Text"] = quote(sound.text)
    return response

"""The 23 languages and their codes, which are printed on cards."""

import yaml

from .texts import PROMPTS, shipped

CODES = {
    "ja": "01", "en": "02", "zh-Hans": "03", "vi": "04", "tl": "05", "pt": "06", "ko": "07", "ne": "08", "id": "09",
    "my": "10", "th": "11", "es": "12", "si": "13", "zh-Hant": "14", "bn": "15", "ur": "16", "km": "17", "mn": "18",
    "fr": "19", "fa": "20", "ar": "21", "ru": "22", "ms": "23",
}  # fmt: skip

LISTED_BY_FRESC = {
    "en", "zh-Hans", "zh-Hant", "ko", "es", "pt", "vi", "ne", "th",
    "id", "tl", "my", "km", "mn", "fr", "si", "ur", "bn",
}  # fmt: skip


def test_codes_and_their_order_are_frozen():
    assert [(name, language.code) for name, language in shipped().languages.items()] == list(CODES.items())


def test_the_codes_that_were_published_are_all_written_down():
    assert yaml.safe_load((PROMPTS / "codes.yaml").read_text("utf-8"))["codes"] == CODES


def test_fresc_lists_the_languages_of_the_leaflet_and_no_other():
    fresc = shipped().desks["fresc"].languages
    assert (set(fresc.direct), set(fresc.interpreter), fresc.others) == ({"ja"}, LISTED_BY_FRESC, "unlisted")


def test_cinga_promises_no_language_by_name():
    cinga = shipped().desks["cinga"].languages
    assert (set(cinga.direct), set(cinga.interpreter), cinga.others) == ({"ja"}, set(), "possible")

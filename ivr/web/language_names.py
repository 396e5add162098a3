"""Languages by name: in the page's language, as Unicode's CLDR has it, and as they call themselves."""

from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from markupsafe import Markup

from ivr.content.model import Helpline


def language_name(helpline: Helpline, page: str, language: str) -> Markup:
    """Both names for a page in the language `page`, such as ``Nepali <bdi lang="ne">नेपाली</bdi>``; equal ones once."""
    name, own = _names(helpline, page, language)
    return Markup('{} <bdi lang="{}">{}</bdi>').format(name, language, own) if own else Markup.escape(name)


def language_label(helpline: Helpline, page: str, language: str) -> str:
    """The same without markup, for the options of a form, after the code that callers dial."""
    return " ".join(filter(None, (helpline.code(language), *_names(helpline, page, language))))


def own_name(helpline: Helpline, language: str) -> str:
    """What a language calls itself in writing; empty for one without a text."""
    text = helpline.texts.get(language)
    return ((text.card and text.card.name) or text.name) if text else ""


@cache
def name_in(page: str, language: str) -> str:
    """The name of a language in the page's language; empty for one that CLDR doesn't know."""
    code = str(get_global("language_aliases").get(language, language)).replace("-", "_")
    locale = Locale.parse(page, sep="-")
    try:
        return locale.languages.get(code) or Locale.parse(code).get_display_name(locale) or ""
    except (UnknownLocaleError, ValueError):
        return ""


def _names(helpline: Helpline, page: str, language: str) -> tuple[str, str]:
    """Its name in the page's language, and its own where that says something else."""
    own = own_name(helpline, language)
    name = name_in(page, language) or own or language
    return name, "" if own.casefold() == name.casefold() else own

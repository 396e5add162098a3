"""`/console`: what the line says right now, which desks are open, and what to fix before going live."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template, request

from ivr.console.opening_times import desks_at
from ivr.console.what_callers_hear import after_choice, behind_zero, first_words, offered, without_clip
from ivr.flow.situation import Situation
from ivr.web.page_context import PageContext
from ivr.web.words import page_language


@dataclass(frozen=True)
class Caller:
    """What callers of a language get. `silent` counts the texts without a clip."""

    language: str
    code: str
    own_name: str
    status: str
    is_ready: bool
    has_voice: bool
    silent: int
    desks: list[str]


def add_home(pages: Blueprint, shown: PageContext) -> None:
    helpline = shown.helpline

    @pages.get("/")
    def home() -> str:
        situation, language = shown.situation(shown.moment()), chosen_language(shown)
        failures, warnings = shown.look(shown.moment().date()) if shown.look else ((), ())
        return render_template(
            "home/home.html",
            moment=situation.now,
            zone=helpline.about.time_zone,
            desks=desks_at(helpline, situation),
            has_database=bool(shown.settings.database_url),
            is_reachable=bool(shown.database.is_reachable),
            is_looked_at=shown.look is not None,
            failures=failures,
            warnings=warnings,
            confirmed_on=helpline.about.confirmed_on,
            callers=[_caller(shown, name, situation) for name in helpline.languages],
            language=language,
            names=own_names(shown),
            first=first_words(shown, situation),
            chosen=after_choice(shown, language, situation),
            zero=behind_zero(shown, language, situation),
        )


def chosen_language(shown: PageContext) -> str:
    """The language of the callers shown: the one chosen, else the reader's own, else a first language."""
    wished = (request.args.get("language", ""), page_language(), *shown.helpline.about.first_languages)
    return next(name for name in wished if name in shown.helpline.languages)


def own_names(shown: PageContext) -> dict[str, str]:
    """Each language's code and own name."""
    texts = shown.helpline.texts
    return {
        name: f"{entry.code} {texts[name].name if name in texts else name}"
        for name, entry in shown.helpline.languages.items()
    }


def _caller(shown: PageContext, language: str, situation: Situation) -> Caller:
    helpline = shown.helpline
    text, entry = helpline.texts.get(language), helpline.languages[language]
    return Caller(
        language=language,
        code=entry.code,
        own_name=text.name if text else "",
        status=text.status if text else "",
        is_ready=language in helpline.ready,
        has_voice=entry.say is not None,
        silent=without_clip(shown, language),
        desks=offered(helpline, language, situation),
    )

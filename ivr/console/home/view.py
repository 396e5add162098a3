"""`/console`: what the line says right now, which desks are open, and what to fix before going live."""

from flask import Blueprint, render_template, request

from ivr.audio.clip_status import unverified, voices
from ivr.console.opening_times import desks_at
from ivr.console.what_callers_hear import after_choice, behind_zero, first_words, offered
from ivr.web.page_context import PageContext
from ivr.web.words import page_language
from ivr.webhooks.not_open import why_not_open


def add_home(pages: Blueprint, context: PageContext) -> None:
    helpline = context.helpline

    @pages.get("/")
    def home() -> str:
        situation, language = context.situation(context.moment()), chosen_language(context)
        failures, warnings = context.look(context.moment().date()) if context.look else ((), ())
        return render_template(
            "home/home.html",
            moment=situation.now,
            zone=helpline.about.time_zone,
            desks=desks_at(helpline, situation),
            has_database=bool(context.settings.database_url),
            is_reachable=bool(context.database.is_reachable),
            is_looked_at=context.look is not None,
            failures=failures,
            warnings=warnings,
            not_open=why_not_open(helpline, context.settings, context.database),
            helpline=helpline,
            voices={name: voices(helpline, context.catalog, name) for name in helpline.languages},
            unverified=unverified(context.catalog),
            offered={name: offered(helpline, name, situation) for name in helpline.languages},
            language=language,
            names=own_names(context),
            first=first_words(context, situation),
            chosen=after_choice(context, language, situation),
            zero=behind_zero(context, language, situation),
        )


def chosen_language(context: PageContext) -> str:
    """The language of the callers shown: the one chosen, else the reader's own, else a first language."""
    wished = (request.args.get("language", ""), page_language(), *context.helpline.about.first_languages)
    return next(name for name in wished if name in context.helpline.languages)


def own_names(context: PageContext) -> dict[str, str]:
    """Each language's code and own name."""
    texts = context.helpline.texts
    return {
        name: f"{entry.code} {texts[name].name if name in texts else name}".lstrip()
        for name, entry in context.helpline.languages.items()
    }

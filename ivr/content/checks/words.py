"""The words of keys, weekdays, times and days: complete, and nothing else."""

import re
from collections.abc import Iterator

from ivr.content.checks.check import HELPLINE, Draft, Mistake, check, text_file
from ivr.content.did_you_mean import did_you_mean
from ivr.content.opening import TOLD_DAYS
from ivr.content.schedule import WEEKDAYS

TELEPHONE_KEYS = tuple("0123456789*#")
FORMS = {
    "times": (re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]"), 'a time such as "09:00"'),
    "weekdays": (re.compile("|".join(WEEKDAYS)), "a weekday, monday to sunday"),
    "days": (re.compile("|".join(TOLD_DAYS)), "today, tomorrow or a weekday"),
    "dates": (re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"), 'month and day such as "01-04"'),
}


@check("missing-digit-word", HELPLINE)
def a_word_for_every_key(draft: Draft) -> Iterator[Mistake]:
    for language, text in draft.texts.items():
        if language in draft.about.greets:
            continue
        if missing := [key for key in TELEPHONE_KEYS if key not in text.keys]:
            message = f"words are missing for: {' '.join(missing)} (# and * need quotes)"
            yield Mistake(text_file(language), ("keys",), message)


@check("unknown-digit")
def keys_of_the_telephone(draft: Draft) -> Iterator[Mistake]:
    for language, text in draft.texts.items():
        for key in text.keys:
            if key not in TELEPHONE_KEYS:
                message = f'"{key}" is not a key of the telephone; the keys are: {" ".join(TELEPHONE_KEYS)}'
                yield Mistake(text_file(language), ("keys", key), message, at_key=True)


@check("unknown-opening-word")
def times_and_days(draft: Draft) -> Iterator[Mistake]:
    for language, text in draft.texts.items():
        for table, (form, right) in FORMS.items():
            for key in getattr(text.opening, table, ()):
                if not form.fullmatch(key):
                    guess = did_you_mean(key, TOLD_DAYS) if table in ("weekdays", "days") else ""
                    message = f'"{key}" is not {right}{guess}'
                    yield Mistake(text_file(language), ("opening", table, key), message, at_key=True)

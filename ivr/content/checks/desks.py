"""Who answers: each desk lists what it speaks, and callers are told how it answers."""

from collections.abc import Iterator

from ivr.content.checks.check import DESKS, HELPLINE, Draft, Mistake, check
from ivr.content.circles import circle
from ivr.content.desk_order import overflows
from ivr.content.did_you_mean import did_you_mean, unknown
from ivr.content.public_holidays import is_known, known_places
from ivr.content.schedule import ALWAYS


@check("silence-without-desk", HELPLINE, DESKS)
def somebody_after_silence(draft: Draft) -> Iterator[Mistake]:
    if draft.about.rules.after_silence == "person" and not draft.desks:
        message = "there is no desk that could ring (desks.yaml); right would be goodbye"
        yield Mistake(HELPLINE, ("rules", "after_silence"), message)


@check("desk-without-language", DESKS)
def speaks_something(draft: Draft) -> Iterator[Mistake]:
    for name, desk in draft.desks.items():
        languages = desk.languages
        if not (languages.direct or languages.interpreter) and languages.others != "possible":
            message = "the desk speaks no language; right would be {direct: [...]}"
            yield Mistake(DESKS, ("desks", name, "languages"), message)


@check("repeated-name", DESKS)
def listed_once(draft: Draft) -> Iterator[Mistake]:
    for name, desk in draft.desks.items():
        for index, language in enumerate(desk.languages.interpreter):
            if language in desk.languages.direct or language in desk.languages.interpreter[:index]:
                where = ("desks", name, "languages", "interpreter", index)
                yield Mistake(DESKS, where, f'"{language}" is already listed')


@check("missing-how", HELPLINE, DESKS)
def tells_how_it_answers(draft: Draft) -> Iterator[Mistake]:
    for name, desk in draft.desks.items():
        needed = {here for language in draft.languages if (here := desk.languages.relation(language))}
        for missing in sorted(needed):
            if not desk.say.how.get(missing):
                message = f'nothing tells callers how the desk answers where a language is "{missing}"'
                yield Mistake(DESKS, ("desks", name, "say", "how"), message)


@check("told-in-part", DESKS)
def tells_of_both_changes(draft: Draft) -> Iterator[Mistake]:
    for name, desk in draft.desks.items():
        if bool(desk.say.closed_on) != bool(desk.say.other_hours):
            there, missing = ("closed_on", "other_hours")[:: 1 if desk.say.closed_on else -1]
            message = f"`{missing}` is missing: callers are told that a desk is closed or has other hours, or neither"
            yield Mistake(DESKS, ("desks", name, "say", there), message)


@check("unknown-holidays", DESKS)
def known_holidays(draft: Draft) -> Iterator[Mistake]:
    for name, desk in draft.desks.items():
        if desk.holidays and not is_known(desk.holidays):
            alike = [place for place in known_places() if ("-" in place) == ("-" in desk.holidays)]
            guess = did_you_mean(desk.holidays, alike) or '; right would be a country or region such as "JP" or "US-CA"'
            yield Mistake(DESKS, ("desks", name, "holidays"), f'the holidays of "{desk.holidays}" are not known{guess}')


@check("hours-without-language", DESKS)
def hours_of_listed_languages(draft: Draft) -> Iterator[Mistake]:
    for name, desk in draft.desks.items():
        for language in desk.hours_by_language:
            if desk.languages.relation(language) not in ("direct", "interpreter", "possible"):
                message = f'the desk does not list "{language}": add it to `direct` or `interpreter`'
                yield Mistake(DESKS, ("desks", name, "hours_by_language", language), message, at_key=True)


@check("hours-without-holidays", DESKS)
def holidays_of_somewhere(draft: Draft) -> Iterator[Mistake]:
    for name, desk in draft.desks.items():
        for language, own in desk.in_turn().items():
            if own.hours.holidays and own.hours != ALWAYS and not desk.holidays:
                where = ("hours_by_language", language) if language else ("hours",)
                message = "these hours are never used: add `holidays` with the country or region, such as JP"
                yield Mistake(DESKS, ("desks", name, *where, "holidays"), message, at_key=True)


@check("own-language-not-direct", HELPLINE, DESKS)
def speaks_its_own_language(draft: Draft) -> Iterator[Mistake]:
    for name, desk in draft.desks.items():
        if desk.language in draft.languages and desk.language not in desk.languages.direct:
            message = f'the people there speak "{desk.language}", so it belongs into `direct` of `languages` as well'
            yield Mistake(DESKS, ("desks", name, "language"), message)


@check("unknown-desk", DESKS)
def known_overflow(draft: Draft) -> Iterator[Mistake]:
    for name, desk in draft.desks.items():
        if desk.overflow and desk.overflow not in draft.desks:
            yield Mistake(DESKS, ("desks", name, "overflow"), unknown(desk.overflow, draft.desks, "desk"))


@check("overflow-loop", DESKS)
def overflows_in_no_circle(draft: Draft) -> Iterator[Mistake]:
    ahead = {name: [desk.overflow] if desk.overflow in draft.desks else [] for name, desk in draft.desks.items()}
    while way := circle(ahead):
        name = max(way[:-1], key=[*draft.desks].index)
        ahead[name] = []
        message = f"{' -> '.join(way)}: each would ring after the other, again and again; leave one `overflow` out"
        yield Mistake(DESKS, ("desks", name, "overflow"), message)


@check("overflow-never-rings", HELPLINE, DESKS)
def overflows_for_somebody(draft: Draft) -> Iterator[Mistake]:
    for name, desk in draft.desks.items():
        callers = [*filter(desk.languages.relation, draft.languages)]
        for backup in overflows(draft, name):
            if not any(map(draft.desks[backup].languages.relation, callers)):
                message = f'no caller of "{name}" is told of "{backup}": it is hidden from the languages of them all'
                yield Mistake(DESKS, ("desks", name, "overflow"), message)

"""Codes are printed on cards: each means one language, for ever."""

from collections.abc import Iterator, Mapping

from ivr.content.checks.check import CODES, HELPLINE, Draft, Mistake, check


def _twice(codes: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """(language, its code, the language before it that has the same); "2" and "02" are chosen by the same keys."""
    owners: dict[str, str] = {}
    for language, code in codes.items():
        if code and code.zfill(2) in owners:
            yield language, code, owners[code.zfill(2)]
        owners.setdefault(code.zfill(2), language)


@check("missing-key", HELPLINE)
def a_code_for_each(draft: Draft) -> Iterator[Mistake]:
    for language, entry in draft.languages.items():
        if not entry.code and not draft.only_language:
            message = f'the key "code" is missing here: callers choose "{language}" by it'
            yield Mistake(HELPLINE, ("languages", language, "code"), message, at_key=True)


@check("codes-of-two-lengths", HELPLINE)
def as_many_digits_as_the_others(draft: Draft) -> Iterator[Mistake]:
    """With both, the line would have to wait after each first digit whether a second one comes."""
    long = next((name for name, entry in draft.languages.items() if len(entry.code) > 1), "")
    for language, entry in draft.languages.items():
        if long and len(entry.code) == 1:
            other = f'"{draft.languages[long].code}" of "{long}"'
            message = f'code "{entry.code}" has one digit and {other} two; give all one ("1" to "8") or all two'
            yield Mistake(HELPLINE, ("languages", language, "code"), message)


@check("code-reused", HELPLINE)
def one_language_for_a_code(draft: Draft) -> Iterator[Mistake]:
    for language, code, owner in _twice({name: entry.code for name, entry in draft.languages.items()}):
        message = f'code "{code}" belongs to "{owner}"; a code means one language for ever'
        yield Mistake(HELPLINE, ("languages", language, "code"), message)


@check("code-reused", CODES)
def one_language_for_a_published_code(draft: Draft) -> Iterator[Mistake]:
    for language, code, owner in _twice(draft.codes):
        message = f'code "{code}" belongs to "{owner}"; a code means one language for ever'
        yield Mistake(CODES, ("codes", language), message)


@check("code-reused", HELPLINE, CODES)
def not_one_that_was_published_for_another(draft: Draft) -> Iterator[Mistake]:
    owners = {code.zfill(2): language for language, code in draft.codes.items()}
    for language, entry in draft.languages.items():
        owner = owners.get(entry.code.zfill(2), language)
        still_used = owner in draft.languages and draft.languages[owner].code == entry.code
        if owner != language and not still_used:
            message = f'code "{entry.code}" was published for "{owner}" (codes.yaml); take one that is not in use'
            yield Mistake(HELPLINE, ("languages", language, "code"), message)


@check("code-changed", HELPLINE, CODES)
def as_published(draft: Draft) -> Iterator[Mistake]:
    for language, entry in draft.languages.items():
        published = draft.codes.get(language, entry.code)
        if published != entry.code:
            message = f'"{language}" was published with code "{published}" (codes.yaml); cards with it are in use'
            yield Mistake(HELPLINE, ("languages", language, "code"), message)

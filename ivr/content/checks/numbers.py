"""No telephone numbers in files: they come from the settings, since an old one may be a stranger's today."""

import re
from collections.abc import Iterator

from ivr.content.checks.check import Draft, Mistake, check
from ivr.content.source import Where

TELEPHONE_NUMBER = re.compile(r"\+ ?[0-9][0-9 -]{6,}|[0-9]{7,}|\b0[0-9]{1,4}-[0-9]{1,4}-[0-9]{3,4}\b")


@check("telephone-number")
def no_numbers(draft: Draft) -> Iterator[Mistake]:
    for file, source in draft.sources.items():
        for where, text in _texts(source.content, ()):
            found = TELEPHONE_NUMBER.search(text)
            if found and where != ("source",):
                message = f'"{found[0]}" looks like a telephone number; numbers come from the settings (<DESK>_PHONE)'
                yield Mistake(file, where, message)


def _texts(content: object, where: Where) -> Iterator[tuple[Where, str]]:
    if isinstance(content, str):
        yield where, content
    elif isinstance(content, dict):
        for key, value in content.items():
            yield from _texts(value, (*where, key))
    elif isinstance(content, list):
        for index, value in enumerate(content):
            yield from _texts(value, (*where, index))

"""The environment as it was meant: Windows and editors leave more around a value than was typed."""

import unicodedata
from collections.abc import Mapping

QUOTES = ("'", '"')
UNSEEN = ("Cc", "Cf", "Zs", "Zl", "Zp")  # categories of Unicode: control and format characters, and blanks


def cleaned(environ: Mapping[str, str]) -> dict[str, str]:
    """Each value without blanks and control characters at its ends, and without quotation marks around the whole."""
    return {name: _clean(value) for name, value in environ.items()}


def visible(text: str) -> str:
    """The text with characters that nobody can see written as Python writes them; line ends stay."""
    return "".join(sign if sign.isprintable() or sign == "\n" else ascii(sign)[1:-1] for sign in text)


def _clean(value: str) -> str:
    value = _without_unseen(value)
    for quote in QUOTES:
        if len(value) > 1 and value[0] == value[-1] == quote and quote not in value[1:-1]:
            return _without_unseen(value[1:-1])
    return value


def _without_unseen(value: str) -> str:
    seen = [at for at, sign in enumerate(value) if unicodedata.category(sign) not in UNSEEN]
    return value[seen[0] : seen[-1] + 1] if seen else ""

"""Suggestions for names that don't exist."""

from collections.abc import Iterable
from difflib import get_close_matches


def unknown(name: str, known: Iterable[str], kind: str, where: str = "") -> str:
    return f'there is no {kind} "{name}"{where}{did_you_mean(name, known)}'


def did_you_mean(name: str, known: Iterable[str]) -> str:
    close = get_close_matches(name[:80], sorted(known), n=1)
    return f'; did you mean "{close[0]}"?' if close else ""

"""A line: the words of one clip, in one language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """What one clip says.

    `prompt` is the clip's name within its language, such as ``papers.group_b``, ``digit.7`` or
    ``opens.weekday.monday.0900`` (lower-case letters, digits, dots, hyphens and underscores; a language
    code in it keeps its capitals, as in ``whisper.zh-Hans``). `sentences` are spoken in order with a pause
    between them; each has at most 100 characters, and neither digits nor braces.
    """

    language: str
    prompt: str
    sentences: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.sentences)

"""A clip text: the words of one clip, in one language."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ClipText:
    """What one clip says.

    `prompt` is the clip's name within its language, such as ``papers.group_b``, ``digit.7`` or
    ``opens.weekday.monday.0900`` (lower-case letters, digits, dots, hyphens and underscores; a language
    code in it keeps its capitals, as in ``whisper.zh-Hans``). `sentences` are spoken in order with a pause
    between them; each has at most 100 characters, and neither digits nor braces. `written` is the text as
    translators wrote it, if an engine has to read something else.
    """

    language: str
    prompt: str
    sentences: tuple[str, ...]
    written: str = ""

    @property
    def name(self) -> str:
        """Its clip's name among those of all languages."""
        return f"{self.language}/{self.prompt}"

    @property
    def shown(self) -> str:
        """What people read: as translators wrote it."""
        return self.written or self.text

    @property
    def text(self) -> str:
        """What a voice reads, as one string."""
        return " ".join(self.sentences)

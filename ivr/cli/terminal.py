"""What a terminal can't show is written as numbers of characters, never a reason to fail."""

import codecs
import io
import sys

NAME = "ivr.shown"
NOTE = (
    "Some characters can't be shown in this terminal's encoding ({encoding}), and stand there as numbers. "
    "Right would be: PYTHONIOENCODING=utf-8 before the command, in a terminal that shows UTF-8"
)


class Terminal:
    """Standard output as it can be written; `note` says at the end what could not."""

    def __init__(self) -> None:
        self._encoding = ""
        codecs.register_error(NAME, self._as_numbers)
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(errors=NAME)

    @property
    def note(self) -> str:
        return NOTE.format(encoding=self._encoding) if self._encoding else ""

    def _as_numbers(self, error: UnicodeError) -> tuple[str | bytes, int]:
        self._encoding = getattr(error, "encoding", "")
        return codecs.backslashreplace_errors(error)

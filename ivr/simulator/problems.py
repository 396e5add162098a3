"""What the telephone refuses, with Twilio's error code if there is one."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning"]


@dataclass(frozen=True)
class Problem:
    """One thing that the app did wrong; `code` is Twilio's, or 0; a place counts from 1."""

    code: int
    message: str
    url: str = ""
    level: Level = "error"
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        place = f":{self.line}:{self.column}" if self.line else ""
        code = f" [Twilio {self.code}]" if self.code else ""
        return f"{self.url}{place}: {self.message}{code}"


class Refused(Exception):  # noqa: N818 - named for what happened
    """Raised if an answer can't be used; the exchange decides how the call goes on."""

    def __init__(self, code: int, message: str, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.code, self.message, self.line, self.column = code, message, line, column

    def at(self, url: str) -> Problem:
        return Problem(self.code, self.message, url, "error", self.line, self.column)


class TelephoneError(Exception):
    """The app broke a rule and the telephone is strict: `problem` says which."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class OutOfTurn(Exception):  # noqa: N818 - named for what happened
    """Something that nobody can do at this moment, such as pressing a key after the end."""

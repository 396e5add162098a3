"""What the doctor found, in one line each."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Status = Literal["right", "WRONG", "warning", "unknown"]


@dataclass(frozen=True)
class Finding:
    """`WRONG` stops callers or transfers; `unknown` can't be determined here, and says how to find out."""

    status: Status
    text: str

    def __str__(self) -> str:
        return f"{self.status:8} {self.text}"


Findings = Iterator[Finding]

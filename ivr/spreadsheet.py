"""Tables as CSV for a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Sequence

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def spreadsheet(rows: Iterable[Sequence[object]]) -> str:
    """The text of a file that is written as UTF-8.

    It begins with a byte order mark, by which Excel and LibreOffice know the encoding at a double click. An apostrophe
    stands before a text that they would take for a formula.
    """
    file = io.StringIO()
    file.write("\ufeff")
    csv.writer(file, lineterminator="\n").writerows(map(_cell, row) for row in rows)
    return file.getvalue()


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value

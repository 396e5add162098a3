"""Tables as CSV for a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Sequence


def spreadsheet(rows: Iterable[Sequence[object]]) -> str:
    """The text of a file that is written as UTF-8.

    It begins with a byte order mark, by which Excel and LibreOffice know the encoding at a double click.
    """
    file = io.StringIO()
    file.write("\ufeff")
    csv.writer(file, lineterminator="\n").writerows(rows)
    return file.getvalue()

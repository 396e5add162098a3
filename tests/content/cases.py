"""The golden cases: a change to a small helpline, and everything that the checker then says, to the letter.

A file `golden/<rule>.yaml-case` holds cases, separated by `----`. A case begins with what it is about; then
`in FILE` with the lines taken out (-) and put in their place (+), `write FILE` with all of its lines (+),
`delete FILE`, or `encode FILE ENCODING`; and after `gives` the exact output. <U+00A0> stands for such a character.

`python -m tests.content.cases` writes the outputs anew. Look at every line that changed.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

from ivr.content.loader import load_helpline
from ivr.errors import ContentError

GOLDEN = Path(__file__).parent / "golden"
BETWEEN = "\n----\n"
GIVES = "\ngives\n"
INVISIBLE = re.compile("[\t\xa0\u0300-\u036f\u200b]")


def cases(path: Path) -> list[tuple[str, str]]:
    """(what is changed, what is said) for each case of a file."""
    found = [(case.strip("\n") + "\n").partition(GIVES) for case in path.read_text("utf-8").split(BETWEEN)]
    return [(change, output.strip("\n")) for change, _, output in found]


def output(change: str) -> str:
    """What the checker says to the small helpline with this change."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(shutil.copytree(GOLDEN / "helpline", Path(place) / "helpline"))
        apply(folder, change)
        try:
            load_helpline(folder)
        except ContentError as error:
            said = str(error).replace(f"{folder}/", "").replace(str(folder), "FOLDER")
            return INVISIBLE.sub(lambda found: f"<U+{ord(found[0]):04X}>", said)
        return "no mistakes"


def apply(folder: Path, change: str) -> None:
    for step in re.split(r"\n(?=in |write |delete |encode )", change)[1:]:
        (what, name, *rest), *lines = step.splitlines()[0].split(), *step.splitlines()[1:]
        path = folder / name
        old, new = ("\n".join(line[2:] for line in lines if line[:1] == sign) for sign in "-+")
        if what == "in":
            text = path.read_text("utf-8")
            assert old in text, f"{name} has no {old!r}"
            path.write_text(text.replace(old, _characters(new), 1), "utf-8")
        elif what == "write":
            path.parent.mkdir(exist_ok=True)
            path.write_text(_characters(new) + "\n" if new else "", "utf-8")
        elif what == "encode":
            path.write_bytes(path.read_text("utf-8").encode(rest[0]))
        else:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _characters(text: str) -> str:
    return re.sub(r"<U\+([0-9A-F]{4})>", lambda found: chr(int(found[1], 16)), text)


if __name__ == "__main__":
    for path in sorted(GOLDEN.glob("*.yaml-case")):
        path.write_text(BETWEEN.join(f"{change}{GIVES}{output(change)}" for change, _ in cases(path)) + "\n", "utf-8")

"""Runs commands one after another, each as `ivr` would be typed, and writes down how each ended."""

from __future__ import annotations

import json
import sys
import traceback
from pathlib import Path

from ivr.cli.main import main
from ivr.database import in_force


def run(words: list[str]) -> str:
    """``ended``, or the traceback that the person who typed it would have seen."""
    sys.argv = ["ivr", *words]
    try:
        main()
    except SystemExit:
        return "ended"
    except BaseException:  # noqa: BLE001 - whatever it is
        return traceback.format_exc()
    return "ended"


if __name__ == "__main__":
    in_force.APPLYING_SECONDS = 0  # no line runs that could follow
    asked, answers = map(Path, sys.argv[1:])
    found = [run(words) for words in json.loads(asked.read_text(encoding="utf-8"))]
    answers.write_text(json.dumps(found), encoding="utf-8")

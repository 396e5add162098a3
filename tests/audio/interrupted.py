"""Run as a program: a build that is killed (SIGKILL) at a moment of the caller's choice.

    python -m tests.audio.interrupted AUDIO_DIR MOMENT COUNT

MOMENT is speaking, or before or after a file is moved into place; COUNT tells which of them, from 1.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from ivr.audio.build import build
from ivr.content.clip_text import ClipText
from tests.audio.speakers import Speaker

LINES = [
    ClipText("en", "menu", ("For the coupon, press one.", "For booking, two.")),
    ClipText("en", "back", ("Return to the first menu, star.",)),
    ClipText("en", "person", ("To speak to a person, zero.",)),
]
REPLACE = Path.replace


class Bomb:
    """Ends the process at the count-th time that the moment comes."""

    def __init__(self, moment: str, count: int) -> None:
        self.moment, self.left = moment, count

    def at(self, moment: str) -> None:
        self.left -= moment == self.moment
        if not self.left:
            os.kill(os.getpid(), signal.SIGKILL)


def main(audio_dir: Path, bomb: Bomb) -> None:
    class Doomed(Speaker):
        def speak(self, sentence, language, /):
            bomb.at("speaking")
            return super().speak(sentence, language)

    def replace(path, target):
        bomb.at("before")
        moved = REPLACE(path, target)
        bomb.at("after")
        return moved

    Path.replace = replace
    build(LINES, audio_dir, {"en": [Doomed()]})


if __name__ == "__main__":
    main(Path(sys.argv[1]), Bomb(sys.argv[2], int(sys.argv[3])))

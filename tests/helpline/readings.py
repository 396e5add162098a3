"""The table of readings: every Japanese sentence and what Open JTalk reads, in katakana.

`python -m tests.helpline.readings` writes it anew. Look at every line that changed, then commit it with the text.
"""

from __future__ import annotations

from pathlib import Path

from tests.audio.morae import reading

from .texts import filled, sentences

TABLE = Path(__file__).parent / "ja_readings.txt"
AGAIN = ".venv/bin/python -m tests.helpline.readings"
BETWEEN = " = "


def readings() -> dict[str, str]:
    digits = [line.text for name, line in filled().clip_texts["ja"].items() if name.startswith("digit.")]
    return {sentence: reading(sentence) for sentence in (*sentences("ja"), *digits)}


def table() -> dict[str, str]:
    return dict(line.split(BETWEEN, 1) for line in TABLE.read_text("utf-8").splitlines())


if __name__ == "__main__":
    lines = [f"{sentence}{BETWEEN}{kana}\n" for sentence, kana in readings().items()]
    TABLE.write_text("".join(lines), "utf-8")

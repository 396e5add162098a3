"""A small helpline, whose files and whose engine may be broken."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from ivr.cli.new import STARTER


@pytest.fixture
def small(tmp_path) -> Path:
    """The starter while only its English is written, which is proved in a moment."""
    folder = tmp_path / "prompts"
    shutil.copytree(STARTER / "prompts", folder)
    about = folder / "helpline.yaml"
    text = about.read_text("utf-8")
    about.write_text(re.sub(r"(?m)^first_languages:.*", "first_languages: [en]", text), "utf-8")
    for language in ("es", "fr"):
        (folder / "text" / f"{language}.yaml").unlink()
    return folder


@pytest.fixture
def change(small):
    """Replaces what stands once in a file of the small helpline."""

    def change(name: str, old: str, new: str) -> None:
        text = (small / name).read_text("utf-8")
        assert text.count(old) == 1, (name, old, text.count(old))
        (small / name).write_text(text.replace(old, new), "utf-8")

    return change

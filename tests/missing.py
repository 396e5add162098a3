"""What a machine may lack that tests need."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def do_without(reason: str) -> NoReturn:
    """Skips the test, and the run's last lines say so; on a build server, which sets CI, it fails."""
    if os.environ.get("CI"):
        pytest.fail(f"{reason} (CI is set: it has to be there)")
    pytest.skip(reason)

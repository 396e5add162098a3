"""Tests of real engines carry the marker `voices`.

Where an engine isn't installed such a test is skipped and the run's last lines say so; on a build server, which
sets CI, it fails instead: there the engines have to be installed.
"""

from __future__ import annotations

import os

import pytest


def pytest_configure(config):
    config.addinivalue_line(
        "markers", "voices: speaks with real engines; skipped where they aren't installed, unless CI"
    )


@pytest.fixture
def needed():
    """Call with what isn't installed."""

    def missing(reason):
        if os.environ.get("CI"):
            pytest.fail(f"{reason} (CI is set: every engine has to be installed)")
        pytest.skip(f"voices: {reason}")

    return missing

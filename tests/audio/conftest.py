"""Tests of real engines carry the marker `voices`.

Where an engine isn't installed such a test is skipped and the run's last lines say so; on a build server, which
sets CI, it fails instead: there the engines have to be installed.
"""

from __future__ import annotations

import pytest

from tests.missing import do_without


def pytest_configure(config):
    config.addinivalue_line(
        "markers", "voices: speaks with real engines; skipped where they aren't installed, unless CI"
    )


@pytest.fixture
def needed():
    """Call with what isn't installed."""

    return lambda reason: do_without(f"voices: {reason}")

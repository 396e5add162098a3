"""What a run leaves out when it has to be quick, in which order it goes, and what it tells at its end."""

from __future__ import annotations

import gc
import os

import pytest

# Whatever starts a server or a browser, by what its module imports or its fixtures are called.
STARTERS = {"Server", "Nginx", "run_ivr", "serving"}
STARTED = {"chromium", "postgres"}
# Sounds are built there.
ROOMS_OF_SOUND = ("tests/audio/", "tests/bench/")
# The longest files, each a chain of servers started, broken and waited for.
LONGEST = ("tests/jobs/", "tests/faults/")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """For `--numprocesses auto`. What is slow often waits (for servers, browsers, time-outs), so that a core has time
    for two processes; what is left without it only computes.
    """
    return (os.cpu_count() or 1) * (1 if config.option.markexpr else 2)


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """Nothing of 7,000 tests is garbage until they have run: looking for it cost a third of collecting them."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks as slow what starts or builds something; the files with such tests go first, the longest before all.

    Each worker takes a file at a time (Makefile): a long one must not be the last.
    """
    for item in items:
        if is_slow(item):
            item.add_marker("slow")
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: (not item.nodeid.startswith(LONGEST), item.path not in slow))


def is_slow(item: pytest.Item) -> bool:
    fixtures = {*getattr(item, "fixturenames", ())}
    return bool(fixtures & STARTED or {*vars(item.module)} & STARTERS or item.nodeid.startswith(ROOMS_OF_SOUND))


def pytest_terminal_summary(terminalreporter):
    """Nothing is skipped unseen: a machine that lacks something says what was not tested on it."""
    reasons = {str(report.longrepr[2]) for report in terminalreporter.stats.get("skipped", [])}
    for reason in sorted(reasons):
        terminalreporter.write_line(f"NOT TESTED {reason.removeprefix('Skipped: ')}", yellow=True)

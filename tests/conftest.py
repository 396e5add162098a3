"""What a run tells at its end."""

from __future__ import annotations


def pytest_terminal_summary(terminalreporter):
    """Nothing is skipped unseen: a machine that lacks something says what was not tested on it."""
    reasons = {str(report.longrepr[2]) for report in terminalreporter.stats.get("skipped", [])}
    for reason in sorted(reasons):
        terminalreporter.write_line(f"NOT TESTED {reason.removeprefix('Skipped: ')}", yellow=True)

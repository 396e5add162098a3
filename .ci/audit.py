"""Whether a version that is installed is known to be vulnerable, by PyPI's advisories.

Exit status 1 where something was found. Where PyPI could not be asked, or does not know a package, nothing is proved:
that is said loudly, and is no failure, so that a machine without network can run the rest.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

CONSTRAINTS = Path(__file__).parent.parent / "constraints.txt"
AUDIT = [sys.executable, "-m", "pip_audit"]
OPTIONS = ["--requirement", str(CONSTRAINTS), "--no-deps", "--disable-pip", "--format", "json"]
QUIET = ["--progress-spinner", "off", "--timeout", "15"]
PATIENCE = 600  # seconds


def main(audit: list[str]) -> int:
    text, failure = report(audit)
    try:
        packages = json.loads(text)["dependencies"]
    except (ValueError, KeyError):
        print(f"NOT AUDITED dependencies: PyPI's advisories could not be read ({failure})")  # noqa: T201
        return 0
    said, status = judged(packages)
    print(said)  # noqa: T201
    return status


def report(audit: list[str]) -> tuple[str, str]:
    """What the audit wrote, and why it may have written nothing."""
    try:
        run = subprocess.run(  # noqa: S603 - our own words
            [*audit, *OPTIONS, *QUIET], capture_output=True, text=True, timeout=PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return "", type(error).__name__
    return run.stdout, (run.stderr.strip().splitlines() or ["it said nothing"])[-1][:200]


def judged(packages: list[dict]) -> tuple[str, int]:
    """What was found, in words, and the exit status. A package that PyPI was not able to tell about is not clean."""
    skipped = [each["name"] for each in packages if "vulns" not in each]
    found = [
        f"{each['name']} {each['version']}: {vulnerability['id']}, mended in "
        f"{', '.join(vulnerability['fix_versions']) or 'no version yet'}"
        for each in packages
        for vulnerability in each.get("vulns", [])
    ]
    lines = [f"VULNERABLE {line}" for line in found]
    if skipped or not packages:
        lines.append(f"NOT AUDITED dependencies: {len(skipped)} of {len(packages)} are unknown to PyPI's advisories")
    elif not found:
        lines.append(f"{len(packages)} dependencies audited, none is known to be vulnerable")
    return "\n".join(lines), int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or AUDIT))

"""What stands in the way of an edition of the content: everything that `ivr check` finds with its changes laid over the
files, and didn't find before.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

from ivr.audio.line import load_line
from ivr.content.changes import Change
from ivr.content.findings import findings
from ivr.errors import ContentError, HelplineError, Problem
from ivr.verify.verify import verify

LANGUAGE_LOST = "language-lost"


def findings_about(
    folder: Path, before: Iterable[Change], after: Iterable[Change], progress: Callable[[int], None]
) -> list[dict[str, str]]:
    """Nothing if `after` can be put in force where `before` is; else for each finding its `rule`, its `message`, and
    the `file` and `place` that it is about, as far as they are known.

    `progress` is given how many answers were looked at, again and again.
    """
    before, after = tuple(before), tuple(after)
    found = _problems(folder, after, progress)
    if found:
        known = {(each.rule, each.message) for each in _problems(folder, before, progress)}
        return findings(folder, (each for each in found if (each.rule, each.message) not in known))
    lost = load_line(folder, before).helpline.ready - load_line(folder, after).helpline.ready
    return [{"rule": LANGUAGE_LOST, "message": language, "file": f"text/{language}.yaml"} for language in sorted(lost)]


def _problems(folder: Path, changes: Iterable[Change], progress: Callable[[int], None]) -> list[Problem]:
    try:
        return verify(folder, changes, progress).problems
    except ContentError as error:
        return list(error.problems)
    except HelplineError as error:
        return [Problem(str(folder), 1, 1, "unusable", str(error))]

"""What stands in the way of an edition of the content: everything that `ivr check` finds with its changes laid over the
files, and didn't find before.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

from ivr.audio.line import load_line
from ivr.content.changes import Change
from ivr.content.findings import findings
from ivr.errors import ContentError, HelplineError
from ivr.verify.verify import Report, verify

LANGUAGE_LOST = "language-lost"


def findings_about(
    folder: Path, before: Iterable[Change], after: Iterable[Change], progress: Callable[[int], None]
) -> list[dict[str, str]]:
    """Nothing if `after` can be put in force where `before` is; else for each finding its `rule`, its `message`, and
    the `file` and `place` that it is about, as far as they are known.

    `progress` is given how many answers were looked at, again and again.
    """
    before, after = tuple(before), tuple(after)
    try:
        now = verify(folder, after, progress)
    except ContentError as error:
        return findings(folder, error.problems)
    except HelplineError as error:
        return [{"rule": "unusable", "message": str(error)}]
    try:  # calls are walked again only if there is something to compare
        then = verify(folder, before, progress) if now.problems else Report(load_line(folder, before))
    except HelplineError:  # the files have changed under a running line
        then = Report(now.line)
    known = {(each.rule, each.message) for each in then.problems}
    found = findings(folder, (each for each in now.problems if (each.rule, each.message) not in known))
    return found or [
        {"rule": LANGUAGE_LOST, "message": language, "file": f"text/{language}.yaml"}
        for language in sorted(then.line.helpline.ready - now.line.helpline.ready)
    ]

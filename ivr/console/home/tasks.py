"""What has to be done before the public is let in, and what is worth knowing: findings of `check --live` as tasks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from ivr.errors import Finding

Owner: TypeAlias = Literal["coordinator", "engineer", "volunteers"]
TaskState: TypeAlias = Literal["done", "needed", "advised"]

# Shown also when they are done: the task's word, who does it, and the page that leads there.
NEEDED: dict[str, tuple[Owner, str]] = {
    "confirmed": ("coordinator", "staff.still_true"),
    "holidays": ("coordinator", "staff.holidays"),
    "voices": ("coordinator", ""),
    "clips": ("engineer", "staff.words_and_voices"),
    "numbers": ("engineer", "staff.desks"),
    "address": ("engineer", ""),
}
ADVISED: dict[str, tuple[Owner, str]] = {
    "drafts": ("volunteers", "staff.words_and_voices"),
    "not_offered": ("volunteers", "staff.words_and_voices"),
    "charged": ("coordinator", "staff.words_and_voices"),
    "one_machine": ("engineer", ""),
    "caller_id": ("engineer", ""),
}
TASKS = {**NEEDED, **ADVISED}
RULES = {
    "confirmed": "confirmed",
    "holidays-verified": "holidays",
    "formant-voice": "voices",
    "voice-elsewhere": "voices",
    "clip-missing": "clips",
    "clip-stale": "clips",
    "clip-damaged": "clips",
    "desk-number": "numbers",
    "nobodys-number": "numbers",
    "public-url": "address",
    "drafts": "drafts",
    "not-offered": "not_offered",
    "charged-voice": "charged",
    "database-of-one-machine": "one_machine",
    "caller-id": "caller_id",
}


@dataclass(frozen=True)
class Task:
    """`name` is its word, empty for what has none: then `told` says it, in English. `about` are languages or desks."""

    name: str
    state: TaskState
    owner: Owner
    endpoint: str = ""
    about: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


def tasks(
    failures: Sequence[Finding], warnings: Sequence[Finding], *, has_holidays: bool, has_desks: bool
) -> list[Task]:
    """What stands in the way first, then what is done, then what is only advised."""
    needed, advised = _by_task(failures), _by_task(warnings)
    missing = {name for name, is_there in (("holidays", has_holidays), ("numbers", has_desks)) if not is_there}
    shown = [name for name in TASKS if name in needed or (name in NEEDED and name not in missing)]
    made = [
        Task(name, "needed" if name in needed else "done", *TASKS[name], *_told(needed.get(name, ()))) for name in shown
    ]
    made += [Task("", "needed", "engineer", told=(str(each),)) for each in needed.get("", ())]
    for name, found in advised.items():
        if name:
            made.append(Task(name, "advised", *TASKS[name], *_told(found)))
    made += [Task("", "advised", "engineer", told=(str(each),)) for each in advised.get("", ())]
    order = ("needed", "done", "advised")
    return sorted(made, key=lambda task: order.index(task.state))


def is_ready(made: Iterable[Task]) -> bool:
    """Whether nothing stands in the way of letting the public in."""
    return all(task.state != "needed" for task in made)


def _by_task(found: Iterable[Finding]) -> dict[str, list[Finding]]:
    by_task: dict[str, list[Finding]] = {}
    for each in found:
        by_task.setdefault(RULES.get(each.rule, ""), []).append(each)
    return by_task


def _told(found: Iterable[Finding]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(name for each in found for name in each.about), tuple(map(str, found))

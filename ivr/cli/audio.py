"""`ivr audio build` and `ivr audio status`: the clips of a helpline. Only `build` needs the packages of the build."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from ivr.audio.catalog import Catalog, State
from ivr.audio.recordings import ENGINE as RECORDING
from ivr.cli.lazy_group import LazyGroup
from ivr.content.clip_text import ClipText
from ivr.content.loader import load_helpline
from ivr.content.model import Helpline
from ivr.content.speech import SAY
from ivr.errors import HelplineError

if TYPE_CHECKING:  # what makes sound isn't installed where calls are answered
    from ivr.audio.build import Report
    from ivr.audio.engines.engine import Engine

MAX_NAMED = 12  # clips named per reason: if an engine is missing, there are thousands
PACKAGES = ("numpy", "soundfile", "soxr")


OTHERS = {
    "import": "ivr.cli.recordings:import_command",
    "listen": "ivr.cli.listen:listen_command",
    "record-sheet": "ivr.cli.recordings:record_sheet_command",
}


@click.group("audio", cls=LazyGroup, lazy=OTHERS)
def audio_command() -> None:
    """Make the clips that callers hear, or see which are missing."""


@audio_command.command("status")
@click.pass_obj
def status_command(folder: Path) -> None:
    """Show how many clips of each language are ready, stale, damaged or missing."""
    helpline = load_helpline(folder)
    catalog = Catalog.load(helpline.audio_dir)
    table = Table("language", *State, "spoken by")
    for language in helpline.spoken:
        table.add_row(language, *_clip_status(catalog, _clip_texts(helpline, [language])))
    Console().print(table)


@audio_command.command("build")
@click.option("--language", "only", multiple=True, help="Only this language; may be repeated.")
@click.option("--engine", "engines", multiple=True, help="Only by this engine; may be repeated.")
@click.option("--dry-run", is_flag=True, help="List the clips that would be made.")
@click.pass_obj
def build_command(folder: Path, *, only: tuple[str, ...], engines: tuple[str, ...], dry_run: bool) -> None:
    """Make the clips that are missing or out of date. You can stop and restart it at any time.

    A named engine replaces clips by engines that come after it in the language's list.
    """
    need_packages()
    from ivr.audio.build import build, plan

    helpline = load_helpline(folder)
    languages = languages_of(helpline, only)
    made_by = _engines(helpline, languages)
    if engines:
        languages = _listing(helpline, languages, engines)
    by = engines or None
    clip_texts = _clip_texts(helpline, languages)
    if dry_run:
        _say_plan(plan(clip_texts, helpline.audio_dir, made_by, by))
        return
    with _progress(len(clip_texts)) as progress:
        report = build(
            clip_texts,
            helpline.audio_dir,
            made_by,
            only=languages if only or engines else None,
            by=by,
            progress=progress,
        )
    _say_report(report)
    if report.refused:
        raise SystemExit(1)


def _clip_texts(helpline: Helpline, languages: Iterable[str]) -> list[ClipText]:
    return [clip_text for language in languages for clip_text in helpline.clip_texts.get(language, {}).values()]


def _clip_status(catalog: Catalog, clip_texts: Sequence[ClipText]) -> list[str]:
    states = Counter(catalog.state(clip_text) for clip_text in clip_texts)
    engines = Counter(clip.engine for clip_text in clip_texts if (clip := catalog.find(clip_text)))
    spoken_by = ", ".join(f"{name} {count}" for name, count in sorted(engines.items()))
    return [*(str(states[state]) for state in State), spoken_by]


def languages_of(helpline: Helpline, only: Sequence[str]) -> list[str]:
    """The languages that a person named, or all; HelplineError for one that isn't in the helpline."""
    unknown = [language for language in only if language not in helpline.spoken]
    if unknown:
        known = ", ".join(helpline.spoken)
        raise HelplineError(f"There is no language {unknown[0]!r} in this helpline; there are: {known}")
    return list(only or helpline.spoken)


def need_packages() -> None:
    """Raises HelplineError if packages are missing that anything that makes sound imports."""
    missing = [name for name in PACKAGES if not find_spec(name)]
    if missing:
        raise HelplineError(f"{', '.join(missing)}: not installed. pip install 'ivr-helpline[audio]'")


def _listing(helpline: Helpline, languages: Iterable[str], engines: Sequence[str]) -> list[str]:
    """The languages that list one of these engines; HelplineError if one is listed nowhere."""
    if SAY in engines:
        raise HelplineError(
            f"{SAY!r} is the carrier's own voice: it speaks during calls, and there are no clips to make"
        )
    listed = {name for language in languages for name in helpline.speech(language).engines} - {SAY}
    for name in engines:
        if name not in listed:
            known = ", ".join(sorted(listed)) or "none"
            raise HelplineError(
                f"helpline.yaml lists the engine {name!r} for none of these languages; it lists: {known}"
            )
    return [language for language in languages if {*engines} & {*helpline.speech(language).engines}]


def _engines(helpline: Helpline, languages: Iterable[str]) -> dict[str, list[Engine]]:
    """Each language's engines in its own order, without those that don't exist here or can't read it; why is printed.

    One that only greets may name none: then every engine is asked.
    """
    from ivr.audio.engines.allowed import why_not
    from ivr.audio.engines.named import ENGINES, engine_named

    engines: dict[str, list[Engine]] = {}
    left_out: set[str] = set()
    for language in languages:
        listed, own_word = helpline.speech(language), helpline.about.reads.get(language, ())
        names = listed.engines or (tuple(ENGINES) if language in helpline.about.greets else ())
        why = {name: why_not(name, language, own_word) for name in names if name in ENGINES}
        engines[language] = [engine_named(name, listed.rate) for name in why if not why[name]]
        left_out |= {
            f"{name}: there is no such engine here; there are {', '.join(sorted(ENGINES))}."
            for name in {*listed.engines} - {*ENGINES, RECORDING, SAY}
        }
        left_out |= {why[name] for name in listed.engines if why.get(name)}
    for reason in sorted(left_out):
        click.echo(reason, err=True)
    return engines


@contextmanager
def _progress(total: int) -> Iterator[Callable[[ClipText, str], None]]:
    """A bar for a person at a terminal; for a file, a line for each clip that is made."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _say_made
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda clip_text, _outcome: bar.update(
            task, advance=1, description=f"{clip_text.language} {clip_text.prompt}"
        )


def _say_made(clip_text: ClipText, outcome: str) -> None:
    if outcome == "made":
        click.echo(f"{clip_text.language} {clip_text.prompt}")


def _say_plan(clip_texts: Sequence[ClipText]) -> None:
    for clip_text in clip_texts:
        click.echo(f"{clip_text.language} {clip_text.prompt}")
    click.echo(f"{len(clip_texts)} clips would be made.")


def _say_report(report: Report) -> None:
    """Prints a table by language, then what was skipped or refused, once for each reason: last, where people look."""
    counts = {
        "made": [clip.language for clip in report.made],
        "kept": [clip.language for clip in report.kept],
        "removed": [file.split("/")[0] for file in report.pruned],
        "waiting": [waiting.clip_text.language for waiting in report.waiting],
        "refused": [refusal.clip_text.language for refusal in report.refused],
    }
    table = Table("language", *counts)
    for language in dict.fromkeys(language for found in counts.values() for language in found):
        table.add_row(language, *(str(found.count(language)) for found in counts.values()))
    Console().print(table)
    click.echo(", ".join(f"{len(found)} {what}" for what, found in counts.items()) + ".")
    for reason in report.dropped:
        click.echo(f"Not used in this run: {reason}", err=True)
    for language, count in Counter(waiting.clip_text.language for waiting in report.waiting).items():
        reason = next(waiting.reason for waiting in report.waiting if waiting.clip_text.language == language)
        click.echo(f"Waiting: {language} ({count}) for a recording or an engine. {reason}", err=True)
    reasons: dict[str, list[str]] = defaultdict(list)
    for refusal in report.refused:
        reasons[refusal.reason].append(f"{refusal.clip_text.language} {refusal.clip_text.prompt}")
    for reason, names in reasons.items():
        more = f" and {len(names) - MAX_NAMED} more" * (len(names) > MAX_NAMED)
        click.echo(f"Refused: {', '.join(names[:MAX_NAMED])}{more}: {reason}", err=True)

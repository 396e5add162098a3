"""`ivr check`: checks the whole line before anyone calls it, and lists every mistake."""

import gc
import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import click

from ivr.cli.published import published
from ivr.config import SettingsError, read_settings
from ivr.content.limits import SpeechLimits
from ivr.errors import Finding, HelplineError
from ivr.verify.budget import Measure, mean_by_demand
from ivr.verify.live import Findings, content_findings, elsewhere_findings, settings_findings
from ivr.verify.verify import Report, verify

CAPTION = """\
Seconds from the choice of a language until the essentials have ended, and until the last fact begins: with the right
keys at once, pressing each option when it is heard, and hearing each menu to its end. The longest prompt; the longest
turn without a pause for a key; the pace, 1 being ordinary reading (- for Twilio's voices, whose seconds are
estimated). The person: from the answer of the call until a desk rings, by the right keys at once. All of it without
the notice, which has a limit of its own. ! is over the limit in helpline.yaml."""
COLUMNS = (*SpeechLimits.model_fields, "person", "notice")
# The proof keeps most of what it makes, and makes much: searching all of it for garbage takes a tenth of its time.
OBJECTS_BEFORE_GARBAGE = 200_000
FIGURES = (
    "{states:,} states walked with {answers:,} answers, {documents:,} documents\n"
    "{prompts:,} texts are heard; {facts} facts reach callers; languages offered: {languages}"
)


@click.command("check")
@click.option("--live", "is_live", is_flag=True, help="Also check settings, confirmed facts and voices.")
@click.option("--machines", default=1, show_default=True, help="With --live: how many machines will share the calls.")
@click.option("--times", is_flag=True, help="Print the time budget: how long callers of each language wait.")
@click.pass_obj
def check_command(folder: Path, *, is_live: bool, machines: int, times: bool) -> None:
    """Check the whole line: its YAML, its clips, every possible call, and the time budget.

    Lists every mistake with its file and line, or with the keys that lead to it; exits with 1 if there is one. With
    DATABASE_URL, what staff published is laid over the files, as callers hear it.
    """
    gc.set_threshold(OBJECTS_BEFORE_GARBAGE)
    report = verify(folder, published())
    if times:
        _print_times(report)
    failures = [str(problem) for problem in report.problems]
    if is_live:
        findings = _live(report, machines)
        failures += findings.failures
        for warning in findings.warnings:
            click.echo(f"warning: {warning}", err=True)
    if failures:
        raise HelplineError("\n".join(failures))
    click.echo(f"{folder}: no mistakes.\n{FIGURES.format(**report.figures)}")
    for name, value in report.line.helpline.about.rules.changed().items():
        click.echo(f"This line changes a rule: {name}: {value}")


def _live(report: Report, machines: int) -> Findings:
    helpline = report.line.helpline
    findings = content_findings(report.line, datetime.now(helpline.about.time_zone).date())
    try:
        settings = read_settings(os.environ, helpline.desks, helpline.languages, helpline.database_file)
        further = settings_findings(report.line, settings, machines)
        further.failures += elsewhere_findings(report.line, settings).failures
        if settings.has_other_fallback:
            from ivr.fallback.served import objections  # an HTTP library, of use to --live only

            found = objections(report.line, settings.fallback_url)
            further.failures += (Finding(told, "fallback-url") for told in found)
    except SettingsError as error:
        further = Findings(failures=[Finding(told, "settings") for told in str(error).splitlines()])
    return Findings(findings.failures + further.failures, findings.warnings + further.warnings)


def _print_times(report: Report) -> None:
    from rich.console import Console  # of use to --times only
    from rich.table import Table

    helpline, console = report.line.helpline, Console(soft_wrap=True)
    if report.list_times:
        worst = max(report.list_times.values())
        console.print(f"The list has said its last language after {worst:.1f} s.", end=" ")
    if mean := mean_by_demand(helpline, report.list_times):
        console.print(f"Callers hear theirs after {mean:.1f} s on average.", end="")
    table = Table("", *(name.replace("_", " ") for name in COLUMNS), caption=CAPTION, caption_justify="left")
    for language, row in report.times.items():
        table.add_row(language, *(_cell(name, row, helpline.about.limits.allowed(language, name)) for name in COLUMNS))
    console.print("", table, sep="\n")


def _cell(name: str, row: Mapping[str, Measure], limit: float | None) -> str:
    if name not in row:
        return "-"
    amount = row[name].amount
    shown = f"{amount:.2f}" if name == "pace" else f"{amount:.1f}"
    return f"{shown} !" if limit is not None and amount > limit else shown

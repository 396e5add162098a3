"""`ivr call`: the line at the end of a telephone in the terminal."""

import shlex
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console

from ivr.audio.line import load_line, must_be_heard
from ivr.cli.keypad import Keypad
from ivr.cli.probe import Stopwatch, probe
from ivr.cli.published import published
from ivr.simulator import Call, HttpTransport, Problem, TelephoneError, Transport, Unmet, replay, save
from ivr.simulator.script import ScriptError

URL = "http://127.0.0.1:8000/voice"
NOBODY = "+99900000000"  # country code 999 is unassigned, so this can't be anybody's


def moment(value: str) -> datetime:
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        message = f"{value!r} is not a moment: write it as 2026-11-24 09:30 or 2026-11-24 15:59:59"
        raise click.BadParameter(message) from None


@click.command("call")
@click.argument("url", default=URL)
@click.option("--token", envvar="TWILIO_AUTH_TOKEN", default="demo", help="The line's own token.")
@click.option("--from", "from_", default="anonymous", help="The caller's number, or a word.")
@click.option("--to", default=NOBODY, help="The number that is called.")
@click.option("--at", type=moment, help="The moment, by a demo's clock: '2026-11-24 09:30'.")
@click.option("--keys", help="What to type, separated by spaces, instead of asking: '02 1 /hang-up'.")
@click.option("--play", is_flag=True, help="Play the sound, if the machine has a player.")
@click.option("--save", "target", type=click.Path(dir_okay=False), help="Write the call as a script.")
@click.option(
    "--script", type=click.Path(exists=True, dir_okay=False), help="Replay a script; exit with 1 if the call differs."
)
@click.option(
    "--probe", "probing", is_flag=True, help="Walk the line in every language; exit with 1 if something is wrong."
)
@click.option("--slow", default=5.0, show_default=True, help="With --probe: seconds that an answer may take.")
@click.pass_obj
def call_command(
    folder: Path,
    url: str,
    token: str,
    from_: str,
    to: str,
    at: datetime | None,
    keys: str | None,
    play: bool,
    target: str | None,
    script: str | None,
    *,
    probing: bool,
    slow: float,
) -> None:
    """Call the line at URL from the terminal: hear what it says, press keys, be the desk."""
    console = Console(highlight=False, soft_wrap=True)
    token = token.partition(",")[0].strip()  # while it is being replaced there are two, and the first one signs
    if probing:
        if keys or play or target or script:
            raise click.UsageError(
                "--probe decides itself what to press: leave out --keys, --play, --save and --script"
            )
        _probe(folder, url, slow, lambda network: Call(network, url, token=token, from_=from_, to=to, at=at))
        return
    if target:
        _must_be_writable(target)
        at = at or datetime.now().astimezone().replace(microsecond=0)  # a replay has to know when the call was
    if script:
        call = _replay(console, script, url, token=token, from_=from_, to=to, at=at)
        _keep(console, call, target)
        return
    call = Call(HttpTransport(), url, token=token, from_=from_, to=to, at=at)
    typed = _lines(keys)
    try:
        Keypad(console, call, typed, play).run()
    except TelephoneError as error:
        raise click.ClickException(explain(error.problem, url)) from None
    finally:
        _keep(console, call, target)


def _probe(folder: Path, url: str, slow: float, dial: Callable[[Transport], Call]) -> None:
    """Prints one line for each problem and exits with 1, or one line in all."""
    line = load_line(folder, published())
    must_be_heard(line)
    report = probe(line.helpline, url, dial, Stopwatch(HttpTransport()), slow)
    for said in report.problems or (report.summary,):
        click.echo(said)
    if report.problems:
        raise SystemExit(1)


def _must_be_writable(target: str) -> None:
    """Checked before the call, since afterwards it would be lost."""
    if not Path(target).absolute().parent.is_dir():
        raise click.BadParameter(f"there is no folder {Path(target).parent}", param_hint="--save")


def _keep(console: Console, call: Call, target: str | None) -> None:
    if target and call.documents:
        try:
            save(call, target)
        except OSError as error:
            raise click.ClickException(f"{target} can't be written: {error.strerror}") from None
        console.print(f"The call is saved in {target}.")


def explain(problem: Problem, url: str) -> str:
    """What went wrong, for the person who has to fix it."""
    if problem.code == 11205:
        return f"Nothing answers at {url}. Start the line with: make run"
    if problem.code == 11200 and problem.message.endswith("403"):
        return f"{url} refuses the signature: is --token the line's own TWILIO_AUTH_TOKEN? (403)"
    return f"The telephone can't go on: {problem}"


def _replay(console: Console, script: str, url: str, **options: object) -> Call:
    try:
        call = replay(script, HttpTransport(), url, **options)
    except (ScriptError, Unmet) as error:
        raise click.ClickException(str(error)) from None
    except TelephoneError as error:
        where = "\n".join(getattr(error, "__notes__", []))
        raise click.ClickException(f"{explain(error.problem, url)}\n{where}".strip()) from None
    console.print(f"{script}: met, {len(call.actions)} actions, {call.seconds:.0f} s of call.")
    return call


def _lines(keys: str | None) -> Iterator[str]:
    """What is typed, line by line, until the end of the input."""
    if keys is None:
        stdin = click.get_text_stream("stdin")
        return (line.strip() for line in iter(stdin.readline, ""))
    try:
        return iter(shlex.split(keys))
    except ValueError:
        raise click.BadParameter(f"a quotation mark is left open in {keys!r}", param_hint="--keys") from None

"""`ivr call`: the line at the end of a telephone in the terminal."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import cast

import click
from rich.console import Console
from rich.text import Text

from ivr.phone import (
    Call,
    Heard,
    HttpTransport,
    OutOfTurn,
    Problem,
    TelephoneError,
    Unmet,
    replay,
    save,
)
from ivr.phone.script import ScriptError
from ivr.phone.stops import Outcome

URL = "http://127.0.0.1:8000/voice"
NOBODY = "+99900000000"  # ITU has given country code 999 to nobody, so this can't be a stranger
MOMENTS = ["%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M%z"]
PLAYERS = {
    "aplay": ["-q"],
    "paplay": [],
    "afplay": [],
    "ffplay": ["-nodisp", "-autoexit", "-loglevel", "quiet"],
    "play": ["-q"],
}
HELP = """\
02  1  *  #        keys, then Enter; a number of seconds first presses early: 3.5 2
Enter, /wait       silence until the line goes on
/hang-up           you hang up
/answer /busy /no-answer /failed    what the desk does that rings
/leave             the desk answers and hangs up before it is joined
/desk-hang-up      the desk hangs up
/xml               the line's last answer, as it came
/help              this"""
RINGING = "It rings. The desk: /answer /busy /no-answer /failed /leave, or you: /hang-up"
TALKING = "You are connected. /desk-hang-up, /hang-up, or Enter to talk until you are cut off"
WHISPERING = "The desk is asked for a key: type it, or Enter for silence, or /desk-hang-up"


@click.command("call")
@click.argument("url", default=URL)
@click.option("--token", envvar="TWILIO_AUTH_TOKEN", default="demo", help="The line's own token.")
@click.option("--from", "from_", default="anonymous", help="The caller's number, or a word.")
@click.option("--to", default=NOBODY, help="The number that is called.")
@click.option("--at", type=click.DateTime(MOMENTS), help="The moment, by a demo's clock.")
@click.option("--keys", help="What to type, divided by spaces, instead of asking: '02 1 /hang-up'.")
@click.option("--play", is_flag=True, help="Play the sound, where the machine has a player.")
@click.option("--save", "target", type=click.Path(dir_okay=False), help="Write a script of it.")
@click.option(
    "--script",
    type=click.Path(exists=True, dir_okay=False),
    help="Replay a script; exit 1 if it isn't met.",
)
def call_command(
    url: str,
    token: str,
    from_: str,
    to: str,
    at: datetime | None,
    keys: str | None,
    play: bool,
    target: str | None,
    script: str | None,
) -> None:
    """Call the line at URL from the terminal: hear what it says, press keys, be the desk."""
    console = Console(highlight=False, soft_wrap=True)
    token = token.partition(",")[0].strip()  # while rotating there are two, and the first one signs
    if script:
        _replay(console, script, url, token=token, from_=from_, to=to, at=at)
        return
    call = Call(HttpTransport(), url, token=token, from_=from_, to=to, at=at)
    try:
        Session(console, call, _lines(keys), play).run()
    except TelephoneError as error:
        raise click.ClickException(explain(error.problem, url)) from None
    finally:
        if target:
            save(call, target)
            console.print(f"The call is saved in {target}.")


def explain(problem: Problem, url: str) -> str:
    """What went wrong, for whoever has to mend it."""
    if problem.code == 11205:
        return f"Nothing answers at {url}. Start the line with: make run"
    if problem.code == 11200 and problem.message.endswith("403"):
        return f"{url} refuses the signature: is --token the line's own TWILIO_AUTH_TOKEN? (403)"
    return f"The telephone can't go on: {problem}"


def _replay(console: Console, script: str, url: str, **options: object) -> None:
    try:
        call = replay(script, HttpTransport(), url, **options)
    except (ScriptError, Unmet) as error:
        raise click.ClickException(str(error)) from None
    except TelephoneError as error:
        where = "\n".join(getattr(error, "__notes__", []))
        raise click.ClickException(f"{explain(error.problem, url)}\n{where}".strip()) from None
    console.print(f"{script}: met, {len(call.deeds)} deeds, {call.seconds:.0f} s of call.")


def _lines(keys: str | None) -> Iterator[str]:
    """What is typed, line by line, until the end of the input."""
    if keys is not None:
        return iter(keys.split())
    stdin = click.get_text_stream("stdin")
    return (line.strip() for line in iter(stdin.readline, ""))


class Session:
    """One call, typed and printed."""

    def __init__(self, console: Console, call: Call, lines: Iterator[str], play: bool) -> None:
        self.console, self.call, self.lines = console, call, lines
        self.player = _player(console) if play else None
        self.warned = 0
        self.echoed = sys.stdin.isatty()  # a terminal shows what is typed, a pipe doesn't

    def run(self) -> None:
        self.console.print(Text("/help says what you can type", style="dim"))
        self.call.start()
        self.show()
        while self.call.state != "ended":
            self.turn()
        self.console.print(Text(f"The call is over: {self.call.ended_by}.", style="bold"))

    def turn(self) -> None:
        typed = self.ask()
        try:
            acted = self.do(typed)
        except (OutOfTurn, ValueError) as error:
            self.console.print(Text(str(error), style="red"))
            return
        if acted:
            self.show()

    def ask(self) -> str:
        """The next line; the end of the input, or Ctrl-C, is a caller who hangs up."""
        self.console.print(self.question(), end="")
        try:
            typed = next(self.lines, "/hang-up")
        except KeyboardInterrupt:
            typed = "/hang-up"
        if not self.echoed:
            self.console.print(Text(typed))
        return typed

    def question(self) -> Text:
        hints = {"ringing": RINGING, "talking": TALKING, "whispering": WHISPERING}
        hint = hints.get(self.call.state, "")
        return Text(f"{hint}\n> " if hint else "> ", style="cyan")

    def do(self, typed: str) -> bool:
        """Whether the call moved on."""
        match typed:
            case "" | "/wait":
                self.call.wait()
            case "/answer" | "/busy" | "/no-answer" | "/failed" | "/leave":
                self.call.desk(cast("Outcome", typed[1:]))
            case "/desk-hang-up":
                self.call.desk_hangs_up()
            case "/hang-up":
                self.call.hang_up()
            case "/xml" | "/help":
                self.console.print(Text(HELP if typed == "/help" else self.last_document()))
                return False
            case _:
                self.press(typed)
        return True

    def press(self, typed: str) -> None:
        first, _, keys = typed.rpartition(" ")
        after = float(first) if first else None
        press = self.call.desk_press if self.call.state == "whispering" else self.call.press
        press(keys, after)

    def last_document(self) -> str:
        pages = self.call.documents
        return f"{pages[-1].url}\n{pages[-1].body.decode(errors='replace')}"

    def show(self) -> None:
        """Everything that happened in this turn."""
        for sound in self.call.just_heard:
            self.console.print(_line(sound))
            self.play(sound)
        for seen in self.call.dialled:
            if seen.turn == self.call.turn:
                told = f"{seen.number} rings and sees {seen.caller_id} (for {seen.timeout} s)"
                self.console.print(Text(told, style="bold yellow"))
        for problem in self.call.problems[self.warned :]:
            self.console.print(Text(f"warning: {problem}", style="yellow"))
        self.warned = len(self.call.problems)

    def play(self, sound: Heard) -> None:
        if self.player is None or sound.kind != "play":
            return
        with tempfile.TemporaryDirectory() as folder, suppress(KeyboardInterrupt):
            path = Path(folder, "sound.wav")
            path.write_bytes(self.call.sound_body(sound.url))
            command = [*self.player, str(path)]
            played = subprocess.run(command, check=False, stderr=subprocess.DEVNULL)  # noqa: S603 - a player of PLAYERS
            if played.returncode:
                self.console.print(f"{Path(self.player[0]).name} can't play sound here.")
                self.player = None


def _line(sound: Heard) -> Text:
    line = Text("  the desk hears: " if sound.leg == "desk" else "  ")
    known = sound.prompt or sound.language or (sound.url if not sound.text else "")
    line.append(sound.text or f"({sound.kind}, {sound.seconds:.1f} s)")
    return line.append(f"  {known}", style="dim") if known else line


def _player(console: Console) -> list[str] | None:
    for name, options in PLAYERS.items():
        if found := shutil.which(name):
            return [found, *options]
    console.print(f"No player for sound was found: none of {', '.join(PLAYERS)}.")
    return None

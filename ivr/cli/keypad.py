"""One call, typed and printed: the caller's keys, the desk's answers, and what both hear."""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import cast

from rich.console import Console
from rich.text import Text

from ivr.simulator import Call, Heard, OutOfTurn
from ivr.simulator.leg import Ending
from ivr.simulator.observe import State
from ivr.simulator.stops import OUTCOMES, Outcome

PLAYERS = {
    "aplay": ["-q"],
    "paplay": [],
    "afplay": [],
    "ffplay": ["-nodisp", "-autoexit", "-loglevel", "quiet"],
    "play": ["-q"],
}
HELP = """\
02  1  *  #        keys, then Enter
Enter, /wait       silence until the line goes on
/hang-up           you hang up
/answer /busy /no-answer /failed    what the ringing desk does
/leave             the desk answers and hangs up before it is connected
/desk-hang-up      the desk hangs up
2 after 3.5        the same, that many seconds into what was just heard, the ringing or the talk
/clock 16:00       moves the demo's clock forward: 16:00, 15:59:59 or 2026-11-24 16:00:00
/xml               the line's last answer, unchanged
/help              this list"""
HINTS: Mapping[State, str] = {
    "ringing": "It rings. The desk: /answer /busy /no-answer /failed /leave, or you: /hang-up",
    "talking": "You are connected. /desk-hang-up, /hang-up, or Enter to talk until you are cut off",
    "whispering": "The desk is asked for a key: type it, or Enter for silence, or /desk-hang-up",
}
NOW: Mapping[State, str] = {
    "waiting": "the line waits for your key",
    "ringing": "a desk rings",
    "talking": "you are connected with a desk",
    "whispering": "the desk is asked for a key",
}
ENDS: Mapping[Ending | None, str] = {
    "caller": "you hung up",
    "hangup": "the line hung up",
    "ran out of verbs": "the line had nothing more to say",
    "reject": "the line did not answer",
    "stock message": "the line broke down",
}
# These commands are possible only in these states, the others always.
WHEN: Mapping[str, tuple[State, ...]] = {
    **{f"/{outcome}": ("ringing",) for outcome in OUTCOMES},
    "/desk-hang-up": ("talking", "whispering"),
}


class Keypad:
    """`play` plays what is heard, if the machine has a player; `lines` are what is typed."""

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
        self.console.print(Text(f"The call is over: {ENDS[self.call.ended_by]}.", style="bold"))

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
        """The next line typed; at the end of the input, or after Ctrl-C, the caller hangs up."""
        self.console.print(self.question(), end="")
        try:
            typed = next(self.lines, "/hang-up")
        except KeyboardInterrupt:
            typed = "/hang-up"
        if not self.echoed:
            self.console.print(Text(typed))
        return typed

    def question(self) -> Text:
        """The time by the demo's clock, else the length of the call, and what can be done."""
        minutes, seconds = divmod(int(self.call.seconds), 60)
        clock = f"{self.call.moment:%H:%M:%S}" if self.call.moment else f"{minutes}:{seconds:02}"
        hint = HINTS.get(self.call.state, "")
        return Text(f"{hint}\n{clock} > " if hint else f"{clock} > ", style="cyan")

    def do(self, typed: str) -> bool:
        """Whether the call moved on."""
        words, _, late = typed.partition(" after ")
        command, _, argument = words.partition(" ")
        match command:
            case "/help" | "/xml":
                self.console.print(Text(HELP if command == "/help" else self.last_document()))
                return False
            case "/clock":
                self.call.clock_at(self.moment(argument))
            case "" | "/wait":
                self.call.wait()
            case _:
                self.must_be_time_for(words)
                self.action(words)(seconds(late))
        return True

    def must_be_time_for(self, words: str) -> None:
        if self.call.state not in (states := WHEN.get(words, (self.call.state,))):
            raise OutOfTurn(f"{words} is for when {' or '.join(NOW[state] for state in states)}; now {self.now()}")

    def action(self, words: str) -> Callable[[float | None], object]:
        """What these words do, given when."""
        if words == "/hang-up":
            return self.call.hang_up
        if words == "/desk-hang-up":
            return self.call.desk_hangs_up
        if words in WHEN:
            outcome = cast("Outcome", words.removeprefix("/"))
            return lambda after: self.call.desk(outcome, after=after)
        if words.startswith("/"):
            raise ValueError(f"{words} is not a command: /help lists them")
        press = self.call.desk_press if self.call.state == "whispering" else self.call.press
        return lambda after: press(words, after)

    def now(self) -> str:
        return NOW[self.call.state]

    def moment(self, text: str) -> datetime:
        """A whole moment, or a time on the day of the call's clock."""
        day = (self.call.moment or datetime.min).date().isoformat()
        hour = re.fullmatch("([0-9]{1,2})(:.+)", text)
        try:
            return datetime.fromisoformat(f"{day} {hour[1]:0>2}{hour[2]}" if hour else text)
        except ValueError:
            raise ValueError(f"/clock {text}: write /clock 16:00 or /clock 2026-11-24 16:00:00") from None

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
                after = f", then {seen.send_digits} is dialled" if seen.send_digits else ""
                told = f"{seen.number} rings and sees {seen.caller_id} (for {seen.timeout} s){after}"
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


def seconds(text: str) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        raise ValueError(f"after {text}: write the seconds in digits, such as 2 after 3.5") from None


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

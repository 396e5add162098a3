"""`ivr new`: a small helpline that works, to start your own from."""

import shlex
import shutil
from pathlib import Path

import click

from ivr.errors import HelplineError

STARTERS = Path(__file__).parent.parent / "starter"
KINDS = {
    "information": "a night clinic with two desks, in three languages",
    "crisis": "a women's refuge that answers day and night, in two languages, with a quick way out",
    "town": "a town's garbage days and its office, in one language",
}
STARTER = STARTERS / "information"
NEXT = """\
A helpline was made in {target}: {kind}. It works as it is:

{commands}

Then make it yours. Begin with {first}; the comments in each file explain it, and docs/own-helpline.md has recipes."""


@click.command("new")
@click.argument("target", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--kind",
    type=click.Choice(list(KINDS)),
    default="information",
    show_default=True,
    help="What it is like: information in many languages with desks; a crisis line; a town's line in one language.",
)
def new_command(target: Path, kind: str) -> None:
    """Make a small helpline in DIR that works at once, to turn into your own."""
    if target.exists() and not target.is_dir():
        raise HelplineError(f"{target} is a file; give the name of a new folder.")
    try:
        if target.is_dir() and any(target.iterdir()):
            raise HelplineError(f"{target} is not empty and was not touched; give the name of a new folder.")
        shutil.copytree(STARTERS / kind, target, dirs_exist_ok=True)
        shutil.copytree(STARTERS / "schemas", target / "prompts" / "schemas")
    except OSError as error:
        raise HelplineError(f"{target} can't be made: {error.strerror or error}") from None
    first = target / "prompts" / "helpline.yaml"
    click.echo(NEXT.format(target=target, kind=KINDS[kind], commands=_commands(target), first=first))


def _commands(target: Path) -> str:
    """What to type next, and what it does."""
    ivr = "ivr" if shutil.which("ivr") else ".venv/bin/ivr"
    this = f"{ivr} --helpline {shlex.quote(str(target / 'prompts'))}"
    does = {
        f"{this} check": "lists every mistake in its files",
        f"{this} serve --demo": "answers calls on this machine; no account needed",
        f"{ivr} call": "in another terminal: call it",
    }
    width = max(map(len, does))
    return "\n".join(f"  {typed:{width}}  {what}" for typed, what in does.items())

"""`ivr fallback`: the last resort, for another web server."""

from datetime import datetime
from pathlib import Path

import click

from ivr.audio.line import load_line
from ivr.cli.published import published
from ivr.config import SettingsError, usable_url
from ivr.fallback.export import INDEX_PATH, make, write
from ivr.values import is_loopback

DONE = """\
{target}: {documents} documents in {languages} languages, {sounds} sounds, {size:.0f} MB.
Serve it at {url}, documents by POST only (docs/fallback.md), then set FALLBACK_URL={url}{index}"""


@click.group("fallback")
def fallback_command() -> None:
    """Make what answers callers when the line itself can't."""


@fallback_command.command("export")
@click.argument("target", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--url", required=True, help="The address at which the folder will be served: https://host/path.")
@click.pass_obj
def export_command(folder: Path, *, target: Path, url: str) -> None:
    """Write what the line says into DIR, as TwiML and sounds that any web server can serve.

    DIR is a new folder, or one made earlier by this command. With DATABASE_URL, what staff published is laid over the
    files, as callers hear it.
    """
    url = usable_url("--url", url)
    if url.endswith(INDEX_PATH):
        raise SettingsError(f"--url: right would be {url.removesuffix(INDEX_PATH)}, without {INDEX_PATH} at its end")
    line = load_line(folder, published())
    about = line.helpline.about
    unconfirmed = about.unconfirmed(datetime.now(about.time_zone).date())
    if unconfirmed and not is_loopback(url):
        raise SettingsError(f"{unconfirmed}: confirm first that what callers hear there is still true")
    made = make(line, url)
    write(made, target)
    size = sum(map(len, made.files.values())) / 1e6
    click.echo(
        DONE.format(
            target=target,
            documents=len(made.documents),
            languages=made.languages,
            sounds=len(made.sounds),
            size=size,
            url=url,
            index=INDEX_PATH,
        )
    )

"""What staff published, for commands that look at the line as callers hear it."""

import os

import click

from ivr.config import read_database_url
from ivr.content.changes import Change
from ivr.errors import HelplineError


def published() -> tuple[Change, ...]:
    """The changes in force by the database that DATABASE_URL names; none, with a warning, if it doesn't answer."""
    if not os.environ.get("DATABASE_URL"):
        return ()
    from ivr.database.asking import ask  # SQLAlchemy takes long to import
    from ivr.database.publications import edition_in_force

    try:
        return ask(read_database_url(os.environ), edition_in_force).changes
    except HelplineError as error:
        click.echo(f"warning: {error}. The files are taken without what staff published", err=True)
        return ()

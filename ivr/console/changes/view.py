"""`/console/changes`: what waits, the history, how far an edition is, and correcting a sentence."""

from flask import Blueprint

from ivr.console.changes.changes_page import add_waiting_and_history
from ivr.console.changes.correct_page import add_correcting
from ivr.console.changes.edition_page import add_edition
from ivr.web.page_context import PageContext


def add_changes(pages: Blueprint, context: PageContext) -> None:
    add_waiting_and_history(pages, context)
    add_edition(pages, context)
    add_correcting(pages, context)

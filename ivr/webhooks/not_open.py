"""Whether the public may hear the line already."""

from datetime import UTC, datetime

from ivr.config import Settings
from ivr.content.model import Helpline
from ivr.database.no_database import Database

CLOSED_BY_STAFF = "staff have closed it"


def why_not_open(helpline: Helpline, settings: Settings, database: Database) -> str:
    """Nothing, or what has to be done first: under a public address the operator has to have confirmed the content, and
    nobody may have closed the line.
    """
    if database.is_admitted is False:
        return CLOSED_BY_STAFF
    if settings.demo or not settings.is_public:
        return ""
    return helpline.about.unconfirmed(datetime.now(UTC).astimezone(helpline.about.time_zone).date())

"""What was typed into a form that came too late: kept on the page that says so, until it can be sent again."""

import re

from flask import Request

from ivr.config import Settings
from ivr.web.guard import is_same_origin

SECRET = re.compile("password|token")


def unsent(request: Request, settings: Settings) -> list[tuple[str, str]]:
    """The fields of a form of ours, without secrets; none of what another site sent, nor of a file or a script."""
    if request.method != "POST" or not is_same_origin(request, settings):
        return []
    return [field for field in request.form.items(multi=True) if not SECRET.search(field[0])]

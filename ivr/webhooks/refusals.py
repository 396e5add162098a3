"""What is logged of strangers: enough to find a wrong setting. How often it is told, ivr/logs.py decides."""

from __future__ import annotations

import logging

from flask import Request

log = logging.getLogger(__name__)

MAX_HOST = 100


def log_refusal(request: Request, public_url: str) -> None:
    """The address expected and the host seen; no path, no parameter, and nothing that could end the line."""
    log.warning(
        "refused: not signed for %s, came to the host %s (the token, or PUBLIC_URL, may be wrong)",
        public_url,
        ascii(request.headers.get("Host", "")[:MAX_HOST]),
    )

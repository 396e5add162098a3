"""What is logged of strangers: enough to find a wrong setting, and not so much that they could fill a disk."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from threading import Lock

from flask import Request

log = logging.getLogger(__name__)

LINES, SECONDS = 5, 60.0
MAX_HOST = 100


class Refusals:
    """A few lines in each minute; the first of the next tells how many were kept back."""

    def __init__(self, public_url: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._public_url, self._clock, self._lock = public_url, clock, Lock()
        self._began, self._refused = clock(), 0

    def tell(self, request: Request) -> None:
        """The address expected and the host seen; no path, no parameter, and nothing that could end the line."""
        kept_back = self._kept_back()
        if kept_back is None:
            return
        log.warning(
            "refused: not signed for %s, came to the host %s (the token, or PUBLIC_URL, may be wrong)%s",
            self._public_url,
            ascii(request.headers.get("Host", "")[:MAX_HOST]),
            f"; {kept_back} more in the minutes before" if kept_back else "",
        )

    def _kept_back(self) -> int | None:
        """How many were not told since the last line, or None where this one is not told either."""
        with self._lock:
            now, kept_back = self._clock(), 0
            if now - self._began >= SECONDS:
                kept_back = max(0, self._refused - LINES)
                self._began, self._refused = now, 0
            self._refused += 1
            return kept_back if self._refused <= LINES else None

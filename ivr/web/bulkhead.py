"""The wall between callers and everybody else: whatever is asked of pages, threads are left for calls and sounds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from werkzeug.wsgi import ClosingIterator

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# What calls need, and what watches the line.
CALLERS = re.compile(r"/(voice|audio)(/|\Z)|/(health|ready)\Z")
# Requests for all else in each process: together as many as a browser sends at once for a page and its files, which
# could come without its styles otherwise. One that waits has a thread too.
AT_WORK, WAITING = 2, 4
WAIT_SECONDS = 1.0
BUSY = "Too many requests. Please try again in a few seconds.\n混み合っています。数秒後にお試しください。\n".encode()


class Bulkhead:
    """A WSGI application around another: beyond a few requests at once, pages answer 503 without being asked.

    A page has its place until all of it was sent.
    """

    def __init__(self, inner: WSGIApplication) -> None:
        self._inner = inner
        self._places, self._work = BoundedSemaphore(AT_WORK + WAITING), BoundedSemaphore(AT_WORK)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if CALLERS.match(environ.get("PATH_INFO", "")):
            return self._inner(environ, start_response)
        if not self._enter():
            return _busy(start_response)
        try:
            return ClosingIterator(self._inner(environ, start_response), self._leave)
        except BaseException:
            self._leave()
            raise

    def _enter(self) -> bool:
        if not self._places.acquire(blocking=False):
            return False
        if self._work.acquire(timeout=WAIT_SECONDS):
            return True
        self._places.release()
        return False

    def _leave(self) -> None:
        self._work.release()
        self._places.release()


def _busy(start_response: StartResponse) -> Iterable[bytes]:
    headers = {"Content-Type": "text/plain; charset=utf-8", "X-Content-Type-Options": "nosniff"}
    more = {"Cache-Control": "no-store", "Retry-After": "5", "Content-Length": str(len(BUSY))}
    start_response("503 Service Unavailable", [*headers.items(), *more.items()])
    return [BUSY]

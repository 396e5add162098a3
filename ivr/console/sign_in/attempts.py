"""How often a password may be tried: after a few wrong ones each further try has to wait, longer each time.

Kept in the memory of one process and bounded. A wait is short enough that nobody can lock staff out for ever.
Flask-Limiter is not used: it works before and after every request, webhooks too, and a clock that is set back makes
its waits longer.
"""

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from threading import Lock

FREE = 5  # wrong tries without a wait
MAX_SECONDS = 60
FORGOTTEN_SECONDS = 3600  # after which wrong tries count no longer
MAX_KNOWN = 1000
# Wrong tries of all together, however many addresses they have: then all strangers wait a moment.
MAX_BY_ALL, ALL_SECONDS = 100, 60.0


class Attempts:
    """`wait` before a try, `failed` after a wrong one, `succeeded` after the right one; `who` is whose try it is."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, Lock()
        self._failures: OrderedDict[str, tuple[int, float]] = OrderedDict()
        self._by_all: list[float] = []

    def wait(self, who: str, *, known: bool = False) -> int:
        """Seconds until this one may try; 0 is now. A `known` one doesn't wait for what others did."""
        with self._lock:
            now = self._clock()
            count, last = self._failures.get(who, (0, now))
            delay = 0 if count < FREE else min(2 ** (count - FREE + 1), MAX_SECONDS)
            waits = [last + delay - now if delay else 0.0]
            if not known and len(self._by_all) >= MAX_BY_ALL:
                waits.append(self._by_all[0] + ALL_SECONDS - now)
            return math.ceil(max(0.0, *waits))

    def failed(self, who: str) -> None:
        with self._lock:
            now = self._clock()
            count, last = self._failures.pop(who, (0, now))
            self._failures[who] = (count + 1 if now - last < FORGOTTEN_SECONDS else 1, now)
            while len(self._failures) > MAX_KNOWN:
                self._failures.popitem(last=False)
            self._by_all = [*self._by_all, now][-MAX_BY_ALL:]

    def succeeded(self, who: str) -> None:
        with self._lock:
            self._failures.pop(who, None)


def neighbourhood(address: str | None) -> str:
    """What counts as one address: of IPv6 a network, since a single customer has billions of addresses."""
    try:
        found = ip_address(address or "")
    except ValueError:
        return ""
    return str(int(found) >> 64) if isinstance(found, IPv6Address) else str(found)

"""How often a password may be tried."""

from __future__ import annotations

from ivr.console.sign_in.attempts import FREE, MAX_BY_ALL, MAX_KNOWN, MAX_SECONDS, Attempts, neighbourhood


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_few_slips_cost_nothing():
    attempts = Attempts(Clock())
    for _slip in range(FREE - 1):
        attempts.failed("a")
    assert attempts.wait("a") == 0


def test_each_further_try_waits_longer_but_never_for_ever():
    clock = Clock()
    attempts = Attempts(clock)
    waits = []
    for _try in range(FREE + 20):
        attempts.failed("a")
        waits.append(attempts.wait("a"))
        clock.now += waits[-1]
        assert attempts.wait("a") == 0
    assert waits[FREE - 1 : FREE + 3] == [2, 4, 8, 16]
    assert max(waits) == MAX_SECONDS


def test_nobody_waits_for_what_another_address_did():
    attempts = Attempts(Clock())
    for _try in range(20):
        attempts.failed("a")
    assert attempts.wait("a")
    assert attempts.wait("b") == 0


def test_the_right_password_clears_the_slate():
    attempts = Attempts(Clock())
    for _try in range(FREE):
        attempts.failed("a")
    attempts.succeeded("a")
    assert attempts.wait("a") == 0


def test_old_slips_are_forgotten():
    clock = Clock()
    attempts = Attempts(clock)
    for _try in range(FREE - 1):
        attempts.failed("a")
    clock.now += 3600
    attempts.failed("a")
    assert attempts.wait("a") == 0


def test_many_addresses_together_wait_a_moment_and_a_known_browser_does_not():
    clock = Clock()
    attempts = Attempts(clock)
    for number in range(MAX_BY_ALL):
        attempts.failed(str(number))
    assert 0 < attempts.wait("another") <= 60
    assert attempts.wait("at work", known=True) == 0
    clock.now += 60
    assert attempts.wait("another") == 0


def test_who_waits_for_many_addresses_waits_until_the_first_of_them_is_a_minute_ago():
    clock = Clock()
    attempts = Attempts(clock)
    for number in range(MAX_BY_ALL):
        attempts.failed(str(number))
        clock.now += 0.5
    assert attempts.wait("another") == 60 - MAX_BY_ALL / 2


def test_memory_is_bounded():
    attempts = Attempts(Clock())
    for number in range(3 * MAX_KNOWN):
        attempts.failed(str(number))
    assert len(attempts._failures) == MAX_KNOWN
    assert len(attempts._by_all) == MAX_BY_ALL


def test_where_memory_is_full_the_latest_are_known():
    attempts = Attempts(Clock())
    for number in range(MAX_KNOWN):
        attempts.failed(str(number))
    for _try in range(FREE):
        attempts.failed("a")
    assert attempts.wait("a", known=True) == 2


def test_a_customers_ipv6_network_is_one_address():
    assert neighbourhood("2001:db8:1:2::1") == neighbourhood("2001:db8:1:2:ffff::9")
    assert neighbourhood("2001:db8:1:2::1") != neighbourhood("2001:db8:1:3::1")
    assert neighbourhood("192.0.2.1") != neighbourhood("192.0.2.2")
    assert neighbourhood(None) == neighbourhood("not an address") == ""

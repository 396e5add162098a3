"""How somebody works on a page: with a finger, or with the keys of a keyboard and nothing else."""

from __future__ import annotations

from datetime import date, time

import pytest
from playwright.sync_api import Locator, Page

MOST_TABS = 400


class Finger:
    """On a telephone, whose own pickers fill in days and times."""

    context = {"has_touch": True, "is_mobile": True}

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, found: Locator) -> None:
        found.tap()

    tick = press

    def write(self, found: Locator, text: str) -> None:
        found.tap()
        found.fill(text)

    def set_day(self, found: Locator, day: date) -> None:
        found.fill(day.isoformat())

    def set_time(self, found: Locator, hour: time) -> None:
        found.fill(f"{hour:%H:%M}")

    def choose(self, found: Locator, label: str) -> None:
        found.select_option(label=label)


class Keys:
    """Tab leads to everything; what has the focus is looked at, never set."""

    context: dict[str, bool] = {}

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, found: Locator) -> None:
        self._reach(found)
        self.page.keyboard.press("Enter")

    def tick(self, found: Locator) -> None:
        self._reach(found)
        self.page.keyboard.press("Space")

    def write(self, found: Locator, text: str) -> None:
        self._reach(found)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def set_day(self, found: Locator, day: date) -> None:
        """In the order of the browser's own language, which is the machine's and not the page's."""
        self._reach(found)
        for order in ("%m%d%Y", "%d%m%Y"):
            self._back_to_first_part(3)
            self.page.keyboard.type(f"{day:{order}}")
            if found.input_value() == day.isoformat():
                return
        pytest.fail(f"{found.input_value()} was typed, not {day}")

    def set_time(self, found: Locator, hour: time) -> None:
        self._reach(found)
        for order in ("%H%M", "%I%M%p"):
            self._back_to_first_part(3)
            self.page.keyboard.type(f"{hour:{order}}")
            if found.input_value() == f"{hour:%H:%M}":
                return
        pytest.fail(f"{found.input_value()} was typed, not {hour}")

    def choose(self, found: Locator, label: str) -> None:
        self._reach(found)
        self.page.keyboard.type(label)

    def _back_to_first_part(self, parts: int) -> None:
        for _ in range(parts):
            self.page.keyboard.press("ArrowLeft")

    def _reach(self, found: Locator) -> None:
        wanted = found.element_handle()
        for _ in range(MOST_TABS):
            if wanted.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"no Tab leads to {found}")

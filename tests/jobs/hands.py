"""How somebody works on a page: with a finger, or with the keys of a keyboard and nothing else, not even scripts."""

from __future__ import annotations

from datetime import date, datetime, time
from types import MappingProxyType

import pytest
from playwright.sync_api import Locator, Page

MOST_TABS, MOST_PARTS = 400, 6


class Finger:
    """On a telephone, whose own pickers fill in days and times."""

    context = MappingProxyType({"has_touch": True, "is_mobile": True})
    has_scripts = True

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, found: Locator) -> None:
        found.tap()

    tick = pick = press

    def write(self, found: Locator, text: str) -> None:
        found.tap()
        found.fill(text)

    def set_day(self, found: Locator, day: date) -> None:
        found.fill(day.isoformat())

    def set_time(self, found: Locator, hour: time) -> None:
        found.fill(f"{hour:%H:%M}")

    def set_moment(self, found: Locator, moment: datetime) -> None:
        found.fill(f"{moment:%Y-%m-%dT%H:%M}")

    def choose(self, found: Locator, label: str) -> None:
        found.select_option(label=label)


class Keys:
    """Tab leads to everything; what has the focus is looked at, never set. The browser runs no scripts."""

    context = MappingProxyType({"java_script_enabled": False})
    has_scripts = False

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, found: Locator) -> None:
        self._reach(found)
        self.page.keyboard.press("Enter")

    def tick(self, found: Locator) -> None:
        self._reach(found)
        self.page.keyboard.press("Space")

    def pick(self, found: Locator) -> None:
        """One of a group, in which arrows move; Tab leads to the one that is chosen, or to the first."""
        group = self.page.locator(f"input[name='{found.get_attribute('name')}']")
        chosen = group.and_(self.page.locator(":checked"))
        self.tick(chosen if chosen.count() else group.first)
        for _ in range(group.count()):
            if found.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        pytest.fail(f"no arrow leads to {found}")

    def write(self, found: Locator, text: str) -> None:
        self._reach(found)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def set_day(self, found: Locator, day: date) -> None:
        self._type_parts(found, f"{day}", f"{day:%m%d%Y}", f"{day:%d%m%Y}")

    def set_time(self, found: Locator, hour: time) -> None:
        self._type_parts(found, f"{hour:%H:%M}", f"{hour:%H%M}", f"{hour:%I%M%p}")

    def set_moment(self, found: Locator, moment: datetime) -> None:
        """The year has room for six digits, so the hour is gone to."""
        parts = (f"{moment:%m%d%Y}", f"{moment:%d%m%Y}"), (f"{moment:%H%M}", f"{moment:%I%M%p}")
        typed = (f"{day}\t{hour}" for day in parts[0] for hour in parts[1])
        self._type_parts(found, f"{moment:%Y-%m-%dT%H:%M}", *typed)

    def _type_parts(self, found: Locator, wanted: str, *typed: str) -> None:
        """In the order of the browser's own language, which is the machine's and not the page's."""
        self._reach(found)
        for text in typed:
            for _part in range(MOST_PARTS):
                self.page.keyboard.press("ArrowLeft")
            self.page.keyboard.type(text)
            if found.input_value() == wanted:
                return
        pytest.fail(f"{found.input_value()} was typed, not {wanted}")

    def choose(self, found: Locator, label: str) -> None:
        self._reach(found)
        self.page.keyboard.type(label)

    def _reach(self, found: Locator) -> None:
        wanted = found.element_handle()
        for _ in range(MOST_TABS):
            if wanted.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"no Tab leads to {found}")

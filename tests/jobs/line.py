"""A line as it is deployed: two workers, PostgreSQL, a public address, and desks with numbers."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from ivr.database.in_force import standing
from ivr.simulator import Call, Heard
from tests import served
from tests.cast import TOKEN, name_of
from tests.database.line import connected
from tests.jobs.hands import Finger, Keys
from tests.staff import PASSWORD, STAFF

HANDS = pytest.mark.parametrize("hand", [Finger, Keys])
PUBLIC_URL = "https://line.example.org"
WIDTH = 390
CHECKED = 300_000  # milliseconds: the whole line is walked through, and calls go first

# Numbers that are kept for fiction: nobody's, and not refused as a demo's.
PHONES = ("+12025550111", "+12025550112")


def copy_of(helpline: Path, folder: Path) -> Path:
    """Its content to be changed, beside its clips."""
    shutil.copytree(helpline / "prompts", folder / "prompts")
    if (helpline / "audio").exists():
        (folder / "audio").symlink_to(helpline / "audio")
    return folder / "prompts"


class Line(served.Server):
    """What is installed with these settings; all else is done in the browser."""

    def __init__(self, helpline: Path, database_url: str, *desks: str, **settings: str) -> None:
        numbers = {f"{name.upper()}_PHONE": phone for name, phone in zip(desks, PHONES, strict=False)}
        own = {"PUBLIC_URL": PUBLIC_URL, "TWILIO_AUTH_TOKEN": TOKEN, "TRUSTED_PROXIES": "1", **numbers, **STAFF}
        super().__init__(**own, IVR_HELPLINE=str(helpline), DATABASE_URL=database_url, **settings)

    def every_worker_follows(self) -> bool:
        with connected(self.settings["DATABASE_URL"]) as connection:
            found = standing(connection)
        return found.is_in_force and found.workers == len(self.workers()) == 2

    def calls(self, keys: str = "") -> list[Call]:
        """As many as are needed to meet both workers."""
        return [self.call(keys) for _ in range(6)]


class Person:
    """Somebody at a browser of 390 px, who works with `hand`."""

    def __init__(self, page: Page, hand: type[Finger | Keys], line: Line) -> None:
        self.page, self.hand, self.line = page, hand(page), line

    def go(self, name: str) -> None:
        """By the links at the top; nothing sticks out there."""
        menu = self.page.locator("nav.pages")
        if (summary := menu.locator("summary")).is_visible():
            self.hand.press(summary)
        self.leave_by(menu.get_by_role("link", name=name, exact=True))
        self.reads(name)

    def reads(self, heading: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        assert self.page.evaluate("document.documentElement.scrollWidth") <= WIDTH, heading

    def leave_by(self, found: Locator) -> None:
        """A link or a button that leads to another page, or to this one as it is now."""
        with self.page.expect_navigation():
            self.hand.press(found)

    def press(self, name: str) -> None:
        self.leave_by(self.page.get_by_role("button", name=name, exact=True))

    def follow(self, name: str) -> None:
        self.leave_by(self.page.get_by_role("link", name=name, exact=True))

    def sign_in(self) -> None:
        self.hand.write(self.page.get_by_label("Password"), PASSWORD)
        self.press("Sign in")

    def waits_for(self, found: Locator, milliseconds: int) -> None:
        """What the page shows by itself, or without scripts when it is looked at again."""
        for _second in range(0 if self.hand.has_scripts else milliseconds // 1000):
            if found.count():
                break
            self.page.wait_for_timeout(1000)
            self.follow("Look again")
        expect(found).to_be_visible(timeout=milliseconds)

    def waits_until_in_force(self) -> None:
        """On the page of an edition."""
        done = self.page.get_by_role("status").filter(has_text="Published, and in force")
        refused = self.page.get_by_text("Fix this first")
        self.waits_for(done.or_(refused).first, CHECKED)
        assert not refused.count(), self.page.locator("#rest").inner_text()


def visit(line: Line, open_page, hand: type[Finger | Keys], path: str = "", **options) -> Person:
    """Somebody who has opened a page of the console, and signed in as the first coordinator."""
    page = open_page(f"{line.at}/console/{path}", WIDTH, locale="en-GB", **hand.context, **options)
    person = Person(page, hand, line)
    person.sign_in()
    return person


def invited(boss: Person, open_page, hand: type[Finger | Keys], role: str = "Staff") -> Person:
    """Hanako, who has opened the link that `boss` made for her on the page People."""
    boss.hand.write(boss.page.get_by_label("Name"), "Hanako")
    boss.hand.choose(boss.page.locator("#role"), role)
    boss.press("Make a link")
    address = boss.page.get_by_role("textbox", name="Link").input_value().replace(boss.line.url, boss.line.at)
    hanako = Person(open_page(address, WIDTH, locale="en-GB", **hand.context), hand, boss.line)
    hanako.hand.write(hanako.page.get_by_label("Password"), "one of my own, quite long")
    hanako.press("Save and sign in")
    hanako.reads("Home")
    return hanako


def names(made: Call) -> list[str]:
    """What a caller heard: prompts by their names, and other words of the carrier's voice as they are."""
    return [_name(sound) for sound in made.heard if sound.leg == "caller"]


def _name(sound: Heard) -> str:
    try:
        return name_of(sound).rpartition("/")[2]
    except KeyError:
        return sound.text

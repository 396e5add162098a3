"""What somebody does on the page of the telephone, in a real browser."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.cast import helpline, loaded

BOTH_OPEN = "2026-11-24T11:00:00"


def says(language: str, prompt: str) -> str:
    """A clip's text as it is written; of the carrier's voice the first sentence, as it is spoken."""
    line = helpline().clip_texts[language][prompt]
    return line.shown if loaded().catalog.find(line) else line.sentences[0]


class Telephone:
    """What somebody does on the page; `push` is how they push a button."""

    def __init__(self, page, push) -> None:
        self.page, self.push = page, push

    def button(self, name: str):
        return self.page.get_by_role("button", name=name, exact=True)

    def set_clock(self, moment: str) -> None:
        self.page.get_by_label("Another moment").fill(moment)
        self.push(self.button("Set"))

    def key(self, key: str) -> None:
        self.push(self.page.locator(f'[data-key="{key}"]'))

    def hears(self, text: str) -> None:
        expect(self.page.locator("#log .said").filter(has_text=text).first).to_be_visible()

    def hear_out(self) -> None:
        self.push(self.button("Skip ahead"))

    def status(self, text: str) -> None:
        expect(self.page.locator("#status")).to_have_text(text)


def by_mouse(locator):
    locator.click()

"""A notice written on a telephone's screen, by keyboard alone and without scripts."""

from __future__ import annotations

import pytest
from flask import redirect
from playwright.sync_api import expect

from ivr.console import publish_page
from tests.browser import serving
from tests.cast import NUMBERS, app, helpline
from tests.console.test_desks_in_a_browser import WIDTH
from tests.console.test_notices import Told
from tests.served import free_port


def tab_to(page, found) -> None:
    for _ in range(80):
        if found.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"no Tab leads to {found}")


def test_a_notice_is_written_and_published_by_keyboard_alone(tmp_path, open_page, monkeypatch):
    published: list[dict] = []

    def publish(_context, edits, by):
        published.append({"by": by, **edits})
        return redirect("/console/notices", 303)

    monkeypatch.setattr(publish_page, "publish_now", publish)
    port = free_port()
    settings = {**NUMBERS, "PORT": str(port), "DATABASE_URL": f"sqlite:///{tmp_path / 'ivr.db'}"}
    with serving(app(helpline(), settings, counts=Told()), port) as address:
        page = open_page(f"{address}/console/notices", WIDTH, locale="en-GB", java_script_enabled=False)
        assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH
        publishing, field = page.get_by_role("button", name="Check and publish"), page.get_by_label("Japanese")
        tab_to(page, field.last)
        page.keyboard.type("フレスクは今週ずっと休みです。" * 5)
        tab_to(page, publishing)
        page.keyboard.press("Enter")
        expect(page.get_by_text("Too long for a notice.")).to_be_visible()
        expect(field.last).to_be_focused()
        page.keyboard.press("Control+A")
        page.keyboard.type("フレスクは今週休みです。")
        tab_to(page, publishing)
        page.keyboard.press("Enter")
        expect(page.get_by_text("Too long for a notice.")).to_be_hidden()
        expect(page.get_by_role("heading", name="Notices", exact=True)).to_be_visible()
        page.wait_for_load_state("networkidle")
    (found,) = published
    assert found[("helpline.yaml", ("fill", "notice", "ja"))] == "フレスクは今週休みです。"

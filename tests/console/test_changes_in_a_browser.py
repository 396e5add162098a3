"""A sentence is corrected on a telephone, published, and heard by the next call: on a line with two workers."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from ivr.cli.new import STARTERS
from tests.console.changed import ChangedLine
from tests.console.test_accessible_pages import RULES, SMALL, violations
from tests.served import Server

OLD, NEW = "The town's garbage line.", "Our garbage line."
NARROW = 390
PATIENCE = 120_000  # for a check on a busy machine


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    line = ChangedLine(tmp_path_factory.mktemp("line"), STARTERS / "town")
    with Server("--demo", IVR_HELPLINE=str(line.folder), DATABASE_URL=line.url) as server:
        yield server.until_ready()


def first_words(server: Server) -> set[str]:
    """Of as many calls as are needed to meet both workers."""
    return {server.call().heard[0].text for _call in range(8)}


def looked_at(page, width: int) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if width == NARROW:  # axe is a script
        assert violations(page, RULES) == []
        assert page.evaluate(SMALL) == []


def in_force(page, *, scripts: bool) -> None:
    """Which the page says by itself, or without scripts when it is looked at again."""
    for _second in range(0 if scripts else PATIENCE // 1000):
        page.wait_for_timeout(1000)  # also for the page that was asked for, which may have no such link any more
        if page.get_by_text("Published, and in force").count():
            break
        page.get_by_role("link", name="Look again").click()
    expect(page.get_by_text("Published, and in force")).to_be_visible(timeout=PATIENCE)


@pytest.mark.parametrize(("width", "scripts"), [(NARROW, True), (1280, False)])
def test_a_sentence_is_corrected_published_and_heard_and_taken_back(served, open_page, width, scripts):
    assert first_words(served) == {OLD}
    page = open_page(f"{served.at}/console/prompts/welcome", width, java_script_enabled=scripts)
    page.get_by_role("link", name="Suggest a correction").click()
    page.get_by_label("What callers hear").fill("Our garbage line 2")
    page.get_by_role("button", name="Check and publish now").click()
    expect(page.get_by_text("Write it as a word.")).to_be_visible()
    expect(page.get_by_label("What callers hear")).to_have_value("Our garbage line 2")
    looked_at(page, width)
    page.get_by_label("What callers hear").fill(NEW)
    page.get_by_role("button", name="Check and publish now").click()
    in_force(page, scripts=scripts)
    looked_at(page, width)
    assert first_words(served) == {NEW}
    page.get_by_role("link", name="← Changes").click()
    looked_at(page, width)
    page.get_by_role("link", name="Go back to the files").click()
    expect(page.get_by_text(OLD)).to_be_visible()
    page.get_by_role("button", name="Check and go back").click()
    in_force(page, scripts=scripts)
    assert first_words(served) == {OLD}

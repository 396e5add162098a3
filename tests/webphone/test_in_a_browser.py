"""The telephone in a real browser: whole calls in three scripts, by mouse, touch and keyboard, wide and narrow."""

from __future__ import annotations

import re

import pytest
import requests
from playwright.sync_api import expect

from ivr.simulator.sound import wav_seconds
from tests.cast import helpline
from tests.webphone.pushing import BOTH_OPEN, Telephone, by_mouse, says

WIDE, NARROW = 1280, 390


def by_touch(locator):
    locator.tap()


def by_keyboard(locator):
    locator.press("Enter")


WAYS = {
    "English, mouse, wide": ("en", by_mouse, {"width": WIDE}),
    "Vietnamese, touch, narrow": ("vi", by_touch, {"width": NARROW, "has_touch": True, "is_mobile": True}),
    "Arabic, keyboard, narrow": ("ar", by_keyboard, {"width": NARROW}),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_whole_call_with_a_transfer(way, line, open_page):
    language, push, options = WAYS[way]
    telephone = Telephone(open_page(line, locale="en", **options), push)
    page = telephone.page
    telephone.set_clock(BOTH_OPEN)
    telephone.push(telephone.button("Call"))
    telephone.hears(says("ja", "welcome"))
    for digit in helpline().languages[language].code:
        telephone.key(digit)
    telephone.hears(says(language, "eligible"))
    telephone.key("0")
    telephone.status("The line speaks")
    _operators_are_heard_in_full(telephone, language)
    telephone.key("1")
    telephone.hears(says(language, "transfer.say"))
    telephone.hear_out()
    telephone.status("A desk rings")
    telephone.push(telephone.button("Answer"))
    telephone.hears(says("ja", f"whisper.{language}"))
    telephone.hear_out()
    telephone.status("Connected")
    telephone.push(telephone.button("Desk hangs up"))
    telephone.hears(says(language, "transfer.ended"))
    telephone.push(telephone.button("Hang up"))
    telephone.status("You hung up")
    expect(page.locator("#documents")).to_contain_text("<Dial")
    assert page.evaluate("document.documentElement.scrollWidth") <= options["width"], "nothing sticks out"
    spoken = page.locator("#log .said p").filter(has_text=says(language, "eligible")).first
    assert spoken.get_attribute("lang") == language
    assert spoken.evaluate("p => getComputedStyle(p).direction") == ("rtl" if language == "ar" else "ltr")


def _operators_are_heard_in_full(telephone, language):
    """The sentence that says who runs a desk can't be cut by a key; then both desks are offered."""
    first = "cinga" if language == "ar" else "fresc"
    second = "fresc" if language == "ar" else "cinga"
    telephone.hears(says(language, f"{first}.operator"))
    telephone.key("1")
    expect(telephone.page.locator("#typed")).to_have_text("This sentence can't be interrupted")
    telephone.hear_out()
    telephone.status("Waiting for a key")
    telephone.push(telephone.button("Say nothing"))
    telephone.hears(says(language, f"{second}.operator"))
    telephone.hear_out()
    telephone.status("Waiting for a key")


@pytest.fixture
def telephone(line, open_page):
    """In a call, where the list of languages is being said."""
    ready = Telephone(open_page(line, WIDE, locale="en"), by_mouse)
    ready.set_clock(BOTH_OPEN)
    ready.button("Call").click()
    ready.status("The line speaks")
    return ready


def test_the_keyboard_dials_and_escape_hangs_up(telephone):
    telephone.page.locator("body").press("0")
    telephone.page.locator("body").press("2")
    telephone.hears(says("en", "eligible"))
    expect(telephone.page.locator("#log .did")).to_have_text("You pressed 02")
    telephone.page.locator("body").press("Escape")
    telephone.status("You hung up")


def test_by_keyboard_alone_a_call_is_made_to_its_end_and_the_focus_is_never_lost(line, open_page):
    telephone = Telephone(open_page(line, WIDE, locale="en"), by_mouse)
    telephone.set_clock(BOTH_OPEN)
    page, keyboard = telephone.page, telephone.page.keyboard
    telephone.button("Call").focus()
    keyboard.press("Enter")
    telephone.status("The line speaks")
    expect(telephone.button("Call")).to_be_focused()
    keyboard.press("Tab")
    keyboard.press("Tab")
    expect(telephone.button("Skip ahead")).to_be_focused()
    for keys, heard in (("02", "eligible"), ("0", "fresc.operator"), ("1", "transfer.say")):
        for key in keys:
            keyboard.press(key)
        telephone.hears(says("en", heard))
        keyboard.press("Enter")
        telephone.status("A desk rings" if keys == "1" else "Waiting for a key")
    expect(telephone.button("Answer")).to_be_focused()
    keyboard.press("Enter")
    telephone.hears(says("ja", "whisper.en"))
    expect(telephone.button("Desk hangs up")).to_be_focused()
    telephone.hear_out()
    telephone.status("Connected")
    telephone.button("Desk hangs up").press("Enter")
    telephone.hears(says("en", "transfer.ended"))
    expect(page.locator("#heard")).to_be_focused()
    keyboard.press("Escape")
    telephone.status("You hung up")
    expect(page.locator("#heard")).to_be_focused()


def test_saying_nothing_by_keyboard_leads_back_to_what_is_said(telephone):
    telephone.hear_out()
    telephone.button("Say nothing").press("Enter")
    telephone.status("The line speaks")
    expect(telephone.page.locator("#heard")).to_be_focused()


def test_keys_pressed_in_one_breath_all_arrive(telephone):
    telephone.page.evaluate("for (const key of '021') document.querySelector(`[data-key='${key}']`).click()")
    telephone.hears(says("en", "papers.group_a"))


def test_silence_goes_on_by_itself_unless_it_is_told_to_wait(telephone):
    telephone.page.get_by_label("Pause the countdown").check()
    telephone.hear_out()
    expect(telephone.page.locator("#wait-text")).to_have_text("∞")
    telephone.page.get_by_label("Pause the countdown").uncheck()
    telephone.hears(says("ja", "free"))


def test_a_language_is_reached_by_its_name(line, open_page):
    telephone = Telephone(open_page(line, NARROW, locale="en"), by_mouse)
    telephone.page.get_by_label("Call in this language").select_option("04")
    telephone.button("Go").click()
    telephone.hears(says("vi", "language.name"))


def test_a_twilio_voice_is_shown_as_such(line, open_page):
    telephone = Telephone(open_page(line, WIDE, locale="en"), by_mouse)
    telephone.page.get_by_label("Call in this language").select_option("11")
    telephone.button("Go").click()
    telephone.hears("spoken by the carrier's voice")


def test_the_clock_moves_on_in_mid_call_and_never_back(telephone):
    telephone.set_clock("2026-11-24T16:00:00")
    expect(telephone.page.locator("#desks")).to_contain_text("cinga closed")
    telephone.set_clock(BOTH_OPEN)
    expect(telephone.page.locator("#typed")).to_have_text("During a call it can only move forward.")


@pytest.fixture
def ringing(telephone):
    """The first desk rings."""
    telephone.page.locator("body").press("0")
    telephone.page.locator("body").press("2")
    telephone.hears(says("en", "eligible"))
    telephone.key("0")
    telephone.hears(says("en", "fresc.operator"))
    telephone.hear_out()
    telephone.status("Waiting for a key")
    telephone.key("1")
    telephone.hears(says("en", "transfer.say"))
    telephone.hear_out()
    telephone.status("A desk rings")
    return telephone


@pytest.mark.parametrize("action", ["Busy", "No answer"])
def test_a_desk_that_does_not_talk_is_silent_again_at_once(ringing, action):
    """While the caller is told, it can't be answered any more."""
    ringing.button(action).click()
    ringing.status("The line speaks")
    assert ringing.page.locator("#desk").get_attribute("data-status") == "idle"
    assert ringing.button("Answer").count() == 0


def test_a_desk_that_leaves_during_its_announcement_does_not_hear_it_again(ringing):
    ringing.button("Answer").click()
    ringing.hears(says("ja", "whisper.en"))
    ringing.button("Desk hangs up").click()
    ringing.hears(says("en", "transfer.no_answer"))
    assert ringing.page.locator("#log .said[data-leg=desk]").count() == 1


def test_hanging_up_twice_is_hanging_up(telephone):
    actions = []
    telephone.page.on("request", lambda request: actions.append((request.post_data_json or {}).get("action", "")))
    telephone.button("Hang up").dblclick()
    telephone.status("You hung up")
    telephone.button("Call").click()
    telephone.status("The line speaks")
    assert [action.split()[0] for action in actions if action] == ["hang-up"]


def test_a_clock_without_a_moment_is_not_set(line, open_page):
    telephone = Telephone(open_page(line, NARROW, locale="en"), by_mouse)
    telephone.set_clock("")
    expect(telephone.page.locator("#clock")).to_have_text(re.compile("^... [0-9:]{8}$"))


def test_without_scripts_the_page_says_that_it_needs_them(line, open_page):
    page = open_page(line, NARROW, locale="en", java_script_enabled=False)
    expect(page.locator(".note")).to_contain_text("This telephone needs JavaScript")
    expect(page.locator(".handset")).to_have_attribute("inert", "")  # nor is a push lost before they have come


def test_the_sound_is_heard_for_as_long_as_the_clip_lasts(telephone):
    """The browser plays the real clip, as it plays on a telephone: 8 kHz mu-law."""
    with telephone.page.expect_request(re.compile(r"\.wav$")) as sound:
        telephone.key("0")
        telephone.key("2")
    url = sound.value.url
    lasts = """url => new Promise((done, failed) => {
        const audio = new Audio(url);
        audio.onloadedmetadata = () => done(audio.duration);
        audio.onerror = () => failed(audio.error);
    })"""
    assert telephone.page.evaluate(lasts, url) == pytest.approx(wav_seconds(requests.get(url).content), abs=0.05)


def test_the_page_is_in_japanese_where_the_browser_is(line, open_page):
    page = open_page(line, NARROW, locale="ja")
    expect(page.get_by_role("heading", level=1)).to_have_text("電話をかけてみる")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Call the line")

"""Two servers behind a proxy, one of them of another version, as while a deploy rolls over them; then one dies."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ivr.content.hours import Override
from ivr.database.desk_overrides import DeskOverride, add_override
from ivr.simulator import Response
from tests.cast import CINGA, FRESC, ROOT
from tests.database.line import connected, sqlite_url
from tests.faults.caller import CODE, amounts, goes_on, says_goodbye
from tests.faults.network import Network, Send
from tests.faults.proxy import Proxy
from tests.faults.server import Server, until


@pytest.fixture(scope="module")
def proxy():
    with Proxy() as proxy:
        yield proxy


@pytest.fixture(scope="module")
def url(tmp_path_factory) -> str:
    """Of the database that both share; staff have opened all desks, whatever the time."""
    url = sqlite_url(tmp_path_factory.mktemp("shared"))
    with connected(url) as connection:
        for desk in ("fresc", "bureau", "cinga"):
            add_override(connection, DeskOverride(desk, Override(open=True, since=datetime.now(UTC)), "extra-hours"))
    return url


def another_version(folder: Path) -> Path:
    """A menu and a desk have other names there, and one answer has no clip."""
    shutil.copytree(ROOT / "prompts", folder / "prompts")
    shutil.copytree(ROOT / "audio", folder / "audio", copy_function=os.symlink)
    (folder / "audio" / "ne" / "answer.group_c.wav").unlink()
    for file, old, new in (
        ("menus.yaml", "to: papers,", "to: documents,"),
        ("menus.yaml", "  papers:\n", "  documents:\n"),
        ("desks.yaml", "  fresc:\n", "  bureau:\n"),
        # Of all languages with clips, only this one is not offered if a clip is lost, unless it has a voice.
        ("helpline.yaml", 'ne: {code: "08",', 'ne: {code: "08", say: {language: en-US, voice: Polly.Joanna},'),
    ):
        path = folder / "prompts" / file
        assert path.read_text("utf-8").count(old) == 1
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    return folder / "prompts"


@pytest.fixture(scope="module")
def both(proxy: Proxy, url: str, tmp_path_factory):
    shared = {"PUBLIC_URL": proxy.url, "DATABASE_URL": url, "TRUSTED_PROXIES": "1"}
    folders = [tmp_path_factory.mktemp(name) for name in ("old", "new")]
    prompts = another_version(folders[1])
    with Server(folders[0], **shared) as old, Server(folders[1], prompts, BUREAU_PHONE=FRESC, **shared) as new:
        yield old.until_ready(), new.until_ready()


@pytest.fixture
def old(both, proxy) -> Server:
    proxy.ports = [each.port for each in both]
    return both[0]


@pytest.fixture
def new(both) -> Server:
    return both[1]


def only(proxy: Proxy, *servers: Server) -> None:
    """Who answers from now on."""
    proxy.ports = [each.port for each in servers]


def test_a_call_goes_back_and_forth_between_two_servers(old: Server, new: Server, proxy: Proxy):
    proxy.answered.clear()
    made = old.call(CODE)
    for key, prompt in (("2", "booking.how"), ("9", "main.papers"), ("3", "help.intro"), ("0", "fresc.operator")):
        made.press(key)
        assert f"ne/{prompt}" in made.prompts
        assert goes_on(made)
    assert made.problems == []
    assert min(proxy.answered[each.port] for each in (old, new)) > 2
    assert says_goodbye(made)


def test_what_two_servers_count_is_counted_once(old: Server, url: str, counted):
    for _ in range(6):
        old.call(CODE).hang_up()
    until(lambda: amounts(url, "call") == amounts(url, "language") == 6)


@pytest.mark.parametrize("rolling", ["forwards", "back"])
def test_a_menu_that_the_other_version_does_not_have_leads_to_the_first_one(old, new, proxy, rolling):
    """The key that was pressed in it is not taken for one of the first menu's, where 2 is how to book."""
    here, there = (old, new) if rolling == "forwards" else (new, old)
    only(proxy, here)
    made = old.call(f"{CODE} 1")
    only(proxy, there)
    made.press("2")
    assert made.problems == []
    assert made.prompts[:2] == ["ne/eligible", "ne/free"]
    assert goes_on(made.press("2"))
    assert says_goodbye(made)


def test_a_clip_that_the_other_version_does_not_have_is_an_apology_instead(old, new, proxy):
    only(proxy, old)
    network = Network()
    made = old.call(f"{CODE} 1", network)

    def then_the_other(send: Send, *asked) -> Response:
        answer = send(*asked)
        only(proxy, new)
        return answer

    network.befalls = [then_the_other]
    made.press("3")
    assert made.problems == []
    assert made.prompts[:2] == ["ne/apology", "ne/answer.vary"]
    assert goes_on(made)


def test_a_desk_that_the_other_version_does_not_have_hears_nothing_and_the_caller_goes_on(old, new, proxy):
    only(proxy, old)
    made = old.call(f"{CODE} 0 1")
    assert made.ringing == (FRESC,)
    only(proxy, new)
    made.desk("answer")
    assert [heard for heard in made.heard if heard.leg == "desk"] == []
    assert made.state == "talking"
    made.desk_hangs_up()
    assert made.problems == []
    assert goes_on(made)
    assert says_goodbye(made)


def test_a_desk_of_another_name_is_not_dialled_before_it_is_named_again(old, new, proxy):
    """By the same key it might be another desk, and nobody told the caller who runs that one."""
    only(proxy, old)
    made = old.call(f"{CODE} 0")
    only(proxy, new)
    made.press("1")
    assert made.dialled == []
    assert made.prompts[0] == "ne/fresc.operator"
    assert goes_on(made)


def test_when_one_server_dies_in_mid_call_the_other_goes_on(old: Server, new: Server, proxy: Proxy):
    made = old.call(f"{CODE} 2")
    new.kill()
    for key, prompt in (("9", "main.papers"), ("3", "help.intro")):
        assert f"ne/{prompt}" in made.press(key).prompts
        assert goes_on(made)
    assert made.problems == []
    made.press("0").wait().press("2")
    assert made.ringing == (CINGA,)
    assert says_goodbye(made.desk("busy"))

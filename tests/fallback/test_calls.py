"""Whole calls to the last resort: the strict telephone, and a plain web server that has nothing but the files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from ivr.audio.line import line_of
from ivr.audio.sounds import ADDRESS
from ivr.cli.new import STARTER
from ivr.fallback.export import INDEX_PATH, make, write
from ivr.simulator import Call, Heard, HttpTransport
from tests.cast import helpline, loaded, name_of, offered
from tests.fallback.host import served
from tests.helpline.test_facts import ALWAYS
from tests.helpline.texts import facts_of
from tests.served import free_port

pytestmark = pytest.mark.slow

MAX_STOPS = 120


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the exported folder, as it is served."""
    folder, port = tmp_path_factory.mktemp("last") / "resort", free_port()
    write(make(loaded(), f"http://127.0.0.1:{port}"), folder)
    with served(folder, port) as url:
        yield url


def call(host: str, **options: object) -> Call:
    return Call(HttpTransport(), f"{host}{INDEX_PATH}", portable=True, **options).start()


def choosing(host: str, language: str) -> Call:
    """Silent until this language is named, then any key."""
    made = call(host)
    for _ in range(offered().index(language)):
        made.wait()
    assert names(made)[-2:] == [f"{language}/language.name", f"{language}/silence"]
    return made.press("7")


def silent(made: Call) -> Call:
    for _ in range(MAX_STOPS):
        if made.state != "ended":
            made.wait()
    return made


def name(sound: Heard) -> str:
    address = ADDRESS.search(sound.url)
    return address[1] if address else name_of(sound)


def names(made: Call) -> list[str]:
    return [name(sound) for sound in made.just_heard]


def facts_in(language: str, clips: list[str]) -> set[str]:
    """By their sentences: a voice of the carrier's tells only these, and two prompts may have the same."""
    lines = helpline().clip_texts[language]
    words = {sentence for clip in clips for sentence in lines[clip.partition("/")[2]].sentences}
    return {fact for line in lines.values() if words.issuperset(line.sentences) for fact in facts_of(line.prompt)}


@pytest.mark.parametrize("language", offered())
def test_who_presses_one_key_only_hears_every_fact_in_that_language_and_a_goodbye(host, language):
    made = choosing(host, language)
    assert names(made)[0] == f"{language}/language.name"
    chosen_at = made.turn
    silent(made)
    heard = [name(sound) for sound in made.heard if sound.turn >= chosen_at]
    assert {clip.partition("/")[0] for clip in heard} == {language}
    assert facts_in(language, heard) >= ALWAYS
    assert (made.ended_by, heard[-1]) == ("hangup", f"{language}/goodbye")
    assert made.problems == []


def test_who_presses_no_key_at_all_hears_every_language_twice_the_farewell_and_a_goodbye(host):
    made = silent(call(host))
    heard = [name(sound) for sound in made.heard]
    assert all(heard.count(f"{language}/language.name") == 2 for language in offered())
    assert {f"{first}/{said}" for first in helpline().about.first_languages for said in ("free", "farewell")} <= {
        *heard
    }
    assert heard[-2:] == ["ja/goodbye", "en/goodbye"]
    assert made.ended_by == "hangup"


@pytest.mark.parametrize("type_ahead", ["dropped", "kept"])
def test_a_code_that_a_card_dials_chooses_no_language_unless_the_carrier_keeps_keys(host, type_ahead):
    made = call(host, type_ahead=type_ahead)
    made.press("04", after=4)
    chosen = made.documents[-1].url.startswith(f"{host}/{offered()[0]}/")
    assert chosen == (type_ahead == "kept")


def in_english(host: str, way: str) -> list[str]:
    """What is heard after the essentials by who stays silent for so long, presses a key, and so on: "2 1"."""
    made = choosing(host, "en").wait()
    for silences in way.split():
        for _ in range(int(silences)):
            made.wait()
        made.press("5")
    turn = made.turn
    made.wait()
    return [name(sound).removeprefix("en/") for sound in made.heard if sound.turn >= turn]


def contains(whole: list[str], part: list[str]) -> bool:
    return any(whole[start : start + len(part)] == part for start in range(len(whole)))


@pytest.mark.parametrize(
    ("way", "heard"),
    [
        ("1", ["booking.how", "booking.details", "booking.office"]),
        ("2", ["desks.none", "help.intro"]),
        ("3", ["language.name", "silence"]),  # the second of the list: the first has gone by
        ("1 2", ["booking.how", "booking.details", "booking.office"]),
        ("0 3", ["answer.group_c", "answer.vary", "answer.seek"]),
    ],
)
def test_any_key_while_an_option_is_said_leads_where_its_words_promise(host, way, heard):
    assert contains(in_english(host, way), heard)


def test_a_page_begins_with_what_it_is_about_so_that_a_late_key_is_noticed(host):
    made = choosing(host, "en").wait().wait().press("2")
    assert names(made) == ["en/main.booking.short"]


def test_who_chose_the_wrong_language_comes_back_to_the_list(host):
    made = choosing(host, "en")
    for _ in range(4):
        made.wait()
    assert names(made) == ["en/key.language"]
    assert names(made.press("1")) == ["ja/language.name", "ja/silence"]


def test_documents_are_had_by_post_alone_and_sounds_by_get_alone(host):
    made = choosing(host, "en")
    assert {page.method for page in made.documents} == {"POST"}
    assert requests.get(f"{host}{INDEX_PATH}", params={"From": "+999"}, timeout=5).status_code == 405
    assert requests.post(next(sound.url for sound in made.heard if sound.url), timeout=5).status_code == 405


def test_a_line_that_is_gone_is_followed_by_the_last_resort_in_the_same_call(host):
    gone = f"http://127.0.0.1:{free_port()}/voice"
    made = Call(HttpTransport(), gone, fallback_url=f"{host}{INDEX_PATH}", strict=False, portable=True).start()
    assert "ja/welcome" in names(made)
    assert made.state == "waiting"


def test_another_helpline_has_a_last_resort_too(tmp_path: Path) -> None:
    port, clinic = free_port(), helpline(STARTER / "prompts")
    write(make(line_of(clinic), f"http://127.0.0.1:{port}"), tmp_path / "made")
    with served(tmp_path / "made", port) as url:
        made = silent(call(url).press("1"))
    said = {sound.text for sound in made.heard}
    english = clinic.clip_texts["en"]
    assert {said for desk in clinic.desks.values() for said in english[desk.say.operator].sentences} <= said
    assert (made.heard[-1].text, made.ended_by) == (english["goodbye"].sentences[-1], "hangup")

"""Calls as text: errors for whoever wrote it, replaying, and what is saved."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from ivr.simulator import Call, TelephoneError, Unmet, WsgiTransport, replay, save, write
from ivr.simulator.script import ScriptError, parse

from .line import DESK, URL, Answer, Asked, Line, call, wav


def menu(asked: Asked) -> str:
    key = asked.form["Digits"]
    if key == "9":
        return f"<Dial action='/done' callerId='+99900000000'><Number url='/w'>{DESK}</Number></Dial>"
    gather = "<Gather numDigits='1' action='/menu'><Play>/menu.wav</Play></Gather>"
    return f"<Say>you pressed {key}</Say>{gather}"


PAGES: dict[str, Any] = {
    "/voice": "<Play>/name.wav</Play><Gather numDigits='2' action='/menu'><Play>/list.wav</Play></Gather>",
    "/menu": menu,
    "/w": "<Gather numDigits='1' action='/yes'><Say>press one</Say></Gather>",
    "/yes": "<Say>thank you</Say>",
    "/done": '<Play>/bare.wav</Play><Say>he said "bye"</Say><Hangup/>',
    "/name.wav": wav(2, "name"),
    "/list.wav": wav(3, "list"),
    "/menu.wav": wav(3, "en/menu"),
    "/bare.wav": wav(1),
}


def line() -> WsgiTransport:
    return WsgiTransport(Line(PAGES))


def played(text: str, **options: Any) -> Call:
    return replay(parse(text), line(), URL, **options)


WHOLE = """\
# The first call
at 2026-11-24 09:30
from anonymous
to +99900000000

hear name
press 02
hear en/menu
hear "you pressed"
not name
press 9
dialled +9995012345678 from +99900000000
desk answer
desk-hears "press one"
desk press 1
desk-hears "thank"
desk hang-up
hear /bare.wav
hear "he said"
ended hangup
"""


def test_a_whole_call_is_replayed() -> None:
    made = played(WHOLE)
    assert made.ended_by == "hangup"
    assert made.leg.from_ == "anonymous"
    assert made.at == datetime(2026, 11, 24, 9, 30)


def test_what_is_saved_is_met_when_it_is_replayed(tmp_path: Path) -> None:
    made = Call(line(), URL, from_="anonymous", at=datetime(2026, 11, 24, 9, 30)).start()
    made.press("7", after=0.5).press("02", after=2).press("9").desk("answer").desk_press("1")
    made.desk_hangs_up(after=30)
    save(made, tmp_path / "call.txt")
    again = replay(tmp_path / "call.txt", line(), URL)
    assert again.heard == made.heard
    assert write(again) == write(made)


def test_the_saved_text_reads_like_a_call() -> None:
    made = Call(line(), URL, from_="anonymous", at=datetime(2026, 11, 24, 9, 30)).start()
    made.press("02", after=3).press("9").desk("busy")
    head, _, rest = write(made).partition("at 2026")
    assert head.endswith("# The line ended the call.\n")
    assert all(text.startswith("# ") for text in head.splitlines())
    assert f"at 2026{rest}".splitlines() == [
        "at 2026-11-24 09:30",
        "from anonymous",
        "to +99900000000",
        "",
        "hear name",
        "hear list",
        "",
        "press 02 after 3",
        'hear "you pressed 02"',
        "hear en/menu",
        "",
        "press 9",
        "dialled +9995012345678 from +99900000000",
        "",
        "desk busy",
        "hear /bare.wav",
        'hear "he said"',
        "ended hangup",
    ]


@pytest.mark.parametrize(
    "actions",
    [
        lambda made: made.wait(),
        lambda made: made.hang_up(after=1.5),
        lambda made: made.press("0").wait().hang_up(),
        lambda made: made.press("02").press("9").desk("leave"),
        lambda made: made.press("02").press("9").desk("answer", DESK, 3.5).hang_up(),
        lambda made: made.press("02").press("9").desk("no-answer", after=12),
        lambda made: made.press("02").press("9").wait(),
        lambda made: made.press("02", after=1e-7).press("9", after=4.000000001),
        lambda made: made.press("02").press("9").desk("busy", after=1 / 3),
        lambda made: made.press("02").press("9").desk("failed", after=0),
        lambda made: made.press("02").press("9").press("#*", after=0.1).desk("answer").wait(),
        lambda made: made.press("02").press("9").desk("answer").desk_press("1").press("5").desk_hangs_up(12.25),
        lambda made: made.press("02").press("9").desk("answer").desk_hangs_up(0.125),
        lambda made: made.press("02").press("9").desk("answer").desk_press("1", 0.1).hang_up(3),
        lambda made: made.clock_at(NOON).press("02").press("9").clock_at(NIGHT).desk("answer").clock_at(LATER),
    ],
)
@pytest.mark.parametrize("zone", [None, ZoneInfo("Asia/Kathmandu")])
def test_every_action_has_words_that_can_be_replayed(actions: Any, zone: ZoneInfo | None) -> None:
    at = datetime(2026, 11, 24, 9, 30, 0, 250, zone)
    made = Call(line(), URL, type_ahead="kept", from_="a hidden caller", at=at).start()
    actions(made)
    again = played(write(made))
    assert again.heard == made.heard
    assert again.actions == made.actions
    assert moments(again) == moments(made)
    assert write(again) == write(made)


NOON, NIGHT, LATER = datetime(2026, 11, 24, 12), datetime(2026, 11, 24, 23, 59, 59, 5), datetime(2026, 11, 25, 1)


def moments(made: Call) -> list[str | None]:
    return [page.parameters.get("DemoClock") for page in made.documents]


def test_a_call_without_a_moment_is_saved_without_one() -> None:
    made = Call(line(), URL).start().press("02")
    assert "\nat " not in write(made)
    assert write(played(write(made), at=NOON)).partition("from")[2] == write(made).partition("from")[2]


@pytest.mark.parametrize(
    ("pages", "actions", "note"),
    [
        ("<Gather/>", lambda made: made, "The call was still going on when it was saved."),
        ("<Gather/>", lambda made: made.hang_up(), "The caller hung up."),
        ("<Hangup/>", lambda made: made, "The line ended the call."),
        ("", lambda made: made, "The line had nothing more to say, and the call ended."),
        ("<Reject/>", lambda made: made, "The line did not answer."),
        (Answer(), lambda made: made, "The line broke down, and the carrier said so."),
    ],
)
def test_a_saved_call_tells_at_its_head_what_it_is_and_how_it_ended(pages: Any, actions: Any, note: str) -> None:
    made = Call(WsgiTransport(Line({"/voice": pages})), URL, strict=False).start()
    actions(made)
    head = write(made).partition("from ")[0].splitlines()
    assert head[-1] == f"# {note}"
    assert "ivr call --script" in head[1]
    again = replay(parse(write(made)), WsgiTransport(Line({"/voice": pages})), URL, strict=False)
    assert write(again) == write(made)


@pytest.mark.parametrize(
    "sound",
    [
        wav(1, 'a"b'),
        wav(1, '"'),
        wav(1, "two words"),
        wav(1, "en/a", "its text"),
        wav(1, "", "%22quoted%22 at once"),
        wav(1, "", "a%0Bb%C2%85c%E2%80%A8d %20 e" + "%E3%80%80" * 70 + "f"),
        wav(1, "", "%23 number"),
    ],
)
def test_whatever_a_sound_is_called_it_is_met_again(sound: Any) -> None:
    pages = {"/voice": '<Play>/a"b.wav</Play><Say>"</Say><Play digits="1"/><Gather/>', '/a"b.wav': sound}
    made = Call(WsgiTransport(Line(pages)), URL).start().wait()
    assert "\nhear " in write(made)
    assert write(replay(parse(write(made)), WsgiTransport(Line(pages)), URL)) == write(made)


def test_the_clock_moves_on_where_a_script_says_so() -> None:
    made = played("at 2026-11-24 09:30\nclock 2026-11-24 16:00:00\npress 02 after 0")
    assert moments(made)[1:] == ["2026-11-24T16:00:01"]
    with pytest.raises(Unmet, match="the clock only moves on, and it is 2026-11-24 09:30:05 already"):
        played("at 2026-11-24 09:30\nclock 2026-11-24 09:30")
    with pytest.raises(Unmet, match="this call has no `at`"):
        played("clock 2026-11-24 16:00:00")


def test_a_script_that_is_not_utf_8_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "old.call").write_bytes("hear コ".encode("shift_jis"))
    with pytest.raises(ScriptError, match=r"old.call: byte 6 is not UTF-8: save the script as UTF-8 text"):
        replay(tmp_path / "old.call", line(), URL)


def test_the_number_that_was_meant_is_saved() -> None:
    made = Call(line(), URL).start().press("02").press("9").desk("busy", DESK, 3)
    assert made.actions[-1].words == f"desk busy {DESK} after 3"


def test_an_unmet_expectation_shows_the_line_and_what_was_heard() -> None:
    with pytest.raises(Unmet) as caught:
        played("press 02\n\n  hear en/menus")
    assert str(caught.value).splitlines() == [
        "script:3:3: expected to hear en/menus",
        "  hear en/menus",
        "since press 02:",
        '  caller heard "you pressed 02"',
        "  caller heard en/menu",
        "the call is waiting",
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("not name", "expected not to hear name"),
        ("press 02\nhear name", "expected to hear name"),
        ('hear "no such words"', "expected to hear"),
        ("desk-hears name", "expected the desk to hear name"),
        ("dialled +9995012345678", "expected the line to have dialled"),
        ("press 02\npress 9\ndialled +9995012345679", "the line dialled +9995012345678"),
        ("press 02\npress 9\ndialled +9995012345678 from +81501", "from +81501"),
        ("ended hangup", "expected the call to have ended: hangup"),
        ("hang-up\nended hangup", r"the call is ended (caller)"),
        ("desk answer", "desk() needs a call that is ringing; it is waiting"),
        ("hang-up\nwait", "it is ended (caller)"),
    ],
)
def test_what_is_not_met_fails(text: str, why: str) -> None:
    with pytest.raises(Unmet) as caught:
        played(text)
    assert why in str(caught.value)


def test_an_error_of_the_line_names_the_scripts_line() -> None:
    with pytest.raises(TelephoneError) as caught:
        replay(parse("press 1#"), WsgiTransport(Line({"/voice": "<Gather action='/gone'/>"})), URL)
    assert caught.value.__notes__ == ["script:1:1: press 1#"]


@pytest.mark.parametrize(
    ("source", "place", "right"),
    [
        ("pess 02", "1:1", "press"),
        ("press", "1:1", "write press 02"),
        ("press x", "1:7", "write press 02"),
        ("  press 1 later", "1:9", "after 3.5"),
        ("at noon", "1:4", "at 2026-11-24 09:30"),
        ("at 2026-02-30 09:30", "1:4", "there is no moment '2026-02-30 09:30': write at 2026-11-24 09:30"),
        ("clock 2026-11-24 24:30", "1:7", "write clock 2026-11-24 16:00:00"),
        ("clock 16:00", "1:7", "write clock 2026-11-24 16:00:00"),
        ("desk sleeps", "1:6", "desk answer"),
        ("hear", "1:1", "hear en/essentials"),
        ("hear two words", "1:6", "some words"),
        ("type-ahead maybe", "1:12", "dropped, or kept"),
        ("dialled 0312345678", "1:9", "+999312345678"),
        ("ended badly", "1:7", "ran out of verbs"),
        ("wait 5", "1:6", "write wait"),
        ("wait\nfrom me", "2:1", "comes too late"),
        ("from me\nfrom you", "2:1", "appears twice"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_what_would_be_right(source: str, place: str, right: str) -> None:
    with pytest.raises(ScriptError) as caught:
        parse(source, "a.txt")
    assert str(caught.value).startswith(f"a.txt:{place}: ")
    assert right in str(caught.value)


def test_all_mistakes_are_told_at_once_in_order() -> None:
    with pytest.raises(ScriptError) as caught:
        parse("wait\nfrom x\nfoo\nbar")
    lines = str(caught.value).splitlines()
    assert next(text for text in lines if text.startswith("script:")).startswith("script:2:")
    assert sum(text.startswith("script:") for text in lines) == 3


def test_the_caret_stands_under_the_mistake() -> None:
    with pytest.raises(ScriptError) as caught:
        parse("press x")
    assert str(caught.value).splitlines()[1:] == ["  press x", "        ^"]


def test_a_hash_key_is_no_comment() -> None:
    assert parse("press 02#").lines[0].found["keys"] == "02#"
    assert parse("  # press 02").lines == ()


def test_a_scripts_own_settings_win() -> None:
    assert played("from anonymous\ntype-ahead kept", from_="+81501").leg.from_ == "anonymous"
    assert played("wait", from_="+81501").leg.from_ == "+81501"


def test_a_call_cut_short_by_an_error_is_saved_without_an_end() -> None:
    made, _ = call({"/voice": "<Gather action='/gone'/>"})
    with pytest.raises(TelephoneError):
        made.press("1#")
    assert write(made).splitlines()[-1] == "press 1#"

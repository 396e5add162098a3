"""Whatever is taken out of a helpline is missed by name."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import yaml
from click.testing import CliRunner

from ivr.audio.build import build
from ivr.audio.line import line_of, load_line
from ivr.cli.main import group
from ivr.content.changes import Change, Laid, fingerprint
from ivr.content.loader import load_helpline
from ivr.verify.clips import clip_problems
from ivr.verify.edition_check import findings_about
from ivr.verify.verify import verify
from tests.audio.speakers import Speaker
from tests.cast import ROOT, helpline, loaded, with_clips

pytestmark = pytest.mark.slow

CLIPS = [(language, prompt) for language in ("ja", "en") for prompt in helpline().clip_texts[language]]
CLIPS += [(language, "goodbye") for language in with_clips()]


def test_each_clip_that_is_lost_is_told_by_its_name():
    catalog = loaded().built
    for key in CLIPS[::5]:
        lost = replace(catalog, clips={name: clip for name, clip in catalog.clips.items() if name != key})
        spoilt = replace(catalog, sound=catalog.sound - {key})
        path = str(helpline().audio_dir / "/".join(key)) + ".wav"
        for without, rule in ((lost, "clip-missing"), (spoilt, "clip-damaged")):
            found = list(clip_problems(replace(loaded(), built=without)))
            assert [(problem.rule, problem.path) for problem in found] == [(rule, path)]


def test_a_clip_of_an_older_text_is_told():
    texts = helpline().clip_texts
    english = {**texts["en"], "free": replace(texts["en"]["free"], sentences=("Otherwise.",))}
    found = list(clip_problems(line_of(replace(helpline(), clip_texts={**texts, "en": english}))))
    assert [problem.rule for problem in found] == ["clip-stale"]
    assert "make audio" in found[0].message


def test_new_opening_times_need_clips_only_where_they_are_the_files_own():
    """Staff may publish hours that no clip tells yet: the general sentence is heard, and no language is lost."""
    said = {"monday-friday": "10:00-16:00"}
    fridays = Change("desks.yaml", ("desks", "cinga", "hours"), fingerprint(said), {"friday": "10:00-16:00"})
    laid = load_line(ROOT / "prompts", [fridays])
    assert {*laid.unvoiced} == {"fa", "ne", "si", "ur"}
    assert not list(clip_problems(laid))
    for other in (Laid(), Laid({("helpline.yaml", ("confirmed_on",)): None})):
        in_files = [each.rule for each in clip_problems(replace(laid, laid=other))]
        assert in_files.count("clip-missing") >= len(laid.unvoiced)
    assert findings_about(ROOT / "prompts", (), [fridays], lambda _answers: None) == []


@pytest.mark.parametrize(
    "spoil",
    [lambda clip: clip.unlink(), lambda clip: clip.write_bytes(clip.read_bytes()[:-1] + b"x")],
    ids=["lost", "poisoned"],
)
def test_a_clip_that_is_lost_or_poisoned_is_named_by_the_command(spoil, small):
    folder = small.parent / "audio"
    build([load_helpline(small).clip_texts["en"]["goodbye"]], folder, {"en": [Speaker()]})
    before = told(small).splitlines()
    spoil(folder / "en/goodbye.wav")
    (named,) = {*told(small).splitlines()} - {*before}
    assert named.startswith(
        f'{folder}/en/goodbye.wav:1:1: the clip of "goodbye" is lost, or is not the file that was built'
    )


MENUS = yaml.safe_load((ROOT / "ivr/starter/information/prompts/menus.yaml").read_text("utf-8"))["menus"]
OPTIONS = [(menu, key) for menu, shape in MENUS.items() for key in shape.get("options", {})]
OFFERS = [
    (menu, name) for menu, shape in MENUS.items() for name in shape["offer"] if name in ("back", "person", "language")
]
FACTS = yaml.safe_load((ROOT / "ivr/starter/information/prompts/facts.yaml").read_text("utf-8"))["facts"]


def told(folder) -> str:
    """All that `ivr check` says."""
    answer = CliRunner().invoke(group, ["--helpline", str(folder), "check"])
    return f"{answer.exception}" if answer.exit_code else ""


@pytest.mark.parametrize(("menu", "key"), OPTIONS)
def test_each_option_that_is_taken_out_is_missed(menu, key, small):
    path = small / "menus.yaml"
    text = path.read_text("utf-8")
    start = text.index(f"\n  {menu}:\n")
    row = re.compile(rf'(?m)^      "{key}": {{to: (\w+).*\n').search(text, start)
    path.write_text(text[: row.start()] + text[row.end() :], "utf-8")
    assert row[1] in told(small)


@pytest.mark.parametrize(("menu", "offer"), OFFERS)
def test_each_way_out_that_is_no_longer_offered_is_missed(menu, offer, small):
    path = small / "menus.yaml"
    text = path.read_text("utf-8")
    start = text.index("offer:", text.index(f"\n  {menu}:\n"))
    end = text.index("\n", start)
    without = re.sub(rf"\b{offer}\b,? ?", "", text[start:end])
    path.write_text(text[:start] + without + text[end:], "utf-8")
    line = text[:start].count("\n") + 1
    rule = "no-way-to-a-person" if offer == "person" else "no-way-back"
    assert re.match(rf"{path}:{line}:5: .*\[{rule}\]", told(small))


@pytest.mark.parametrize("fact", [name for name, shape in FACTS.items() if shape["spoken"] == "always"])
def test_each_fact_that_no_sentence_carries_any_more_is_missed(fact, small):
    path = small / "prompts.yaml"
    text = path.read_text("utf-8")
    without = re.sub(rf"\[{fact}\]", "[]", text)
    assert without != text
    path.write_text(without, "utf-8")
    assert f'"{fact}"' in told(small)


def test_a_fact_that_is_withdrawn_is_not_missed_nor_what_only_a_silent_desk_tells(change, small):
    change("helpline.yaml", "withdrawn: []", "withdrawn: [free, nurse]")
    assert not [problem for problem in verify(small).problems if problem.rule == "untold-fact"]


def test_a_line_that_could_not_speak_at_all_is_told_with_its_clips(small):
    text = (small / "helpline.yaml").read_text("utf-8")
    (small / "helpline.yaml").write_text(re.sub(r", say: \{[^}]*\}|, say(?=,)", "", text), "utf-8")
    assert [problem.rule for problem in verify(small).problems] == ["unheard"]


def test_a_notice_has_a_limit_of_its_own_and_all_others_are_held_without_it(small, change):
    times = verify(small).times["en"].items()
    before = {name: measure.amount for name, measure in times if name not in ("person", "notice")}
    tight = ", ".join(f"{name}: {amount + 0.01:.2f}" for name, amount in before.items())
    change("helpline.yaml", "    others: {", f"    en: {{{tight}}}\n    others: {{")
    change(
        "helpline.yaml",
        "  notice: {}",
        '  notice: {en: "We are closed on Friday and on Saturday this week. Please call again on Monday morning."}',
    )
    report = verify(small)
    assert report.problems == []
    assert {name: report.times["en"][name].amount for name in before} == before
    seconds = report.times["en"]["notice"].amount
    change("helpline.yaml", "  notice: 8 ", "  notice: 2 ")
    (found,) = verify(small).problems
    assert found.message == f'"notice" lasts {seconds:.1f} s; at most 2 s are allowed'
    assert (found.rule, found.source[found.column - 1 :][:9]) == ("too-long-notice", '"We are c')


def test_a_notice_of_a_desk_that_is_too_long_is_told_at_its_own_sentence(small, change):
    change("helpline.yaml", "  notice: 8 ", "  notice: 2 ")
    found = [problem for problem in verify(small).problems if problem.rule == "too-long-notice"]
    assert found
    assert [problem.path for problem in found if not re.search(r"text/\w+\.yaml$", problem.path)] == []
    assert [problem.source for problem in found if not re.search("closed_on|other_hours", problem.source)] == []


def test_what_is_over_a_limit_is_told_at_the_limit_and_a_long_prompt_at_its_text(small):
    text = (small / "helpline.yaml").read_text("utf-8")
    limits = (
        "limits: {list: {worst: 1}, languages: {en: {prompt: 2, turn: 5, at_once: 3, as_heard: 4, to_the_end: 5}}}\n"
    )
    (small / "helpline.yaml").write_text(re.sub(r"(?m)^limits:.*\n(?:  .*\n)*", "", text) + limits, "utf-8")
    found = {problem.rule: problem for problem in verify(small).problems}
    assert sorted(found) == [
        "too-long-as-heard", "too-long-at-once", "too-long-prompt", "too-long-to-the-end", "too-long-turn",
        "too-long-worst",
    ]  # fmt: skip
    assert found["too-long-prompt"].path.endswith("text/en.yaml")
    assert found["too-long-turn"].source == limits.strip()
    assert limits[found["too-long-turn"].column - 1 :].startswith("5,")
    assert found["too-long-worst"].source[found["too-long-worst"].column - 1] == "1"

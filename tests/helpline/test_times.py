"""The time budget with what an operator adds: the day of confirmation, which offers "about this line", and a notice."""

import shutil

import pytest

from ivr.flow.all_situations import situations
from ivr.flow.engine import respond
from ivr.flow.places import Event, Place
from ivr.flow.steps import Gather
from ivr.verify.verify import verify
from tests.cast import helpline

from .texts import PROMPTS, fill_in, languages


@pytest.fixture(scope="module")
def proved(tmp_path_factory):
    folder = tmp_path_factory.mktemp("line")
    shutil.copytree(PROMPTS, folder / "prompts")
    fill_in(folder / "prompts", ("confirmed_on", "notice"))
    (folder / "audio").symlink_to(PROMPTS.parent / "audio")
    return verify(folder / "prompts")


@pytest.mark.slow
def test_the_time_budget_holds_once_the_content_is_confirmed_and_there_is_news(proved):
    assert all("main.about" in proved.line.helpline.clip_texts[language] for language in languages())
    assert not [str(problem) for problem in proved.problems if "too-long" in str(problem) or "too-fast" in str(problem)]


@pytest.mark.slow
def test_no_notice_about_a_desk_is_longer_than_a_notice_may_be(proved):
    """The longest is measured in every language, clip by clip."""
    longest = {language: times["notice"] for language, times in proved.times.items()}
    assert {language for language, each in longest.items() if not each.what.startswith("opens.day.")} == set()
    assert max(each.amount for each in longest.values()) <= proved.line.helpline.about.limits.notice


@pytest.mark.parametrize("language", languages())
def test_a_person_is_offered_in_the_turn_of_the_essentials(language):
    """Whoever waits for the end of the first words hears key 0 without having pressed anything."""
    line = helpline()
    code = line.languages[language].code
    steps = respond(line, Place(), Event("keys", code), situations(line)[0])
    (heard,) = [[play.prompt for play in step.plays] for step in steps if isinstance(step, Gather)]
    assert {"eligible", "coupon", "key.person"} <= set(heard)

"""Every sentence as it is spoken: in its own alphabet, and never about what the line must not speak of.

What holds for every helpline (length, digits, ends, scripts ...) is a rule of the checker, see tests/helpline/golden.
"""

import re

import pytest

from ivr.content.desk_order import desk_order

from .texts import RULES, filled, languages, sentences, shipped, written


def test_every_language_that_has_a_text_has_its_rules_and_no_other_has():
    assert sorted(RULES) == sorted(languages())


def those(language, wrong):
    """The sentences of which `wrong` is true: a failure shows all of them at once."""
    return [sentence for sentence in sentences(language) if wrong(sentence)]


@pytest.mark.parametrize("language", languages())
def test_a_sentence_has_only_letters_and_signs_of_its_language(language):
    assert not those(language, lambda sentence: not re.fullmatch(RULES[language]["script"], sentence))


@pytest.mark.parametrize("language", languages())
def test_never_said_is_never_said(language):
    never = re.compile(RULES[language]["never_said"], re.IGNORECASE)
    assert not those(language, never.search)
    assert not [where for where, words in written(language) if never.search(words)]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", [name for name, menu in shipped().menus.items() if menu.options or menu.desks])
def test_a_menu_says_press_in_its_first_option_and_in_no_other(name, language):
    menu, lines = filled().menus[name], filled().clip_texts[language]
    desks = [filled().desks[desk].say for desk in desk_order(filled(), language)] if menu.desks else []
    options = [say.option for say in desks] + [option.say for option in menu.options.values()]
    short = [say.option_short for say in desks] + [option.short for option in menu.options.values()]
    offers = [f"key.{key}" for key in menu.offer]
    pressing = [prompt for prompt in (*options, *short, *offers) if RULES[language]["press"] in lines[prompt].text]
    assert pressing == options[:1]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("prompt", ["cinga.offer", "fresc.offer"])
def test_the_offer_to_be_connected_says_press(prompt, language):
    offers = [line for name, line in shipped().clip_texts[language].items() if name.startswith(prompt)]
    assert offers
    assert all(RULES[language]["press"] in line.text for line in offers)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("prompt", [name for name in shipped().prompts if name.endswith(".short")])
def test_a_short_option_is_not_longer_than_the_option_itself(prompt, language):
    lines = filled().clip_texts[language]
    assert len(lines[prompt].text) <= len(lines[prompt.removesuffix(".short")].text)


def test_english_stays_within_the_time_that_callers_pay_for():
    """155 words a minute, 0.35 s after each sentence but the last."""
    lines = shipped().clip_texts["en"]

    def seconds(*prompts):
        said = [sentence for prompt in prompts if prompt in lines for sentence in lines[prompt].sentences]
        return sum(len(sentence.split()) for sentence in said) / 155 * 60 + 0.35 * (len(said) - 1)

    assert seconds("language.name", "eligible", "free", "coupon") <= 20
    assert not {prompt: round(seconds(prompt), 1) for prompt in lines if seconds(prompt) > 25}


@pytest.mark.parametrize("language", [name for name in languages() if name != "en"])
def test_every_sentence_has_an_english_gloss(language):
    prompts = filled().texts[language].prompts
    assert not [f"{name}.{key}" for name, prompt in prompts.items() for key, text in prompt.items() if not text.gloss]


@pytest.mark.parametrize("language", [name for name in languages() if name != "en"])
def test_a_gloss_is_english(language):
    """One in another script would help nobody."""
    for name, prompt in filled().texts[language].prompts.items():
        for key, sentence in prompt.items():
            assert sentence.gloss.isascii() or re.fullmatch(r"[ -~‘’“”–]+", sentence.gloss), f"{name}.{key}"


def test_arabic_is_spoken_as_it_is_written_with_vowel_marks_added():
    def bare(texts):
        return [re.sub("[\u064b-\u0652\u0670]", "", text) for text in texts]

    for name, prompt in filled().texts["ar"].prompts.items():
        for key, sentence in prompt.items():
            if sentence.spoken:
                assert bare(sentence.spoken) == bare(sentence.text), f"{name}.{key}"

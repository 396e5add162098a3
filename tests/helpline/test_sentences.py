"""Every sentence as it is spoken: in its own alphabet, and never about what the line must not speak of.

What holds for every helpline (length, digits, ends, scripts ...) is a rule of the checker, see tests/helpline/golden.
"""

import re
from itertools import product

from ivr.content.desk_order import desk_order

from .texts import RULES, filled, languages, sentences, shipped, written


def test_every_language_that_has_a_text_has_its_rules_and_no_other_has():
    assert sorted(RULES) == sorted(languages())


def test_a_sentence_has_only_letters_and_signs_of_its_language():
    assert not [
        (language, sentence)
        for language in languages()
        for sentence in sentences(language)
        if not re.fullmatch(RULES[language]["script"], sentence)
    ]


def test_never_said_is_never_said():
    found = []
    for language in languages():
        never = re.compile(RULES[language]["never_said"], re.IGNORECASE)
        found += [(language, sentence) for sentence in sentences(language) if never.search(sentence)]
        found += [(language, where) for where, words in written(language) if never.search(words)]
    assert not found


def test_a_menu_says_press_in_its_first_option_and_in_no_other():
    menus = [menu for menu in filled().menus.values() if menu.options or menu.desks]
    wrong = []
    for language, menu in product(languages(), menus):
        first, *others = said_of_keys(menu, language)
        pressing = [prompt for prompt in (first, *others) if RULES[language]["press"] in text(language, prompt)]
        wrong += [(language, pressing)] if pressing != [first] else []
    assert not wrong


def said_of_keys(menu, language):
    """Every prompt of a menu that names a key, the first option first."""
    desks = [filled().desks[desk].say for desk in desk_order(filled(), language)] if menu.desks else []
    options = [say.option for say in desks] + [option.say for option in menu.options.values()]
    short = [say.option_short for say in desks] + [option.short for option in menu.options.values()]
    return [*options, *short, *(f"key.{key}" for key in menu.offer)]


def text(language, prompt):
    return filled().lines[language][prompt].text


def test_the_offer_to_be_connected_says_press():
    offers = [
        (language, line)
        for language in languages()
        for line in shipped().lines[language].values()
        if line.prompt.startswith(("cinga.offer", "fresc.offer"))
    ]
    assert {(language, line.prompt.split(".")[0]) for language, line in offers} == {
        *product(languages(), ("cinga", "fresc"))
    }
    assert not [(language, line.prompt) for language, line in offers if RULES[language]["press"] not in line.text]


def test_a_short_option_is_not_longer_than_the_option_itself():
    short = [name for name in shipped().prompts if name.endswith(".short")]
    assert short
    assert not [
        (language, prompt)
        for language, prompt in product(languages(), short)
        if len(text(language, prompt)) > len(text(language, prompt.removesuffix(".short")))
    ]


def test_english_stays_within_the_time_that_callers_pay_for():
    """155 words a minute, 0.35 s after each sentence but the last."""
    lines = shipped().lines["en"]

    def seconds(*prompts):
        said = [sentence for prompt in prompts if prompt in lines for sentence in lines[prompt].sentences]
        return sum(len(sentence.split()) for sentence in said) / 155 * 60 + 0.35 * (len(said) - 1)

    assert seconds("language.name", "eligible", "free", "coupon") <= 20
    assert not {prompt: round(seconds(prompt), 1) for prompt in lines if seconds(prompt) > 25}


def glosses():
    return [
        (f"{language}/{name}.{key}", sentence.gloss)
        for language in languages()
        if language != "en"
        for name, prompt in filled().texts[language].prompts.items()
        for key, sentence in prompt.items()
    ]


def test_every_sentence_has_an_english_gloss():
    assert not [where for where, gloss in glosses() if not gloss]


def test_a_gloss_is_english():
    """One in another script would help nobody."""
    assert not [where for where, gloss in glosses() if not re.fullmatch("[ -~‘’“”–]*", gloss)]


def test_arabic_is_spoken_as_it_is_written_with_vowel_marks_added():
    def bare(texts):
        return [re.sub("[\u064b-\u0652\u0670]", "", text) for text in texts]

    for name, prompt in filled().texts["ar"].prompts.items():
        for key, sentence in prompt.items():
            if sentence.spoken:
                assert bare(sentence.spoken) == bare(sentence.text), f"{name}.{key}"

"""Every sentence as it is spoken: in its own alphabet, and never about what the line must not speak of.

What holds for every helpline (length, digits, ends, scripts ...) is a rule of the checker, see tests/content/golden.
"""

import re
from itertools import product

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


def options(name, language):
    """The prompts of a menu's options, in the caller's order: in full, and in short."""
    menu = filled().menus[name]
    desks = [filled().desks[desk].say for desk in desk_order(filled(), language)] if menu.desks else []
    full = [say.option for say in desks] + [option.say for option in menu.options.values()]
    return full, [say.option_short for say in desks] + [option.short for option in menu.options.values()]


def test_every_option_says_what_to_do_with_its_key():
    """A noun and a bare digit ("Booking, two") get lost on a bad line. The first option says press; the others, in
    short too, say it or name their key as telephone menus in this language do (`option` in the rules)."""
    menus = [name for name, menu in shipped().menus.items() if menu.options or menu.desks]
    wrong = []
    for language, name in product(languages(), menus):
        lines, rules = filled().clip_texts[language], RULES[language]
        full, short = options(name, language)
        says = re.compile(rules.get("option") or re.escape(rules["press"]))
        wrong += [] if rules["press"] in lines[full[0]].text else [(language, full[0])]
        wrong += [(language, prompt) for prompt in (*full, *short) if not says.search(lines[prompt].text)]
    assert not wrong


def test_no_english_offer_is_a_word_and_a_digit():
    """The digits sound like other words: "Booking, two" is "Booking, too"."""
    keys = "|".join(filled().texts["en"].keys.values())
    bare = re.compile(rf"[\w' ]+, (?:{keys})\.", re.IGNORECASE)
    offers = [line for name, line in filled().clip_texts["en"].items() if name != "language.item"]
    assert not [line.text for line in offers if bare.fullmatch(line.text)]


def test_a_short_option_says_the_nouns_of_the_option_itself():
    """ "Applying for it, three": for what? The glossary names the short form wherever it names the option, and
    `ivr check` holds the words of every language to it."""
    for term, entry in shipped().glossary.items():
        said_in = {place.partition("/")[0] for place in entry.said_in}
        short = {f"{prompt}.short" for prompt in said_in if f"{prompt}.short" in shipped().prompts}
        assert short <= said_in, term


def test_the_japanese_words_that_callers_know_stand_where_callers_decide():
    """`ivr check` asks every language for its word for them, and the sentences for the words."""
    places = {term: set(shipped().glossary[term].said_in) for term in ("karihomen", "tanki_taizai")}
    assert places["karihomen"] >= {"eligible/provisional", "papers.group_b/option"}
    assert places["tanki_taizai"] >= {"eligible/visitors", "papers.group_a/visitor"}


@pytest.mark.parametrize("language", [name for name in languages() if name not in ("ja", "zh-Hans", "zh-Hant")])
def test_karihomen_stands_beside_the_translation(language):
    """In Japanese it is the word itself, and Chinese reads its characters."""
    words = shipped().texts[language].glossary
    assert not {*words["karihomen"]} & {*words["provisional_release"]}


def test_only_japanese_mixes_scripts():
    """An engine changes its voice at a word in another script, or leaves it out: `spoken` writes it in the language's
    own, and `ivr check` refuses letters of a script that the text doesn't name."""
    assert [language for language, text in shipped().texts.items() if len(text.script) > 1] == ["ja"]


@pytest.mark.parametrize("language", languages())
def test_no_engine_is_given_letters_to_spell(language):
    """Capitals alone are spelled letter by letter: `spoken` writes them as they are said."""
    assert not those(
        language, lambda sentence: any(len(word) > 1 and word.isupper() for word in re.findall(r"\w+", sentence))
    )


@pytest.mark.parametrize("language", languages())
def test_the_phrase_without_a_verb_has_a_lead_in(language):
    """F7 stays as open as the leaflet leaves it, but callers have to hear what it belongs to."""
    assert shipped().clip_texts[language]["group_a.stay"].written.startswith(RULES[language]["lead_in"])


def test_what_can_be_withdrawn_alone_leaves_no_but_behind():
    """Easy Japanese, and yet another language: each of the two has to make sense without the other."""
    wrong = []
    for language, prompt in product(languages(), ["cinga.how", "cinga.other"]):
        but = rf"(?:{RULES[language]['but']})"
        words = shipped().clip_texts[language][prompt].written
        first = re.match(rf"{but}(?!\w)" if words.isascii() else but, words, re.IGNORECASE)
        if first or re.search(rf"{but} *[.。۔।]?$", words, re.IGNORECASE):
            wrong.append((language, prompt))
    assert not wrong


def test_the_offer_to_be_connected_says_press():
    for language, prompt in product(languages(), ["cinga.offer", "fresc.offer"]):
        offers = [line for name, line in shipped().clip_texts[language].items() if name.startswith(prompt)]
        assert offers, (language, prompt)
        assert not [(language, line.text) for line in offers if RULES[language]["press"] not in line.text]


def test_a_short_option_is_not_longer_than_the_option_itself():
    short = [name for name in shipped().prompts if name.endswith(".short")]
    assert short
    texts = {
        (language, prompt): (lines[prompt].text, lines[prompt.removesuffix(".short")].text)
        for (language, lines), prompt in product(filled().clip_texts.items(), short)
    }
    assert not {where: (brief, full) for where, (brief, full) in texts.items() if len(brief) > len(full)}


def test_english_stays_within_the_time_that_callers_pay_for():
    """155 words a minute, 0.35 s after each sentence but the last."""
    lines = shipped().clip_texts["en"]

    def seconds(*prompts):
        said = [lines[prompt] for prompt in prompts if prompt in lines]
        words, sentences = sum(len(line.written.split()) for line in said), sum(len(line.sentences) for line in said)
        return words / 155 * 60 + 0.35 * (sentences - 1)

    assert seconds("language.name", "eligible", "free", "coupon") <= 20
    assert not {prompt: round(seconds(prompt), 1) for prompt in lines if seconds(prompt) > 25}


def glosses():
    """Where each one stands, and its words."""
    for language in languages():
        for name, prompt in filled().texts[language].prompts.items() if language != "en" else ():
            yield from ((f"{language}/{name}.{key}", sentence.gloss) for key, sentence in prompt.items())


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

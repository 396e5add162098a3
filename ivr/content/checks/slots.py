"""Slots: each names a word that the line can fill in, and an option names its key."""

from collections.abc import Iterator

from ivr.content.checks.check import DESKS, HELPLINE, MENUS, PROMPTS, Draft, Mistake, check, text_file
from ivr.content.checks.spoken import Words, filled_words, printed_words, sentences, single_words
from ivr.content.composing import ACCEPT_PROMPT, STANDARD_PROMPTS
from ivr.content.did_you_mean import did_you_mean
from ivr.content.slots import SLOT, slots
from ivr.content.words import Sentence

IN_OPENINGS = {"today": ("time",), "tomorrow": ("time",)}
ALL_OF_OPENINGS = ("time", "weekday", "date")


@check("broken-braces")
def whole_braces(draft: Draft) -> Iterator[Mistake]:
    for words in sentences(draft):
        try:
            slots(words.text)
        except ValueError:
            message = f'"{words.text}" has braces without a plain word inside; right would be one such as {{key}}'
            yield Mistake(words.file, words.where, message)


@check("braces-in-a-word")
def no_braces_in_words(draft: Draft) -> Iterator[Mistake]:
    for words in single_words(draft):
        yield from _no_braces(words)


@check("braces-in-a-word", HELPLINE)
def no_braces_in_fill(draft: Draft) -> Iterator[Mistake]:
    for words in filled_words(draft):
        yield from _no_braces(words)


@check("braces-in-a-word")
def no_braces_on_cards(draft: Draft) -> Iterator[Mistake]:
    for words in printed_words(draft):
        if "{" in words.text or "}" in words.text:
            message = f'"{words.text}" is printed as it is; braces are not filled in on a card'
            yield Mistake(words.file, words.where, message)


def _no_braces(words: Words) -> Iterator[Mistake]:
    if "{" in words.text or "}" in words.text:
        yield Mistake(words.file, words.where, f'"{words.text}" is filled into sentences and cannot have braces itself')


@check("unknown-slot", HELPLINE, MENUS, DESKS, PROMPTS)
def known_slots(draft: Draft) -> Iterator[Mistake]:
    offering = offering_prompts(draft)
    for words in sentences(draft):
        known = _known(draft, words, offering)
        for name in dict.fromkeys(SLOT.findall(words.text)):
            if name not in known:
                guess = did_you_mean("{" + name + "}", ["{" + slot + "}" for slot in known])
                yield Mistake(words.file, words.where, f"nothing can be filled in here for {{{name}}}{guess}")


def _known(draft: Draft, words: Words, offering: set[str]) -> tuple[str, ...]:
    if not words.prompt:
        return IN_OPENINGS.get(str(words.where[-1]), ALL_OF_OPENINGS)
    prompt = draft.prompts.get(words.prompt)
    key = ("key",) if words.prompt in offering or not prompt else ()
    language = ("language",) if prompt and prompt.for_each else ()
    return ("name", "code", *key, *language, *draft.about.fill)


def offering_prompts(draft: Draft) -> set[str]:
    """The prompts that offer a key."""
    options = [option for menu in draft.menus.values() for option in menu.options.values()]
    desks = [desk.say for desk in draft.desks.values()]
    return {
        ACCEPT_PROMPT,
        *STANDARD_PROMPTS.values(),
        *(prompt for option in options for prompt in (option.say, option.short)),
        *(prompt for say in desks for prompt in (say.option, say.option_short, say.offer)),
    }


@check("offer-without-key", MENUS, DESKS)
def says_its_key(draft: Draft) -> Iterator[Mistake]:
    for language, text in draft.texts.items():
        for name in sorted(offering_prompts(draft) & text.prompts.keys()):
            said = " ".join(words for sentence in text.prompts[name].values() for words in sentence.text)
            if said.strip() and "{key" not in said:
                message = f'the prompt "{name}" offers a key and has to name it: {{key}}'
                yield Mistake(text_file(language), ("prompts", name), message, at_key=True)


@check("braces-differ")
def the_same_words_are_put_in(draft: Draft) -> Iterator[Mistake]:
    for language, text in draft.texts.items():
        for name, prompt in text.prompts.items():
            for key, sentence in prompt.items():
                for part, braces in _other_braces(sentence):
                    message = f"`{part}` has different words in braces than `text`: {braces}"
                    yield Mistake(text_file(language), ("prompts", name, key, part), message)


def _other_braces(sentence: Sentence) -> Iterator[tuple[str, str]]:
    def braces(*texts: str) -> list[str]:
        return sorted({f"{{{name}}}" for text in texts for name in SLOT.findall(text)})

    wanted = braces(*sentence.text)
    for part, found in (("gloss", braces(sentence.gloss)), ("spoken", braces(*sentence.spoken))):
        if getattr(sentence, part) and found != wanted:
            yield part, " ".join(found) or "none"

"""Sentences fit to be spoken: short, without digits, in one form, and properly ended."""

import unicodedata
from collections.abc import Iterator

from ivr.content.checks.check import HELPLINE, PROMPTS, Draft, Mistake, check, text_file
from ivr.content.checks.keys import OPTION_KEYS
from ivr.content.checks.spoken import Words, all_words, filled_words, place, sentences, written_words
from ivr.content.slots import SLOT

MAX_CHARACTERS = 100

STOPS = (".", "?", "!", "。", "？", "！", "।", "॥", "།", "။", "។", "؟", "۔", "።", "፧", "։")
COMMAS = (",", "、", "，", "၊", "،", "፣")
# How a question ends in one script, where others have a semicolon.
QUESTIONS = {"greek": ";"}
CLOSING = "\"'”’»」』)）"

# Scripts that set sentences apart by spaces.
WITHOUT_STOPS = {"thai", "lao"}


def _widest(draft: Draft, language: str) -> dict[str, str]:
    """The longest word that the language can fill into each slot; `key` is one that an option can have."""
    text = draft.texts[language]
    times, weekdays, dates = (getattr(text.opening, part, {}) for part in ("times", "weekdays", "dates"))
    options = {key: word for key, word in text.keys.items() if key in OPTION_KEYS}
    tables = {
        "key": options, "language": text.language_names, "time": times, "weekday": weekdays, "date": dates,
    }  # fmt: skip
    widest = {slot: max(table.values(), key=len, default="") for slot, table in tables.items()}
    return {**widest, "name": text.name, "code": f"{widest['key']} {widest['key']}"}


def _put_in(text: str, words: dict[str, str]) -> str:
    return SLOT.sub(lambda slot: words.get(slot[1], slot[0]), text)


@check("sentence-too-long")
def short_sentences(draft: Draft) -> Iterator[Mistake]:
    widest = {language: _widest(draft, language) for language in draft.texts}
    for words in sentences(draft):
        length = len(_put_in(words.text, widest[words.language]))
        if length > MAX_CHARACTERS:
            message = f"{length} characters are too many for one breath; write at most {MAX_CHARACTERS}, or a list"
            yield Mistake(words.file, words.where, message)


@check("fill-too-long", HELPLINE)
def short_fillings(draft: Draft) -> Iterator[Mistake]:
    """Sentences stay short enough with the operator's words filled in."""
    for filled in filled_words(draft):
        if filled.language in draft.texts:
            slot, widest = str(filled.where[1]), _widest(draft, filled.language)
            room = min(_room(words, slot, widest) for words in sentences(draft) if words.language == filled.language)
            if len(filled.text) > room:
                message = f"its sentence has room here for {room} characters, not {len(filled.text)}"
                yield Mistake(HELPLINE, filled.where, message)


def _room(words: Words, slot: str, widest: dict[str, str]) -> int:
    if f"{{{slot}}}" not in words.text:
        return MAX_CHARACTERS
    return MAX_CHARACTERS - len(_put_in(words.text, {**widest, slot: ""}))


@check("digit-or-sign")
def words_for_numbers(draft: Draft) -> Iterator[Mistake]:
    for words in all_words(draft):
        yield from _no_digits(words)


@check("digit-or-sign", HELPLINE)
def words_for_numbers_in_fill(draft: Draft) -> Iterator[Mistake]:
    for words in filled_words(draft):
        yield from _no_digits(words)


def digit_or_sign(text: str) -> str:
    """The first digit, # or * in a text, each of which every engine reads differently; empty if there is none."""
    return next((sign for sign in text if sign.isdigit() or sign in "#*"), "")


def _no_digits(words: Words) -> Iterator[Mistake]:
    if found := digit_or_sign(words.text):
        message = f'"{found}" is read differently by every engine; write it as a word'
        yield Mistake(words.file, words.where, message)


@check("extra-space")
def single_spaces(draft: Draft) -> Iterator[Mistake]:
    for words in written_words(draft):
        if words.text.strip() and words.text != " ".join(words.text.split()):
            message = "an extra space: at an end, or two together"
            yield Mistake(words.file, words.where, message)


@check("empty-words")
def some_words(draft: Draft) -> Iterator[Mistake]:
    for words in written_words(draft):
        if not words.text.strip():
            yield Mistake(words.file, words.where, "there are no words here")
    for language, text in draft.texts.items():
        for name, prompt in text.prompts.items():
            for key, sentence in prompt.items():
                if not sentence.text:
                    yield Mistake(text_file(language), ("prompts", name, key), "there are no words here")


@check("not-nfc")
def composed_letters(draft: Draft) -> Iterator[Mistake]:
    for words in written_words(draft):
        if not unicodedata.is_normalized("NFC", words.text):
            message = "letters and accents are stored separately here; type the words again (Unicode form NFC)"
            yield Mistake(words.file, words.where, message)


@check("sentence-end")
def ended(draft: Draft) -> Iterator[Mistake]:
    for words in sentences(draft):
        text, scripts = words.text.strip().rstrip(CLOSING), draft.texts[words.language].script
        ends = (*STOPS, *COMMAS, "}", *(QUESTIONS[script] for script in scripts if script in QUESTIONS))
        if text and not WITHOUT_STOPS & {*scripts} and not text.endswith(ends):
            message = "a sentence ends with a full stop, or with a comma if the next one continues it"
            yield Mistake(words.file, words.where, message)


@check("prompt-end", PROMPTS)
def ended_for_good(draft: Draft) -> Iterator[Mistake]:
    """A comma at the end of a clip would make the voice sound unfinished."""
    for language, text in draft.texts.items():
        for name, prompt in text.prompts.items():
            order = [key for key in draft.prompts[name].sentences if key in prompt] if name in draft.prompts else []
            last = prompt[order[-1]].text if order else ()
            if last and last[-1].rstrip(CLOSING).endswith(COMMAS):
                message = "a prompt ends with a full stop; after a comma the voice would sound unfinished"
                source = draft.sources[text_file(language)]
                where = place(source, ("prompts", name, order[-1]), "text", len(last) - 1)
                yield Mistake(text_file(language), where, message)

"""Everything that can be spoken in a language, as clip texts: sentences with keys, names and times filled in."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from ivr.content.clip_text import ClipText
from ivr.content.desk_order import KEPT, desk_keys, desk_languages
from ivr.content.menus import StandardKey
from ivr.content.model import Helpline
from ivr.content.opening import Opening, day_texts, occurring_openings, opening_texts
from ivr.content.slots import put_in, slots
from ivr.content.words import Sentence

# The same everywhere from the first menu on; "language" is what "back" means in the first menu.
STANDARD_KEYS: Mapping[StandardKey, str] = {"person": "0", "first": "9", "back": "*", "language": "*", "again": "#"}
STANDARD_PROMPTS: Mapping[StandardKey, str] = {name: f"key.{name}" for name in STANDARD_KEYS}
# Said after the whisper where a desk has to press a key before the caller is joined.
ACCEPT_PROMPT, ACCEPT_KEY = "accept", "1"
GREETING, NOTICE = "welcome", "notice"
# Said of a desk that stays closed for longer where no sentence says when it opens again.
CLOSED_LONGER = "desks.longer"
# The digits of a number, with the digit behind a dot.
DIGIT = "digit"


def all_clip_texts(helpline: Helpline) -> dict[str, dict[str, ClipText]]:
    """Every clip text by language and clip name, without prompts that are withdrawn or not filled in."""
    openings = occurring_openings(helpline)
    return {language: _clip_texts(helpline, language, openings[language]) for language in helpline.texts}


def _clip_texts(helpline: Helpline, language: str, openings: list[Opening]) -> dict[str, ClipText]:
    words = helpline.texts[language].opening
    clip_texts = (
        *_prompt_texts(helpline, language),
        *_digit_texts(helpline, language),
        *(opening_texts(language, words, openings) if words else ()),
        *(day_texts(language, words) if words and helpline.tells_of_desks else ()),
    )
    return {clip_text.prompt: clip_text for clip_text in clip_texts}


def is_spoken_in(helpline: Helpline, name: str, language: str) -> bool:
    """Whether callers, or desks, hear this prompt in a language; one that only greets says nothing else."""
    if language in helpline.about.greets:
        return name == GREETING
    prompt = helpline.prompts[name]
    if not prompt.only_in:
        return True
    groups = {"first": helpline.about.first_languages, "desk": desk_languages(helpline)}
    return any(language in groups.get(name, (name,)) for name in prompt.only_in)


@lru_cache(maxsize=KEPT)
def prompt_keys(helpline: Helpline, language: str) -> Mapping[str, str]:
    """The key that each prompt offers, from the one place where it is decided."""
    keys = {STANDARD_PROMPTS[name]: key for name, key in STANDARD_KEYS.items()} | {ACCEPT_PROMPT: ACCEPT_KEY}
    for menu in helpline.menus.values():
        for key, option in menu.options.items():
            keys.update({option.say: key, option.short: key})
    for name, key in desk_keys(helpline, language).items():
        say = helpline.desks[name].say
        keys.update({say.option: key, say.option_short: key})
    return keys


def clip_name(prompt: str, ending: str) -> str:
    """The name of one clip of a prompt that has several, for a key, language or digit."""
    return f"{prompt}.{ending}"


def prompt_of(helpline: Helpline, clip: str) -> str:
    """The prompt that a clip speaks, such as ``whisper`` for ``whisper.en``; "" for digits and opening times."""
    while clip not in helpline.prompts:
        if "." not in clip:
            return ""
        clip = clip.rpartition(".")[0]
    return clip


def told_facts(helpline: Helpline, language: str, clip: str) -> tuple[tuple[str, ...], ...]:
    """The facts that each sentence of a clip text carries."""
    prompt = prompt_of(helpline, clip)
    if not prompt:
        return ((),)
    return tuple(
        helpline.prompts[prompt].sentences[name]
        for name, sentence in told_sentences(helpline, language, prompt)
        for _text in sentence.spoken or sentence.text
    )


def _offer_keys(helpline: Helpline, language: str) -> dict[str, list[str]]:
    """The keys with which each offer to be connected can be spoken.

    Usually the one that the desk has in this language; the first languages also speak to callers of any other, for
    whom the desks may be in another order.
    """
    spoken_to = helpline.languages if language in helpline.about.first_languages else (language,)
    keys: dict[str, set[str]] = {}
    for caller in spoken_to:
        for name, key in desk_keys(helpline, caller).items():
            keys.setdefault(helpline.desks[name].say.offer, set()).add(key)
    return {offer: sorted(found) for offer, found in keys.items()}


def _prompt_texts(helpline: Helpline, language: str) -> Iterator[ClipText]:
    keys, offers = prompt_keys(helpline, language), _offer_keys(helpline, language)
    for name, prompt in helpline.prompts.items():
        if not is_spoken_in(helpline, name, language):
            continue
        words = _words(helpline, language, keys.get(name))
        if name in offers:
            for key in offers[name]:
                yield from _clip_text(helpline, language, clip_name(name, key), name, _words(helpline, language, key))
        elif prompt.for_each:
            for other, other_name in helpline.texts[language].language_names.items():
                own = {**words, "language": other_name}
                yield from _clip_text(helpline, language, clip_name(name, other), name, own)
        else:
            yield from _clip_text(helpline, language, name, name, words)


def _words(helpline: Helpline, language: str, key: str | None) -> dict[str, str]:
    text = helpline.texts[language]
    words = {"name": text.name}
    if code := helpline.code(language):
        words["code"] = " ".join(text.keys[digit] for digit in code)
    if key is not None:
        words["key"] = text.keys[key]
    for slot, filled in helpline.about.fill.items():
        if language in filled:
            words[slot] = filled[language].text
    return words


def _clip_text(
    helpline: Helpline, language: str, clip: str, prompt: str, words: Mapping[str, str]
) -> Iterator[ClipText]:
    """The clip text; nothing if all of it is withdrawn or a word is not filled in."""
    sentences = [sentence for _name, sentence in told_sentences(helpline, language, prompt)]
    texts = [text for sentence in sentences for text in sentence.text]
    spoken = [text for sentence in sentences for text in sentence.spoken or sentence.text]
    needed = {*helpline.prompts[prompt].needs, *(slot for text in (*texts, *spoken) for slot in slots(text))}
    if sentences and needed <= words.keys():
        written = " ".join(put_in(text, words) for text in texts)
        yield ClipText(language, clip, tuple(put_in(text, words) for text in spoken), written)


def told_sentences(helpline: Helpline, language: str, prompt: str) -> Iterator[tuple[str, Sentence]]:
    """The sentences of a prompt, except those whose facts are all withdrawn."""
    words = helpline.texts[language].prompts.get(prompt, {})
    for name, facts in helpline.prompts[prompt].sentences.items():
        if name not in words:
            continue
        if not facts or not set(facts) <= set(helpline.about.withdrawn):
            yield name, words[name]


def _digit_texts(helpline: Helpline, language: str) -> Iterator[ClipText]:
    for digit, word in helpline.texts[language].keys.items():
        if digit.isdigit() and language in helpline.languages:
            yield ClipText(language, clip_name(DIGIT, digit), (word,))

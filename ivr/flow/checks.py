"""What has to be true across the files of a helpline before it can answer a call. One small function for each rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from ivr.errors import Problem
from ivr.flow.hours import is_known_country
from ivr.flow.model import Desk, Helpline
from ivr.flow.slots import slots
from ivr.flow.source import Source, Where
from ivr.flow.wording import is_spoken_in

TELEPHONE_KEYS = tuple("0123456789*#")
OPTION_KEYS = tuple("12345678")

# Prompts that the engine speaks in every helpline, beside those that its menus and desks name.
ENGINE_PROMPTS = (
    "welcome", "language.item", "language.name", "unready",
    "key.again", "key.back", "key.language", "key.person", "key.first", "invalid", "silence",
    "desks.closed", "desks.none", "opens.generic",
    "transfer.say", "transfer.sentence", "transfer.wait", "transfer.closed", "transfer.busy", "transfer.no_answer",
    "transfer.failed", "transfer.sorry", "transfer.number", "transfer.ended", "whisper",
    "apology", "apology.last", "goodbye",
)  # fmt: skip

Sources = dict[str, Source]


def problems(helpline: Helpline, sources: Sources) -> Iterator[Problem]:
    """Everything that is wrong, in no particular order. `sources` are the files by name, such as ``menus.yaml``."""
    for check in (_languages, _codes, _menus, _desks, _prompts, _terms, _withdrawn, _fill):
        yield from check(helpline, sources)
    for language in helpline.texts:
        yield from _text(helpline, sources, language)


def _unknown(name: str, known: Iterable[str], kind: str) -> str:
    names = sorted(known)
    close = get_close_matches(name, names, n=1)
    return f'there is no {kind} "{name}"' + (f'; did you mean "{close[0]}"?' if close else "")


def _languages(helpline: Helpline, sources: Sources) -> Iterator[Problem]:
    source, about = sources["helpline.yaml"], helpline.about
    if not about.first_languages:
        yield source.problem(("first_languages",), "languages", "at least one language has to speak before a choice")
    for where, language in ((("first_languages",), name) for name in about.first_languages):
        yield from _needs_text(helpline, source, where, language)
    yield from _needs_text(helpline, source, ("desk_language",), about.desk_language)
    for language in helpline.texts.keys() - helpline.languages.keys():
        message = f'"{language}" is not among the languages of helpline.yaml'
        yield sources[f"text/{language}.yaml"].problem((), "languages", message)
    desk_text = helpline.texts.get(about.desk_language)
    for language in about.languages:
        if desk_text and language not in desk_text.language_names:
            path = f"text/{about.desk_language}.yaml"
            message = f'"{language}" has no name here; the desk could not be told which language a caller speaks'
            yield sources[path].problem(("language_names",), "language-names", message)


def _needs_text(helpline: Helpline, source: Source, where: Where, language: str) -> Iterator[Problem]:
    if language not in helpline.languages:
        yield source.problem(where, "languages", _unknown(language, helpline.languages, "language"))
    elif language not in helpline.texts:
        yield source.problem(where, "languages", f'"{language}" has no text; text/{language}.yaml is missing')


def _codes(helpline: Helpline, sources: Sources) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for name, language in helpline.languages.items():
        if language.code in seen:
            message = f'code "{language.code}" belongs to "{seen[language.code]}"; a code means one language for ever'
            yield sources["helpline.yaml"].problem(("languages", name, "code"), "codes", message)
        seen.setdefault(language.code, name)


def _menus(helpline: Helpline, sources: Sources) -> Iterator[Problem]:
    source, flow = sources["menus.yaml"], helpline.flow
    for where, name in ((("start",), flow.start), (("help",), flow.help)):
        if name not in flow.menus:
            yield source.problem(where, "menus", _unknown(name, flow.menus, "menu"))
    yield from _known_prompts(helpline, source, ("farewell",), flow.farewell)
    offered: dict[str, str] = {}
    for name, menu in flow.menus.items():
        here: Where = ("menus", name)
        yield from _known_prompts(helpline, source, (*here, "say"), menu.say)
        for key, option in menu.options.items():
            at: Where = (*here, "options", key)
            taken = OPTION_KEYS[: len(helpline.desks)] if menu.desks else ()
            if key not in OPTION_KEYS or key in taken:
                right = [k for k in OPTION_KEYS if k not in taken]
                yield source.problem(
                    at, "keys", f'"{key}" is not free here; options take {right[0]} to {right[-1]}', at_key=True
                )
            for prompt in (option.say, option.short):
                if offered.setdefault(prompt, key) != key:
                    message = f'the prompt "{prompt}" says key {offered[prompt]} elsewhere; it can say only one key'
                    yield source.problem(at, "keys", message, at_key=True)
            if option.to not in flow.menus:
                yield source.problem((*at, "to"), "menus", _unknown(option.to, flow.menus, "menu"))
            yield from _known_prompts(helpline, source, (*at, "say"), (option.say,))
            yield from _known_prompts(helpline, source, (*at, "short"), (option.short,))


def _known_prompts(helpline: Helpline, source: Source, where: Where, names: tuple[str, ...]) -> Iterator[Problem]:
    for name in names:
        if name not in helpline.prompts:
            yield source.problem(where, "prompts", _unknown(name, helpline.prompts, "prompt"))


def _desks(helpline: Helpline, sources: Sources) -> Iterator[Problem]:
    source = sources["desks.yaml"]
    for name, desk in helpline.desks.items():
        here: Where = ("desks", name)
        say = desk.say
        lone = (say.operator, say.option, say.option_short, say.offer, say.closed)
        yield from _known_prompts(helpline, source, (*here, "say"), (*lone, *say.purpose, *say.hours))
        for relation, how in say.how.items():
            yield from _known_prompts(helpline, source, (*here, "say", "how", relation), how)
        yield from _desk_languages(helpline, source, here, desk)
        if desk.holidays and not is_known_country(desk.holidays):
            message = f'the holidays of "{desk.holidays}" are not known; right would be a country code such as "JP"'
            yield source.problem((*here, "holidays"), "holidays", message)


def _desk_languages(helpline: Helpline, source: Source, here: Where, desk: Desk) -> Iterator[Problem]:
    for relation, languages in (("direct", desk.languages.direct), ("interpreter", desk.languages.interpreter)):
        for language in languages:
            if language not in helpline.languages:
                message = _unknown(language, helpline.languages, "language")
                yield source.problem((*here, "languages", relation), "languages", message)
    needed = {desk.languages.relation(language) for language in helpline.languages}
    for missing in sorted(needed - desk.say.how.keys()):
        message = f'nothing tells callers how the desk answers where a language is "{missing}"'
        yield source.problem((*here, "say", "how"), "desks", message)


def _prompts(helpline: Helpline, sources: Sources) -> Iterator[Problem]:
    source = sources["prompts.yaml"]
    for name in ENGINE_PROMPTS:
        if name not in helpline.prompts:
            yield source.problem(
                ("prompts",), "prompts", f'the prompt "{name}", which every helpline needs, is missing'
            )
    for name, prompt in helpline.prompts.items():
        for sentence, facts in prompt.sentences.items():
            for fact in facts:
                if fact not in helpline.facts:
                    where: Where = ("prompts", name, "sentences", sentence)
                    yield source.problem(where, "facts", _unknown(fact, helpline.facts, "fact"))


def _withdrawn(helpline: Helpline, sources: Sources) -> Iterator[Problem]:
    for fact in helpline.about.withdrawn:
        if fact not in helpline.facts:
            message = _unknown(fact, helpline.facts, "fact")
            yield sources["helpline.yaml"].problem(("withdrawn",), "facts", message)


def _fill(helpline: Helpline, sources: Sources) -> Iterator[Problem]:
    for slot, words in helpline.about.fill.items():
        for language, text in words.items():
            here: Where = ("fill", slot, language)
            if language not in helpline.languages:
                message = _unknown(language, helpline.languages, "language")
                yield sources["helpline.yaml"].problem(here, "languages", message, at_key=True)
            yield from _slots(sources["helpline.yaml"], here, text, ())
    for name, prompt in helpline.prompts.items():
        for need in prompt.needs:
            if need not in helpline.about.fill:
                message = f'"{need}" is not in `fill` of helpline.yaml'
                yield sources["prompts.yaml"].problem(("prompts", name, "needs"), "fill", message)


def _text(helpline: Helpline, sources: Sources, language: str) -> Iterator[Problem]:
    source, text = sources[f"text/{language}.yaml"], helpline.texts[language]
    if text.language != language:
        yield source.problem(("language",), "languages", f'this file is named for "{language}"')
    if missing := [key for key in TELEPHONE_KEYS if key not in text.keys]:
        yield source.problem(("keys",), "keys", f"words are missing for: {' '.join(missing)}")
    for sentence in ("today", "tomorrow", "weekday", "date"):
        known = ("time", "weekday", "date")[: 1 if sentence in ("today", "tomorrow") else 3]
        yield from _slots(source, ("opening", sentence), getattr(text.opening, sentence), known)
    yield from _glossary(helpline, source, language)
    for name in text.prompts.keys() - helpline.prompts.keys():
        message = _unknown(name, helpline.prompts, "prompt") + " in prompts.yaml"
        yield source.problem(("prompts", name), "prompts", message, at_key=True)
    for name, prompt in helpline.prompts.items():
        if not is_spoken_in(helpline, prompt, language):
            continue
        if name not in text.prompts:
            yield source.problem(("prompts",), "prompts", f'the prompt "{name}" has no text')
            continue
        yield from _sentences(helpline, source, language, name)


def _sentences(helpline: Helpline, source: Source, language: str, name: str) -> Iterator[Problem]:
    written, wanted = helpline.texts[language].prompts[name], helpline.prompts[name].sentences
    for sentence in wanted.keys() - written.keys():
        yield source.problem(("prompts", name), "sentences", f'the sentence "{sentence}" is missing', at_key=True)
    for sentence in written.keys() - wanted.keys():
        message = _unknown(sentence, wanted, "sentence") + f' in the prompt "{name}"'
        yield source.problem(("prompts", name, sentence), "sentences", message, at_key=True)
    known = ("key", "name", "code", "language", *helpline.about.fill)
    for sentence, words in written.items():
        for text in (*words.text, *words.spoken):
            yield from _slots(source, ("prompts", name, sentence), text, known)


def _glossary(helpline: Helpline, source: Source, language: str) -> Iterator[Problem]:
    """The sentences that a term names contain one of the language's words for it."""
    text = helpline.texts[language]
    for term in text.glossary.keys() - helpline.glossary.keys():
        message = _unknown(term, helpline.glossary, "term") + " in glossary.yaml"
        yield source.problem(("glossary", term), "glossary", message, at_key=True)
    for term, where in helpline.glossary.items():
        if term not in text.glossary:
            yield source.problem(("glossary",), "glossary", f'the language\'s word for "{term}" is missing')
            continue
        words = [word.casefold() for word in text.glossary[term]]
        for place in where.said_in:
            prompt, _, name = place.partition("/")
            sentence = text.prompts.get(prompt, {}).get(name)
            if sentence and not any(word in " ".join(sentence.text).casefold() for word in words):
                message = f'the sentence has none of the words for "{term}": {", ".join(text.glossary[term])}'
                yield source.problem(("prompts", prompt, name), "glossary", message, at_key=True)


def _terms(helpline: Helpline, sources: Sources) -> Iterator[Problem]:
    for term, where in helpline.glossary.items():
        for place in where.said_in:
            prompt, _, name = place.partition("/")
            if prompt not in helpline.prompts or name not in helpline.prompts[prompt].sentences:
                places = [f"{known}/{part}" for known in helpline.prompts for part in helpline.prompts[known].sentences]
                message = _unknown(place, places, "sentence")
                yield sources["glossary.yaml"].problem(("terms", term, "said_in"), "glossary", message)


def _slots(source: Source, where: Where, text: str, known: Iterable[str]) -> Iterator[Problem]:
    try:
        names = slots(text)
    except ValueError:
        yield source.problem(where, "slots", f'in "{text}" stand braces that hold no known word, such as {{key}}')
        return
    for name in sorted(names - set(known)):
        yield source.problem(where, "slots", _unknown("{" + name + "}", ["{" + k + "}" for k in known], "word"))

"""Words that are the same everywhere: each language has its own for each, and uses it where it belongs."""

from collections.abc import Iterator

from ivr.content.checks.check import GLOSSARY, HELPLINE, PROMPTS, Draft, Mistake, check, text_file
from ivr.content.did_you_mean import unknown
from ivr.content.source import Where


@check("unknown-term", GLOSSARY)
def known_terms(draft: Draft) -> Iterator[Mistake]:
    for language, text in draft.texts.items():
        for term in text.glossary:
            if term not in draft.glossary:
                message = unknown(term, draft.glossary, "term", " in glossary.yaml")
                yield Mistake(text_file(language), ("glossary", term), message, at_key=True)


@check("missing-term", HELPLINE, GLOSSARY)
def every_term(draft: Draft) -> Iterator[Mistake]:
    for language, text in draft.texts.items():
        for term in draft.glossary if language not in draft.about.greets else ():
            if not any(word.strip() for word in text.glossary.get(term, ())):
                where: Where = ("glossary", term)
                yield Mistake(text_file(language), where, f'the language\'s word for "{term}" is missing')


@check("glossary-word", GLOSSARY)
def said_the_same_way(draft: Draft) -> Iterator[Mistake]:
    """In any of the word's forms; case makes no difference."""
    for language, text in draft.texts.items():
        for term, entry in draft.glossary.items():
            words = [word.casefold() for word in text.glossary.get(term, ()) if word.strip()]
            for place in entry.said_in:
                prompt, _, name = place.partition("/")
                sentence = text.prompts.get(prompt, {}).get(name)
                if words and sentence and not any(word in " ".join(sentence.text).casefold() for word in words):
                    message = f'the sentence has none of the words for "{term}": {", ".join(text.glossary[term])}'
                    yield Mistake(text_file(language), ("prompts", prompt, name), message, at_key=True)


@check("unknown-sentence", GLOSSARY, PROMPTS)
def known_sentences(draft: Draft) -> Iterator[Mistake]:
    known = [f"{prompt}/{sentence}" for prompt in draft.prompts for sentence in draft.prompts[prompt].sentences]
    for term, entry in draft.glossary.items():
        for index, place in enumerate(entry.said_in):
            if place not in known:
                yield Mistake(GLOSSARY, ("terms", term, "said_in", index), unknown(place, known, "sentence"))

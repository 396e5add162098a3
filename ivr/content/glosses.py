"""What a clip text means in English, for people who don't read its language."""

from ivr.content.composing import prompt_keys, prompt_of, told_sentences
from ivr.content.model import Helpline
from ivr.content.slots import SLOT


def gloss(helpline: Helpline, language: str, clip: str) -> str:
    """The glosses of a clip's sentences, with keys as digits; empty for digits and opening times."""
    prompt, text = prompt_of(helpline, clip), helpline.texts[language]
    if not prompt:
        return ""
    last = clip.removeprefix(prompt).lstrip(".")
    words = {"name": text.name, "code": helpline.code(language), "language": last}
    words["key"] = last or prompt_keys(helpline, language).get(prompt, "")
    words |= {name: filled[language].text for name, filled in helpline.about.fill.items() if language in filled}
    told = [sentence.gloss for _name, sentence in told_sentences(helpline, language, prompt) if sentence.gloss]
    return " ".join(SLOT.sub(lambda slot: words.get(slot[1], slot[0]), each) for each in told)

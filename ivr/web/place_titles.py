"""What pages call the places of a call: a menu by the option that leads there, in the page's language."""

import re
from collections.abc import Mapping

from ivr.content.menus import Option
from ivr.content.model import Helpline
from ivr.content.pages import DESK, ENDINGS, HANG_UP, LANGUAGES, PERSON, TRANSFER
from ivr.web.meanings import as_staff_write
from ivr.web.words import words_in

# An option is a topic and a request to press a key: "For the bus, press {key}.", "バスは、{key}番。"
PAUSE = re.compile(r"[,،、，]")
KEY = "{key}"
# What makes a topic a part of a sentence.
AROUND_A_TOPIC = {"en": re.compile(r"^(for|to) (the )?", re.IGNORECASE), "ja": re.compile("は$")}


def place_titles(helpline: Helpline, page: str) -> Mapping[str, str]:
    """A title for each place that the page Call flow has; one without an option is called by its own name."""
    words = words_in(page)
    titles = {name: words["place_" + name] for name in (LANGUAGES, PERSON, TRANSFER, ENDINGS)}
    titles |= {DESK + name: words["place_desk"].format(desk=name.upper()) for name in helpline.desks}
    titles[helpline.flow.start] = words["place_start"]
    for menu in helpline.menus.values():
        for option in menu.options.values():
            titles.setdefault(option.page, _title(helpline, page, option))
    titles.setdefault(helpline.flow.help, words["place_help"])
    return {**{name: name for name in helpline.menus}, **{name: _upper(title) for name, title in titles.items()}}


def _title(helpline: Helpline, page: str, option: Option) -> str:
    topic = _topic(page, _offer(helpline, page, option.short)) or option.hang_up or option.page
    return words_in(page)["place_hang_up"].format(prompt=topic) if option.page.startswith(HANG_UP) else topic


def _offer(helpline: Helpline, page: str, prompt: str) -> str:
    """The option in the page's language, else what it means in English, else in the first language that has it."""
    written = {name: [*text.prompts.get(prompt, {}).values()] for name, text in helpline.texts.items()}
    others = [sentence for sentences in written.values() for sentence in sentences]
    glosses = [sentence.gloss for sentence in others if sentence.gloss]
    own = [text for sentence in written.get(page, ()) for text in sentence.text]
    return " ".join(own or glosses[:1] or [text for sentence in others[:1] for text in sentence.text])


def _topic(page: str, offer: str) -> str:
    """The part of an option that names what it is about."""
    before, _key, after = offer.partition(KEY)
    pauses = [pause.start() for pause in PAUSE.finditer(before)]
    topic = as_staff_write(page, before[: pauses[-1]] if pauses else before if len(before) > len(after) else after)
    if page in AROUND_A_TOPIC:
        topic = AROUND_A_TOPIC[page].sub("", topic.strip())
    return _upper(topic.strip(" .。"))


def _upper(title: str) -> str:
    return title[:1].upper() + title[1:]

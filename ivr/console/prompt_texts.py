"""A prompt's text as pages show it: words, length, and why it isn't spoken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from flask import url_for

from ivr.audio.clip_status import ClipStatus, clip_status
from ivr.audio.line import Line
from ivr.audio.recordings import Recordings, read_recordings
from ivr.audio.timing import Timing
from ivr.content.clip_text import ClipText
from ivr.content.composing import prompt_of
from ivr.content.unspoken import Unspoken, unspoken
from ivr.flow.steps import Play
from ivr.web.page_context import PageContext


@dataclass(frozen=True)
class PromptText:
    """A clip text, or a gap: then `line` is None, and `unspoken` says why, if known.

    `seconds` are estimated without a clip; `url` is the clip's, or empty. Digits and opening times are not prompts:
    their words are elsewhere in the text.
    """

    language: str
    prompt: str
    line: ClipText | None = None
    clip_status: ClipStatus | None = None
    unspoken: Unspoken | None = None
    url: str = ""
    seconds: float = 0.0
    is_prompt: bool = True

    @property
    def name(self) -> str:
        return self.line.name if self.line else f"{self.language}/{self.prompt}"

    @property
    def text(self) -> str:
        return self.line.shown if self.line else ""

    @property
    def is_silent(self) -> bool:
        """Whether there are words but nothing speaks them."""
        return self.clip_status is not None and self.clip_status.kind is None


def texts_of(context: PageContext) -> PromptTexts:
    """The texts of the served line; HelplineError if the register of recordings is damaged."""

    def clip(play: Play) -> str:
        found = next(iter(context.files((play,))), play)
        return url_for("sound.clip", name=found) if isinstance(found, str) else ""

    return PromptTexts(context.line, read_recordings(context.helpline.audio_dir), clip)


class PromptTexts:
    """The texts of a helpline as pages show them.

    In `helpline` every language that has a text counts as ready, so that staff see what is to come; `served` is what
    callers hear. `clip_texts` has the opening times, too, in place of which callers hear the general sentence because
    nothing speaks them.
    """

    def __init__(self, line: Line, recordings: Recordings, clip: Callable[[Play], str]) -> None:
        self.served = line.helpline
        self.helpline = replace(self.served, ready=frozenset(self.served.texts) & frozenset(self.served.languages))
        self.clip_texts = {
            name: {**texts, **line.unvoiced.get(name, {})} for name, texts in self.served.clip_texts.items()
        }
        self._catalog, self._recordings, self._clip = line.catalog, recordings, clip
        self._timing = Timing(replace(self.served, clip_texts=self.clip_texts), line.catalog)

    def said(self, language: str, clip: str) -> PromptText:
        """A clip by its name, such as ``whisper.en``; a prompt that needs an ending is found by `all_of`."""
        line = self.clip_texts.get(language, {}).get(clip)
        prompt = prompt_of(self.helpline, clip)
        if line is None:
            why = unspoken(self.helpline, language, prompt) if prompt else None
            return PromptText(language, prompt or clip, unspoken=why, is_prompt=bool(prompt))
        play = Play(language, clip)
        return PromptText(
            language,
            prompt or clip,
            line,
            clip_status(self.helpline, self._catalog, line, self._recordings),
            url=self._clip(play),
            seconds=self._timing.seconds(play),
            is_prompt=bool(prompt),
        )

    def all_of(self, language: str, prompt: str) -> Iterator[PromptText]:
        """Every text of a prompt; a gap if there is none."""
        clips = [clip for clip in self.clip_texts.get(language, {}) if prompt_of(self.helpline, clip) == prompt]
        yield from (self.said(language, clip) for clip in clips or [prompt])

    def beginning(self, language: str, word: str) -> Iterator[PromptText]:
        """The texts that are not prompts: digits, or opening times."""
        lines = self.clip_texts.get(language, {})
        yield from (
            self.said(language, clip)
            for clip in lines
            if clip.startswith(f"{word}.") and not prompt_of(self.helpline, clip)
        )

"""What kind of voice speaks each clip text, and what is missing, as staff see it. Standard library only."""

from collections import Counter
from dataclasses import dataclass

from ivr.audio.catalog import Catalog, State
from ivr.audio.engines.allowed import is_unverified
from ivr.audio.engines.kinds import Kind, kind
from ivr.audio.recordings import Recordings
from ivr.content.clip_text import ClipText
from ivr.content.model import Helpline
from ivr.content.speech import SAY

MISSING, STALE = "missing", "stale"  # nobody speaks it; its clip is out of date or damaged
# How a clip text may stand, the best first: by the kind of its voice, in lower case, or as one of these two.
MARKS = (*(each.name.lower() for each in Kind), MISSING, STALE)


@dataclass(frozen=True)
class ClipStatus:
    """How one clip text is spoken.

    `kind` is that of the voice that callers hear, or None if they would hear nothing. `engine` made its clip; it is
    empty without one. `outdated`: a person recorded an older text.
    """

    clip_text: ClipText
    state: State
    kind: Kind | None = None
    engine: str = ""
    outdated: bool = False

    @property
    def is_unverified(self) -> bool:
        """Only the helpline itself says that the engine reads the language."""
        return is_unverified(self.engine, self.clip_text.language)

    @property
    def mark(self) -> str:
        """One of MARKS."""
        if self.state in (State.STALE, State.DAMAGED):
            return STALE
        return self.kind.name.lower() if self.kind else MISSING


def clip_status(helpline: Helpline, catalog: Catalog, clip_text: ClipText, recordings: Recordings) -> ClipStatus:
    """`catalog` has the clips that callers may hear."""
    clip, recording = catalog.find(clip_text), recordings.get((clip_text.language, clip_text.prompt))
    speaks = clip.engine if clip else SAY if helpline.speech(clip_text.language).say else ""
    return ClipStatus(
        clip_text=clip_text,
        state=catalog.state(clip_text),
        kind=kind(speaks, clip_text.language) if speaks else None,
        engine=clip.engine if clip else "",
        outdated=bool(recording and not recording.says(clip_text)),
    )


def unverified(catalog: Catalog) -> frozenset[str]:
    """The languages with clips by engines that only the helpline itself says read them."""
    return frozenset(clip.language for clip in catalog.clips.values() if is_unverified(clip.engine, clip.language))


def voices(helpline: Helpline, catalog: Catalog, language: str) -> Counter[str]:
    """How many clip texts of a language stand at each of MARKS, the best first."""
    clip_texts = helpline.clip_texts.get(language, {}).values()
    marks = [clip_status(helpline, catalog, clip_text, {}).mark for clip_text in clip_texts]
    return Counter(sorted(marks, key=MARKS.index))

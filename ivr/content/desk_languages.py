"""What a desk speaks, and how it stands to the language of a caller."""

from typing import Literal, TypeAlias

from ivr.content.fields import Names, Shape

Relation: TypeAlias = Literal["direct", "interpreter", "possible", "unlisted"]


class DeskLanguages(Shape):
    """What a desk speaks itself, what it lists through an interpreter, and what holds for all other languages."""

    direct: Names = ()
    """Languages that are spoken at the desk."""
    interpreter: Names = ()
    """Languages that the desk lists, in which an interpreter joins."""
    others: Literal["possible", "unlisted", "hidden"] = "unlisted"
    """What holds for all other languages; hidden: their callers are not told of this desk."""

    def relation(self, language: str) -> Relation | None:
        """None if callers of this language are not told of the desk."""
        if language in self.direct:
            return "direct"
        if language in self.interpreter:
            return "interpreter"
        return None if self.others == "hidden" else self.others

"""XML bytes become elements that know their place, by the standard library's expat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from ivr.simulator.problems import Refused


@dataclass
class Element:
    """One XML element; `text` is its own, `spoken` its own and its children's in reading order."""

    name: str
    attributes: Mapping[str, str]
    line: int
    column: int
    children: list[Element] = field(default_factory=list)
    text: str = ""
    spoken: str = ""

    def refuse(self, code: int, message: str) -> Refused:
        return Refused(code, message, self.line, self.column)


class _Builder:
    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.open: list[Element] = []
        self.root: Element | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        element = Element(name, attributes, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)
        if self.open:
            self.open[-1].children.append(element)
        self.root = self.root or element
        self.open.append(element)

    def end(self, _name: str) -> None:
        closed = self.open.pop()
        if self.open:
            self.open[-1].spoken += closed.spoken

    def characters(self, text: str) -> None:
        self.open[-1].text += text
        self.open[-1].spoken += text

    def doctype(self, *_declared: object) -> None:
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        # A document type is where entities are declared, and those can make a small document huge.
        raise Refused(12100, "a TwiML document has no DOCTYPE and no entities of its own", line, column)


def parse(body: bytes) -> Element:
    """The root element; or Refused (12100, "Document parse failure") with the place."""
    builder = _Builder()
    try:
        builder.parser.Parse(body, True)  # noqa: FBT003 - expat takes it by position only
    except expat.ExpatError as error:
        why = expat.ErrorString(error.code)
        raise Refused(12100, f"not well-formed XML: {why}", error.lineno, error.offset + 1) from None
    if builder.root is None:
        raise Refused(12100, "the document has no root element")
    return builder.root

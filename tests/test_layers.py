"""The house: every room imports only from rooms below it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.cast import ROOT

FLOORS = {
    "errors": 0,
    "values": 0,
    "config": 1,
    "logs": 1,
    "simulator": 1,
    "content": 2,
    "flow": 3,
    "audio": 4,
    "database": 4,
    "webhooks": 5,
    "web": 5,
    "webphone": 6,
    "cards": 6,
    "front": 6,
    "console": 7,
    "account": 7,
    "fallback": 7,
    "verify": 8,
    "app": 8,
    "cli": 9,
}
FILES = sorted((ROOT / "ivr").rglob("*.py"))


def room_of(path: Path) -> str:
    first = path.relative_to(ROOT / "ivr").parts[0]
    return first.removesuffix(".py")


def imports(path: Path) -> set[str]:
    """The rooms of `ivr` that a file imports, wherever in the file it does so."""
    rooms = set()
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            base = list(package[: len(package) - node.level + 1]) if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            names = [f"{module}.{alias.name}" for alias in node.names]
        rooms |= {name.split(".")[1] for name in names if name.startswith("ivr.")}
    return rooms


def test_every_file_is_in_a_known_room():
    assert {room_of(path) for path in FILES} - {"__init__"} <= FLOORS.keys()
    assert len(FILES) > 20


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_room_imports_only_from_rooms_below_it(path):
    room = room_of(path)
    if room == "__init__":
        return
    for other in imports(path) - {room}:
        assert FLOORS[other] < FLOORS[room], f"{room} must not know {other}"


def test_the_telephone_shares_no_code_with_the_line():
    for path in FILES:
        if room_of(path) == "simulator":
            assert imports(path) <= {"simulator"}


def test_the_flow_is_pure():
    """No web framework, no carrier, no clock: everything it needs to know is handed to it."""
    for path in FILES:
        if room_of(path) not in ("content", "flow"):
            continue
        source = path.read_text(encoding="utf-8")
        for forbidden in ("flask", "twilio", "requests", "os.environ", ".now(", ".today(", "import time", "random"):
            assert forbidden not in source, f"{path}: {forbidden}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_engine_knows_nothing_of_this_helpline(path):
    source = path.read_text(encoding="utf-8").lower()
    for word in ("vaccin", "cinga", "fresc", "covid", "coupon", "tokyo", "immigration"):
        assert word not in source, f"{path} speaks of {word}: that is content"

"""The house: every room imports only from rooms below it."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

from tests.cast import ROOT

FLOORS = {
    "errors": 0,
    "environ": 0,
    "spreadsheet": 0,
    "values": 0,
    "numbers": 1,
    "config": 2,
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
IMPURE = {"flask", "twilio", "requests", "time", "random"}
FILES = sorted((ROOT / "ivr").rglob("*.py"))


def room_of(path: Path) -> str:
    first = path.relative_to(ROOT / "ivr").parts[0]
    return first.removesuffix(".py")


def modules(path: Path) -> set[str]:
    """What a file imports, wherever in the file it does so."""
    found = set()
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            base = list(package[: len(package) - node.level + 1]) if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            found |= {f"{module}.{alias.name}" for alias in node.names}
    return found


def imports(path: Path) -> set[str]:
    """The rooms of `ivr` that a file imports."""
    return {name.split(".")[1] for name in modules(path) if name.startswith("ivr.")}


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def test_every_file_is_in_a_known_room():
    assert {room_of(path) for path in FILES} - {"__init__"} <= FLOORS.keys()
    assert len(FILES) > 20


def test_a_room_imports_only_from_rooms_below_it():
    inside = {path: room_of(path) for path in FILES if room_of(path) != "__init__"}
    upward = {
        f"{path.relative_to(ROOT)} must not know {other}"
        for path, room in inside.items()
        for other in imports(path) - {room}
        if FLOORS[other] >= FLOORS[room]
    }
    assert not upward


def test_the_telephone_shares_no_code_with_the_line():
    assert not [path for path in FILES if room_of(path) == "simulator" and imports(path) - {"simulator"}]


def test_the_flow_is_pure():
    """No web framework, no carrier, no clock: everything it needs to know is handed to it."""
    assert not {
        (path, used)
        for path in FILES
        if room_of(path) in ("content", "flow")
        for used in {name.split(".")[0] for name in modules(path)} & IMPURE | outside(path)
    }


def outside(path: Path) -> set[str]:
    """What a file asks of the clock or of the process's environment."""
    nodes = list(ast.walk(parsed(path)))
    called = {node.func.attr for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)}
    named = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    return called & {"now", "today", "utcnow"} | named & {"environ", "getenv"}


def test_the_engine_knows_nothing_of_this_helpline():
    content = re.compile("vaccin|cinga|fresc|covid|coupon|tokyo|immigration", re.IGNORECASE)
    assert not [(path, found[0]) for path in FILES if (found := content.search(path.read_text(encoding="utf-8")))]


def test_readme_contributing_and_the_package_draw_the_rooms_as_they_are():
    """A room that stands lower is drawn lower, and all three pictures are the same."""
    drawn = re.search(r"```\n(cli .*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert drawn
    lines = drawn[1].splitlines()
    rooms = [re.split(r" {2,}", line)[0].split(" · ") for line in lines]
    height = {room: -floor for floor, line in enumerate(rooms) for room in line}
    assert height.keys() == FLOORS.keys()
    assert all(height[a] > height[b] for a in FLOORS for b in FLOORS if FLOORS[a] > FLOORS[b])
    assert drawn[1] in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert all(f"    {line}\n" in (ROOT / "ivr" / "__init__.py").read_text(encoding="utf-8") for line in lines)


def test_each_room_names_its_files():
    """All but the commands, which have the names of their files."""
    for room in (path.parent for path in (ROOT / "ivr").glob("*/__init__.py") if path.parent.name != "cli"):
        told = {*re.findall(r"\w+", ast.get_docstring(parsed(room / "__init__.py")) or "")}
        inner = {path.parent.name for path in room.glob("*/__init__.py")}
        assert {path.stem for path in room.glob("[!_]*.py")} | inner <= told, room.name

"""A helpline that grows: the starter's, with its pages or its languages several times, as YAML on disk."""

from __future__ import annotations

import shutil
from pathlib import Path
from string import ascii_lowercase
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
STARTER = ROOT / "ivr" / "starter" / "information" / "prompts"
COPIED = ("visit", "where", "bring", "children")  # a menu and its answers
OPTIONS = 8  # keys 1 to 8
SAYINGS = 8  # prompts of a copied answer for each of the original's

Yaml = dict[str, Any]


def starter(to: Path) -> Path:
    """The starter's helpline, without limits of time and with few days on which desks open."""
    shutil.copytree(STARTER, to)
    about = _read(to / "helpline.yaml")
    days = {"from": "2026-11-01", "to": "2026-11-30"}
    rules = {"most_options": str(OPTIONS)}
    _write(to / "helpline.yaml", {**about, "rules": rules, "limits": {}, "opening_times": days})
    return to


def more_pages(folder: Path, times: int) -> Path:
    """So many times its menus, and prompts in proportion: copies of one menu with its answers, under new options."""
    menus, prompts = _read(folder / "menus.yaml"), _read(folder / "prompts.yaml")["prompts"]
    texts = {path: _read(path) for path in (folder / "text").glob("*.yaml")}
    spoken = [prompts, *(text["prompts"] for text in texts.values())]
    pages = menus["menus"]
    copies = range((len(pages) * (times - 1) + 3) // len(COPIED))
    for copy in copies:
        for name in COPIED:
            pages[f"{name}_{copy}"] = _copied(pages[name], copy, spoken)
    for key, start in enumerate(range(0, len(copies), OPTIONS), start=3):
        leads = {str(at): f"visit_{copy}" for at, copy in enumerate(copies[start : start + OPTIONS], start=1)}
        pages[f"more_{key}"] = {"options": _options(leads, spoken), "offer": ["back"]}
        pages["main"]["options"] |= _options({str(key): f"more_{key}"}, spoken)
    for path, content in {folder / "menus.yaml": menus, folder / "prompts.yaml": {"prompts": prompts}, **texts}.items():
        _write(path, content)
    return folder


def _copied(page: Yaml, copy: int, spoken: list[Yaml]) -> Yaml:
    """The page, leading to pages of the same copy and saying prompts of its own."""
    made = dict(page)
    if "say" in page:
        made["say"] = [f"{name}.c{copy}.{turn}" for turn in range(SAYINGS) for name in page["say"]]
        for name in page["say"]:
            for turn in range(SAYINGS):
                _say_as(name, f"{name}.c{copy}.{turn}", spoken)
    made["options"] = {}
    for key, option in page.get("options", {}).items():
        says = {part: f"{option[part]}.c{copy}" for part in ("say", "short")}
        made["options"][key] = {"to": f"{option['to']}_{copy}", **says}
        for part, name in says.items():
            _say_as(option[part], name, spoken)
    return made


def _options(leads: dict[str, str], spoken: list[Yaml]) -> Yaml:
    """Options that say what the first one of the first menu says, each with its own key."""
    for key in leads:
        for name in ("main.visit", "main.visit.short"):
            _say_as(name, f"{name}.key{key}", spoken)
    return {
        key: {"to": to, "say": f"main.visit.key{key}", "short": f"main.visit.short.key{key}"}
        for key, to in leads.items()
    }


def _say_as(name: str, copy: str, spoken: list[Yaml]) -> None:
    for named in spoken:
        if name in named:
            named[copy] = named[name]


def more_languages(folder: Path, times: int) -> Path:
    """So many times its languages: copies of the last one, in its words and with its voice."""
    about, codes = _read(folder / "helpline.yaml"), _read(folder / "codes.yaml")
    desk = folder / "text" / f"{about['desk_language']}.yaml"
    named, like = _read(desk), list(about["languages"])[-1]
    text = _read(folder / "text" / f"{like}.yaml")
    for number in range(len(about["languages"]) + 1, len(about["languages"]) * times + 1):
        name, code = f"x{ascii_lowercase[number // 26]}{ascii_lowercase[number % 26]}", f"{number:02}"
        about["languages"][name] = {**about["languages"][like], "code": code}
        codes["codes"][name] = code
        named["language_names"][name] = named["language_names"][like]
        _write(folder / "text" / f"{name}.yaml", {**text, "language": name})
    for path, content in {folder / "helpline.yaml": about, folder / "codes.yaml": codes, desk: named}.items():
        _write(path, content)
    return folder


def more_desks(folder: Path, desks: int) -> Path:
    """So many desks in all, which callers of every language are told of: copies in turn of those that it has, each with
    prompts of its own."""
    listed, prompts = _read(folder / "desks.yaml")["desks"], _read(folder / "prompts.yaml")["prompts"]
    texts = {path: _read(path) for path in (folder / "text").glob("*.yaml")}
    spoken = [prompts, *(text["prompts"] for text in texts.values())]
    originals = list(listed)
    for number in range(len(originals), desks):
        desk = listed[originals[number % len(originals)]]
        listed[f"desk_{number}"] = {**desk, "say": _own(desk["say"], f".d{number}", spoken)}
    files = {folder / "desks.yaml": {"desks": listed}, folder / "prompts.yaml": {"prompts": prompts}, **texts}
    for path, content in files.items():
        _write(path, content)
    return folder


def _own(say: Any, ending: str, spoken: list[Yaml]) -> Any:
    """The same prompts under other names."""
    if isinstance(say, dict):
        return {part: _own(names, ending, spoken) for part, names in say.items()}
    if isinstance(say, list):
        return [_own(name, ending, spoken) for name in say]
    _say_as(say, f"{say}{ending}", spoken)
    return f"{say}{ending}"


def _read(path: Path) -> Yaml:
    """All as text, as it was typed."""
    found: Yaml = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return found


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True


def _write(path: Path, content: Yaml) -> None:
    """Texts in quotes where YAML would read something else in them, but for the few words that are meant so."""
    content = {name: value for name, value in content.items() if value != ""}
    said = yaml.dump(content, Dumper=_Dumper, allow_unicode=True, width=10_000, sort_keys=False)
    path.write_text(said.replace(": 'true'\n", ": true\n"), encoding="utf-8")

"""How single values are written in YAML: each type takes the strings that a file holds, and says what would be right.

The types also tell which forms an editor may show as right (`json_schema_input_type`): there values have types.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, TypeAlias, TypeVar
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BaseModel, BeforeValidator, ConfigDict, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError

from ivr.content.did_you_mean import unknown
from ivr.errors import HelplineError

T = TypeVar("T")


class Shape(BaseModel):
    """Read-only; a key that is not known is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


def mistake(rule: str, message: str, *where: str) -> PydanticCustomError:
    """An error with the name of its rule; `where` leads on from the value to the key that has to be mended."""
    return PydanticCustomError(rule, "{message}", {"message": message, "where": where})


def _as_list(value: object) -> object:
    if value is None:
        return []
    return [value] if isinstance(value, str) else value


def _as_mapping(value: object) -> object:
    return {} if value is None else value


def _as_day(value: object) -> object:
    """Only as 2026-11-24: pydantic alone would also take a number for seconds since 1970."""
    if value is None or isinstance(value, date):
        return value
    if not (isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value)):
        raise mistake("bad-date", f'"{value}" is not a date; right would be one such as 2026-11-24')
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise mistake("bad-date", f'"{value}" is a day that no calendar has') from None


def _as_switch(value: object) -> object:
    if isinstance(value, bool) or value is None:
        return value
    if value not in ("true", "false"):
        raise mistake("wrong-type", f'"{value}" is neither true nor false')
    return value == "true"


def _as_zone(value: object) -> object:
    if isinstance(value, str):
        try:
            return ZoneInfo(value)
        except (ValueError, OSError, KeyError):  # a name such as "", one that is a folder, one that is not there
            known = available_timezones()
            if not known:
                raise HelplineError("This machine has no time zone data. Right would be: pip install tzdata") from None
            raise mistake("unknown-time-zone", unknown(value, known, "time zone")) from None
    return value


@dataclass(frozen=True)
class _OrLess:
    """To editors: nothing is right as well, and `single` items where a list is."""

    single: bool = False

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, object]:
        full = handler(schema)
        return {"anyOf": [full, *([full["items"]] if self.single else []), {"type": "null"}]}


Listed: TypeAlias = Annotated[tuple[T, ...], BeforeValidator(_as_list), _OrLess(single=True)]
Mapped: TypeAlias = Annotated[dict[str, T], BeforeValidator(_as_mapping), _OrLess()]
Names: TypeAlias = Listed[str]
Words: TypeAlias = Mapped[str]
Day: TypeAlias = Annotated[date, BeforeValidator(_as_day, json_schema_input_type=str)]
Zone: TypeAlias = Annotated[ZoneInfo, BeforeValidator(_as_zone, json_schema_input_type=str)]
Switch: TypeAlias = Annotated[bool, BeforeValidator(_as_switch, json_schema_input_type=bool)]

"""The public holidays of a country (ISO 3166-1 alpha-2, such as JP) or a region of it (ISO 3166-2, such as US-CA)."""

import re
import sys
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from importlib.util import find_spec, module_from_spec

import holidays

COUNTRIES = "holidays.countries"
# The library imports a country when it is asked for, but this package imports all 250 of them. It is left empty.
if COUNTRIES not in sys.modules and (spec := find_spec(COUNTRIES)):
    sys.modules[COUNTRIES] = module_from_spec(spec)


@lru_cache(maxsize=256)
def public_holidays(place: str, year: int) -> frozenset[date]:
    """Those in a year of a known place, substitute and bridge holidays included."""
    return frozenset(_holidays(place, year))


@lru_cache(maxsize=256)
def holiday_names(place: str, year: int, language: str) -> Mapping[date, str]:
    """How the public holidays of a place are called, in a language (ISO 639-1) if they are known in it."""
    known = _holidays(place).supported_languages
    spoken = next((name for name in known if name.split("_")[0] == language), None)
    return dict(_holidays(place, year, spoken))


def is_known(place: str) -> bool:
    """Whether its holidays can be computed. Looks at one country: listing all of them imports 250 modules."""
    country, dash, region = place.partition("-")
    found = getattr(holidays, country, None) if re.fullmatch("[A-Z]{2,3}", country) else None
    if getattr(found, "country", None) is None:  # markets have holidays, too
        return False
    return not dash or region in getattr(found, "subdivisions", ())


def known_places() -> list[str]:
    """The countries and regions whose holidays can be computed."""
    known = holidays.list_supported_countries()
    return [*known, *(f"{country}-{region}" for country, regions in known.items() for region in regions)]


def holiday_years(place: str) -> range:
    """The years whose holidays can be computed for a known place."""
    known = _holidays(place)
    return range(known.start_year, known.end_year + 1)


def _holidays(place: str, year: int | None = None, language: str | None = None) -> holidays.HolidayBase:
    country, _, region = place.partition("-")
    return holidays.country_holidays(country, region or None, years=year, language=language)

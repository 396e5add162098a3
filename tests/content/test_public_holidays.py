"""Which countries and regions have holidays that can be computed."""

from __future__ import annotations

import subprocess
import sys
from itertools import product
from string import ascii_uppercase

from ivr.content.public_holidays import is_known, known_places

COUNTRIES_IMPORTED = """
import sys
from ivr.content.public_holidays import is_known, public_holidays
assert is_known("JP") and public_holidays("JP", 2026)
print(*(name for name in sys.modules if name.startswith("holidays.countries.")))
"""


def test_a_place_is_known_by_itself_as_in_the_list_of_all():
    known = {*known_places()}
    tried = {"".join(letters) for size in (1, 2, 3) for letters in product(ascii_uppercase, repeat=size)}
    tried |= known | {f"{place}-" for place in known}
    tried |= {"US-XX", "US-CA-", "jp", "Japan", "NYSE", "utils", "", "-", "-CA"}
    assert {place for place in tried if is_known(place)} == known


def test_only_the_country_that_is_asked_for_is_imported():
    asked = [sys.executable, "-c", COUNTRIES_IMPORTED]
    imported = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.split()
    assert imported == ["holidays.countries.japan"]

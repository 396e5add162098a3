"""Which countries and regions have holidays that can be computed."""

from __future__ import annotations

from itertools import product
from string import ascii_uppercase

from ivr.content.public_holidays import is_known, known_places


def test_a_place_is_known_by_itself_as_in_the_list_of_all():
    known = {*known_places()}
    tried = {"".join(letters) for size in (1, 2, 3) for letters in product(ascii_uppercase, repeat=size)}
    tried |= known | {f"{place}-" for place in known}
    tried |= {"US-XX", "US-CA-", "jp", "Japan", "NYSE", "utils", "", "-", "-CA"}
    assert {place for place in tried if is_known(place)} == known

"""Addresses carry the place of a call in words, and those of the last version are still understood."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from ivr.flow.places import Place
from ivr.webhooks.addresses import address, parse

PLACE = Place("desk.fresc", "en", 1, 2, 3, ("fresc", "cinga"), ("cinga",), "papers", 4)


def test_an_address_spells_out_what_it_carries():
    path = "/voice/en/desk.fresc/keys"
    query = "tries=1&silences=2&errors=3&number=4&heard=fresc,cinga&tried=cinga&origin=papers"
    assert address(PLACE, "keys") == f"{path}?{query}"


PLACES = (PLACE, Place(), Place("papers", "zh-Hans", tries=2), Place("person", "en", origin="a"))


@pytest.mark.parametrize("place", PLACES)
def test_every_place_finds_its_way_back(place):
    parts = urlsplit(address(place, "keys"))
    assert parse(parts.path, parts.query) == (place, "keys")


def test_a_call_in_progress_goes_on_by_the_addresses_of_version_0_1():
    query = "t=1&s=2&e=3&n=4&h=fresc,cinga&x=cinga&o=papers"
    assert parse("/voice/en/desk.fresc/keys", query) == (PLACE, "keys")

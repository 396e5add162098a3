"""The line's number in groups, and never another number than the one that was set."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.cards.numbers import line_number
from ivr.values import E164


@pytest.mark.parametrize(
    ("e164", "country_code", "trunk_prefix", "at_home", "abroad"),
    [
        ("+815012345678", "81", "0", "050-1234-5678", "+81 50-1234-5678"),
        ("+81120123456", "81", "0", "0120-123-456", "+81 120-123-456"),
        ("+12025550123", "1", "", "(202) 555-0123", "+1 202-555-0123"),
        ("+390612345678", "39", "", "06 1234 5678", "+39 06 1234 5678"),
    ],
)
def test_it_is_written_as_its_country_writes_numbers(e164, country_code, trunk_prefix, at_home, abroad):
    number = line_number(e164, country_code, trunk_prefix)
    assert (number.at_home, number.abroad) == (at_home, abroad)


def test_a_number_of_another_country_has_its_international_form_only():
    assert line_number("+12025550123", "81", "0").at_home == ""
    assert line_number("+12025550123", "", "").at_home == ""


def test_a_number_that_no_country_has_stays_as_it_is():
    assert line_number("+99900000000", "81", "0").abroad == "+99900000000"
    assert line_number("+99900000000", "999", "0").at_home == "000000000"


def test_where_the_library_would_dial_other_digits_those_of_the_helpline_are_printed():
    assert line_number("+815012345678", "81", "9").at_home == "95012345678"


@given(st.from_regex(E164, fullmatch=True), st.sampled_from(["1", "39", "44", "49", "7", "81", "86"]))
def test_no_digit_is_ever_lost_or_added(e164, country_code):
    number = line_number(e164, country_code, "0")
    assert "+" + re.sub(r"\D", "", number.abroad) == e164
    if number.at_home:
        assert re.sub(r"\D", "", number.at_home) == "0" + e164.removeprefix(f"+{country_code}")

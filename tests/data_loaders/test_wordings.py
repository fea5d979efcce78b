"""A text is the same text however its numbers, units, ranges and signs are written."""

from random import Random

import pytest
from hypothesis import given, strategies as st

from data_loaders.wordings import has_all, has_any, plain

SIX_TO_EIGHT = [
    "6 to 8 weeks", "6-8 weeks", "6–8 weeks", "6 - 8 weeks", "6 to 8-week", "6-8-week", "six to eight weeks",
    "Six-to-eight week", "6 weeks to 8 weeks", "between 6 and 8 weeks", "between six and eight weeks",
    "6-8 wks", "6-8wk", "6/8 weeks", "6 to 8 week's", "6\nto 8 weeks",
]  # fmt: skip
TWO_TO_TWO_AND_A_HALF = [
    "2 to 2½ years", "2-2½ years", "2 – 2½ yrs", "2 to 2.5 years", "2-2.5yrs", "2 to 2½yrs", "2 to 2 ½ years",
    "two to two and a half years", "2 to 2 and a half years", "2 to 2 1/2 years", "2-2-1/2 year",
    "two-to-two-and-a-half-year", "2 years to 2½ years", "2.0 to 2.50 years", "2 to 2·5 years",
    "between 2 and 2.5 years", "between two and two and a half years", "24 to 30 months", "24–30-month",
    "2 to 2 & a half years", "2 to 2 1\N{FRACTION SLASH}2 years",
]  # fmt: skip


@pytest.mark.parametrize("written", SIX_TO_EIGHT)
def test_six_to_eight_weeks_have_one_form(written: str) -> None:
    assert plain(written).removesuffix(" s") == "6 to 8 week"


@pytest.mark.parametrize("written", TWO_TO_TWO_AND_A_HALF)
def test_two_to_two_and_a_half_years_have_one_form(written: str) -> None:
    assert plain(written) == "2 to 2.5 year"


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("28 weeks", "28 week"), ("twenty-eight weeks", "28 week"), ("Twenty eight weeks", "28 week"),
        ("12-month", "12 month"), ("twelve months", "12 month"), ("fifteen-month", "15 month"),
        ("<14 days", "14 day"), ("fourteen days", "14 day"), ("2½", "2.5"), ("ASQ-3", "asq 3"),
        ("ASQ3", "asq 3"),
        ("(%)", "%"), ("per cent", "%"), ("percent", "%"), ("percentage", "percentage"),
        ("personal-social", "personal social"), ("12½ months", "12.5 month"),
        # neither a half nor a range
        ("21/2 years", "21 to 2 year"), ("rate/100,000\n", "rate 100 000"), ("at 2. In 5", "at 2 in 5"),
        ("6 and 8 weeks", "6 and 8 week"), ("", ""),
    ],
)  # fmt: skip
def test_numbers_units_and_signs_have_one_form(written: str, form: str) -> None:
    assert plain(written) == form


IN_WORDS = {
    1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine",
    10: "ten", 11: "eleven", 12: "twelve", 13: "thirteen", 14: "fourteen", 15: "fifteen", 16: "sixteen",
    17: "seventeen", 18: "eighteen", 19: "nineteen",
}  # fmt: skip


@given(
    st.integers(1, 19), st.integers(1, 19), st.sampled_from(["week", "month", "year", "day"]), st.randoms()
)
def test_a_range_is_the_same_in_words_and_in_digits(start: int, end: int, unit: str, random: Random) -> None:
    sides = [random.choice([str(side), IN_WORDS[side], IN_WORDS[side].title()]) for side in (start, end)]
    between = random.choice(["-", " - ", "–", " to ", "  TO "])
    written = sides[0] + between + sides[1] + random.choice([" ", "-"]) + unit + random.choice(["", "s"])
    assert plain(written) == f"{start} to {end} {unit}"


@given(
    st.integers(0, 40),
    st.sampled_from(["{}½", "{} ½", "{}.5", "{} and a half", "{} 1/2", "{}.50", "{}-and-a-half"]),
)
def test_a_half_is_the_same_however_it_is_written(whole: int, way: str) -> None:
    assert plain(way.format(whole) + " years") == f"{whole}.5 year"


@given(st.text(max_size=60))
def test_a_plain_text_stays_as_it_is(text: str) -> None:
    once = plain(text)
    assert plain(once) == once


def test_a_text_fits_when_it_has_one_wording_of_every_group() -> None:
    cell = "visit* / contact; within … 14 days"
    assert has_all(plain("Visited within the first 14 days"), cell)
    assert has_all(plain("contact within 14 days"), cell)
    assert not has_all(plain("contacts within 14 days"), cell)
    assert not has_all(plain("visits after 14 days"), cell)
    # only small words may stand between
    assert not has_all(plain("visits within Hackney 14 days"), cell)
    assert has_all("whatever", "")


def test_the_words_that_were_found_are_told() -> None:
    assert has_any(plain("Infants that were breastfed"), "fed / breast*") == "breastfed"
    assert has_any(plain("Reviews by fifteen months"), "15 months") == "15 months"
    assert has_any("nothing of it", "15 months") is None

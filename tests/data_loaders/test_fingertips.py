"""Health visitor reviews: found by name, read with all that comes with a value, missing with a reason."""

from pathlib import Path
from random import Random

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_loaders.fingertips import fetch, find_indicators, parse
from data_loaders.library import open_library
from data_loaders.publisher import Download, Known, Parsed, PublisherError, load_known
from tests.served import (
    BARNET,
    CITY,
    CODES,
    ENFIELD,
    ENGLAND,
    HACKNEY,
    LONDON,
    OTHERS,
    REVIEWS,
    TODAY,
    Change,
    Publishers,
    Rows,
    as_csv,
    metadata_rows,
    review_row,
    review_rows,
)

KNOWN: Known = load_known(open_library(live=Path("nowhere")).entries, TODAY)
FIRST = "new_birth_visit_14_days"


def read(rows: Rows) -> Parsed:
    return parse([Download(as_csv(rows), "reviews.csv")], KNOWN)


def figures(parsed: Parsed, indicator: str = FIRST, period: str = "2024/25") -> pd.DataFrame:
    """The rows of one indicator and period, by area."""
    assert parsed.observations is not None
    rows = parsed.observations
    return rows[(rows["indicator_id"] == indicator) & (rows["period"] == period)].set_index("area_code")


def refused(rows: Rows) -> str:
    with pytest.raises(PublisherError) as failed:
        read(rows)
    assert "Fingertips (reviews.csv): expected the health visitor reviews" in str(failed.value)
    return failed.value.came


def test_a_value_comes_with_its_counts_interval_and_note() -> None:
    barnet = figures(read(review_rows())).loc[BARNET]
    # Barnet is third in the list: 802 of 1,000
    assert (barnet["value"], barnet["numerator"], barnet["denominator"]) == (80.2, 802, 1000)
    assert (barnet["lower_95"], barnet["upper_95"]) == pytest.approx((77.7, 82.6))
    assert (barnet["status"], barnet["note"]) == ("published", "Concern about data quality")


def test_every_period_of_every_review_has_a_row_for_every_place() -> None:
    parsed = read(review_rows())
    assert parsed.observations is not None
    sizes = parsed.observations.groupby(["indicator_id", "period"]).size()
    assert len(sizes) == 6 * 3
    assert set(sizes) == {35}
    assert set(figures(parsed).index) == {*CODES, LONDON, ENGLAND}
    assert parsed.doubts == ()


@pytest.mark.parametrize(
    ("period", "end"),
    [
        ("2017/18", "2018-03-31"),
        ("1999/00", "2000-03-31"),
        ("2017/18 Q1", "2017-06-30"),
        ("2017/18 Q2", "2017-09-30"),
        ("2017/18 Q3", "2017-12-31"),
        ("2017/18 Q4", "2018-03-31"),
        ("2016", "2016-12-31"),
    ],
)
def test_a_period_ends_on_its_last_day(period: str, end: str) -> None:
    parsed = read(review_rows([period]))
    assert set(figures(parsed, period=period)["period_end"]) == {pd.Timestamp(end)}
    assert parsed.published.isoformat() == end


@pytest.mark.parametrize("period", ["2017/19", "2017/18 Q5", "May 2017", ""])
def test_an_unknown_period_is_refused(period: str) -> None:
    assert refused(review_rows([period])) == f"the unknown period “{period}” came"


@pytest.mark.parametrize(
    ("note", "status"),
    [
        ("Value suppressed for disclosure control due to small count", "suppressed"),
        ("Value not published", "not_published"),
        ("", "not_published"),
    ],
)
def test_a_missing_value_has_a_reason(note: str, status: str) -> None:
    rows = [row | {"Value note": note} if row["Area Code"] == ENFIELD else row for row in review_rows()]
    enfield = figures(read(rows)).loc[ENFIELD]
    assert pd.isna(enfield["value"])
    assert (enfield["status"], enfield["note"]) == (status, note)


CITY_ROWS = {
    "absent": [],
    "empty": [dict.fromkeys(["Value", "Count", "Denominator"], "")],
    "Hackney's once more": [{}],
}


@pytest.mark.parametrize("cells", CITY_ROWS.values(), ids=CITY_ROWS)
def test_the_city_is_combined_with_hackney_however_it_comes(cells: list[dict[str, str]]) -> None:
    rows = review_rows(["2024/25"])
    empty = {"Lower CI 95.0 limit": "", "Upper CI 95.0 limit": ""} if cells and cells[0] else {}
    of_hackney = next(row for row in rows if row["Area Code"] == HACKNEY)
    found = figures(read(rows + [of_hackney | {"Area Code": CITY} | change | empty for change in cells]))
    assert found.loc[CITY, "status"] == "combined"
    assert found.loc[CITY, ["value", "numerator", "denominator"]].isna().all()
    assert found.loc[HACKNEY, "numerator"] == 811


def test_the_city_s_own_figure_stays_its_own() -> None:
    own = review_row(0, REVIEWS[FIRST], "2024/25", CITY) | {"Value": "90", "Count": "9", "Denominator": "10"}
    found = figures(read([*review_rows(["2024/25"]), own]))
    assert (found.loc[CITY, "value"], found.loc[CITY, "status"]) == (90, "published")


def test_without_hackney_the_city_is_not_combined_with_anybody() -> None:
    rows = [row for row in review_rows() if row["Area Code"] != HACKNEY]
    found = figures(read(rows))
    assert set(found.loc[[CITY, HACKNEY], "status"]) == {"not_published"}


HARMLESS: dict[str, Change] = {
    "columns in another order": lambda rows: [dict(reversed(row.items())) for row in rows],
    "a column more": lambda rows: [row | {"Compared to ICB": "better"} for row in rows],
    "rows twice": lambda rows: rows + rows[:40],
    "rows by deprivation": lambda rows: [*rows, rows[0] | {"Category Type": "Deciles", "Value": "1"}],
    "rows by sex": lambda rows: [*rows, rows[0] | {"Sex": "Female", "Value": "1"}],
    "other indicators": lambda rows: [*rows, rows[0] | {"Indicator Name": OTHERS[1], "Value": "1"}],
}


@pytest.mark.parametrize("change", HARMLESS.values(), ids=HARMLESS)
def test_what_does_not_matter_changes_nothing(change: Change) -> None:
    pd.testing.assert_frame_equal(_ordered(read(change(review_rows()))), _ordered(read(review_rows())))


def _ordered(parsed: Parsed) -> pd.DataFrame:
    assert parsed.observations is not None
    return parsed.observations.sort_values(["indicator_id", "period", "area_code"], ignore_index=True)


REFUSED: dict[str, tuple[Change, str]] = {
    "renamed column": (
        lambda rows: [{k.replace("Area Code", "Code"): v for k, v in row.items()} for row in rows],
        "there is no column “Area Code”",
    ),
    "unknown authority": (
        lambda rows: [rows[0] | {"Area Code": "E09000099"}, *rows],
        "the unknown authority E09000099 came",
    ),
    "contradiction": (
        lambda rows: [rows[0] | {"Value": "1"}, *rows],
        "two different figures came for new_birth_visit_14_days 2023/24 E09000002",
    ),
    "no number": (lambda rows: [rows[0] | {"Value": "*"}, *rows[1:]], "“*” came where a number belongs"),
    "no review": (
        lambda rows: [row | {"Indicator Name": "Births"} for row in rows],
        "no review is among “Births”",
    ),
    "no London": (
        lambda rows: [row for row in rows if not row["Area Code"].startswith("E09")],
        "no London authority is in it",
    ),
}


@pytest.mark.parametrize(("change", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_the_reviews_is_refused(change: Change, said: str) -> None:
    assert said in refused(change(review_rows()))


def test_a_borough_that_is_nowhere_in_the_file_is_a_doubt() -> None:
    rows = [row for row in review_rows() if row["Area Code"] != BARNET]
    assert read(rows).doubts == ("Barnet is not in the file.",)


def test_a_review_that_no_name_fits_is_a_doubt() -> None:
    rows = [row for row in review_rows() if "6 to 8" not in row["Indicator Name"]]
    (doubt,) = read(rows).doubts
    assert "review_6_8_weeks (see review_names.csv)" in doubt


def test_two_numbers_of_one_review_are_read_together() -> None:
    quarterly = [
        row | {"Indicator ID": "1", "Indicator Name": row["Indicator Name"] + " (quarterly)"}
        for row in review_rows(["2025/26 Q1"])
    ]
    assert set(_ordered(read(review_rows(["2024/25"]) + quarterly))["period"]) == {"2024/25", "2025/26 Q1"}


def test_the_reviews_are_found_by_their_names() -> None:
    names = pd.Series([*OTHERS, *REVIEWS.values()])
    found = find_indicators(names, KNOWN.review_names)
    assert dict(zip(names[found.index], found, strict=True)) == {name: id_ for id_, name in REVIEWS.items()}


@given(st.sampled_from(list(REVIEWS.items())), st.randoms(use_true_random=False))
def test_capitals_spaces_and_dashes_do_not_matter_for_a_name(review: tuple[str, str], random: Random) -> None:
    id_, name = review
    written = "".join(random.choice([letter.lower(), letter.upper()]) for letter in name)
    written = written.replace(" ", random.choice([" ", "  "])).replace("-", random.choice(["-", " – ", "–"]))
    assert list(find_indicators(pd.Series([written]), KNOWN.review_names)) == [id_]


@given(st.randoms(use_true_random=False))
def test_order_never_matters(random: Random) -> None:
    rows = review_rows(["2024/25"])
    shuffled = random.sample(rows, len(rows))
    pd.testing.assert_frame_equal(_ordered(read(shuffled)), _ordered(read(rows)))


@given(st.binary(max_size=300))
def test_whatever_comes_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(PublisherError):
        parse([Download(content, "reviews.csv")], KNOWN)


def test_the_data_of_the_indicators_that_were_found_is_asked_for(publishers: Publishers) -> None:
    publishers.serve_reviews(as_csv(review_rows()))
    known = load_known(open_library().entries, TODAY)
    (download,) = fetch(publishers.session(), known)
    assert download.content == as_csv(review_rows())
    asked = [request.full_path for request, _ in publishers.server.log]
    assert asked == ["/fingertips/metadata?", "/fingertips/data?ids=90002,90003,90004,90005,90006,90007"]


@pytest.mark.parametrize(
    ("metadata", "said"),
    [
        (
            as_csv(metadata_rows()[:2]),
            "expected indicators named like a health visitor review, but none of its 2",
        ),
        (as_csv([{"Indicator": "6 to 8 week review"}]), "there is no column “Indicator ID”"),
        (
            as_csv([{"Indicator ID": "1&x=2", "Indicator": "6 to 8 week review"}]),
            "the number “1&x=2” came",
        ),
    ],
)
def test_a_list_without_the_reviews_is_refused(metadata: bytes, said: str, publishers: Publishers) -> None:
    publishers.server.expect_request("/fingertips/metadata").respond_with_data(metadata)
    with pytest.raises(PublisherError) as failed:
        fetch(publishers.session(), load_known(open_library().entries, TODAY))
    assert said in str(failed.value)

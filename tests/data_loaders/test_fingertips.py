"""Health visitor reviews: found by name, read with all that comes with a value, missing with a reason.

recorded/fingertips_2020.csv is a part of a file as OHID served it in 2020 (Open Government Licence), about an
infection: London, and England by deprivation, two ages, every row shorter than the header.
"""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from random import Random

import pandas as pd
import pytest
from hypothesis import given, strategies as st

from data_loaders.fingertips import fetch, parse
from data_loaders.library import open_library
from data_loaders.publisher import Download, Known, Parsed, PublisherError, load_known
from data_loaders.review_names import read_rules, recognise
from tests.builders import ROOT
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
    recorded,
    review_row,
    review_rows,
)

KNOWN: Known = load_known(open_library(live=Path("nowhere")).entries, TODAY)
FIRST = "new_birth_visit_14_days"
CUT = (ROOT / "tests" / "data_loaders" / "recorded" / "fingertips_2020.csv").read_bytes()
ITS_NAME = b"Campylobacter incidence rate/100,000\n"
RULES = read_rules(KNOWN.review_names)


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
    shown = f"“{period}”" if period else "nothing"
    said = f"row 2 has {shown} in the column “Time period”, where a year or a quarter such as 2024/25"
    assert refused(review_rows([period])).startswith(said)


@pytest.mark.parametrize(
    ("note", "status"),
    [
        ("Value suppressed for disclosure control due to small count", "suppressed"),
        ("Value suppressed for disclosure control reasons", "suppressed"),
        ("Value missing due to small sample size", "suppressed"),
        ("Value suppressed due to incompleteness of  source data", "withheld"),
        ("Value not published for data quality reasons", "withheld"),
        ("There is a data quality issue with this value", "withheld"),
        ("Value missing in source data", "not_published"),
        ("Value not published", "not_published"),
        ("Value estimated", "not_published"),
        ("Value for Enfield and Barnet combined", "not_published"),
        ("The dog ate it", "not_published"),
        ("", "not_published"),
    ],
)
def test_a_missing_value_has_a_reason(note: str, status: str) -> None:
    rows = [row | {"Value note": note} if row["Area Code"] == ENFIELD else row for row in review_rows()]
    enfield = figures(read(rows)).loc[ENFIELD]
    assert pd.isna(enfield["value"])
    assert (enfield["status"], enfield["note"]) == (status, " ".join(note.split()))


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
    "no number": (
        lambda rows: [rows[0], rows[1] | {"Value": "*"}, *rows[2:]],
        "row 3 has “*” in the column “Value”, where a number belongs",
    ),
    "no finite number": (
        lambda rows: [rows[0] | {"Count": "inf"}, *rows[1:]],
        "row 2 has “inf” in the column “Count”, where a number belongs",
    ),
    "cells that slipped to the right": (
        lambda rows: [rows[0] | {"Area Code": "London region", "Area Name": "E09000002"}, *rows[1:]],
        "row 2 has “London region” in the column “Area Code”, where an area's code belongs",
    ),
    "cells that slipped to the left": (
        lambda rows: [rows[0] | {"Sex": "All ages", "Age": ""}, *rows[1:]],
        "row 2 has “All ages” in the column “Sex”, where a sex belongs",
    ),
    "no review": (
        lambda rows: [row | {"Indicator Name": "Births"} for row in rows],
        "a file of Fingertips came that is not about health visiting: its only indicator is “Births”",
    ),
    "many other indicators": (
        lambda rows: [row | {"Indicator Name": f"Births {n % 12}"} for n, row in enumerate(rows)],
        "its 12 indicators are such as “Births 0”, “Births 1” and “Births 2”",
    ),
    "only a neighbour": (
        lambda rows: [row | {"Indicator Name": "Percentage of NBVs after 14 days"} for row in rows],
        "none of its indicators is one of them: “Percentage of NBVs after 14 days” says “after”",
    ),
    "only counts": (
        lambda rows: [row | {"Indicator Name": "Number of 6 to 8 week reviews"} for row in rows],
        "“Number of 6 to 8 week reviews” gives counts, which are not a percentage",
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


def remark(parsed: Parsed, start: str) -> str:
    """The one remark that starts so."""
    (found,) = (said for said in parsed.remarks if said.startswith(start))
    return found


def test_a_review_that_no_name_fits_is_named_and_the_others_are_taken() -> None:
    rows = [row for row in review_rows() if "6 to 8" not in row["Indicator Name"]]
    parsed = read(rows)
    assert parsed.doubts == ()
    assert remark(parsed, "Nothing came on").startswith("Nothing came on: 6 to 8 week reviews; ")
    assert set(_ordered(parsed)["indicator_id"]) == set(REVIEWS) - {"review_6_8_weeks"}


def test_it_is_said_which_series_each_indicator_was_taken_from() -> None:
    assert remark(read(review_rows()), "New birth") == (
        "New birth visits within 14 days: taken from “Proportion of New Birth Visits (NBVs) completed within "
        "14 days” (indicator 90002)."
    )


def renamed(rows: Rows, indicator: str, name: str, number: str) -> Rows:
    """The rows of one review under another name and number."""
    change = {"Indicator Name": name, "Indicator ID": number}
    return [row | change for row in rows if row["Indicator Name"] == REVIEWS[indicator]]


def test_a_yearly_and_a_quarterly_series_are_read_together() -> None:
    quarterly = [
        row | {"Indicator ID": "1", "Indicator Name": row["Indicator Name"] + " (quarterly)"}
        for row in review_rows(["2025/26 Q1"])
    ]
    assert set(_ordered(read(review_rows(["2024/25"]) + quarterly))["period"]) == {"2024/25", "2025/26 Q1"}


def test_of_two_yearly_series_of_one_indicator_neither_is_taken() -> None:
    rows = review_rows(["2024/25"])
    other = "Percentage of births that receive a New Birth Visit (NBV) within 14 days"
    parsed = read(rows + renamed(rows, FIRST, other, "93455"))
    assert set(_ordered(parsed)["indicator_id"]) == set(REVIEWS) - {FIRST}
    assert remark(parsed, "New birth") == (
        f"New birth visits within 14 days: “{REVIEWS[FIRST]}” (indicator 90002) and “{other}” "
        "(indicator 93455) both answer to it, so neither was taken."
    )
    assert parsed.doubts == ()


def test_where_nothing_is_left_the_file_is_refused_with_the_reason() -> None:
    rows = renamed(review_rows(["2024/25"]), FIRST, REVIEWS[FIRST], "1")
    assert "both answer to it, so neither was taken" in refused(
        rows + [r | {"Indicator ID": "2"} for r in rows]
    )


def test_of_two_figures_for_one_place_none_is_taken_without_looking() -> None:
    rows = review_rows()
    parsed = read([rows[0] | {"Value": "1"}, *rows])
    assert parsed.doubts == (
        "New birth visits within 14 days: two different figures came for Barking and Dagenham in 2023/24, so "
        "nothing of it was taken.",
    )
    assert set(_ordered(parsed)["indicator_id"]) == set(REVIEWS) - {FIRST}


def test_of_several_ages_the_one_that_is_meant_is_taken() -> None:
    rows = [row | {"Age": "<14 days"} for row in review_rows()]
    older = [row | {"Age": "All ages", "Value": "1", "Count": "10"} for row in review_rows()]
    assert figures(read(older + rows)).loc[BARNET, "value"] == 80.2


def test_several_ages_none_of_which_is_meant_are_left_out() -> None:
    ages = [row | {"Age": age} for age in ("0-9 yrs", "10-19 yrs") for row in review_rows()]
    rows = [row for row in ages if row["Indicator Name"] == REVIEWS[FIRST]]
    others = [row for row in review_rows() if row["Indicator Name"] != REVIEWS[FIRST]]
    parsed = read(rows + others)
    assert FIRST not in set(_ordered(parsed)["indicator_id"])
    assert remark(parsed, "New birth") == (
        "New birth visits within 14 days: figures came for “0-9 yrs” and “10-19 yrs”, none of which is "
        "the age that is meant, so nothing of it was taken."
    )


def test_figures_for_several_sexes_but_not_for_all_persons_are_left_out() -> None:
    rows = [row | {"Sex": sex} for sex in ("Female", "Male") for row in review_rows()]
    assert (
        "New birth visits within 14 days: figures came for “Female” and “Male”, none of which is all "
        "persons, so nothing of it was taken."
    ) in refused(rows)


def test_figures_that_come_for_one_sex_only_are_those() -> None:
    assert len(figures(read([row | {"Sex": "Female"} for row in review_rows()]))) == 35


def test_several_files_are_read_as_one() -> None:
    files = [
        Download(as_csv(renamed(review_rows(), name, REVIEWS[name], "1")), f"{name}.csv") for name in REVIEWS
    ]
    together = parse(files, KNOWN)
    pd.testing.assert_frame_equal(_ordered(together), _ordered(read(review_rows())))


def test_the_file_of_several_that_is_not_the_reviews_is_named() -> None:
    with pytest.raises(PublisherError) as failed:
        parse([Download(as_csv(review_rows()), "reviews.csv"), Download(CUT, "other.csv")], KNOWN)
    assert "(other.csv)" in str(failed.value)


def test_a_value_keeps_what_is_remarked_on_it() -> None:
    note = "Value suppressed due to incompleteness of source data"
    rows = [row | {"Value note": note} if row["Area Code"] == BARNET else row for row in review_rows()]
    barnet = figures(read(rows)).loc[BARNET]
    assert (barnet["value"], barnet["status"], barnet["note"]) == (80.2, "published", note)


def test_a_note_that_is_not_known_is_given_in_the_publisher_s_words() -> None:
    rows = [
        row | {"Value note": "Under audit"} if row["Area Code"] == ENFIELD else row for row in review_rows()
    ]
    parsed = read(rows)
    assert remark(parsed, "No figure") == "No figure for Enfield, in the publisher's words: “Under audit”."
    assert figures(parsed).loc[ENFIELD, "note"] == "Under audit"


def test_a_served_file_on_something_else_is_refused_by_what_it_is() -> None:
    with pytest.raises(PublisherError) as failed:
        parse([Download(CUT, "indicators-CountyUA.data.csv")], KNOWN)
    assert failed.value.came == (
        "a file of Fingertips came that is not about health visiting: its only indicator is “Campylobacter "
        "incidence rate/100,000”"
    )


def served_under(name: str, content: bytes = CUT) -> Parsed:
    return parse([Download(content.replace(ITS_NAME, name.encode()), "served.csv")], KNOWN)


def test_the_same_bytes_under_a_review_s_name_are_read() -> None:
    parsed = served_under("Proportion of New Birth Visits (NBVs)\ncompleted within 14 days")
    found = figures(parsed, period="2017")
    # as they stand in the file: all ages, neither by deprivation nor of children aged 0 to 9
    hackney, city, london = found.loc[HACKNEY], found.loc[CITY], found.loc[LONDON]
    assert (hackney["value"], hackney["numerator"], hackney["denominator"]) == (24.7413643802111, 70, 282927)
    assert hackney["note"] == "Value for Hackney and City of London combined"
    assert (city["status"], city["note"]) == ("combined", "Value for Hackney and City of London combined")
    assert (london["value"], london["note"]) == (
        63.1778360498741,
        "Aggregated from all known lower geography values",
    )
    assert figures(parsed, period="2015").loc[ENGLAND, "value"] == 94.7261896202678
    assert found["status"].value_counts().to_dict() == {"published": 33, "combined": 1, "not_published": 1}
    assert parsed.doubts == ()


def test_the_whole_served_file_under_a_review_s_name_is_read() -> None:
    content = recorded("fingertips/indicators-CountyUA.data.csv").read_bytes()
    parsed = served_under("6 to 8 week reviews completed (%)", content)
    assert _ordered(parsed).groupby("period").size().to_dict() == {"2015": 35, "2016": 35, "2017": 35}
    assert figures(parsed, "review_6_8_weeks", "2016").loc[ENGLAND, "value"] == 89.1292253807248


TRIED = {
    "ft_all_six_but_after_for_within.csv": set(REVIEWS) - {FIRST},
    "ft_real_words_half.csv": set(REVIEWS),
    "ft_suppressed_all.csv": set(REVIEWS),
}


@pytest.mark.parametrize("name", TRIED)
def test_files_that_were_tried_come_out_right(name: str) -> None:
    parsed = parse([Download(recorded(f"tried/{name}").read_bytes(), name)], KNOWN)
    loaded = set(_ordered(parsed)["indicator_id"])
    assert loaded & set(REVIEWS) == TRIED[name]
    assert loaded - set(REVIEWS) <= {"child_development_good_level"}
    assert parsed.doubts == ()


def test_visits_after_14_days_are_not_visits_within_them() -> None:
    name = "ft_all_six_but_after_for_within.csv"
    parsed = parse([Download(recorded(f"tried/{name}").read_bytes(), name)], KNOWN)
    assert remark(parsed, "New birth") == (
        "New birth visits within 14 days: nothing was taken, because “Percentage of births that receive a "
        "New Birth Visit (NBV) after 14 days” says “after”."
    )


def test_notes_decide_the_status() -> None:
    name = "ft_suppressed_all.csv"
    found = figures(parse([Download(recorded(f"tried/{name}").read_bytes(), name)], KNOWN))
    noted = found[(found["note"] != "") & found.index.isin(CODES)]
    assert dict(zip(noted.index, zip(noted["status"], noted["note"], strict=True), strict=True)) == {
        BARNET: ("published", "There is a data quality issue with this value"),
        "E09000021": ("suppressed", "Value suppressed for disclosure control due to small count"),
        "E09000024": ("withheld", "Value not published for data quality reasons"),
        "E09000029": ("suppressed", "Value missing due to small sample size"),
    }
    assert found.loc[BARNET, "value"] == pytest.approx(81.325, abs=0.001)


def test_the_reviews_are_found_by_their_names() -> None:
    found = recognise([*OTHERS, *REVIEWS.values()], RULES)
    assert found == {name: id_ for id_, name in REVIEWS.items()}


@given(st.sampled_from(list(REVIEWS.items())), st.randoms(use_true_random=False))
def test_capitals_spaces_and_dashes_do_not_matter_for_a_name(review: tuple[str, str], random: Random) -> None:
    id_, name = review
    written = "".join(random.choice([letter.lower(), letter.upper()]) for letter in name)
    written = written.replace(" ", random.choice([" ", "  "])).replace("-", random.choice(["-", " – ", "–"]))
    assert recognise([written], RULES) == {written: id_}


@pytest.mark.thorough
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
        (as_csv([{"Indicator": "6 to 8 week review (%)"}]), "there is no column “Indicator ID”"),
        (
            as_csv([{"Indicator ID": "1&x=2", "Indicator": "6 to 8 week review (%)"}]),
            "the number “1&x=2” came",
        ),
    ],
)
def test_a_list_without_the_reviews_is_refused(metadata: bytes, said: str, publishers: Publishers) -> None:
    publishers.server.expect_request("/fingertips/metadata").respond_with_data(metadata)
    with pytest.raises(PublisherError) as failed:
        fetch(publishers.session(), load_known(open_library().entries, TODAY))
    assert said in str(failed.value)


def saved_again(content: bytes, name: bytes) -> str:
    """Served bytes under another name, as text for a spreadsheet program to save in its way."""
    return content.replace(ITS_NAME, name).decode()


NBV = b"Percentage of new birth visits within 14 days"
SAVED_AGAIN: dict[str, Callable[[str], bytes]] = {
    "semicolons and decimal commas": lambda text: re.sub(
        r"(?<=\d)\.(?=\d{3})", ",", text.replace(",", ";")
    ).encode(),
    "tabs in UTF-16": lambda text: text.replace(",", "\t").encode("utf-16"),
    "commas at the end of each row": lambda text: text.replace("\r\n", ",,,\r\n").encode("utf-8-sig"),
    "blank rows": lambda text: text.replace("\r\n", "\r\n\r\n").encode(),
}


@pytest.mark.parametrize("save", SAVED_AGAIN.values(), ids=SAVED_AGAIN)
def test_a_file_saved_by_a_spreadsheet_program_gives_the_same_figures(save: Callable[[str], bytes]) -> None:
    text = saved_again(CUT, NBV)
    found = parse([Download(save(text), "saved.csv")], KNOWN)
    pd.testing.assert_frame_equal(_ordered(found), _ordered(served_under(NBV.decode())))


def test_a_cell_more_than_there_are_columns_is_refused_with_its_row() -> None:
    text = saved_again(CUT, NBV).replace(",County & UA,", ",County, UA,,,", 1)
    with pytest.raises(PublisherError, match=r"row \d+ has “20\d+” to the right of the last column"):
        parse([Download(text.encode(), "slipped.csv")], KNOWN)


def test_cells_that_slipped_within_a_short_row_are_refused_with_row_and_column() -> None:
    # every row is a cell shorter than the header: one more cell is not seen by counting
    text = saved_again(CUT, NBV).replace(",County & UA,", ",County, UA,", 1)
    records = list(csv.reader(io.StringIO(text, newline="")))
    row = next(number for number, cells in enumerate(records, 1) if " UA" in cells)
    said = f"row {row} has “UA” in the column “Sex”, where a sex belongs"
    with pytest.raises(PublisherError, match=said):
        parse([Download(text.encode(), "slipped.csv")], KNOWN)

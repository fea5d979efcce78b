"""Health visitor service delivery metrics: OHID's Fingertips, profile 105 (Child and Maternal Health).

The numbers of the indicators are not known here: they are found by name, first in the profile's metadata and
then again in the data, by the table review_names.csv. Notes on values are understood by value_notes.csv.

The columns, the line breaks in names, the rows by age and by deprivation and the way in which the City of
London is given were seen in a file of 2020 as it was served, about another subject; names and ages in a list
of 2024. Never tested against the live service, which could not be reached.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from data_loaders import review_series
from data_loaders.delimited import read_numbers, read_rows
from data_loaders.observations import COLUMNS
from data_loaders.publisher import (
    BOROUGH,
    ENGLAND,
    LONDON,
    Download,
    Known,
    Parsed,
    Publisher,
    PublisherError,
    Session,
    listed,
)
from data_loaders.review_names import Rule, read_rules, reason_against, recognise
from data_loaders.wordings import has_all, has_any, plain

SOURCE_ID = "ohid_fingertips"
OFFICE = "Office for Health Improvement and Disparities, Fingertips"
EXPECTED_LIST = "the list of the profile's indicators as CSV"
EXPECTED = "the health visitor reviews of each authority as CSV"
NOT_THIS = "a file of Fingertips came that is not about health visiting"
CITY, HACKNEY = "E09000001", "E09000012"

COLUMNS_READ = {
    "Indicator ID": "series",
    "Indicator Name": "name",
    "Area Code": "area_code",
    "Sex": "sex",
    "Age": "age",
    "Category Type": "category",
    "Time period": "period",
    "Value": "value",
    "Lower CI 95.0 limit": "lower_95",
    "Upper CI 95.0 limit": "upper_95",
    "Count": "numerator",
    "Denominator": "denominator",
    "Value note": "note",
}
NUMBERS = ["value", "lower_95", "upper_95", "numerator", "denominator"]
KEYS = ["indicator_id", "period", "area_code"]
AREA_CODE = r"\S*\d\S*"
SEXES = r"Persons|Male|Female|Not applicable|"
# last month of each quarter of a financial year, and how many years after its first the quarter ends
QUARTERS = {"1": ("06-30", 0), "2": ("09-30", 0), "3": ("12-31", 0), "4": ("03-31", 1)}


def fetch(session: Session, known: Known) -> list[Download]:
    """The data of all indicators that the words find. Raises PublisherError when they find none."""
    address = known.endpoints["ohid_metadata"]
    answer = session.get(OFFICE, address, EXPECTED_LIST)
    if answer is None:
        return []
    names = read_rows(answer, OFFICE, EXPECTED_LIST, ["Indicator ID", "Indicator"])
    found = _recognised(names["Indicator"].unique(), known)
    numbers = names.loc[names["Indicator"].isin(list(found)), "Indicator ID"].unique()
    strange = [number for number in numbers if not number.isdigit()]
    if not len(numbers) or strange:
        came = f"the number “{strange[0][:40]}” came" if strange else f"none of its {len(names)} names is one"
        raise PublisherError(OFFICE, address, "indicators named like a health visitor review", came)
    data = session.get(OFFICE, known.endpoints["ohid_data"].format(ids=",".join(numbers)), EXPECTED)
    return [data] if data else []


def parse(downloads: Sequence[Download], known: Known) -> Parsed:
    """Every period that came, for the 33 authorities, London and England: value, counts, interval and note.

    Several files are read as one. An indicator of which it cannot be told which figures are meant is left out
    and named in a remark, and the others are taken. An authority without a figure gets a row with the reason.
    Raises PublisherError.
    """
    files = [_read(download, known) for download in downloads]
    came = pd.concat([file.rows for file in files], ignore_index=True)
    rules = {rule.indicator_id: rule for rule in _rules(known)}
    rows, other_sexes = review_series.of_all_persons(came, known)
    rows, other_ages = review_series.of_the_age_meant(rows, rules, known)
    rows, two_series = review_series.of_one_series(rows, known)
    rows, two_figures = review_series.without_contradiction(rows, KEYS, [*NUMBERS, "note"], known)
    left_out = [*other_sexes, *other_ages, *two_series]
    if rows.empty:
        address = " ".join(download.address for download in downloads)
        raise PublisherError(OFFICE, address, EXPECTED, " ".join([*left_out, *two_figures]).removesuffix("."))
    taken = rows.drop_duplicates(["indicator_id", "series"]).to_dict("records")
    observations = _with_reasons(_every_place(rows, [*known.boroughs, LONDON, ENGLAND]), known)
    observations = observations.assign(
        period_end=pd.to_datetime(observations["period"].map(period_end)), source_id=SOURCE_ID
    )
    names = [name for file in files for name in file.names]
    return Parsed(
        published=observations["period_end"].max().date(),
        observations=observations.reindex(columns=COLUMNS),
        remarks=(
            *(
                f"{known.indicators[row['indicator_id']].label}: taken from {review_series.say_series(row)}."
                for row in taken
            ),
            *left_out,
            *_not_found(names, set(came["indicator_id"]), known),
            *_notes_not_known(observations, known),
        ),
        doubts=(
            *two_figures,
            *known.say_others([CITY, *came["area_code"]], "is not in the file", "are not in the file"),
        ),
    )


def period_end(period: str) -> str | None:
    """The last day of "2024/25" (a financial year), "2017/18 Q1" (a quarter of one) or "2016" (ISO date).

    None for what is no such period.
    """
    year = re.fullmatch(r"(\d{4})/(\d\d)(?: Q([1-4]))?", period)
    if year and (int(year[1]) + 1) % 100 == int(year[2]):
        day, later = QUARTERS[year[3] or "4"]
        return f"{int(year[1]) + later}-{day}"
    return f"{period}-12-31" if re.fullmatch(r"\d{4}", period) else None


@dataclass(frozen=True, eq=False)
class _File:
    """The rows of one file that may be taken, and the names of all indicators in it."""

    rows: pd.DataFrame
    names: list[str]


def _read(download: Download, known: Known) -> _File:
    """The rows on health visiting of London, its authorities and England, every cell of them checked."""
    table = read_rows(download, OFFICE, EXPECTED, list(COLUMNS_READ)).rename(columns=COLUMNS_READ)
    table = table.assign(name=table["name"].map(_on_one_line), note=table["note"].map(_on_one_line))
    # before rows are chosen by their name: where cells have slipped to another column, the name has as well
    _refuse_cells(
        download, table["area_code"], ~table["area_code"].str.fullmatch(AREA_CODE), "an area's code"
    )
    _refuse_cells(download, table["sex"], ~table["sex"].str.fullmatch(SEXES), "a sex")
    names = list(table["name"].unique())
    found = _recognised(names, known)
    if not found:
        raise _refusal(download, _what_it_is(names, known))
    rows = table[table["name"].isin(list(found))]
    ends = rows["period"].map(period_end)
    _refuse_cells(download, rows["period"], ends.isna(), "a year or a quarter such as 2024/25 or 2024/25 Q1")
    numbers = read_numbers(rows[NUMBERS])
    for column in NUMBERS:
        _refuse_cells(download, rows[column], numbers[column].isna() & (rows[column] != ""), "a number")
    unknown = rows["area_code"].str.startswith(BOROUGH) & ~rows["area_code"].isin(known.boroughs)
    if unknown.any():
        raise _refusal(download, f"the unknown authority {rows.loc[unknown, 'area_code'].iloc[0][:20]} came")
    rows = rows.assign(indicator_id=rows["name"].map(found), **numbers)
    rows = rows[(rows["category"] == "") & rows["area_code"].isin([*known.boroughs, LONDON, ENGLAND])]
    if not rows["area_code"].str.startswith(BOROUGH).any():
        raise _refusal(download, "no London authority is in it")
    return _File(rows.drop(columns="category"), names)


def _rules(known: Known) -> list[Rule]:
    """The rules of those indicators that the catalogue has."""
    return [rule for rule in read_rules(known.review_names) if rule.indicator_id in known.indicators]


def _recognised(names: Iterable[str], known: Known) -> dict[str, str]:
    """The indicator of the catalogue that each name stands for; other names are left out.

    A name is held against every rule, those of indicators that are not in the catalogue too, so that their
    names are not taken for those of another.
    """
    found = recognise(names, read_rules(known.review_names))
    return {name: indicator_id for name, indicator_id in found.items() if indicator_id in known.indicators}


def _nobodys(names: Iterable[str], known: Known) -> list[str]:
    """The names that stand for no indicator, in the catalogue or not."""
    names = list(names)
    return sorted(set(names) - set(recognise(names, read_rules(known.review_names))))


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _refusal(download: Download, came: str) -> PublisherError:
    return PublisherError(OFFICE, download.address, EXPECTED, came)


def _refuse_cells(download: Download, cells: pd.Series, wrong: pd.Series, what: str) -> None:
    """Refuse the first wrong cell, and say where it is and what belongs there."""
    if wrong.any():
        row, cell = wrong.idxmax(), cells[wrong].iloc[0]
        column = next(name for name, column in COLUMNS_READ.items() if column == cells.name)
        shown = f"“{cell[:40]}”" if cell else "nothing"
        raise _refusal(download, f"row {row:,} has {shown} in the column “{column}”, where {what} belongs")


def _what_it_is(names: Sequence[str], known: Known) -> str:
    """What a file without any of the indicators is about, or which of its names come near and why not."""
    near = _neighbours(_nobodys(names, known), _rules(known))
    if near:
        return f"none of its indicators is one of them: {'; '.join(near[:5])}"
    shown = listed(f"“{name[:80]}”" for name in names[:3])
    if len(names) == 1:
        return f"{NOT_THIS}: its only indicator is {shown}"
    such_as = "" if len(names) <= 3 else "such as "
    return f"{NOT_THIS}: its {len(names)} indicators are {such_as}{shown}"


def _neighbours(names: Iterable[str], rules: Iterable[Rule]) -> list[str]:
    """Of names that stand for no indicator those that come near one, each with the reason against it."""
    reasons = (
        f"“{name}” {reason}" for rule in rules for name in names if (reason := reason_against(name, rule))
    )
    return list(dict.fromkeys(reasons))


def _not_found(names: Iterable[str], came: set[str], known: Known) -> list[str]:
    """A sentence on each indicator that has only neighbours in the files, and one on all that have none."""
    sentences, absent, nobodys = [], [], _nobodys(names, known)
    for rule in _rules(known):
        if rule.indicator_id in came:
            continue
        label = known.indicators[rule.indicator_id].label
        near = _neighbours(nobodys, [rule])
        if near:
            sentences.append(f"{label}: nothing was taken, because {listed(near[:3])}.")
        else:
            absent.append(label)
    return [*sentences, *([f"Nothing came on: {'; '.join(absent)}."] if absent else [])]


def _every_place(rows: pd.DataFrame, places: Iterable[str]) -> pd.DataFrame:
    """A row for each place at each indicator's periods, empty where none came."""
    periods = rows[["indicator_id", "period"]].drop_duplicates()
    grid = periods.merge(pd.DataFrame({"area_code": list(places)}), how="cross")
    return grid.merge(rows[[*KEYS, *NUMBERS, "note"]], on=KEYS, how="left").fillna({"note": ""})


def _with_reasons(rows: pd.DataFrame, known: Known) -> pd.DataFrame:
    """Add `status`: published, or why there is no value, as the note says it.

    The City of London's children are counted with Hackney's, and it can be given in three ways: no row, an
    empty row with a note, or Hackney's figures once more. In the last its row is emptied: else those children
    would be counted twice in every sum.
    """
    of_hackney = rows[rows["area_code"] == HACKNEY].set_index(["indicator_id", "period"])[NUMBERS]
    beside = of_hackney.reindex(pd.MultiIndex.from_frame(rows[["indicator_id", "period"]]))
    meant = rows["note"].map(
        {note: _status(note, known) or "not_published" for note in rows["note"].unique()}
    )
    is_city = rows["area_code"] == CITY
    repeats = rows["value"].notna() & (rows[NUMBERS].eq(beside.to_numpy()) | rows[NUMBERS].isna()).all(axis=1)
    is_silent = rows["value"].isna() & (rows["note"] == "")
    has_hackney = pd.Series(beside["value"].notna().to_numpy(), rows.index)
    with_hackney = (repeats | is_silent) & has_hackney | rows["value"].isna() & (meant == "combined")
    combined = is_city & with_hackney
    rows = rows.assign(**{column: rows[column].mask(combined) for column in NUMBERS})
    # a note beside a value does not take it away, and only the City is combined with another authority
    missing = meant.mask(meant.isin(["published", "combined"]), "not_published")
    status = missing.mask(rows["value"].notna(), "published").mask(combined, "combined")
    return rows.assign(status=status)


def _status(note: str, known: Known) -> str | None:
    """The status that the first fitting row of value_notes.csv gives a note; None where none fits."""
    text = plain(note)
    for row in known.value_notes.to_dict("records"):
        if has_all(text, row["must"]) and not has_any(text, row["must_not"]):
            return row["status"]
    return None


def _notes_not_known(observations: pd.DataFrame, known: Known) -> list[str]:
    """A sentence on each note in place of a value that no row of value_notes.csv fits."""
    rows = observations[observations["value"].isna() & (observations["note"] != "")]
    return [
        f"No figure for {listed(map(known.name, codes.unique()))}, in the publisher's words: “{note}”."
        for note, codes in rows.groupby("note", sort=False)["area_code"]
        if _status(str(note), known) is None
    ]


PUBLISHER = Publisher(
    source_id=SOURCE_ID,
    title="Health visitor reviews",
    parser=2,
    fetch=fetch,
    parse=parse,
    file_hint="the CSV file of “Get the data” for the health visitor indicators and upper tier "
    "local authorities in England, from https://fingertips.phe.org.uk/profile/child-health-profiles",
    together=True,
)

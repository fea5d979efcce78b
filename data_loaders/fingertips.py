"""Health visitor service delivery metrics: OHID's Fingertips, profile 105 (Child and Maternal Health).

The numbers of the indicators are not known here: they are found by name, first in the profile's metadata and
then again in the data, by the words in the table review_names.csv. Two numbers that answer to the same words
(a yearly and a quarterly series, say) are read as one indicator, as long as they never contradict each other.

Written to the documented interface and columns; never tested against the live service, which could not be
reached. Not tested either: the exact names of the indicators, the wording of the value notes, and in which of
three ways the City of London is given (no row, an empty row, or Hackney's figures once more).
"""

import re
from collections.abc import Iterable, Sequence

import pandas as pd

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
    read_rows,
)

SOURCE_ID = "ohid_fingertips"
OFFICE = "Office for Health Improvement and Disparities, Fingertips"
EXPECTED_LIST = "the list of the profile's indicators as CSV"
EXPECTED = "the health visitor reviews of each authority as CSV"
CITY, HACKNEY = "E09000001", "E09000012"

COLUMNS_READ = {
    "Indicator Name": "name",
    "Area Code": "area_code",
    "Sex": "sex",
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
# last month of each quarter of a financial year, and how many years after its first the quarter ends
QUARTERS = {"1": ("06-30", 0), "2": ("09-30", 0), "3": ("12-31", 0), "4": ("03-31", 1)}
WITHHELD = re.compile(r"suppress|disclos|small (?:number|count|sample)", re.IGNORECASE)


def fetch(session: Session, known: Known) -> list[Download]:
    """The data of all indicators that the words find. Raises PublisherError when they find none."""
    address = known.endpoints["ohid_metadata"]
    listed = session.get(OFFICE, address, EXPECTED_LIST)
    if listed is None:
        return []
    names = read_rows(listed, OFFICE, EXPECTED_LIST, ["Indicator ID", "Indicator"])
    found = find_indicators(names["Indicator"], known.review_names)
    numbers = names.loc[found.index, "Indicator ID"].unique()
    strange = [number for number in numbers if not number.isdigit()]
    if not len(numbers) or strange:
        came = f"the number “{strange[0][:40]}” came" if strange else f"none of its {len(names)} names is one"
        raise PublisherError(OFFICE, address, "indicators named like a health visitor review", came)
    answer = session.get(OFFICE, known.endpoints["ohid_data"].format(ids=",".join(numbers)), EXPECTED)
    return [answer] if answer else []


def find_indicators(names: pd.Series, rules: pd.DataFrame) -> pd.Series:
    """The indicator_id of each name to which the words of a rule apply; other names are left out.

    A rule `holds` groups divided by ";", of each of which one of the wordings divided by "/" must occur, and
    none of the wordings that it `lacks`.
    """
    plain = names.map(_plain)
    found = pd.Series(index=names.index, dtype=object)
    for rule in rules.to_dict("records"):
        applies = pd.Series(True, index=names.index)
        for group in rule["holds"].split(";"):
            applies &= plain.map(lambda name, group=group: _holds_any(name, group))
        if rule["lacks"]:
            applies &= ~plain.map(lambda name, lacks=rule["lacks"]: _holds_any(name, lacks))
        found = found.mask(applies & found.isna(), rule["indicator_id"])
    return found.dropna()


def parse(downloads: Sequence[Download], known: Known) -> Parsed:
    """Every period that came, for the 33 authorities, London and England: value, counts, interval and note.

    An authority without a figure gets a row with the reason. Raises PublisherError.
    """
    (download,) = downloads
    table = read_rows(download, OFFICE, EXPECTED, list(COLUMNS_READ)).rename(columns=COLUMNS_READ)
    names = table["name"].drop_duplicates()
    found = find_indicators(names, known.review_names)
    if found.empty:
        raise _refusal(download, f"no review is among “{'”, “'.join(names[:5])[:200]}”")
    ids = dict(zip(names[found.index], found, strict=True))
    rows = table[(table["category"] == "") & (table["sex"] == "Persons") & table["name"].isin(list(ids))]
    unknown = rows["area_code"].str.startswith(BOROUGH) & ~rows["area_code"].isin(known.boroughs)
    if unknown.any():
        raise _refusal(download, f"the unknown authority {rows.loc[unknown, 'area_code'].iloc[0][:20]} came")
    places = [*known.boroughs, LONDON, ENGLAND]
    rows = rows[rows["area_code"].isin(places)]
    rows = rows.assign(indicator_id=rows["name"].map(ids), **_numbers(rows, download))
    rows = rows[[*KEYS, *NUMBERS, "note"]].drop_duplicates()
    twice = rows.duplicated(KEYS)
    if twice.any():
        raise _refusal(download, f"two different figures came for {' '.join(rows.loc[twice, KEYS].iloc[0])}")
    if not rows["area_code"].str.startswith(BOROUGH).any():
        raise _refusal(download, "no London authority is in it")
    observations = _with_reasons(_every_place(rows, places))
    ends = {period: _period_end(period, download) for period in observations["period"].unique()}
    observations = observations.assign(
        period_end=pd.to_datetime(observations["period"].map(ends)), source_id=SOURCE_ID
    )
    return Parsed(
        published=observations["period_end"].max().date(),
        observations=observations.reindex(columns=COLUMNS),
        doubts=(*_not_found(found, known), *_absent(rows, known)),
    )


def _plain(name: str) -> str:
    text = name.lower().replace("½", ".5").replace(" 1/2", ".5")
    return re.sub(r"\s+", " ", re.sub(r"\s*[–—−-]\s*", "-", text))


def _holds_any(name: str, wordings: str) -> bool:
    return any(wording.strip() in name for wording in wordings.split("/"))


def _refusal(download: Download, came: str) -> PublisherError:
    return PublisherError(OFFICE, download.address, EXPECTED, came)


def _numbers(rows: pd.DataFrame, download: Download) -> dict[str, pd.Series]:
    parsed = {column: pd.to_numeric(rows[column], errors="coerce") for column in NUMBERS}
    for column, numbers in parsed.items():
        strange = numbers.isna() & (rows[column] != "")
        if strange.any():
            raise _refusal(
                download, f"“{rows.loc[strange, column].iloc[0][:40]}” came where a number belongs"
            )
    return parsed


def _every_place(rows: pd.DataFrame, places: Iterable[str]) -> pd.DataFrame:
    """A row for each place at each indicator's periods, empty where none came."""
    periods = rows[["indicator_id", "period"]].drop_duplicates()
    grid = periods.merge(pd.DataFrame({"area_code": list(places)}), how="cross")
    return grid.merge(rows, on=KEYS, how="left").fillna({"note": ""})


def _with_reasons(rows: pd.DataFrame) -> pd.DataFrame:
    """Add `status`: published, or why there is no value.

    The City of London's children are counted with Hackney's. Where its row repeats Hackney's figures, the row
    is emptied: else those children would be counted twice in every sum.
    """
    of_hackney = rows[rows["area_code"] == HACKNEY].set_index(["indicator_id", "period"])[NUMBERS]
    beside = of_hackney.reindex(pd.MultiIndex.from_frame(rows[["indicator_id", "period"]]))
    same = (rows[NUMBERS].eq(beside.to_numpy()) | rows[NUMBERS].isna()).all(axis=1)
    is_city = rows["area_code"] == CITY
    has_hackney = pd.Series(beside["value"].notna().to_numpy(), rows.index)
    combined = is_city & same & has_hackney
    rows = rows.assign(**{column: rows[column].mask(combined) for column in NUMBERS})
    missing = rows["value"].isna()
    withheld = missing & rows["note"].map(lambda note: bool(WITHHELD.search(note)))
    status = pd.Series("published", rows.index).mask(missing, "not_published")
    return rows.assign(status=status.mask(withheld, "suppressed").mask(combined, "combined"))


def _period_end(period: str, download: Download) -> str:
    """The last day of "2024/25" (a financial year), "2017/18 Q1" (a quarter of one) or "2016" (ISO date)."""
    year = re.fullmatch(r"(\d{4})/(\d\d)(?: Q([1-4]))?", period)
    if year and (int(year[1]) + 1) % 100 == int(year[2]):
        day, later = QUARTERS[year[3] or "4"]
        return f"{int(year[1]) + later}-{day}"
    if re.fullmatch(r"\d{4}", period):
        return f"{period}-12-31"
    raise _refusal(download, f"the unknown period “{period[:40]}” came")


def _not_found(found: pd.Series, known: Known) -> list[str]:
    lacking = [name for name in known.review_names["indicator_id"] if name not in set(found)]
    return [f"No indicator goes by a name that fits {name} (see review_names.csv)." for name in lacking]


def _absent(rows: pd.DataFrame, known: Known) -> list[str]:
    return known.say_others([CITY, *rows["area_code"]], "is not in the file", "are not in the file")


PUBLISHER = Publisher(
    source_id=SOURCE_ID,
    title="Health visitor reviews",
    parser=1,
    fetch=fetch,
    parse=parse,
    file_hint="the CSV file of “Get the data” for the health visitor indicators and upper tier "
    "local authorities in England, from https://fingertips.phe.org.uk/profile/child-health-profiles",
)

"""Population by single year of age, from Nomis, the Office for National Statistics' service for such tables.

One request: the 33 authorities, ages 0 to 4, both sexes, the newest 25 mid-years. That is some 4,100 rows,
well under the 25,000 that Nomis gives to a guest at once, so nothing has to be fetched in pieces.

Written to the documented interface and columns; never tested against the live service, which could not be
reached. Not tested either: what it answers when it is overloaded, and whether authorities may be named by
their codes in all versions of the geography.
"""

import re
from collections.abc import Sequence

import pandas as pd

from data_loaders.delimited import read_rows
from data_loaders.observations import COLUMNS
from data_loaders.publisher import BOROUGH, Download, Known, Parsed, Publisher, PublisherError, Session

SOURCE_ID = "ons_population"
OFFICE = "Office for National Statistics, Nomis"
EXPECTED = "the population of each London authority by single year of age as CSV"
NAMES = ["DATE_NAME", "GEOGRAPHY_CODE", "GEOGRAPHY_NAME", "C_AGE_NAME", "OBS_VALUE"]
AGES = 5


def fetch(session: Session, known: Known) -> list[Download]:
    """The one table. Raises PublisherError."""
    address = known.endpoints["nomis_population"].format(areas=",".join(known.boroughs))
    answer = session.get(OFFICE, address, EXPECTED)
    return [answer] if answer else []


def parse(downloads: Sequence[Download], known: Known) -> Parsed:
    """Residents aged 0 to 4 of each authority and mid-year: the sum of five single years, all of them there.

    Raises PublisherError for a table in which any of them is missing, twice or not a number of people.
    """
    (download,) = downloads
    table = read_rows(download, OFFICE, EXPECTED, NAMES).drop_duplicates()
    years = table["DATE_NAME"].str.extract(r"^(?:mid-)?((?:19|20)\d\d)$")[0]
    ages = table["C_AGE_NAME"].str.extract(r"^(?:Age |Aged )?([0-4])(?: years?)?$", flags=re.IGNORECASE)[0]
    people = pd.to_numeric(table["OBS_VALUE"], errors="coerce")
    _refuse(download, years.isna(), table["DATE_NAME"], "which is not a year")
    _refuse(download, ages.isna(), table["C_AGE_NAME"], "which is not an age from 0 to 4")
    _refuse(download, ~(people >= 0), table["OBS_VALUE"], "which is not a number of people")
    codes = table["GEOGRAPHY_CODE"]
    unknown = codes.str.startswith(BOROUGH) & ~codes.isin(known.boroughs)
    _refuse(download, unknown, codes, "which is no London authority")
    _refuse(download, years.astype(int) > known.today.year, years, "which is in the future")
    inside = codes.isin(known.boroughs)
    rows = pd.DataFrame({"area_code": codes, "year": years, "age": ages, "people": people})[inside]
    twice = rows.duplicated(["area_code", "year", "age"])
    _refuse(download, twice, rows["area_code"], "with two figures for one year and age")
    groups = rows.groupby(["area_code", "year"])["people"]
    summed = groups.sum()[groups.size() == AGES]
    expected = pd.MultiIndex.from_product([known.boroughs, sorted(set(rows["year"]))])
    lacking = expected.difference(summed.index)
    if len(lacking) or not len(expected):
        where = " in ".join(lacking[0]) if len(lacking) else "any authority"
        raise PublisherError(OFFICE, download.address, EXPECTED, f"not all five ages came for {where}")
    result = summed.rename("value").rename_axis(["area_code", "year"]).reset_index()
    year = result.pop("year")
    result = result.assign(
        indicator_id="population_0_4",
        period="mid-" + year,
        period_end=pd.to_datetime(year + "-06-30"),
        status="published",
        source_id=SOURCE_ID,
        note="",
    )
    return Parsed(published=result["period_end"].max().date(), observations=result.reindex(columns=COLUMNS))


def _refuse(download: Download, wrong: pd.Series, cells: pd.Series, why: str) -> None:
    if wrong.any():
        cell = cells[wrong].iloc[0][:40]
        raise PublisherError(OFFICE, download.address, EXPECTED, f"“{cell}” came, {why}")


PUBLISHER = Publisher(
    source_id=SOURCE_ID,
    title="Population aged 0 to 4",
    parser=1,
    fetch=fetch,
    parse=parse,
    file_hint="a CSV file with the columns DATE_NAME, GEOGRAPHY_CODE, GEOGRAPHY_NAME, C_AGE_NAME and "
    "OBS_VALUE, from “Population estimates by single year of age” on https://www.nomisweb.co.uk/",
)

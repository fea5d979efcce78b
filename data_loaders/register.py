"""The Department for Education's register of children's centres, Get Information about Schools (GIAS).

A national file a day, named by its date. It lists open entries only; the series of counts grows by one date
with each refresh. Managers' names and telephone numbers are in the file and are never read out of it.

Tested against three files as they were served (August 2016, December 2019, August 2026), but never against
the live address, which could not be reached. The meaning of a day without a file (404, or a web page with
status 200) is known from reports only.
"""

import datetime as dt
import re
from collections.abc import Sequence

import pandas as pd

from data_loaders.delimited import read_rows
from data_loaders.observations import COLUMNS
from data_loaders.publisher import (
    BOROUGH,
    ENGLAND,
    Download,
    Known,
    Parsed,
    Publisher,
    PublisherError,
    Session,
)
from data_loaders.sites import LISTED, REGISTER_SOURCE

SOURCE_ID = REGISTER_SOURCE
TITLE = "Register of children's centres"
DEPARTMENT = "Department for Education"
EXPECTED = "the register of children's centres as CSV"
SITES = LISTED

# how far back to look for a day with a file: long weekends and holidays have none
DAYS_BACK = 14

# column of the register -> column of sites.csv; no other column is read
COLUMNS_READ = {
    "URN": "urn",
    "LA (code)": "dfe_code",
    "EstablishmentName": "name",
    "TypeOfEstablishment (code)": "type",
    "EstablishmentStatus (code)": "status",
    "OpenDate": "open_date",
    "Postcode": "postcode",
    "GOR (name)": "region",
}
# codes and not the words beside them, whose capitals have changed over the years
TYPES = {"47": "designated_centres", "48": "linked_sites"}
STATUSES = {"1": "open", "2": "closed", "3": "open, but proposed to close", "4": "proposed to open"}
OPEN = {"open", "open, but proposed to close"}
UNKNOWN_DATE = pd.Timestamp("1900-01-01")
# in ten years no two consecutive registers differed by more than 1.5 % in London: after a fall larger than
# this, a part of the file is probably missing
SHRUNKEN = 0.05


def fetch(session: Session, known: Known) -> list[Download]:
    """The newest file of the last DAYS_BACK days. Raises PublisherError when there is none."""
    address, came = "", "no day had a file"
    for back in range(DAYS_BACK + 1):
        day = known.today - dt.timedelta(days=back)
        address = known.endpoints["dfe_register"].format(day=day)
        answer = session.get(DEPARTMENT, address, EXPECTED, missing_is_none=True)
        if answer is None:
            continue
        if b"URN" in answer.content[:200]:
            return [Download(answer.content, address, answer.etag, day)]
        # an error page has been served with status 200
        came = f"no day had a file, and {day.isoformat()} had something else in its place"
    raise PublisherError(
        DEPARTMENT, address, f"a register of {known.today.isoformat()} or the {DAYS_BACK} days before", came
    )


def parse(downloads: Sequence[Download], known: Known) -> Parsed:
    """Counts of designated centres and linked sites for each authority and England, and London's entries.

    The table SITES has urn, area_code, name, type (designated_centres, linked_sites), status, open_date (ISO,
    empty if unknown) and postcode of London's open entries. Raises PublisherError.
    """
    (download,) = downloads
    day = download.published or date_in_name(download.address)
    if day is None:
        raise _refusal(download, "no date is in its name (edubaseallchildrencentreYYYYMMDD.csv): give --date")
    if day > known.today:
        raise _refusal(download, f"its date, {day.isoformat()}, is in the future")
    entries = read_rows(download, DEPARTMENT, EXPECTED, list(COLUMNS_READ)).rename(columns=COLUMNS_READ)
    entries = _each_once(entries, download)
    sites, remarks = _in_london(entries, known, download)
    sites = sites[sites["status"].isin(OPEN)]
    if sites.empty:
        raise _refusal(download, "no open entry of London is in it")
    future = sites[sites["open_date"] > day.isoformat()]
    doubts = known.say_others(sites["area_code"], "has no open entry", "have no open entry")
    if len(future):
        doubts.append(f"Open entries with an opening date after that of the register: {len(future)}.")
    rows = pd.concat([_counts(sites, known), _of_england(entries)], ignore_index=True).assign(
        period=day.isoformat(), period_end=pd.Timestamp(day), status="published", source_id=SOURCE_ID, note=""
    )
    columns = ["urn", "area_code", "name", "type", "status", "open_date", "postcode"]
    return Parsed(
        published=day,
        observations=rows.reindex(columns=COLUMNS),
        tables={SITES: sites[columns].to_csv(index=False, lineterminator="\n").encode()},
        remarks=tuple(remarks),
        doubts=tuple(doubts),
    )


def date_in_name(address: str) -> dt.date | None:
    """The date that the name of a register's file ends in."""
    digits = re.search(r"(\d{8})\.csv$", address)
    try:
        return dt.datetime.strptime(digits[1], "%Y%m%d").date() if digits else None
    except ValueError:
        return None


def _refusal(download: Download, came: str) -> PublisherError:
    return PublisherError(DEPARTMENT, download.address, EXPECTED, came)


def _each_once(entries: pd.DataFrame, download: Download) -> pd.DataFrame:
    """Lines that say the same twice are one entry; one number with two entries is refused."""
    once = entries.drop_duplicates()
    if (once["urn"] == "").any():
        raise _refusal(download, "there is a line without a number (URN)")
    twice = once.loc[once["urn"].duplicated(), "urn"]
    if len(twice):
        raise _refusal(download, f"number (URN) {twice.iloc[0]} stands for two different entries")
    return once


def _in_london(entries: pd.DataFrame, known: Known, download: Download) -> tuple[pd.DataFrame, list[str]]:
    """London's entries with area_code, and codes turned into words; what is counted apart, in sentences.

    An unknown authority or status is refused. A kind of centre that is not known yet is counted apart,
    because new ones are on their way (Best Start family hubs).
    """
    codes = known.areas.set_index("dfe_code")["area_code"]
    london = entries[(entries["region"] == "London") | entries["dfe_code"].isin(codes.index)]
    for column, words in (("dfe_code", codes), ("status", STATUSES)):
        strange = london.loc[~london[column].isin(list(words.keys())), column]
        if len(strange):
            heading = next(name for name, to in COLUMNS_READ.items() if to == column)
            raise _refusal(download, f"the unknown {heading} “{strange.iloc[0][:40]}” came")
    apart = london[~london["type"].isin(list(TYPES))]
    remarks = [
        f"Neither centre nor linked site, and counted apart: {count} entries of the type {code[:40]}."
        for code, count in apart["type"].value_counts().items()
    ]
    london = london[london["type"].isin(list(TYPES))]
    dates = _dates(london["open_date"], download)
    dates = dates.mask(dates == UNKNOWN_DATE)
    found = london.assign(
        area_code=london["dfe_code"].map(codes),
        type=london["type"].map(TYPES),
        status=london["status"].map(STATUSES),
        open_date=dates.dt.strftime("%Y-%m-%d").fillna(""),
    )
    return found, remarks


def _dates(written: pd.Series, download: Download) -> pd.Series:
    """Dates as the register writes them (dd-mm-yyyy), or as a spreadsheet program has written them again.

    With slashes, day or month may come first: read only where one of the two is impossible for some date.
    """
    dates = pd.to_datetime(written, format="%d-%m-%Y", errors="coerce")
    slashed = written.str.contains("/")
    if slashed.any():
        readings = [
            pd.to_datetime(written[slashed], format=order, errors="coerce")
            for order in ("%d/%m/%Y", "%m/%d/%Y")
        ]
        possible = [reading for reading in readings if reading.notna().all()]
        if len(possible) == 2 and not readings[0].equals(readings[1]):
            shown = written[slashed].iloc[0][:40]
            came = (
                f"a spreadsheet program has written its dates again (“{shown}”), and day or month may come "
                "first: download the register once more and import it without opening it"
            )
            raise _refusal(download, came)
        if possible:
            dates = dates.fillna(possible[0])
    unread = dates.isna() & (written != "")
    if unread.any():
        raise _refusal(download, f"the date “{written[unread].iloc[0][:40]}” came")
    return dates


def shrunken(before: pd.DataFrame, came: pd.DataFrame) -> list[str]:
    """A sentence for London and for England, where far fewer entries came than the register before had.

    Both are observations; of `before` those of this source count, at its latest date.
    """
    before = before[before["source_id"] == SOURCE_ID]
    last = before[before["period_end"] == before["period_end"].max()]
    said = []
    for name, prefix in (("London", BOROUGH), ("England", ENGLAND)):
        then, now = (
            rows.loc[
                rows["area_code"].str.startswith(prefix) & rows["indicator_id"].isin(TYPES.values()), "value"
            ].sum()
            for rows in (last, came)
        )
        if now < (1 - SHRUNKEN) * then:
            period = last["period"].iloc[0]
            said.append(f"{name} has {now:,.0f} open entries; the register of {period} had {then:,.0f}.")
    return said


def _of_england(entries: pd.DataFrame) -> pd.DataFrame:
    """England's counts of both kinds, from the same national file."""
    is_open = entries["status"].map(STATUSES).isin(OPEN)
    counted = entries.loc[is_open, "type"].map(TYPES).value_counts()
    counts = counted.reindex(list(TYPES.values()), fill_value=0).astype(float)
    return pd.DataFrame({"area_code": ENGLAND, "indicator_id": counts.index, "value": counts.to_numpy()})


def _counts(sites: pd.DataFrame, known: Known) -> pd.DataFrame:
    """One row an authority and type: area_code, indicator_id, value; nothing listed is a count of 0."""
    counted = sites.groupby(["area_code", "type"]).size()
    grid = pd.MultiIndex.from_product([known.boroughs, TYPES.values()], names=["area_code", "indicator_id"])
    return counted.reindex(grid, fill_value=0).astype(float).rename("value").reset_index()


PUBLISHER = Publisher(
    source_id=SOURCE_ID,
    title=TITLE,
    parser=2,
    fetch=fetch,
    parse=parse,
    file_hint="edubaseallchildrencentreYYYYMMDD.csv, from “Download all data” on "
    "https://get-information-schools.service.gov.uk/",
)

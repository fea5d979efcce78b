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

from data_loaders.observations import COLUMNS
from data_loaders.publisher import Download, Known, Parsed, Publisher, PublisherError, Session, read_rows

SOURCE_ID = "dfe_register"
TITLE = "Register of children's centres"
DEPARTMENT = "Department for Education"
EXPECTED = "the register of children's centres as CSV"
SITES = "sites.csv"

# on a day without a file the one of the day before is taken, over long weekends and holidays
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
# codes, because the words' capitals have changed over the years
TYPES = {"47": "designated_centres", "48": "linked_sites"}
STATUSES = {"1": "open", "2": "closed", "3": "open, but proposed to close", "4": "proposed to open"}
OPEN = {"open", "open, but proposed to close"}
UNKNOWN_DATE = "01-01-1900"


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
        # a page that says sorry has been served with status 200
        came = f"no day had a file, and {day.isoformat()} had something else in its place"
    raise PublisherError(
        DEPARTMENT, address, f"a register of {known.today.isoformat()} or the {DAYS_BACK} days before", came
    )


def parse(downloads: Sequence[Download], known: Known) -> Parsed:
    """Counts of designated centres and linked sites for each authority, and the entries themselves.

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
    sites = _in_london(entries, known, download)
    sites = sites[sites["status"].isin(OPEN)]
    if sites.empty:
        raise _refusal(download, "no open entry of London is in it")
    future = sites[sites["open_date"] > day.isoformat()]
    doubts = known.say_others(sites["area_code"], "has no open entry", "have no open entry")
    if len(future):
        doubts.append(f"Open entries with an opening date after that of the register: {len(future)}.")
    rows = _counts(sites, known).assign(
        period=day.isoformat(), period_end=pd.Timestamp(day), status="published", source_id=SOURCE_ID, note=""
    )
    columns = ["urn", "area_code", "name", "type", "status", "open_date", "postcode"]
    return Parsed(
        published=day,
        observations=rows.reindex(columns=COLUMNS),
        tables={SITES: sites[columns].to_csv(index=False, lineterminator="\n").encode()},
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


def _in_london(entries: pd.DataFrame, known: Known, download: Download) -> pd.DataFrame:
    """London's entries with area_code, and codes turned into words. An unknown code is refused."""
    codes = known.areas.set_index("dfe_code")["area_code"]
    london = entries[(entries["region"] == "London") | entries["dfe_code"].isin(codes.index)]
    for column, words in (("dfe_code", codes), ("type", TYPES), ("status", STATUSES)):
        strange = london.loc[~london[column].isin(list(words.keys())), column]
        if len(strange):
            heading = next(name for name, to in COLUMNS_READ.items() if to == column)
            raise _refusal(download, f"the unknown {heading} “{strange.iloc[0][:40]}” came")
    dates = pd.to_datetime(london["open_date"], format="%d-%m-%Y", errors="coerce")
    unread = dates.isna() & (london["open_date"] != "")
    if unread.any():
        raise _refusal(download, f"the date “{london.loc[unread, 'open_date'].iloc[0][:40]}” came")
    dates = dates.mask(london["open_date"] == UNKNOWN_DATE)
    return london.assign(
        area_code=london["dfe_code"].map(codes),
        type=london["type"].map(TYPES),
        status=london["status"].map(STATUSES),
        open_date=dates.dt.strftime("%Y-%m-%d").fillna(""),
    )


def _counts(sites: pd.DataFrame, known: Known) -> pd.DataFrame:
    """One row an authority and type: area_code, indicator_id, value; nothing listed is a count of 0."""
    counted = sites.groupby(["area_code", "type"]).size()
    grid = pd.MultiIndex.from_product([known.boroughs, TYPES.values()], names=["area_code", "indicator_id"])
    return counted.reindex(grid, fill_value=0).astype(float).rename("value").reset_index()


PUBLISHER = Publisher(
    source_id=SOURCE_ID,
    title=TITLE,
    parser=1,
    fetch=fetch,
    parse=parse,
    file_hint="edubaseallchildrencentreYYYYMMDD.csv, from “Download all data” on "
    "https://get-information-schools.service.gov.uk/",
)

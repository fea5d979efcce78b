"""The Department for Education's list of family hub sites, in London.

A page of GOV.UK leads to a file whose address changes with each edition, so that it is read from the page.
The list is not complete: of an authority without a row it says nothing, least of all that it has no hub.

Written to the page, the file's name and its columns as others have used them; never tested against the live
page, which could not be reached. That a page tells its day in one of two ways is known from other pages.
"""

import datetime as dt
import re
from collections.abc import Sequence
from urllib.parse import urljoin, urlsplit

import pandas as pd

from data_loaders.delimited import read_rows
from data_loaders.postcodes import as_entered, written
from data_loaders.publisher import Download, Known, Parsed, Publisher, PublisherError, Session
from data_loaders.sites import HUBS, HUBS_SOURCE
from data_loaders.survey.spellings import Spellings

DEPARTMENT = "Department for Education"
EXPECTED = "the list of family hub sites as CSV"
EXPECTED_PAGE = "the page that leads to the list of family hub sites"
REGION, AUTHORITY, HUB, POSTCODE = "Region", "Local_Authority", "Family_Hub", "Postcode"
COLUMNS = ["area_code", "name", "postcode"]
# files of GOV.UK lie on this host
FILES = "assets.publishing.service.gov.uk"
# after a fall larger than this, a part of the list is probably missing
SHRUNKEN = 0.25
_LINK = re.compile(r"href=[\"']([^\"']*family[_-]?hub[^\"'/]*\.csv)[\"']", re.IGNORECASE)
_UPDATED = re.compile(r"(?:govuk:public-updated-at\"\s+content=\"|\"dateModified\":\s*\")(\d{4}-\d\d-\d\d)")
_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}")


def fetch(session: Session, known: Known) -> list[Download]:
    """The file that the page leads to, with the day of the page. Raises PublisherError."""
    address = known.endpoints["dfe_family_hubs"]
    page = session.get(DEPARTMENT, address, EXPECTED_PAGE)
    text = page.content.decode("utf-8", errors="replace") if page else ""
    found = sorted({urljoin(address, link) for link in _LINK.findall(text)})
    if len(found) != 1:
        came = f"{len(found)} files of hubs are named there" if found else "no file of hubs is named there"
        raise PublisherError(DEPARTMENT, address, EXPECTED_PAGE, came)
    host = urlsplit(found[0]).netloc
    if host not in (FILES, urlsplit(address).netloc):
        raise PublisherError(DEPARTMENT, address, EXPECTED_PAGE, f"its file lies on another host, {host}")
    file = session.get(DEPARTMENT, found[0], EXPECTED)
    day = _day(text) or known.today
    return [Download(file.content, found[0], file.etag, day)] if file else []


def _day(page: str) -> dt.date | None:
    """The day on which the page says that it was updated."""
    said = _UPDATED.search(page)
    try:
        return dt.date.fromisoformat(said[1]) if said else None
    except ValueError:
        return None


def parse(downloads: Sequence[Download], known: Known) -> Parsed:
    """London's hubs: the table HUBS with area_code, name and postcode (as it is written; empty if none is).

    Raises PublisherError for a file without London, and for a London authority or a hub that has no name.
    """
    (download,) = downloads
    day = download.published
    if day is None:
        raise _refusal(download, "no date is in its name: give the day of the list with --date")
    if day > known.today:
        raise _refusal(download, f"its date, {day.isoformat()}, is in the future")
    rows = read_rows(download, DEPARTMENT, EXPECTED, [REGION, AUTHORITY, HUB, POSTCODE])
    spellings = Spellings(dict(zip(known.areas["area_name"], known.areas["area_code"], strict=True)), {})
    found = rows.assign(area_code=rows[AUTHORITY].map(spellings.find))
    london = found[found["area_code"].notna() | (found[REGION].str.casefold() == "london")]
    if london.empty:
        raise _refusal(download, "no hub of London is in it")
    strange = london.loc[london["area_code"].isna(), AUTHORITY]
    if len(strange):
        raise _refusal(download, f"the unknown London authority “{strange.iloc[0][:40]}” came")
    if (london[HUB] == "").any():
        raise _refusal(download, f"a hub of {london.loc[london[HUB] == '', AUTHORITY].iloc[0]} has no name")
    hubs = london.rename(columns={HUB: "name"}).assign(postcode=london[POSTCODE].map(_as_written))
    hubs = hubs[COLUMNS].drop_duplicates().sort_values(COLUMNS, ignore_index=True)
    others = known.say_others(hubs["area_code"], "is not in this list", "are not in this list")
    remarks = [f"{said[:-1]}, which is not to say that there is no family hub." for said in others]
    lost = hubs[~hubs["postcode"].map(lambda each: bool(_POSTCODE.fullmatch(as_entered(each))))]
    remarks += [f"Without a whole postcode: {'; '.join(lost['name'])}."] if len(lost) else []
    table = hubs.to_csv(index=False, lineterminator="\n").encode()
    return Parsed(published=day, tables={HUBS: table}, remarks=tuple(remarks))


def _as_written(cell: str) -> str:
    """A postcode with its space in its place; anything else as it came."""
    entered = as_entered(cell)
    return written(entered) if _POSTCODE.fullmatch(entered) else cell


def _refusal(download: Download, came: str) -> PublisherError:
    return PublisherError(DEPARTMENT, download.address, EXPECTED, came)


def compared(before: pd.DataFrame, came: pd.DataFrame) -> tuple[list[str], list[str]]:
    """Which hubs came and went since the list before, in sentences, and what looks like a part of a list."""
    keys = [
        {f"{row['name']} ({row['postcode'] or 'no postcode'})" for row in rows.to_dict("records")}
        for rows in (before, came)
    ]
    said = {"No longer in the list": keys[0] - keys[1], "New in the list": keys[1] - keys[0]}
    remarks = [f"{what}: {'; '.join(sorted(hubs))}." for what, hubs in said.items() if hubs]
    doubts = (
        [f"London has {len(came)} hubs in this list; the one before had {len(before)}."]
        if len(came) < (1 - SHRUNKEN) * len(before)
        else []
    )
    return remarks, doubts


PUBLISHER = Publisher(
    source_id=HUBS_SOURCE,
    title="Family hub sites",
    parser=1,
    fetch=fetch,
    parse=parse,
    what="the list of",
    file_hint="List_of_family_hub_sites.csv, from "
    "https://www.gov.uk/government/publications/list-of-family-hub-sites, with --date and its day",
)

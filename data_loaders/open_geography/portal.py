"""Asking the portal: the services of a year, and all pages of a query for London's districts."""

import json
import re
from urllib.parse import urlencode

from data_loaders.open_geography import files
from data_loaders.publisher import BOROUGH, Download, Known, PublisherError, Session

# Generalised to 20 m and clipped to the coast (BGC): Local_Authority_Districts_May_2026_Boundaries_UK_BGC,
# LAD_MAY_2025_UK_BGC_V2
BOUNDARIES = re.compile(
    r"(?:Local_Authority_Districts|LAD)_(?P<month>[A-Za-z]+)_(?P<year>20\d\d)(?:_Boundaries)?_UK_BGC(?:_V\d+)?",
    re.IGNORECASE,
)
# Neighbourhoods to boards to districts: LSOA21_SICBL26_ICB26_NHSER26_LAD26, with anything after it
LOOKUP = re.compile(r"LSOA\d\d_SICBL\d\d_ICB(?P<year>\d\d).*_LAD\d\d.*", re.IGNORECASE)
MOST_PAGES = 100


def fetch(session: Session, known: Known) -> list[Download]:
    """The boundaries and the lookup of the year asked for, else of the newest year. Raises PublisherError."""
    address = known.endpoints["ons_services"]
    listed = session.get(files.OFFICE, address, "a list of services")
    services = _objects(files.decoded(listed, "a list of services"), "services") if listed else []
    # the same name is listed once more for each other way to serve it, such as WFSServer
    names = [str(service.get("name")) for service in services if service.get("type") == "FeatureServer"]
    boundaries = _choose(names, BOUNDARIES, "boundaries of local authority districts", address, known.year)
    lookup = _choose(names, LOOKUP, "lookup to integrated care boards", address, known.year)
    return [
        _pages(session, known, boundaries[0], {"outSR": "4326"}),
        _pages(session, known, lookup[0], {"returnGeometry": "false", "returnDistinctValues": "true"}),
    ]


def _choose(names: list[str], pattern: re.Pattern, what: str, address: str, year: int | None) -> re.Match:
    """The newest service of a kind, of the year that was asked for if there is one."""
    found = [match for name in names if (match := pattern.fullmatch(name))]
    of_year = [match for match in found if year is None or _year(match) == year]
    if not of_year:
        years = ", ".join(map(str, sorted({_year(match) for match in found})))
        came = f"there are some of {years}" if years else "there is none in the list"
        raise PublisherError(files.OFFICE, address, f"{what} of {year or 'any year'}", came)
    return max(of_year, key=lambda match: (_year(match), _month(match), match[0]))


def _year(match: re.Match) -> int:
    return 2000 + int(match["year"][-2:])


def _month(match: re.Match) -> int:
    return files.MONTHS.get(str(match.groupdict().get("month", "")).lower(), 0)


def _pages(session: Session, known: Known, service: str, options: dict[str, str]) -> Download:
    """All pages of a query for London's districts, as one collection of features."""
    address = known.endpoints["ons_query"].format(service=service)
    about = _get(session, f"{address.removesuffix('/query')}?f=json", "a description of the service")
    named = [str(field.get("name")) for field in _objects(about, "fields")]
    wanted = [
        name for name in named if re.fullmatch(r"LAD\d\d(?:CD|NM)|ICB\d\d(?:CD|CDH|NM)", name, re.IGNORECASE)
    ]
    district = next((name for name in wanted if re.fullmatch(r"LAD\d\dCD", name, re.IGNORECASE)), None)
    if district is None:
        came = f"there are only {', '.join(named)[:200]}" if named else "it names no fields"
        raise PublisherError(files.OFFICE, address, "a field LADnnCD", came)
    query = {
        "where": f"{district} LIKE '{BOROUGH}%'",
        "outFields": ",".join(wanted),
        # without an order, a later page may repeat a row of an earlier one and leave out another
        "orderByFields": district,
        "f": "geojson",
    } | options
    features: list[dict] = []
    for _ in range(MOST_PAGES):
        asked = f"{address}?{urlencode(query | {'resultOffset': str(len(features))})}"
        answer = _get(session, asked, "features")
        page = answer.get("features")
        if not isinstance(page, list):
            raise PublisherError(files.OFFICE, asked, "features", "there are none in the answer")
        features += page
        if not _has_more(answer):
            content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
            return Download(content, address)
        if not page:
            raise PublisherError(files.OFFICE, asked, "more features", "an empty page came")
    raise PublisherError(files.OFFICE, address, f"at most {MOST_PAGES} pages", "there was no end to them")


def _has_more(answer: dict) -> bool:
    """Whether another page follows: ArcGIS says so at the top, or in GeoJSON under `properties`."""
    about = answer.get("properties")
    inside = about.get("exceededTransferLimit") if isinstance(about, dict) else None
    return bool(answer.get("exceededTransferLimit") or inside)


def _objects(said: dict, name: str) -> list[dict]:
    """The objects in a list of an answer; none where there is no such list."""
    listed = said.get(name)
    return [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []


def _get(session: Session, address: str, expected: str) -> dict:
    answer = session.get(files.OFFICE, address, expected)
    return files.decoded(answer, expected) if answer else {}

"""Boundaries of local authorities and their lookup to integrated care boards: ONS Open Geography.

Services are found in the list that the portal gives, by the patterns below, never by a name put together
here: the portal changes how it names them. Boundaries are asked for in longitude and latitude; both answers
come in pages. The footprints of earlier years stay: a lookup that differs from all of them becomes a vintage,
and one that contradicts the vintage of its own year is held back until somebody has looked.

Tested against one file of boundaries as it was served (May 2024, super generalised, London only); never
against the live service, which could not be reached. Not tested either: the list of services, the pages, and
the lookup, which were written to the documented interface.
"""

import calendar
import datetime as dt
import itertools
import json
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from data_loaders import projection
from data_loaders.publisher import (
    BOROUGH,
    Download,
    Known,
    Parsed,
    Publisher,
    PublisherError,
    Session,
    read_rows,
)

SOURCE_ID = "ons_geography"
OFFICE = "Office for National Statistics, Open Geography"
SOURCE = "boundaries_source.geojson"
EXPECTED = "boundaries of the 33 London authorities or their lookup to integrated care boards"

# Generalised to 20 m and clipped to the coast (BGC): Local_Authority_Districts_May_2026_Boundaries_UK_BGC,
# LAD_MAY_2025_UK_BGC_V2
BOUNDARIES = re.compile(
    r"(?:Local_Authority_Districts|LAD)_(?P<month>[A-Za-z]+)_(?P<year>20\d\d)(?:_Boundaries)?_UK_BGC(?:_V\d+)?",
    re.IGNORECASE,
)
# Neighbourhoods to boards to districts: LSOA21_SICBL26_ICB26_NHSER26_LAD26, with anything after it
LOOKUP = re.compile(r"LSOA\d\d_SICBL\d\d_ICB(?P<year>\d\d).*_LAD\d\d.*", re.IGNORECASE)
MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}

# London with a margin: west, south, east, north
BOX = (-0.6, 51.2, 0.4, 51.8)
MOST_PAGES = 100
BOARD = re.compile(r"E54\d{6}")
IN_METRES = (
    "its positions are eastings and northings, and it does not say of which reference system: download the "
    "boundaries as GeoJSON, which the portal gives in longitude and latitude (EPSG:4326)"
)
AREA_KINDS = ("Polygon", "MultiPolygon")
# the declared reference system of a record with a geometry
SYSTEM = "reference_system"
_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")

Attributes = list[dict[str, Any]]


def fetch(session: Session, known: Known) -> list[Download]:
    """The boundaries and the lookup of the year asked for, else of the newest year. Raises PublisherError."""
    address = known.endpoints["ons_services"]
    listed = session.get(OFFICE, address, "a list of services")
    services = _objects(_decode(listed, "a list of services"), "services") if listed else []
    # the same name is listed once more for each other way to serve it, such as WFSServer
    names = [str(service.get("name")) for service in services if service.get("type") == "FeatureServer"]
    boundaries = _choose(names, BOUNDARIES, "boundaries of local authority districts", address, known.year)
    lookup = _choose(names, LOOKUP, "lookup to integrated care boards", address, known.year)
    return [
        _pages(session, known, boundaries[0], {"outSR": "4326"}),
        _pages(session, known, lookup[0], {"returnGeometry": "false", "returnDistinctValues": "true"}),
    ]


def parse(downloads: Sequence[Download], known: Known) -> Parsed:
    """The boundaries to draw and the footprints, each a table; a new vintage where the lookup has one.

    Tables: SOURCE (GeoJSON of 33 areas with area_code), footprints.csv, vintages.csv. Raises PublisherError.
    """
    kinds: dict[str, tuple[Download, Attributes]] = {}
    for download in downloads:
        records = _records(download)
        kind = _kind(download, records)
        if kind in kinds:
            raise _refusal(download, f"two files came that hold {kind}, where one is needed")
        kinds[kind] = (download, records)
    if "boundaries" not in kinds:
        raise _refusal(downloads[0], "a lookup came alone: give the file of boundaries together with it")
    download, records = kinds["boundaries"]
    source = _areas(download, records, known)
    footprints, vintages = known.footprints, known.vintages
    remarks: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    if "a lookup" in kinds:
        footprints, vintages, remarks, doubts = _with_vintage(*kinds["a lookup"], known)
    return Parsed(
        published=download.published or _day_in_name(download.address, _column(records, r"LAD\d\dCD")),
        tables={
            SOURCE: source,
            "footprints.csv": footprints.to_csv(index=False, lineterminator="\n").encode(),
            "vintages.csv": vintages.to_csv(index=False, lineterminator="\n").encode(),
        },
        remarks=remarks,
        doubts=doubts,
    )


def _kind(download: Download, records: Attributes) -> str:
    """Which of the two files this is, by its columns and whether it has shapes."""
    has_shapes = any(record.get("geometry") for record in records)
    if has_shapes and _column(records, r"LAD\d\dCD"):
        return "boundaries"
    if not has_shapes and _column(records, r"ICB\d\dCD"):
        return "a lookup"
    raise _refusal(
        download, "there are no boundaries of districts (LADnnCD) in it, nor a lookup to boards (ICBnnCD)"
    )


def _choose(names: list[str], pattern: re.Pattern, what: str, address: str, year: int | None) -> re.Match:
    """The newest service of a kind, of the year that was asked for if there is one."""
    found = [match for name in names if (match := pattern.fullmatch(name))]
    of_year = [match for match in found if year is None or _year(match) == year]
    if not of_year:
        years = ", ".join(map(str, sorted({_year(match) for match in found})))
        came = f"there are some of {years}" if years else "there is none in the list"
        raise PublisherError(OFFICE, address, f"{what} of {year or 'any year'}", came)
    return max(of_year, key=lambda match: (_year(match), _month(match), match[0]))


def _year(match: re.Match) -> int:
    return 2000 + int(match["year"][-2:])


def _month(match: re.Match) -> int:
    return MONTHS.get(str(match.groupdict().get("month", "")).lower(), 0)


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
        raise PublisherError(OFFICE, address, "a field LADnnCD", came)
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
            raise PublisherError(OFFICE, asked, "features", "there are none in the answer")
        features += page
        if not _has_more(answer):
            content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
            return Download(content, address)
        if not page:
            raise PublisherError(OFFICE, asked, "more features", "an empty page came")
    raise PublisherError(OFFICE, address, f"at most {MOST_PAGES} pages", "there was no end to them")


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
    answer = session.get(OFFICE, address, expected)
    return _decode(answer, expected) if answer else {}


def _decode(download: Download, expected: str) -> dict:
    """JSON as an object. An error can come with status 200, in an object of that name."""
    try:
        said = json.loads(download.content)
    except (ValueError, RecursionError) as error:
        page = download.content.lstrip()[:1] == b"<"
        came = "a web page came" if page else "what came is not JSON, or breaks off"
        raise PublisherError(OFFICE, download.address, expected, came) from error
    if not isinstance(said, dict):
        raise PublisherError(OFFICE, download.address, expected, "another kind of JSON came")
    if "error" in said:
        error_ = said["error"]
        message = error_.get("message", "") if isinstance(error_, dict) else error_
        raise PublisherError(OFFICE, download.address, expected, f"an error came: {str(message)[:160]}")
    return said


def _records(download: Download) -> Attributes:
    """Rows with their columns, and `geometry` where there is one: from GeoJSON, Esri JSON or CSV."""
    if download.content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] not in (b"{", b"["):
        header = download.content.split(b"\n", 1)[0].decode("utf-8-sig", "replace")
        columns = re.findall(r"(?:LAD|ICB)\d\d(?:CDH|CD|NM)", header)
        return read_rows(download, OFFICE, EXPECTED, columns or ["LADnnCD", "ICBnnCD"]).to_dict("records")
    collection = _decode(download, EXPECTED)
    features, system = collection.get("features"), projection.declared(collection)
    if not isinstance(features, list) or not all(isinstance(feature, dict) for feature in features):
        raise _refusal(download, "there are no features in it")
    columns = [feature.get("properties") or feature.get("attributes") or {} for feature in features]
    if not all(isinstance(each, dict) for each in columns):
        raise _refusal(download, "there are features without columns in it")
    return [
        {**each, "geometry": feature.get("geometry"), SYSTEM: system}
        for each, feature in zip(columns, features, strict=True)
    ]


def _refusal(download: Download, came: str) -> PublisherError:
    return PublisherError(OFFICE, download.address, EXPECTED, came)


def _day_in_name(address: str, field: str) -> dt.date:
    """The first day of the month in the name of a service or file, else of the year in a field's name."""
    for named in re.finditer(r"(?:^|[/_])([a-z]+)_(20\d\d)(?=[_.]|$)", address.lower()):
        if named[1] in MONTHS:
            return dt.date(int(named[2]), MONTHS[named[1]], 1)
    return dt.date(2000 + int(field[3:5]), 1, 1)


def _column(records: Attributes, pattern: str) -> str:
    """The field whose name, year and all, has this pattern; empty when there is none."""
    names = records[0] if records else {}
    return next((name for name in names if re.fullmatch(pattern, name, re.IGNORECASE)), "")


def _areas(download: Download, records: Attributes, known: Known) -> bytes:
    """GeoJSON of the 33 authorities in order of their codes, each with area_code alone."""
    code = _column(records, r"LAD\d\dCD")
    inside = [record for record in records if str(record.get(code, "")).startswith(BOROUGH)]
    codes = [str(record[code]) for record in inside]
    _refuse_codes(download, codes, known)
    for record in inside:
        shape = record["geometry"]
        if not shape:
            raise _refusal(download, f"{record[code]} has no boundary")
        if not isinstance(shape, dict) or shape.get("type") not in AREA_KINDS:
            raise _refusal(download, f"{record[code]} has something else than an area in GeoJSON")
        if _is_in_metres(shape.get("coordinates")):
            shape = record["geometry"] = _from_metres(download, record)
        if not _in_box(shape.get("coordinates")):
            raise _refusal(download, f"{record[code]} lies outside London (is it in longitude and latitude?)")
    features = [
        {"type": "Feature", "properties": {"area_code": record[code]}, "geometry": record["geometry"]}
        for record in sorted(inside, key=lambda record: str(record[code]))
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def _refuse_codes(download: Download, codes: list[str], known: Known) -> None:
    """Refuse anything but each of the 33 authorities once."""
    strange = sorted(set(codes) - set(known.boroughs))
    lacking = sorted(set(known.boroughs) - set(codes))
    if strange:
        raise _refusal(download, f"the unknown authority {strange[0][:20]} came")
    if lacking:
        raise _refusal(download, f"{len(lacking)} of 33 authorities are missing, {lacking[0]} for one")
    if len(codes) > len(known.boroughs):
        twice = next(code for code in codes if codes.count(code) > 1)
        raise _refusal(download, f"{twice} came twice")


def _is_in_metres(coordinates: Any) -> bool:
    """Whether the first position is one of the British National Grid: no longitude is as large."""
    while isinstance(coordinates, list) and coordinates and isinstance(coordinates[0], list):
        coordinates = coordinates[0]
    first = coordinates[0] if isinstance(coordinates, list) and coordinates else None
    return isinstance(first, int | float) and abs(first) > 360


def _from_metres(download: Download, record: dict[str, Any]) -> dict[str, Any]:
    """The area of a record in longitude and latitude, by the reference system that its file declares."""
    if not record[SYSTEM]:
        raise _refusal(download, IN_METRES)
    try:
        return projection.in_longitude_latitude(record["geometry"], record[SYSTEM])
    except ValueError as error:
        raise _refusal(download, f"its reference system {record[SYSTEM]} cannot be read") from error


def _in_box(coordinates: Any, depth: int = 3) -> bool:
    """Whether every position of coordinates, nested at most `depth` deep, is in London."""
    if not isinstance(coordinates, list) or not coordinates:
        return False
    if isinstance(coordinates[0], list):
        return depth > 0 and all(_in_box(part, depth - 1) for part in coordinates)
    west, south, east, north = BOX
    numbers = all(isinstance(number, int | float) for number in coordinates[:2]) and len(coordinates) >= 2
    return numbers and west <= coordinates[0] <= east and south <= coordinates[1] <= north


def _with_vintage(
    download: Download, records: Attributes, known: Known
) -> tuple[pd.DataFrame, pd.DataFrame, tuple[str, ...], tuple[str, ...]]:
    """Footprints and vintages with the lookup's, what that changes in words, and whether that is doubtful."""
    lookup, year = _lookup(download, records, known)
    key = str(year)
    wanted = lookup.set_index("area_code")["icb_code"].sort_index()
    for vintage, members in reversed(list(known.footprints.groupby("vintage"))):
        if members.set_index("area_code")["icb_code"].sort_index().equals(wanted):
            said = f"The lookup of {year} agrees with the ICSs of {vintage}."
            return known.footprints, known.vintages, (said,), ()
    footprints = _name_systems(lookup, known.footprints).assign(vintage=key)
    moves = _moves(footprints, known, key)
    others = known.footprints[known.footprints["vintage"] != key]
    columns = list(known.footprints.columns)
    every = pd.concat([others, footprints[columns]], ignore_index=True)
    doubts: tuple[str, ...] = ()
    said = f"The lookup of {year} has other ICSs than any before: a new set of boundaries."
    if key in set(known.vintages["vintage"]):
        said = f"The lookup of {year} takes the place of the ICSs of {year} that were known."
        # links and pictures that name this vintage would show something else from then on
        doubts = (f"The lookup of {year} contradicts the ICSs of {year} that are in use: {moves[0]}",)
    return (
        every.sort_values("vintage", kind="stable", ignore_index=True),
        _vintages_with(key, footprints["ics_code"].nunique(), known.vintages),
        (said, *moves),
        doubts,
    )


def _vintages_with(key: str, count: int, vintages: pd.DataFrame) -> pd.DataFrame:
    """The table of vintages with one more, or with the row of that year written anew.

    The NHS changes its boards on the first of April, which closes the open end of the set before.
    """
    first_day = dict(zip(vintages["vintage"], vintages["first_day"], strict=True)).get(key, f"{key}-04-01")
    number = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    row = {
        "vintage": key,
        "first_day": first_day,
        "last_day": "",
        "name": f"{number} ICSs, since {dt.date.fromisoformat(first_day):%B %Y}",
        "ics_count": str(count),
    }
    others = vintages[vintages["vintage"] != key]
    day_before = (dt.date.fromisoformat(first_day) - dt.timedelta(days=1)).isoformat()
    ends = others["last_day"].mask((others["last_day"] == "") & (others["first_day"] < first_day), day_before)
    others = others.assign(last_day=ends)
    every = pd.concat([others, pd.DataFrame([row], columns=vintages.columns)], ignore_index=True)
    return every.sort_values("vintage", kind="stable", ignore_index=True)


def _moves(footprints: pd.DataFrame, known: Known, key: str) -> list[str]:
    """A sentence for each authority whose board is another than in the vintage in use at that time."""
    vintages = sorted(known.footprints["vintage"].unique())
    last = max((vintage for vintage in vintages if vintage <= key), default=vintages[0])
    before = known.footprints[known.footprints["vintage"] == last].set_index("area_code")
    after = footprints.set_index("area_code")
    names = known.areas.set_index("area_code")["area_name"]
    said = []
    for code in known.boroughs:
        old, new = before.loc[code], after.loc[code]
        if old["ics_name"] != new["ics_name"]:
            said.append(f"{names[code]}: from {old['ics_name']} to {new['ics_name']}.")
        elif old["icb_code"] != new["icb_code"]:
            said.append(f"{names[code]}: {old['ics_name']} has the code {new['icb_code']} now.")
    return said


def _lookup(download: Download, records: Attributes, known: Known) -> tuple[pd.DataFrame, int]:
    """One row an authority (area_code, icb_code, icb_ods, icb_name) and the year in the fields' names."""
    fields = {
        "area_code": _column(records, r"LAD\d\dCD"),
        "icb_code": _column(records, r"ICB\d\dCD"),
        "icb_ods": _column(records, r"ICB\d\dCDH"),
        "icb_name": _column(records, r"ICB\d\dNM"),
    }
    lacking = [name for name, field in fields.items() if not field]
    if lacking:
        raise _refusal(download, f"there is no column for {lacking[0]}")
    table = pd.DataFrame(
        {name: [str(record.get(field) or "") for record in records] for name, field in fields.items()}
    )
    table = table[table["area_code"].str.startswith(BOROUGH)].drop_duplicates()
    split = table.loc[table["area_code"].duplicated(), "area_code"]
    if len(split):
        raise _refusal(download, f"{split.iloc[0]} belongs to two boards")
    _refuse_codes(download, list(table["area_code"]), known)
    for row in table.to_dict("records"):
        if not BOARD.fullmatch(row["icb_code"]) or not row["icb_name"]:
            raise _refusal(download, f"{row['area_code']} belongs to no known kind of board")
    boards = table.drop_duplicates(["icb_code", "icb_ods", "icb_name"])
    twice = boards.loc[boards["icb_code"].duplicated(), "icb_code"]
    if len(twice):
        raise _refusal(download, f"the board {twice.iloc[0]} has two names")
    return table.sort_values("area_code", ignore_index=True), 2000 + int(fields["icb_code"][3:5])


def _name_systems(lookup: pd.DataFrame, footprints: pd.DataFrame) -> pd.DataFrame:
    """The lookup with ics_code and ics_name.

    Those of a board that is known stay; a board that only has a new code keeps the letters of its name. Any
    other goes by its initials, with a number where two would be the same.
    """
    known = footprints.drop_duplicates("icb_code", keep="last").set_index("icb_code")
    letters = dict(zip(footprints["ics_name"], footprints["ics_code"], strict=True))
    systems: dict[str, tuple[str, str]] = {}
    titles = dict(zip(lookup["icb_code"], lookup["icb_name"], strict=True))
    # those that are known come first, so that nobody takes their letters
    for board, title in sorted(titles.items(), key=lambda pair: pair[0] not in known.index):
        name = known.at[board, "ics_name"] if board in known.index else _plain_name(title)
        initials = letters.get(name) or "".join(word[0] for word in name.split() if word[0].isupper())
        taken = {code for code, _ in systems.values()}
        choices = (f"{initials}{number}" if number > 1 else initials for number in itertools.count(1))
        systems[board] = (next(code for code in choices if code not in taken), name)
    codes, names = zip(*lookup["icb_code"].map(systems), strict=True)
    return lookup.assign(ics_code=codes, ics_name=names)


def _plain_name(board: str) -> str:
    return re.sub(r"^NHS | Integrated Care Board$", "", board)


PUBLISHER = Publisher(
    source_id=SOURCE_ID,
    title="Boundaries and ICS footprints",
    parser=1,
    fetch=fetch,
    parse=parse,
    together=True,
    file_hint="GeoJSON of Local Authority Districts (BGC), and beside it, if you like, the lookup to "
    "Integrated Care Boards, from https://geoportal.statistics.gov.uk/",
)

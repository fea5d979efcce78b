"""What came, as rows with their columns, and the words in which it is refused."""

import calendar
import datetime as dt
import json
import re
from typing import Any

from data_loaders import projection
from data_loaders.delimited import read_rows
from data_loaders.publisher import Download, Known, PublisherError

OFFICE = "Office for National Statistics, Open Geography"
EXPECTED = "boundaries of the 33 London authorities or their lookup to integrated care boards"
MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
# the declared reference system of a record with a geometry
SYSTEM = "reference_system"
Attributes = list[dict[str, Any]]


def read(download: Download) -> Attributes:
    """Rows with their columns, and `geometry` where there is one: from GeoJSON, Esri JSON or CSV."""
    if download.content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] not in (b"{", b"["):
        header = download.content.split(b"\n", 1)[0].decode("utf-8-sig", "replace")
        columns = re.findall(r"(?:LAD|ICB)\d\d(?:CDH|CD|NM)", header)
        return read_rows(download, OFFICE, EXPECTED, columns or ["LADnnCD", "ICBnnCD"]).to_dict("records")
    collection = decoded(download, EXPECTED)
    features, system = collection.get("features"), projection.declared(collection)
    if not isinstance(features, list) or not all(isinstance(feature, dict) for feature in features):
        raise refusal(download, "there are no features in it")
    columns = [feature.get("properties") or feature.get("attributes") or {} for feature in features]
    if not all(isinstance(each, dict) for each in columns):
        raise refusal(download, "there are features without columns in it")
    return [
        {**each, "geometry": feature.get("geometry"), SYSTEM: system}
        for each, feature in zip(columns, features, strict=True)
    ]


def kind(download: Download, records: Attributes) -> str:
    """Which of the two files this is, by its columns and whether it has shapes."""
    has_shapes = any(record.get("geometry") for record in records)
    if has_shapes and field(records, r"LAD\d\dCD"):
        return "boundaries"
    if not has_shapes and field(records, r"ICB\d\dCD"):
        return "a lookup"
    raise refusal(
        download, "there are no boundaries of districts (LADnnCD) in it, nor a lookup to boards (ICBnnCD)"
    )


def field(records: Attributes, pattern: str) -> str:
    """The field whose name, year and all, has this pattern; empty when there is none."""
    names = records[0] if records else {}
    return next((name for name in names if re.fullmatch(pattern, name, re.IGNORECASE)), "")


def decoded(download: Download, expected: str) -> dict:
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


def refusal(download: Download, came: str) -> PublisherError:
    """What to raise of a file: what came in place of what was expected."""
    return PublisherError(OFFICE, download.address, EXPECTED, came)


def refuse_codes(download: Download, codes: list[str], known: Known) -> None:
    """Refuse anything but each of the 33 authorities once."""
    strange = sorted(set(codes) - set(known.boroughs))
    lacking = sorted(set(known.boroughs) - set(codes))
    if strange:
        raise refusal(download, f"the unknown authority {strange[0][:20]} came")
    if lacking:
        raise refusal(download, f"{len(lacking)} of 33 authorities are missing, {lacking[0]} for one")
    if len(codes) > len(known.boroughs):
        twice = next(code for code in codes if codes.count(code) > 1)
        raise refusal(download, f"{twice} came twice")


def day_in_name(address: str, field: str) -> dt.date:
    """The first day of the month in the name of a service or file, else of the year in a field's name."""
    for named in re.finditer(r"(?:^|[/_])([a-z]+)_(20\d\d)(?=[_.]|$)", address.lower()):
        if named[1] in MONTHS:
            return dt.date(int(named[2]), MONTHS[named[1]], 1)
    return dt.date(2000 + int(field[3:5]), 1, 1)

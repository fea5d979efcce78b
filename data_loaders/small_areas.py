"""Children aged 0 to 4 in each small area (LSOA of 2021) in the middle of a year, newer than the census.

`fetch` asks Nomis for the newest year, in one request: 4,994 small areas of London and five ages are 24,970
rows, of the 25,000 that it gives to a guest at once. `import` takes such a table, or the workbook of the
Office for National Statistics by single year of age, of 83 MB, of which only London's rows of one sheet are
read. The workbook of accredited estimates has broad ages alone, the youngest 0 to 15, and is refused.

Written to what others' code says of both (the dataset, the sheets and their columns); never tested against
the live service nor on the workbook as it is served, which could not be reached.
"""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pandas as pd

from data_loaders.children import (
    CENSUS_DAY,
    SMALL_AREAS,
    SOURCE,
    TABLE,
    load_children,
    load_counts,
    of_mid_year,
)
from data_loaders.damaged import RAISED
from data_loaders.delimited import read_rows
from data_loaders.library import Library
from data_loaders.observations import load_observations
from data_loaders.publisher import Download, Known, Parsed, Publisher, PublisherError, Session
from data_loaders.store import read_text_table

OFFICE = "Office for National Statistics"
EXPECTED = "children by single year of age in each small area of London (LSOA of 2021)"
NAMES = ["DATE_NAME", "GEOGRAPHY_CODE", "C_AGE_NAME", "OBS_VALUE"]
AGES = 5
CODE = "LSOA 2021 Code"
# girls and boys by their age
COLUMNS = [f"{sex}{age}" for sex in "FM" for age in range(AGES)]
BROAD = "F0-15"
# the header is in row 4; further down begins the table
SEARCHED_ROWS = 30
# a sheet of the workbook unfolds to some 225 MB
UNFOLDED, MOST_TEXT = 500_000_000, 50_000_000
# authorities have moved by 10% at most since the census, and their small areas add up to them
MOVED, APART = 0.25, 0.05
_WORKBOOK = b"PK\x03\x04"
_SHEET = re.compile(r"Mid-(20\d\d) LSOA 2021")
_WHOLE = re.compile(r"\d+(\.0+)?")
_LETTERS = re.compile(r"[A-Z]+")
_IN_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def fetch(session: Session, known: Known) -> list[Download]:
    """The newest year, from Nomis. Raises PublisherError."""
    answer = session.get(OFFICE, known.endpoints["nomis_small_areas"], EXPECTED)
    return [answer] if answer else []


def parse(downloads: Sequence[Download], known: Known) -> Parsed:
    """The children of the newest year that came: TABLE, with small_area and children_0_4.

    Raises PublisherError for a file in which one of them is missing, has two figures or none that is a number
    of children, and for a year that is to come or no newer than the census.
    """
    (download,) = downloads
    is_workbook = download.content.startswith(_WORKBOOK)
    year, children = (_of_workbook if is_workbook else _of_table)(download, known)
    day = dt.date(year, 6, 30)
    if day > known.today:
        raise _refusal(download, f"the year {year} came, whose middle is in the future")
    if day <= CENSUS_DAY:
        raise _refusal(download, f"mid-{year} is the newest year in it, which is before the census in use")
    names = known.small_areas.set_index("small_area")["name"]
    lacking = [code for code in names.index if code not in children]
    if lacking:
        are = "is" if len(lacking) == 1 else "are"
        said = f"{len(lacking):,} of London's {len(names):,} small areas {are} not in it for mid-{year}"
        raise _refusal(download, f"{said}, the first of them {lacking[0]} ({names[lacking[0]]})")
    table = pd.Series(children, name="children_0_4").rename_axis("small_area").sort_index().reset_index()
    return Parsed(published=day, tables={TABLE: table.to_csv(index=False, lineterminator="\n").encode()})


def _refusal(download: Download, came: str) -> PublisherError:
    return PublisherError(OFFICE, download.address, EXPECTED, came)


def _number(cell: str, where: str, download: Download) -> int:
    if not _WHOLE.fullmatch(cell):
        raise _refusal(download, f"“{cell[:40]}” came for {where}, which is not a number of children")
    return int(cell.partition(".")[0])


def _of_table(download: Download, known: Known) -> tuple[int, dict[str, int]]:
    """The newest year of a table of Nomis, and the children of each small area that has all five ages."""
    table = read_rows(download, OFFICE, EXPECTED, NAMES)
    london = set(known.small_areas["small_area"])
    table = table[table["GEOGRAPHY_CODE"].isin(london)].drop_duplicates()
    if table.empty:
        raise _refusal(download, "none of London's small areas is in it")
    years = table["DATE_NAME"].str.extract(r"^(?:mid-)?((?:19|20)\d\d)$")[0]
    if years.isna().any():
        raise _refusal(
            download, f"“{table.loc[years.isna(), 'DATE_NAME'].iloc[0][:40]}” came, which is not a year"
        )
    year = int(years.max())
    table = table[years.astype(int) == year]
    ages = table["C_AGE_NAME"].str.extract(r"^(?:Age |Aged )?([0-4])(?: years?)?$", flags=re.IGNORECASE)[0]
    if ages.isna().any():
        strange = table.loc[ages.isna(), "C_AGE_NAME"].iloc[0][:40]
        raise _refusal(download, f"“{strange}” came, which is not a single year of age from 0 to 4")
    codes = table["GEOGRAPHY_CODE"]
    twice = pd.DataFrame({"code": codes, "age": ages}).duplicated()
    if twice.any():
        raise _refusal(download, f"{codes[twice].iloc[0]} came with two figures for one age of mid-{year}")
    cells = zip(table["OBS_VALUE"], codes, ages, strict=True)
    people = [_number(cell, f"age {age} of {code}", download) for cell, code, age in cells]
    groups = pd.Series(people, index=codes, dtype=int).groupby(level=0)
    return year, {str(code): int(total) for code, total in groups.sum()[groups.size() == AGES].items()}


def _of_workbook(download: Download, known: Known) -> tuple[int, dict[str, int]]:
    """The newest year of the workbook by single year of age, and the children of London's small areas."""
    try:
        with zipfile.ZipFile(io.BytesIO(download.content)) as archive:
            return _of_archive(archive, download, set(known.small_areas["small_area"]))
    except RAISED as error:
        raise _refusal(download, "a damaged workbook came") from error


def _of_archive(archive: zipfile.ZipFile, download: Download, london: set[str]) -> tuple[int, dict[str, int]]:
    # here, because only those who import a workbook should wait for it
    import openpyxl

    sizes = {info.filename: info.file_size for info in archive.infolist()}
    sheets_of_text = {name: size for name, size in sizes.items() if not name.startswith("xl/worksheets/")}
    if sum(sheets_of_text.values()) > MOST_TEXT or max(sizes.values(), default=0) > UNFOLDED:
        raise _refusal(download, "a workbook came that unfolds to far more than these estimates do")
    book = openpyxl.load_workbook(archive.fp, read_only=True, keep_links=False, data_only=True)
    years = {
        int(found[1]): book[name] for name in book.sheetnames if (found := _SHEET.fullmatch(name.strip()))
    }
    if not years:
        names = ", ".join(f"“{name[:40]}”" for name in book.sheetnames[:10])
        raise _refusal(download, f"none of its sheets is called such as “Mid-2024 LSOA 2021”: {names}")
    year = max(years)
    sheet = years[year]
    # openpyxl takes half a minute for the seven million cells of a sheet, so only its parts are taken from it
    with archive.open(sheet._worksheet_path) as part:
        return year, _of_rows(_rows(part), sheet._shared_strings, download, london)


def _rows(part: Any) -> Iterator[Any]:
    """The rows of a sheet one by one, each forgotten before the next."""
    from lxml import etree

    tag = f"{_IN_SHEET}row"
    try:
        for _, row in etree.iterparse(part, tag=tag, resolve_entities=False, no_network=True, load_dtd=False):
            yield row
            row.clear()
            while row.getprevious() is not None:
                del row.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise zipfile.BadZipFile from error


def _of_rows(
    rows: Iterator[Any], texts: Sequence[str], download: Download, london: set[str]
) -> dict[str, int]:
    """The children of each of London's small areas, from the rows of a sheet."""
    columns = _columns(rows, texts, download)
    found: dict[str, int] = {}
    for row in rows:
        cells = _Cells(row, texts)
        code = cells.at(columns[CODE])
        if code not in london:
            continue
        if code in found:
            raise _refusal(download, f"{code} came twice")
        by_letters = cells.all()
        found[code] = sum(
            _number(by_letters.get(columns[name], ""), f"{name} of {code}", download) for name in COLUMNS
        )
    return found


def _columns(rows: Iterator[Any], texts: Sequence[str], download: Download) -> dict[str, str]:
    """The letters of the columns by their names, from the row that has them."""
    for _, row in zip(range(SEARCHED_ROWS), rows, strict=False):
        letters = {" ".join(name.split()): place for place, name in _Cells(row, texts).all().items()}
        if CODE not in letters:
            continue
        lacking = [name for name in COLUMNS if name not in letters]
        if BROAD in letters:
            raise _refusal(
                download,
                "its ages are broad groups, the youngest 0 to 15, which do not tell children aged 0 to 4: "
                "take the workbook by single year of age",
            )
        if lacking:
            raise _refusal(download, f"there is no column “{lacking[0]}” beside “{CODE}”")
        return letters
    raise _refusal(download, f"there is no column “{CODE}” in the first {SEARCHED_ROWS} rows of its sheet")


class _Cells:
    """The cells of one row as text."""

    def __init__(self, row: Any, texts: Sequence[str]) -> None:
        self.row, self.texts = row, texts

    def at(self, letters: str) -> str:
        """The cell of one column, empty where there is none; quick where cells are in their places."""
        for cell in self.row:
            if _letters(cell) == letters:
                return self._text(cell)
        return ""

    def all(self) -> dict[str, str]:
        """The cells by the letters of their columns."""
        return {_letters(cell): self._text(cell) for cell in self.row}

    def _text(self, cell: Any) -> str:
        kind = cell.get("t")
        if kind == "inlineStr":
            return "".join(cell.itertext()).strip()
        value = (cell.findtext(f"{_IN_SHEET}v") or "").strip()
        return self.texts[int(value)].strip() if kind == "s" and value else value


def _letters(cell: Any) -> str:
    found = _LETTERS.match(cell.get("r", ""))
    return found[0] if found else ""


def compared(parsed: Parsed, library: Library) -> tuple[list[str], list[str]]:
    """How what came differs from the children in use, in sentences, and what looks like other figures."""
    areas = read_text_table(SMALL_AREAS, library.entries)
    names = read_text_table("areas.csv", library.entries).set_index("area_code")
    of_borough = areas.set_index("small_area")["area_code"]
    table = pd.read_csv(io.BytesIO(parsed.tables[TABLE]), index_col="small_area")["children_0_4"]
    before, came = (counts.groupby(of_borough).sum() for counts in (load_counts(library.entries), table))
    used, year = load_children(library.entries), of_mid_year(parsed.published.year)
    large = came.index[names.loc[came.index, "small"] != "true"]
    moved = (came / before - 1)[large]
    say = _saying(names["area_name"])
    remarks = [
        f"London has {came.sum():,} children aged 0 to 4 {year.when} in these estimates, and "
        f"{before.sum():,} {used.when}. By authority that is from {say(moved, moved.idxmin())} to "
        f"{say(moved, moved.idxmax())}. All figures of access stand on the children in use, at every date."
    ]
    doubts = [
        f"{names.at[code, 'area_name']} has {came[code]:,} children in these estimates; {used.when} it had "
        f"{before[code]:,}."
        for code in large[moved.abs() > MOVED]
    ]
    if year.day < used.day:
        doubts.append(f"These estimates are of {year.noun}; those in use are of {used.noun}.")
    published = _published(library, year.noun).reindex(large)
    apart = (came[large] / published - 1).dropna()
    if len(apart):
        furthest = apart.abs().idxmax()
        said = (
            f"From the {len(apart)} authorities' own estimates of {year.noun}, the sums of their small areas "
            f"differ by {say(apart, furthest)} at most."
        )
        (doubts if abs(apart[furthest]) > APART else remarks).append(said)
    return remarks, doubts


def _saying(names: pd.Series) -> Callable[[pd.Series, str], str]:
    return lambda shares, code: f"{shares[code]:+.1%} ({names[code]})".replace("-", "−")


def _published(library: Library, period: str) -> pd.Series:
    """Children aged 0 to 4 of each authority in a middle of a year, as far as its own estimates are held."""
    rows = load_observations(library.entries)
    rows = rows[(rows["indicator_id"] == "population_0_4") & (rows["period"] == period)]
    return rows.set_index("area_code")["value"]


PUBLISHER = Publisher(
    source_id=SOURCE,
    title="Children of small areas",
    parser=1,
    fetch=fetch,
    parse=parse,
    what="the estimates of",
    file_hint="the workbook by single year of age from “Lower layer Super Output Area population estimates” "
    "on https://www.ons.gov.uk/, such as sapelsoasyoa20222024.xlsx; or a CSV file of Nomis with the columns "
    "DATE_NAME, GEOGRAPHY_CODE, C_AGE_NAME and OBS_VALUE",
)

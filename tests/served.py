"""What publishers serve, made up for tests to their documented columns, and a server that does it here.

All figures here are invented. Real responses are recorded() ones: see tests/recorded/README.md.
"""

import csv
import datetime as dt
import functools
import gzip
import io
import json
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from pytest_httpserver import HTTPServer

from data_loaders import store
from data_loaders.http import HttpSession, Limits
from data_loaders.refresh import Order
from geo.boundaries.draw import redraw
from tests.builders import ROOT, read_csv

_UNPACKED = tempfile.TemporaryDirectory(prefix="recorded-")

TODAY = dt.date(2026, 11, 23)
# the register of the day before: the file of TODAY is not there yet
REGISTER_DAY = dt.date(2026, 11, 22)
MANAGER = "Nobody-At-All"

AREAS = [row for row in read_csv(store.SNAPSHOT / "areas.csv") if row["area_type"] == "borough"]
CODES = [row["area_code"] for row in AREAS]
CITY, BARNET, CAMDEN, ENFIELD, HACKNEY = "E09000001", "E09000003", "E09000007", "E09000010", "E09000012"
LONDON, ENGLAND = "E12000007", "E92000001"

Rows = list[dict[str, str]]
Change = Callable[[Rows], Rows]

# short, so that no test waits: what is tested is whether it waits and gives up, not for how long
QUICK = Limits(connect=1, read=0.4, whole=5, tries=3, first_wait=0.01, longest_wait=2, size=2_000_000)


def as_csv(rows: Sequence[dict[str, str]], encoding: str = "utf-8", newline: str = "\r\n") -> bytes:
    """Rows as a CSV file with a header."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), lineterminator=newline)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


@functools.cache
def embedded(source_id: str, indicator_id: str, period: str) -> dict[str, int]:
    """Embedded counts by authority: what is made up must not look like a collapse of what is there."""
    rows = read_csv(store.SNAPSHOT / "observations" / f"{source_id}.csv")
    return {
        row["area_code"]: int(row["value"])
        for row in rows
        if (row["indicator_id"], row["period"]) == (indicator_id, period)
    }


def register_rows() -> Rows:
    """A register with as many entries in each borough as are embedded, all invented, and two elsewhere."""
    kinds = {"47": "designated_centres", "48": "linked_sites"}
    counts = {kind: embedded("dfe_register", name, "2026-08-19") for kind, name in kinds.items()}
    entries = [(a["dfe_code"], k) for a in AREAS for k in kinds for _ in range(counts[k][a["area_code"]])]
    rows = [register_row(str(20_000 + number), la, kind) for number, (la, kind) in enumerate(entries)]
    elsewhere = register_row("29998", "873", "47", "East of England")
    return [*rows, elsewhere, register_row("29999", "936", "48", "South East")]


def register_row(urn: str, la: str, kind: str, region: str = "London") -> dict[str, str]:
    """One entry, with the columns of 2026."""
    return {
        "URN": urn,
        "LA (code)": la,
        "LA (name)": "",
        "EstablishmentName": f"Centre {urn}",
        "TypeOfEstablishment (code)": kind,
        "TypeOfEstablishment (name)": "Children's centre",
        "EstablishmentStatus (code)": "1",
        "EstablishmentStatus (name)": "Open",
        "OpenDate": "01-01-1900" if urn.endswith("1") else "17-03-2008",
        "LastChangedDate": "25-06-2025",
        "Street": "",
        "Postcode": "N1 1AA",
        "TelephoneNum": "01632 960000",
        "HeadFirstName": MANAGER,
        "HeadLastName": MANAGER,
        "GOR (name)": region,
    }


def hub_rows() -> Rows:
    """A part of the list of family hubs of February 2026, two authorities of it outside London."""
    return read_csv(recorded("family_hubs/part_of_the_list_of_february_2026.csv"), "utf-8-sig")


REVIEWS = {
    "new_birth_visit_14_days": "Proportion of New Birth Visits (NBVs) completed within 14 days",
    "review_6_8_weeks": "Proportion of infants receiving a 6 to 8 week review",
    "review_12_months_by_12": "Proportion of children receiving a 12-month review by the age of 12 months",
    "review_12_months_by_15": "Proportion of children who received a 12 month review by 15 months",
    "review_2_to_2_5_years": "Proportion of children who received a 2 to 2½ year review",
    "asq3_at_2_to_2_5_years": "Proportion of children aged 2 to 2½yrs receiving ASQ-3 as part of the review",
}
OTHERS = ["Teenage mothers", "Children at or above expected level of development at 2 to 2½ years (ASQ-3)"]


def metadata_rows() -> Rows:
    """The indicators of the profile: the reviews and two others."""
    names = [*OTHERS, *REVIEWS.values()]
    return [
        {"Indicator ID": str(90_000 + n), "Indicator": name, "Definition": "…"}
        for n, name in enumerate(names)
    ]


def review_rows(periods: Sequence[str] = ("2023/24", "2024/25", "2025/26 Q1")) -> Rows:
    """Each review, period and area: of 1,000 eligible, 800 seen and one more a borough, 700 in the quarter.

    The City of London has no row, Enfield no value but a note, Barnet a note beside its value.
    """
    return [
        review_row(number, name, period, code)
        for number, name in enumerate(REVIEWS.values())
        for period in periods
        for code in [*CODES, LONDON, ENGLAND, "E06000001"]
        if code != CITY
    ]


def review_row(number: int, name: str, period: str, code: str) -> dict[str, str]:
    """One figure, with all the columns that Fingertips documents."""
    seen = (700 if "Q" in period else 800) + (CODES.index(code) if code in CODES else 0)
    has_value = code != ENFIELD
    return {
        "Indicator ID": str(90_002 + number),
        "Indicator Name": name,
        "Parent Code": "",
        "Parent Name": "",
        "Area Code": code,
        "Area Name": "",
        "Area Type": "",
        "Sex": "Persons",
        "Age": "",
        "Category Type": "",
        "Category": "",
        "Time period": period,
        "Value": f"{seen / 10:.4f}" if has_value else "",
        "Lower CI 95.0 limit": f"{seen / 10 - 2.5:.4f}" if has_value else "",
        "Upper CI 95.0 limit": f"{seen / 10 + 2.4:.4f}" if has_value else "",
        "Lower CI 99.8 limit": "",
        "Upper CI 99.8 limit": "",
        "Count": str(seen) if has_value else "",
        "Denominator": "1000" if has_value else "",
        "Value note": {ENFIELD: "Value not published", BARNET: "Concern about data quality"}.get(code, ""),
        "Recent Trend": "",
        "Compared to England value or percentiles": "",
        "Compared to Region value or percentiles": "",
        "Time period Sortable": "",
        "New data": "",
        "Compared to goal": "",
        "Time period range": "",
    }


def population_rows(years: Iterable[int] = (2016, 2019, 2024, 2025)) -> Rows:
    """Single years of age that add up to the embedded population, the same in every year."""
    children = embedded("ons_population_mid2024", "population_0_4", "mid-2024")
    return [
        {
            "DATE_NAME": str(year),
            "GEOGRAPHY_CODE": code,
            "GEOGRAPHY_NAME": "",
            "C_AGE_NAME": f"Age {age}",
            "OBS_VALUE": str(children[code] // 5 + (children[code] % 5 if age == 0 else 0)),
        }
        for year in years
        for code in CODES
        for age in range(5)
    ]


SMALL_AREAS = read_csv(store.SNAPSHOT / "small_areas.csv")


@functools.cache
def small_area_children() -> dict[str, int]:
    """Made-up children of each small area: those of the census, moved as far as their authority's have."""
    then = dict.fromkeys(CODES, 0)
    for area in SMALL_AREAS:
        then[area["area_code"]] += int(area["children_0_4"])
    now = embedded("ons_population_mid2024", "population_0_4", "mid-2024")
    return {
        area["small_area"]: int(area["children_0_4"]) * now[area["area_code"]] // then[area["area_code"]]
        for area in SMALL_AREAS
    }


def small_area_rows(year: int = 2024, areas: int | None = None) -> Rows:
    """What Nomis gives for small areas, all or the first: each with its children at five ages."""
    return [
        {
            "DATE_NAME": str(year),
            "GEOGRAPHY_CODE": code,
            "C_AGE_NAME": f"Age {age}",
            "OBS_VALUE": str(children // 9 if age < 4 else children - 4 * (children // 9)),
        }
        for code, children in list(small_area_children().items())[:areas]
        for age in range(5)
    ]


@functools.cache
def _as_they_should_be() -> tuple[bytes, bytes, bytes, bytes]:
    """The register, the reviews, the population and that of small areas, written once."""
    rows = (register_rows(), review_rows(), population_rows(), small_area_rows())
    register, reviews, population, small_areas = map(as_csv, rows)
    return register, reviews, population, small_areas


SERVICES = {
    "services": [
        {"name": name, "type": "FeatureServer", "url": "…"}
        for name in (
            "LAD_MAY_2025_UK_BGC_V2",
            "Local_Authority_Districts_May_2026_Boundaries_UK_BGC",
            "Local_Authority_Districts_May_2026_Boundaries_UK_BSC",
            "LSOA21_SICBL24_ICB24_NHSER24_LAD24_EN_LU",
            "LSOA21_SICBL26_ICB26_NHSER26_LAD26",
        )
    ]
}


def boundary_features(year: int = 26) -> list[dict]:
    """The embedded boundaries, with the fields that the Office for National Statistics gives them."""
    drawn = json.loads((store.SNAPSHOT / "boroughs_detailed.geojson").read_bytes())["features"]
    return [
        {
            "type": "Feature",
            "properties": {f"LAD{year}CD": feature["properties"]["area_code"], f"LAD{year}NM": ""},
            "geometry": feature["geometry"],
        }
        for feature in drawn
    ]


def lookup_features(merged: dict[str, tuple[str, str]] | None = None, year: int = 26) -> list[dict]:
    """The lookup of 2026, or with the boards of some codes `merged` into another (code, name)."""
    features = []
    for row in read_csv(store.SNAPSHOT / "footprints.csv"):
        if row["vintage"] == "2026":
            code, name = (merged or {}).get(row["icb_code"], (row["icb_code"], row["icb_name"]))
            board = {f"ICB{year}CD": code, f"ICB{year}CDH": "QXX", f"ICB{year}NM": name}
            features.append(
                {
                    "type": "Feature",
                    "properties": {f"LAD{year}CD": row["area_code"], **board},
                    "geometry": None,
                }
            )
    return features


class Publishers:
    """All publishers on one loopback server, and an order to refresh from them into a folder."""

    def __init__(self, server: HTTPServer, folder: Path) -> None:
        self.server, self.live = server, folder / "live"
        server.no_handler_status_code = 404
        self.endpoints = folder / "endpoints.csv"
        self.endpoints.write_text(
            "endpoint,address\n"
            + "".join(f"{name},{server.url_for(path)}\n" for name, path in self.PATHS.items()),
            encoding="utf-8",
        )

    PATHS = {  # noqa: RUF012
        "dfe_register": "/register/edubaseallchildrencentre{day:%Y%m%d}.csv",
        "ohid_metadata": "/fingertips/metadata",
        "ohid_data": "/fingertips/data?ids={ids}",
        "nomis_population": "/nomis/data?areas={areas}",
        "nomis_small_areas": "/nomis/small_areas",
        "ons_services": "/ons/services",
        "ons_query": "/ons/{service}/query",
        "dfe_family_hubs": "/hubs/list-of-family-hub-sites",
    }
    REGISTER = f"/register/edubaseallchildrencentre{REGISTER_DAY:%Y%m%d}.csv"
    REVIEWS = "/fingertips/data"
    POPULATION = "/nomis/data"
    SMALL_AREAS = "/nomis/small_areas"
    HUBS = "/media/6980dbf0/List_of_family_hub_sites.csv"

    def serve_all(self) -> None:
        """Serve every source as it should be."""
        register, reviews, population, small_areas = _as_they_should_be()
        self.serve_register(register)
        self.serve_reviews(reviews)
        self.serve_population(population)
        self.serve_small_areas(small_areas)
        self.serve_geography(boundary_features(), lookup_features())
        self.serve_hubs(as_csv(hub_rows(), "utf-8-sig"))

    def serve_register(self, content: bytes, day: dt.date = REGISTER_DAY) -> None:
        """The register of one day; any other day is missing."""
        path = f"/register/edubaseallchildrencentre{day:%Y%m%d}.csv"
        self.server.expect_request(path).respond_with_data(content, headers={"ETag": '"abc"'})

    def serve_reviews(self, content: bytes) -> None:
        """The health visitor reviews, and the list that leads to them."""
        self.server.expect_request("/fingertips/metadata").respond_with_data(as_csv(metadata_rows()))
        self.server.expect_request(self.REVIEWS).respond_with_data(content)

    def serve_population(self, content: bytes) -> None:
        """The population by single year of age."""
        self.server.expect_request(self.POPULATION).respond_with_data(content)

    def serve_small_areas(self, content: bytes | None = None) -> None:
        """The children of small areas by single year of age."""
        served = _as_they_should_be()[3] if content is None else content
        self.server.expect_request(self.SMALL_AREAS).respond_with_data(served)

    def serve_hubs(self, content: bytes, updated: str = "2026-02-02") -> None:
        """The page that leads to the list of family hubs, and the list."""
        page = (
            f'<meta name="govuk:public-updated-at" content="{updated}T10:00:00+00:00">'
            f'<a href="{self.HUBS}">List of family hub sites</a> <a href="/media/other.csv">Another</a>'
        )
        path = self.PATHS["dfe_family_hubs"]
        self.server.expect_request(path).respond_with_data(page, content_type="text/html")
        self.server.expect_request(self.HUBS).respond_with_data(content)

    def serve_geography(self, boundaries: list[dict], lookup: list[dict]) -> None:
        """The list of services, and each service in one page."""
        self._serve_json("/ons/services", SERVICES)
        for name, features in (
            ("Local_Authority_Districts_May_2026_Boundaries_UK_BGC", boundaries),
            ("LSOA21_SICBL26_ICB26_NHSER26_LAD26", lookup),
        ):
            fields = [{"name": name} for name in features[0]["properties"]]
            self._serve_json(f"/ons/{name}", {"fields": fields})
            self._serve_json(f"/ons/{name}/query", {"type": "FeatureCollection", "features": features})

    def _serve_json(self, path: str, content: dict) -> None:
        # the server's own way indents, letter by letter in Python, and boundaries are long
        response = json.dumps(content)
        self.server.expect_request(path).respond_with_data(response, content_type="application/json")

    def order(self, accept: bool = False, dry_run: bool = False, year: int | None = None) -> Order:
        """What to do with what is served."""
        return Order(self.live, TODAY, redraw, accept=accept, dry_run=dry_run, year=year)

    def session(self) -> HttpSession:
        """A session that does not wait long."""
        return HttpSession(QUICK)


def recorded(name: str) -> Path:
    """A publisher's file as it was served, such as `gias/….csv`, unpacked; it is kept in tests/recorded."""
    path = Path(_UNPACKED.name) / name
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(gzip.decompress((ROOT / "tests" / "recorded" / f"{name}.gz").read_bytes()))
    return path

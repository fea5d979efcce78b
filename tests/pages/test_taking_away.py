"""What pages offer to take away, and the files themselves: fetched by the addresses that stand on the page.

How a browser comes to the files, what it calls them and what is said meanwhile is tried in one.
"""

import csv
import io
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from lxml import html
from PIL import Image
from streamlit.testing.v1 import AppTest

from pages.components.packs import registry
from pages.exports import numbers, pictures
from pages.exports.exhibit import Exhibit
from tests.pages import test_addresses
from tests.pages.test_addresses import Client
from tests.whole_app import navigated, visit

pytestmark = pytest.mark.thorough

client = test_addresses.client
DEMO = "/maturity?demo=yes&instrument=enablers"


@pytest.fixture(autouse=True)
def begun() -> Iterator[None]:
    """A server that somebody has come to before."""
    with navigated():
        yield


class Link(NamedTuple):
    """Where a file is, and what it is called on the disk."""

    address: str
    name: str


def links(visitor: AppTest) -> dict[str, Link]:
    """All files that the page gives out by addresses, by what a screen reader says of them."""
    lines = [part.proto.body for part in visitor.html if 'class="files"' in part.proto.body]
    found = [link for line in lines for link in html.fromstring(line).iter("a")]
    return {
        link.get("aria-label") or link.text_content(): Link(link.get("href"), link.get("download"))
        for link in found
    }


def fetched(client: Client, link: Link) -> bytes:
    answer = client.ask(link.address)
    assert answer.status == 200
    assert f'filename="{link.name}"' in answer.headers["content-disposition"]
    return answer.body


def rows_in(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def rows_of(client: Client, link: Link) -> list[dict[str, str]]:
    return rows_in(fetched(client, link))


def svg_of(client: Client, files: dict[str, Link], label: str) -> str:
    return fetched(client, files[f"SVG: {label}, for a screen"]).decode()


def is_large(content: bytes) -> bool:
    with Image.open(io.BytesIO(content)) as picture:
        return picture.width >= 1200


def test_the_pictures_and_figures_of_a_borough_can_be_taken_away(client: Client) -> None:
    files = links(visit("/borough?indicator=gld_2013_2019&borough=Camden"))
    rows = rows_of(client, files["All figures as CSV"])
    school = next(row for row in rows if row["Indicator id"] == "gld_2013_2019")
    assert (school["Area"], school["Compared with London"], school["Licence"]) == (
        "Camden",
        "similar",
        "Open Government Licence v3.0",
    )
    for label in ("Standing", "Over time"):
        assert is_large(fetched(client, files[f"{label} as PNG"]))
        svg = svg_of(client, files, label)
        assert "Camden" in svg
        assert "Open Government Licence" in svg


def test_the_measures_and_pictures_of_the_lottery_can_be_taken_away(client: Client) -> None:
    files = links(visit("/lottery"))
    measures = files["Measures as CSV"]
    assert measures.name == "centres_per_10k_0_4_london_2026-08-19_lottery_ics2026.csv"
    rows = rows_of(client, measures)
    assert {row["Measure"]: row["Value"] for row in rows}["Gap"] == "14.6"
    assert rows[0]["Source"].startswith("Register of children's centres")
    ends, since = (
        "From 1.2 in Harrow to 15.8 in Lambeth.",
        "Between the same 32 boroughs the gap is what it was: 14.6",
    )
    for label, title in (
        ("Boroughs by ICS", ends),
        ("Over time", since),
        ("Spread by period", since),
        ("Against another figure", "10,000 children aged 0 to 4 against Deprivation 2025 (IMD), by borough"),
    ):
        assert is_large(fetched(client, files[f"{label} as PNG"]))
        svg = svg_of(client, files, label)
        assert title in svg
        assert "Open Government Licence" in svg


def offered(address: str) -> dict[str, Exhibit]:
    """What the page offers to take away, by its name: for files that no address gives out."""
    view, problems = registry.view_of(address)
    assert problems == []
    page = urlsplit(address).path.strip("/")
    known = [registry.exhibit_of(view, kind.key) for kind in registry.EXHIBITS.values() if kind.page == page]
    by_name = {exhibit.name: exhibit for exhibit in known if exhibit is not None}
    labels = [block.proto.popover.label for block in visit(address).get("popover")]
    names = [label.removesuffix(": take away") for label in labels if label.endswith(": take away")]
    return {name: by_name[name] for name in names}


def test_everything_that_is_taken_away_of_made_up_answers_says_so() -> None:
    exhibits = offered(f"{DEMO}&borough=Merton")
    assert all(exhibit.stem.startswith("illustrative_enablers_") for exhibit in exhibits.values())
    drawn = [exhibit for exhibit in exhibits.values() if exhibit.drawing is not None]
    assert len(drawn) == 7
    for exhibit in drawn:
        svg = pictures.FORMATS["svg"].build(exhibit, "screen").decode()
        assert ">ILLUSTRATIVE</text>" in svg
        assert "ILLUSTRATIVE: made-up answers, nobody's." in svg
    rows = rows_in(numbers.FORMATS["csv"].build(exhibits["Answers that may be shown"]))
    assert {row["Status"] for row in rows} == {"ILLUSTRATIVE: made-up answers"}
    assert all(row["Note"].startswith("ILLUSTRATIVE") for row in rows)


def test_the_file_of_answers_has_none_that_is_withheld() -> None:
    rows = rows_in(numbers.FORMATS["csv"].build(offered(DEMO)["Answers that may be shown"]))
    boroughs = [row for row in rows if not row["Count"]]
    assert len(boroughs) == 33 * 12
    labels = {row["Response"] for row in boroughs}
    assert {"No reply", "Replied, not shown by borough", "Mature"} <= labels
    assert not {"Respondent role", "Evidence note"} & set(rows[0])


def test_the_map_and_the_list_of_borders_can_be_taken_away(client: Client) -> None:
    files = links(visit("/borders?indicator=gld_2013_2019"))
    rows = rows_of(client, files["Borders as CSV"])
    assert len(rows) == 63
    assert (rows[0]["Higher"], rows[0]["Lower"], rows[0]["Border"]) == (
        "Waltham Forest",
        "Hackney",
        "within one ICS",
    )
    assert is_large(fetched(client, files["Map as PNG"]))
    svg = svg_of(client, files, "Map")
    assert "Waltham Forest (76.4%) with Hackney" in svg
    assert "Between two ICSs" in svg
    assert "Boundaries: Greater London Authority" in svg


def test_what_is_compared_can_be_taken_away(client: Client) -> None:
    files = links(visit("/compare?indicator=gld_2013_2019&compare=Camden,City of London"))
    rows = rows_of(client, files["All figures as CSV"])
    assert {row["Area"] for row in rows} == {"Camden", "City of London", "London", "England"}
    svg = svg_of(client, files, "Over time")
    assert "Camden and the City of London" in svg
    assert "Source: Department for Education" in svg


def test_the_results_of_the_survey_can_be_taken_away_with_base_and_source(client: Client) -> None:
    files = links(visit("/survey"))
    rows = rows_of(client, files["Published results as CSV"])
    assert len(rows) == 15 + 12 + 4
    assert {row["Unit"] for row in rows} == {"per cent", "mean, 1 to 5", "authorities, of 26"}
    assert all("March 2022" in row["Base"] and "Isos Partnership" in row["Source"] for row in rows)
    svg = svg_of(client, files, "Working together")
    assert "25 or 26" in svg
    assert "Figures quoted" in svg


def test_the_figures_of_an_ics_can_be_taken_away(client: Client) -> None:
    figures = links(visit("/ics?ics=SWL"))["All figures of this ICS as CSV"]
    assert figures.name == "swl_2022_all_indicators.csv"
    rows = rows_of(client, figures)
    assert {row["Area"] for row in rows} >= {
        "Croydon",
        "Wandsworth",
        "South West London",
        "London",
        "England",
    }
    assert {row["ICS"] for row in rows} == {"South West London", ""}
    spend = [
        row for row in rows if (row["Area"], row["Indicator id"]) == ("Wandsworth", "early_years_spend_gross")
    ]
    assert [(row["Value"], row["Status"]) for row in spend] == [("", "not published")]

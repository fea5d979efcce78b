"""A picture names the source of every value in it and no other, and dates them by these values.

What is expected is read from the embedded tables in the plainest way, without any of the app's joining.
"""

import functools
import re
from collections.abc import Iterable

import pytest

from data_loaders import store
from geo.tables.london import London
from pages.components.data import figures
from pages.components.lottery import views as lottery_views
from pages.components.packs import contents as packs_contents, registry
from pages.components.state.view import View
from pages.components.text import citations
from pages.exports.exhibit import Exhibit
from tests.builders import EVERYTHING, read_csv

pytestmark = pytest.mark.thorough

SOURCES = {row["source_id"]: row for row in read_csv(store.SNAPSHOT / "sources.csv")}
RULES = {row["indicator_id"]: row for row in read_csv(store.SNAPSHOT / "derivations.csv")}
AREAS = {row["area_name"]: row["area_code"] for row in read_csv(store.SNAPSHOT / "areas.csv")}
BOROUGHS = {code for code in AREAS.values() if code.startswith("E09")}
LONDON, ENGLAND = "E12000007", "E92000001"
SHOWN = [row["indicator_id"] for row in read_csv(store.SNAPSHOT / "indicators.csv") if row["shown"] == "yes"]


@functools.cache
def stored() -> dict[tuple[str, str, str], dict[str, str]]:
    """All embedded observations by indicator, period and area."""
    tables = sorted((store.SNAPSHOT / "observations").glob("*.csv"))
    rows = [row for table in tables for row in read_csv(table)]
    return {(row["indicator_id"], row["period"], row["area_code"]): row for row in rows}


@functools.cache
def periods_of(indicator: str) -> list[str]:
    """The periods of a stored indicator."""
    return sorted({period for name, period, _ in stored() if name == indicator})


@functools.cache
def behind(indicator: str, period: str, area: str) -> frozenset[str]:
    """The sources of one value, or of the reason why there is none."""
    row = stored().get((indicator, period, area))
    if row:
        return frozenset(row["source_id"].split("+")) if row["status"] != "not_loaded" else frozenset()
    if indicator not in RULES or area == ENGLAND:
        return frozenset()
    if area == LONDON:
        return of_places([(indicator, period)], BOROUGHS)
    rule = RULES[indicator]
    left = behind(rule["left"], period, area)
    if is_gap(rule["left"], period, area):
        return left
    if rule["operation"] == "change":
        return left | behind(rule["left"], rule["baseline"], area)
    if rule["operation"] == "sum":
        return left | behind(rule["right"], period, area)
    # one population is embedded, and goes under every figure that it may go under
    (population,) = periods_of(rule["right"])
    return left | behind(rule["right"], population, area)


def is_gap(indicator: str, period: str, area: str) -> bool:
    row = stored().get((indicator, period, area))
    return row is not None and row["value"] == ""


def of_places(figures: Iterable[tuple[str, str]], areas: Iterable[str]) -> frozenset[str]:
    """The sources of these indicators and periods in these areas; of London that of its boroughs at least."""
    pairs, places = list(figures), list(areas)
    known = frozenset(part for figure in pairs for area in places for part in behind(*figure, area))
    if LONDON in places and any((*figure, LONDON) not in stored() for figure in pairs):
        known |= of_places([figure for figure in pairs if (*figure, LONDON) not in stored()], BOROUGHS)
    return known


def named(lines: Iterable[str]) -> set[str]:
    """The sources that lines name, by their titles, of which one can be the beginning of another."""
    text = " ".join(lines)
    return {id_ for id_, row in SOURCES.items() if re.search(f"{re.escape(row['title'])}(?!:)", text)}


def members(view: View) -> set[str]:
    rows = read_csv(store.SNAPSHOT / "footprints.csv")
    own = {row["area_code"] for row in rows if row["vintage"] == view.vintage and row["ics_code"] == view.ics}
    return own or BOROUGHS


def expected(key: str, view: View) -> set[str]:
    """The sources of all values in an exhibit, by what its page says that it shows."""
    catalogue = figures.london().catalogue
    indicator = catalogue.indicators[view.indicator]
    now, inside = [(view.indicator, view.period)], members(view)
    wholes = set() if indicator.categories else {LONDON, ENGLAND}
    beside = {LONDON} if indicator.can_be_compared else set()
    gaps = {area for area in inside if is_gap(view.indicator, view.period, area)}
    ever = [(view.indicator, label) for label in figures.london().periods[view.indicator]]
    if key in ("map", "ranking", "numbers"):
        return set(of_places(now, inside | wholes))
    if key == "icss":
        return set(of_places(now, BOROUGHS | {LONDON}))
    if key in ("lottery_by_ics", "lottery_funnel", "needed"):
        return set(of_places(now, inside | beside))
    if key == "measures":
        found = figures.lottery(view)
        index = {"mhclg_imd_2025"} if found and found.gradient else set()
        return set(of_places(now, inside | beside)) | index
    if key in ("lottery_over_time", "lottery_spread", "measures_over_time"):
        return set(of_places(_of_one_kind(ever, view), inside | beside) | of_places(now, gaps))
    if key == "lottery_against":
        other = lottery_views.against(view).indicator_id
        newest = (other, figures.london().newest(other))
        both = set(lottery_views.against_rows(view, catalogue.indicators[other])["area_code"])
        return set(of_places([*now, newest], both) | of_places(now, gaps))
    if key in ("course", "courses"):
        names = [view.borough] if key == "course" else view.compared
        wholes = {LONDON, ENGLAND} if indicator.aggregation != "sum" else set()
        return set(of_places(_of_one_kind(ever, view), {AREAS[name] for name in names} | wholes))
    assert key in ("borders_map", "borders")
    pairs = figures.border_pairs(view)
    return set(of_places(now, {*pairs["left"], *pairs["right"]} | gaps))


def _of_one_kind(figures: list[tuple[str, str]], view: View) -> list[tuple[str, str]]:
    """Quarters are shown beside quarters, and years beside years."""
    is_quarter = " Q" in view.period
    return [(name, label) for name, label in figures if (" Q" in label) == is_quarter]


KEYS = ["map", "ranking", "numbers", "icss", "lottery_by_ics", "lottery_funnel", "needed", "measures"]
KEYS += ["lottery_over_time", "lottery_spread", "measures_over_time", "lottery_against", "course", "courses"]
KEYS += ["borders_map", "borders"]
SCOPES = ["", "&ics=NEL&vintage=2026", "&ics=SWL&vintage=2022"]


@pytest.mark.parametrize("indicator", SHOWN)
def test_an_exhibit_names_the_source_of_every_value_in_it_and_no_other(indicator: str) -> None:
    periods = figures.london().periods[indicator]
    places = "&borough=Camden&compare=Newham,Wandsworth"
    views = [
        registry.view_of(f"/?indicator={indicator}&period={period}{scope}{places}")[0]
        for period, scope in zip([periods[0], periods[-1], periods[len(periods) // 2]], SCOPES, strict=True)
    ]
    for number, view in enumerate(views):
        # what is named does not depend on the place: each picture is tried in two of the three
        for key in KEYS if EVERYTHING else [key for at, key in enumerate(KEYS) if (at + number) % 3]:
            found = registry.exhibit_of(view, key)
            if found is not None:
                assert named(found.sources) == expected(key, view), f"{key}: {view.query()}"


def figures_to(exhibit: Exhibit) -> list[str]:
    return re.findall(r"figures to (\d+ \w+ \d{4})", " ".join(exhibit.sources))


def made(key: str, link: str) -> Exhibit:
    found = registry.exhibit_of(registry.view_of(link)[0], key)
    assert found is not None
    return found


def test_the_point_of_2010_is_hansards_alone() -> None:
    exhibit = made("map", "/?indicator=designated_centres&period=2010-02-28")
    assert named(exhibit.sources) == {"hansard_2010"}
    assert "Open Parliament Licence" in " ".join(exhibit.sources)
    assert figures_to(exhibit) == ["28 February 2010"]


def test_figures_reach_no_further_than_what_is_shown() -> None:
    """The register is embedded to August 2026; a picture of 2019 has none of that."""
    assert figures_to(made("map", "/?indicator=designated_centres&period=2019-12-06")) == ["6 December 2019"]
    rate = made("map", "/?indicator=centres_per_10k_0_4&period=2026-08-19")
    # of the centres, and of the children among whom they are shared
    assert figures_to(rate) == ["19 August 2026", "30 June 2024"]


def test_an_index_is_dated_by_its_publication() -> None:
    """Of the index of 2025 the app knows the year only; it came out on 30 October."""
    assert figures_to(made("map", "/?indicator=imd_2025")) == ["30 October 2025"]


def test_what_is_withheld_is_somebodys_word_and_what_is_not_loaded_is_nobodys() -> None:
    withheld = {AREAS["City of London"]}
    assert of_places([("asq3_at_2_to_2_5_years", "2023/24")], withheld) == {"ohid_asq3"}
    exhibit = made("numbers", "/?indicator=new_birth_visit_14_days&period=2024/25")
    # England's figure is there, and that of no borough
    assert named(exhibit.sources) == {"ohid_reviews_2024_25"}
    rows = exhibit.numbers().values().set_index("Area")
    assert rows.at["Camden", "Source"] is None
    assert "2024 to 2025" in rows.at["England", "Source"]


@pytest.mark.parametrize("indicator", ["designated_centres", "gld_2022_on", "asq3_at_2_to_2_5_years"])
def test_a_pack_names_what_its_pictures_name(indicator: str) -> None:
    view, _ = registry.view_of(f"/?indicator={indicator}&borough=Camden&ics=NEL&vintage=2026")
    for kind in packs_contents.KINDS.values():
        pack = kind.build(view)
        of_pictures = [line for part in pack.chapters if part.exhibit for line in part.exhibit.sources]
        assert named(of_pictures) <= named(pack.sources)


def test_what_nothing_is_loaded_from_has_no_date(london: London) -> None:
    behind = figures.sources_behind(london.catalogue.indicators["antenatal_contact"])
    lines = citations.source_lines(behind, {})
    assert named(lines) == {"ohid_reviews_2024_25", "ohid_fingertips"}
    assert not any("figures to" in line for line in lines)


def test_many_sources_name_each_publisher_and_the_days_of_embedding_once() -> None:
    shown = registry.exhibit_of(registry.view_of("?borough=Hackney&vintage=2026")[0], "spine")
    assert shown is not None
    (said,) = shown.sources
    assert said.count("embedded") == 1
    assert said.endswith("All embedded between 23 November and 27 November 2026.")
    assert said.count("Department for Education: Register of children's centres") == 1
    assert said.count("Ministry of Housing, Communities and Local Government") == 1
    for title in ("English indices of deprivation 2019", "Funded early education", "ONS Postcode Directory"):
        assert title in said

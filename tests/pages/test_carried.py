"""What a figure does not carry is nowhere said of it: exhibits and packs, read against the tables on disk."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from statistics import median

import pandas as pd
import pytest

from data_loaders import store
from geo.lottery.one_period import lottery
from geo.places.ics import first_or_last, overview
from geo.places.latest import latest
from geo.places.spine import of_borough
from geo.tables.london import London, place_table
from pages.components.borders import charts as borders_charts
from pages.components.charts import palette
from pages.components.ics import text as ics_text
from pages.components.lottery import views
from pages.components.packs import contents as packs_contents, registry
from pages.components.state.view import View
from pages.components.text import grammar, headlines, time_series
from pages.exports.exhibit import Exhibit
from pages.exports.pack import Chapter
from pages.exports.pictures import as_svg
from tests.builders import read_csv
from tests.pages.test_pictures import view_of

ROWS = read_csv(store.SNAPSHOT / "indicators.csv")
# of antenatal contacts no figure is embedded, so there is nothing to draw, and no rate to offer
TOTALS = [
    row["indicator_id"]
    for row in ROWS
    if row["kind"] == "total" and row["indicator_id"] != "antenatal_contact"
]
CHANGE, CENTRES, SCHOOL = "change_designated_since_2010", "centres_per_10k_0_4", "gld_2013_2019"
DECIDED = [row["indicator_id"] for row in ROWS if row["kind"] in {"provision", "spend", "total", "change"}]
# pages that show one figure, and may not speak of chance where it has no part
PAGES = ("", "lottery", "borders")
# and their exhibits, but for the one that shows another figure, whatever is looked at
KINDS = {
    key: kind for key, kind in registry.EXHIBITS.items() if kind.page in PAGES and key != "borders_children"
}
OF_CHANCE = re.compile(r"\bchance|at random|95%|95 %|99\.8%|I²|η²|probab|interval|adjusted p|\bclear", re.I)
JUDGED = re.compile(r"\bbest\b|\bworst\b|\bbetter\b|\bworse\b|\bgap\b|postcode lottery|how far apart", re.I)
# neighbours are spoken of where something is compared across a border; a neighbourhood is a place
NEIGHBOURS = re.compile(r"\bneighbours?\b", re.I)


def cells_of(table: pd.DataFrame) -> Iterator[str]:
    yield from map(str, table.columns)
    for column in table:
        yield from map(str, table[column])


def said_in(exhibit: Exhibit) -> list[str]:
    """All words of an exhibit: above and below the picture, in it, and in the table behind it."""
    drawn = [
        str(cell)
        for rows in exhibit.rows.values()
        for row in rows.to_pylist()
        for cell in row.values()
        if cell
    ]
    return [
        exhibit.title,
        exhibit.subtitle,
        *exhibit.remarks,
        exhibit.alt,
        *drawn,
        *cells_of(exhibit.numbers().texts()),
    ]


def said_in_pack(chapters: Iterable[Chapter]) -> Iterator[str]:
    for chapter in chapters:
        yield from (chapter.heading, chapter.subtitle, *chapter.points)
        if chapter.table is not None:
            yield from cells_of(chapter.table)


@pytest.mark.parametrize("indicator", DECIDED)
def test_no_exhibit_and_no_pack_speaks_of_chance_where_things_are_decided(
    indicator: str, london: London
) -> None:
    for ics in ("all", "NEL"):
        view = view_of(london, indicator, ics=ics)
        texts = list(said_in_pack(packs_contents.of_indicator(view).chapters))
        for kind in KINDS.values():
            exhibit = kind.build(view, "light")
            texts += said_in(exhibit) if exhibit else []
        assert len(texts) > 50
        assert [text for text in texts if OF_CHANCE.search(text)] == []


@pytest.mark.parametrize("indicator", TOTALS)
def test_a_total_is_nowhere_called_a_lottery_or_a_ranking_from_best_to_worst(
    indicator: str, london: London
) -> None:
    for ics in ("all", "NEL"):
        view = view_of(london, indicator, ics=ics)
        made = {key: kind.build(view, "light") for key, kind in KINDS.items()}
        exhibits = {key: exhibit for key, exhibit in made.items() if exhibit}
        assert set(exhibits) - {"small_areas"} == {"map", "ranking", "numbers"}
        texts = [text for exhibit in exhibits.values() for text in said_in(exhibit)]
        pack = packs_contents.of_indicator(view)
        texts += list(said_in_pack(pack.chapters))
        assert headlines.WHY_NOT_A_TOTAL in texts
        left = [text for text in texts if text != headlines.WHY_NOT_A_TOTAL]
        assert [text for text in left if JUDGED.search(text) or NEIGHBOURS.search(text)] == []
        assert ", largest first. " in exhibits["ranking"].subtitle
        read = exhibits["ranking"].numbers().texts()
        assert any(name.startswith("Order of size in London, of ") for name in read)
        ranked = next(chapter for chapter in pack.chapters if chapter.native is not None)
        assert ", largest first. " in ranked.subtitle


def test_every_total_has_a_rate_in_its_place_but_the_children_themselves(london: London) -> None:
    assert set(TOTALS) - set(london.rates) == {"population_0_4"}
    for rate in london.rates.values():
        assert lottery(london, rate.indicator_id, london.periods[rate.indicator_id][0], "2022", None)
    why = headlines.why_nothing_to_compare(london.catalogue.indicators["designated_centres"])
    assert why.startswith("This figure is a total: where more children live, more can be expected.")


def test_the_change_of_a_count_is_no_difference_between_neighbours(london: London) -> None:
    view = view_of(london, CHANGE)
    made = {key for key, kind in KINDS.items() if kind.build(view, "light")}
    assert made == {"map", "ranking", "numbers", "lottery_by_ics"}
    exhibit = registry.exhibit_of(view, "lottery_by_ics")
    assert exhibit is not None
    assert exhibit.title == "Largest fall: −18 in Croydon; largest rise: +4 in Hillingdon."


def test_nothing_is_set_against_a_total_or_what_measures_the_same(london: London) -> None:
    kinds = {row["indicator_id"]: row["kind"] for row in ROWS}
    same = {row["indicator_id"]: set(filter(None, row["same_as"].split("; "))) for row in ROWS}
    for entry in london.by_borough:
        own = entry.indicator_id
        offered = {other.indicator_id for other in views.others(view_of(london, own))}
        assert own not in offered
        assert not [other for other in offered if kinds[other] in {"total", "change"}]
        assert not [other for other in offered if other in same[own] or own in same[other]]
    low = view_of(london, "low_income_under_16_pct", against="imd_2025")
    assert views.why_not_against(low) == (
        "Deprivation 2025 (IMD) is not set against Children in low income families: both measure much the "
        "same, so a relation between the two says nothing."
    )
    assert views.why_not_against(view_of(london, CENTRES, against="imd_2025")) == ""
    total = view_of(london, CENTRES, against="population_0_4")
    assert views.why_not_against(total).startswith("Children aged 0 to 4 is not set against")


def test_the_ends_of_an_ics_are_those_of_the_table_on_disk(london: London) -> None:
    """Lowest is lowest and highest is highest, whoever shares it: on My ICS and in the picture by ICS."""
    members = members_of("2022")
    names = {row["area_code"]: row["area_name"] for row in read_csv(store.SNAPSHOT / "areas.csv")}
    stored: dict[str, float] = {
        row["area_code"]: float(row["value"])
        for row in read_csv(store.SNAPSHOT / "observations" / "dfe_eyfsp.csv")
        if row["indicator_id"] == SCHOOL and row["period"] == "2019" and row["value"]
    }
    for ics, codes in members.items():
        values = {names[code]: stored[code] for code in codes if code in stored and code != "E09000001"}
        ends = {side: pick(values.values()) for side, pick in (("Lowest", min), ("Highest", max))}
        table = ics_text.own_lottery(overview(london, "2022", ics))
        row = table.set_index("Figure").loc["Good level of development 2013-19 (2019)"]
        for side, value in ends.items():
            sharing = [name for name, its in sorted(values.items()) if its == value]
            assert row[side] == f"{value:.1f}% ({grammar.join_names(sharing)})"
        assert row["Gap"] == f"{ends['Highest'] - ends['Lowest']:.1f} percentage points"
        assert not [name for name in table["Figure"] for short in SHORT_TOTALS if name.startswith(short)]
    exhibit = registry.exhibit_of(View(indicator=SCHOOL, period="2019", vintage="2022"), "lottery_by_ics")
    assert exhibit is not None
    said = {row["area_name"]: row for row in exhibit.rows["rows"].to_pylist()}
    above = {row["ics_name"]: name for name, row in said.items() if row["label"]}
    below = {row["ics_name"]: name for name, row in said.items() if row["low_label"]}
    ics_names = london.ics_names["2022"]
    for ics, codes in members.items():
        values = {names[code]: stored[code] for code in codes if code in stored and code != "E09000001"}
        assert values[above[ics_names[ics]]] == max(values.values())
        assert values[below[ics_names[ics]]] == min(values.values())
    # the name of the highest is drawn above its dot, that of the lowest below
    assert exhibit.drawing is not None
    texts = [
        layer
        for layer in exhibit.drawing["layer"]
        if layer["mark"]["type"] == "text" and "field" in layer["encoding"]["text"]
    ]
    sides = {(layer["encoding"]["text"]["field"], layer["mark"]["dy"] < 0) for layer in texts}
    assert sides == {("label", True), ("low_label", False)}


SHORT_TOTALS = [f"{row['short_label']} (" for row in ROWS if row["kind"] in {"total", "change"}]


def members_of(vintage: str) -> dict[str, list[str]]:
    members = defaultdict(list)
    for row in read_csv(store.SNAPSHOT / "footprints.csv"):
        if row["vintage"] == vintage:
            members[row["ics_code"]].append(row["area_code"])
    return members


@pytest.mark.parametrize("vintage", ["2022", "2026"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_border_is_drawn_as_what_it_is(vintage: str, theme: str, london: London) -> None:
    """Within one ICS in blue, between two in orange with a dark line, by the footprints on disk."""
    ics_of = {code: ics for ics, codes in members_of(vintage).items() for code in codes}
    view = replace(View(indicator=SCHOOL, period="2019", vintage="2022"), vintage=vintage)
    exhibit = registry.EXHIBITS["borders_map"].build(view, theme)
    assert exhibit is not None
    assert exhibit.drawing is not None
    legend = {"Within one ICS": "blue", "Between two ICSs": "orange"}
    paints = {"#12436D": "blue", "#6BACE6": "blue", "#F46A25": "orange"}
    _, borders, marked, *_ = exhibit.drawing["layer"]
    scale = borders["encoding"]["stroke"]["scale"]
    drawn_as = dict(zip(scale["domain"], (paints[colour] for colour in scale["range"]), strict=True))
    assert drawn_as == legend
    (only,) = marked["transform"]
    assert only["filter"] == "datum.properties.kind == 'Between two ICSs'"
    assert marked["mark"]["stroke"] == palette.DARK_INK
    codes = london.borough_codes
    lines = borders["data"]["values"]
    assert len(lines) == 63
    for line in lines:
        high, low, _ = line["properties"]["spoken"].split("; ")
        left, right = (codes[side.rpartition(": ")[0]] for side in (high, low))
        crossing = ics_of[left] != ics_of[right]
        assert line["properties"]["kind"] == ("Between two ICSs" if crossing else "Within one ICS")
        values = [float(side.rpartition(": ")[2].rstrip("%")) for side in (high, low)]
        assert line["properties"]["gap"] == pytest.approx(values[0] - values[1], abs=1e-9)
        assert values[0] >= values[1]
    assert borders_charts.KINDS == {False: "Within one ICS", True: "Between two ICSs"}
    table = exhibit.numbers().texts()
    for row in table.to_dict("records"):
        left, right = (codes[row[side].rpartition(": ")[0]] for side in ("Higher", "Lower"))
        crossing = ics_of[left] != ics_of[right]
        assert row["Border"] == ("between two ICSs" if crossing else "within one ICS")


def test_the_legend_of_borders_says_which_colour_is_which(london: London) -> None:
    exhibit = registry.exhibit_of(View(indicator=SCHOOL, period="2019", vintage="2022"), "borders_map")
    assert exhibit is not None
    svg = as_svg(exhibit).decode()
    words_of = {"Within one ICS": "#12436D", "Between two ICSs": "#F46A25"}
    for said, colour in words_of.items():
        # the swatch stands before its word
        before = svg[: svg.index(f">{said}<")]
        assert re.findall(r'stroke="(#[0-9A-F]{6})"', before)[-1] == colour


def test_the_middle_borough_is_the_median_and_not_an_end(london: London) -> None:
    """For deprivation, which has no value of London: on the spine of My borough, and in words beside it."""
    stored = [
        float(row["value"])
        for row in read_csv(store.SNAPSHOT / "observations" / "mhclg_imd_2025.csv")
        if row["indicator_id"] == "imd_2025" and row["value"] and row["area_code"] != "E09000001"
        if row["area_code"].startswith("E09")
    ]
    assert len(stored) == 32
    middle = median(stored)
    lines = latest(london, "2022")
    rows = of_borough(lines, "Camden")
    (row,) = [
        row for row in rows.to_dict("records") if lines[row["place"]].indicator.indicator_id == "imd_2025"
    ]
    assert row["middle"] == pytest.approx(middle)
    # need is neither better nor worse: the most deprived is the highest on the scale
    reach = max(max(stored) - middle, middle - min(stored))
    assert row["lowest"] == pytest.approx((min(stored) - middle) / reach)
    assert row["highest"] == pytest.approx((max(stored) - middle) / reach)
    exhibit = registry.exhibit_of(view_of(london, "imd_2025", borough="Camden"), "spine")
    assert exhibit is not None
    said = exhibit.numbers().texts().set_index("Figure").at["Deprivation 2025 (IMD)", "In the middle"]
    assert said == f"the middle borough {middle:.1f}"


def test_first_and_last_are_all_that_are_shown_so(london: London) -> None:
    said = 0
    for vintage in ("2022", "2026"):
        for ics in london.ics_names[vintage]:
            for line in overview(london, vintage, ics):
                if line.indicator.categories or line.latest.is_doubtful:
                    continue
                everywhere = line.latest.compared
                shown = [round(value, line.indicator.decimals) for value in everywhere["value"]]
                named = dict(zip(everywhere["area_name"], shown, strict=True))
                own = set(line.boroughs["area_name"])
                for names, end in zip(first_or_last(line), (max(shown), min(shown)), strict=True):
                    assert set(names) == {
                        name for name, value in named.items() if value == end and name in own
                    }
                    said += len(names) > 1
    assert said > 0


def test_ranks_are_shared_by_all_that_are_shown_with_one_value(london: London) -> None:
    for entry in london.by_borough:
        name, decimals = entry.indicator_id, entry.decimals
        for period in london.periods[name]:
            table = place_table(london, name, period, "2022")
            rows = table[table["rank_london"].notna()]
            texts = [f"{value:.{decimals}f}" for value in rows["value"]]
            ranks = rows["rank_london"].groupby(texts).nunique()
            assert (ranks == 1).all(), (name, period)


def note(london: London, indicator: str, *periods: str) -> str:
    return time_series.time_note(london.catalogue.indicators[indicator], periods)


def test_a_note_on_2010_is_there_when_2010_is_in_the_picture_and_only_then(london: London) -> None:
    counts, said = "designated_centres", "Note: 2010 is on another basis than the later dates."
    assert note(london, counts, "2010-02-28", "2026-08-19") == said
    assert note(london, counts, "2024-12-25", "2026-08-19") == ""
    assert note(london, "funded_2yo_pct", "2023/24", "2024/25").endswith("the expanded entitlements.")
    assert note(london, "funded_2yo_pct", "2022/23", "2023/24") == ""
    # a change since 2010 always has 2010 in it
    assert note(london, CHANGE, "2026-08-19") == "Note: the bases of 2010 and of the register differ."
    assert (
        note(london, "new_birth_visit_14_days", "2024/25") == "Note: a quarter and a year are not the same."
    )
    assert note(london, "linked_sites", "2016-08-04") == ""
    # none of the pictures of these packs has 2010 in it, unless that is the date that is looked at
    for indicator in (counts, CENTRES):
        texts = said_in_pack(packs_contents.of_indicator(view_of(london, indicator)).chapters)
        assert not [text for text in texts if "another basis" in text]
    then = packs_contents.of_indicator(View(indicator=counts, period="2010-02-28", vintage="2022"))
    assert [text for text in said_in_pack(then.chapters) if "another basis" in text]

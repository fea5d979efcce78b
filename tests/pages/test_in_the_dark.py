"""On a dark page classes run from the page outwards as on a light one, and one answer has one colour."""

import itertools
import re
from collections.abc import Iterator
from xml.etree import ElementTree

import pandas as pd
import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from data_loaders.within import USUAL
from geo.access.small_areas import Figure
from geo.survey.maturity import NO_REPLY
from pages.components.charts import circles, large_rows, palette, ranking, survey_map
from pages.components.data import figures
from pages.components.exhibits import of_view
from pages.components.frame import style
from pages.components.maturity import question
from pages.components.near_me import charts as near_me_charts
from pages.components.packs import registry
from pages.components.small_areas import charts as small_areas_charts, text as small_areas_text
from pages.components.state import keys
from pages.exports import pictures
from tests.builders import ROOT
from tests.test_colours import SEEN, contrast, difference, lab
from tests.whole_app import follow, navigated

SCALES = {f"{count} classes": scale for count, scale in palette.SEQUENTIAL.items()}
SCALES |= {"below zero": palette.DIVERGING[3::-1], "above zero": palette.DIVERGING[3:]}
FILLS = {
    *itertools.chain.from_iterable(palette.SEQUENTIAL.values()),
    *palette.DIVERGING,
    *palette.CATEGORICAL,
    *palette.COMPARISON.values(),
    *(palette.MISSING, palette.WITHHELD, palette.BESIDE_THE_SCALE),
    *(circles.FILL, circles.GROUND),
}
MATURITY = "?demo=yes&vintage=2026&borough=Merton"


def from_page(fill: str, theme: str) -> float:
    """How far a fill, as it is drawn in a theme, is from the page in lightness."""
    page = lab(palette.THEMES[theme]["page"], "by most")[0]
    return abs(lab(palette.in_theme(fill, theme), "by most")[0] - page)


def drawn(key: str, link: str, theme: str) -> ElementTree.Element:
    """The picture of a link as the browser draws it in a theme."""
    view, problems = registry.view_of(link)
    assert problems == []
    exhibit = registry.EXHIBITS[key].build(view, theme)
    assert exhibit is not None
    assert exhibit.drawing is not None
    rows = exhibit.rows | {"turn": pa.table({"any": []})}
    return ElementTree.fromstring(pictures.drawn_svg(exhibit.drawing, rows, 1200))


def fills_by_name(picture: ElementTree.Element) -> dict[str, str]:
    """The fill of each mark that is read out, by all that is read."""
    marks = (path for path in picture.iter() if path.get("role") == "graphics-symbol" and path.get("fill"))
    return {path.get("aria-label", ""): path.get("fill", "") for path in marks if path.tag.endswith("}path")}


def texts(picture: ElementTree.Element) -> Iterator[tuple[str, str]]:
    """What is written, without the ends of lines, and in which ink."""
    for text in picture.iter():
        if text.tag.endswith("}text"):
            yield "".join(text.itertext()), text.get("fill", "")


@pytest.mark.parametrize("theme", palette.THEMES)
@pytest.mark.parametrize("scale", SCALES.values(), ids=SCALES)
def test_classes_run_from_the_page_outwards(scale: list[str], theme: str) -> None:
    away = [from_page(fill, theme) for fill in scale]
    assert all(nearer + 8 < further for nearer, further in itertools.pairwise(away))


@pytest.mark.parametrize("theme", palette.THEMES)
@pytest.mark.parametrize("fill", sorted(FILLS))
def test_a_label_can_be_read_on_every_fill_of_a_theme(fill: str, theme: str) -> None:
    drawn_as = palette.in_theme(fill, theme)
    assert contrast(drawn_as, palette.ink(drawn_as)) >= 4.5


@pytest.mark.parametrize("seen", SEEN)
def test_in_the_dark_no_class_is_taken_for_another_or_for_what_has_none(seen: str) -> None:
    own = palette.THEMES["dark"]
    without = [palette.in_theme(fill, "dark") for fill in (palette.MISSING, palette.WITHHELD)]
    for scale in (*palette.SEQUENTIAL.values(), palette.DIVERGING, palette.CATEGORICAL):
        classes = [palette.in_theme(fill, "dark") for fill in scale]
        for one, other in itertools.combinations(classes, 2):
            assert difference(one, other, seen) >= 10, (one, other)
        for one, other in itertools.product(classes, (own["outside"], *without)):
            assert difference(one, other, seen) >= 10, (one, other)
    beside = palette.in_theme(palette.BESIDE_THE_SCALE, "dark")
    for fill in (*palette.SEQUENTIAL[5], palette.WITHHELD, palette.MISSING):
        assert difference(beside, palette.in_theme(fill, "dark"), seen) >= 10, fill


def test_a_verdict_has_one_colour_in_both_themes() -> None:
    for verdict in ("better", "similar", "worse"):
        assert palette.in_theme(palette.COMPARISON[verdict], "dark") == palette.COMPARISON[verdict]


def test_paper_gives_each_fill_of_the_dark_its_light_one_back() -> None:
    sheet = style._light_on_paper()
    swaps = dict(re.findall(r'svg \[fill="(.+?)" i\] { fill: (.+?) !important', sheet))
    for fill, night in palette.IN_THE_DARK.items():
        assert swaps[night] == fill
        # and with it an ink that can be read on that
        assert contrast(fill, swaps[palette.ink(night)]) >= 4.5


@pytest.mark.parametrize("layout", ["map", "tiles"])
@pytest.mark.parametrize(
    ("indicator", "highest", "palest"),
    [
        ("centres_per_10k_0_4", "Lambeth", palette.SEQUENTIAL[5][4]),
        # it has lost the most
        ("change_designated_since_2010", "Croydon", palette.DIVERGING[0]),
    ],
)
def test_map_and_ranking_have_the_most_in_the_palest_colour(
    indicator: str, highest: str, palest: str, layout: str
) -> None:
    link = f"?indicator={indicator}&vintage=2026&layout={layout}"
    on_map, in_ranking = (fills_by_name(drawn(kind, link, "dark")) for kind in ("map", "ranking"))
    areas = {name: fill for name, fill in on_map.items() if name in in_ranking}
    assert len(areas) == 33
    assert areas == in_ranking
    (of_highest,) = (fill for name, fill in areas.items() if name.startswith(f"{highest}, "))
    assert of_highest == palette.in_theme(palest, "dark")
    assert max(areas.values(), key=lambda fill: lab(fill, "by most")[0]) == of_highest
    # the legend has the same colours
    swatches = {part.get("fill") for part in drawn("map", link, "dark").iter()}
    assert set(areas.values()) <= swatches


def test_every_name_on_a_dark_map_can_be_read_on_its_area() -> None:
    link = "?indicator=asq3_at_2_to_2_5_years&vintage=2022"
    picture = drawn("map", link, "dark")
    names = {"Barnet88.5%": "Barnet", "Enfieldnotpublished": "Enfield", "Bromley92.2%": "Bromley"}
    names |= {"Harrow98.1%": "Harrow"}
    fills = {name.partition(", ")[0]: fill for name, fill in fills_by_name(picture).items()}
    found = {names[said]: ink for said, ink in texts(picture) if said in names}
    assert set(found) == set(names.values())
    assert all(contrast(fills[name], ink) >= 4.5 for name, ink in found.items())
    assert len(set(found.values())) == 3
    # what is missing is as the page, as on a light one
    assert fills["Enfield"] == palette.THEMES["dark"]["page"]


def test_circles_in_the_dark_are_as_the_bars_beside_them() -> None:
    link = "?indicator=population_0_4&vintage=2026"
    bars = set(fills_by_name(drawn("ranking", link, "dark")).values())
    assert bars == {palette.in_theme(circles.FILL, "dark")}
    on_map = [part.get("fill") for part in drawn("map", link, "dark").iter()]
    assert on_map.count(palette.in_theme(circles.FILL, "dark")) > 32
    fill, edge, ground = (
        palette.in_theme(each, "dark") for each in (circles.FILL, circles.EDGE, circles.GROUND)
    )
    assert min(contrast(edge, fill), contrast(edge, ground)) >= 3


@pytest.mark.parametrize("theme", palette.THEMES)
def test_an_answer_has_the_colour_of_the_map_in_every_picture_of_maturity(theme: str) -> None:
    view, _ = registry.view_of(MATURITY)
    wave = question.wave_of(view)
    assert wave is not None
    known = survey_map.fills(wave.instrument, theme)
    names, answers = figures.london().borough_names, wave.shown[question.item_of(view)].boroughs
    expected = {names[code]: known[answer] for code, answer in answers.items()}

    def by_borough(key: str, asked: str = "") -> dict[str, str]:
        found = fills_by_name(drawn(key, MATURITY, theme))
        return {name.partition(", ")[0]: fill for name, fill in found.items() if asked in name}

    in_grid = by_borough("maturity_heat", f", {question.question(wave, view).label}: ")
    on_map = by_borough("maturity_map")
    assert in_grid == {name: on_map[name] for name in expected} == expected
    for key in ("maturity_profile", "maturity_provision", "maturity_by_ics"):
        assert expected["Merton"] in {part.get("fill") for part in drawn(key, MATURITY, theme).iter()}, key
    # the best is furthest from the page, and who did not reply is as the page
    page = palette.THEMES[theme]["page"]
    best, *others = (contrast(fill, page) for fill in known.values())
    assert best > max(others)
    assert known[NO_REPLY] == page


@pytest.mark.parametrize("theme", palette.THEMES)
def test_small_areas_say_which_way_they_are_shaded(theme: str) -> None:
    for figure, said in small_areas_text.words_of(USUAL).items():
        legend = [{"text": text, "fill": fill} for text, fill in zip(said.groups, said.fills, strict=True)]
        shown = {"fills": dict(enumerate(said.fills)), "legend": legend}
        found = small_areas_charts.in_theme(shown, theme)
        away = [contrast(fill, palette.THEMES[theme]["page"]) for fill in found["fills"].values()]
        assert [entry["fill"] for entry in found["legend"]] == list(found["fills"].values())
        how, _ = small_areas_text.in_paragraphs(["What.", said.how], palette.MORE[theme])
        ways = re.findall("The (darker|paler),", how)
        assert ways == ([palette.MORE[theme]] if figure in SHADED else [])
        if ways:
            assert away == sorted(away)


# the others have groups without an order
SHADED = {Figure.CHILDREN, Figure.DEPRIVATION, Figure.NEAREST, Figure.NEAREST_OWN, Figure.SHARED}


@pytest.mark.parametrize("theme", palette.THEMES)
@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/?indicator=access_any_centre&vintage=2026&ics=NEL&areas=small", "The {more}, the further"),
        ("/near_me?vintage=2026", "the {more}, the more (under 75"),
    ],
)
def test_a_page_says_of_its_map_which_way_it_is_shaded(
    address: str, said: str, theme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(of_view, "theme", lambda: theme)
    visitor = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    visitor.session_state[keys.NEAR_ME_POSTCODE] = "E8 1EA"
    with navigated():
        follow(visitor, address)
    words = " ".join(part.value for part in visitor.markdown)
    assert [more for more in palette.MORE.values() if said.format(more=more) in words] == [
        palette.MORE[theme]
    ]


@pytest.mark.parametrize("theme", palette.THEMES)
def test_around_a_postcode_more_children_are_further_from_the_page(theme: str) -> None:
    fills = [near_me_charts.fill_of(children, theme) for children in (10, 80, 110, 200)]
    away = [contrast(fill, palette.THEMES[theme]["page"]) for fill in fills]
    assert away == sorted(away)
    # the signs of centres lie on them, and have a white edge
    sign = palette.LINES["light"][0]
    assert all(difference(fill, sign, "by most") >= 15 for fill in fills)


@pytest.mark.parametrize("theme", palette.THEMES)
def test_rows_for_a_room_have_the_colours_of_the_map(theme: str) -> None:
    fills = [*palette.SEQUENTIAL[5], palette.THEMES[theme]["london"]]
    names = [f"Borough {number}" for number in range(len(fills))]
    rows = pd.DataFrame({"name": names, "value": range(1, 7), "text": "5", "fill": fills, "spoken": names})
    numbered = rows.assign(number="1")
    ends = {"name": "Borough 0", "low": 1.0, "high": 6.0, "low_text": "a", "high_text": "b"}
    expected = dict(zip(names, [palette.in_theme(fill, theme) for fill in fills], strict=True))
    for drawing, data in (
        large_rows.bars(rows, 900, 600, theme),
        large_rows.entries(numbered, 900, 600, theme),
        large_rows.spans(pd.DataFrame([ends]), rows.assign(name="Borough 0"), 900, 600, theme),
    ):
        picture = ElementTree.fromstring(pictures.drawn_svg(drawing, data, 900))
        assert fills_by_name(picture) == expected


@pytest.mark.parametrize("theme", palette.THEMES)
def test_the_lines_of_london_and_england_are_seen_on_every_bar(theme: str) -> None:
    """Whatever the bar is filled with, a line stands out from what is drawn below it, which is wider."""
    layers = ranking.specification(theme)["layer"]
    on_bars = [
        each for each in layers if each["mark"]["type"] == "rule" and each["data"]["name"] == "benchmarks"
    ]
    casing, line = (each["mark"] for each in on_bars)
    assert casing["strokeWidth"] >= line["strokeWidth"] + 2
    assert "strokeDash" not in casing
    for name in ("london", "england"):
        assert contrast(palette.THEMES[theme][name], casing["color"]) > 4.5

"""Pictures of answers: valid Vega-Lite, complete, marked where made up, with no answer that is withheld."""

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from data_loaders.survey.demo import WAVES, made_up
from geo.boundaries.layouts import Layout
from geo.survey.maturity import NO_REPLY, WITHHELD, Shown, show
from geo.tables.london import London
from pages.components.charts import (
    choropleth,
    palette,
    parts as charts_parts,
    survey_grids,
    survey_map,
    survey_rows,
)
from pages.exports import pictures
from tests import vega_lite
from tests.builders import exhibit
from tests.pages.test_pictures import rows_of, view_of, with_rows

FILLS = {"Mature": "#12436D", "Basic": "#C6DDF2"}
AXIS = {"field": "value", "type": "quantitative", "axis": {"title": "Per cent"}}
STRIP = pd.DataFrame(
    {
        "area_name": ["Camden", "Ealing"],
        "group": ["Mature (2)", "Mature (2)"],
        "value": [1.5, 2.5],
        "value_text": ["1.5", "2.5"],
        "fill": ["#12436D", "#12436D"],
        "selected": [True, False],
        "middle": [2.0, 2.0],
        "spoken": ["Camden, Mature: 1.5", "Ealing, Mature: 2.5"],
    }
)
CELLS = pd.DataFrame(
    {
        "borough": ["Camden", "Camden"],
        "question": ["One", "Two, with a name of several lines that has to be wrapped"],
        "answer": ["Mature", "No reply"],
        "key": ["M Mature", "No reply"],
        "sign": ["M", ""],
        "ink": ["#FFFFFF", "#1D1D1D"],
        "silent": [False, True],
        "selected": [True, True],
    }
)
PARTS = pd.DataFrame(
    [("London", "Mature", 3, "3"), ("London", "Basic", 1, "1")],
    columns=["group", "response", "amount", "text"],
)
LADDER = pd.DataFrame(
    [("One", "Basic", True, False, False), ("One", "Mature", True, True, True)],
    columns=["question", "level", "reached", "own", "middle"],
).assign(said="", fill="#12436D", ink="#FFFFFF", sign="M", spoken="One: Camden Mature")


def every_chart(theme: str) -> dict[str, charts_parts.Chart]:
    return {
        "stacked": survey_rows.stacked(
            PARTS, list(FILLS), FILLS, "Answers", theme, ["London", "North"], {"North": "withheld"}
        ),
        "ranked": survey_rows.ranked(PARTS[["group", "amount", "text"]], (1, 5), "Mean", theme),
        "strip": survey_rows.strip(STRIP, ["Mature (2)", "Basic (0)"], AXIS, theme),
        "heat": survey_grids.heat(CELLS, {"M Mature": "#12436D", "No reply": "#FFFFFF"}, theme),
        "profile": survey_grids.profile(LADDER, {"Basic": "B", "Mature": "M"}, theme),
    }


CHARTS = [(name, theme) for name in every_chart("light") for theme in palette.THEMES]


@pytest.mark.parametrize(("name", "theme"), CHARTS)
def test_each_chart_is_valid_and_so_it_is_when_marked(name: str, theme: str) -> None:
    spec, data = every_chart(theme)[name]
    vega_lite.validate(with_rows(spec, data))
    vega_lite.validate(with_rows(*charts_parts.marked_as_made_up((spec, data))))


def drawn(chart: charts_parts.Chart) -> str:
    drawing, rows = chart
    return pictures.as_svg(exhibit(drawing=drawing, rows=rows)).decode()


@pytest.mark.parametrize("name", every_chart("light"))
def test_the_mark_is_in_the_file_that_is_taken_away(name: str) -> None:
    chart = every_chart("light")[name]
    assert ">ILLUSTRATIVE</text>" in drawn(charts_parts.marked_as_made_up(chart))
    assert ">ILLUSTRATIVE</text>" not in drawn(chart)


def test_a_withheld_group_stands_in_the_chart_with_the_word() -> None:
    words = drawn(every_chart("light")["stacked"])
    assert ">North</text>" in words
    assert ">withheld</text>" in words


def test_the_mark_of_a_borough_in_the_grid_keeps_off_its_name() -> None:
    grid, _ = every_chart("light")["heat"]
    lines = [layer for layer in grid["layer"] if "datum.marked" in str(layer.get("transform"))]
    assert len(lines) == len(palette.HIGHLIGHT)
    # half of a line is outside, where the name ends
    assert all(line["encoding"]["x"]["value"] >= line["mark"]["strokeWidth"] / 2 for line in lines)


def shown_of(london: London, name: str, item: int = 0) -> Shown:
    instrument = london.instruments[name]
    answers = made_up(instrument, list(london.borough_codes.values()), WAVES[-1])
    return show(answers, instrument, london)[instrument.items[item].item_id]


@pytest.mark.parametrize("name", ["hallmarks", "interfaces", "enablers", "challenges"])
@pytest.mark.parametrize("layout", ["map", "tiles"])
@pytest.mark.parametrize("scope", [{}, {"ics": "NEL"}, {"ics": "WNL", "vintage": "2026"}])
def test_the_map_of_answers_is_valid_and_its_legend_counts_everybody(
    london: London, layouts: dict[str, Layout], name: str, layout: str, scope: dict[str, str]
) -> None:
    instrument = london.instruments[name]
    view = view_of(london, "centres_per_10k_0_4", layout=layout, **scope)
    rows = survey_map.paint(shown_of(london, name), instrument, london, view, layouts[layout])
    legend = survey_map.legend(rows, instrument, view)
    spec = choropleth.specification(layouts[layout], rows, view.vintage, "light", legend_rows=len(legend))
    data = choropleth.datasets(rows, legend, london, view, layouts[layout])
    vega_lite.validate(with_rows(spec, data))
    # a text of two lines has its count on the second
    counts = [int(row["text"].rsplit("(", 1)[1][:-1]) for row in legend if row["text"].endswith(")")]
    assert sum(counts) == (~rows["outside"]).sum()
    assert max(len(row["text"]) for row in legend) <= survey_map.LEGEND_LETTERS["page"]


def test_no_reply_has_lines_and_a_withheld_answer_has_dots(
    london: London, layouts: dict[str, Layout]
) -> None:
    view = view_of(london, "centres_per_10k_0_4")
    found = replace(
        shown_of(london, "enablers"),
        boroughs=dict.fromkeys(london.borough_codes.values(), "mature")
        | {london.borough_codes["Camden"]: NO_REPLY, london.borough_codes["Ealing"]: WITHHELD},
    )
    enablers = london.instruments["enablers"]
    rows = survey_map.paint(found, enablers, london, view, layouts["map"])
    data = choropleth.datasets(rows, survey_map.legend(rows, enablers, view), london, view, layouts["map"])
    hatch: list[dict[str, Any]] = rows_of(data, "hatch")
    lines = layouts["map"].hatch
    of_ealing = (lines["area_code"] == london.borough_codes["Ealing"]).sum()
    of_camden = (lines["area_code"] == london.borough_codes["Camden"]).sum()
    assert sum(line["dotted"] for line in hatch) == of_ealing
    assert sum(not line["dotted"] for line in hatch) == of_camden
    texts = {row["area_name"]: (row["value_text"], row["label"]) for row in rows_of(data, "areas")}
    assert texts["Camden"] == ("No reply", "")
    assert texts["Ealing"] == ("Replied, not shown by borough", "–")
    assert texts["Barnet"] == ("Mature", "M")


@pytest.mark.parametrize("name", ["hallmarks", "interfaces", "enablers", "challenges"])
def test_every_answer_has_a_colour_a_name_and_its_own_letter(london: London, name: str) -> None:
    instrument = london.instruments[name]
    fills, names = survey_map.fills(instrument), survey_map.names(instrument)
    assert set(fills) == set(names) == set(survey_map.letters(instrument))
    assert len(set(survey_map.letters(instrument).values())) == len(fills)
    scale = [fills[response] for response in instrument.places()]
    assert len(set(scale)) == len(scale)
    assert not set(scale) & {palette.MISSING, palette.WITHHELD, palette.BESIDE_THE_SCALE}

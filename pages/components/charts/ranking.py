"""The ranked bar chart, as a Vega-Lite specification with its data beside it."""

import functools

import numpy as np
import pandas as pd
import pyarrow as pa

from data_loaders.catalogue import Catalogue, Indicator
from geo.tables.london import ENGLAND, LONDON
from pages.components.charts import palette
from pages.components.charts.map_labels import HALF_LETTER
from pages.components.charts.map_layers import TOOLTIP, clickable, turn
from pages.components.text import words

BAR_STEP = {"page": 17, "meeting": 37}  # in pixels, by size (palette.TEXT)
ARROW = "\N{RIGHTWARDS ARROW}"
CUT_OFF = f" · {ARROW} bar cut off"  # behind the title of the axis, where there is such a bar
LABEL_GAP = 5  # in pixels, between a bar and its label
WIDEST_LABEL = 0.5  # of the width of the chart: however narrow it is, there are bars
BEYOND = 1.15  # a bar may be this much longer than the longest bar of an area that is not small


def datasets(
    rows: pd.DataFrame, table: pd.DataFrame, indicator: Indicator, catalogue: Catalogue
) -> dict[str, pa.Table]:
    """The data sets `bars`, `benchmarks` and `axis` of painted rows (maps.paint) and their place table.

    Bars are ordered from the highest, with missing values last, by name. A small area beyond the scale of the
    others has its bar cut off, and an arrow behind its label, which the title of the axis explains.
    """
    benchmarks = _benchmarks(table, indicator, catalogue)
    bars = rows.sort_values(["value", "area_name"], ascending=[False, True])
    values, upper = bars["value"].to_numpy(), bars["upper_95"].to_numpy()
    ordinary = ~bars["small"].to_numpy()
    reaches = np.concatenate([[0.0], values[ordinary], upper[ordinary], [row["value"] for row in benchmarks]])
    limit = np.nanmax(reaches) * BEYOND
    lowest = np.nanmin(np.append(values, 0.0))
    cut = values > limit
    texts = [
        f"{text} {ARROW}" if is_cut else text for text, is_cut in zip(bars["value_text"], cut, strict=True)
    ]
    ends = np.nan_to_num(np.clip(np.fmax(values, upper), 0, limit))
    halfway = lowest + (limit - lowest) / 2
    columns = ["area_code", "area_name", "value_text", "rank_text", "ics_name", "spoken", "fill", "outside"]
    return {
        "axis": _axis(catalogue.units[indicator.unit].axis, texts),
        "bars": pa.table(
            {column: bars[column].to_numpy() for column in [*columns, "selected"]}
            | {
                "place": range(len(bars)),
                "length": np.fmin(values, np.where(np.isnan(values), np.nan, limit)),
                "lower": bars["lower_95"].to_numpy(),
                "upper": upper,
                "end": ends,
                "text": texts,
                # how far the axis must be open, see _room()
                "reach": ends,
                "letters": [len(text) for text in texts],
                "lowest": np.full(len(bars), lowest),
            }
        ),
        "benchmarks": pa.Table.from_pylist(
            [row | {"align": "right" if row["value"] > halfway else "left"} for row in benchmarks],
            schema=pa.schema(
                {
                    "area_name": pa.string(),
                    "value": pa.float64(),
                    "text": pa.string(),
                    "place": pa.int64(),
                    "align": pa.string(),
                }
            ),
        ),
    }


def _axis(title: str, texts: list[str]) -> pa.Table:
    """The title of the axis, and what an arrow means where one of the texts behind the bars has it."""
    is_cut = any(text.endswith(ARROW) for text in texts)
    return pa.table({"title": [title.removesuffix(CUT_OFF) + (CUT_OFF if is_cut else "")]})


def _benchmarks(table: pd.DataFrame, indicator: Indicator, catalogue: Catalogue) -> list[dict]:
    """London and England where they have a value that boroughs can be held against.

    The total of a count is no benchmark for one borough.
    """
    if not indicator.can_be_compared:
        return []
    rows = table[table["area_code"].isin([LONDON, ENGLAND]) & table["value"].notna()]
    return [
        {
            "area_name": name,
            "value": value,
            "text": f"{name} {text}",
            "place": place,
        }
        for place, (name, value, text) in enumerate(
            zip(rows["area_name"], rows["value"], words.value_texts(rows, indicator, catalogue), strict=True)
        )
    ]


def _room(text: int) -> list[dict]:
    """Transforms for an invisible point `margin` that holds the axis open until a label fits behind its bar.

    `share` is how much of the width the label takes in a font of `text` pixels. The axis reaches from the
    lowest value to the margin, so the end of the bar must lie at 1 - share of it.
    """
    label = f"({LABEL_GAP} + {2 * HALF_LETTER * text} * datum.letters)"
    return [
        {"calculate": f"min({label} / width, {WIDEST_LABEL})", "as": "share"},
        {"calculate": "(datum.reach - datum.share * datum.lowest) / (1 - datum.share)", "as": "margin"},
    ]


def _quantity(field: str) -> dict:
    return {"field": field, "type": "quantitative"}


def halves(data: dict[str, pa.Table]) -> list[dict[str, pa.Table]]:
    """The data sets of the ranking for two charts side by side, whose bars are measured alike."""
    bars = data["bars"]
    for column in ("reach", "letters"):
        farthest = max(bars[column].to_pylist())
        bars = bars.set_column(bars.column_names.index(column), column, [[farthest] * len(bars)])
    middle = (len(bars) + 1) // 2
    (title,) = data["axis"]["title"].to_pylist()
    return [
        data | {"bars": half, "axis": _axis(title, half["text"].to_pylist())}
        for half in (bars.slice(0, middle), bars.slice(middle))
    ]


@functools.lru_cache(maxsize=4)
def specification(theme: str, size: str = "page") -> dict:
    """How to draw the ranking, without rows, in a size of palette.TEXT; shared: nobody may change it."""
    text = palette.TEXT[size]
    colours = palette.THEMES[theme]
    bars = {"data": {"name": "bars"}}
    y = {
        "field": "area_name",
        "type": "nominal",
        "sort": {"field": "place", "op": "min"},
        "title": None,
        "axis": {"labelLimit": 14 * text, "ticks": False, "domain": False, "labelPadding": 6},
    }
    colour = {
        "field": "area_name",
        "type": "nominal",
        "scale": {"domain": ["London", "England"], "range": [colours["london"], colours["england"]]},
        "legend": None,
    }
    fills = bars | {
        "transform": [{"calculate": palette.paint(theme), "as": "paint"}, *turn()],
        "params": [clickable()],
        "mark": {"type": "bar", "height": {"band": 0.76}, "cursor": "pointer", "strokeWidth": 0.5},
        "encoding": {
            "y": y,
            # the axis ends where the labels do: rounded up, it would offer percentages that nobody can have
            "x": _quantity("length")
            | {
                "axis": {"title": None, "tickCount": 4, "gridOpacity": 0.35, "labelOverlap": True},
                "scale": {"nice": False},
            },
            "fill": {"field": "paint", "type": "nominal", "scale": None},
            "stroke": {
                "condition": {"test": "datum.outside", "value": "transparent"},
                "value": palette.DARK_INK,
            },
            "description": {"field": "spoken", "type": "nominal"},
            "tooltip": TOOLTIP,
        },
    }
    highlights = [
        bars
        | {
            "transform": [{"filter": "datum.selected"}],
            "mark": {
                "type": "bar",
                "filled": False,
                "height": {"band": 0.95},
                "stroke": stroke,
                "strokeWidth": width * 0.7,
                "aria": False,
            },
            "encoding": {"y": y, "x": _quantity("length")},
        }
        for stroke, width in palette.HIGHLIGHT
    ]
    whiskers = bars | {
        "transform": [{"filter": "isValid(datum.lower)"}],
        "mark": {"type": "rule", "color": palette.HATCH, "strokeWidth": 1.5, "aria": False},
        "encoding": {"y": y, "x": _quantity("lower"), "x2": {"field": "upper"}},
    }
    rules = {
        "data": {"name": "benchmarks"},
        "mark": {"type": "rule", "strokeWidth": 1.5, "strokeDash": [5, 3], "aria": False},
        "encoding": {"x": _quantity("value"), "color": colour},
    }
    # the page's colour around a label keeps it readable where a benchmark's line crosses it
    values = [
        bars
        | {
            "mark": {
                "type": "text",
                "align": "left",
                "dx": LABEL_GAP,
                "fontSize": text,
                "cursor": "pointer",
                "aria": False,
            }
            | style,
            "encoding": {"y": y, "x": _quantity("end"), "text": {"field": "text", "type": "nominal"}},
        }
        for style in (
            {"color": colours["page"], "stroke": colours["page"], "strokeWidth": text / 3},
            {"color": colours["text"]},
        )
    ]
    margin = bars | {
        "transform": _room(text),
        "mark": {"type": "point", "opacity": 0, "aria": False},
        "encoding": {"x": _quantity("margin")},
    }
    names = [
        {
            "data": {"name": "benchmarks"},
            "transform": [{"filter": f"datum.place == {place} && datum.align == '{align}'"}],
            "mark": {
                "type": "text",
                "align": align,
                "baseline": "bottom",
                "fontSize": text,
                "fontWeight": 600,
            },
            "encoding": {
                "x": _quantity("value"),
                "y": {"value": -3 - 1.25 * text * place},
                "text": {"field": "text", "type": "nominal"},
                "description": {"field": "text", "type": "nominal"},
                "color": colour,
            },
        }
        for place in (0, 1)
        for align in ("left", "right")
    ]
    # the title of the axis is a row too: with the specification unchanged, the browser only swaps the rows
    axis_title = {
        "data": {"name": "axis"},
        "mark": {"type": "text", "align": "right", "fontSize": text, "color": colours["text"], "aria": False},
        "encoding": {
            "x": {"value": {"expr": "width"}},
            "y": {"value": {"expr": f"height + {2.9 * text}"}},
            "text": {"field": "title", "type": "nominal"},
        },
    }
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": "container",
        "height": {"step": BAR_STEP[size]},
        "config": palette.config(theme, size),
        "layer": [fills, *highlights, whiskers, rules, *values, margin, *names, axis_title],
    }

"""The ranked bar chart, as a Vega-Lite specification with its data beside it."""

import functools

import numpy as np
import pandas as pd
import pyarrow as pa

from data_loaders.catalogue import Catalogue, Indicator
from geo.tables.london import ENGLAND, LONDON
from pages.components.charts import palette, parts
from pages.components.charts.map_labels import HALF_LETTER
from pages.components.charts.map_layers import TOOLTIP, clickable, turn
from pages.components.text import units

BAR_STEP = 15  # in pixels
LABEL_GAP = 5  # in pixels, between a bar and its label
WIDEST_LABEL = 0.5  # of the width of the chart: however narrow it is, there are bars
UNRANKED = ", not ranked"
WHY_UNRANKED = ": very few children"


def datasets(
    rows: pd.DataFrame, table: pd.DataFrame, indicator: Indicator, catalogue: Catalogue
) -> dict[str, pa.Table]:
    """The data sets `bars`, `benchmarks` and `axis` of painted rows (maps.paint) and their place table.

    Bars are ordered from the highest, with missing values behind them, by name. An area that is not ranked
    stands apart, at the end, with its value and no bar that would be held against the others.
    """
    benchmarks = _benchmarks(table, indicator, catalogue)
    bars = rows.sort_values(["apart", "value", "area_name"], ascending=[True, False, True])
    ranked = bars[~bars["apart"] & bars["value"].notna()]
    highest = np.nanmax([0.0, *ranked["value"], *(row["value"] for row in benchmarks)])
    lowest = np.nanmin([0.0, *ranked["value"]])
    halfway = lowest + (highest - lowest) / 2
    drawn = _with_lines(_drawn(bars, lowest), [row["value"] for row in benchmarks])
    sides = [row | {"align": "right" if row["value"] > halfway else "left"} for row in benchmarks]
    most = indicator.unit.largest
    return {
        "axis": pa.table(
            {
                "title": [indicator.unit.axis],
                "zero": [0.0 if lowest < 0 else None],
                "most": pa.array([float(most) if most else None], pa.float64()),
            }
        ),
        "bars": drawn,
        "benchmarks": _ending(pa.Table.from_pylist(sides, schema=_BENCHMARKS), drawn),
    }


_BENCHMARKS = pa.schema(
    {
        "area_name": pa.string(),
        "value": pa.float64(),
        "text": pa.string(),
        "place": pa.int64(),
        "align": pa.string(),
    }
)
_COLUMNS = ["area_code", "area_name", "value_text", "rank_text", "ics_name", "spoken", "fill", "outside"]
_COLUMNS += ["selected", "apart"]


def _drawn(bars: pd.DataFrame, lowest: float) -> pa.Table:
    """The rows of the bars: `length` of each, and `end`, behind which its label stands."""
    apart = bars["apart"].to_numpy()
    values, lower, upper = (
        np.where(apart, np.nan, bars[column].astype(float)) for column in ("value", "lower_95", "upper_95")
    )
    said = zip(bars["value_text"], apart, strict=True)
    texts = [text + (UNRANKED if is_apart else "") for text, is_apart in said]
    return pa.table(
        {column: bars[column].to_numpy() for column in _COLUMNS}
        | {
            "place": range(len(bars)),
            "length": np.where(apart, 0, values),
            "lower": lower,
            "upper": upper,
            "end": np.nan_to_num(np.maximum(np.fmax(values, upper), 0)),
            "text": texts,
            "letters": [len(text) for text in texts],
            "lowest": np.full(len(bars), lowest),
        }
    )


def _with_lines(bars: pa.Table, values: list[float]) -> pa.Table:
    """The rows of the bars with the lines of the benchmarks, `line_1` left of `line_2`.

    None is at such a line where no bar is. `reach` is how far the axis must be open, see _room_for_values():
    up to the end of the bar, or to the last line, behind which its label may have to stand.
    """
    lines = [*sorted(values), np.nan, np.nan][:2]
    is_crossed = ~np.isnan(bars["length"].to_numpy()) & ~np.array(bars["apart"])
    for place, value in enumerate(lines, start=1):
        bars = bars.append_column(f"line_{place}", pa.array(np.where(is_crossed, value, np.nan)))
    last_line = np.where(is_crossed, max([0.0, *values]), 0)
    return bars.append_column("reach", pa.array(np.maximum(bars["end"].to_numpy(), last_line)))


def _ending(benchmarks: pa.Table, bars: pa.Table) -> pa.Table:
    """The benchmarks with how far down their lines go, as a share of the rows: where there are bars."""
    crossed = np.count_nonzero(~np.isnan(bars["line_1"].to_numpy()))
    return benchmarks.append_column("ends", pa.array([crossed / len(bars)] * len(benchmarks), pa.float64()))


def _benchmarks(table: pd.DataFrame, indicator: Indicator, catalogue: Catalogue) -> list[dict]:
    """London and England where they have a value that boroughs can be held against.

    The total of a count is no benchmark for one borough.
    """
    if not indicator.can_be_compared:
        return []
    rows = table[table["area_code"].isin([LONDON, ENGLAND]) & table["value"].notna()]
    return [
        {"area_name": name, "value": value, "text": f"{name} {text}", "place": place}
        for place, (name, value, text) in enumerate(
            zip(rows["area_name"], rows["value"], units.value_texts(rows, indicator, catalogue), strict=True)
        )
    ]


@functools.lru_cache(maxsize=4)
def specification(theme: str) -> dict:
    """How to draw the ranking, without rows; shared: nobody may change it."""
    text = palette.TEXT["page"]
    axis = {"labelLimit": 14 * text, "ticks": False, "domain": False, "labelPadding": 6}
    y = parts.nominal("area_name", sort={"field": "place", "op": "min"}, title=None, axis=axis)
    layers = [
        _bars(y, theme),
        *_rules_of_benchmarks(theme),
        *_around_chosen(y),
        _intervals(y),
        _line_above_apart(y, theme),
        _line_at_zero(theme),
        *_values_behind_bars(y, theme, text),
        _room_for_values(text),
        *_names_of_benchmarks(theme, text),
        _axis_title(theme, text),
    ]
    drawn = parts.whole(layers, palette.config(theme), {"step": BAR_STEP})
    table = palette.params(theme)
    return drawn | {"params": table} if table else drawn


def _bars(y: dict, theme: str) -> dict:
    """The bars, which are spoken and can be clicked."""
    # room for a value behind a bar of 100% is no room for 120%
    most = "peek(data('axis')).most"
    beyond = {"test": f"isValid({most}) && datum.value > {most}", "value": 0}
    axis = {
        "title": None,
        "tickCount": 4,
        "gridOpacity": {"condition": beyond, "value": 0.35},
        "labelExpr": f"{beyond['test']} ? '' : datum.label",
        "tickOpacity": {"condition": beyond, "value": 1},
        "labelOverlap": True,
    }
    outline = {
        "condition": {"test": "datum.outside || datum.apart", "value": "transparent"},
        "value": palette.THEMES[theme]["text"],
    }
    drawn = parts.layer(
        {"type": "bar", "height": {"band": 0.76}, "cursor": "pointer", "strokeWidth": 0.5},
        "bars",
        y=y,
        # the axis ends where the labels do: rounded up, it would offer percentages that nobody can have
        x=parts.quantity("length", axis=axis, scale={"nice": False}),
        fill=parts.as_it_is("paint"),
        stroke=outline,
        description=parts.nominal("spoken"),
        tooltip=TOOLTIP,
    )
    painted = [{"calculate": palette.paint(theme), "as": "paint"}, *turn()]
    return drawn | {"transform": painted, "params": [clickable()]}


def _around_chosen(y: dict) -> list[dict]:
    """Lines around the bar of the chosen borough."""
    outline = parts.unspoken("bar", filled=False, height={"band": 0.95})
    return [
        parts.layer(
            outline | {"stroke": stroke, "strokeWidth": width * 0.7},
            "bars",
            "datum.selected",
            y=y,
            x=parts.quantity("length"),
        )
        for stroke, width in palette.HIGHLIGHT
    ]


def _intervals(y: dict) -> dict:
    """The 95% interval of each bar that has one."""
    mark = parts.unspoken("rule", color=palette.HATCH, strokeWidth=1.5)
    ends: dict = {"x": parts.quantity("lower"), "x2": {"field": "upper"}}
    return parts.layer(mark, "bars", "isValid(datum.lower)", y=y, **ends)


def _line_above_apart(y: dict, theme: str) -> dict:
    """A line between the ranking and the area that is not ranked."""
    mark = parts.unspoken("rule", color=palette.THEMES[theme]["muted"])
    return parts.layer(mark | {"yOffset": {"expr": "-bandwidth('y') / 2"}}, "bars", "datum.apart", y=y)


def _line_at_zero(theme: str) -> dict:
    """Where bars go both ways, the line from which they do."""
    mark = parts.unspoken("rule", color=palette.THEMES[theme]["text"])
    return parts.layer(mark, "axis", "isValid(datum.zero)", x=parts.quantity("zero"))


def _values_behind_bars(y: dict, theme: str, text: int) -> list[dict]:
    """The value of each bar behind it, or behind the lines that would run through it there."""
    width = f"({2 * LABEL_GAP} + {_width('datum.letters', text)})"
    at = "scale('x', datum.end)"
    for line in ("line_1", "line_2"):
        across = f"scale('x', datum.{line})"
        at = f"(isValid(datum.{line}) && {across} >= {at} - 1 && {across} < {at} + {width} ? {across} : {at})"
    mark = parts.unspoken("text", align="left", fontSize=text, cursor="pointer")
    mark |= {"dx": {"expr": f"{at} - scale('x', datum.end) + {LABEL_GAP}"}}
    right = f"scale('x', datum.end) + {LABEL_GAP} + {_width(f'(datum.letters + {len(WHY_UNRANKED)})', text)}"
    said = parts.worked_out(f"datum.text + (datum.apart && {right} < width ? '{WHY_UNRANKED}' : '')")
    drawn: dict = {"y": y, "x": parts.quantity("end"), "text": said}
    # the casing keeps a value readable on the lines of the axis
    return [parts.layer(style, "bars", **drawn) for style in parts.cased(mark, theme, width=text / 3)]


def _width(letters: str, text: int) -> str:
    """The width of so many letters in a font of `text` pixels, as an expression."""
    return f"{2 * HALF_LETTER * text} * {letters}"


def _room_for_values(text: int) -> dict:
    """An invisible point `margin` that holds the axis open until a label fits behind its bar.

    `share` is how much of the width the label takes in a font of `text` pixels. The axis reaches from the
    lowest value to the margin, so the end of the bar must lie at 1 - share of it.
    """
    label = f"({LABEL_GAP} + {_width('datum.letters', text)})"
    margin = [
        {"calculate": f"min({label} / width, {WIDEST_LABEL})", "as": "share"},
        {"calculate": "(datum.reach - datum.share * datum.lowest) / (1 - datum.share)", "as": "margin"},
    ]
    point = parts.layer(parts.unspoken("point", opacity=0), "bars", x=parts.quantity("margin"))
    return point | {"transform": margin}


def _rules_of_benchmarks(theme: str) -> list[dict]:
    """The lines of London and England, cased: on a bar as dark, or in the dark as pale, as they are."""
    mark = parts.unspoken("rule", y=0, y2={"expr": "datum.ends * height"})
    casing = {"strokeWidth": 4, "color": palette.THEMES[theme]["page"]}
    where: dict = {"x": parts.quantity("value")}
    return [
        parts.layer(mark | casing, "benchmarks", **where),
        parts.layer(
            mark | {"strokeWidth": 1.5, "strokeDash": parts.DASHED},
            "benchmarks",
            **where,
            color=_colour(theme),
        ),
    ]


def _names_of_benchmarks(theme: str, text: int) -> list[dict]:
    """London and England above the bars, one higher than the other, each on the side where there is room."""
    mark = {"type": "text", "baseline": "bottom", "fontSize": text, "fontWeight": 600}
    return [
        parts.layer(
            mark | {"align": align},
            "benchmarks",
            f"datum.place == {place} && datum.align == '{align}'",
            x=parts.quantity("value"),
            y={"value": -3 - 1.25 * text * place},
            text=parts.nominal("text"),
            description=parts.nominal("text"),
            color=_colour(theme),
        )
        for place in (0, 1)
        for align in ("left", "right")
    ]


def _colour(theme: str) -> dict:
    """The colours of the benchmarks."""
    colours = palette.THEMES[theme]
    return parts.in_order("area_name", {"London": colours["london"], "England": colours["england"]})


def _axis_title(theme: str, text: int) -> dict:
    """The title of the axis, as a row: with the specification unchanged, the browser only swaps the rows."""
    mark = parts.unspoken("text", align="right", fontSize=text, color=palette.THEMES[theme]["text"])
    where: dict = {"x": parts.worked_out("width"), "y": parts.worked_out(f"height + {2.9 * text}")}
    return parts.layer(mark, "axis", **where, text=parts.nominal("title"))

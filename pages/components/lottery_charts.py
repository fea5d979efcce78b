"""The pictures of the lottery, as Vega-Lite specifications with their rows.

Each gives a specification without rows, and the rows by name.
"""

import pandas as pd

from data_loaders.catalogue import Catalogue, Indicator
from geo import funnel
from geo.lottery import is_proportion
from pages.components import chart_parts, palette, words
from pages.components.chart_parts import Picture

# the size of a letter and of a line of text, as shares of a chart
LETTER, LINE = 0.011, 0.04


def over_time(periods: pd.DataFrame, indicator: Indicator, catalogue: Catalogue, theme: str) -> Picture:
    """The highest and the lowest value in each period, joined by a line: over_time() with `london`."""
    is_date = indicator.period_type == "date"
    rows = periods.assign(
        place=range(len(periods)),
        period=[words.say_period(period, indicator) if is_date else period for period in periods["period"]],
        gap_text=[words.format_value(gap, indicator, catalogue) for gap in periods["gap"]],
    )
    colours = palette.THEMES[theme]
    x = {
        "field": "period",
        "type": "ordinal",
        "sort": {"field": "place"},
        "axis": {"title": None, "labelAngle": -40, "labelOverlap": True},
    }
    bars = {"mark": {"type": "rule", "strokeWidth": 6, "color": palette.SEQUENTIAL[5][1]}}
    layers = [
        bars
        | {
            "encoding": {
                "x": x,
                "y": chart_parts.value_axis("smallest", indicator, catalogue),
                "y2": {"field": "largest"},
            }
        },
        *(
            {
                "mark": {"type": "point", "filled": True, "size": 70, "opacity": 1, "color": chart_parts.DOT},
                "encoding": {"x": x, "y": chart_parts.value_axis(field, indicator, catalogue)},
            }
            for field in ("smallest", "largest")
        ),
        {
            "transform": [{"filter": "isValid(datum.london)"}],
            "mark": {"type": "tick", "thickness": 3, "width": 18, "color": colours["london"]},
            "encoding": {"x": x, "y": chart_parts.value_axis("london", indicator, catalogue)},
        },
    ]
    return chart_parts.framed(layers, theme, 260), {"rows": chart_parts.table(rows)}


def by_ics(
    rows: pd.DataFrame, indicator: Indicator, catalogue: Catalogue, chosen: str, theme: str
) -> Picture:
    """Each borough as a dot in the line of its ICS: a place table with London's value in `london`."""
    in_ics = rows.groupby("ics_name")["value"]
    lowest, highest = (rows["value"] == in_ics.transform(end) for end in ("min", "max"))
    said = _spoken(rows, indicator, catalogue, chosen).assign(
        label=rows["short_name"].where(lowest, ""), top=rows["short_name"].where(highest & ~lowest, "")
    )
    y = {"field": "ics_name", "type": "nominal", "axis": {"title": None, "labelLimit": 170}}
    x = chart_parts.value_axis("value", indicator, catalogue)
    layers = [
        chart_parts.dots({"y": y, "x": x}),
        chart_parts.ring({"y": y, "x": x}),
        # above and below, so that neither is in the other's way
        _names({"y": y, "x": x}, theme, dy=-13, dx=-6, align="left"),
        _names({"y": y, "x": x}, theme, field="top", dy=17, dx=6, align="right"),
        {
            "transform": [{"filter": "isValid(datum.london)"}],
            "mark": {"type": "rule", "strokeDash": [5, 3], "color": palette.THEMES[theme]["london"]},
            "encoding": {"x": {"aggregate": "min", "field": "london", "type": "quantitative"}},
        },
    ]
    return chart_parts.framed(layers, theme, {"step": 44}), {"rows": chart_parts.table(said)}


def against(
    rows: pd.DataFrame, other: Indicator, indicator: Indicator, catalogue: Catalogue, chosen: str, theme: str
) -> Picture:
    """Each borough by another indicator, in `other_value`, with its short name and the line of best fit."""
    labels = rows["short_name"].where(
        _uncrowded(rows, "other_value", "value", rows["area_name"] == chosen), ""
    )
    said = _spoken(rows, indicator, catalogue, chosen).assign(label=labels)
    x = chart_parts.value_axis("other_value", other, catalogue, title=other.short_label)
    y = chart_parts.value_axis("value", indicator, catalogue, title=indicator.short_label)
    layers = [
        {
            "transform": [{"regression": "value", "on": "other_value"}],
            "mark": {"type": "line", "strokeDash": [5, 3], "color": palette.HATCH, "aria": False},
            "encoding": {"x": x, "y": y},
        },
        chart_parts.dots({"x": x, "y": y}),
        chart_parts.ring({"x": x, "y": y}),
        _names({"x": x, "y": y}, theme, dx=7, align="left"),
    ]
    return chart_parts.framed(layers, theme, 420), {"rows": chart_parts.table(said)}


def funnel_plot(
    rows: pd.DataFrame, indicator: Indicator, catalogue: Catalogue, chosen: str, theme: str
) -> Picture:
    """Each borough by how many are eligible, with the limits of chance and wider ones; for proportions."""
    assert is_proportion(indicator, catalogue)
    said = _spoken(rows, indicator, catalogue, chosen)
    overall = rows["numerator"].sum() / rows["denominator"].sum()
    sizes = pd.Series(range(60)) / 59 * rows["denominator"].max() * 1.02 + rows["denominator"].min() / 2
    factor = funnel.overdispersion(rows["numerator"], rows["denominator"])
    plain = funnel.limits(sizes, overall).assign(kind="chance")
    wide = funnel.wider_limits(sizes, overall, factor).assign(kind="usual")
    lines = pd.concat([table.assign(eligible=sizes) for table in (plain, wide)], ignore_index=True)
    ends = [column for column in lines if str(column).startswith(("lower", "upper"))]
    lines[ends] = lines[ends] * 100
    x = {
        "field": "denominator",
        "type": "quantitative",
        "axis": {"title": "Number of children eligible", "tickCount": 6},
    }
    y = chart_parts.value_axis("value", indicator, catalogue)
    curves = [
        {
            "data": {"name": "limits"},
            "transform": [{"filter": f"datum.kind == '{kind}'"}],
            "mark": {"type": "line", "strokeDash": dash, "color": palette.HATCH, "aria": False},
            "encoding": {"x": x | {"field": "eligible"}, "y": y | {"field": end}},
        }
        for kind, dash in (("chance", [1, 0]), ("usual", [5, 3]))
        for end in ("lower_998", "upper_998")
    ]
    layers = [*curves, chart_parts.dots({"x": x, "y": y}), chart_parts.ring({"x": x, "y": y})]
    return chart_parts.framed(layers, theme, 320), {
        "rows": chart_parts.table(said),
        "limits": chart_parts.table(lines),
    }


def _spoken(rows: pd.DataFrame, indicator: Indicator, catalogue: Catalogue, chosen: str) -> pd.DataFrame:
    texts = words.value_texts(rows, indicator, catalogue)
    said = rows.assign(
        value_text=texts,
        selected=rows["area_name"] == chosen,
        spoken=[f"{name}, {text}" for name, text in zip(rows["area_name"], texts, strict=True)],
    )
    columns = ["area_name", "short_name", "ics_name", "value", "denominator", "other_value", "london"]
    return said[[*(name for name in columns if name in said), "value_text", "selected", "spoken"]]


def _names(encoding: dict, theme: str, field: str = "label", **place: object) -> dict:
    """The text of a field beside a dot, on the colour of the page, so that it is readable over a line."""
    mark = {"type": "text", "fontSize": 11, "color": palette.THEMES[theme]["text"], "aria": False, **place}
    return {"mark": mark, "encoding": encoding | {"text": {"field": field, "type": "nominal"}}}


def _uncrowded(rows: pd.DataFrame, x: str, y: str, first: pd.Series) -> pd.Series:
    """Which rows have room for their names: `first`, then the outermost, as long as none is in the way."""
    spread = {
        axis: (rows[axis] - rows[axis].mean()) / max(rows[axis].max() - rows[axis].min(), 1e-12)
        for axis in (x, y)
    }
    order = (spread[x].abs() + spread[y].abs() + 10 * first).sort_values(ascending=False).index
    placed: list[tuple[float, float, float]] = []
    shown = pd.Series(False, index=rows.index)
    for row in order:
        left, middle = spread[x][row], spread[y][row]
        right = left + LETTER * (len(rows.at[row, "short_name"]) + 2)
        if all(right < a or left > b or abs(middle - c) > LINE for a, b, c in placed):
            placed.append((left, right, middle))
            shown[row] = True
    return shown

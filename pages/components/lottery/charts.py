"""The pictures of the lottery, as Vega-Lite specifications with their rows.

Each gives a specification without rows, and the rows by name.
"""

import pandas as pd

from data_loaders.catalogue import Catalogue, Indicator
from geo.lottery.one_period import FEWEST
from geo.measures import funnel as measures_funnel
from geo.tables.shown import as_shown
from pages.components.charts import palette, parts as charts_parts
from pages.components.charts.parts import Chart
from pages.components.text import units

# the size of a letter and of a line of text, as shares of a chart
LETTER, LINE = 0.011, 0.04
# where it is narrower in pixels, there is no room for any name but that of the chosen borough
NAMED = 480
# pixels of half a letter of a name
HALF_LETTER = 3.2


def by_ics(rows: pd.DataFrame, indicator: Indicator, catalogue: Catalogue, chosen: str, theme: str) -> Chart:
    """Each borough as a dot in the line of its ICS: a place table with London's value in `london`."""
    shown = as_shown(rows["value"], indicator.decimals)
    in_ics = shown.groupby(rows["ics_name"])
    said = _spoken(rows, indicator, catalogue, chosen).assign(
        label=_ends(rows, shown == in_ics.transform("max")),
        low_label=_ends(rows, shown == in_ics.transform("min")),
    )
    y = charts_parts.nominal("ics_name", axis={"title": None, "labelLimit": 170})
    x = charts_parts.value_axis("value", indicator, beside_names=True)
    layers = [
        charts_parts.dots({"y": y, "x": x}),
        charts_parts.ring({"y": y, "x": x}),
        # the lowest below its dot and the highest above: where they are close they do not meet
        *_names({"y": y, "x": x}, theme, least=340, dy=-13, align=_inwards("label")),
        *_names({"y": y, "x": x}, theme, "low_label", least=340, dy=14, align=_inwards("low_label")),
        charts_parts.at_london(theme),
        charts_parts.named_at_london(theme),
    ]
    return charts_parts.framed(layers, theme, {"step": 52}, said)


def against(
    rows: pd.DataFrame, other: Indicator, indicator: Indicator, catalogue: Catalogue, chosen: str, theme: str
) -> Chart:
    """Each borough by another indicator, in `other_value`, with its short name.

    The line of best fit is drawn from lottery.FEWEST boroughs on: through a few points there is always one.
    """
    sides = _uncrowded(rows, rows["area_name"] == chosen)
    said = _spoken(rows, indicator, catalogue, chosen).assign(
        label=rows["short_name"].where(sides == "right", ""),
        left_label=rows["short_name"].where(sides == "left", ""),
    )
    x = charts_parts.value_axis("other_value", other, title=other.short_label)
    y = charts_parts.value_axis("value", indicator, title=indicator.short_label)
    line = charts_parts.unspoken("line", strokeDash=charts_parts.DASHED, color=palette.HATCH)
    fit = {"transform": [{"regression": "value", "on": "other_value"}]} | charts_parts.layer(line, x=x, y=y)
    layers = [
        *([fit] if len(rows) >= FEWEST else []),
        charts_parts.dots({"x": x, "y": y}),
        charts_parts.ring({"x": x, "y": y}),
        *_names({"x": x, "y": y}, theme, dx=8, align="left"),
        *_names({"x": x, "y": y}, theme, "left_label", dx=-8, align="right"),
    ]
    return charts_parts.framed(layers, theme, 420, said)


def funnel_plot(
    rows: pd.DataFrame,
    everywhere: pd.DataFrame,
    indicator: Indicator,
    catalogue: Catalogue,
    chosen: str,
    theme: str,
) -> Chart:
    """Each borough by how many are eligible, with the limits of chance and wider ones; for proportions.

    `everywhere` are all boroughs of London that are compared: the limits are theirs, whatever is shown.
    """
    assert indicator.is_proportion
    outside = measures_funnel.outside(rows, everywhere)
    named = outside["usual"] | (rows["area_name"] == chosen)
    said = _spoken(rows, indicator, catalogue, chosen).assign(label=rows["short_name"].where(named, ""))
    axis = {"title": "Number of children eligible", "tickCount": 6, "gridOpacity": 0.35}
    x = charts_parts.quantity("denominator", axis=axis)
    y = charts_parts.value_axis("value", indicator)
    layers = [
        *_curves(x | {"field": "eligible"}, y),
        charts_parts.dots({"x": x, "y": y}),
        charts_parts.ring({"x": x, "y": y}),
        *_names({"x": x, "y": y}, theme, dy=-13, align="center"),
    ]
    lines = _limits(rows["denominator"], everywhere)
    return charts_parts.framed(layers, theme, 320, said, limits=lines)


def _limits(eligible: pd.Series, everywhere: pd.DataFrame) -> pd.DataFrame:
    """Both kinds of limits, in per cent, for 60 numbers of eligible children over the range of these."""
    overall, factor = measures_funnel.spread(everywhere)
    sizes = pd.Series(range(60)) / 59 * eligible.max() * 1.02 + eligible.min() / 2
    plain = measures_funnel.limits(sizes, overall).assign(kind="chance")
    wide = measures_funnel.wider_limits(sizes, overall, factor).assign(kind="usual")
    lines = pd.concat([table.assign(eligible=sizes) for table in (plain, wide)], ignore_index=True)
    ends = [column for column in lines if str(column).startswith(("lower", "upper"))]
    return lines.assign(**{str(end): lines[end] * 100 for end in ends})


def _curves(x: dict, y: dict) -> list[dict]:
    """The limits of chance as lines, and the wider ones, dashed."""
    return [
        charts_parts.layer(
            charts_parts.unspoken("line", strokeDash=dash, color=palette.HATCH),
            "limits",
            f"datum.kind == '{kind}'",
            x=x,
            y=y | {"field": end},
        )
        for kind, dash in (("chance", charts_parts.SOLID), ("usual", charts_parts.DASHED))
        for end in ("lower_998", "upper_998")
    ]


def _spoken(rows: pd.DataFrame, indicator: Indicator, catalogue: Catalogue, chosen: str) -> pd.DataFrame:
    texts = units.value_texts(rows, indicator, catalogue)
    said = rows.assign(
        value_text=texts,
        selected=rows["area_name"] == chosen,
        spoken=[units.aloud(f"{name}, {text}") for name, text in zip(rows["area_name"], texts, strict=True)],
    )
    columns = ["area_name", "short_name", "ics_name", "value", "denominator", "other_value", "london"]
    return said[[*(name for name in columns if name in said), "value_text", "selected", "spoken"]]


def _ends(rows: pd.DataFrame, at_end: pd.Series) -> pd.Series:
    """The names at an end of each ICS, by the first of those that share it; many become a number."""
    said = pd.Series("", index=rows.index)
    for _, tied in rows[at_end].groupby("ics_name"):
        names = list(tied["short_name"])
        said[tied.index[0]] = ", ".join(names) if len(names) < 3 else f"{len(names)} boroughs"
    return said


def _names(
    encoding: dict, theme: str, field: str = "label", least: int = NAMED, **place: object
) -> list[dict]:
    """The text of a field beside a dot, in a casing of the page's colour, so that lines do not cross it.

    It is there from a width of the picture of `least` pixels on.
    """
    is_named = {"expr": f"width < {least} && !datum.selected ? 0 : 1"}
    mark = charts_parts.unspoken("text", fontSize=12, opacity=is_named, **place)
    return [
        charts_parts.layer(style, **encoding, text=charts_parts.nominal(field))
        for style in charts_parts.cased(mark, theme)
    ]


def _inwards(field: str) -> dict:
    """Names in the middle of their dots, but from them inwards where an axis or the edge would cut them."""
    at, half = "scale('x', datum.value)", f"length(datum.{field}) * {HALF_LETTER}"
    return {"expr": f"{at} < {half} ? 'left' : {at} > width - {half} ? 'right' : 'center'"}


def _uncrowded(rows: pd.DataFrame, first: pd.Series) -> pd.Series:
    """On which side of its dot each name has room, `right` or `left`; empty for those that have none.

    `first` come first, then the outermost. A name covers neither another name nor another's dot.
    """
    x, y = (
        (values - values.mean()) / max(values.max() - values.min(), 1e-12)
        for values in (rows["other_value"], rows["value"])
    )
    order = (x.abs() + y.abs() + 10 * first).sort_values(ascending=False).index
    taken = [(across - LETTER / 2, across + LETTER / 2, up) for across, up in zip(x, y, strict=True)]
    sides = pd.Series("", index=rows.index)
    for row in order:
        across, up = x[row], y[row]
        width = LETTER * len(rows.at[row, "short_name"])
        ways = [("right", across + LETTER), ("left", across - LETTER - width)]
        # on a phone that of the chosen one, which stands in any case, has more room towards the middle
        for side, left in reversed(ways) if first[row] and across > 0 else ways:
            right = left + width
            if first[row] or all(right < a or left > b or abs(up - c) > LINE for a, b, c in taken):
                taken.append((left, right, up))
                sides[row] = side
                break
    return sides

"""The ranked bar chart, as a Vega-Lite specification with its data beside it."""

import functools

import altair as alt
import numpy as np
import pandas as pd

from data_loaders.catalogue import Catalogue, Indicator
from geo.join import ENGLAND, LONDON
from pages.components import palette, words

BAR_STEP = 17
SELECTION = "borough"
LETTER_WIDTH = 0.024  # of the axis, on a chart as narrow as a phone's
BEYOND = 1.15  # a bar may be this much longer than the longest bar of an area that is not small


def datasets(
    rows: pd.DataFrame, table: pd.DataFrame, indicator: Indicator, catalogue: Catalogue
) -> dict[str, pd.DataFrame]:
    """The data sets `bars` and `benchmarks` of painted rows (maps.paint) and their place table.

    Bars are ordered from the highest, with missing values last, by name. A small area beyond the scale of the
    others has its bar cut off, and an arrow behind its label; a remark below the headline says why.
    """
    ordinary = rows.loc[~rows["small"], ["value", "upper_95"]].max().max()
    lowest = min(0.0, rows["value"].min())
    benchmarks = _benchmarks(table, indicator, catalogue)
    limit = np.nanmax([ordinary, *benchmarks["value"], 0.0]) * BEYOND
    ordered = rows.sort_values(["value", "area_name"], ascending=[False, True], ignore_index=True)
    cut = ordered["value"] > limit
    end = ordered[["value", "upper_95"]].max(axis=1).clip(lower=0, upper=limit).fillna(0)
    bars = pd.DataFrame(
        {
            "area_code": ordered["area_code"],
            "area_name": ordered["area_name"],
            "place": range(len(ordered)),
            "length": ordered["value"].clip(upper=limit),
            "lower": ordered["lower_95"],
            "upper": ordered["upper_95"],
            "end": end,
            "text": ordered["value_text"].where(
                ~cut, ordered["value_text"] + " \N{BLACK RIGHT-POINTING TRIANGLE}"
            ),
            "fill": ordered["fill"],
            "edge": np.where(ordered["outside"], "transparent", palette.DARK_INK),
            "selected": ordered["selected"],
            "rank_text": ordered["rank_text"],
            "ics_name": ordered["ics_name"],
        }
    )
    # an invisible point that holds the axis open as far as the labels run on behind the bars
    letter = LETTER_WIDTH * (limit - lowest)
    benchmarks["align"] = np.where(benchmarks["value"] > lowest + (limit - lowest) / 2, "right", "left")
    bars["margin"] = bars["end"] + letter * bars["text"].str.len()
    return {"bars": bars, "benchmarks": benchmarks}


@functools.lru_cache(maxsize=8)
def specification(axis: str, theme: str) -> dict:
    """How to draw the ranking, without rows. The result is shared: copy it before changing it."""
    colours = palette.THEMES[theme]
    bars = alt.Chart(alt.NamedData("bars")).transform_calculate(paint=palette.paint(theme))
    y = alt.Y(
        "area_name:N",
        sort=alt.EncodingSortField("place", op="min"),
        title=None,
        axis=alt.Axis(labelLimit=170, ticks=False, domain=False, labelPadding=6, labelFontSize=12),
    )
    x = alt.X("length:Q", title=axis, axis=alt.Axis(tickCount=4, grid=True, gridOpacity=0.35))
    pick = alt.selection_point(name=SELECTION, fields=["area_code", "turn"])
    fills = (
        bars.mark_bar(height=alt.RelativeBandSize(0.76), cursor="pointer")
        .encode(
            y=y,
            x=x,
            fill=alt.Fill("paint:N", scale=None),
            stroke=alt.Stroke("edge:N", scale=None),
            strokeWidth=alt.value(0.5),
            tooltip=[
                alt.Tooltip("area_name:N", title="Authority"),
                alt.Tooltip("text:N", title="Value"),
                alt.Tooltip("rank_text:N", title="Rank, 1st is highest"),
                alt.Tooltip("ics_name:N", title="ICS"),
            ],
        )
        .add_params(pick)
    )
    chosen = bars.transform_filter("datum.selected")
    highlights = [
        chosen.mark_bar(
            filled=False, height=alt.RelativeBandSize(0.95), stroke=colour, strokeWidth=width, aria=False
        ).encode(y=y, x="length:Q")
        for colour, width in ((palette.DARK_INK, 4), (palette.HIGHLIGHT, 2.5))
    ]
    whiskers = (
        bars.transform_filter("isValid(datum.lower)")
        .mark_rule(color=palette.HATCH, strokeWidth=1.5, aria=False)
        .encode(y=y, x="lower:Q", x2="upper:Q")
    )
    # the page's colour around a label keeps it readable where a benchmark's line crosses it
    values = [
        bars.mark_text(align="left", dx=5, fontSize=12, cursor="pointer", aria=False, **style).encode(
            y=y, x="end:Q", text="text:N"
        )
        for style in (
            {"color": colours["page"], "stroke": colours["page"], "strokeWidth": 4},
            {"color": colours["text"]},
        )
    ]
    margin = bars.mark_point(opacity=0, aria=False).encode(x="margin:Q")
    benchmarks = alt.Chart(alt.NamedData("benchmarks"))
    colour = alt.Color(
        "area_name:N",
        scale=alt.Scale(domain=["London", "England"], range=[colours["london"], colours["england"]]),
        legend=None,
    )
    rules = benchmarks.mark_rule(strokeWidth=1.5, strokeDash=[5, 3]).encode(x="value:Q", color=colour)
    names = [
        benchmarks.transform_filter(f"datum.place == {place} && datum.align == '{align}'")
        .mark_text(align=align, fontSize=12, fontWeight=600, baseline="bottom", aria=False)
        .encode(x="value:Q", y=alt.YValue(-3 - 15 * place), text="text:N", color=colour)
        for place in (0, 1)
        for align in ("left", "right")
    ]
    chart = (
        alt.layer(fills, *highlights, whiskers, rules, *values, margin, *names)
        .properties(width="container", height=alt.Step(BAR_STEP))
        .configure(font=palette.FONT, background="transparent", padding=4)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=colours["text"],
            titleColor=colours["text"],
            gridColor=colours["muted"],
            titleFontWeight=400,
            titleFontSize=12,
            labelFontSize=12,
        )
    )
    return chart.to_dict(validate=False)


def _benchmarks(table: pd.DataFrame, indicator: Indicator, catalogue: Catalogue) -> pd.DataFrame:
    """London and England where they have a value that boroughs can be held against.

    The total of a count is no benchmark for one borough.
    """
    rows = table[table["area_code"].isin([LONDON, ENGLAND]) & table["value"].notna()]
    if indicator.aggregation == "sum":
        rows = rows.iloc[:0]
    texts = [
        f"{row['area_name']} {words.format_value(row['value'], indicator, catalogue)}"
        for _, row in rows.iterrows()
    ]
    return pd.DataFrame(
        {"area_name": rows["area_name"], "value": rows["value"], "text": texts, "place": range(len(rows))}
    )

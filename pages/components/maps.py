"""The map of London and the tile grid, as a Vega-Lite specification with its data beside it.

The specification says how to draw and holds the shapes; it is built once for each layout, scope and theme.
The rows that change with the indicator are named data sets of a few kilobytes. Place and size follow from
`k`, the scale of the projection, which the browser works out from the width it has: so the legend moves below
the map on a narrow page, and a label appears where it fits.
"""

import functools
import string

import altair as alt
import pandas as pd

from data_loaders.catalogue import Catalogue, Indicator
from geo.classes import classify
from geo.join import London
from geo.shapes import Layout
from pages.components import palette, words
from pages.components.view import View

HEIGHT = 600
LEGEND_ROW = 21
WIDE = 720
NARROW = 430
LEGEND_WIDTH = 170
HALF_LETTER = 0.27  # half the width of an average letter, in font sizes
LINE_HEIGHT = 1.15  # in font sizes
LARGEST_TILE_LETTERS = 0.15  # font size in widths of a tile, so that eleven letters fit
SELECTION = "borough"

UNCLASSED = -1
COMPARISON_WORDS = {
    "better": "Better than London",
    "similar": "Similar to London",
    "worse": "Worse than London",
    "not_compared": "Not compared",
}


def paint(table: pd.DataFrame, london: London, view: View, layout: Layout) -> pd.DataFrame:
    """The place table's authorities with how to draw them.

    Adds outside (of the ICS looked at), missing, selected; class_order, class_label, letter (of a category),
    fill, ink; value_text, interval_text,
    rank_text, status_text; label, full (the label with the name, lines divided by "|"), letters (in the longest line of
    it); and x, y, reach of the layout.
    """
    catalogue = london.catalogue
    indicator = catalogue.indicators[view.indicator]
    rows = table[table["area_type"] == "borough"].merge(layout.labels, on="area_code", validate="one_to_one")
    rows["outside"] = rows["ics_code"] != view.scope if view.scope else False
    rows["missing"] = rows["value"].isna()
    rows["selected"] = rows["area_name"] == view.borough
    rows["class_order"] = _classify(rows, indicator, view.classes)
    rows = rows.join(_describe_classes(rows, indicator, catalogue, view.classes), on="class_order")
    rows["fill"] = rows["fill"].where(~rows["outside"], palette.OUTSIDE)
    rows["ink"] = rows["fill"].map(palette.ink)
    rows["value_text"] = words.value_texts(rows, indicator, catalogue)
    rows["interval_text"] = words.interval_texts(rows, indicator, catalogue)
    rows["rank_text"] = words.rank_texts(rows, "london")
    rows["status_text"] = rows["status"].map({s.status: s.word for s in catalogue.statuses.values()})
    rows["label"] = rows["value_text"].where(rows["letter"] == "", rows["letter"]).where(~rows["outside"], "")
    rows["full"] = rows["tile_label"] + "|" + rows["label"]
    rows["letters"] = rows["full"].str.split("|").map(lambda lines: max(map(len, lines)))
    return rows


def datasets(rows: pd.DataFrame, london: London, view: View, layout: Layout) -> dict[str, pd.DataFrame]:
    """The data sets that change with what is looked at: areas, hatch, legend and ics_names."""
    catalogue = london.catalogue
    indicator = catalogue.indicators[view.indicator]
    drawn = [
        "value_text",
        "rank_text",
        "area_code",
        "area_name",
        "ics_name",
        "fill",
        "ink",
        "outside",
        "selected",
    ]
    drawn += ["label", "full", "letters", "x", "y", "reach"]
    without = rows.loc[rows["missing"] & ~rows["outside"], "area_code"]
    names = london.ics_names(view.vintage)
    placed = layout.ics_labels[layout.ics_labels["vintage"] == view.vintage]
    if view.scope:
        placed = placed.iloc[:0]
    return {
        "areas": rows[drawn],
        "hatch": layout.hatch[layout.hatch["area_code"].isin(without)],
        "legend": _legend(rows, indicator, catalogue, view),
        "ics_names": placed.assign(text=placed["ics_code"].map(names).map(_two_lines)),
    }


def specification(layout: Layout, rows: pd.DataFrame, vintage: str, theme: str) -> dict:
    """How to draw the map, with shapes and without rows, zoomed to the authorities in scope of painted rows."""
    drawing = dict(_drawing(layout, vintage, theme))
    inside = rows[~rows["outside"]]
    west, south = inside["west"].min(), inside["south"].min()
    bounds = {"west": west, "north": inside["north"].max()}
    bounds |= {"span_x": inside["east"].max() - west, "span_y": bounds["north"] - south}
    drawing["params"] = [
        {"name": param["name"], "value": float(bounds[param["name"]])} if param["name"] in bounds else param
        for param in drawing["params"]
    ]
    return drawing


@functools.lru_cache(maxsize=8)
def _drawing(layout: Layout, vintage: str, theme: str) -> dict:
    """The specification before anybody has said where to zoom to. The result is shared."""
    colours = palette.THEMES[theme]
    size = [
        *(alt.param(name=name, value=0) for name in ("west", "north", "span_x", "span_y")),
        alt.param(name="beside", expr=f"width >= {WIDE}"),
        alt.param(name="map_width", expr=f"beside ? width - {LEGEND_WIDTH} : width"),
        alt.param(name="map_height", expr=f"beside ? height - 16 : height - {LEGEND_ROW * 8}"),
        alt.param(name="k", expr="min(map_width / span_x, map_height / span_y)"),
        alt.param(name="font", expr=_FONT_SIZE[layout.projection]),
        alt.param(name="legend_top", expr=f"beside ? height - {LEGEND_ROW * 8} : k * span_y + 34"),
    ]
    left = "width - map_width + (map_width - k * span_x) / 2 - k * west"
    translate = alt.expr(f"[{left}, 8 + k * north]")
    flipped = {"reflectY": True} if layout.projection == "identity" else {}

    rows = alt.LookupData(
        data=alt.NamedData("areas"),
        key="area_code",
        fields=["area_name", "ics_name", "fill", "outside", "selected", "value_text", "rank_text", "turn"],
    )
    boroughs = (
        alt.Chart(_shapes("boroughs"))
        .transform_calculate(area_code="datum.properties.area_code")
        .transform_lookup("area_code", from_=rows)
        .transform_calculate(paint=palette.paint(theme))
    )
    pick = alt.selection_point(name=SELECTION, fields=["area_code", "turn"])
    fills = (
        boroughs.mark_geoshape(clip=True, cursor="pointer")
        .encode(
            fill=alt.Fill("paint:N", scale=None),
            stroke=alt.condition("datum.outside", alt.value(colours["outside_edge"]), alt.value("#FFFFFF")),
            strokeWidth=alt.value(1.4),
            tooltip=[
                alt.Tooltip("area_name:N", title="Authority"),
                alt.Tooltip("value_text:N", title="Value"),
                alt.Tooltip("rank_text:N", title="Rank, 1st is highest"),
                alt.Tooltip("ics_name:N", title="ICS"),
            ],
        )
        .add_params(pick)
    )
    hatch = (
        alt.Chart(alt.NamedData("hatch"))
        .mark_rule(clip=True, color=palette.HATCH, aria=False)
        .encode(longitude="x:Q", latitude="y:Q", longitude2="x2", latitude2="y2")
    )
    # a dark line in a white casing stands out from every fill, and from both page backgrounds
    thin = boroughs.mark_geoshape(fill=None, stroke=palette.DARK_INK, strokeWidth=0.4, clip=True, aria=False)
    casing = alt.Chart(_shapes(f"ics_{vintage}")).mark_geoshape(
        fill=None, stroke=palette.CASING, strokeWidth=4.5, clip=True, aria=False
    )
    footprints = alt.Chart(_shapes(f"ics_{vintage}")).mark_geoshape(
        fill=None, stroke=palette.FOOTPRINT, strokeWidth=2, clip=True, aria=False
    )
    chosen = boroughs.transform_filter("datum.selected")
    highlights = [
        chosen.mark_geoshape(fill=None, stroke=colour, strokeWidth=width, clip=True, aria=False)
        for colour, width in ((palette.DARK_INK, 6), (palette.HIGHLIGHT, 3.5))
    ]
    named = (
        alt.Chart(alt.NamedData("areas"))
        .transform_filter("!datum.outside")
        .transform_calculate(
            text=f"datum.reach * k > datum.letters * font * {HALF_LETTER} ? datum.full"
            f" : datum.reach * k > length(datum.label) * font * {HALF_LETTER} ? datum.label : ''",
            lines="length(split(datum.text, '|'))",
        )
    )
    labels = [
        named.transform_filter(f"datum.lines == {lines}")
        .mark_text(fontSize=alt.expr("font"), fontWeight=600, cursor="pointer", aria=False, **_block(lines))
        .encode(longitude="x:Q", latitude="y:Q", text="text:N", color=alt.Color("ink:N", scale=None))
        for lines in (1, 2, 3)
    ]
    ics_names = [
        alt.Chart(alt.NamedData("ics_names"))
        .transform_filter(f"datum.align == '{align}' && map_width > {NARROW}")
        .mark_text(align=align, fontSize=12, fontWeight=700, color=colours["text"], aria=False, **_block(2))
        .encode(longitude="x:Q", latitude="y:Q", text="text:N")
        for align in ("left", "right")
    ]
    layers = [
        fills,
        thin,
        hatch,
        casing,
        footprints,
        *highlights,
        *labels,
        *ics_names,
        *_legend_layers(theme),
    ]
    chart = (
        alt.layer(*layers)
        .add_params(*size)
        .project(type=layout.projection, scale=alt.expr("k"), translate=translate, **flipped)
        .properties(width="container", height=HEIGHT)
        .configure(font=palette.FONT, background="transparent", padding=4)
        .configure_view(stroke=None)
    )
    drawing = chart.to_dict(validate=False)
    drawing["datasets"] = {
        "boroughs": layout.shapes["boroughs"],
        f"ics_{vintage}": layout.shapes[f"ics_{vintage}"],
    }
    return drawing


_FONT_SIZE = {
    "mercator": "map_width > 600 ? 12 : 11",
    "identity": f"clamp(k * {LARGEST_TILE_LETTERS}, 6, 13)",
}


def _block(lines: int) -> dict[str, object]:
    """Mark properties that centre a text of several lines on its point; Vega hangs it from the first line."""
    rise = (lines - 1) * LINE_HEIGHT / 2
    return {
        "lineBreak": "|",
        "baseline": "middle",
        "lineHeight": alt.expr(f"font * {LINE_HEIGHT}"),
        "dy": alt.expr(f"-font * {rise}"),
    }


def _shapes(name: str) -> alt.NamedData:
    return alt.NamedData(name=name, format=alt.TopoDataFormat(type="topojson", feature=name))


def _legend_layers(theme: str) -> list[alt.Chart]:
    """The legend is drawn by hand, because Vega has no hatched swatch and no counts.

    It stands on a panel of the page's colour: zoomed to one ICS, its neighbours would run on below it.
    """
    colours = palette.THEMES[theme]
    panel = (
        alt.Chart(alt.NamedData("legend"))
        .transform_filter("datum.row == 0")
        .mark_rect(color=colours["page"], strokeOpacity=0, aria=False)
        .encode(
            x=alt.XValue(-5),
            x2=alt.X2Value(alt.expr(f"beside ? {LEGEND_WIDTH} : width + 5")),
            y=alt.YValue(alt.expr("beside ? -5 : legend_top - 18")),
            y2=alt.Y2Value(alt.expr("height + 5")),
        )
    )
    row = alt.Chart(alt.NamedData("legend")).transform_calculate(
        at=f"legend_top + datum.row * {LEGEND_ROW}",
        above="datum.at - 7",
        below="datum.at + 7",
        left="datum.fill == '' ? 2 : 24",
        paint=palette.paint(theme),
    )
    y = alt.Y("at:Q", scale=None, axis=None)
    swatch = (
        row.transform_filter("datum.fill != ''")
        .mark_point(shape="square", size=210, filled=True, opacity=1, strokeWidth=1, aria=False)
        .encode(x=alt.XValue(9), y=y, fill=alt.Fill("paint:N", scale=None), stroke=alt.value(palette.HATCH))
    )
    hatching = [
        row.transform_filter("datum.hatched")
        .mark_rule(color=palette.HATCH, aria=False)
        .encode(x=alt.XValue(x), x2=alt.X2Value(x2), y=alt.Y("below:Q", scale=None, axis=None), y2="above:Q")
        for x, x2 in ((2, 9), (5, 13), (9, 16))
    ]
    text = row.mark_text(align="left", baseline="middle", fontSize=12, color=colours["text"]).encode(
        x=alt.X("left:Q", scale=None, axis=None), y=y, text="text:N"
    )
    return [panel, swatch, *hatching, text]


def _classify(rows: pd.DataFrame, indicator: Indicator, method: str) -> pd.Series:
    """The class of each authority as a whole number, 0 first; UNCLASSED where there is no value."""
    if indicator.categories:
        order = rows["value"].map({code: place for place, code in enumerate(indicator.categories)})
    elif method == "london":
        verdicts = {verdict: place for place, verdict in enumerate(COMPARISON_WORDS)}
        order = rows["comparison"].map(verdicts).where(rows["value"].notna())
    else:
        # classes are those of all London, so that a colour means the same in every ICS
        order = classify(rows["value"], method, rows["small"])
    return order.astype("Int64").fillna(UNCLASSED).astype(int)


def _describe_classes(
    rows: pd.DataFrame, indicator: Indicator, catalogue: Catalogue, method: str
) -> pd.DataFrame:
    """What each class of `rows` is called and how it is filled: class_label, letter, fill, by class number."""
    if indicator.categories:
        labels = list(indicator.categories.values())
        fills, letters = palette.CATEGORICAL, list(string.ascii_uppercase[: len(labels)])
    elif method == "london":
        labels, fills = list(COMPARISON_WORDS.values()), [palette.COMPARISON[key] for key in COMPARISON_WORDS]
        letters = [""] * len(labels)
    else:
        numbers = range(rows["class_order"].max() + 1)
        labels = [_range(rows[rows["class_order"] == number], indicator, catalogue) for number in numbers]
        fills, letters = palette.SEQUENTIAL.get(len(labels), []), [""] * len(labels)
    classes = pd.DataFrame(
        {"class_label": labels, "letter": letters, "fill": fills[: len(labels)]}, index=range(len(labels))
    )
    classes.loc[UNCLASSED] = {"class_label": "", "letter": "", "fill": palette.MISSING}
    return classes


def _range(members: pd.DataFrame, indicator: Indicator, catalogue: Catalogue) -> str:
    """A class in words, by the values that are really in it."""
    ordinary = members.loc[~members["small"], "value"]
    if ordinary.empty:
        ordinary = members["value"]
    low, high = (
        words.format_value(value, indicator, catalogue) for value in (ordinary.min(), ordinary.max())
    )
    if members["value"].max() > ordinary.max():
        return f"{low} or more"
    if members["value"].min() < ordinary.min():
        return f"{high} or less"
    return low if low == high else f"{low} to {high}"


def _legend(rows: pd.DataFrame, indicator: Indicator, catalogue: Catalogue, view: View) -> pd.DataFrame:
    """Rows of the legend from the top: heading, classes from the highest, missing by reason, outside.

    Columns row, text, fill (empty for the heading) and hatched. Counts are of the authorities in scope.
    """
    inside = rows[~rows["outside"]]
    entries = [(catalogue.units[indicator.unit].axis or indicator.short_label, "", False)]
    known = inside[~inside["missing"]]
    known = known.sort_values("class_order", ascending=bool(indicator.categories) or view.classes == "london")
    for (letter, label, fill), members in known.groupby(["letter", "class_label", "fill"], sort=False):
        entries.append((f"{letter} {label} ({len(members)})".strip(), str(fill), False))
    for status, members in inside[inside["missing"]].groupby("status"):
        word = catalogue.statuses[str(status)].word
        entries.append((f"{word[0].upper()}{word[1:]} ({len(members)})", palette.MISSING, True))
    if view.scope:
        entries.append(("Outside this ICS", palette.OUTSIDE, False))
    return pd.DataFrame(entries, columns=["text", "fill", "hatched"]).assign(row=range(len(entries)))


def _two_lines(name: str) -> str:
    """ "North Central London" on two lines, the last word alone on the second."""
    first, _, last = name.rpartition(" ")
    return f"{first}|{last}"

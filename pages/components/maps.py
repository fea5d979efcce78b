"""The map of London and the tile grid, as a Vega-Lite specification with its data beside it.

The specification says how to draw and holds the shapes; the rows that change with the indicator are named
data sets of a few kilobytes. Place and size follow from `k`, the scale of the projection, which the browser
works out from the width it has: so the legend moves below the map on a narrow page, and a label appears where
it fits. It is written as plain dictionaries, because building it through Altair would cost the first visitor
a second; the tests hold it against Vega-Lite's schema.
"""

import functools
import string

import pandas as pd
import pyarrow as pa

from data_loaders.catalogue import Catalogue, Indicator
from geo.classes import classify
from geo.join import London
from geo.shapes import Layout
from pages.components import palette, words
from pages.components.view import View

SELECTION = "borough"
HEIGHT = 600
WIDE = 720  # from this width on, in pixels, the legend stands beside the map
MARGIN = 0.01  # of the width, around what is in scope, so that no outline is cut
NARROW = 430  # below it there is no room for the names of the ICSs
LEGEND_WIDTH = 170
LEGEND_ROW = 21
LEGEND_ROWS = 8
HALF_LETTER = 0.27  # half the width of an average letter, in font sizes
LINE_HEIGHT = 1.15  # in font sizes
FONT_SIZE = {
    "mercator": "map_width > 600 ? 12 : 11",
    "identity": "clamp(k * 0.14, 6, 13)",  # of the width of a tile, so that eleven letters fit
}

UNCLASSED = -1
COMPARISON_WORDS = {
    "better": "Better than London",
    "similar": "Similar to London",
    "worse": "Worse than London",
    "not_compared": "Not compared",
}
TOOLTIP = [
    {"field": "area_name", "type": "nominal", "title": "Authority"},
    {"field": "value_text", "type": "nominal", "title": "Value"},
    {"field": "rank_text", "type": "nominal", "title": "Rank, 1st is highest"},
    {"field": "ics_name", "type": "nominal", "title": "ICS"},
]


def paint(table: pd.DataFrame, london: London, view: View, layout: Layout) -> pd.DataFrame:
    """The place table's authorities with how to draw them.

    Adds outside (of the ICS looked at), missing, selected; class_order; value_text, interval_text, rank_text,
    status_text, spoken (for screen readers); label, full (the label with the name), both with lines divided
    by "|", letters and label_letters (in the longest line of them); fill, ink; and the columns of the
    layout's labels.
    """
    catalogue = london.catalogue
    indicator = catalogue.indicators[view.indicator]
    rows = table[table["area_type"] == "borough"].join(layout.labels, on="area_code")
    outside = rows["ics_code"] != view.scope if view.scope else pd.Series(False, rows.index)
    order = _classify(rows, indicator, view.classes)
    classes = describe_classes(rows["value"], rows["small"], order, indicator, catalogue, view.classes)
    fills = [
        palette.OUTSIDE if is_outside else classes.at[number, "fill"]
        for is_outside, number in zip(outside, order, strict=True)
    ]
    values = words.value_texts(rows, indicator, catalogue)
    ranks = words.rank_texts(rows, "london")
    letters = [classes.at[number, "letter"] for number in order]
    # the words for what is missing stand on two lines, so that they fit into a borough
    labels = [
        "" if is_outside else letter or (value.replace(" ", "|") if is_missing else value)
        for is_outside, letter, value, is_missing in zip(
            outside, letters, values, rows["value"].isna(), strict=True
        )
    ]
    full = [f"{name}|{label}" for name, label in zip(rows["tile_label"], labels, strict=True)]
    return rows.assign(
        outside=outside,
        missing=rows["value"].isna(),
        selected=rows["area_name"] == view.borough,
        class_order=order,
        value_text=values,
        interval_text=words.interval_texts(rows, indicator, catalogue),
        rank_text=ranks,
        status_text=[catalogue.statuses[status].word for status in rows["status"]],
        spoken=[", ".join(parts) for parts in zip(rows["area_name"], values, ranks, strict=True)],
        label=labels,
        full=full,
        letters=[_longest_line(text) for text in full],
        label_letters=[_longest_line(text) for text in labels],
        fill=fills,
        ink=[palette.ink(fill) for fill in fills],
    )


def datasets(rows: pd.DataFrame, london: London, view: View, layout: Layout) -> dict[str, pa.Table]:
    """The data sets that change with what is looked at: areas, hatch, legend and ics_names."""
    catalogue = london.catalogue
    indicator = catalogue.indicators[view.indicator]
    columns = ["area_code", "area_name", "ics_name", "value_text", "rank_text", "spoken", "label", "full"]
    columns += ["letters", "label_letters", "fill", "ink", "outside", "selected", "x", "y", "reach"]
    without = set(rows.loc[rows["missing"] & ~rows["outside"], "area_code"])
    lines = layout.hatch[[code in without for code in layout.hatch["area_code"]]]
    names = london.ics_names[view.vintage]
    shown = (layout.ics_labels["vintage"] == view.vintage) & (view.scope is None)
    placed = layout.ics_labels[shown]
    return {
        "areas": pa.table({column: rows[column].to_numpy() for column in columns}),
        "hatch": pa.table({column: lines[column].to_numpy() for column in ("x", "y", "x2", "y2")}),
        "legend": pa.Table.from_pylist(_legend(rows, indicator, catalogue, view)),
        "ics_names": pa.table(
            {
                "x": placed["x"].to_numpy(),
                "y": placed["y"].to_numpy(),
                "align": placed["align"].to_numpy(),
                "text": [_two_lines(names[code]) for code in placed["ics_code"]],
            }
        ),
    }


def specification(layout: Layout, rows: pd.DataFrame, vintage: str, theme: str) -> dict:
    """How to draw the map, with shapes and without rows, zoomed to what is in scope of painted rows."""
    inside = rows[~rows["outside"]]
    west, east = float(inside["west"].min()), float(inside["east"].max())
    south, north = float(inside["south"].min()), float(inside["north"].max())
    margin = MARGIN * (east - west)
    bounds = {
        "west": west - margin,
        "north": north + margin,
        "span_x": east - west + 2 * margin,
        "span_y": north - south + 2 * margin,
    }
    drawing = _drawing(layout, vintage, theme)
    return drawing | {
        "params": [{"name": name, "value": v} for name, v in bounds.items()] + drawing["params"]
    }


def describe_classes(
    values: pd.Series,
    small: pd.Series,
    order: pd.Series,
    indicator: Indicator,
    catalogue: Catalogue,
    method: str,
) -> pd.DataFrame:
    """What a class is called and how it is filled: columns label, letter and fill, by class number."""
    if indicator.categories:
        labels = list(indicator.categories.values())
        fills, letters = palette.CATEGORICAL, list(string.ascii_uppercase[: len(labels)])
    elif method == "london":
        labels, fills = list(COMPARISON_WORDS.values()), [palette.COMPARISON[key] for key in COMPARISON_WORDS]
        letters = [""] * len(labels)
    else:
        count = order.max() + 1
        labels = [_range(values[order == n], small[order == n], indicator, catalogue) for n in range(count)]
        fills, letters = palette.SEQUENTIAL.get(count, []), [""] * count
    return pd.DataFrame(
        {
            "label": [*labels, ""],
            "letter": [*letters, ""],
            "fill": [*fills[: len(labels)], palette.MISSING],
        },
        index=[*range(len(labels)), UNCLASSED],
        dtype=object,
    )


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


def _range(values: pd.Series, small: pd.Series, indicator: Indicator, catalogue: Catalogue) -> str:
    """A class in words, by the values that are really in it."""
    ordinary = values if small.all() else values[~small]
    lowest, highest = ordinary.min(), ordinary.max()
    low, high = (words.format_value(value, indicator, catalogue) for value in (lowest, highest))
    if values.max() > highest:
        return f"{low} or more"
    if values.min() < lowest:
        return f"{high} or less"
    return low if low == high else f"{low} to {high}"


def _legend(rows: pd.DataFrame, indicator: Indicator, catalogue: Catalogue, view: View) -> list[dict]:
    """Rows of the legend from the top: heading, classes from the highest, missing by reason, outside.

    Each has row, text, fill (empty for the heading) and hatched. Counts are of the authorities in scope.
    """
    classes = describe_classes(
        rows["value"], rows["small"], rows["class_order"], indicator, catalogue, view.classes
    )
    inside = rows[~rows["outside"]]
    counts = inside["class_order"].value_counts()
    in_words = bool(indicator.categories) or view.classes == "london"
    entries = [{"text": catalogue.units[indicator.unit].axis or indicator.short_label, "fill": ""}]
    for number in sorted(set(counts.index) - {UNCLASSED}, reverse=not in_words):
        label, letter, fill = classes.loc[number]
        entries.append({"text": f"{letter} {label} ({counts[number]})".strip(), "fill": fill})
    for status, count in inside.loc[inside["missing"], "status"].value_counts().items():
        word = catalogue.statuses[str(status)].word
        entries.append({"text": f"{word[0].upper()}{word[1:]} ({count})", "fill": palette.MISSING})
    if view.scope:
        entries.append({"text": "Outside this ICS", "fill": palette.OUTSIDE})
    return [
        {"row": place, **entry, "hatched": entry["fill"] == palette.MISSING}
        for place, entry in enumerate(entries)
    ]


def _longest_line(text: str) -> int:
    return max(map(len, text.split("|")))


def _two_lines(name: str) -> str:
    """ "North Central London" on two lines, the last word alone on the second."""
    first, _, last = name.rpartition(" ")
    return f"{first}|{last}"


# How to draw. Every layer names its data set; the shapes are TopoJSON data sets of one object each.


@functools.lru_cache(maxsize=16)
def _drawing(layout: Layout, vintage: str, theme: str) -> dict:
    """The specification before anybody has said where to zoom to. It is shared: nobody may change it."""
    colours = palette.THEMES[theme]
    footprints = f"ics_{vintage}"
    left = "width - map_width + (map_width - k * span_x) / 2 - k * west"
    sizes = {
        "beside": f"width >= {WIDE}",
        "map_width": f"beside ? width - {LEGEND_WIDTH} : width",
        "map_height": f"beside ? height - 16 : height - {LEGEND_ROW * LEGEND_ROWS}",
        "k": "min(map_width / span_x, map_height / span_y)",
        "font": FONT_SIZE[layout.projection],
        "legend_top": f"beside ? height - {LEGEND_ROW * LEGEND_ROWS} : k * span_y + 34",
    }
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": "container",
        "height": HEIGHT,
        "config": {
            "font": palette.FONT,
            "background": "transparent",
            "padding": 4,
            "view": {"stroke": None},
        },
        "params": [{"name": name, "expr": expression} for name, expression in sizes.items()],
        "projection": {
            "type": layout.projection,
            "scale": {"expr": "k"},
            "translate": {"expr": f"[{left}, 8 + k * north]"},
            "reflectY": layout.projection == "identity",
        },
        "layer": [
            _fills(theme),
            # a dark line in a white casing stands out from every fill, and from both page backgrounds
            {"data": _shapes("boroughs"), "mark": _line(palette.DARK_INK, 0.4)},
            _hatching(),
            *(
                {"data": _shapes(footprints), "mark": _line(colour, width)}
                for colour, width in palette.FOOTPRINT
            ),
            *(_highlight(colour, width) for colour, width in palette.HIGHLIGHT),
            *(_labels(lines) for lines in (1, 2, 3, 4)),
            *(_ics_names(align, colours["text"]) for align in ("left", "right")),
            *_legend_layers(theme),
        ],
        "datasets": {name: layout.shapes[name] for name in ("boroughs", footprints)},
    }


def _shapes(name: str) -> dict:
    return {"name": name, "format": {"type": "topojson", "feature": name}}


def _boroughs() -> dict:
    """The authorities' shapes, with the row of each."""
    fields = ["area_name", "ics_name", "fill", "outside", "selected", "value_text", "rank_text", "spoken"]
    return {
        "data": _shapes("boroughs"),
        "transform": [
            {"calculate": "datum.properties.area_code", "as": "area_code"},
            {
                "lookup": "area_code",
                "from": {"data": {"name": "areas"}, "key": "area_code", "fields": fields},
            },
        ],
    }


def _fills(theme: str) -> dict:
    layer = _boroughs()
    layer["transform"] += [{"calculate": palette.paint(theme), "as": "paint"}, *turn()]
    return layer | {
        "params": [clickable()],
        "mark": {"type": "geoshape", "clip": True, "cursor": "pointer", "strokeWidth": 1.4},
        "encoding": {
            "fill": {"field": "paint", "type": "nominal", "scale": None},
            "stroke": {
                "condition": {"test": "datum.outside", "value": palette.THEMES[theme]["outside_edge"]},
                "value": palette.CASING,
            },
            "description": {"field": "spoken", "type": "nominal"},
            "tooltip": TOOLTIP,
        },
    }


def clickable() -> dict:
    """A click on an authority; the turn makes the same click a new one when the view has changed since."""
    select = {"type": "point", "fields": ["area_code", "turn"], "toggle": False, "clear": False}
    return {"name": SELECTION, "select": select}


def turn() -> list[dict]:
    """Transforms that bring the turn of the data set `turn` to every row."""
    source = {"data": {"name": "turn"}, "key": "any", "fields": ["turn"]}
    return [{"calculate": "0", "as": "any"}, {"lookup": "any", "from": source}]


def _highlight(colour: str, width: float) -> dict:
    layer = _boroughs()
    layer["transform"] += [{"filter": "datum.selected"}]
    return layer | {"mark": _line(colour, width)}


def _line(colour: str, width: float) -> dict:
    return {
        "type": "geoshape",
        "filled": False,
        "fill": None,
        "stroke": colour,
        "strokeWidth": width,
        "clip": True,
        "aria": False,
    }


def _hatching() -> dict:
    ends = ("longitude", "x"), ("latitude", "y"), ("longitude2", "x2"), ("latitude2", "y2")
    return {
        "data": {"name": "hatch"},
        "mark": {"type": "rule", "clip": True, "color": palette.HATCH, "aria": False},
        "encoding": {
            channel: {"field": field} | ({} if channel.endswith("2") else {"type": "quantitative"})
            for channel, field in ends
        },
    }


_WHERE = {
    "longitude": {"field": "x", "type": "quantitative"},
    "latitude": {"field": "y", "type": "quantitative"},
    "text": {"field": "text", "type": "nominal"},
}


def _labels(lines: int) -> dict:
    """Labels that have so many lines: name and value where the free circle holds them, else the value."""

    def fits(text: str, letters: str) -> str:
        half_width = f"datum.{letters} * font * {HALF_LETTER}"
        half_height = f"length(split(datum.{text}, '|')) * font * {LINE_HEIGHT / 2}"
        return f"datum.reach * k > max({half_width}, {half_height})"

    chosen = f"{fits('full', 'letters')} ? datum.full : {fits('label', 'label_letters')} ? datum.label : ''"
    return {
        "data": {"name": "areas"},
        "transform": [
            {"calculate": chosen, "as": "text"},
            {"filter": f"!datum.outside && length(split(datum.text, '|')) == {lines}"},
        ],
        "mark": _block(lines) | {"fontSize": {"expr": "font"}, "fontWeight": 600, "cursor": "pointer"},
        "encoding": _WHERE | {"color": {"field": "ink", "type": "nominal", "scale": None}},
    }


def _ics_names(align: str, colour: str) -> dict:
    return {
        "data": {"name": "ics_names"},
        "transform": [{"filter": f"datum.align == '{align}' && map_width > {NARROW}"}],
        "mark": _block(2) | {"align": align, "fontSize": 12, "fontWeight": 700, "color": colour},
        "encoding": _WHERE,
    }


def _block(lines: int) -> dict:
    """A text of several lines centred on its point; Vega would hang it from the first line."""
    return {
        "type": "text",
        "lineBreak": "|",
        "baseline": "middle",
        "lineHeight": {"expr": f"font * {LINE_HEIGHT}"},
        "dy": {"expr": f"-font * {(lines - 1) * LINE_HEIGHT / 2}"},
        "aria": False,
    }


def _legend_layers(theme: str) -> list[dict]:
    """The legend is drawn by hand, because Vega has no hatched swatch and no counts.

    It stands on a panel of the page's colour: zoomed to one ICS, its neighbours would run on below it.
    """
    colours = palette.THEMES[theme]
    legend = {
        "data": {"name": "legend"},
        "transform": [
            {"calculate": f"legend_top + datum.row * {LEGEND_ROW}", "as": "at"},
            {"calculate": "datum.at - 7", "as": "above"},
            {"calculate": "datum.at + 7", "as": "below"},
            {"calculate": "datum.fill == '' ? 2 : 24", "as": "left"},
            {"calculate": palette.paint(theme), "as": "paint"},
        ],
    }

    def pixels(field: str) -> dict:
        return {"field": field, "type": "quantitative", "scale": None, "axis": None}

    def where(test: str) -> dict:
        return legend | {"transform": [*legend["transform"], {"filter": test}]}

    panel = where("datum.row == 0") | {
        "mark": {"type": "rect", "color": colours["page"], "strokeOpacity": 0, "aria": False},
        "encoding": {
            "x": {"value": -5},
            "x2": {"value": {"expr": f"beside ? {LEGEND_WIDTH} : width + 5"}},
            "y": {"value": {"expr": "beside ? -5 : legend_top - 18"}},
            "y2": {"value": {"expr": "height + 5"}},
        },
    }
    swatches = where("datum.fill != ''") | {
        "mark": {
            "type": "point",
            "shape": "square",
            "size": 210,
            "opacity": 1,
            "strokeWidth": 1,
            "aria": False,
        },
        "encoding": {
            "x": {"value": 9},
            "y": pixels("at"),
            "fill": {"field": "paint", "type": "nominal", "scale": None},
            "stroke": {"value": palette.HATCH},
        },
    }
    hatching = [
        where("datum.hatched")
        | {
            "mark": {"type": "rule", "color": palette.HATCH, "aria": False},
            "encoding": {
                "x": {"value": x},
                "x2": {"value": x2},
                "y": pixels("below"),
                "y2": {"field": "above"},
            },
        }
        for x, x2 in ((2, 9), (5, 13), (9, 16))
    ]
    texts = legend | {
        "mark": {
            "type": "text",
            "align": "left",
            "baseline": "middle",
            "fontSize": 12,
            "color": colours["text"],
        },
        "encoding": {"x": pixels("left"), "y": pixels("at"), "text": _WHERE["text"]},
    }
    return [panel, swatches, *hatching, texts]

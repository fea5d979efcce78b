"""The map of London and the tile grid, as a Vega-Lite specification with its data beside it.

The specification says how to draw and holds the shapes; the rows that change with the indicator are named
data sets of a few kilobytes. Place and size follow from `k`, the scale of the projection, which the browser
works out from the width it has: so the legend moves below the map on a narrow page, and a label appears where
it fits.
"""

import string
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa

from data_loaders.catalogue import Catalogue, Indicator
from geo.boundaries.layouts import Layout
from geo.lottery.compared import with_rank_bounds
from geo.measures.classes import MOST_EACH_WAY, classify, classify_about_zero
from geo.tables.london import London
from geo.tables.shown import as_shown
from pages.components.charts import circles, map_labels, map_layers, palette
from pages.components.state.view import View
from pages.components.text import grammar, ranks, units
from pages.exports.exhibit import Height, Keyed

MARGIN = 0.01  # of the width, around what is in scope, so that no outline is cut
UNCLASSED = -1
# where values lie on both sides of zero, the class that is zero: as many are below it as above
ZERO = MOST_EACH_WAY
COMPARISON_WORDS = {
    "better": "Better than London",
    "similar": "Similar to London",
    "worse": "Worse than London",
    "not_compared": "Not compared",
}


def paint(table: pd.DataFrame, london: London, view: View, layout: Layout) -> pd.DataFrame:
    """The place table's authorities with how to draw them.

    Adds outside (of the ICS looked at), missing, selected (nobody yet: parts.with_chosen); class_order; share
    (of the largest value; of a total only, which is drawn as circles); value_text, interval_text, rank_text,
    status_text, spoken (for screen readers); fill, ink; and the columns of the layout's labels and of
    with_texts().
    """
    catalogue = london.catalogue
    indicator = catalogue.indicators[view.indicator]
    rows = table[table["area_type"] == "borough"].join(layout.labels, on="area_code")
    outside = rows["ics_code"] != view.scope if view.scope else pd.Series(False, rows.index)
    order = _classify(rows, indicator, view.classes)
    classes = describe_classes(rows["value"], rows["small"], order, indicator, view.classes)
    values = units.value_texts(rows, indicator, catalogue)
    for place in ("london", "ics"):
        rows = with_rank_bounds(rows, indicator, place)
    stands = ranks.rank_texts(rows, "london")
    labels = _labels(outside, classes.loc[order, "letter"], values, rows["value"].isna())
    fills = _fills(outside, classes.loc[order, "fill"], indicator)
    apart = rows["small"] & rows["value"].notna() & (not indicator.categories)
    return with_texts(rows, labels, apart).assign(
        outside=outside,
        missing=rows["value"].isna(),
        selected=False,
        class_order=order,
        share=circles.shares(rows) if indicator.is_total else np.nan,
        value_text=values,
        interval_text=units.interval_texts(rows, indicator),
        rank_text=stands,
        status_text=units.status_texts(rows, indicator, catalogue),
        spoken=[
            units.aloud(", ".join(parts)) for parts in zip(rows["area_name"], values, stands, strict=True)
        ],
        fill=fills,
        ink=[palette.ink(fill) for fill in fills],
    )


def with_texts(rows: pd.DataFrame, labels: Sequence[str], apart: pd.Series) -> pd.DataFrame:
    """Rows with what may stand on each area, and what the key says of it.

    Adds label, full (the label with the name) and coded (with the code of two letters), lines divided by "|";
    letters and label_letters (in the longest line of full and of coded); and entry (for the key). Those
    `apart` are not ranked, which their entry says.
    """
    full = [f"{name}|{label}" for name, label in zip(rows["tile_label"], labels, strict=True)]
    coded = [f"{code}|{label}" for code, label in zip(rows["code"], labels, strict=True)]
    unranked = np.where(apart, ", not ranked", "")
    return rows.assign(
        label=labels,
        full=full,
        coded=coded,
        letters=[_longest_line(text) for text in full],
        label_letters=[_longest_line(text) for text in coded],
        entry=[text.replace("|", " ").strip() + end for text, end in zip(full, unranked, strict=True)],
        apart=apart,
    )


def _labels(outside: pd.Series, letters: pd.Series, values: Sequence[str], missing: pd.Series) -> list[str]:
    """The letter of the class of each area, or else its value; nothing outside."""
    # the words for what is missing stand on two lines, so that they fit into a borough
    return [
        "" if is_outside else letter or (value.replace(" ", "|") if is_missing else value)
        for is_outside, letter, value, is_missing in zip(outside, letters, values, missing, strict=True)
    ]


def _fills(outside: pd.Series, fills: pd.Series, indicator: Indicator) -> list[str]:
    """The fill of the class of each area; those of a total are plain below their circles."""
    plain = indicator.is_total
    return [
        palette.OUTSIDE if is_outside else circles.FILL if plain and fill != palette.MISSING else fill
        for is_outside, fill in zip(outside, fills, strict=True)
    ]


def datasets(
    rows: pd.DataFrame, legend: list[dict], london: London, view: View, layout: Layout
) -> dict[str, pa.Table]:
    """The data sets that change with what is looked at: areas, hatch, legend (see legend()) and ics_names.

    Of a total also those of its circles.
    """
    columns = ["area_code", "area_name", "ics_name", "value_text", "rank_text", "spoken", "label", "full"]
    columns += ["coded", "code", "entry", "apart", "letters", "label_letters", "fill", "ink", "outside"]
    columns += ["selected", "x", "y", "reach", "gap", "away_x", "away_y"]
    columns += ["share"] if circles.are_drawn(rows) else []
    without = rows[rows["missing"] & ~rows["outside"]].set_index("area_code")["fill"]
    lines = layout.hatch[layout.hatch["area_code"].isin(without.index)]
    dotted = lines["area_code"].map(without).isin([palette.WITHHELD]).to_numpy()
    names = london.ics_names[view.vintage]
    shown = (layout.ics_labels["vintage"] == view.vintage) & (view.scope is None)
    placed = layout.ics_labels[shown]
    in_circles = circles.are_drawn(rows)
    of_circles = circles.datasets(rows, london.catalogue.indicators[view.indicator]) if in_circles else {}
    plain = rows.assign(fill=rows["fill"].replace(circles.FILL, circles.GROUND)) if in_circles else rows
    return of_circles | {
        "areas": pa.table({column: pa.array(plain[column], from_pandas=True) for column in columns}),
        "hatch": pa.table(
            {column: lines[column].to_numpy() for column in ("x", "y", "x2", "y2")} | {"dotted": dotted}
        ),
        "legend": pa.Table.from_pylist(legend),
        "ics_names": pa.table(
            {
                "x": placed["x"].to_numpy(),
                "y": placed["y"].to_numpy(),
                "align": placed["align"].to_numpy(),
                "text": [_two_lines(names[code]) for code in placed["ics_code"]],
            }
        ),
    }


def for_a_room(data: dict[str, pa.Table], signs: Sequence[str] | None = None) -> dict[str, pa.Table]:
    """These data sets for a map in the size `meeting`, with other signs on the areas where they are given.

    It has no names of ICSs.
    """
    kept = {name: table for name, table in data.items() if name != "ics_names"}
    if signs is None:
        return kept
    areas = data["areas"]
    place = areas.column_names.index("label")
    return kept | {"areas": areas.set_column(place, "label", pa.array(signs))}


def legend_rows_of(data: dict[str, pa.Table]) -> int:
    """How many rows the legend of these data sets needs; as many as are usual where it has fewer."""
    return max(map_labels.LEGEND_ROWS, data["legend"].num_rows)


def specification(
    layout: Layout,
    rows: pd.DataFrame,
    vintage: str,
    theme: str,
    size: str = "page",
    legend_rows: int = map_labels.LEGEND_ROWS,
) -> dict:
    """How to draw the map, with shapes and without rows, zoomed to what is in scope of painted rows.

    `size` is one of palette.TEXT.
    """
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
    drawing = map_layers.drawing(layout, vintage, theme, size, legend_rows, circles.are_drawn(rows))
    return drawing | {
        "params": [{"name": name, "value": v} for name, v in bounds.items()] + drawing["params"]
    }


def height_of(drawing: dict, data: dict[str, pa.Table]) -> Height:
    """The height that the map fills at a width; see map_layers for how it is divided."""
    span_x, span_y = _spans(drawing)
    page, rows = map_labels.SIZES["page"], legend_rows_of(data)
    legend = page.legend_row * rows
    return Height(
        span_y / span_x,
        most=page.height,
        below=legend + map_layers.ABOVE_LEGEND,
        turns=map_layers.WIDE,
        aside=page.legend_width,
        margin=map_layers.MARGINS,
        least=max(min(map_labels.KEY_HEIGHT, page.height - legend), 0) + legend,
        most_above=page.height - legend,
        spare=page.legend_row * (rows - _last_row(data)),
    )


def height_for_a_room(drawing: dict) -> Height:
    """The height that a map in the size `meeting` fills at a width."""
    span_x, span_y = _spans(drawing)
    return Height(span_y / span_x, aside=map_labels.SIZES["meeting"].legend_width)


def keyed(rows: pd.DataFrame, drawing: dict, data: dict[str, pa.Table]) -> tuple[Keyed, ...]:
    """The areas in scope of painted rows with the width from which each has room for its name.

    From where the legend stands beside the map, a key above it has those that have none.
    """
    inside = rows[~rows["outside"]].sort_values("area_name")
    span_x, span_y = _spans(drawing)
    page = map_labels.SIZES["page"]
    lines = inside["full"].str.count(r"\|") + 1
    room = page.largest_font * np.maximum(
        inside["letters"] * map_labels.HALF_LETTER, lines * map_labels.LINE_HEIGHT / 2
    )
    scale = room / inside["reach"]
    highest = page.height - page.legend_row * legend_rows_of(data) - map_layers.AROUND
    has_height = scale * span_y < highest
    fits = scale * span_x + 2 * map_layers.AROUND
    until = fits.where(has_height & (not circles.are_drawn(rows)), np.inf).clip(
        upper=map_layers.WIDE + map_layers.AROUND
    )
    return tuple(map(Keyed, inside["code"], inside["entry"], until))


def _spans(drawing: dict) -> tuple[float, float]:
    """How wide and how high the part of London is that a map shows, in projected units."""
    values = {part["name"]: part["value"] for part in drawing["params"] if "value" in part}
    return values["span_x"], values["span_y"]


def _last_row(data: dict[str, pa.Table]) -> int:
    """How many rows of the legend are drawn, with those that circles take."""
    least = 1 + circles.ROWS if "circles" in data else 1
    return max([least, *(row + 1 for row in data["legend"].column("row").to_pylist())])


def describe_classes(
    values: pd.Series, small: pd.Series, order: pd.Series, indicator: Indicator, method: str
) -> pd.DataFrame:
    """What a class is called and how it is filled: columns label, letter and fill, by class number."""
    if indicator.categories:
        labels = list(indicator.categories.values())
        fills, letters = palette.CATEGORICAL, list(string.ascii_uppercase[: len(labels)])
    elif method == "london":
        labels, fills = list(COMPARISON_WORDS.values()), [palette.COMPARISON[key] for key in COMPARISON_WORDS]
        letters = [""] * len(labels)
    elif _has_sides(values, indicator):
        labels = [_range(values[order == n], small[order == n], indicator) for n in range(2 * ZERO + 1)]
        labels[ZERO] = units.format_value(0, indicator)
        labels[ZERO] += ", no change" if indicator.kind == "change" else ""
        fills, letters = palette.DIVERGING, [""] * len(labels)
    else:
        count = order.max() + 1
        labels = [_range(values[order == n], small[order == n], indicator) for n in range(count)]
        fills, letters = palette.SEQUENTIAL.get(count, []), [""] * count
    return pd.DataFrame(
        {"label": [*labels, ""], "letter": [*letters, ""], "fill": [*fills[: len(labels)], palette.MISSING]},
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
        # classes are those of all London, so that a colour means the same in every ICS, and are cut on values
        # as they are shown, so that two boroughs that read the same have one colour
        shown = as_shown(rows["value"], indicator.decimals)
        if _has_sides(rows["value"], indicator):
            order = classify_about_zero(shown, method, rows["small"]) + ZERO
        else:
            order = classify(shown, method, rows["small"])
    return order.astype("Int64").fillna(UNCLASSED).astype(int)


def _has_sides(values: pd.Series, indicator: Indicator) -> bool:
    """Whether a colour must say on which side of zero a value lies: where any is shown below it."""
    return bool((as_shown(values, indicator.decimals) < 0).any())


def _range(values: pd.Series, small: pd.Series, indicator: Indicator) -> str:
    """A class in words, by the values that are really in it."""
    ordinary = values if small.all() else values[~small]
    lowest, highest = ordinary.min(), ordinary.max()
    low, high = (units.format_value(value, indicator) for value in (lowest, highest))
    if values.max() > highest:
        return f"{low} or more"
    if values.min() < lowest:
        return f"{high} or less"
    return low if low == high else f"{low} to {high}"


def legend(rows: pd.DataFrame, indicator: Indicator, catalogue: Catalogue, view: View) -> list[dict]:
    """Rows of the legend from the top: heading, classes from the highest, missing by reason, outside.

    In place of classes a total has room for the sizes of its circles (circles.legend). Each has row, text,
    fill (empty for the heading) and hatched. Counts are of the authorities in scope.
    """
    classes = describe_classes(rows["value"], rows["small"], rows["class_order"], indicator, view.classes)
    inside = rows[~rows["outside"]]
    counts = inside["class_order"].value_counts()
    in_words = bool(indicator.categories) or view.classes == "london"
    entries = [{"text": indicator.unit.axis or indicator.short_label, "fill": ""}]
    if indicator.is_total and circles.are_drawn(rows):
        entries[0]["text"] += f", {circles.BY_AREA}"
        counts = counts[:0]
    # whichever areas are in scope, zero is marked
    middle = {ZERO} if not in_words and _has_sides(rows["value"], indicator) else set()
    for number in sorted({*counts.index, *middle} - {UNCLASSED}, reverse=not in_words):
        label, letter, fill = classes.loc[number]
        entries.append({"text": f"{letter} {label} ({counts.get(number, 0)})".strip(), "fill": fill})
    for status, count in inside.loc[inside["missing"], "status"].value_counts().items():
        word = catalogue.statuses[str(status)].word
        entries.append({"text": f"{grammar.upper_first(word)} ({count})", "fill": palette.MISSING})
    numbered = number_legend(entries, view)
    if circles.are_drawn(rows):
        numbered = [row | {"row": row["row"] + circles.ROWS} if row["row"] else row for row in numbered]
    return numbered


def number_legend(entries: list[dict], view: View) -> list[dict]:
    """The rows of a legend from their text and fill, with what is outside the ICS at the end."""
    outside = [{"text": "Outside this ICS", "fill": palette.OUTSIDE}] if view.scope else []
    return [
        {"row": place, "indented": bool(entry["fill"]), **entry}
        | {"hatched": entry["fill"] in palette.HATCHED, "dotted": entry["fill"] == palette.WITHHELD}
        for place, entry in enumerate([*entries, *outside])
    ]


def _longest_line(text: str) -> int:
    """The letters of the longest of the lines, which are divided by "|"."""
    return max(map(len, text.split("|")))


def _two_lines(name: str) -> str:
    """ "North Central London" on two lines, the last word alone on the second."""
    first, _, last = name.rpartition(" ")
    return f"{first}|{last}"

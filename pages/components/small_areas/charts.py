"""The map of small areas as it travels to the browser: a few letters an area, and where the outlines are."""

import json

import pandas as pd

from data_loaders.within import USUAL, Within
from geo.access.small_areas import UNKNOWN, Figure
from geo.boundaries.layouts import Layout
from pages.components.charts import palette
from pages.components.small_areas import text

# what stands for a group that is not known
NO_GROUP = "-"


def figures(
    figure: Figure, rows: pd.DataFrame, sites: pd.DataFrame, names: dict[str, str], within: Within = USUAL
) -> str:
    """The values of all small areas as JSON, in the order of `rows`, which is that of the outlines.

    `groups` has a letter an area, `values` a line, around which `words` stand; `notes` are the different ones
    and `note` tells of each its place among them.
    """
    codes, notes = pd.factorize(text.notes(figure, rows, sites, names, within))
    said = {
        "groups": "".join(NO_GROUP if group == UNKNOWN else str(group) for group in rows["group"]),
        "values": "\n".join(text.values(figure, rows)),
        "words": text.WORDS.get(figure, text.USUAL_WORDS),
        "notes": notes.tolist(),
        "note": codes.tolist(),
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def look(theme: str) -> dict[str, object]:
    """The colours and widths of what is drawn below and above small areas."""
    colours = palette.THEMES[theme]
    return {
        "outside": colours["outside"],
        "edge": colours["outside_edge"],
        "missing": palette.in_theme(palette.MISSING, theme),
        "hatch": palette.HATCH,
        "casing": palette.CASING,
        "ink": palette.DARK_INK,
        "chosen": [list(line) for line in palette.HIGHLIGHT],
        "footprint": [list(line) for line in palette.FOOTPRINT],
        "font": palette.FONT,
    }


def in_theme(shown: dict, theme: str) -> dict:
    """What is shown, with its `fills` by group and the `fill` of each entry of its `legend` as in a theme."""
    return shown | {
        "fills": {group: palette.in_theme(fill, theme) for group, fill in shown["fills"].items()},
        "legend": [entry | {"fill": palette.in_theme(entry["fill"], theme)} for entry in shown["legend"]],
    }


def labels(layout: Layout, codes: list[str]) -> list[list[object]]:
    """Names on the map: longitude, latitude, free room (projected), lines, place among codes, letters.

    The letters stand where a name has no room. At the end is what keeps labels apart: the distance to the
    nearest (projected), and the way from there (geo.boundaries.layouts).
    """
    rows = layout.labels.loc[[code for code in codes if code in layout.labels.index]]
    return [
        [
            *(round(row["x"], 5), round(row["y"], 5), round(row["reach"], 7)),
            row["tile_label"].split("|"),
            codes.index(str(code)),
            row["code"],
            *(round(row["gap"], 7), round(row["away_x"], 3), round(row["away_y"], 3)),
        ]
        for code, row in rows.iterrows()
    ]

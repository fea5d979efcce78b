"""The screens of the page on borders: the largest differences, and where they are."""

import pandas as pd

from pages.components.borders import (
    charts,
    sections as borders_sections,
    tables as borders_tables,
    text as borders_text,
)
from pages.components.charts import label_places, large_rows, palette
from pages.components.data import figures
from pages.components.data.indicator_view import IndicatorView
from pages.components.exhibits import of_view
from pages.components.meeting.of_figures import nothing_to_compare
from pages.components.meeting.painted import within_ties
from pages.components.meeting.screens import (
    HEIGHT,
    WIDTH,
    Picture,
    Screen,
    Shown,
    boroughs_of,
    large,
    of_figure,
)
from pages.components.state.view import View
from pages.components.text import units
from pages.components.text.differences import say_gap

SAME = "\N{EN DASH}"
# beside the map, whose list says what the colours mean as well, in type as large as it gets
LIST_WIDTH, MOST_NAMED = 920, 8
THICKNESS = "Thicker: larger gap"


def borders(view: View) -> Shown:
    """The largest differences between neighbours, then all of them on the map."""
    picture, pairs = figures.picture(view), figures.border_pairs(view)
    if pairs.empty:
        return nothing_to_compare("Borders", picture)
    top = pairs.head(within_ties(list(pairs["gap"]), large_rows.MOST_ROWS - 2))
    rows = pd.DataFrame(
        {
            "name": [_both_sides(pair, picture) for pair in top.to_dict("records")],
            "value": top["gap"],
            "text": [say_gap(gap, picture.indicator).replace("percentage ", "") for gap in top["gap"]],
            "fill": palette.SEQUENTIAL[5][3],
            "spoken": borders_tables.told(top, picture.indicator),
        }
    )
    chart = large_rows.bars(rows, WIDTH, HEIGHT, of_view.theme())
    largest = of_figure(
        "1",
        "Largest differences",
        picture,
        [large(chart, borders_sections.LIST.name)],
        headline=picture.dated(borders_text.headline(pairs, picture.indicator, picture.around)),
        about=f"{len(top)} of {len(pairs)} borders",
        remarks=[borders_text.between_ics(pairs), *borders_sections.beside(view)],
        sources=figures.sources(borders_sections.rows(pairs, picture.place_table), picture.gaps),
    )
    return Shown((largest, _map(view, picture, pairs)), boroughs_of(picture))


def _map(view: View, picture: IndicatorView, pairs: pd.DataFrame) -> Screen:
    """Borders drawn the thicker, the larger the difference, with numbers on who is named beside them."""
    theme, codes = of_view.theme(), figures.london().borough_codes
    layout, shown = figures.map_layout(), borders_sections.shown_of(view)
    is_framed = label_places.labels_in(layout, shown)["is_framed"]
    named = _on_both_sides(pairs, view.borough, picture)
    # somebody may ask for a borough that is nowhere near the ICS on the map
    named["number"] = named["number"].where(named["area_code"].map(is_framed), "")
    signs = named[named["number"] != ""]
    drawing = charts.for_a_room(
        pairs.assign(told=borders_tables.told(pairs, picture.indicator)),
        layout,
        shown,
        figures.border_lines(),
        dict(zip(signs["area_code"], signs["number"], strict=True)),
        {codes[borough.name]: f"{borough.name}, {borough.said}" for borough in boroughs_of(picture)},
        codes.get(view.borough, ""),
        theme,
        (WIDTH - LIST_WIDTH, HEIGHT),
    )
    kinds = [
        {"number": "", "name": name, "text": "", "fill": fill, "spoken": name}
        for name, fill in zip([*charts.KINDS.values(), THICKNESS], [*charts.COLOURS[theme], ""], strict=True)
    ]
    listed = pd.concat([named, pd.DataFrame(kinds)], ignore_index=True)
    chart = large_rows.entries(listed, LIST_WIDTH, HEIGHT, theme)
    return of_figure(
        "2",
        "Map of borders",
        picture,
        [Picture(drawing, {}, borders_sections.MAP.alt), large(chart, "List beside the map.")],
        headline=picture.dated(borders_text.headline(pairs, picture.indicator, picture.around)),
        remarks=[borders_text.between_ics(pairs), *borders_sections.beside(view)],
        sources=figures.sources(borders_sections.rows(pairs, picture.place_table), picture.gaps),
        on_land=True,
    )


def _on_both_sides(pairs: pd.DataFrame, borough: str, picture: IndicatorView) -> pd.DataFrame:
    """Who is on both sides of the largest differences on land, the largest first, and the chosen borough.

    Numbered rows for a list. Of borders that differ alike all are there, or none.
    """
    on_land = pairs[pairs["how"] == ""]
    shown = on_land.head(_with_few_boroughs(on_land, MOST_NAMED - bool(borough)))
    names = [name for pair in zip(shown["higher"], shown["lower"], strict=True) for name in pair]
    unique = list(dict.fromkeys([*names, *filter(None, [borough])]))
    rows = picture.rows.set_index("area_name").loc[unique]
    return pd.DataFrame(
        {
            "area_code": rows["area_code"],
            "number": [str(place + 1) for place in range(len(rows))],
            "name": rows["tile_label"].str.replace("|", " "),
            "text": rows["value_text"],
            "fill": "",
            "spoken": rows["spoken"],
        }
    )


def _with_few_boroughs(pairs: pd.DataFrame, most: int) -> int:
    """How many of these pairs, the first ones, have no more than so many boroughs in them."""
    seen: set[str] = set()
    count = 0
    for pair in zip(pairs["higher"], pairs["lower"], strict=True):
        seen.update(pair)
        count += len(seen) <= most
    return within_ties(list(pairs["gap"]), count)


def _both_sides(pair: dict, picture: IndicatorView) -> str:
    """A border with its values: “Lambeth 15.8 – Merton 1.6”."""
    short = figures.layouts()["tiles"].labels["tile_label"].str.replace("|", " ")
    sides = [
        f"{short[pair[f'{end}_code']]} "
        + units.say_value(pair[f"value_{end}"], pair[f"note_{end}"], picture.indicator)
        for end in ("higher", "lower")
    ]
    return f" {SAME} ".join(sides)

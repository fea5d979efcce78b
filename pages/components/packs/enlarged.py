"""Pictures of a pack for slides: the same as on paper, in letters that are read from the end of a room."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from pages.components.borough import spine
from pages.components.charts import choropleth, map_labels, palette, parts, places
from pages.components.data import figures
from pages.components.ics import standing
from pages.components.state.view import View
from pages.exports.exhibit import Exhibit
from pages.exports.pack import Chapter, Large

# so many names of boroughs have room below a map beside what else is said there
MOST_NAMES = 13
_JUDGED = "▲ clearly better than London, ▼ clearly worse, ■ similar, ● without an interval to tell."
_NOT_JUDGED = "◆ a value that speaks neither for nor against a place."
_OF_ICS = (
    "Pale bar: from London's lowest to its highest borough; darker: the boroughs of this ICS, from whose "
    "lowest to whose highest numbers go where it has no value of its own; rings: the other ICSs."
)


def for_slides(view: View, chapter: Chapter) -> Chapter:
    """A chapter with what slides show in place of its picture, where there is such."""
    exhibit = chapter.exhibit
    if exhibit is None or exhibit.key not in _ENLARGED:
        return chapter
    return _ENLARGED[exhibit.key](view, chapter, exhibit)


def _map(view: View, chapter: Chapter, exhibit: Exhibit) -> Chapter:
    """The map, whose boroughs bear their codes.

    The names of categories would run from the legend into the map.
    """
    picture = figures.picture(view)
    if not picture.is_ranked:
        return chapter
    layout = figures.layouts()[view.layout]
    # a file is for paper and for screens: it has the light theme
    drawing = choropleth.specification(layout, picture.rows, view.vintage, "light", "meeting")
    codes = picture.map_data["areas"].column("code").to_pylist()
    data = parts.with_chosen(choropleth.for_a_room(picture.map_data, codes), view.borough)
    large = replace(
        exhibit,
        drawing=drawing,
        rows=data,
        height=choropleth.height_for_a_room(drawing),
        remarks=(),
        least_width=map_labels.SIZES["meeting"].legend_width,
    )
    return _keyed(chapter, large, picture.rows[~picture.rows["outside"]], palette.TEXT["meeting"])


def _borders(view: View, chapter: Chapter, exhibit: Exhibit) -> Chapter:
    """The map of borders, with the codes of the boroughs on both sides of them."""
    assert exhibit.drawing is not None
    pairs, rows = figures.border_pairs(view), figures.picture(view).rows
    named = rows[rows["area_code"].isin([*pairs["left"], *pairs["right"]])]
    large = replace(
        exhibit,
        drawing=_with_codes(exhibit.drawing, named),
        remarks=(),
        least_width=0,
    )
    return _keyed(chapter, large, named, palette.TEXT["page"])


def _with_codes(drawing: dict, named: pd.DataFrame) -> dict:
    """A map of borders with the codes of these boroughs in place of names, and its legend beside it."""
    labels = figures.map_layout().labels.loc[named["area_code"]]
    rows = [
        {"x": label["x"], "y": label["y"], "code": code}
        for label, code in zip(labels.to_dict("records"), named["code"], strict=True)
    ]
    mark = parts.unspoken("text", fontSize=palette.TEXT["page"], fontWeight=600, clip=True)
    where: dict = {"longitude": parts.quantity("x"), "latitude": parts.quantity("y")}
    codes = [
        {"data": {"values": rows}} | parts.layer(style, **where, text=parts.nominal("code"))
        for style in parts.cased(mark, "light", ground="outside")
    ]
    layers = [layer for layer in drawing["layer"] if layer["mark"]["type"] != "text"]
    beside: dict = parts.with_legend_beside(drawing | {"layer": [*layers, *codes]})
    return beside


def _keyed(chapter: Chapter, large: Exhibit, named: pd.DataFrame, letters: int) -> Chapter:
    """A chapter of a map whose codes stand for names: below it, or of too many in the notes."""
    by_name = named.sort_values("area_name")
    pairs = zip(by_name["code"], by_name["area_name"], strict=True)
    names = f"On the map: {', '.join(f'{code} {name}' for code, name in pairs)}."
    if len(named) > MOST_NAMES:
        return replace(chapter, enlarged=(Large(large, letters),), notes=(*chapter.notes, names))
    return replace(chapter, enlarged=(Large(replace(large, remarks=(names,)), letters),))


def _standing(view: View, chapter: Chapter, exhibit: Exhibit) -> Chapter:
    """Where an ICS stands, what is judged and what is not apart."""
    assert view.scope, "All London is no ICS"
    rows = standing.rows(view.vintage, view.scope)
    rows = rows.assign(value_text=rows["brief_text"])
    return _in_panels(chapter, exhibit, rows, (_OF_ICS,), places.spine_of_ics)


def _spine(view: View, chapter: Chapter, exhibit: Exhibit) -> Chapter:
    """The same of a borough."""
    rows = spine.spine_rows(figures.latest(view), view.borough)
    return _in_panels(chapter, exhibit, rows, (), places.spine)


def _in_panels(
    chapter: Chapter,
    exhibit: Exhibit,
    rows: pd.DataFrame,
    bars: tuple[str, ...],
    draw: Callable[..., parts.Chart],
) -> Chapter:
    """A chapter with the panels of a spine one by one, each with what its signs mean, and its bars."""
    shown = []
    for judges, signs in ((True, _JUDGED), (False, _NOT_JUDGED)):
        own = rows[rows["judges"] == judges]
        if own.empty:
            continue
        drawing, data = draw(own, "light", is_tight=True)
        title, _, _ = places.PANELS[judges]
        name, _, _ = title.partition(":")
        large = replace(exhibit, name=name, drawing=drawing, rows=data, remarks=(*bars, signs))
        shown.append(Large(large, palette.TEXT["page"]))
    return replace(chapter, enlarged=tuple(shown))


_ENLARGED = {"map": _map, "borders_map": _borders, "ics_standing": _standing, "spine": _spine}

"""Pictures of a pack for slides: the same as on paper, in letters that are read from the end of a room."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from pages.components.borders import coded
from pages.components.borough import spine
from pages.components.charts import choropleth, map_labels, palette, parts, spines
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
    "Bar: from London's lowest to its highest borough; standing out in it: the boroughs of this ICS, from "
    "whose lowest to whose highest numbers go where it has no value of its own; rings: the other ICSs."
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
        keyed=(),
        least_width=map_labels.SIZES["meeting"].legend_width,
    )
    return _keyed(chapter, large, picture.rows[~picture.rows["outside"]], palette.TEXT["meeting"])


def _borders(view: View, chapter: Chapter, exhibit: Exhibit) -> Chapter:
    """The map of borders, with the codes of the boroughs on both sides of them."""
    assert exhibit.drawing is not None
    boroughs = coded.named(view)
    # beside the map a legend leaves it more of a slide's height
    drawing = parts.with_legend_beside(coded.with_codes(exhibit.drawing, boroughs))
    large = replace(exhibit, drawing=drawing, remarks=(), keyed=(), least_width=0)
    return _keyed(chapter, large, boroughs, palette.TEXT["page"])


def _keyed(chapter: Chapter, large: Exhibit, named: pd.DataFrame, letters: int) -> Chapter:
    """A chapter of a map whose codes stand for names: below it, or of too many in the notes."""
    names = coded.key(named.sort_values("area_name"))
    if len(named) > MOST_NAMES:
        return replace(chapter, enlarged=(Large(large, letters),), notes=(*chapter.notes, names))
    return replace(chapter, enlarged=(Large(replace(large, remarks=(names,)), letters),))


def _standing(view: View, chapter: Chapter, exhibit: Exhibit) -> Chapter:
    """Where an ICS stands, what is judged and what is not apart."""
    assert view.scope, "All London is no ICS"
    rows = standing.rows(view.vintage, view.scope)
    rows = rows.assign(value_text=rows["brief_text"])
    return _in_panels(chapter, exhibit, rows, (_OF_ICS,), spines.of_ics)


def _spine(view: View, chapter: Chapter, exhibit: Exhibit) -> Chapter:
    """The same of a borough."""
    rows = spine.spine_rows(figures.latest(view), view.borough)
    return _in_panels(chapter, exhibit, rows, (), spines.of_borough)


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
        title, _, _ = spines.PANELS[judges]
        name, _, _ = title.partition(":")
        large = replace(exhibit, name=name, drawing=drawing, rows=data, remarks=(*bars, signs))
        shown.append(Large(large, palette.TEXT["page"]))
    return replace(chapter, enlarged=tuple(shown))


_ENLARGED = {"map": _map, "borders_map": _borders, "ics_standing": _standing, "spine": _spine}

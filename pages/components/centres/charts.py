"""The map of the register: what it lists on a day, and what came and went since another."""

from collections.abc import Sequence

import pandas as pd

from geo.access.history import GONE, MOVED, NEW, RETYPED
from geo.boundaries.layouts import Layout
from pages.components.centres import text
from pages.components.charts import outlines, palette, parts, sites_map
from pages.components.charts.sites_map import CENTRE, LARGE, LINKED, SMALL, Look
from pages.components.data.centres import Compared
from pages.exports import colours

# of the sign of a hub: below that of a centre, and wider, since both may be at one door
MIDDLE = 150
KINDS = {"designated_centres": CENTRE, "linked_sites": LINKED}


def looks(theme: str) -> dict[str, Look]:
    """The signs, told apart by shape as well as by colour, in the order of the legend."""
    own = sites_map.STAYING[theme]
    return {
        CENTRE: Look("circle", own[CENTRE], SMALL),
        LINKED: Look("square", own[LINKED], SMALL),
        text.KIND_NAMES[GONE]: Look("triangle-down", colours.ORANGE, LARGE),
        text.KIND_NAMES[NEW]: Look("triangle-up", colours.TEAL, LARGE),
        text.KIND_NAMES[RETYPED]: Look("diamond", colours.BLUE, LARGE),
        text.KIND_NAMES[MOVED]: Look("cross", colours.PURPLE, LARGE),
        text.HUB: Look(sites_map.HOUSE, palette.LINES[theme][2], MIDDLE),
    }


def signs(found: Compared, hubs: pd.DataFrame) -> pd.DataFrame:
    """The sites with a place: easting, northing, kind and told; each once, by what has changed of it.

    `hubs` are rows of data_loaders.sites.Hubs with the name of their authority, which have a sign each.
    """
    now, changed = (rows[rows["easting"].notna()] for rows in (found.now, found.changes))
    changed = changed.drop_duplicates("urn")
    same = now[~now["urn"].isin(changed["urn"])]
    return pd.concat(
        [
            # first, so that all else is drawn over them
            hubs.assign(kind=text.HUB, told=text.say_each(hubs, lambda row: "family hub")),
            same.assign(
                kind=same["type"].map(KINDS), told=text.say_each(same, lambda row: KINDS[row["type"]].lower())
            ),
            changed.assign(
                kind=changed["change"].map(text.KIND_NAMES),
                told=text.say_each(changed, lambda row: f"{KINDS[row['type']].lower()}, {text.when(row)}"),
            ),
        ],
        ignore_index=True,
    )[["easting", "northing", "kind", "told"]]


def picture(
    layout: Layout,
    found: Compared,
    hubs: pd.DataFrame,
    places: Sequence[str],
    labels: pd.DataFrame,
    chosen: str,
    theme: str,
) -> dict:
    """The boroughs, the chosen one (a code, or empty) darker, and the signs of what is listed and changed.

    The map is of the authorities `places`, by their codes, and has names where `labels` have them, whatever
    the days. It comes as an exhibit is made of it (sites_map.picture).
    """
    rows = _sized(found, hubs)
    shown = {kind: look for kind, look in looks(theme).items() if kind in set(rows["kind"])}
    drawn = {"signs": parts.table(rows)}
    return sites_map.picture(layout, _frame(layout, places), shown, theme, drawn, labels, chosen=chosen)


def labels(layout: Layout, found: Compared, hubs: pd.DataFrame, places: Sequence[str]) -> pd.DataFrame:
    """Where names stand that lie over the fewest of these signs, as picture() takes them."""
    rows = _sized(found, hubs)
    return sites_map.names_clear_of(rows, layout, _frame(layout, places), rows["kind"].nunique())


def _sized(found: Compared, hubs: pd.DataFrame) -> pd.DataFrame:
    """The signs on the map, with their size, which is the same in all themes."""
    sizes = {kind: look.size for kind, look in looks("light").items()}
    return sites_map.placed(signs(found, hubs)).assign(size=lambda rows: rows["kind"].map(sizes))


def _frame(layout: Layout, places: Sequence[str]) -> outlines.Frame:
    return outlines.frame_of(layout, places, sites_map.MARGIN)

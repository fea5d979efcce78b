"""The screens of the pages on figures: the map and the ranking, the lottery, an ICS, boroughs, centres."""

import math

import pandas as pd

from pages.components.centres import exhibits as centres_exhibits
from pages.components.charts import choropleth, large_rows, palette, parts
from pages.components.compare import sections as compare_sections
from pages.components.data import figures
from pages.components.data.indicator_view import IndicatorView
from pages.components.exhibits import of_view
from pages.components.ics import exhibits as ics_exhibits, over_time as ics_over_time
from pages.components.lottery import exhibits as lottery_exhibits, text as lottery_text
from pages.components.map import exhibits as map_exhibits
from pages.components.meeting import painted
from pages.components.meeting.screens import (
    HEIGHT,
    LINES,
    MAP,
    WIDTH,
    Picture,
    Screen,
    Shown,
    boroughs_of,
    large,
    of_exhibit,
    of_figure,
)
from pages.components.state.view import View
from pages.components.text import headlines, units
from pages.components.what_if import exhibits as what_if_exhibits

# beside the map: so wide is the list, and of more boroughs only so many stand at either end of it
LIST_WIDTH = 800
MOST_AT_AN_END = 5
# the screens of an ICS over time, which come after those of its boroughs, and figures on each
OVER_TIME, MOST_STRIPS = ("5", "6"), 3


def map_and_ranking(view: View) -> Shown:
    """The page Map: the map beside who stands at its ends, then everybody from the highest to the lowest."""
    picture = figures.picture(view)
    screens = [_map(view, picture), *_ranking(view, picture)]
    return Shown(tuple(screens), boroughs_of(picture))


def lottery(view: View) -> Shown:
    """How far apart boroughs are, within each ICS, and whether that grows."""
    picture, found = figures.picture(view), figures.lottery(view)
    if found is None:
        return nothing_to_compare("Lottery", picture)
    headline = picture.dated(lottery_text.headline(found, picture.indicator))
    if view.scope:
        inside = picture.rows[~picture.rows["outside"]]
        apart = _pages_of_bars("1", inside, view, picture, headline)
    else:
        chart = large_rows.spans(*painted.by_ics(painted.ranked(picture)), WIDTH, HEIGHT, of_view.theme())
        screen = of_figure(
            "1",
            "How far apart",
            picture,
            [large(chart, lottery_exhibits.BY_ICS.alt)],
            headline=headline,
            remarks=[lottery_text.within(found), *picture.beside],
            sources=figures.sources(*lottery_exhibits.beside_london(view), picture.gaps),
        )
        apart = [screen]
    growing = of_exhibit("2", lottery_exhibits.OVER_TIME, view, LINES)
    return Shown(tuple(filter(None, [*apart, growing])), boroughs_of(picture))


def ics(view: View) -> Shown:
    """The ICSs beside each other and London, then the boroughs of the one that is looked at."""
    picture = figures.picture(view)
    screens = []
    if (systems := ics_exhibits.systems_rows(view)) is not None:
        known = systems[systems["value"].notna()].sort_values("value", ascending=False)
        rows = pd.DataFrame(
            {
                "name": known["ics_name"],
                "value": known["value"],
                "text": units.say_values(known["value"], [""] * len(known), picture.indicator),
                "fill": [
                    palette.SEQUENTIAL[5][3] if code == view.scope else palette.SEQUENTIAL[5][1]
                    for code in known["ics_code"]
                ],
            }
        )
        chart = large_rows.bars(painted.with_wholes(rows, picture, None), WIDTH, HEIGHT, of_view.theme())
        exhibit = of_view.find(ics_exhibits.SYSTEMS, view)
        assert exhibit is not None, "where the ICSs have values they have a picture"
        screens.append(
            of_figure(
                "1",
                "ICSs",
                picture,
                [large(chart, ics_exhibits.SYSTEMS.alt)],
                remarks=exhibit.remarks,
                sources=figures.sources(*ics_exhibits.beside_london(view), picture.boroughs),
            )
        )
    boroughs = _ranking(view, picture) if view.scope else [_map(view, picture, "2" if screens else "1")]
    return Shown((*screens, *boroughs, *_over_time(view)), boroughs_of(picture))


def _over_time(view: View) -> list[Screen]:
    """Every figure of the ICS that has a line beside London, a few on a screen."""
    exhibit, strips = of_view.find(ics_over_time.OVER_TIME, view), ics_over_time.strips_of(view)
    if exhibit is None:
        return []
    each = max(MOST_STRIPS, math.ceil(len(strips) / len(OVER_TIME)))
    name = figures.name_of_ics(view)
    parts_of = [strips[first : first + each] for first in range(0, len(strips), each)]
    return [
        Screen(
            key=key,
            name="Over time" if len(parts_of) == 1 else f"Over time {number} of {len(parts_of)}",
            headline=exhibit.title,
            about=exhibit.subtitle,
            pictures=(large(large_rows.courses(part, name, WIDTH, HEIGHT, of_view.theme()), exhibit.alt),),
            remarks=exhibit.remarks,
            publishers=exhibit.publishers or exhibit.sources[0],
            sources=exhibit.sources,
        )
        for number, (key, part) in enumerate(zip(OVER_TIME, parts_of, strict=False), start=1)
    ]


def compare(view: View) -> Shown:
    """The boroughs that are compared, now and over time."""
    picture, names = figures.picture(view), compare_sections.compared(view)
    if len(names) < 2:
        return map_and_ranking(view)
    rows = picture.rows[picture.rows["area_name"].isin(names)]
    table = picture.place_table
    beside = table[table["area_name"].isin(names) | (table["area_type"] != "borough")]
    headline = picture.dated(headlines.headline(beside, picture.indicator, None))
    now = _pages_of_bars("1", rows, view, picture, headline)
    course = of_exhibit("2", compare_sections.COURSES, view, LINES)
    return Shown(tuple(filter(None, [*now, course])), boroughs_of(picture))


def what_if(view: View) -> Shown:
    """The map of a scenario; without centres that close or open, of whose centres count."""
    drawn = of_exhibit("1", what_if_exhibits.MAP, view, MAP) or of_exhibit(
        "1", what_if_exhibits.OPEN_BORDERS_MAP, view, MAP
    )
    return Shown((drawn,), rounds=("ics",)) if drawn else map_and_ranking(view)


def centres(view: View) -> Shown:
    """The map of the register of children's centres, and what changed in it."""
    drawn = of_exhibit("1", centres_exhibits.MAP, view, MAP)
    return Shown((drawn,), rounds=("ics",)) if drawn else map_and_ranking(view)


def nothing_to_compare(name: str, picture: IndicatorView) -> Shown:
    """The reason why there is no picture."""
    why = headlines.why_nothing_to_compare(picture.indicator)
    screen = of_figure("1", name, picture, (), headline=why, remarks=(), sources=())
    return Shown((screen,), boroughs_of(picture))


def _map(view: View, picture: IndicatorView, key: str = "1") -> Screen:
    """The map with signs on it, and beside it whose they are; without an order the letters of classes."""
    if not picture.has_boroughs:
        return of_figure(key, "Map", picture, ())
    layout, theme = figures.layout_of(view), of_view.theme()
    rows, in_order, on_tiles = picture.rows, picture.is_ranked, view.layout == "tiles"
    legend_rows = choropleth.legend_rows_of(picture.map_data)
    drawing = choropleth.specification(layout, rows, view.vintage, theme, "meeting", legend_rows)
    drawing |= {"width": WIDTH - LIST_WIDTH if in_order else WIDTH, "autosize": "none", "padding": 0}
    # of an ICS there is a row for its own value
    listed = painted.at_the_ends(picture, view.borough, MOST_AT_AN_END - bool(view.scope), in_codes=on_tiles)
    signs = dict(zip(listed["area_code"], listed["number"], strict=True)) if in_order else {}
    # every tile holds its code, and one without an order the letter of its class
    other = "code" if on_tiles else "" if in_order else "label"
    texts = [signs.get(row["area_code"]) or row.get(other, "") for row in rows.to_dict("records")]
    data = parts.with_chosen(choropleth.for_a_room(picture.map_data, texts), view.borough)
    pictures = [Picture(drawing, data, map_exhibits.MAP.alt, clickable=True)]
    if in_order:
        chart = large_rows.entries(painted.entries(listed, view, picture), LIST_WIDTH, HEIGHT, theme)
        pictures.append(large(chart, "List beside the map."))
    return of_figure(key, "Map", picture, pictures, on_land=not on_tiles)


def _ranking(view: View, picture: IndicatorView) -> list[Screen]:
    """The authorities from the highest to the lowest, as many on a screen as a room can read."""
    if not picture.is_ranked:
        return []
    return _pages_of_bars("ranking", picture.rows[~picture.rows["outside"]], view, picture)


def _pages_of_bars(
    key: str, rows: pd.DataFrame, view: View, picture: IndicatorView, headline: str = ""
) -> list[Screen]:
    """Bars of boroughs in their order, twelve on a screen with their ICS and London, all on one scale."""
    by_value = rows.sort_values(**painted.IN_ORDER)
    bars = painted.named(by_value).assign(value=by_value["value"].mask(by_value["apart"]))
    wholes = len(painted.with_wholes(bars.head(1), picture, view.scope)) - 1
    pages = math.ceil(len(bars) / (large_rows.MOST_ROWS - wholes))
    each = math.ceil(len(bars) / pages)
    screens = []
    for page in range(pages):
        first, last = page * each, min((page + 1) * each, len(bars))
        chart = large_rows.bars(
            painted.with_wholes(bars[first:last], picture, view.scope),
            WIDTH,
            HEIGHT,
            of_view.theme(),
            reach=[0.0, *bars["value"].dropna()],
        )
        screens.append(
            of_figure(
                key if not page else f"{page + 2}",
                "Ranking" if pages == 1 else f"Ranking {page + 1} of {pages}",
                picture,
                [large(chart, map_exhibits.RANKING.alt)],
                headline=headline,
                about=f"{first + 1} to {last} of {len(bars)}" if pages > 1 else "",
            )
        )
    return screens

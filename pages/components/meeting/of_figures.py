"""The screens of the pages on figures: the map and the ranking, the lottery, an ICS, a borough."""

import math
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from geo.places.borough import Claim, claims
from geo.tables.london import LONDON, value_of
from pages.components.borough import over_time
from pages.components.borough import text as borough_text
from pages.components.centres import exhibits as centres_exhibits
from pages.components.charts import choropleth, large_rows, palette, parts
from pages.components.compare import sections as compare_sections
from pages.components.data import figures
from pages.components.data.indicator_view import IndicatorView
from pages.components.exhibits import of_view
from pages.components.ics import exhibits as ics_exhibits
from pages.components.ics import over_time as ics_over_time
from pages.components.lottery import exhibits as lottery_exhibits
from pages.components.lottery import text as lottery_text
from pages.components.map import exhibits as map_exhibits
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
from pages.components.text import cells, grammar, headlines, ranks, units
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
        chart = large_rows.spans(*_by_ics(_ranked(picture)), WIDTH, HEIGHT, of_view.theme())
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
        chart = large_rows.bars(_with_wholes(rows, picture, None), WIDTH, HEIGHT, of_view.theme())
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


def borough(view: View) -> Shown:
    """A borough beside its neighbours, what stands out of it, and its course."""
    picture = figures.picture(view)
    if not view.borough:
        return map_and_ranking(view)
    screens = [
        _among_neighbours(view, picture),
        _standing(view, picture),
        of_exhibit("3", over_time.COURSE, view, LINES, over_time.say_course(view.borough, view)),
    ]
    return Shown(tuple(filter(None, screens)), boroughs_of(picture))


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
    listed = _at_the_ends(picture, view.borough, MOST_AT_AN_END - bool(view.scope), in_codes=on_tiles)
    signs = dict(zip(listed["area_code"], listed["number"], strict=True)) if in_order else {}
    # every tile holds its code, and one without an order the letter of its class
    other = "code" if on_tiles else "" if in_order else "label"
    texts = [signs.get(row["area_code"]) or row.get(other, "") for row in rows.to_dict("records")]
    data = parts.with_chosen(choropleth.for_a_room(picture.map_data, texts), view.borough)
    pictures = [Picture(drawing, data, map_exhibits.MAP.alt, clickable=True)]
    if in_order:
        chart = large_rows.entries(_entries(listed, view, picture), LIST_WIDTH, HEIGHT, theme)
        pictures.append(large(chart, "List beside the map."))
    return of_figure(key, "Map", picture, pictures, on_land=not on_tiles)


def _at_the_ends(picture: IndicatorView, borough: str, most: int, in_codes: bool) -> pd.DataFrame:
    """The boroughs in scope that are named beside the map, with the `number` of each: its rank in London.

    Or, `in_codes`, its code of two letters. All of them where a list holds them; else the `most` at either
    end, but none there that reads the same as one that would be left out.
    """
    rows = picture.rows[~picture.rows["outside"]].sort_values(**_IN_ORDER)
    ranks = rows["rank_london"].where(~rows["apart"])
    numbers = ["" if math.isnan(rank) else f"{rank:.0f}" for rank in ranks]
    rows = rows.assign(number=rows["code"] if in_codes else numbers)
    if len(rows) <= large_rows.MOST_ROWS - 2:
        return rows
    ranked = rows[ranks.notna()]
    texts = list(ranked["value_text"])
    chosen = ranked[ranked["area_name"] == borough]
    # with the chosen one there is a row more
    top, bottom = (within_ties(one_way, most - len(chosen)) for one_way in (texts, texts[::-1]))
    together = pd.concat([ranked.head(top), chosen, ranked.tail(bottom)])
    return together.drop_duplicates("area_code").sort_values(**_IN_ORDER)


_IN_ORDER: dict = {"by": ["apart", "value", "area_name"], "ascending": [True, False, True]}


def _entries(listed: pd.DataFrame, view: View, picture: IndicatorView) -> pd.DataFrame:
    """The list beside the map: its boroughs, how many stand between them, the ICS and London."""
    # who is not ranked has no number
    rows, inside = _named(listed).assign(text=listed["value_text"]), _ranked(picture)
    others = inside[~inside.index.isin(listed.index)]
    if not others.empty:
        high = int((listed["value"] > others["value"].max()).sum())
        where = "" if 0 < high < len(rows) else " below" if high else " above"
        gap = {"name": f"{len(others)} others{where}", "text": "", "fill": "", "number": "", "spoken": ""}
        rows = pd.concat([rows.head(high), pd.DataFrame([gap]), rows.tail(len(rows) - high)])
    return _with_wholes(rows, picture, view.scope, in_order=False)


def _ranking(view: View, picture: IndicatorView) -> list[Screen]:
    """The authorities from the highest to the lowest, as many on a screen as a room can read."""
    if not picture.is_ranked:
        return []
    return _pages_of_bars("ranking", picture.rows[~picture.rows["outside"]], view, picture)


def _pages_of_bars(
    key: str, rows: pd.DataFrame, view: View, picture: IndicatorView, headline: str = ""
) -> list[Screen]:
    """Bars of boroughs in their order, twelve on a screen with their ICS and London, all on one scale."""
    by_value = rows.sort_values(**_IN_ORDER)
    bars = _named(by_value).assign(value=by_value["value"].mask(by_value["apart"]))
    wholes = len(_with_wholes(bars.head(1), picture, view.scope)) - 1
    pages = math.ceil(len(bars) / (large_rows.MOST_ROWS - wholes))
    each = math.ceil(len(bars) / pages)
    screens = []
    for page in range(pages):
        first, last = page * each, min((page + 1) * each, len(bars))
        chart = large_rows.bars(
            _with_wholes(bars[first:last], picture, view.scope),
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


def _ranked(picture: IndicatorView) -> pd.DataFrame:
    """The boroughs in scope that have a value and are ranked."""
    rows = picture.rows
    return rows[rows["value"].notna() & ~rows["outside"] & ~rows["apart"]]


def _named(rows: pd.DataFrame) -> pd.DataFrame:
    """Painted rows as rows of a picture: name, value, text, fill, spoken, and number where there is one."""
    unranked = [", not ranked" if apart else "" for apart in rows["apart"]]
    kept = rows[["value", "spoken", *rows.columns.intersection(["number"])]]
    return kept.assign(
        name=rows["tile_label"].str.replace("|", " "),
        text=rows["value_text"] + unranked,
        fill=rows["fill"],
    )


def _with_wholes(
    rows: pd.DataFrame, picture: IndicatorView, scope: str | None, in_order: bool = True
) -> pd.DataFrame:
    """Rows with the ICS that is looked at and London among them, by their values, or behind them."""
    indicator, theme = picture.indicator, palette.THEMES[of_view.theme()]
    # beside bars of boroughs, that of a total or a change of all of them would leave them no length
    is_sum = not indicator.can_be_compared if in_order else indicator.is_total
    if is_sum or indicator.categories:
        return rows
    of_icss = picture.of_icss
    own = of_icss[of_icss["ics_code"] == scope]
    values = dict(zip(own["ics_name"], own["value"], strict=True))
    notes = dict(zip(own["ics_name"], own["note"], strict=True))
    values["London"] = value_of(picture.place_table, LONDON)
    texts = {whole.name: whole.value_text for whole in picture.wholes}
    known = {name: value for name, value in values.items() if not math.isnan(value)}
    wholes = pd.DataFrame(
        {
            "name": list(known),
            "value": list(known.values()),
            # of an ICS that is not looked at there is no text yet
            "text": [
                texts.get(name) or units.say_value(value, notes.get(name, ""), indicator)
                for name, value in known.items()
            ],
            "fill": theme["london"] if in_order else "",
            "number": "",
        }
    )
    together = pd.concat([rows, wholes], ignore_index=True)
    spoken = together["name"] + ", " + together["text"]
    together["spoken"] = together["spoken"].fillna(spoken) if "spoken" in together else spoken
    return together.sort_values("value", ascending=False, kind="stable") if in_order else together


def within_ties(values: Sequence[object], most: int) -> int:
    """How many of these are named, the first ones: none is left out that is the same as one named."""
    if len(values) <= most:
        return len(values)
    return next((n for n in range(most, 0, -1) if values[n - 1] != values[n]), 0)


def _by_ics(ranked: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The ICSs with their lowest and highest boroughs, and each borough as a dot in its line."""
    named = _named(ranked).assign(ics_name=ranked["ics_name"])
    ends = []
    for name, rows in named.groupby("ics_name"):
        by_value = rows.sort_values("value")
        low, high = (_all_at(by_value, end) for end in (0, -1))
        end = {"low": by_value["value"].iloc[0], "high": by_value["value"].iloc[-1]}
        ends.append({"name": str(name), "low_text": low, "high_text": high, **end})
    dots = named.assign(name=named["ics_name"])[["name", "value", "fill", "spoken"]]
    return pd.DataFrame(ends), dots


def _all_at(by_value: pd.DataFrame, end: int) -> str:
    """Who has the value at an end, with it: all of them where there is room for their names."""
    text = by_value["text"].iloc[end]
    names = list(by_value.loc[by_value["text"] == text, "name"])
    return f"{names[0] if len(names) == 1 else f'{len(names)} boroughs'} {text}"


def _among_neighbours(view: View, picture: IndicatorView) -> Screen | None:
    """The borough, its neighbours, its ICS and London, in the figure that is looked at."""
    names = [view.borough, *figures.names_of_neighbours(view.borough, view)]
    rows = picture.rows[picture.rows["area_name"].isin(names)]
    if not picture.is_ranked:
        return None
    own = picture.rows[picture.rows["area_name"] == view.borough].iloc[0]
    by_value = rows.sort_values(**_IN_ORDER)
    is_own = by_value["area_name"] == view.borough
    shades = palette.SEQUENTIAL[5]
    bars = _named(by_value).assign(
        fill=is_own.map({True: shades[3], False: shades[1]}),
        value=by_value["value"].mask(by_value["apart"]),
    )
    bars = _with_wholes(bars, picture, own["ics_code"])
    chart = large_rows.bars(bars, WIDTH, HEIGHT, of_view.theme())
    return of_figure(
        "1",
        "Neighbours",
        picture,
        [large(chart, "The borough beside its neighbours.")],
        headline=ranks.rank_sentence(own, picture.indicator) or picture.headline,
        about=f"{grammar.beginning(view.borough)} and its neighbours",
        remarks=picture.explained(set(rows["area_code"])),
        sources=figures.sources(
            rows, picture.place_table[picture.place_table["area_code"] == LONDON], picture.boroughs[:0]
        ),
    )


def _standing(view: View, picture: IndicatorView) -> Screen | None:
    """The figures in which a borough stands out, upwards and downwards by the same rule, the newest first."""
    name, lines = view.borough, figures.latest(view)
    found = claims(lines, name)
    if not found:
        return None
    shown = found[: large_rows.MOST_ROWS]
    rows = pd.DataFrame(
        {
            "number": [_SIGNS[claim.side] for claim in shown],
            "name": [cells.heading(claim.latest) for claim in shown],
            "text": [_own_and_londons(claim, name) for claim in shown],
            "fill": "",
            "spoken": "",
        }
    )
    chart = large_rows.entries(rows, WIDTH, HEIGHT, of_view.theme())
    latest = [claim.latest for claim in shown]
    screen = of_figure(
        "2",
        "What stands out",
        picture,
        [large(chart, " ".join(borough_text.standing(lines, name)).replace("**", ""))],
        headline=_how_many(found, name),
        remarks=[_RULE, *cells.explained(latest, [name])],
        sources=figures.sources(*cells.rows(latest, [name])),
    )
    cut = f"the newest {len(shown)} of {len(found)}" if len(shown) < len(found) else ""
    about = ["Each figure at its latest period, beside London", figures.place_of(view), cut]
    return replace(screen, about=" · ".join(filter(None, about)))


_SIGNS = {"ahead": "▲", "behind": "▼", "high": "+", "low": "\N{MINUS SIGN}"}
_RULE = (
    "▲ ahead and ▼ behind: clearly better or worse than London by the 95% interval, or where there is none "
    "in the highest or lowest quarter; + and \N{MINUS SIGN}: in the highest or lowest quarter, which speaks "
    "neither for nor against the borough."
)


def _how_many(found: Sequence[Claim], name: str) -> str:
    """In how many figures a borough stands out, and which way."""
    sides = [claim.side for claim in found]
    ahead, behind = sides.count("ahead"), sides.count("behind")
    rest = len(sides) - ahead - behind
    figures_said = "one figure" if len(sides) == 1 else f"{grammar.say_number(len(sides))} figures"
    counts = ((ahead, "ahead in"), (behind, "behind in"), (rest, "high or low in"))
    said = [f"{way} {grammar.say_number(count)}" for count, way in counts if count]
    return f"{name} stands out in {figures_said}: {grammar.join_all(said)}."


def _own_and_londons(claim: Claim, name: str) -> str:
    """The borough's value, and London's where there is one."""
    line = claim.latest
    own = units.say_value(line.rows[name]["value"], line.rows[name]["note"], line.indicator)
    londons = units.say_value(line.london, line.london_note, line.indicator)
    return f"{own} (London {londons})" if londons else own

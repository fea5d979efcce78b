"""The screens of the page My borough: it among its neighbours, what stands out of it, and its course."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from geo.places.borough import Claim, claims
from geo.tables.london import LONDON
from pages.components.borough import over_time, text as borough_text
from pages.components.charts import large_rows, palette
from pages.components.data import figures
from pages.components.data.indicator_view import IndicatorView
from pages.components.exhibits import of_view
from pages.components.meeting import of_figures, painted
from pages.components.meeting.screens import (
    HEIGHT,
    LINES,
    WIDTH,
    Screen,
    Shown,
    boroughs_of,
    large,
    of_exhibit,
    of_figure,
)
from pages.components.state.view import View
from pages.components.text import cells, grammar, ranks, units


def borough(view: View) -> Shown:
    """A borough beside its neighbours, what stands out of it, and its course."""
    picture = figures.picture(view)
    if not view.borough:
        return of_figures.map_and_ranking(view)
    screens = [
        _among_neighbours(view, picture),
        _standing(view, picture),
        of_exhibit("3", over_time.COURSE, view, LINES, over_time.say_course(view.borough, view)),
    ]
    return Shown(tuple(filter(None, screens)), boroughs_of(picture))


def _among_neighbours(view: View, picture: IndicatorView) -> Screen | None:
    """The borough, its neighbours, its ICS and London, in the figure that is looked at."""
    names = [view.borough, *figures.names_of_neighbours(view.borough, view)]
    rows = picture.rows[picture.rows["area_name"].isin(names)]
    if not picture.is_ranked:
        return None
    own = picture.rows[picture.rows["area_name"] == view.borough].iloc[0]
    by_value = rows.sort_values(**painted.IN_ORDER)
    is_own = by_value["area_name"] == view.borough
    shades = palette.SEQUENTIAL[5]
    bars = painted.named(by_value).assign(
        fill=is_own.map({True: shades[3], False: shades[1]}),
        value=by_value["value"].mask(by_value["apart"]),
    )
    bars = painted.with_wholes(bars, picture, own["ics_code"])
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

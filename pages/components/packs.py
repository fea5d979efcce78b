"""Packs for meetings and papers: what is in one of an indicator, an ICS, a borough, or picked out."""

import datetime as dt
import math
import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import pandas as pd

from data_loaders.catalogue import Indicator
from geo.footprint import Line
from geo.join import LONDON, value_of
from geo.lottery import compared
from geo.profile import behind, cases_of, doing_better
from pages.components import (
    borders_words,
    cells,
    figures,
    footprint_view,
    footprint_words,
    lottery_words,
    profile_view,
    profile_words,
    registry,
    words,
)
from pages.components.pieces import file_name, plain
from pages.components.view import View
from pages.exports.pack import Bars, Chapter, Pack
from pages.exports.piece import Piece

# a line of sources that is longer is left to the last page
LONGEST_SOURCE = 330
AT_THE_END = "Sources: at the end."
# rows of lists that go on for long, and places side by side in one table
MOST_BORDERS, MOST_PLACES = 10, 8
_MARKUP = re.compile(r":[a-z-]+\[((?:[^\[\]]|\[[^\]]*\])*)\]")


def of_indicator(view: View) -> Pack:
    """The figure that is looked at: findings, map, ranking, table, course, ICSs, borders, method."""
    picture = figures.picture(view)
    chapters = [
        Chapter("What the figures say", points=tuple(_findings(view))),
        _of_piece(view, "map"),
        _bars(view),
        _table_of_places(view),
        _of_piece(view, "lottery_over_time", heading="Is the gap growing?", with_remark=True),
        _of_piece(view, "lottery_by_ics", heading="Between ICSs or within them?", with_remark=True),
        *_borders(view),
        _measures(view),
        _method([picture.indicator]),
    ]
    subtitle = picture.subtitle
    return _pack(view, picture.indicator.label, subtitle, chapters, file_name(view), page="")


def of_ics(view: View) -> Pack:
    """One ICS: what stands out, the ICSs side by side, its map, its own lottery, borders, method.

    Raises ValueError when the view is of all London.
    """
    if view.scope is None:
        raise ValueError("A pack of an ICS needs one.")
    london = figures.london()
    name = london.ics_names[view.vintage][view.scope]
    lines = figures.footprint(view)
    standing = footprint_words.standing(lines, name, london.catalogue)
    changed = footprint_words.changes(lines, london.catalogue)
    chapters = [
        Chapter("What stands out", points=tuple(map(said, standing))) if standing else None,
        Chapter("Most changed since the period before", points=tuple(map(said, changed)))
        if changed
        else None,
        _of_piece(view, "icss"),
        _of_piece(view, "map"),
        Chapter(
            "Its own lottery: how far apart its boroughs are",
            table=footprint_words.own_lottery(lines, london.catalogue),
            source=AT_THE_END,
        ),
        Chapter(
            "Beside the other ICSs",
            table=_in_words(footprint_view.beside(lines, view)),
            subtitle=f"Values of an ICS are ratios of sums. {cells.LEGEND}",
            source=AT_THE_END,
        ),
        *_its_boroughs(lines, name),
        *_borders(view),
        _method([line.indicator for line in lines if line.indicator.polarity != "neither"]),
    ]
    stem = f"{view.scope.lower()}_{view.vintage}_pack"
    return _pack(view, name, footprint_view.subtitle(view), chapters, stem, page="ics", also=["ics_figures"])


def of_borough(view: View) -> Pack:
    """One borough: what stands out, its standing, all figures, its course, neighbours, case studies, method.

    Raises ValueError when the view has no borough.
    """
    if not view.borough:
        raise ValueError("A pack of a borough needs one.")
    london, name = figures.london(), view.borough
    lines = figures.latest(view)
    standing = profile_words.standing(lines, behind(lines, name), name, london.catalogue)
    table = _in_words(profile_view.table(lines, name, view))
    chapters = [
        Chapter("What stands out", points=tuple(map(said, standing))) if standing else None,
        _of_piece(view, "spine"),
        Chapter("All figures", table=table, source=AT_THE_END),
        _of_piece(view, "course"),
        _neighbours(view),
        _of_piece(view, "map"),
        _cases(view),
        _method([line.indicator for line in lines]),
    ]
    stem = f"{plain(name).lower()}_pack"
    return _pack(view, name, figures.place_of(view), chapters, stem, "borough", also=["borough_figures"])


def of_pieces(pieces: Sequence[Piece], title: str, link: str) -> Pack:
    """Pieces that somebody has picked out, in their order."""
    is_illustrative = any(piece.is_illustrative for piece in pieces)
    stem = plain(title).lower()[:60]
    return Pack(
        title=title,
        subtitle=f"{len(pieces)} {'picture or table' if len(pieces) == 1 else 'pictures and tables'}",
        chapters=tuple(_chapter(piece) for piece in pieces),
        sources=tuple(dict.fromkeys(line for piece in pieces for line in piece.sources)),
        link=link,
        version=pieces[0].version,
        day=dt.date.today(),
        stem=f"illustrative_{stem}" if is_illustrative else stem,
        is_illustrative=is_illustrative,
    )


class PackKind(NamedTuple):
    """A kind of pack: what people call it, and how it is made of a view."""

    name: str
    build: Callable[[View], Pack]


KINDS = {
    "": PackKind("this figure", of_indicator),
    "ics": PackKind("this ICS", of_ics),
    "borough": PackKind("this borough", of_borough),
}


def said(text: str) -> str:
    """A text of a page without its markup."""
    without = _MARKUP.sub(r"\1", text)
    return without.replace("**", "").replace("\N{NO-BREAK SPACE}", " ").strip()


def _in_words(table: pd.DataFrame) -> pd.DataFrame:
    texts = table.map(lambda cell: said(str(cell)))
    return texts.rename(columns=lambda name: said(str(name)))


def _pack(
    view: View,
    title: str,
    subtitle: str,
    chapters: Sequence[Chapter | None],
    stem: str,
    page: str,
    also: Sequence[str] = (),
) -> Pack:
    """A pack of these chapters; its sources are those of their pieces and of the pieces named in `also`."""
    numbers = registry.piece_of(view, "numbers")
    assert numbers is not None
    named = [registry.piece_of(view, key) for key in also]
    told = [chapter for chapter in chapters if chapter is not None]
    pieces = [numbers, *(chapter.piece for chapter in told), *named]
    sources = dict.fromkeys(line for piece in pieces if piece for line in piece.sources)
    return Pack(
        title=title,
        subtitle=subtitle,
        chapters=tuple(told),
        sources=tuple(sources),
        link=numbers.link.replace("/?", f"/{page}?"),
        version=numbers.version,
        day=dt.date.today(),
        stem=f"{stem}_pack" if page == "" else stem,
    )


def _chapter(piece: Piece) -> Chapter:
    is_drawn = piece.drawing is not None
    source = " ".join(piece.sources)
    return Chapter(
        said(piece.title),
        piece=piece if is_drawn else None,
        table=None if is_drawn else _in_words(piece.numbers()),
        subtitle=said(piece.subtitle),
        source=source if len(source) <= LONGEST_SOURCE else AT_THE_END,
        notes=(piece.caption, *map(said, piece.remarks)),
    )


def _of_piece(view: View, key: str, heading: str = "", with_remark: bool = False) -> Chapter | None:
    """A picture with its title as heading, or the one given; None where there is none."""
    piece = registry.piece_of(view, key)
    if piece is None:
        return None
    chapter = _chapter(piece)
    indicator = figures.picture(view).indicator
    subtitle = piece.remarks[0] if with_remark and piece.remarks else chapter.subtitle
    return Chapter(
        heading or chapter.heading,
        piece=piece,
        subtitle=said(subtitle),
        source=chapter.source,
        notes=(*chapter.notes, indicator.definition, indicator.caveats),
    )


def _findings(view: View) -> Iterable[str]:
    """What the pages Map, Lottery and Borders say of a view, in sentences."""
    picture, found, catalogue = figures.picture(view), figures.lottery(view), figures.london().catalogue
    yield picture.headline
    yield from picture.missing
    if found is not None:
        for line in lottery_words.lines(found, picture.indicator, catalogue):
            if line.measure.startswith(("How many times", "More than chance")):
                yield line.sentence
        if within := lottery_words.within(found):
            yield within
    pairs = figures.border_pairs(view)
    if not pairs.empty:
        yield borders_words.headline(pairs, picture.indicator, catalogue)
    yield from lottery_words.facts(picture.indicator, figures.london().facts)


def _bars(view: View) -> Chapter | None:
    """The ranking as bars, and London below it; a total is not held against them."""
    picture = figures.picture(view)
    if not picture.is_ranked:
        return None
    catalogue = figures.london().catalogue
    rows = compared(picture.place_table, view.scope).sort_values("value", ascending=False)
    named = list(zip(rows["area_name"], rows["value"], strict=True))
    whole = value_of(picture.place_table, LONDON)
    if picture.indicator.aggregation != "sum" and whole == whole:
        named.append(("London", whole))
    found = figures.lottery(view)
    heading = lottery_words.headline(found, picture.indicator, catalogue) if found else picture.headline
    return Chapter(
        heading,
        bars=Bars(
            tuple(name for name, _ in named),
            tuple(float(value) for _, value in named),
            catalogue.units[picture.indicator.unit].axis,
            picture.indicator.decimals,
            benchmarks=("London",),
        ),
        subtitle=f"{picture.indicator.label}. {picture.subtitle}",
        source=_sources(view),
        notes=(picture.indicator.definition, picture.indicator.caveats),
    )


def _table_of_places(view: View) -> Chapter:
    picture = figures.picture(view)
    piece = registry.piece_of(view, "map")
    assert piece is not None
    table = piece.numbers()
    # said once below the table where it is the same in every row
    status = table.pop("Status").iloc[:-2].unique()
    remark = f" All values: {status[0]}." if len(status) == 1 else ""
    return Chapter(
        f"{picture.indicator.label}, by borough",
        table=table,
        subtitle=f"{picture.subtitle}.{remark}",
        source=_sources(view),
        notes=(picture.indicator.definition, *map(said, picture.missing)),
    )


def _borders(view: View) -> list[Chapter]:
    """The map of borders, and the largest differences."""
    pairs, picture = figures.border_pairs(view), figures.picture(view)
    chapter = _of_piece(view, "borders_map", with_remark=True)
    if chapter is None or pairs.empty:
        return []
    listed = borders_words.listed(pairs.head(MOST_BORDERS), picture.indicator, figures.london().catalogue)
    table = Chapter(
        "The largest differences between neighbours" if len(pairs) > MOST_BORDERS else "All borders",
        table=listed,
        subtitle="Whole boroughs are compared: what families right at the border get may differ.",
        source=_sources(view),
        notes=chapter.notes,
    )
    return [chapter, table]


def _measures(view: View) -> Chapter | None:
    found, picture = figures.lottery(view), figures.picture(view)
    if found is None:
        return None
    lines = lottery_words.lines(found, picture.indicator, figures.london().catalogue)
    table = pd.DataFrame(lines).set_axis(["Measure", "Value", "What it says"], axis="columns")
    return Chapter("How big is the lottery?", table=table, source=_sources(view))


def _its_boroughs(lines: Sequence[Line], name: str) -> Iterable[Chapter]:
    """All boroughs of an ICS by the figures that have a better end, so many side by side as can be read."""
    catalogue = figures.london().catalogue
    places = list(lines[0].boroughs["area_name"])
    count = math.ceil(len(places) / MOST_PLACES)
    size = math.ceil(len(places) / count)
    for number in range(count):
        some = places[number * size : (number + 1) * size]
        rows = []
        for line in lines:
            if line.indicator.polarity == "neither":
                continue
            own = {row["area_name"]: row for row in line.boroughs.to_dict("records")}
            rows.append(
                {"Figure": cells.heading(line.latest)}
                | {place: cells.said(own[place], line.latest, catalogue) for place in some}
                | {name: cells.whole(line.value, line.latest, catalogue)}
                | {"London": cells.whole(line.latest.london, line.latest, catalogue)}
            )
        table = _in_words(pd.DataFrame(rows))
        yield Chapter(f"The boroughs of {name}", table=table, subtitle=cells.LEGEND, source=AT_THE_END)


def _neighbours(view: View) -> Chapter | None:
    picture, pairs = figures.picture(view), figures.neighbours_of(view.borough, view)
    if pairs.empty:
        return None
    catalogue = figures.london().catalogue
    return Chapter(
        profile_words.neighbours(pairs, view.borough, picture.indicator, catalogue),
        table=profile_words.neighbour_table(pairs, view.borough, picture.indicator, catalogue),
        subtitle=f"{picture.indicator.label}, {words.say_period(view.period, picture.indicator)}",
        source=_sources(view),
    )


def _cases(view: View) -> Chapter | None:
    """The report's case studies from here, and of boroughs that do better where this one is behind."""
    london = figures.london()
    own = cases_of(view.borough, london.case_studies)
    points = [
        f"From {view.borough}: {box}. {title}" for box, title in zip(own["box"], own["title"], strict=True)
    ]
    better = doing_better(behind(figures.latest(view), view.borough), view.borough, london.case_studies)
    points += [said(line) for line in profile_words.doing_better(better)]
    if not points:
        return None
    return Chapter(
        "Case studies of the 2022 report",
        points=tuple(points),
        subtitle=profile_view.LEARN_CAVEAT,
        source="Source: Beyond Boundaries, Isos Partnership for London Councils, July 2022.",
    )


def _method(indicators: Sequence[Indicator]) -> Chapter:
    """What each figure is, and what to know before quoting it."""
    if len(indicators) == 1:
        (indicator,) = indicators
        points = [indicator.definition, f"Before you quote it: {indicator.caveats}"]
        if indicator.comparable_over_time != "yes":
            points.append(f"Over time: {indicator.comparable_over_time}.")
        return Chapter("What this figure is", points=tuple(points))
    table = pd.DataFrame(
        {"Figure": [i.short_label for i in indicators], "What it is": [i.definition for i in indicators]}
    )
    return Chapter("What these figures are", table=table)


def _sources(view: View) -> str:
    piece = registry.piece_of(view, "numbers")
    line = " ".join(piece.sources) if piece else ""
    return line if len(line) <= LONGEST_SOURCE else AT_THE_END

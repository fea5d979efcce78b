"""Packs for meetings and papers: what is in one of an indicator, an ICS, a borough, or picked out."""

import datetime as dt
import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from data_loaders import settings
from data_loaders.catalogue import Indicator, Source
from geo.course import course
from geo.footprint import Line
from geo.join import LONDON, value_of
from geo.lottery import compared
from geo.profile import behind, cases_of, doing_better
from pages import __version__
from pages.components import (
    borders_words,
    cells,
    figures,
    footprint_view,
    footprint_words,
    lottery_words,
    notes,
    profile_view,
    profile_words,
    registry,
    words,
)
from pages.components.pieces import APP, file_name, plain, source_lines
from pages.components.view import View
from pages.exports import numbers
from pages.exports.pack import Bars, Chapter, Lines, Pack
from pages.exports.piece import ILLUSTRATIVE, Piece

# a line of sources that is longer is left to the last page
LONGEST_SOURCE = 330
AT_THE_END = "Sources: at the end."
# rows of lists that go on for long, and places side by side in one table
MOST_BORDERS, MOST_PLACES, MOST_ROWS, MOST_COLUMNS = 10, 8, 36, 8
# columns that a table on a slide has below it
BELOW = {"Source", "Licence", "ICS vintage"}
# measures of the lottery that are said in sentences
TOLD = ("How many times", "More than chance", "With deprivation")
_SENTENCE = re.compile(r"(?<=[.!?]) (?=[A-Z])")
_MARKUP = re.compile(r":[a-z-]+\[((?:[^\[\]]|\[[^\]]*\])*)\]")


def of_indicator(view: View) -> Pack:
    """The figure that is looked at: findings, map, ranking, table, course, ICSs, borders, method."""
    picture = figures.picture(view)
    chapters = [
        Chapter("What the figures say", points=tuple(_findings(view)), notes=_explained(picture.indicator)),
        _of_piece(view, "map"),
        _ranking(view),
        _table_of_places(view),
        _gap_over_time(view),
        _of_piece(view, "lottery_by_ics", says_remark=True),
        *_borders(view),
        _method([picture.indicator]),
    ]
    sources = notes.source_lines(picture.sources, figures.embedded())
    return _pack(view, picture.indicator.label, picture.subtitle, chapters, sources, file_name(view), page="")


def of_ics(view: View) -> Pack:
    """One ICS: what stands out, the ICSs side by side, its map, its own lottery, borders, method.

    Raises ValueError when the view is of all London.
    """
    if view.scope is None:
        raise ValueError("A pack of an ICS needs one.")
    london = figures.london()
    name = london.ics_names[view.vintage][view.scope]
    lines = figures.footprint(view)
    rates = [line.indicator for line in lines if line.indicator.polarity != "neither"]
    standing = footprint_words.standing(lines, name, london.catalogue)
    changed = footprint_words.changes(lines, london.catalogue)
    points = [*standing, *(f"Changed since the period before: {text}" for text in changed)]
    chapters = [
        Chapter("What stands out", points=tuple(map(said, points))) if points else None,
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
        *_borders(view)[:1],
        _method(rates),
    ]
    sources = _cited(cells.sources([line.latest for line in lines], london.catalogue))
    stem = f"{view.scope.lower()}_{view.vintage}_pack"
    return _pack(view, name, footprint_view.subtitle(view), chapters, sources, stem, page="ics")


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
        Chapter("All figures", table=table, subtitle=cells.LEGEND, source=AT_THE_END),
        _course(view),
        _neighbours(view),
        _of_piece(view, "map"),
        _cases(view),
        _method([line.indicator for line in lines]),
    ]
    sources = _cited(cells.sources(lines, london.catalogue))
    stem = f"{plain(name).lower()}_pack"
    return _pack(view, name, figures.place_of(view), chapters, sources, stem, page="borough")


def of_pieces(picked: Sequence[tuple[Piece, str]], title: str, link: str) -> Pack:
    """Pieces that somebody has picked out, in their order, each with its heading or an empty text."""
    pieces = tuple(piece for piece, _ in picked)
    is_illustrative = any(piece.is_illustrative for piece in pieces)
    stem = plain(title).lower()[:60]
    return Pack(
        title=title,
        subtitle="One picture or table" if len(pieces) == 1 else f"{len(pieces)} pictures and tables",
        chapters=tuple(_chapter(piece, heading) for piece, heading in picked),
        sources=tuple(dict.fromkeys(line for piece in pieces for line in piece.sources)),
        link=link,
        version=pieces[0].version,
        day=dt.date.today(),
        stem=f"illustrative_{stem}" if is_illustrative else stem,
        is_illustrative=is_illustrative,
        pieces=pieces,
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
    sources: Sequence[str],
    stem: str,
    page: str,
) -> Pack:
    """A pack of these chapters. Whose boundaries its maps show stands behind the other sources."""
    boundaries = notes.boundary_line(figures.boundary_source())
    return Pack(
        title=title,
        subtitle=f"{subtitle[0].upper()}{subtitle[1:]}",
        chapters=tuple(chapter for chapter in chapters if chapter is not None),
        sources=(*sources, boundaries),
        link=f"{settings.address()}/{page}{view.query()}",
        version=f"{APP} {__version__}",
        day=dt.date.today(),
        stem=f"{stem}_pack" if page == "" else stem,
    )


def _chapter(piece: Piece, heading: str = "") -> Chapter:
    """A piece as it is; of a long table as much as can be read on slides, and a sentence on what is not."""
    is_drawn = piece.drawing is not None
    source = " ".join(piece.sources)
    table, cut = (None, "") if is_drawn else _for_reading(piece)
    title = said(piece.title)
    if heading and piece.is_illustrative:
        heading = f"{ILLUSTRATIVE}. {heading}"
    return Chapter(
        heading or title,
        piece=piece if is_drawn else None,
        table=table,
        subtitle=" ".join(filter(None, [said(piece.subtitle), cut])),
        source=source if len(source) <= LONGEST_SOURCE else AT_THE_END,
        notes=(piece.caption, *map(said, piece.remarks)),
    )


def _for_reading(piece: Piece) -> tuple[pd.DataFrame, str]:
    """A table without codes and without what is the same in each row, and a sentence on what is left out."""
    whole, decimals = numbers.with_numbers(numbers.in_words(piece))
    table = whole[[name for name in whole if not name.endswith((" id", " code")) and name not in BELOW]]
    if len(table.columns) > MOST_COLUMNS:
        table = table[[name for name in table if table[name].nunique() > 1]].iloc[:, :MOST_COLUMNS]
    left_out = [f"{len(table) - MOST_ROWS} further rows"] if len(table) > MOST_ROWS else []
    if len(table.columns) < len(whole.columns):
        left_out.append(f"{len(whole.columns) - len(table.columns)} further columns")
    table = table.head(MOST_ROWS)
    shown = {
        name: [f"{v:,.{decimals[name]}f}" if isinstance(v, float) else said(str(v)) for v in table[name]]
        for name in table
    }
    cut = f"{words.join_all(left_out)} are in the spreadsheet on its page." if left_out else ""
    return pd.DataFrame(shown, columns=list(table)), cut


def _of_piece(
    view: View, key: str, heading: str = "", says_remark: bool = False, native: Bars | Lines | None = None
) -> Chapter | None:
    """A picture with its title as heading, or the one given, or what is remarked on it; None without one."""
    piece = registry.piece_of(view, key)
    if piece is None:
        return None
    chapter = _chapter(piece)
    finding, rest = chapter.heading, ""
    if says_remark and piece.remarks:
        finding, *others = _SENTENCE.split(said(piece.remarks[0]), maxsplit=1)
        rest = f"{others[0]} " if others else ""
    return replace(
        chapter,
        heading=heading or finding,
        native=native,
        subtitle=f"{rest}{chapter.subtitle}",
        notes=(*chapter.notes, *_explained(figures.picture(view).indicator)),
    )


def _explained(indicator: Indicator) -> tuple[str, ...]:
    """What is said of a figure: its definition, and what to know before quoting it."""
    return (f"{indicator.label}: {indicator.definition}", f"Before you quote it: {indicator.caveats}")


def _findings(view: View) -> Iterable[str]:
    """What the pages Map, Lottery and Borders say of a view, in sentences."""
    picture, found, catalogue = figures.picture(view), figures.lottery(view), figures.london().catalogue
    yield picture.headline
    yield from picture.missing
    if found is not None:
        for line in lottery_words.lines(found, picture.indicator, catalogue):
            if line.measure.startswith(TOLD):
                yield line.sentence
        if within := lottery_words.within(found):
            yield within
    pairs = figures.border_pairs(view)
    if not pairs.empty:
        yield borders_words.headline(pairs, picture.indicator, catalogue)
    yield from lottery_words.facts(picture.indicator, figures.london().facts)


def _ranking(view: View) -> Chapter | None:
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
    bars = Bars(
        tuple(name for name, _ in named),
        tuple(float(value) for _, value in named),
        catalogue.units[picture.indicator.unit].axis,
        picture.indicator.decimals,
        benchmarks=("London",),
    )
    heading = lottery_words.headline(found, picture.indicator, catalogue) if found else picture.headline
    return _of_piece(view, "ranking", heading=heading, native=bars if named else None)


def _gap_over_time(view: View) -> Chapter | None:
    """The highest and the lowest value of each period, and London's."""
    periods = figures.lottery_over_time(view)
    if len(periods) < 2:
        return None
    columns = {"Highest borough": "largest", "Lowest borough": "smallest", "London": "london"}
    lines = _lines_of(
        periods.rename(columns={column: name for name, column in columns.items()}), view, columns
    )
    return _of_piece(view, "lottery_over_time", says_remark=True, native=lines)


def _course(view: View) -> Chapter | None:
    """The borough over time, beside London and England."""
    indicator = figures.picture(view).indicator
    wholes = [] if indicator.aggregation == "sum" else ["London", "England"]
    values = course(figures.london(), view.indicator, [view.borough, *wholes])
    if view.borough not in values or indicator.categories:
        return None
    return _of_piece(view, "course", native=_lines_of(values.reset_index(), view, values.columns))


def _lines_of(table: pd.DataFrame, view: View, names: Iterable[str]) -> Lines:
    """Columns of a table, with its column `period`, as lines; a column without any value is left out."""
    indicator = figures.picture(view).indicator
    is_date = indicator.period_type == "date"
    return Lines(
        tuple(words.say_period(period, indicator) if is_date else period for period in table["period"]),
        tuple(
            (name, tuple(float(value) if value == value else None for value in table[name]))
            for name in names
            if table[name].notna().any()
        ),
        figures.london().catalogue.units[indicator.unit].axis,
        indicator.decimals,
        benchmarks=("London", "England"),
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
    chapter = _of_piece(view, "borders_map")
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
        part = f" ({number + 1} of {count})" if count > 1 else ""
        yield Chapter(f"The boroughs of {name}{part}", table=table, subtitle=cells.LEGEND, source=AT_THE_END)


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
    line = " ".join(source_lines(figures.picture(view).sources))
    return line if len(line) <= LONGEST_SOURCE else AT_THE_END


def _cited(sources: Sequence[Source]) -> list[str]:
    """A line a source with its licence, and below them the attributions that they ask for, each once."""
    return notes.cited_lines(sources, figures.embedded())

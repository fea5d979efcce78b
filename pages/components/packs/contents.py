"""Packs for meetings and papers: what is in one of an indicator, an ICS, a borough, or picked out."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import urlsplit

import pandas as pd

from data_loaders import settings
from geo.access.indicators import ALL, WITHOUT_DISTANCE
from geo.places.ics import Line
from geo.places.latest import Latest
from pages import __version__
from pages.components.borough import all_figures, sections as borough_sections, text as borough_text
from pages.components.data import edition, figures
from pages.components.exhibits.kinds import APP, file_name, plain, reach_name
from pages.components.ics import exhibits as ics_exhibits, findings as ics_findings, text as ics_text
from pages.components.packs import chapters, indicator_chapters, place_chapters, registry
from pages.components.packs.enlarged import for_slides
from pages.components.state.view import View
from pages.components.text import cells, citations, grammar
from pages.exports.exhibit import ILLUSTRATIVE, Exhibit
from pages.exports.pack import Chapter, Pack
from pages.exports.table import MARK


def of_indicator(view: View) -> Pack:
    """The figure that is looked at: findings, map, ranking, table, course, ICSs, borders, method."""
    picture = figures.picture(view)
    found = tuple(map(chapters.said, indicator_chapters.findings(view)))
    on_map = indicator_chapters.on_map(view)
    # what a mark means is no finding
    marks = [text for text in found if text.startswith(MARK)]
    points = [text for text in found if text not in marks]
    said = Chapter(
        "What the figures say",
        points=tuple(points),
        subtitle=" ".join(marks),
        notes=chapters.explained(picture.indicator),
    )
    parts = [
        # a single one is what the map says
        said if len(points) > 1 or on_map is None else None,
        on_map,
        indicator_chapters.ranking(view),
        indicator_chapters.gap_over_time(view),
        indicator_chapters.by_ics(view),
        *indicator_chapters.borders(view),
        chapters.method([picture.indicator], indicator_chapters.periods_shown(view)),
        # long, and to look up in: behind all that is told
        indicator_chapters.table_of_places(view),
    ]
    sources = citations.source_lines(
        figures.sources(*indicator_chapters.rows_behind(view)), figures.embedded()
    )
    return _pack(view, picture.indicator.label, picture.subtitle, parts, sources, file_name(view), page="")


def of_ics(view: View) -> Pack:
    """One ICS: what stands out, the ICSs side by side, its course, its map, its own lottery, borders, method.

    Raises ValueError when the view is of all London.
    """
    if view.scope is None:
        raise ValueError("A pack of an ICS needs one.")
    name = figures.name_of_ics(view)
    every = figures.footprint(view)
    lines = [line for line in every if not line.latest.is_doubtful]
    rates = [line.indicator for line in lines if line.indicator.polarity != "neither"]
    said = ics_findings.said(view)
    changes = [*said.changes, *(f"Not compared: {text}" for text in said.not_compared)]
    of_name = "its boroughs" if said.of_ics else f"boroughs of {name}"
    beside = _beside(said.beside, every)
    parts = [
        *(
            _points(heading, texts, ics_text.explained(texts, lines))
            for heading, texts in (
                (f"Where {name} has the highest or lowest value of the ICSs", said.of_ics),
                (f"Where {of_name} have London's highest or lowest value", said.of_boroughs),
                (f"What has changed most in the boroughs of {name}", changes),
            )
        ),
        _for_slides(view, "ics_standing"),
        chapters.of_exhibit(view, "icss"),
        place_chapters.over_time(view),
        indicator_chapters.on_map(view),
        *indicator_chapters.borders(view)[:1],
        # long, and to look up in, as all that follows
        Chapter(
            "Its own lottery: how far apart its boroughs are",
            caption=f"The lowest and the highest borough of {name}, by figure",
            table=said.own_lottery,
            subtitle=" ".join(map(chapters.said, ics_text.explained_own(said.own_lottery, lines))),
            source=chapters.AT_THE_END,
            to_look_up=True,
        ),
        Chapter(
            "Beside the other ICSs",
            caption=f"{name}, the other ICSs and London, by figure",
            table=chapters.in_words(beside),
            subtitle=" ".join(
                [
                    "Values of an ICS are ratios of sums.",
                    cells.LEGEND,
                    *_left_out(every),
                    *map(chapters.said, ics_text.explained_beside(beside, lines)),
                ]
            ),
            source=chapters.AT_THE_END,
            to_look_up=True,
        ),
        *place_chapters.its_boroughs(lines, name),
        place_chapters.reviews(list(lines[0].boroughs["area_name"])),
        chapters.method(rates),
    ]
    sources = _cited([*ics_exhibits.page_rows(view), *indicator_chapters.map_and_borders(view)])
    stem = f"{view.scope.lower()}_{view.vintage}_pack"
    return _pack(view, name, ics_exhibits.subtitle(view), parts, sources, stem, page="ics")


def of_borough(view: View) -> Pack:
    """One borough: what stands out, its standing, all figures, its course, neighbours, case studies, method.

    Raises ValueError when the view has no borough.
    """
    if not view.borough:
        raise ValueError("A pack of a borough needs one.")
    _london, name = figures.london(), view.borough
    every = figures.latest(view)
    lines = [line for line in every if not line.is_doubtful]
    standing = borough_text.standing(lines, name)
    table = chapters.in_words(all_figures.table(tuple(lines), name))
    parts = [
        _points("What stands out", standing, borough_sections.explained_standing(standing, lines, name)),
        _for_slides(view, "spine"),
        indicator_chapters.course_of(view),
        place_chapters.neighbours(view),
        indicator_chapters.on_map(view),
        place_chapters.cases(view),
        # long, and to look up in, as all that follows
        Chapter(
            "All figures",
            caption=f"All figures of {grammar.inside(name)}, each at its latest period",
            table=table,
            subtitle=" ".join(
                [
                    cells.LEGEND,
                    *all_figures.divided(lines),
                    *_left_out(every),
                    *map(chapters.said, all_figures.explained_figures(lines, name)),
                ]
            ),
            source=chapters.AT_THE_END,
            to_look_up=True,
        ),
        place_chapters.reviews([name]),
        chapters.method([line.indicator for line in lines]),
    ]
    picture = figures.picture(view)
    shown = [*borough_sections.page_rows(lines, view), picture.boroughs, picture.whole_rows]
    sources = _cited(shown)
    stem = f"{plain(name).lower()}_pack"
    return _pack(view, name, figures.place_of(view), parts, sources, stem, page="borough")


def _for_slides(view: View, key: str) -> Chapter | None:
    chapter = chapters.of_exhibit(view, key)
    return chapter and for_slides(view, chapter)


def _points(heading: str, texts: Sequence[str], explained: Sequence[str]) -> Chapter | None:
    """What is said under a heading, in sentences, and what the marks in them mean; None without any."""
    if not texts:
        return None
    points, subtitle = tuple(map(chapters.said, texts)), " ".join(map(chapters.said, explained))
    return Chapter(heading, points=points, subtitle=subtitle)


def _left_out(lines: Sequence[Latest | Line]) -> list[str]:
    """That a pack has no figures of which one is odd, in a sentence; nothing where there are none."""
    return (
        ["Measures in which a figure is odd are on the page only."] if any(map(_is_doubtful, lines)) else []
    )


def _beside(table: pd.DataFrame, lines: Sequence[Line]) -> pd.DataFrame:
    """The rows of footprint_said.beside without figures of which one is odd."""
    odd = {cells.heading(line.latest) for line in lines if _is_doubtful(line)}
    return table[~table["Figure"].isin(odd)] if odd else table


def _is_doubtful(line: Latest | Line) -> bool:
    return (line.latest if isinstance(line, Line) else line).is_doubtful


def of_exhibits(
    picked: Sequence[tuple[Exhibit, str]], title: str, link: str, news: Sequence[str] = ()
) -> Pack:
    """Exhibits that somebody has picked out, in their order, each with its heading or an empty text.

    `news` are sentences on what has changed since the pack was saved; they stand at its end.
    """
    exhibits = tuple(exhibit for exhibit, _ in picked)
    parts = [_chapter(exhibit, heading) for exhibit, heading in picked]
    is_illustrative = any(exhibit.is_illustrative for exhibit in exhibits)
    stem = plain(title).lower()[:60]
    return Pack(
        title=title,
        subtitle="One picture or table" if len(exhibits) == 1 else f"{len(exhibits)} pictures and tables",
        chapters=(*_told_apart(parts, [exhibit.name for exhibit in exhibits]), *_changed(news)),
        sources=tuple(dict.fromkeys(line for exhibit in exhibits for line in exhibit.sources)),
        link=link,
        version=exhibits[0].version,
        day=dt.date.today(),
        stem=f"illustrative_{stem}" if is_illustrative else stem,
        is_illustrative=is_illustrative,
        exhibits=exhibits,
        addresses=_addresses(),
    )


def _changed(news: Sequence[str]) -> list[Chapter]:
    return [Chapter("What has changed in this pack", points=tuple(news))] if news else []


def _chapter(exhibit: Exhibit, heading: str) -> Chapter:
    """An exhibit that was picked out, with what programs draw by themselves, and its map for slides."""
    if exhibit.is_private:
        return chapters.chapter_of(exhibit, heading)
    view, _ = registry.view_of(exhibit.link)
    page = urlsplit(exhibit.link).path.rpartition("/")[2]
    with edition.shown_on(page, view):
        chapter = chapters.chapter_of(exhibit, heading, indicator_chapters.native(view, exhibit.key))
        return for_slides(view, chapter)


def _told_apart(parts: Sequence[Chapter], names: Sequence[str]) -> tuple[Chapter, ...]:
    """Chapters of which no two have one heading: pictures of one view say the same, but are not the same."""
    told: list[Chapter] = []
    for part, name in zip(parts, names, strict=True):
        is_told = part.heading in {each.heading for each in told}
        # the word for made-up answers stays in front
        warning = f"{ILLUSTRATIVE}. " if part.heading.startswith(f"{ILLUSTRATIVE}. ") else ""
        heading = f"{warning}{name}: {part.heading.removeprefix(warning)}"
        told.append(replace(part, heading=heading) if is_told and name else part)
    return tuple(told)


def _addresses() -> dict[str, str]:
    """Where each publication can be read, by its title."""
    return {source.title: source.url for source in figures.london().catalogue.sources.values() if source.url}


class PackKind(NamedTuple):
    """A kind of pack: what people call it, and how it is made of a view."""

    name: str
    build: Callable[[View], Pack]


KINDS = {
    "": PackKind("this figure", of_indicator),
    "ics": PackKind("this ICS", of_ics),
    "borough": PackKind("this borough", of_borough),
}


def _pack(
    view: View,
    title: str,
    subtitle: str,
    parts: Sequence[Chapter | None],
    sources: Sequence[str],
    stem: str,
    page: str,
) -> Pack:
    """A pack of these chapters. Whose boundaries its maps show stands behind the other sources."""
    kept = [part for part in parts if part is not None]
    # a pack of a place has all figures in it
    is_of_access = page != "" or view.indicator in ALL
    has_distance = page != "" or view.indicator != WITHOUT_DISTANCE
    reach = reach_name(edition.setting(), has_distance) if is_of_access else []
    names = [part.exhibit.name if part.exhibit else "" for part in kept]
    boundaries = citations.boundary_line(figures.boundary_source())
    return Pack(
        title=title,
        subtitle=grammar.upper_first(subtitle),
        chapters=_told_apart(kept, names),
        sources=(*sources, boundaries),
        link=f"{settings.address()}/{page}{view.query()}",
        version=f"{APP} {__version__}",
        day=dt.date.today(),
        stem="_".join([stem, *(["pack"] if page == "" else []), *reach]),
        addresses=_addresses(),
    )


def _cited(shown: Sequence[pd.DataFrame]) -> list[str]:
    """A line a source of these rows with its licence, and below them the attributions, each once."""
    return citations.cited_lines(figures.sources(*shown), figures.embedded())

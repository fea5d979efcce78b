"""Chapters of packs on places: the boroughs of an ICS, the neighbours and the case studies of a borough."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

import pandas as pd

from geo.places.borough import behind, cases_of, doing_better
from geo.places.ics import Line
from geo.places.reviews import known_of_reviews
from pages.components.borders import (
    sections as borders_sections,
    tables as borders_tables,
    text as borders_text,
)
from pages.components.borough import sections as borough_sections, text as borough_text
from pages.components.data import figures
from pages.components.ics import over_time as ics_over_time
from pages.components.notes import reviews_text
from pages.components.packs import chapters
from pages.components.state.view import View
from pages.components.text import cells, citations, dates
from pages.exports.pack import Chapter, Large

# side by side in one table
MOST_PLACES = 6


def its_boroughs(lines: Sequence[Line], name: str) -> Iterable[Chapter]:
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
                | {name: cells.bold(cells.of_ics(line.scope, line.latest))}
                | {"London": cells.bold(cells.of_london(line.latest))}
            )
        table = chapters.in_words(pd.DataFrame(rows))
        part = f": {some[0]} to {some[-1]}" if count > 1 else ""
        shown = [line.latest for line in lines if line.indicator.polarity != "neither"]
        explained = cells.explained(shown, some, [lines[0].scope])
        yield Chapter(
            f"The boroughs of {name}{part}",
            table=table,
            subtitle=" ".join([cells.LEGEND, *map(chapters.said, explained)]),
            source=chapters.AT_THE_END,
            to_look_up=True,
        )


def over_time(view: View) -> Chapter | None:
    """The ICS's own figures over time, with how they are read; None without any."""
    chapter = chapters.of_exhibit(view, ics_over_time.OVER_TIME.key)
    if chapter is None or chapter.exhibit is None:
        return None
    return replace(
        chapter,
        enlarged=(Large(ics_over_time.enlarged(chapter.exhibit, view), ics_over_time.LARGE_TYPE),),
        subtitle=f"{chapter.about}. {ics_over_time.HOW_TO_READ}",
    )


def neighbours(view: View) -> Chapter | None:
    """What the borough's neighbours have; None without a figure to compare."""
    picture, pairs = figures.picture(view), figures.neighbours_of(view.borough, view)
    if pairs.empty:
        return None
    period = dates.say_period(view.period, picture.indicator)
    return Chapter(
        picture.dated(borders_text.neighbours(pairs, view.borough, picture.indicator)),
        caption=f"{view.borough} and its neighbours",
        table=borders_tables.of_neighbours(pairs, view.borough, picture.indicator).texts(),
        subtitle=" ".join(
            [
                f"{dates.with_period(picture.indicator.label, period, '{}, {}')}.",
                *map(chapters.said, picture.explained({*pairs["left"], *pairs["right"]})),
            ]
        ),
        source=chapters.whose(figures.sources(borders_sections.rows(pairs, picture.place_table))),
    )


def cases(view: View) -> Chapter | None:
    """The report's case studies from here, and of boroughs that do better where this one is behind."""
    london = figures.london()
    own = cases_of(view.borough, london.case_studies)
    points = [
        f"From {view.borough}: {box}. {title}" for box, title in zip(own["box"], own["title"], strict=True)
    ]
    better = doing_better(behind(figures.latest(view), view.borough), view.borough, london.case_studies)
    points += [chapters.said(line) for line in borough_text.doing_better(better)]
    if not points:
        return None
    return Chapter(
        "Case studies of the 2022 report",
        points=tuple(points),
        subtitle=borough_sections.LEARN_CAVEAT,
        source="Source: Beyond Boundaries, Isos Partnership for London Councils, July 2022.",
    )


def reviews(names: Sequence[str]) -> Chapter:
    """The five reviews as a chapter of a pack."""
    london = figures.london()
    places = {london.borough_codes[name]: name for name in names}
    known = known_of_reviews(london, list(places))
    remarks = tuple(map(chapters.said, reviews_text.remarks(known, london.catalogue)))
    sources = reviews_text.sources(known, list(places), london.catalogue)
    return Chapter(
        reviews_text.HEADING,
        table=chapters.in_words(reviews_text.table(known, places, london.catalogue)),
        subtitle=" ".join(
            [*reviews_text.how_to_load(known), *map(chapters.said, reviews_text.explained(known, places))]
        ),
        source=citations.by_licence(sources, figures.embedded()) or chapters.AT_THE_END,
        notes=remarks,
        to_look_up=True,
    )

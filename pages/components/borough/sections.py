"""The parts of the page on one borough."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from data_loaders.catalogue import Source
from geo.places.borough import behind, by_enabler, cases_of, doing_better
from geo.places.latest import Latest
from geo.places.spine import of_borough
from geo.tables.origins import Origins, cited, origins_in
from pages.components.borders import (
    sections as borders_sections,
    tables as borders_tables,
    text as borders_text,
)
from pages.components.borough import text as borough_text
from pages.components.borough.all_figures import ALL_FIGURES
from pages.components.borough.over_time import COURSE, course_rows
from pages.components.borough.spine import SPINE
from pages.components.charts import plain_table
from pages.components.data import figures
from pages.components.data.edition import once, once_for
from pages.components.notes import sources as notes_sources, totals
from pages.components.state import session
from pages.components.state.part import part
from pages.components.state.view import View
from pages.components.text import cells, dates, grammar

STANDS_OUT = (
    "The newest figures first. Where a figure has 95% intervals, a borough stands out when its interval "
    "leaves out London's value; else when it is in the highest or the lowest quarter of boroughs."
)

LEARN_CAVEAT = (
    "The 2022 report does not tie its case studies to these figures: that a borough does better is no proof "
    "that what it describes is why. The enablers follow the issues that the report's annex A lists for each."
)


def offer_choice(vintage: str) -> None:
    """A button for each borough, by ICS of a set of boundaries."""
    london = figures.london()
    for code, ics_name in london.ics_names[vintage].items():
        st.header(ics_name, anchor=False)
        with st.container(horizontal=True):
            members = london.members(vintage, code)["area_code"]
            for borough in sorted(members.map(london.borough_names)):
                st.button(borough, on_click=session.ask, kwargs={"borough": borough})


@part
def show_standing(lines: tuple[Latest, ...], name: str) -> None:
    """What stands out, in sentences."""
    st.header("What stands out", anchor=False)
    said = _standing(lines, name)
    st.markdown(STANDS_OUT)
    st.markdown("\n".join(f"- {text}" for text in said or [borough_text.why_nothing(lines, name)]))
    notes_sources.show_marks(_explained(lines, name))


@once
def _standing(lines: tuple[Latest, ...], name: str) -> list[str]:
    return borough_text.standing(lines, name)


@once
def _explained(lines: tuple[Latest, ...], name: str) -> list[str]:
    return explained_standing(_standing(lines, name), lines, name)


def explained_standing(said: Sequence[str], lines: Sequence[Latest], name: str) -> list[str]:
    """What each mark in the sentences on a borough means: they do not say its name."""
    return cells.explained_in([f"{name}: {text}" for text in said], lines, [name])


@part
def show_neighbours(name: str, view: View) -> None:
    """The neighbours in the figure that is looked at."""
    picture = figures.picture(view)
    st.header("Its neighbours", anchor=False)
    period = dates.say_period(view.period, picture.indicator)
    st.markdown(f":small[{dates.with_period(picture.indicator.label, period, '{} · {}')}]")
    pairs = figures.neighbours_of(name, view)
    if pairs.empty:
        small = set(picture.rows.loc[picture.rows["small"], "area_name"])
        why = "there are no figures of both"
        why = "it has very few children" if name in small else why
        why = "where more children live, more can be expected" if picture.indicator.is_total else why
        why = "where there was more, more could change" if picture.indicator.kind == "change" else why
        why = "a category has no size" if picture.indicator.categories else why
        st.markdown(f"It is not compared with its neighbours: {why}.")
        totals.show_offer(view)
        return
    st.markdown(borders_text.neighbours(pairs, name, picture.indicator))
    plain_table.show(_neighbours(name, view), "neighbours")
    notes_sources.show_marks(picture.explained({*pairs["left"], *pairs["right"]}))


@once_for("indicator", "period", "crossings")
def _neighbours(name: str, view: View) -> pd.DataFrame:
    """A borough beside its neighbours as it is read."""
    pairs, indicator = figures.neighbours_of(name, view), figures.picture(view).indicator
    return borders_tables.of_neighbours(pairs, name, indicator).texts()


@part
def show_cases(lines: tuple[Latest, ...], name: str) -> None:
    """The report's case studies: from here, and to learn from where the borough is behind."""
    st.header("Case studies of the 2022 report", anchor=False)
    for case in _own_cases(name) or [f"None of the report's case studies is about {grammar.inside(name)}."]:
        st.markdown(case)
    better, to_read = _doing_better(lines, name)
    if better:
        st.markdown("Boroughs of the case studies that do better where it is behind:")
        st.markdown("\n".join(f"- {line}" for line in better))
        plain_table.show(to_read, "to_read")
        st.markdown(f":small[{LEARN_CAVEAT}]")


@once
def _own_cases(name: str) -> list[str]:
    own = cases_of(name, figures.london().case_studies).to_dict("records")
    return [f"- From {name}: **{case['box']}. {case['title']}**" for case in own]


@once
def _doing_better(lines: tuple[Latest, ...], name: str) -> tuple[list[str], pd.DataFrame]:
    """Who does better where the borough is behind, and the case studies to read by enabler."""
    london = figures.london()
    better = doing_better(behind(lines, name), name, london.case_studies)
    boroughs = {other for names in better.values() for other in names}
    found = by_enabler(boroughs, london.case_studies, london.enablers)
    return borough_text.doing_better(better), borough_text.learning(found)


def page_rows(lines: Sequence[Latest], view: View) -> list[pd.DataFrame]:
    """The rows of all values on the page."""
    return [*rows_of_all_figures(lines, view.borough), *rows_of_figure(view)]


def rows_of_all_figures(lines: Sequence[Latest], name: str) -> list[pd.DataFrame]:
    """Of all figures: the borough now and before, its ICS, and all boroughs beside which it stands."""
    spread = of_borough(lines, name)
    return [
        *cells.rows(lines, [name]),
        *(cells.before(line, name) for line in lines),
        *cells.systems(lines, [lines[0].rows[name]["ics_code"]]),
        *(lines[place].compared for place in spread["place"]),
    ]


def rows_of_figure(view: View) -> list[pd.DataFrame]:
    """Of the figure that is looked at: the borough over time, and its neighbours."""
    pairs, table = figures.neighbours_of(view.borough, view), figures.picture(view).place_table
    return [course_rows((view.borough,), view), borders_sections.rows(pairs, table)]


@once_for("indicator", "period", "borough", "crossings")
def page_sources(view: View) -> list[Source]:
    """The sources of all values on the page."""
    of_all = _origins_of_all_figures(figures.latest(view), view.borough)
    return cited(figures.london().catalogue, [*of_all, *origins_in(*rows_of_figure(view))])


@once
def _origins_of_all_figures(lines: tuple[Latest, ...], name: str) -> list[Origins]:
    """Where rows_of_all_figures() come from: the same whichever figure is looked at."""
    return origins_in(*rows_of_all_figures(lines, name))


KINDS = (SPINE, COURSE, ALL_FIGURES)

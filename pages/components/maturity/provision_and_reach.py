"""Provision, reach and maturity on one screen: centres, a health visiting review and an answer."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from data_loaders.catalogue import Indicator
from geo.tables import marks
from geo.tables.london import place_table
from pages.components.answers.waves import Wave
from pages.components.charts import parts as charts_parts, plain_table, survey_map, survey_rows
from pages.components.data import figures
from pages.components.data.edition import once
from pages.components.exhibits import drawing, take_away
from pages.components.exhibits.key import from_the_left, with_key
from pages.components.exhibits.kinds import ExhibitKind
from pages.components.maturity.question import NONE, PAGE, exhibit, item_of, question, wave_of, with_status
from pages.components.notes import sources as notes_sources
from pages.components.state.part import part
from pages.components.state.view import View
from pages.components.text import caveats, citations, columns, dates, units
from pages.exports.exhibit import Exhibit
from pages.exports.table import Column, Kind, Table

PROVISION = "centres_per_10k_0_4"
# how many of the children are seen; and, of those seen, how many with the questionnaire
REVIEW, AT_REVIEW = "review_2_to_2_5_years", "asq3_at_2_to_2_5_years"
FEWEST_FOR_A_MIDDLE = 3
CAVEAT = (
    "**Association, not cause.** Boroughs differ in much else. That those with one answer have more centres "
    "or reach more children does not show that one brings about the other."
)
KEY = (
    f"The line is the median of the boroughs with an answer, where there are {FEWEST_FOR_A_MIDDLE} or more. "
    "The City of London, with very few children, is only in the table."
)


@part
def show(wave: Wave, view: View) -> None:
    """The boroughs by their answer: how many centres they have, and how many children a review reaches."""
    st.header("Provision, reach and maturity together", anchor=False)
    st.markdown(f"{CAVEAT} {missing()}")
    st.markdown(f":small[Boroughs by their answer to “{question(wave, view).label}”. {KEY}]")
    for column, kind, name in zip(st.columns(2), (PROVIDED, REACHED), indicators(), strict=True):
        indicator, period = _latest(name)
        with column:
            st.subheader(indicator.short_label, anchor=False)
            st.markdown(f":small[{dates.say_period(period, indicator)}]")
            drawing.show_if_any(kind, view)
    with st.expander("Every borough, as a table"):
        plain_table.show(table(wave, view), "provision")
        with st.container():
            notes_sources.show_marks(explained(wave, view, (PROVISION, REVIEW, AT_REVIEW)))
        take_away.tables(view, TOGETHER)
    sources = figures.sources(*(_rows(name, wave, view) for name in (PROVISION, REVIEW, AT_REVIEW)))
    st.markdown(f":small[{citations.by_licence(sources, figures.embedded())}]")


def indicators() -> tuple[str, str]:
    """What stands for provision and for reach: ASQ-3 where the review itself is not loaded by borough."""
    loaded = {indicator.indicator_id for indicator in figures.london().by_borough}
    return PROVISION, REVIEW if REVIEW in loaded else AT_REVIEW


def missing() -> str:
    """What is not there of reach, in a sentence; empty when the review is loaded."""
    if indicators()[1] == REVIEW:
        return ""
    review, instead = _latest(REVIEW)[0], _latest(AT_REVIEW)[0]
    return (
        f"{review.label} by borough are not loaded: they come with a refresh. Shown instead: "
        f"{instead.label.lower().replace('asq', 'ASQ')}, a share of those who had the review, which does not "
        "say how many had it."
    )


def picture(name: str, wave: Wave, view: View, theme: str) -> charts_parts.Chart:
    """The boroughs at their values of an indicator, in the rows of their answers."""
    indicator, _ = _latest(name)
    drawn, lines = _drawn(name, wave, view, theme)
    columns = ["area_name", "group", "value", "value_text", "fill", "selected", "middle", "spoken"]
    axis = charts_parts.value_axis("value", indicator)
    return survey_rows.strip(drawn[columns], lines, axis, theme)


def _drawn(name: str, wave: Wave, view: View, theme: str) -> tuple[pd.DataFrame, list[str]]:
    """The boroughs that have a dot, each with the line in `group` that it lies in; and all lines in order."""
    fills, said = survey_map.fills(wave.instrument, theme), survey_map.names(wave.instrument)
    rows = _rows(name, wave, view)
    counts = rows["answer"].value_counts()
    used = [answer for answer in fills if answer in wave.instrument.places() or counts.get(answer, 0)]
    labels = {answer: f"{said[answer]} ({counts.get(answer, 0)})" for answer in used}
    known = rows[rows["value"].notna() & ~rows["small"]]
    by_answer = known.groupby("answer")["value"]
    middles = by_answer.median().where(by_answer.size() >= FEWEST_FOR_A_MIDDLE)
    drawn = known.assign(
        group=known["answer"].map(labels),
        fill=known["answer"].map(fills),
        middle=known["answer"].map(middles),
        selected=known["area_name"] == view.borough,
        spoken=known["area_name"]
        + ", "
        + known["answer"].map(said)
        + ": "
        + known["value_text"].map(units.aloud),
    )
    return drawn, list(labels.values())


def table(wave: Wave, view: View) -> Table:
    """Every borough in scope with its answer, its centres and its reviews."""
    catalogue, said = figures.london().catalogue, survey_map.names(wave.instrument)
    found = {name: _rows(name, wave, view) for name in (PROVISION, REVIEW, AT_REVIEW)}
    rows = found[PROVISION][["area_code", "area_name", "ics_name"]].assign(
        answer=found[PROVISION]["answer"].map(said)
    )
    shown, notes = [], []
    for name, own in found.items():
        indicator, _ = _latest(name)
        words_of = {status: entry.word for status, entry in catalogue.statuses.items()}
        rows = rows.assign(
            **{
                name: own["value"],
                f"status_{name}": own["status"].map(words_of),
                f"reason_{name}": marks.reasons(own, indicator),
            }
        )
        value = columns.value(indicator, _heading(name), name, f"reason_{name}")
        shown.append(replace(value, absent=f"status_{name}"))
        notes.append(Column(f"status_{name}", f"Status of {indicator.short_label}", Kind.NOTE))
        notes += columns.known(rows, Column(f"reason_{name}", f"Note on {indicator.short_label}", Kind.NOTE))
    answer = Column("answer", question(wave, view).label, Kind.CATEGORY)
    order = list(survey_map.fills(wave.instrument))
    ordered = rows.iloc[found[PROVISION]["answer"].map(order.index).argsort(kind="stable")]
    return Table(ordered, (columns.CODE, columns.BOROUGH, answer, *shown, *notes))


def explained(wave: Wave, view: View, names: Sequence[str]) -> list[str]:
    """What each mark on the values of these indicators means."""
    reasons = []
    for name in names:
        rows = _rows(name, wave, view)
        known = marks.reasons(rows, _latest(name)[0])
        reasons += [
            (area, _heading(name), reason)
            for area, reason in zip(rows["area_name"], known, strict=True)
            if reason
        ]
    return caveats.say_reasons(reasons)


def _latest(name: str) -> tuple[Indicator, str]:
    london = figures.london()
    return london.catalogue.indicators[name], london.newest(name)


def _heading(name: str) -> str:
    indicator, period = _latest(name)
    return dates.with_period(indicator.short_label, dates.say_period(period, indicator), "{}, {}")


def _rows(name: str, wave: Wave, view: View) -> pd.DataFrame:
    """The boroughs in scope with their values (_values) and their answer."""
    rows = _values(name, view.vintage)
    rows = rows[rows["ics_code"] == view.scope] if view.scope else rows
    answers = rows["area_code"].map(wave.shown[item_of(view)].boroughs)
    return rows.assign(answer=answers).reset_index(drop=True)


@once
def _values(name: str, vintage: str) -> pd.DataFrame:
    """The boroughs by name in the place table of an indicator, with value_text (or why there is none)."""
    london = figures.london()
    indicator, period = _latest(name)
    table = place_table(london, name, period, vintage)
    rows = table[table["area_type"] == "borough"].sort_values("area_name")
    return rows.assign(value_text=units.value_texts(rows, indicator, london.catalogue))


def _provision(view: View, theme: str) -> Exhibit | None:
    return _strip(PROVIDED, indicators()[0], view, theme)


def _reach(view: View, theme: str) -> Exhibit | None:
    return _strip(REACHED, indicators()[1], view, theme, missing())


def _strip(kind: ExhibitKind, name: str, view: View, theme: str, remark: str = "") -> Exhibit | None:
    """The boroughs by their answer and one indicator."""
    wave = wave_of(view)
    if wave is None:
        return None
    indicator, period = _latest(name)
    made = exhibit(
        kind,
        wave,
        view,
        picture(name, wave, view, theme),
        lambda: table(wave, view),
        title=f"{indicator.label}, by answer. Association, not cause",
        remarks=[
            f"{indicator.short_label}: {dates.say_period(period, indicator)}.",
            KEY,
            remark,
            *explained(wave, view, [name]),
        ],
        sources=figures.sources(*(_rows(name, wave, view) for name in (PROVISION, REVIEW, AT_REVIEW))),
    )
    drawn, lines = _drawn(name, wave, view, theme)
    return with_key(made, from_the_left(drawn, "value", drawn["value_text"], "group", lines))


def _together(view: View, theme: str) -> Exhibit | None:
    wave = wave_of(view)
    if wave is None:
        return None
    values = [_rows(name, wave, view) for name in (PROVISION, REVIEW, AT_REVIEW)]
    return exhibit(
        TOGETHER,
        wave,
        view,
        None,
        lambda: with_status(table(wave, view), wave),
        title="Provision, reach and maturity together. Association, not cause",
        remarks=[missing(), *explained(wave, view, (PROVISION, REVIEW, AT_REVIEW))],
        sources=figures.sources(*values),
    )


ELSEWHERE = "The table that unfolds below has every value."
PROVIDED = ExhibitKind(
    "maturity_provision",
    PAGE,
    "Provision by answer",
    _provision,
    NONE,
    "Boroughs at their number of centres, in the rows of their answers.",
    ELSEWHERE,
    is_shared=False,
    told_apart_by=("vintage", "borough"),
)
REACHED = ExhibitKind(
    "maturity_reach",
    PAGE,
    "Reach by answer",
    _reach,
    NONE,
    "Boroughs at what a review reaches, in the rows of their answers.",
    ELSEWHERE,
    is_shared=False,
    told_apart_by=("vintage", "borough"),
)
TOGETHER = ExhibitKind(
    "maturity_together", PAGE, "Provision, reach and maturity", _together, NONE, is_shared=False
)
KINDS = (PROVIDED, REACHED, TOGETHER)

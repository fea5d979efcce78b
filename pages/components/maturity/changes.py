"""What changed from one wave to the next."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from geo.survey.maturity import WHOLE, changes
from pages.components.answers import waves as answers_waves
from pages.components.answers.waves import Wave
from pages.components.charts import plain_table
from pages.components.data import figures
from pages.components.exhibits import drawing
from pages.components.exhibits.kinds import ExhibitKind
from pages.components.maturity import groups, text
from pages.components.maturity.question import BELOW, PAGE, exhibit, item_of, question, wave_of
from pages.components.state.part import part
from pages.components.state.view import View
from pages.exports.exhibit import Exhibit
from pages.exports.table import Column, Kind, Table

ONLY_NAMED = "Only answers that are shown by name in both waves are compared one by one."


def before(wave: Wave, waves: Sequence[Wave]) -> Wave | None:
    """The wave before this one."""
    names = [each.name for each in waves]
    earlier = waves[names.index(wave.name) + 1 :]
    return earlier[0] if earlier else None


@part
def show(wave: Wave, earlier: Wave | None, view: View) -> None:
    """How London answered in both waves, and which named answers moved."""
    if earlier is None:
        return
    st.header(f"From {earlier.name} to {wave.name}", anchor=False)
    st.markdown(f"**{question(wave, view).label}:** {said(earlier, wave, view)}")
    drawing.show_if_any(CHANGES, view)
    plain_table.show(table(earlier, wave), "changes")
    st.markdown(f":small[{ONLY_NAMED}]")


def said(earlier: Wave, wave: Wave, view: View) -> str:
    """Which boroughs' named answers to the question moved, and which way."""
    found = changes(earlier.shown, wave.shown, wave.instrument)
    names = found["area_code"].map(figures.london().borough_names)
    return text.moved(found[found["item_id"] == item_of(view)].assign(area_name=names))


def table(earlier: Wave, wave: Wave) -> Table:
    """How many named answers to each question moved, and which way: a row a question."""
    found = changes(earlier.shown, wave.shown, wave.instrument)
    counts = found.groupby(["item_id", "moved"]).size()
    ways = {"up": ("Up the scale", 1), "same": ("The same", 0), "down": ("Down the scale", -1)}
    rows = pd.DataFrame(
        {"question": item.label}
        | {key: int(counts.get((item.item_id, step), 0)) for key, (_, step) in ways.items()}
        for item in wave.instrument.items
    )
    moved = (Column(key, name, Kind.NUMBER) for key, (name, _) in ways.items())
    return Table(rows, (Column("question", "Question", Kind.NAME), *moved))


def _changes(view: View, theme: str) -> Exhibit | None:
    """London's answers in both waves; None where there is one wave, or neither may be shown."""
    wave = wave_of(view)
    earlier = before(wave, answers_waves.waves(view)) if wave else None
    if wave is None or earlier is None:
        return None
    found = {f"London, {each.name}": each.shown[item_of(view)].groups.get(WHOLE) for each in (earlier, wave)}
    chart = groups.bars(found, wave.instrument, theme)
    if chart is None:
        return None
    label = question(wave, view).label
    return exhibit(
        CHANGES,
        wave,
        view,
        chart,
        lambda: table(earlier, wave),
        title=f"London in {earlier.name} and {wave.name}: {label}",
        remarks=[f"{label}: {said(earlier, wave, view)}", ONLY_NAMED],
        scope="london",
        others=[earlier],
    )


CHANGES = ExhibitKind(
    "maturity_changes",
    PAGE,
    "Change",
    _changes,
    "There is no earlier wave to compare with, or London's figures are withheld in both.",
    "London's answers in two waves. The sentence above says who moved.",
    BELOW,
    is_shared=False,
)
KINDS = (CHANGES,)

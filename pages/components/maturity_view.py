"""What the parts of the page on maturity share: what is looked at, pictures that are marked, files."""

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from data_loaders.survey.instruments import Item
from pages.components import chart_parts, drawing, figures, sidebar, survey_charts, survey_words
from pages.components.survey_state import ILLUSTRATIVE, Wave
from pages.components.view import View
from pages.exports import pictures

WIDTH = 900
LEVELS = (
    "Each authority decides what may be shown of an answer: with its name, within the figures of its ICS, or "
    "only within London's. A figure is withheld where it would give away a single answer."
)
Build = Callable[[Wave, View, str], chart_parts.Picture | None]


def choose(view: View, waves: Sequence[Wave]) -> Wave:
    """The controls of what is looked at: the set of questions, the question, the wave."""
    london = figures.london()
    sets, questions, times = st.columns(3)
    with sets:
        names = {name: instrument.name for name, instrument in london.instruments.items()}
        sidebar.select("instrument", "Set of questions", names, view.instrument)
    with questions:
        items = london.instruments[view.instrument].items
        sidebar.select("item", "Question", {item.item_id: item.label for item in items}, item_of(view))
    chosen = next((wave for wave in waves if wave.name == view.wave), waves[0])
    with times:
        sidebar.select("wave", "Wave", {wave.name: wave.name for wave in waves}, chosen.name)
    if view.wave and view.wave != chosen.name:
        st.warning(
            f"There is no wave {view.wave} here: this shows {chosen.name}.", icon=":material/link_off:"
        )
    return chosen


def item_of(view: View) -> str:
    """The question that is looked at: that of the link, or the first of its set."""
    items = [item.item_id for item in figures.london().instruments[view.instrument].items]
    return view.item if view.item in items else items[0]


def question(wave: Wave, view: View) -> Item:
    """The question that is looked at, with its wording."""
    return wave.instrument.item(item_of(view))


def draw(build: Build, wave: Wave, view: View, key: str, alt: str) -> None:
    """A picture on the page, marked when its answers are made up."""
    drawn = build(wave, view, drawing.theme())
    if drawn is None:
        return
    spec, data = marked(drawn, wave)
    datasets = spec.get("datasets", {}) | data
    st.vega_lite_chart(spec=spec | {"datasets": datasets}, theme=None, key=key, alt=mark_words(alt, wave))


def marked(drawn: chart_parts.Picture, wave: Wave) -> chart_parts.Picture:
    """The picture, with ILLUSTRATIVE across it and above it when its answers are made up."""
    spec, data = drawn
    return (survey_charts.watermarked(spec, ILLUSTRATIVE), data) if wave.is_made_up else drawn


def mark_words(text: str, wave: Wave) -> str:
    """A title or caption, which begins with ILLUSTRATIVE when what it speaks of is made up."""
    return f"{ILLUSTRATIVE}. {text}" if wave.is_made_up else text


def framed(build: Build, wave: Wave, view: View, title: str, below: int, more: Sequence[str] = ()) -> dict:
    """A picture to take away: with what was asked, of whom, when, and whose answers they are."""
    spec, data = marked(build(wave, view, "light") or ({}, {}), wave)
    asked = question(wave, view)
    since = figures.london().vintages[view.vintage].since
    return pictures.framed(
        spec,
        data,
        WIDTH,
        title=mark_words(title, wave),
        subtitle=f"{asked.wording}. {wave.instrument.name}, {wave.name}. ICSs as of {since}",
        footer=[survey_words.replies(wave.shown[asked.item_id]), LEVELS, *more, origin(wave)],
        below=below,
    )


def origin(wave: Wave) -> str:
    """Whose answers they are."""
    return (
        f"{ILLUSTRATIVE}, nobody's."
        if wave.is_made_up
        else "Source: the authorities' own answers (self-reported)."
    )


def file_name(wave: Wave, *parts: str) -> str:
    """instrument_part_wave, with nothing in it that a file system minds; made-up answers say so first."""
    stem = "_".join([wave.instrument.instrument, *parts, wave.name]).lower().replace(" ", "_")
    return f"illustrative_{stem}" if wave.is_made_up else stem


def with_status(rows: pd.DataFrame, wave: Wave) -> pd.DataFrame:
    """Rows for a file, each with the kind of answers they are of, and what was withheld."""
    status = "illustrative" if wave.is_made_up else "self_reported"
    return rows.assign(status=status, note=mark_words(LEVELS, wave), source=origin(wave))

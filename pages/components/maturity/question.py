"""What the parts of the page on maturity share: what is looked at, and exhibits that are marked."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from data_loaders.catalogue import Source
from data_loaders.survey.instruments import Item
from geo.survey.listing import LEVELS
from pages.components.answers import waves as answers_waves
from pages.components.answers.waves import Wave
from pages.components.charts import parts as charts_parts
from pages.components.data import figures
from pages.components.exhibits.kinds import ExhibitKind, plain, scope_name
from pages.components.maturity import text
from pages.components.state import controls
from pages.components.state.part import part
from pages.components.state.view import View
from pages.components.text import columns
from pages.exports.exhibit import ILLUSTRATIVE, Exhibit, Height, Keyed
from pages.exports.numbers import STATUS
from pages.exports.table import Table

PAGE = "maturity"
NONE = "There are no answers to show: none were saved, and the link does not ask for the demonstration."
ANSWERS = "Source: the authorities' own answers (self-reported)"
BELOW = "The table below has every value."


@part
def choose(view: View, waves: Sequence[Wave]) -> Wave:
    """The controls of what is looked at: the set of questions, the question, the wave."""
    london = figures.london()
    sets, questions, times = st.columns(3)
    with sets:
        names = {name: instrument.name for name, instrument in london.instruments.items()}
        controls.select("instrument", "Set of questions", names, view.instrument)
    with questions:
        items = london.instruments[view.instrument].items
        controls.select("item", "Question", {item.item_id: item.label for item in items}, item_of(view))
    chosen = _chosen(view, waves)
    with times:
        controls.select("wave", "Wave", {wave.name: wave.label for wave in waves}, chosen.name)
    if view.wave and view.wave != chosen.name:
        st.warning(
            f"There is no wave {view.wave} here: this shows {chosen.name}.", icon=":material/link_off:"
        )
    return chosen


def wave_of(view: View) -> Wave | None:
    """The wave that the link asks for, or the latest; None where there are no answers."""
    waves = answers_waves.waves(view)
    return _chosen(view, waves) if waves else None


def item_of(view: View) -> str:
    """The question that is looked at: that of the link, or the first of its set."""
    items = [item.item_id for item in figures.london().instruments[view.instrument].items]
    return view.item if view.item in items else items[0]


def question(wave: Wave, view: View) -> Item:
    """The question that is looked at, with its wording."""
    return wave.instrument.item(item_of(view))


def exhibit(
    kind: ExhibitKind,
    wave: Wave,
    view: View,
    chart: charts_parts.Chart | None,
    numbers: Callable[[], Table],
    *,
    title: str = "",
    remarks: Sequence[str] = (),
    scope: str = "",
    sources: Sequence[Source] = (),
    said_sources: Sequence[str] = (),
    height: Height | None = None,
    least_width: float = 0,
    keyed: Sequence[Keyed] = (),
    also: Sequence[str] = (),
    others: Sequence[Wave] = (),
) -> Exhibit:
    """An exhibit of answers, with what was asked, of whom, when, and whose answers they are.

    Its title is the headline of the question where none is given. A picture of made-up answers is marked.
    `scope` is for the name of the file where that is not the ICS of the view, `others` are further waves that
    it shows.
    """
    asked = question(wave, view)
    shown = wave.shown[asked.item_id]
    since = figures.london().vintages[view.vintage].since
    name = [wave.instrument.instrument, asked.item_id, scope or scope_name(view)]
    name += [plain(wave.name), kind.key]
    return kind.exhibit(
        # a later wave is the latest then
        view if wave.is_made_up else replace(view, wave=wave.name),
        title=title or text.headline(shown, wave.instrument),
        subtitle=f"{asked.wording}. {wave.instrument.name}, {wave.name}. ICSs as of {since}",
        chart=marked(chart, wave) if chart else None,
        remarks=[text.replies(shown), LEVELS, *remarks],
        sources=sources,
        said_sources=[*dict.fromkeys(map(origin, (wave, *others))), *said_sources],
        stem="_".join(name),
        numbers=numbers,
        height=height,
        least_width=least_width,
        keyed=keyed,
        also=also,
        is_illustrative=wave.is_made_up,
        is_private=any(each.is_own for each in (wave, *others)),
    )


def marked(chart: charts_parts.Chart, wave: Wave) -> charts_parts.Chart:
    """The picture of a wave, which says so where its answers are made up."""
    return charts_parts.marked_as_made_up(chart) if wave.is_made_up else chart


def origin(wave: Wave) -> str:
    """Whose answers they are."""
    if wave.is_made_up:
        return f"{ILLUSTRATIVE}, nobody's."
    how = wave.saved or "as added to a session by whoever looks at them"
    return f"{ANSWERS}, {how}."


def with_status(table: Table, wave: Wave) -> Table:
    """A table for a file, each row with the kind of answers it is of, and what was withheld."""
    status = "illustrative" if wave.is_made_up else "self-reported"
    note = f"{ILLUSTRATIVE}. {LEVELS}" if wave.is_made_up else LEVELS
    source, *_ = columns.PROVENANCE
    about = {STATUS: status, replace(columns.NOTE, key="note"): note, source: origin(wave)}
    return table.with_same(about)


def _chosen(view: View, waves: Sequence[Wave]) -> Wave:
    return next((wave for wave in waves if wave.name == view.wave), waves[0])

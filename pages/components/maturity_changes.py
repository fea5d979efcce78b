"""What changed from one wave to the next."""

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from geo.maturity import WHOLE, changes
from pages.components import chart_parts, downloads, figures, survey_charts, survey_map, survey_words
from pages.components.maturity_view import draw, file_name, framed, item_of, question
from pages.components.survey_state import Wave
from pages.components.view import View
from pages.exports import pictures

ONLY_NAMED = "Only answers that are shown by name in both waves are compared one by one."


def before(wave: Wave, waves: Sequence[Wave]) -> Wave | None:
    """The wave before this one."""
    earlier = waves[waves.index(wave) + 1 :]
    return earlier[0] if earlier else None


def show(wave: Wave, earlier: Wave | None, view: View) -> None:
    """How London answered in both waves, and which named answers moved."""
    if earlier is None:
        return
    st.header(f"From {earlier.name} to {wave.name}", anchor=False)
    found = changes(earlier.shown, wave.shown, wave.instrument)
    names = {code: name for name, code in figures.london().borough_codes.items()}
    own = found[found["item_id"] == item_of(view)].assign(area_name=found["area_code"].map(names))
    st.markdown(f"**{question(wave, view).label}:** {survey_words.moved(own)}")
    draw(
        partial(picture, earlier),
        wave,
        view,
        "changes",
        f"London's answers in {earlier.name} and {wave.name}. The sentence above says who moved.",
    )
    st.table(table(found, wave), hide_index=True, border="horizontal")
    st.markdown(f":small[{ONLY_NAMED}]")


def picture(earlier: Wave, wave: Wave, view: View, theme: str) -> chart_parts.Picture | None:
    """London's answers to the question in both waves; None where neither may be shown."""
    found = {each.name: each.shown[item_of(view)].groups.get(WHOLE) for each in (earlier, wave)}
    said = survey_map.names(wave.instrument)
    rows = pd.DataFrame(
        [
            {"group": f"London, {name}", "response": said[response], "amount": count, "text": str(count)}
            for name, counts in found.items()
            for response, count in (counts or {}).items()
        ]
    )
    if rows.empty:
        return None
    fills = {said[name]: fill for name, fill in survey_map.fills(wave.instrument).items()}
    used = {name: fill for name, fill in fills.items() if name in set(rows["response"])}
    remarks = {f"London, {name}": "withheld" for name, counts in found.items() if counts is None}
    groups = [f"London, {name}" for name in found]
    return survey_charts.stacked(rows, list(used), used, "Number of answers", theme, groups, remarks)


def table(found: pd.DataFrame, wave: Wave) -> pd.DataFrame:
    """How many named answers to each question moved, and which way: a row a question."""
    counts = found.groupby(["item_id", "moved"]).size()
    return pd.DataFrame(
        {
            "Question": item.label,
            "Up the scale": int(counts.get((item.item_id, 1), 0)),
            "The same": int(counts.get((item.item_id, 0), 0)),
            "Down the scale": int(counts.get((item.item_id, -1), 0)),
        }
        for item in wave.instrument.items
    )


def files(wave: Wave, earlier: Wave | None, view: View) -> list[downloads.File]:
    """Both waves as pictures, where there are two."""
    if earlier is None or not any(WHOLE in each.shown[item_of(view)].groups for each in (earlier, wave)):
        return []
    title = f"London in {earlier.name} and {wave.name}: {question(wave, view).label}"
    build = partial(framed, partial(picture, earlier), wave, view, title, pictures.AXIS_BELOW)
    return downloads.as_pictures("Change", file_name(wave, item_of(view), f"since_{earlier.name}"), build)

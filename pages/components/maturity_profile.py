"""One borough's answers beside London's, and whom it can learn from."""

from functools import partial

import pandas as pd
import streamlit as st

from data_loaders.survey.instruments import TICKS, Instrument
from geo.maturity import NO_REPLY, WHOLE, WITHHELD, middle, steps, strongest, weakest
from geo.profile import by_enabler
from pages.components import (
    chart_parts,
    downloads,
    figures,
    palette,
    published_view,
    survey_grids,
    survey_map,
    survey_words,
    words,
)
from pages.components.maturity_view import draw, file_name, framed
from pages.components.survey_state import Wave
from pages.components.view import View
from pages.exports import pictures

KEY = "The filled cells are the borough's answer; ◆ is London's median, where it may be shown."
WITHHELD_TEXT = "withheld"
LEARN_CAVEAT = (
    "Boroughs rate themselves: a high rating is their own view. The case studies and their enablers are "
    "those of the 2022 report's annex A."
)


def show(wave: Wave, view: View) -> None:
    """One borough's answers beside London's and beside what the 2022 report prints."""
    if not view.borough:
        st.header("One borough beside London", anchor=False)
        st.markdown("Choose a borough on the left, or click it on the map, to see its answers here.")
        return
    st.header(f"{view.borough} beside London", anchor=False)
    st.markdown(survey_words.standing(wave.shown, figures.london().borough_codes[view.borough], view.borough))
    if _has_picture(wave, view):
        st.markdown(f":small[{KEY}]")
    draw(
        picture,
        wave,
        view,
        "profile",
        f"{view.borough}'s answers beside London's. The table below has every value.",
    )
    st.table(table(wave, view.borough), hide_index=True, border="horizontal")
    if wave.instrument.instrument == "enablers":
        _show_learning(wave, view)


def picture(wave: Wave, view: View, theme: str) -> chart_parts.Picture | None:
    """The borough's profile; None where answers are only ticked, or the borough has none to show."""
    instrument = wave.instrument
    code = figures.london().borough_codes.get(view.borough, "")
    places = instrument.places()
    own = {item_id: shown.boroughs.get(code, NO_REPLY) for item_id, shown in wave.shown.items()}
    if not _has_picture(wave, view):
        return None
    fills, signs = survey_map.fills(instrument), survey_map.letters(instrument)
    said = survey_map.names(instrument)
    ladder = list(steps(instrument))
    rows = []
    for item in instrument.items:
        answer = own[item.item_id]
        counts = wave.shown[item.item_id].groups.get(WHOLE)
        median = (middle(counts, instrument) if counts else None) or ()
        rows += [
            {
                "question": item.label,
                "level": said[level],
                "reached": answer in places and places[level] <= places[answer],
                "own": level == answer,
                "said": "" if answer in places else said[answer].lower(),
                "fill": fills[answer],
                "ink": palette.ink(fills[answer]),
                "sign": signs[answer],
                "middle": level in median,
                "spoken": f"{item.label}: {view.borough} {said[answer]}; London's median "
                f"{_middle(counts, instrument)}",
            }
            for level in ladder
        ]
    return survey_grids.profile(pd.DataFrame(rows), {said[name]: signs[name] for name in ladder}, theme)


def table(wave: Wave, borough: str) -> pd.DataFrame:
    """A borough's answers beside London's median, or mean, and what the 2022 report prints."""
    code = figures.london().borough_codes[borough]
    said = survey_map.names(wave.instrument)
    printed = published_view.printed(wave.instrument)
    rows = []
    for item in wave.instrument.items:
        shown = wave.shown[item.item_id]
        counts = shown.groups.get(WHOLE)
        row = {"Question": item.label, borough: said[shown.boroughs[code]]}
        if wave.instrument.kind == TICKS:
            row["London"] = survey_words.named_by(counts) if counts else WITHHELD_TEXT
        else:
            row["London, median"] = _middle(counts, wave.instrument)
        if wave.instrument.mean:
            row["London, mean"] = survey_words.mean_text(counts, wave.instrument) if counts else WITHHELD_TEXT
        if printed:
            row["London in the 2022 report"] = printed.get(item.item_id, "not printed")
        rows.append(row)
    return pd.DataFrame(rows)


def _has_picture(wave: Wave, view: View) -> bool:
    code = figures.london().borough_codes.get(view.borough, "")
    places = wave.instrument.places()
    return len(places) > 1 and any(shown.boroughs.get(code) in places for shown in wave.shown.values())


def _middle(counts: dict[str, int] | None, instrument: Instrument) -> str:
    """London's median in words, or that it is withheld."""
    return survey_words.middle_text(counts, instrument) if counts else WITHHELD_TEXT


def files(wave: Wave, view: View) -> list[downloads.File]:
    """The profile as pictures, where there is one."""
    if not _has_picture(wave, view):
        return []
    title = f"{view.borough}: {wave.instrument.name}"
    build = partial(framed, picture, wave, view, title, pictures.NOTHING_BELOW, [KEY])
    stem = view.borough.lower().replace(" ", "_")
    return downloads.as_pictures("Profile", file_name(wave, stem, "profile"), build)


def _show_learning(wave: Wave, view: View) -> None:
    """From a borough's weak enablers to case studies and to boroughs that rate themselves highest."""
    london = figures.london()
    own = {shown.boroughs[london.borough_codes[view.borough]] for shown in wave.shown.values()}
    st.subheader("Whom to learn from", anchor=False)
    rows = learning(wave, view.borough)
    if not rows.empty:
        st.table(rows, hide_index=True, border="horizontal")
        st.markdown(f":small[{LEARN_CAVEAT}]")
    elif own <= {NO_REPLY, WITHHELD}:
        st.markdown(f"{view.borough} has no answer that may be shown, so nothing is suggested.")
    else:
        st.markdown(f"{view.borough} does not put itself on the lower half of the scale in any enabler.")


@st.cache_resource(show_spinner=False, max_entries=figures.EDITIONS)
def _cases(edition: str) -> list[dict]:
    """The report's case studies by enabler (geo.profile.by_enabler), as rows."""
    london = figures.london()
    return by_enabler(london.borough_codes, london.case_studies, london.enablers).to_dict("records")


def learning(wave: Wave, borough: str) -> pd.DataFrame:
    """The enablers in which a borough is on the lower half of the scale, with whom to ask: a row each."""
    london = figures.london()
    names = {code: name for name, code in london.borough_codes.items()}
    cases = _cases(figures.edition())
    rows = []
    for item_id in weakest(wave.shown, london.borough_codes[borough], wave.instrument):
        label = wave.instrument.item(item_id).label
        studies = [
            f"{case['box']}. {case['title']} ({words.join_names(others)})"
            for case in cases
            if case["enabler"] == label and (others := [name for name in case["boroughs"] if name != borough])
        ]
        best = [names[code] for code in strongest(wave.shown, item_id, wave.instrument)]
        answer = wave.shown[item_id].boroughs[london.borough_codes[borough]]
        rows.append(
            {
                "Where it is early": f"{label} ({wave.instrument.option(answer).label.lower()})",
                "Case studies in the 2022 report": "; ".join(studies) or "none",
                "Rate themselves mature, and are named": words.list_names(sorted(best)) or "none",
            }
        )
    return pd.DataFrame(rows)

"""The parts of the page on answers to a survey: map, all questions, ICSs, one borough, files."""

from collections.abc import Callable, Sequence
from functools import partial

import pandas as pd
import streamlit as st

from geo.maturity import WHOLE, changes, strongest, weakest
from geo.profile import by_enabler
from pages.components import (
    chart_parts,
    drawing,
    figures,
    map_layers,
    maps,
    notes,
    published_view,
    sidebar,
    survey_charts,
    survey_map,
    survey_state,
    survey_words,
    words,
)
from pages.components.pieces import PieceKind, plain, scope_name
from pages.components.survey_state import Wave
from pages.components.view import View
from pages.exports.piece import ILLUSTRATIVE, Piece

WAVE = "control_wave"
LEVELS = (
    "Each authority decides what may be shown of an answer: with its name, within the figures of its ICS, or "
    "only within London's. A figure is withheld where it would give away a single answer."
)


def choose(view: View, waves: list[Wave]) -> Wave:
    """The controls of what is looked at: the set of questions, the question, the wave."""
    london = figures.london()
    sets, questions, times = st.columns(3)
    with sets:
        names = {name: instrument.name for name, instrument in london.instruments.items()}
        sidebar.select("instrument", "Set of questions", names, view.instrument)
    instrument = london.instruments[view.instrument]
    with questions:
        labels = {item.item_id: item.label for item in instrument.items}
        sidebar.select("item", "Question", labels, item_of(view))
    with times:
        chosen = st.selectbox("Wave", [wave.name for wave in waves], key=WAVE, disabled=len(waves) < 2)
    return _named(chosen, waves)


def wave_of(view: View) -> Wave | None:
    """The wave that the visitor has chosen, or the latest; None where there are no answers."""
    waves = survey_state.waves(view)
    return _named(st.session_state.get(WAVE), waves) if waves else None


def _named(name: str | None, waves: list[Wave]) -> Wave:
    return next((wave for wave in waves if wave.name == name), waves[0])


def item_of(view: View) -> str:
    """The question that is looked at: that of the link, or the first of its set."""
    items = [item.item_id for item in figures.london().instruments[view.instrument].items]
    return view.item if view.item in items else items[0]


def show_map(wave: Wave, view: View) -> None:
    """The question on the map, or on tiles, with who replied."""
    shown = wave.shown[item_of(view)]
    item = wave.instrument.item(item_of(view))
    st.header(survey_words.headline(shown, wave.instrument), anchor=False)
    st.markdown(f"{wave.instrument.question} {item.wording}.")
    st.markdown(survey_words.replies(shown))
    if piece := drawing.find(MAP, view):
        drawing.show(MAP, piece, view)
    st.markdown(f":small[{LEVELS}]")


def show_distribution(wave: Wave, view: View) -> None:
    """The answers within London and each ICS, where they may be shown, with the median."""
    st.header("Within London and its ICSs", anchor=False)
    piece = drawing.find(DISTRIBUTION, view)
    if piece is None:
        st.markdown(DISTRIBUTION.absence)
        return
    drawing.show(DISTRIBUTION, piece, view)
    st.table(distribution_table(wave, view), hide_index=True, border="horizontal")


def show_all_questions(wave: Wave) -> None:
    """Every question by borough, in words short enough for a table."""
    st.header("All questions by borough", anchor=False)
    signs = survey_map.letters(wave.instrument)
    said = survey_map.names(wave.instrument)
    used = {response for shown in wave.shown.values() for response in shown.boroughs.values()}
    st.markdown("; ".join(f"{signs[name] or '(empty)'} {said[name]}" for name in said if name in used) + ".")
    st.table(heat_table(wave), hide_index=True, border="horizontal")


def show_changes(wave: Wave, waves: list[Wave]) -> None:
    """What changed since the wave before, among answers that are named in both."""
    earlier = waves[waves.index(wave) + 1 :]
    if not earlier:
        return
    before = earlier[0]
    st.header(f"From {before.name} to {wave.name}", anchor=False)
    found = changes(before.shown, wave.shown, wave.instrument)
    up, down = int((found["steps"] > 0).sum()), int((found["steps"] < 0).sum())
    st.markdown(
        f"Of {len(found)} answers that are shown by name in both waves, {up} went up the scale, {down} went "
        f"down and {len(found) - up - down} stayed."
    )
    labels = {item.item_id: item.label for item in wave.instrument.items}
    moved = found[found["steps"] != 0].groupby("item_id")["steps"].agg(["size", "sum"]).reset_index()
    table = pd.DataFrame(
        {
            "Question": moved["item_id"].map(labels),
            "Answers that moved": moved["size"],
            "Steps in all": [f"{steps:+d}".replace("-", "\N{MINUS SIGN}") for steps in moved["sum"]],
        }
    )
    st.table(table, hide_index=True, border="horizontal")


def show_borough(wave: Wave, view: View) -> None:
    """One borough's answers beside London's and beside what the 2022 report prints."""
    if not view.borough:
        st.markdown("Choose a borough on the left to see its answers beside London's.")
        return
    st.header(f"{view.borough} beside London", anchor=False)
    st.table(profile_table(wave, view.borough), hide_index=True, border="horizontal")
    if wave.instrument.instrument == "enablers":
        _show_learning(wave, view)


def map_picture(wave: Wave, view: View, theme: str) -> chart_parts.Picture:
    """The map of the question."""
    layout = figures.layouts()[view.layout]
    london = figures.london()
    rows = survey_map.paint(wave.shown[item_of(view)], wave.instrument, london, view, layout)
    legend = survey_map.legend(rows, wave.instrument, view)
    spec = maps.specification(layout, rows, view.vintage, theme)
    return spec, maps.datasets(rows, legend, london, view, layout)


def distribution_chart(wave: Wave, view: View, theme: str) -> chart_parts.Picture | None:
    """Bars of answers within London and each ICS; None where no figure may be shown."""
    groups = _groups(wave, view)
    said = survey_map.names(wave.instrument)
    rows = pd.DataFrame(
        [
            {"group": name, "response": said[response], "amount": count, "text": str(count)}
            for name, counts in groups.items()
            for response, count in counts.items()
        ]
    )
    if rows.empty:
        return None
    fills = {said[name]: fill for name, fill in survey_map.fills(wave.instrument).items()}
    used = {name: fill for name, fill in fills.items() if name in set(rows["response"])}
    return survey_charts.stacked(rows, list(used), used, "Number of answers", theme)


def distribution_table(wave: Wave, view: View) -> pd.DataFrame:
    """The answers within each group as a table for the page; withheld ones are said to be."""
    names = {WHOLE: "London"} | {
        (view.vintage, code): name for code, name in figures.london().ics_names[view.vintage].items()
    }
    groups = wave.shown[item_of(view)].groups
    said = survey_map.names(wave.instrument)
    used = [response for response in said if any(response in counts for counts in groups.values())]
    rows = []
    for key, name in names.items():
        counts = groups.get(key)
        row: dict[str, str] = {"Where": name}
        row |= {said[response]: str(counts.get(response, 0)) if counts else "" for response in used}
        row["In the middle"] = survey_words.middle_text(counts, wave.instrument) if counts else "withheld"
        if wave.instrument.mean:
            row["Mean"] = survey_words.mean_text(counts, wave.instrument) if counts else ""
        rows.append(row)
    return pd.DataFrame(rows)


def heat_table(wave: Wave) -> pd.DataFrame:
    """A row a borough, a column a question, with the letters of the scale."""
    signs = survey_map.letters(wave.instrument)
    names = {code: name for name, code in figures.london().borough_codes.items()}
    codes = sorted(names, key=names.__getitem__)
    columns = {
        item.label: [signs[wave.shown[item.item_id].boroughs[code]] for code in codes]
        for item in wave.instrument.items
    }
    return pd.DataFrame({"Borough": [names[code] for code in codes]} | columns)


def profile_table(wave: Wave, borough: str) -> pd.DataFrame:
    """A borough's answers beside London's median, or mean, and what the 2022 report prints."""
    code = figures.london().borough_codes[borough]
    said = survey_map.names(wave.instrument)
    printed = _printed(wave)
    rows = []
    for item in wave.instrument.items:
        shown = wave.shown[item.item_id]
        counts = shown.groups.get(WHOLE)
        middle = survey_words.middle_text(counts, wave.instrument) if counts else "withheld"
        row = {"Question": item.label, borough: said[shown.boroughs[code]], "London, in the middle": middle}
        if wave.instrument.mean:
            row["London, mean"] = survey_words.mean_text(counts, wave.instrument) if counts else ""
        if printed:
            row["London in the 2022 report"] = printed.get(item.item_id, "not printed")
        rows.append(row)
    return pd.DataFrame(rows)


def as_rows(wave: Wave) -> pd.DataFrame:
    """Every answer that may be shown by borough, and every count that may be shown by group, for a file."""
    london = figures.london()
    names = {code: name for name, code in london.borough_codes.items()}
    said = survey_map.names(wave.instrument)
    rows = []
    for item in wave.instrument.items:
        shown = wave.shown[item.item_id]
        shared = {"wave": wave.name, "instrument": wave.instrument.instrument, "item_id": item.item_id}
        shared |= {"question": item.wording}
        for code, response in shown.boroughs.items():
            rows.append(shared | _row(code, names[code], "", said[response], ""))
        for (vintage, code), counts in shown.groups.items():
            name = london.ics_names[vintage][code] if vintage else "London"
            for response, count in counts.items():
                rows.append(shared | _row(code, name, vintage, said[response], str(count)))
    status = "illustrative" if wave.is_made_up else "self_reported"
    note = ILLUSTRATIVE if wave.is_made_up else LEVELS
    return pd.DataFrame(rows).assign(status=status, note=note)


def _row(code: str, name: str, vintage: str, response: str, count: str) -> dict[str, str]:
    where = {"area_code": code, "area_name": name, "ics_vintage": vintage}
    return where | {"response": response, "count": count}


def _show_learning(wave: Wave, view: View) -> None:
    """From a borough's weak enablers to case studies and to boroughs that rate themselves highest."""
    london = figures.london()
    weak = weakest(wave.shown, london.borough_codes[view.borough], wave.instrument)
    if not weak:
        return
    names = {code: name for name, code in london.borough_codes.items()}
    cases = by_enabler(set(london.borough_codes) - {view.borough}, london.case_studies, london.enablers)
    rows = []
    for item_id in weak:
        label = wave.instrument.item(item_id).label
        own = cases[cases["enabler"] == label]
        studies = [
            f"{box}. {title} ({words.join_names(boroughs)})"
            for box, title, boroughs in zip(own["box"], own["title"], own["boroughs"], strict=True)
        ]
        top = [names[code] for code in strongest(wave.shown, item_id, wave.instrument)]
        rows.append(
            {
                "Where it is early": label,
                "Case studies in the 2022 report": "; ".join(studies) or "none",
                "Boroughs that rate themselves highest, and are named": words.list_names(top) or "none",
            }
        )
    st.subheader("Whom to learn from", anchor=False)
    st.table(pd.DataFrame(rows), hide_index=True, border="horizontal")


def _printed(wave: Wave) -> dict[str, str]:
    """What the 2022 report prints of each question, in words; empty for sets that were not asked then."""
    table = published_view.published()
    rows = table[table["instrument"] == wave.instrument.instrument]
    labels = wave.instrument.labels()
    said: dict[str, list[str]] = {}
    for row in rows.to_dict("records"):
        text = {
            "percent": f"{labels.get(row['response'], '')}: {row['value']:.0f}%",
            "mean": f"{row['value']:.2f}",
            "respondents": f"{row['value']:.0f} of {published_view.REPLIED}",
        }[row["measure"]]
        said.setdefault(row["item_id"], []).append(text)
    return {item_id: "; ".join(texts) for item_id, texts in said.items()}


def _groups(wave: Wave, view: View) -> dict[str, dict[str, int]]:
    """The counts that may be shown, by the name of the group: London, and the ICSs looked at."""
    groups = wave.shown[item_of(view)].groups
    ics_names = figures.london().ics_names[view.vintage]
    named = {"London": groups.get(WHOLE)}
    named |= {name: groups.get((view.vintage, code)) for code, name in ics_names.items()}
    return {name: counts for name, counts in named.items() if counts}


def _map(view: View, theme: str) -> Piece | None:
    wave = wave_of(view)
    if wave is None:
        return None
    chart = map_picture(wave, view, theme)
    on_land = [notes.boundary_line(figures.boundary_source())] if view.layout == "map" else []
    shown, said = wave.shown[item_of(view)], survey_map.names(wave.instrument)
    names = figures.london().borough_codes
    return _piece(
        MAP,
        wave,
        view,
        chart,
        lambda: pd.DataFrame(
            {"Borough": list(names), "Answer": [said[shown.boroughs[code]] for code in names.values()]}
        ),
        height=maps.height_of(chart[0]),
        least_width=map_layers.WIDE,
        also=figures.shape_tables(view),
        said_sources=on_land,
    )


def _distribution(view: View, theme: str) -> Piece | None:
    wave = wave_of(view)
    chart = distribution_chart(wave, view, theme) if wave else None
    if wave is None or chart is None:
        return None
    return _piece(DISTRIBUTION, wave, view, chart, partial(distribution_table, wave, view))


def _answers(view: View, theme: str) -> Piece | None:
    wave = wave_of(view)
    return _piece(ANSWERS, wave, view, None, partial(as_rows, wave)) if wave else None


def _piece(
    kind: PieceKind,
    wave: Wave,
    view: View,
    chart: chart_parts.Picture | None,
    numbers: Callable[[], pd.DataFrame],
    *,
    height: Callable[[float], float] | None = None,
    least_width: float = 0,
    also: Sequence[str] = (),
    said_sources: Sequence[str] = (),
) -> Piece:
    item = wave.instrument.item(item_of(view))
    since = figures.london().vintages[view.vintage].since
    origin = f"{ILLUSTRATIVE}, nobody's." if wave.is_made_up else OWN_ANSWERS
    return kind.piece(
        view,
        title=survey_words.headline(wave.shown[item.item_id], wave.instrument),
        subtitle=f"{item.wording}. {wave.instrument.name}, {wave.name}. ICSs as of {since}",
        chart=chart,
        remarks=[survey_words.replies(wave.shown[item.item_id]), LEVELS],
        said_sources=[origin, *said_sources],
        stem=f"{wave.instrument.instrument}_{item.item_id}_{scope_name(view)}_{plain(wave.name)}_{kind.key}",
        numbers=numbers,
        height=height,
        least_width=least_width,
        also=also,
        is_illustrative=wave.is_made_up,
        is_private=not wave.is_made_up,
    )


NONE = "There are no answers to show: a link can only ask for the demonstration."
OWN_ANSWERS = "Source: the authorities' own answers, as added to this session by whoever looks at them."
BELOW = "The table below has every value."
MAP = PieceKind(
    "maturity_map",
    "maturity",
    "Map",
    _map,
    NONE,
    "Map of answers by borough.",
    "The table of all questions below has every answer that may be shown.",
)
DISTRIBUTION = PieceKind(
    "maturity_by_ics",
    "maturity",
    "ICSs",
    _distribution,
    "No figure may be shown: too few replied, or it would give away what somebody answered.",
    "Answers within London and each ICS.",
    BELOW,
)
ANSWERS = PieceKind("answers", "maturity", "Answers that may be shown", _answers, NONE)
KINDS = (MAP, DISTRIBUTION, ANSWERS)

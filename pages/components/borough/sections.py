"""The parts of the page on one borough."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from geo.places.borough import behind, by_enabler, cases_of, doing_better, spine
from geo.places.latest import Latest
from geo.places.trend import trends
from geo.tables.time_series import course, course_reasons
from geo.tables.timeline import timeline
from pages.components.borders import sections as borders_sections
from pages.components.borders import text as borders_text
from pages.components.borough import text as borough_text
from pages.components.charts import parts as charts_parts
from pages.components.charts import places
from pages.components.data import figures
from pages.components.exhibits import drawing
from pages.components.exhibits.kinds import ExhibitKind, plain
from pages.components.notes import sources as notes_sources
from pages.components.notes import totals
from pages.components.state import session
from pages.components.state.view import View
from pages.components.text import cells, time_series, words
from pages.exports.exhibit import Exhibit

STANDS_OUT = (
    "The newest figures first. Where a figure has 95% intervals, a borough stands out when its interval "
    "leaves out London's value; else when it is in the outer quarter of boroughs, the best or the worst."
)
SIGNS = "▲ clearly better than London, ▼ clearly worse, ■ similar, ● without an interval to tell."
LEARN_CAVEAT = (
    "The 2022 report does not tie its case studies to these figures: that a borough does better is no proof "
    "that what it describes is why. The enablers follow the issues that the report's annex A lists for each."
)


def offer_choice(view: View) -> None:
    """A button for each borough, by ICS."""
    london = figures.london()
    members = london.footprints[london.footprints["vintage"] == view.vintage]
    names = {code: name for name, code in london.borough_codes.items()}
    for code, ics_name in london.ics_names[view.vintage].items():
        st.subheader(ics_name, anchor=False)
        with st.container(horizontal=True):
            for borough in sorted(
                names[area] for area in members.loc[members["ics_code"] == code, "area_code"]
            ):
                st.button(borough, on_click=session.ask, kwargs={"borough": borough})


def show_standing(lines: Sequence[Latest], name: str) -> None:
    """What stands out, in sentences."""
    st.header("What stands out", anchor=False)
    catalogue = figures.london().catalogue
    said = borough_text.standing(lines, name, catalogue)
    none = ["It stands out in no figure."]
    st.markdown(STANDS_OUT)
    st.markdown("\n".join(f"- {text}" for text in said or none))
    notes_sources.show_marks(explained_standing(said, lines, name))


def explained_standing(said: Sequence[str], lines: Sequence[Latest], name: str) -> list[str]:
    """What each mark in the sentences on a borough means: they do not say its name."""
    return cells.explained_in([f"{name}: {text}" for text in said], lines, [name])


def show_spine(view: View) -> None:
    """Where the borough stands in each figure that has a better end."""
    exhibit = drawing.find(SPINE, view)
    if exhibit is None:
        return
    st.header("Beside all boroughs", anchor=False)
    st.markdown(
        "The line in the middle is London; right of it is better. The pale bar reaches from the lowest to "
        f"the highest borough, the darker one holds the middle half. {SIGNS}"
    )
    drawing.show(SPINE, exhibit, view)
    rows = spine_rows(figures.latest(view), view.borough)
    notes_sources.show_marks(explained_spine(rows, figures.latest(view), view.borough))


def explained_spine(rows: pd.DataFrame, lines: Sequence[Latest], name: str) -> list[str]:
    """What each mark in the picture of spine_rows() means."""
    return cells.explained([lines[place] for place in rows["place"]], [name])


def show_table(lines: Sequence[Latest], name: str, view: View) -> None:
    """Every figure, with its interval, rank, ICS, London and course."""
    st.header("All figures", anchor=False)
    st.markdown(cells.LEGEND)
    st.table(table(lines, name, view), hide_index=True, border="horizontal")
    notes_sources.show_marks(explained_figures(lines, name))
    st.markdown(
        ":small[Rank: 1st is highest; in brackets, between which ranks it lies with 95% probability. "
        "Where children are counted, a trend is tested over the last five periods (chi-square above 9.5495, "
        f"the same way whichever period is left out, as OHID does). {' '.join(divided(lines))}]"
    )


def explained_figures(lines: Sequence[Latest], name: str) -> list[str]:
    """What each mark in table() means."""
    codes = {line.rows[name]["ics_code"] for line in lines}
    return cells.explained(lines, [name], codes, before=[name])


def divided(lines: Sequence[Latest]) -> list[str]:
    """Why some figures are not compared with the period before, each reason once."""
    return time_series.sentences(line.divided for line in lines if line.divided)


def show_course(kind: ExhibitKind, names: Sequence[str], view: View) -> bool:
    """The figure that is looked at over time in these boroughs, beside London and England.

    False where there is none.
    """
    exhibit = drawing.find(kind, view)
    indicator = figures.picture(view).indicator
    st.header(f"{indicator.short_label} over time", anchor=False)
    if exhibit is None:
        st.markdown(kind.absence)
        return False
    for note in course_notes(names, view):
        st.markdown(note)
    drawing.show(kind, exhibit, view)
    return True


def show_neighbours(name: str, view: View) -> None:
    """The neighbours in the figure that is looked at."""
    picture = figures.picture(view)
    st.header("Its neighbours", anchor=False)
    st.markdown(f":small[{picture.indicator.label} · {words.say_period(view.period, picture.indicator)}]")
    pairs = figures.neighbours_of(name, view)
    if pairs.empty:
        small = set(picture.rows.loc[picture.rows["small"], "area_name"])
        why = "there are no figures of both"
        why = "it has very few children" if name in small else why
        why = "a larger borough has more of it" if picture.indicator.is_total else why
        why = "where there was more, more could change" if picture.indicator.kind == "change" else why
        why = "a category has no size" if picture.indicator.categories else why
        st.markdown(f"It is not compared with its neighbours: {why}.")
        totals.show_offer(view)
        return
    catalogue = figures.london().catalogue
    st.markdown(borders_text.neighbours(pairs, name, picture.indicator, catalogue))
    found = borders_text.neighbour_table(pairs, name, picture.indicator, catalogue)
    st.table(found, hide_index=True, border="horizontal")
    notes_sources.show_marks(picture.explained({*pairs["left"], *pairs["right"]}))


def show_cases(lines: Sequence[Latest], name: str) -> None:
    """The report's case studies: from here, and to learn from where the borough is behind."""
    london = figures.london()
    st.header("Case studies of the 2022 report", anchor=False)
    own = cases_of(name, london.case_studies)
    if own.empty:
        st.markdown(f"None of the report's case studies is about {name}.")
    for case in own.to_dict("records"):
        st.markdown(f"- From {name}: **{case['box']}. {case['title']}**")
    better = doing_better(behind(lines, name), name, london.case_studies)
    if better:
        st.markdown("Boroughs of the case studies that do better where it is behind:")
        st.markdown("\n".join(f"- {line}" for line in borough_text.doing_better(better)))
        boroughs = {other for names in better.values() for other in names}
        found = by_enabler(boroughs, london.case_studies, london.enablers)
        st.table(borough_text.learning(found), hide_index=True, border="horizontal")
        st.markdown(f":small[{LEARN_CAVEAT}]")


def table(lines: Sequence[Latest], name: str, view: View) -> pd.DataFrame:
    """Every figure of a borough, one row an indicator, as a table for the page."""
    london = figures.london()
    catalogue = london.catalogue
    rows = []
    for line in lines:
        row = line.rows[name]
        trend = trends(london, line.indicator.indicator_id)
        rank = [
            row[part] for part in ("rank_london", "tied_london", "of_london", "best_london", "worst_london")
        ]
        rows.append(
            {
                "Figure": cells.heading(line),
                name: cells.said(row, line, catalogue),
                # on one line: there are many of them
                "95% interval": words.say_interval(
                    row["lower_95"], row["upper_95"], line.indicator, catalogue
                ).replace(" ", "\N{NO-BREAK SPACE}"),
                "Rank in London": _rank(line, rank),
                "ICS": cells.of_ics(line.of_ics[row["ics_code"]], line, catalogue),
                "London": cells.of_london(line, catalogue),
                "The period before, and trend": borough_text.over_time(
                    line, row["area_code"], trend, catalogue
                ),
            }
        )
    return pd.DataFrame(rows)


def _rank(line: Latest, rank: Sequence) -> str:
    """A rank in words: of a total it is an order of size, and a category has none."""
    if line.indicator.categories:
        return ""
    return f"{words.say_rank(*rank)}{' by size' if line.indicator.is_total and rank[0] == rank[0] else ''}"


def spine_rows(lines: Sequence[Latest], name: str) -> pd.DataFrame:
    """geo.places.borough.spine of a borough, with label, brief (for phones), value_text and middle_text."""
    rows = spine(lines, name)
    catalogue = figures.london().catalogue

    def say(column: str, noted: str) -> list[str]:
        return [
            words.say_value(value, note, lines[place].indicator, catalogue)
            for place, value, note in zip(rows["place"], rows[column], rows[noted], strict=True)
        ]

    middles = zip(say("middle", "middle_note"), rows["is_median"], strict=True)
    return rows.assign(
        label=[cells.heading(lines[place]) for place in rows["place"]],
        brief=[cells.brief_heading(lines[place]) for place in rows["place"]],
        value_text=say("value", "note"),
        middle_text=[f"{'the middle borough' if median else 'London'} {text}" for text, median in middles],
    )


def course_table(names: Sequence[str], view: View, thinned: bool = False) -> pd.DataFrame:
    """The values behind the course, the latest first: a row a period, as a table for the page.

    Of many dates those for display if `thinned`. A period that begins another basis says so.
    """
    london = figures.london()
    indicator = london.catalogue.indicators[view.indicator]
    values = course(london, view.indicator, [*names, "London", "England"], view.period, thinned)
    starts = timeline(london, view.indicator, view.period, thinned).starts
    reasons = course_reasons(london, view.indicator, values)
    said = pd.DataFrame(
        {name: words.say_values(values[name], reasons[name], indicator, london.catalogue) for name in values},
        index=values.index,
    )
    said = said.replace("", "–")[::-1]
    return said.set_axis(
        [
            words.say_period(period, indicator) + (f" ({starts[period]})" if period in starts else "")
            for period in said.index
        ]
    )


def course_chart(names: Sequence[str], view: View, theme: str) -> charts_parts.Chart | None:
    """The figure that is looked at over time; None when there is one period only, or no number."""
    london = figures.london()
    indicator = london.catalogue.indicators[view.indicator]
    wholes = [] if indicator.aggregation == "sum" else ["London", "England"]
    values = course(london, view.indicator, [*names, *wholes], view.period, thinned=True)
    known = [name for name in names if name in values]
    if len(values) < 2 or not known or indicator.categories:
        return None
    short = figures.layouts()["tiles"].labels["tile_label"].str.replace("|", " ")
    labels = {name: short[london.borough_codes[name]] for name in known}
    times = timeline(london, view.indicator, view.period, thinned=True)
    reasons = course_reasons(london, view.indicator, values)
    return places.courses(values, reasons, labels, times, indicator, london.catalogue, theme)


def page_rows(lines: Sequence[Latest], view: View) -> list[pd.DataFrame]:
    """The rows of all values on the page.

    Of the borough now, before and over time; of its ICS; of all boroughs beside which it stands; and of its
    neighbours.
    """
    name = view.borough
    pairs, table = figures.neighbours_of(name, view), figures.picture(view).place_table
    spread = spine(lines, name)
    return [
        *cells.rows(lines, [name]),
        *(cells.before(line, name) for line in lines),
        *cells.systems(lines, [lines[0].rows[name]["ics_code"]]),
        *(lines[place].compared for place in spread["place"]),
        course_rows([name], view),
        borders_sections.rows(pairs, table),
    ]


def course_rows(names: Sequence[str], view: View) -> pd.DataFrame:
    """The rows of the values of course_chart(): of these boroughs, and of London and England beside them."""
    london = figures.london()
    wholes = [] if london.catalogue.indicators[view.indicator].aggregation == "sum" else ["London", "England"]
    periods = timeline(london, view.indicator, view.period).periods
    return figures.rows_over_time(view, periods, [*names, *wholes])


def course_notes(names: Sequence[str], view: View) -> list[str]:
    """Who has no line and why, what is not compared and why, and what marks on its values mean."""
    return [
        *without_line(names, view),
        *comparison_notes(view),
        *explained_course([*names, "London", "England"], view),
    ]


def without_line(names: Sequence[str], view: View) -> list[str]:
    """A sentence on those of these boroughs that have no value in any period drawn, if there are any."""
    drawn = course(figures.london(), view.indicator, names, view.period, thinned=True)
    missing = [name for name in names if name not in drawn]
    if not missing:
        return []
    has = "has" if len(missing) == 1 else "have"
    return [f"{words.join_all(missing)} {has} no line: there is no figure for any of these periods."]


def comparison_notes(view: View) -> list[str]:
    """What a course of the figure that is looked at does not compare, and why."""
    london = figures.london()
    indicator = london.catalogue.indicators[view.indicator]
    times = timeline(london, view.indicator, view.period, thinned=True)
    return [
        *time_series.basis_notes(london, indicator, times.breaks),
        *time_series.london_note(london, indicator, times.periods),
    ]


def explained_course(names: Sequence[str], view: View, thinned: bool = True) -> list[str]:
    """What each mark on the values of these areas over time means."""
    london = figures.london()
    values = course(london, view.indicator, names, view.period, thinned)
    reasons = course_reasons(london, view.indicator, values)
    return words.say_reasons(
        (str(name), words.short_period(str(period)), reason)
        for name in reasons
        for period, reason in reasons[name].items()
        if reason
    )


def course_exhibit(kind: ExhibitKind, names: Sequence[str], view: View, theme: str) -> Exhibit | None:
    """The course of these boroughs; None when there is one period only, or no number."""
    picture = figures.picture(view)
    chart = course_chart(names, view, theme) if names else None
    if chart is None:
        return None
    since = figures.london().vintages[view.vintage].since
    return kind.exhibit(
        view,
        title=f"{picture.indicator.label}: {words.list_names(names)}",
        subtitle=f"{_span(view)} · broken lines are London and England, where they have a value to compare · "
        f"ICSs as of {since}",
        chart=chart,
        remarks=course_notes(names, view),
        sources=figures.sources(course_rows(names, view)),
        stem=f"{view.indicator}_{plain(' '.join(names)).lower()}_over_time",
        numbers=lambda: course_table(names, view).rename_axis("Period").reset_index(),
    )


def _span(view: View) -> str:
    """From the first period to the last of those that are shown."""
    indicator = figures.picture(view).indicator
    first, *_, newest = timeline(figures.london(), view.indicator, view.period).periods
    return f"{words.say_period(first, indicator)} to {words.say_period(newest, indicator)}"


def _spine(view: View, theme: str) -> Exhibit | None:
    lines = figures.latest(view)
    rows = spine_rows(lines, view.borough) if view.borough else pd.DataFrame()
    if rows.empty:
        return None
    return SPINE.exhibit(
        view,
        title=f"{view.borough} beside all London boroughs",
        subtitle=f"{_STANDING} · {figures.place_of(view)}",
        chart=places.spine(rows, theme),
        remarks=[SIGNS, *explained_spine(rows, lines, view.borough)],
        sources=figures.sources(
            *cells.rows([lines[place] for place in rows["place"]], [view.borough]),
            *(lines[place].compared for place in rows["place"]),
        ),
        stem=f"all_indicators_{plain(view.borough).lower()}_latest_standing",
        numbers=lambda: pd.DataFrame(
            {"Figure": rows["label"], view.borough: rows["value_text"], "In the middle": rows["middle_text"]}
        ),
    )


def _course(view: View, theme: str) -> Exhibit | None:
    return course_exhibit(COURSE, [view.borough] if view.borough else [], view, theme)


def _all_figures(view: View, theme: str) -> Exhibit | None:
    if not view.borough:
        return None
    lines, catalogue = figures.latest(view), figures.london().catalogue
    return ALL_FIGURES.exhibit(
        view,
        title=f"All figures of {view.borough}",
        subtitle=f"Each at its latest period · {figures.place_of(view)}",
        remarks=cells.explained(lines, [view.borough]),
        sources=figures.sources(*cells.rows(lines, [view.borough])),
        stem=f"{view.borough.lower().replace(' ', '_')}_figures",
        numbers=lambda: cells.as_rows(lines, [view.borough], catalogue),
    )


_STANDING = (
    "Each figure at its latest period · right of London's line is better; pale: lowest to highest, darker: "
    "the middle half"
)
SPINE = ExhibitKind(
    "spine",
    "borough",
    "Standing",
    _spine,
    "There is no figure of this borough to compare.",
    "Where the borough stands among all boroughs.",
    "The table below has every value.",
)
COURSE = ExhibitKind(
    "course",
    "borough",
    "Over time",
    _course,
    "There is only one period of this figure, or none for this borough.",
    "The figure over time.",
    "The table on the page Map has every value, period by period.",
)
ALL_FIGURES = ExhibitKind("borough_figures", "borough", "All figures", _all_figures, "No borough is chosen.")
KINDS = (SPINE, COURSE, ALL_FIGURES)

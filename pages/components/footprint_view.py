"""The parts of the page on one ICS: what stands out, the table of its boroughs, a file."""

from functools import partial

import pandas as pd
import streamlit as st

from geo.footprint import Line, first_or_last, stands_out
from geo.listing import as_csv
from pages.components import figures, sidebar, words
from pages.components.view import View

# read out, printed and seen without colour, the signs say the same
SIGNS = {"better": "▲", "similar": "=", "worse": "▼", "not_compared": ""}
TINTS = {"better": "green", "similar": "gray", "worse": "orange"}


def offer_choice(names: dict[str, str]) -> None:
    """A button for each ICS."""
    with st.container(horizontal=True):
        for code, name in names.items():
            st.button(name, on_click=sidebar.ask, kwargs={"ics": code})


def subtitle(view: View) -> str:
    """How many boroughs, and by whose boundaries."""
    london = figures.london()
    members = london.footprints[
        (london.footprints["vintage"] == view.vintage) & (london.footprints["ics_code"] == view.scope)
    ]
    return f"{len(members)} local authorities · ICS boundaries as of {london.vintages[view.vintage].since}"


def show_standing(lines: list[Line], name: str) -> None:
    """In which figures the ICS is first or last of all ICSs, or one of its boroughs of all London."""
    st.header("What stands out", anchor=False)
    said = [standing(line, name) for line in stands_out(lines)]
    said += [text for line in lines if (text := boroughs_standing(line))]
    for text in said:
        st.markdown(f"- {text}")
    if not said:
        st.markdown("In no figure is it, or one of its boroughs, the first or the last.")


def boroughs_standing(line: Line) -> str:
    """Which of its boroughs are first or last in London; empty for figures without a direction."""
    if line.indicator.polarity == "neither":
        return ""
    values = line.boroughs.set_index("area_name")["value"]
    parts = []
    for names, end in zip(first_or_last(line), ("highest", "lowest"), strict=True):
        if names:
            value = words.format_value(values[names[0]], line.indicator, figures.london().catalogue)
            parts.append(
                f"{words.join_names(names)} {'has' if len(names) == 1 else 'have'} London's {end}, {value}"
            )
    period = words.say_period(line.period, line.indicator)
    return f"**{line.indicator.short_label}**, {period}: {'; '.join(parts)}." if parts else ""


def standing(line: Line, name: str) -> str:
    """One figure in which the ICS is first or last, in a sentence."""
    catalogue = figures.london().catalogue
    value, london = (
        words.format_value(number, line.indicator, catalogue) for number in (line.value, line.london)
    )
    end = "highest" if line.place == 1 else "lowest"
    without = f" (without {words.list_names(line.left_out)})" if line.left_out else ""
    against = f"; London as a whole has {london}" if london else ""
    period = words.say_period(line.period, line.indicator)
    among = f"the {end} value of the {words.say_number(line.of)} ICSs"
    return f"**{line.indicator.short_label}**, {period}: {name} has {among}, {value}{without}{against}."


def show_table(lines: list[Line], name: str) -> None:
    """Every indicator by borough, with signs and tints for what is clearly above or below London."""
    st.header("All figures", anchor=False)
    st.markdown(
        "▲ better than London, = similar, ▼ worse: only where the figures come with an interval. Where the "
        "ICS has no value, its boroughs' figures come without the counts that it needs, or one is missing."
    )
    for domain in dict.fromkeys(line.indicator.domain for line in lines):
        st.subheader(domain, anchor=False)
        of_domain = [line for line in lines if line.indicator.domain == domain]
        table = pd.DataFrame(
            {"Place": _places(lines[0], name)} | {_heading(line): _cells(line) for line in of_domain}
        )
        st.table(table, hide_index=True, border="horizontal")
    sources = figures.london().catalogue.sources
    titles = dict.fromkeys(
        sources[part].title
        for line in lines
        for cell in line.boroughs["source_id"]
        for part in cell.split("+")
    )
    st.markdown(f":small[Sources: {'; '.join(titles)}.]")


def offer(lines: list[Line], name: str, view: View) -> None:
    """All of it as CSV."""
    st.download_button(
        "All figures of this ICS as CSV",
        data=partial(_as_file, lines, name, view),
        file_name=f"{(view.scope or '').lower()}_{view.vintage}_all_indicators.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
    )


def _places(line: Line, name: str) -> list[str]:
    return [*line.boroughs["area_name"], f"**{name}**", "**London**"]


def _cells(line: Line) -> list[str]:
    """The values of the boroughs, of the ICS and of London, as they stand in a table."""
    catalogue = figures.london().catalogue

    def say(value: float) -> str:
        return words.format_value(value, line.indicator, catalogue)

    cells = []
    for row in line.boroughs.to_dict("records"):
        text = say(row["value"]) or catalogue.statuses[row["status"]].word
        tint = TINTS.get(row["comparison"])
        sign = f"{text}\N{NO-BREAK SPACE}{SIGNS[row['comparison']]}"
        cells.append(f":{tint}-background[{sign}]" if tint else text)
    return [*cells, *(f"**{say(value) or 'not given'}**" for value in (line.value, line.london))]


def _heading(line: Line) -> str:
    return f"{line.indicator.short_label} ({_short(line)})"


def _short(line: Line) -> str:
    """The period as short as it can be said."""
    is_date = line.indicator.period_type == "date"
    return words.say_period(line.period, line.indicator) if is_date else line.period


def _as_file(lines: list[Line], name: str, view: View) -> bytes:
    rows = pd.concat(
        [
            line.boroughs.assign(
                indicator_id=line.indicator.indicator_id, indicator=line.indicator.label, period=line.period
            )
            for line in lines
        ]
    )
    columns = [
        "indicator_id",
        "indicator",
        "period",
        "area_code",
        "area_name",
        "value",
        "lower_95",
        "upper_95",
    ]
    columns += ["comparison", "status", "note", "source_id"]
    return as_csv(rows[columns].assign(ics=name, ics_vintage=view.vintage)).encode("utf-8-sig")

"""What is said of one ICS, in sentences and tables: worked out once for all visitors."""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from data_loaders.catalogue import Catalogue
from geo.places.ics import Line
from pages.components.data import figures
from pages.components.data.edition import once
from pages.components.ics import text as ics_text
from pages.components.state.view import View
from pages.components.text import cells, grammar, units

# beside the names of places
MOST_FIGURES = 5


class Marks(NamedTuple):
    """What the marks mean in the parts of Said that are called so."""

    beside_london: list[str]
    standing: list[str]
    changes: list[str]
    beside: list[str]
    own_lottery: list[str]


class Said(NamedTuple):
    """What the page says of an ICS, whatever figure is looked at. Visitors share it: nobody may change it.

    `tables` has all figures by borough, a table for each subject, and `explained` is what their marks mean.
    """

    beside_london: dict[str, list[str]]
    of_ics: list[str]
    of_boroughs: list[str]
    gaps: list[str]
    changes: list[str]
    not_compared: list[str]
    explained: list[str]
    beside: pd.DataFrame
    own_lottery: pd.DataFrame
    tables: dict[str, pd.DataFrame]
    marks: Marks

    @property
    def standing(self) -> list[str]:
        """Where the ICS is first or last of the ICSs, and its boroughs of London's."""
        return [*self.of_ics, *self.of_boroughs]


def said(view: View) -> Said:
    """What there is to say of the ICS that is looked at."""
    assert view.scope, "All London is no ICS"
    return _said(view.vintage, view.scope)


@once
def _said(vintage: str, scope: str) -> Said:
    london, lines = figures.london(), figures.overview_of(vintage, scope)
    name = london.ics_names[vintage][scope]
    latest = [line.latest for line in lines]
    beside_london = ics_text.beside_london(lines)
    of_ics, of_boroughs = ics_text.standing_of_ics(lines, name), ics_text.standing_of_boroughs(lines)
    gaps, changes = ics_text.gaps(lines), ics_text.changes(lines)
    systems, own_lottery = beside(lines, scope), ics_text.own_lottery(lines)
    sides = [f"{name}: {text}" for texts in beside_london.values() for text in texts]
    return Said(
        beside_london,
        of_ics,
        of_boroughs,
        gaps,
        changes,
        ics_text.not_compared(lines),
        cells.explained(latest, list(lines[0].boroughs["area_name"]), [scope]),
        systems,
        own_lottery,
        by_subject(lines, name, london.catalogue),
        Marks(
            cells.explained_in(sides, latest, [], [scope]),
            ics_text.explained([*of_ics, *of_boroughs, *gaps], lines),
            ics_text.explained(changes, lines),
            ics_text.explained_beside(systems, lines),
            ics_text.explained_own(own_lottery, lines),
        ),
    )


def by_subject(lines: Sequence[Line], name: str, catalogue: Catalogue) -> dict[str, pd.DataFrame]:
    """For each subject its figures: a row a borough, then the ICS, then London.

    A subject of more than MOST_FIGURES has several tables: a wider one could not be read on a page.
    """
    places = [*lines[0].boroughs["area_name"], f"**{name}**", "**London**"]
    tables: dict[str, pd.DataFrame] = {}
    for line in lines:
        subject = line.indicator.domain
        while len(tables.get(subject, pd.DataFrame()).columns) > MOST_FIGURES:
            subject += ", continued"
        table = tables.setdefault(subject, pd.DataFrame({"Place": places}))
        table[cells.heading(line.latest)] = [
            *(cells.said(row, line.latest, catalogue) for row in line.boroughs.to_dict("records")),
            cells.bold(cells.of_ics(line.scope, line.latest)),
            cells.bold(cells.of_london(line.latest)),
        ]
    return tables


def beside(lines: Sequence[Line], scope: str) -> pd.DataFrame:
    """The rates of all ICSs and London's, one row an indicator, with the ICS of `scope` in bold."""
    rows = []
    for line in lines:
        systems = line.latest.systems.set_index("ics_code")
        if line.indicator.aggregation != "ratio" or systems["value"].isna().all():
            continue
        row = {"Figure": cells.heading(line.latest)}
        intervals = units.interval_texts(systems, line.indicator)
        for (code, system), interval in zip(systems.iterrows(), intervals, strict=True):
            text = cells.of_ics(str(code), line.latest)
            text += f" ({interval})" if interval else ""
            text += f", without {grammar.list_names(system['left_out'])}" if system["left_out"] else ""
            if system["left_out"] and not system["leads"] and pd.notna(system["value"]):
                text += f" (too few of its {system['members']} boroughs for a rank)"
            odd = line.latest.odd_of(str(code))
            text += f", with odd figures of {grammar.list_names(odd)}" if odd else ""
            cell = cells.tinted(text, system["comparison"])
            row[system["ics_name"]] = f"**{cell}**" if code == scope else cell
        rows.append(row | {"London": cells.bold(cells.of_london(line.latest))})
    return pd.DataFrame(rows)

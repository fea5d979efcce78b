"""Sets of ICS boundaries in words: what an old link meant, and where an ICS of another set is now."""

from collections.abc import Mapping
from itertools import pairwise

from geo.tables.london import London
from geo.tables.vintages import counterparts
from pages.components.text import grammar


def say_old_link(london: London) -> str:
    """What is said of a link that names no set of boundaries: all those were made for the first."""
    first = next(iter(london.vintages.values()))
    return (
        "This link was made before links named their ICS boundaries. It shows what it always showed: "
        f"{grammar.lower_first(first.name)}."
    )


def say_ics_changes(london: London) -> str:
    """What became of the ICSs from each set of boundaries to the next: a sentence for each new name."""
    members = {
        vintage: rows.set_index("area_code")["ics_name"]
        for vintage, rows in london.footprints.groupby("vintage")
    }
    said = []
    for before, after in pairwise(london.vintages):
        old, new = members[before], members[after]
        renamed = new[~new.isin(old)]
        for name, boroughs in renamed.groupby(renamed):
            formers = sorted(old[boroughs.index].unique())
            said.append(f"In {london.vintages[after].since}, {grammar.list_names(formers)} became {name}.")
    return " ".join(said)


def say_succession(ics: str, vintage: str, london: London) -> str:
    """What became of an ICS that the set does not have, in a sentence; empty for one that no set has.

    "North Central London became part of West and North London in April 2026."
    """
    there = home_of(ics, vintage, london)
    if there is None:
        return ""
    name = london.ics_names[there][ics]
    codes = counterparts(london.footprints, ics, there, vintage)
    here = grammar.join_all([london.ics_names[vintage][code] for code in codes])
    if london.vintages[there].first_day > london.vintages[vintage].first_day:
        shown = "all London" if len(codes) > 1 else here
        return f"{name} was formed in {london.vintages[there].since} from {here}: this shows {shown}."
    if len(codes) > 1:
        became = "was divided among"
    else:
        joined = counterparts(london.footprints, codes[0], vintage, there)
        became = "became part of" if len(joined) > 1 else "became"
    return f"{name} {became} {here} in {london.vintages[vintage].since}."


def successor(ics: str, vintage: str, london: London) -> str | None:
    """The one ICS of a set in which the boroughs of another set's ICS are; None where that is not one."""
    there = home_of(ics, vintage, london)
    found = counterparts(london.footprints, ics, there, vintage) if there else []
    return found[0] if len(found) == 1 else None


def home_of(ics: str, vintage: str, london: London) -> str | None:
    """The set nearest to this one in time, the later first, that has an ICS of this code."""
    others = [other for other in london.vintages if ics in london.ics_names[other]]
    return min(others, key=lambda other: abs(int(other) - int(vintage)), default=None)


def remarks(params: Mapping[str, str], vintage: str, london: London) -> list[str]:
    """What there is to say of a link's boundaries; `vintage` is the set that is shown.

    `params` are the parts of a view that the link has; nothing is said of an address that has none.
    """
    said = []
    if params and "vintage" not in params:
        said.append(say_old_link(london))
    ics = params.get("ics", "").upper()
    if ics and ics not in london.ics_names[vintage]:
        said.append(say_succession(ics, vintage, london))
    return [sentence for sentence in said if sentence]

"""How many children have their nearest centre on the other side of a border, in both directions."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from data_loaders.within import USUAL, Within
from pages.components.charts import plain_table
from pages.components.data import access, edition, figures
from pages.components.data.edition import once_for
from pages.components.exhibits import take_away
from pages.components.exhibits.kinds import NEAREST, ExhibitKind, scope_name
from pages.components.state.part import part
from pages.components.state.view import View
from pages.components.text import citations, columns, dates, grammar
from pages.exports.exhibit import Exhibit
from pages.exports.table import Table

MOST_ROWS = 10
WHAT = (
    "Children aged 0 to 4 {on_day}, each at the population-weighted centre of their small area: an "
    "estimate, worked out here. Counted are the {sites} that the register of {day} lists as open. The "
    "nearest is that in a straight line, which crosses the Thames only over a "
    "bridge or through a foot tunnel. To have it across a border is neither good nor bad by itself: it "
    "matters where its use depends on the address."
)


@part
def show(view: View) -> None:
    """The largest numbers, in a sentence and as a table; the file has all borders."""
    pairs = _pairs(view)
    st.header(_headline(view), anchor=False)
    st.markdown(_what())
    if len(pairs) > MOST_ROWS:
        st.markdown(f"The {grammar.say_number(MOST_ROWS)} largest of {len(pairs)}; the file has all of them.")
    plain_table.show(_largest(view), "children")
    take_away.tables(view, CHILDREN)
    st.page_link(
        "pages/what_if.py",
        label="What if borders were no barrier?",
        icon=":material/rule:",
        query_params=view.to_params(),
    )
    for source in access.sources(access.ESTIMATES):
        st.markdown(f":small[{citations.linked_line(source)}]")


@once_for("ics")
def _headline(view: View) -> str:
    return headline(_pairs(view), access.names(), edition.setting())


@once_for("ics")
def _largest(view: View) -> pd.DataFrame:
    """The borders with most children as they are read."""
    return table(_pairs(view).head(MOST_ROWS), access.names()).texts()


def _what() -> str:
    """What is counted, of when, and where."""
    sites = "children's centres and linked sites"
    if edition.setting().is_designated:
        sites = "designated children's centres, without linked sites,"
    day = dates.say_day(access.register_day())
    return WHAT.format(on_day=access.children().on_day, sites=sites, day=day)


def headline(pairs: pd.DataFrame, names: Mapping[str, str], within: Within = USUAL) -> str:
    """How many children it is, and across which border most (geo.access.reach.borders_between)."""
    first = pairs.iloc[0]
    one, other = (grammar.inside(names[first[side]]) for side in ("one", "other"))
    back = f"{first['from_other']:,.0f} the other way" if first["from_other"] else "none the other way"
    return (
        f"{pairs['both'].sum():,.0f} children have their nearest {within.centre} across a border, the most "
        f"between {one} and {other}: {first['from_one']:,.0f} of {one} and {back}."
    )


def table(pairs: pd.DataFrame, names: Mapping[str, str]) -> Table:
    """The borders with the children on both sides, as they are read and filed."""
    return columns.of_borders(pairs, names, "Children")


@once_for("ics")
def _pairs(view: View) -> pd.DataFrame:
    """The borders of London, or those of an ICS's boroughs, with children on at least one side."""
    pairs = access.children_across()
    if view.scope is None:
        return pairs
    members = set(figures.london().members(view.vintage, view.scope)["area_code"])
    inside = pairs[["one", "other"]].isin(members).any(axis="columns")
    return pairs[inside].reset_index(drop=True)


def _children(view: View, theme: str) -> Exhibit | None:
    pairs, names, day = _pairs(view), access.names(), access.register_day()
    within = edition.setting()
    return CHILDREN.exhibit(
        view,
        title=headline(pairs, names, within),
        subtitle=f"Children aged 0 to 4 {access.children().when}, {within.centre}s of {dates.say_day(day)}",
        remarks=[_what()],
        sources=access.sources(access.ESTIMATES),
        also=access.ESTIMATES,
        stem=f"{NEAREST}_{scope_name(view)}_{day}",
        numbers=lambda: table(pairs, names).with_same(
            {
                columns.CHILDREN_DAY: access.children().day,
                columns.REGISTER_DAY: day,
                columns.STATUS: "worked out here",
            }
        ),
    )


CHILDREN = ExhibitKind(
    "borders_children",
    "borders",
    "Children across borders",
    _children,
    "There are no children whose nearest centre is across a border.",
    parts=("ics",),
    told_apart_by=(),
)
KINDS = (CHILDREN,)

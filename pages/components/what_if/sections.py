"""The parts of the page What if: the choice, what would change, and where one more centre would help most."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from geo.access.reach import LONDON
from pages.components.charts import plain_table
from pages.components.data import access, figures, scenario
from pages.components.data.edition import once_for
from pages.components.exhibits import drawing, take_away
from pages.components.notes import sources as notes_sources
from pages.components.state import controls, keys, session, turns
from pages.components.state.part import part
from pages.components.state.view import MOST_OPENED, View
from pages.components.text import citations, grammar, markdown
from pages.components.what_if import exhibits, open_borders, text

MOST_BORDERS = 5
# new centres that are looked for together
MOST_TOGETHER = 5


@part
def show_change(view: View) -> None:
    """What would change, in words, on a map and by borough."""
    found, names, reach = scenario.of_view(view), access.names(), int(view.reach)
    for problem in [*st.session_state.pop(keys.OPENED_REFUSED, []), *text.not_followed(found)]:
        st.warning(markdown.verbatim(problem), icon=":material/location_off:")
    if not found.changes_centres:
        return
    st.header(markdown.verbatim(text.headline(found, reach)), anchor=False)
    st.info(text.NO_PLAN, icon=":material/lightbulb:")
    st.markdown("\n".join(f"- {sentence}" for sentence in text.findings(found, names, reach)))
    drawing.show_if_any(exhibits.MAP, view)
    table = text.table(found, names)
    if len(table.rows):
        st.subheader("By borough", anchor=False)
        plain_table.show(table, "boroughs")
        take_away.tables(view, exhibits.BOROUGHS)
    _show_keeping(found.closed, float(found.change["loses"].sum()), view)


def _show_keeping(closed: pd.DataFrame, losing: float, view: View) -> None:
    """Of centres at risk which should stay, if some could."""
    if len(closed) < 2 or not losing:
        return
    st.subheader("If some of these centres could stay", anchor=False)
    most = len(closed) - 1
    controls.keep(keys.STAYING, min(st.session_state.get(keys.STAYING, 1), most))
    if most > 1:
        st.slider("How many could stay", 1, most, key=keys.STAYING)
    kept = scenario.best_kept(view, st.session_state[keys.STAYING])
    st.markdown(markdown.verbatim(text.kept(kept, closed, int(view.reach))))
    st.markdown(f":small[{text.BY_DISTANCE}]")
    st.button(
        f"Keep {'it' if len(kept.urns) == 1 else 'them'} in this scenario",
        icon=":material/undo:",
        on_click=session.ask,
        kwargs={"closed": ",".join(urn for urn in view.closed.split(",") if urn not in kept.urns)},
    )


@part
def show_open_borders(view: View) -> None:
    """How many children have a centre within reach only across a border, by the rule that is chosen."""
    st.header(markdown.verbatim(exhibits.open_borders_headline(view)), anchor=False)
    st.info(f"**{open_borders.NO_COUNCIL}** {open_borders.NO_FINDING}", icon=":material/lightbulb:")
    st.markdown("\n".join(f"- {sentence}" for sentence in exhibits.open_borders_findings(view)))
    plain_table.show(_by_rule(view), "rules")
    drawing.show_if_any(exhibits.OPEN_BORDERS_MAP, view)
    table = _where_they_live(view)
    if len(table):
        st.subheader("Where they live", anchor=False)
        plain_table.show(table, "gained")
        take_away.tables(view, exhibits.OPEN_BORDERS)
    _show_borders(view)


@once_for(*exhibits.SCENARIO)
def _where_they_live(view: View) -> pd.DataFrame:
    """The boroughs of those who gain, as they are read; no rows where nobody does."""
    return open_borders.by_borough(scenario.gained(view), access.names()).texts()


@once_for(*exhibits.SCENARIO)
def _by_rule(view: View) -> pd.DataFrame:
    return open_borders.rules(_rules(view)).texts()


def _rules(view: View) -> dict[str, pd.DataFrame]:
    """What each rule gives, by its name; one border only where one is open."""
    since = figures.london().vintages[view.vintage].since
    rules = {whose: replace(view, whose=whose) for whose in ("own", "ics", "any")}
    named = open_borders.RULES | {"ics": f"{open_borders.RULES['ics']}, as of {since}"}
    found = {named[whose]: scenario.gained(other) for whose, other in rules.items()}
    if not view.open_border:
        return found
    one = {f"Those of its own borough, and across {text.border_of(view.whose)}": scenario.gained(view)}
    return dict(sorted((found | one).items(), key=lambda rule: rule[1].loc[LONDON, "within_rule"]))


def _show_borders(view: View) -> None:
    """Each border by itself, and a button to open the one that matters most."""
    pairs, names = scenario.by_border(view), access.names()
    st.subheader(markdown.verbatim(exhibits.borders_headline(view)), anchor=False)
    if pairs.empty:
        return
    table = open_borders.by_border(pairs, names)
    if len(pairs) > MOST_BORDERS:
        few = grammar.say_number(MOST_BORDERS)
        st.markdown(f"The {few} that matter most of {len(pairs)}; the file has all of them.")
    plain_table.show(table.head(MOST_BORDERS), "single_borders")
    best = text.pair_of(names[pairs["one"][0]], names[pairs["other"][0]])
    with st.container(horizontal=True, gap="xsmall"):
        take_away.tables(view, exhibits.BORDERS)
        if view.whose != best:
            st.button(
                f"Open {text.border_of(best)}",
                icon=":material/fence:",
                on_click=session.ask,
                kwargs={"whose": best},
            )
    st.markdown(f":small[{open_borders.ONE_ALONE}]")


@part
def show_suggestions(view: View) -> None:
    """Where one more centre would reach most children who have none, with a button to try it."""
    places = scenario.best_places(view, scenario.inside(view))
    also = " besides" if view.is_scenario else ""
    where = scenario.scope_name(view)
    of = f" in {where}" if where else ""
    st.header(f"Where one more centre{of}{also} would reach the most children", anchor=False)
    if rule := text.counting(view.whose):
        st.markdown(f"{rule}.")
    if not places:
        st.markdown("No place there would give a centre within reach to a child who has none.")
        return
    plain_table.show(text.suggested(places, access.names()), "suggested")
    best, _ = places[0]
    opened = [postcode for postcode in view.opened.split(",") if postcode]
    if len(opened) < MOST_OPENED:
        st.button(
            f"Try one at {best.postcode}",
            icon=":material/add_location_alt:",
            on_click=session.ask,
            kwargs={"opened": ",".join([*opened, best.postcode])},
        )
    st.markdown(f":small[{text.ONE_BY_ONE}]")
    _show_several(view, opened)


def _show_several(view: View, opened: list[str]) -> None:
    """Where several new centres would together reach most, when somebody asks for it: that takes seconds."""
    most = min(MOST_TOGETHER, MOST_OPENED - len(opened))
    if most < 2:
        return
    st.subheader("Several new centres together", anchor=False)
    controls.keep(keys.SEVERAL, min(st.session_state.get(keys.SEVERAL, 2), most))
    st.segmented_control("How many new centres", range(2, most + 1), key=keys.SEVERAL, required=True)
    number, inside = st.session_state[keys.SEVERAL], scenario.inside(view)
    asked = (scenario.Asked.of(view), inside, number)
    if st.button("Find the best places", icon=":material/search:"):
        st.session_state[keys.SEVERAL_ASKED] = asked
    if st.session_state.get(keys.SEVERAL_ASKED) != asked:
        return
    with st.spinner("Comparing all choices of places: up to 10 seconds"), turns.given_up():
        found = scenario.several_places(view, number, inside)
    st.markdown(text.together(found, number, int(view.reach)))
    plain_table.show(text.places(found.places, access.names()), "together")
    st.button(
        "Try these",
        icon=":material/add_location_alt:",
        on_click=session.ask,
        kwargs={"opened": ",".join([*opened, *(place.postcode for place in found.places)])},
    )


def show_sources() -> None:
    """How it is worked out, and from what."""
    st.header("How this is worked out", anchor=False)
    st.markdown(f"{exhibits.method()} {open_borders.METHOD}")
    boundaries = citations.boundary_line(figures.boundary_source())
    notes_sources.show_lines(access.sources(exhibits.TABLES), boundaries)

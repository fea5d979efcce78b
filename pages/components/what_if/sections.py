"""The parts of the page What if: the choice, what would change, and where one more centre would help most."""

import streamlit as st

from pages.components.data import access, figures
from pages.components.exhibits import drawing, of_view, take_away
from pages.components.exhibits.kinds import ExhibitKind
from pages.components.near_me.text import minutes, say_metres
from pages.components.state import controls, keys, session
from pages.components.state.view import MOST_CLOSED, MOST_OPENED, REACHES, View
from pages.components.text import citations, columns, words
from pages.components.what_if import charts, text
from pages.exports.exhibit import Exhibit
from pages.exports.table import Table

# what the figures of the page are worked out from
TABLES = (*access.ESTIMATES, access.DEPRIVATION)


def choose(view: View) -> None:
    """Which centres close, where others open, and how far somebody walks."""
    sites, inside = access.london_sites(), _places(view)
    names = text.labels(sites)
    nearby = set(sites.loc[sites["area_code"].isin(inside), "urn"]) if inside else set(names)
    left, right = st.columns(2, gap="medium")
    with left:
        known = [urn for urn in view.closed.split(",") if urn in names]
        controls.keep(keys.CLOSED, known)
        st.multiselect(
            "Close",
            [urn for urn in names if urn in nearby or urn in known],
            format_func=names.__getitem__,
            key=keys.CLOSED,
            max_selections=MOST_CLOSED,
            placeholder="Type a borough, a name or a postcode",
            filter_mode="contains",
            # on a phone no choice is cut
            wrap=True,
            # the first that is offered is what Enter takes
            select_all=False,
            on_change=_changed,
            args=("closed", keys.CLOSED),
        )
    with right:
        postcodes = [postcode for postcode in view.opened.split(",") if postcode]
        controls.keep(keys.OPENED, postcodes)
        st.multiselect(
            "Open one at",
            postcodes,
            key=keys.OPENED,
            max_selections=MOST_OPENED,
            accept_new_options=True,
            select_all=False,
            wrap=True,
            placeholder="Type a postcode, such as E8 1EA",
            help="It is in the link of this page. Type the place that a centre might have, not your own.",
            on_change=_opened,
        )
    controls.keep(keys.REACH, view.reach)
    st.select_slider(
        "How far to walk",
        REACHES,
        key=keys.REACH,
        format_func=lambda reach: f"{say_metres(int(reach))}, {minutes(int(reach))} min",
        on_change=lambda: session.ask(reach=st.session_state[keys.REACH]),
    )


def show_change(view: View) -> None:
    """What would change, in words, on a map and by borough."""
    scenario, names, reach = _scenario(view), access.names(), int(view.reach)
    for problem in [*st.session_state.pop(keys.OPENED_REFUSED, []), *text.not_followed(scenario)]:
        st.warning(words.verbatim(problem), icon=":material/location_off:")
    if scenario.closed.empty and not scenario.opened:
        return
    st.header(words.verbatim(text.headline(scenario, reach)), anchor=False)
    st.info(text.NO_PLAN, icon=":material/lightbulb:")
    st.markdown("\n".join(f"- {sentence}" for sentence in text.findings(scenario, names, reach)))
    if exhibit := of_view.find(MAP, view):
        drawing.show(MAP, exhibit, view)
    table = text.table(scenario, names)
    if len(table.rows):
        st.subheader("By borough", anchor=False)
        st.table(table.texts(), hide_index=True, border="horizontal")
        take_away.tables(view, BOROUGHS)


def show_suggestions(view: View) -> None:
    """Where one more centre would reach most children who have none, with a button to try it."""
    places = access.best_places(view.closed, view.opened, float(view.reach), _places(view))
    also = " besides" if view.is_scenario else ""
    where = view.borough or (figures.picture(view).scope_name if view.scope else "")
    of = f" in {where}" if where else ""
    st.header(f"Where one more centre{of}{also} would reach most children", anchor=False)
    if not places:
        st.markdown("No place there would give a centre within reach to a child who has none.")
        return
    st.table(text.suggested(places, access.names()), hide_index=True, border="horizontal")
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


def show_sources() -> None:
    """How it is worked out, and from what."""
    st.header("How this is worked out", anchor=False)
    st.markdown(text.METHOD.format(day=words.say_day(access.register_day())))
    for source in access.sources(TABLES):
        st.markdown(citations.linked_line(source))
    st.markdown(f":small[{citations.boundary_line(figures.boundary_source())}]")


def _places(view: View) -> tuple[str, ...]:
    """The codes of the borough that is looked at, or of the boroughs of the ICS; none for all London."""
    london = figures.london()
    if view.borough:
        return (london.borough_codes[view.borough],)
    members = london.footprints[london.footprints["vintage"] == view.vintage]
    return tuple(members.loc[members["ics_code"] == view.scope, "area_code"])


def _scenario(view: View) -> access.Scenario:
    return access.scenario(view.closed, view.opened, float(view.reach))


def _changed(field: str, key: str) -> None:
    session.ask(**{field: ",".join(st.session_state[key])})


def _opened() -> None:
    """What was typed, as postcodes are written; a sentence for what is none."""
    answers = [access.postcodes().find(typed) for typed in st.session_state[keys.OPENED]]
    st.session_state[keys.OPENED_REFUSED] = text.refused(answers)
    found = [answer.place.postcode for answer in answers if answer.place]
    session.ask(opened=",".join(dict.fromkeys(found)))


def _subtitle(view: View) -> str:
    day, circle = words.say_day(access.register_day()), say_metres(int(view.reach))
    return (
        f"A scenario, not a plan. Children aged 0 to 4 on Census day 2021 and centres of {day}, within "
        f"{circle} · by borough, not by ICS"
    )


def _stem(view: View) -> str:
    parts = [f"closed_{view.closed}"] * bool(view.closed) + [f"opened_{view.opened}"] * bool(view.opened)
    named = "_".join(parts).replace(",", "_").replace(" ", "").lower()
    return f"what_if_{view.reach}_m_{named}"


def _map(view: View, theme: str) -> Exhibit | None:
    scenario = _scenario(view)
    if scenario.closed.empty and not scenario.opened:
        return None
    sites = access.ground().sites
    return MAP.exhibit(
        view,
        title=text.headline(scenario, int(view.reach)),
        subtitle=_subtitle(view),
        chart=charts.specification(
            figures.map_layout(),
            text.on_map(scenario, access.ground().areas),
            text.signs(scenario, sites),
            theme,
        ),
        remarks=[*text.findings(scenario, access.names(), int(view.reach)), _method()],
        sources=access.sources(TABLES),
        said_sources=[citations.boundary_line(figures.boundary_source())],
        also=TABLES,
        stem=f"{_stem(view)}_map",
        numbers=lambda: _numbers(view),
    )


def _boroughs(view: View, theme: str) -> Exhibit | None:
    scenario = _scenario(view)
    if (scenario.closed.empty and not scenario.opened) or not len(text.table(scenario, access.names()).rows):
        return None
    return BOROUGHS.exhibit(
        view,
        title=text.headline(scenario, int(view.reach)),
        subtitle=_subtitle(view),
        remarks=[*text.findings(scenario, access.names(), int(view.reach)), _method()],
        sources=access.sources(TABLES),
        also=TABLES,
        stem=_stem(view),
        numbers=lambda: _numbers(view),
    )


def _numbers(view: View) -> Table:
    scenario = _scenario(view)
    return text.table(scenario, access.names()).with_same(
        {
            text.SCENARIO: text.what(scenario),
            text.WITHIN: view.reach,
            text.CENSUS_DAY: "2021-03-21",
            text.REGISTER_DAY: access.register_day(),
            columns.STATUS: "worked out here",
        }
    )


def _method() -> str:
    return text.METHOD.format(day=words.say_day(access.register_day()))


NONE = "No centre is closed or opened in this view."
MAP = ExhibitKind(
    "what_if_map",
    "what_if",
    "Map",
    _map,
    NONE,
    "Map of a scenario: children who would lose or gain a centre within reach.",
    "The sentences above and the table below have its numbers.",
    told_apart_by=(),
)
BOROUGHS = ExhibitKind("what_if", "what_if", "By borough", _boroughs, NONE, told_apart_by=())
KINDS = (MAP, BOROUGHS)

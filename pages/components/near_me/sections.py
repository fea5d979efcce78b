"""The parts of the page Near me: the question, where it is, what is near, what differs, and for how many."""

import datetime as dt

import pandas as pd
import streamlit as st

from data_loaders import store
from data_loaders.postcodes import Place
from geo.access.borders import BOROUGHS, Border
from geo.access.reach import DETOUR
from pages.components.charts import palette, plain_table
from pages.components.data import access, figures
from pages.components.exhibits import of_view, take_away
from pages.components.near_me import charts, picture, text, tools
from pages.components.notes import sources as notes_sources
from pages.components.state import keys
from pages.components.state.view import REACHES, View
from pages.components.text import cells, dates, grammar

USUAL_REACH = int(View.reach)
KEPT = (
    "The postcode stays in this visit: it is in no link, file, record or title, and is gone when you close "
    "the page."
)
LEGEND = (
    ":small[● children's centre, ■ linked site{hub}; blue on your side of the border, orange across it, "
    "numbered as in the list. The purple ring is the circle. Small areas are shaded by children aged 0 to 4 "
    "{when}: the {more}, the more (under 75, 75 to 99, 100 to 129, 130 and more). Borough "
    "borders are dark. {how}]"
)
HUB_SIGN = ", a house: family hub"


def ask() -> Place | None:
    """The question for a postcode, and a sentence where it cannot be followed."""
    st.text_input(
        "Postcode",
        key=keys.NEAR_ME_POSTCODE,
        placeholder="Such as E8 1EA",
        help=KEPT,
        autocomplete="off",
        persist_state="session",
    )
    answer = access.postcodes().find(st.session_state[keys.NEAR_ME_POSTCODE] or "")
    if problem := text.why_not(answer):
        st.warning(problem, icon=":material/location_off:")
    return answer.place


def ask_reach() -> int:
    """How far somebody walks."""
    return st.select_slider(
        "How far to walk",
        [int(reach) for reach in REACHES],
        value=USUAL_REACH,
        key=keys.NEAR_ME_REACH,
        format_func=lambda reach: f"{text.say_metres(reach)}, {text.minutes(reach)} min",
        help=text.how_far_to_walk(USUAL_REACH),
        persist_state="session",
    )


def show_where(place: Place, border: Border) -> None:
    """Authority and ICS, and the nearest border."""
    names, council = access.names(), access.councils().get(place.area_code, "")
    st.header("Where it is", anchor=False)
    st.markdown(text.where(place, names, council, figures.london(), dt.date.today()))
    st.markdown(text.nearest_border(border, place, names))


def show_near(place: Place, reach: int, view: View) -> None:
    """The map, and the list that does without it."""
    found, hubs = access.sites_from(place), access.hubs_from(place).head(picture.NEAREST_HUBS)
    listed = found.head(picture.NEAREST)
    marked = pd.concat([listed, hubs], ignore_index=True)
    st.header(text.headline(found, place, reach), anchor=False)
    map_column, list_column = st.columns([1, 1], gap="medium")
    with map_column:
        st.pydeck_chart(_deck(place, reach, marked), height=charts.HEIGHT, key="near_me_map", alt=_ALT)
        tools.show()
        legend = LEGEND.format(
            hub=HUB_SIGN if len(hubs) else "",
            when=access.children().when,
            more=palette.MORE[of_view.theme()],
            how=tools.HOW,
        )
        st.markdown(legend)
    with list_column:
        st.markdown(f"**The {grammar.say_number(picture.NEAREST)} nearest**")
        by_streets = st.toggle(
            f"Show ways by streets, as {DETOUR} times the straight line",
            key=keys.NEAR_ME_STREETS,
            persist_state="session",
        )
        if by_streets:
            st.markdown(f":small[{text.BY_STREETS}]")
        table = text.listed(listed, place, access.names(), reach)
        plain_table.show(text.with_streets(table, listed) if by_streets else table, "near")
        _show_hubs(hubs, place, reach, len(listed) + 1, by_streets=by_streets)
    _offer_picture(place, reach, found, hubs, view)
    st.markdown(text.REGISTER.format(day=dates.say_day(access.register_day())))
    st.markdown(text.METHOD)


def _show_hubs(hubs: pd.DataFrame, place: Place, reach: int, first: int, *, by_streets: bool) -> None:
    """The nearest family hubs, numbered after the centres, and what list they are of."""
    listed = access.hubs()
    if listed is None or hubs.empty:
        return
    st.markdown("**The nearest family hubs**")
    table = text.listed(hubs, place, access.names(), reach, first, "Family hub")
    plain_table.show(text.with_streets(table, hubs) if by_streets else table, "hubs")
    st.markdown(f":small[{text.HUBS.format(day=dates.say_day(listed.day))}]")


def _offer_picture(place: Place, reach: int, found: pd.DataFrame, hubs: pd.DataFrame, view: View) -> None:
    """The map as a file, for whoever ticks that it may show the place."""
    if st.checkbox(
        "I want this map as a file: it shows where the place is, without its postcode",
        key=keys.NEAR_ME_SHOWN,
    ):
        made = picture.exhibit(place, reach, found, hubs, view)
        take_away.offer(made, lambda: made)


_ALT = (
    "Map of the places around the postcode: small areas, borough borders, the nearest centres and a circle "
    "to walk in. The list of the nearest has every value."
)


def _deck(place: Place, reach: int, listed: pd.DataFrame) -> object:
    return charts.deck(
        place,
        reach,
        listed,
        access.ground().areas,
        access.children().when,
        access.shapes(),
        store.read_shapes(BOROUGHS, figures.library().entries),
        of_view.theme(),
        tools.turns(),
    )


def show_differences(place: Place, border: Border, view: View) -> None:
    """What differs between this side of the nearest border and the other."""
    if not (place.is_in_london and border.beyond.startswith("E09")):
        return
    here, there = (access.names()[code] for code in (place.area_code, border.beyond))
    st.header("What differs across that border", anchor=False)
    lines = text.differing(figures.latest(view), here, there, dt.date.today())
    most = lines[: text.MOST_DIFFERENCES]
    said = text.differences(most, here, there)
    if not said:
        st.markdown(
            f"There is no figure of both {grammar.inside(here)} and {grammar.inside(there)} that can be "
            "compared and differs."
        )
        return
    st.markdown(
        f"Of {len(lines)} figures of the last {grammar.say_number(text.RECENT_YEARS)} years that differ, "
        "those with the largest difference for their range in London. They are figures of whole boroughs: "
        "what families right at the border get may differ less, or more, and a small difference in shares of "
        "children may be chance."
    )
    listed = "\n".join(f"- {sentence}" for sentence in said)
    st.markdown(f"{listed}\n\n{notes_sources.small(*cells.explained_in(said, most, [here, there]))}")
    st.page_link(
        "pages/compare.py",
        label=f"Compare {grammar.inside(here)} and {grammar.inside(there)} in all figures",
        icon=":material/compare_arrows:",
        query_params=view.to_params() | {"compare": f"{here},{there}"},
    )
    rows = pd.concat([line.table[line.table["area_name"].isin([here, there])] for line in most])
    notes_sources.show_sources(figures.sources(rows), figures.embedded())


def show_reach(place: Place | None, reach: int, view: View) -> None:
    """What children of the borough and of London reach, and what the border keeps from them."""
    codes = {"London": "London"}
    if place is not None and place.is_in_london:
        codes = {access.names()[place.area_code]: place.area_code} | codes
    st.header("How many children borders matter to", anchor=False)
    found = {name: access.reach_by_borough(method, reach) for method, name in access.METHODS.items()}
    plain = access.reach_by_borough("centres", reach).loc["London"]
    st.markdown(text.without_borders(plain, reach))
    st.markdown(text.wider_borders(access.across_wider_borders(view.vintage), plain["nearest_across"]))
    st.markdown(text.by_deprivation(access.reach_by_deprivation(reach), reach))
    plain_table.show(text.reach_table(found, codes, reach), "reach")
    st.markdown(text.for_each_centre(access.children_for_each_centre(reach), codes, reach))
    used = access.children()
    st.markdown(text.CHILDREN.format(on_day=used.on_day, limits=used.limits))
    st.page_link(
        "pages/map.py",
        label="See on the map, neighbourhood by neighbourhood, how far the nearest centre is",
        icon=":material/map:",
        query_params={"indicator": "access_any_centre", "areas": "small", "vintage": view.vintage},
    )
    st.page_link(
        "pages/what_if.py",
        label="What if a centre closed, one opened, or borders were no barrier?",
        icon=":material/rule:",
    )

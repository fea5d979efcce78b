"""The map of small areas on the page, in place of that of boroughs, and the button that leads to it."""

import streamlit as st

from geo.access.small_areas import UNKNOWN, Figure
from pages.components.charts import palette
from pages.components.data import access, edition, figures, small_areas
from pages.components.data.edition import once, once_for
from pages.components.exhibits import of_view, take_away
from pages.components.small_areas import charts, exhibits, text
from pages.components.state import addresses, browser, keys, session
from pages.components.state.view import View

_MAP = browser.component(__file__, "small_areas_map", "map", style=browser.TOOLS)


def show(view: View) -> None:
    """The map with its finding above it and what it must not be taken for below."""
    figure, exhibit, theme = small_areas.figure_of(view), exhibits.on_page(view), of_view.theme()
    assert figure is not None
    with st.container(gap="xxsmall"):
        st.markdown(f"**{text.said(figure, access.children(), edition.setting()).title}, by small area**")
        beside = text.beside(view.indicator, access.children()) or f"{exhibits.said_when(figure, view)}."
        st.markdown(f":small[{exhibit.title}. {beside}]")
    _MAP(
        key=keys.SMALL_AREAS,
        data={
            "shapes": addresses.of_shapes(small_areas.packed().name),
            "figures": _figures(figure, view.period),
            "drawn": f"{figure} {view.period} {view.ics} {view.vintage} {theme} {view.within}",
            "look": charts.look(theme),
            "chosen": view.borough,
            **charts.in_theme(_shown(view), theme),
        },
    )
    with st.container(gap="xsmall"):
        for remark in text.in_paragraphs(exhibit.remarks, palette.MORE[theme]):
            st.markdown(f":small[{remark}]")
    take_away.offer(exhibit, lambda: of_view.in_file(exhibits.MAP, view))


def show_offer(view: View) -> None:
    """A button from the map of boroughs to that of small areas, or back, where there is such a map."""
    if small_areas.figure_of(view) is None:
        if view.areas == "small":
            st.markdown(":small[Small areas were asked for: this figure is known of boroughs only.]")
        if other := small_areas.MUCH_LIKE.get(view.indicator):
            st.button(
                "Deprivation by small area",
                icon=":material/zoom_in_map:",
                help=text.ANOTHER_INDEX,
                on_click=session.ask,
                kwargs={"indicator": other, "period": figures.london().newest(other), "areas": "small"},
            )
        return
    drawn = small_areas.are_drawn(view)
    st.button(
        "Map of boroughs" if drawn else "See it by small area",
        icon=":material/zoom_out_map:" if drawn else ":material/zoom_in_map:",
        help=None if drawn else "Neighbourhoods, drawn by the Office for National Statistics.",
        on_click=session.ask,
        kwargs={"areas": "boroughs" if drawn else "small"},
    )


@once
def _figures(figure: Figure, period: str) -> str:
    """The values of all small areas, the same in every ICS (charts.figures)."""
    rows, sites = small_areas.rows(figure, period), small_areas.sites(period)
    return charts.figures(figure, rows, sites, access.names(), edition.setting())


@once_for("indicator", "period", "ics")
def _shown(view: View) -> dict:
    """What of the map depends on the ICS and its boundaries."""
    figure = small_areas.figure_of(view)
    assert figure is not None
    within, rows = edition.setting(), small_areas.rows(figure, view.period)
    said = text.said(figure, access.children(), within)
    codes, of = sorted(rows["area_code"].unique()), exhibits.systems(view)
    shown = exhibits.inside(view, rows)
    legend = text.legend(figure, shown, within)
    hatched = [group == UNKNOWN for group in text.groups_in(figure, shown)]
    entries = [entry | {"hatched": is_hatched} for entry, is_hatched in zip(legend, hatched, strict=True)]
    return {
        "label": f"Map of small areas. {said.title}. {exhibits.place_of(view)}.",
        "heading": said.heading,
        "note": text.legend_note(access.children()),
        "legend": entries,
        "fills": {str(group): fill for group, fill in enumerate(said.fills)},
        "unknown": said.unknown,
        "nothing": text.NOTHING,
        "inside": [place for place, code in enumerate(codes) if not view.scope or of.get(code) == view.scope],
        "systems": [of.get(code, "") for code in codes],
        "names": charts.labels(figures.map_layout(), codes),
    }

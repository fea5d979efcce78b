"""The home page: one indicator over London, where each borough stands, and how to take it away."""

import streamlit as st

from pages.components import (
    citations,
    figures,
    making,
    map_view,
    notes,
    report_view,
    reviews_view,
    routing,
    session,
    tables,
    take_away,
    totals_view,
)

routing.require_app()
view = session.current_view()
picture = figures.picture(view)

words_above = st.container()
map_column, chart_column = st.columns([4, 3], gap="medium") if picture.is_ranked else (st.container(), None)
# the map goes to the browser first, because it takes the longest to draw
with map_column:
    map_view.show_map(view)

with words_above:
    st.title(picture.indicator.label, anchor=False)
    # not st.caption, whose grey is a shade too pale to read
    st.markdown(f":small[Beyond Boundaries London · {picture.subtitle}]")
    st.header(picture.headline, anchor=False)
    for remark in picture.remarks:
        st.markdown(remark)
    if picture.has_boroughs:
        notes.show_rank(picture.rows, view.borough, picture.indicator)
        map_view.show_wholes(picture)
        totals_view.show_offer(view)
    else:
        reviews_view.show_what_there_is(view, picture)
if chart_column:
    with chart_column:
        map_view.show_ranking(view)

making.offer_of("", view)
take_away.tables(view, map_view.NUMBERS, also=map_view.for_analysts(view))
if picture.has_boroughs:
    tables.show(
        picture.table_data,
        caption=f"{picture.indicator.label}, {picture.subtitle}",
        chosen=view.borough,
        on_borough=lambda: session.ask(borough=tables.clicked_borough()),
    )
    notes.show_rank_note(picture.rows)
report_view.show_beside_report(view)
st.header("What this figure is", anchor=False)
sources = picture.sources or figures.sources_behind(picture.indicator)
notes.show_definition(picture.indicator, sources, [view.period])
st.markdown(f":small[{citations.boundary_line(figures.boundary_source())}]")

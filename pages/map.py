"""The home page: one indicator over London, where each borough stands, and how to take it away."""

import streamlit as st

from pages.components.charts import table as charts_table
from pages.components.data import figures, small_areas
from pages.components.exhibits import take_away
from pages.components.frame import navigation
from pages.components.map import exhibits
from pages.components.notes import report, reviews, sources as notes_sources, totals
from pages.components.packs import buttons as packs_buttons
from pages.components.small_areas import sections as small_areas_sections
from pages.components.state import keys, session
from pages.components.text import citations

navigation.require_app()
view = session.current_view()
picture = figures.picture(view)

words_above = st.container(gap="xxsmall", key=keys.OPENING)
map_column, chart_column = st.columns([5, 3], gap="medium") if picture.is_ranked else (st.container(), None)
# the map goes to the browser first, because it takes the longest to draw
with map_column:
    if small_areas.are_drawn(view):
        small_areas_sections.show(view)
    else:
        exhibits.show_map(view)
    small_areas_sections.show_offer(view)

with words_above:
    st.title(picture.indicator.label, anchor=False)
    # not st.caption, whose grey is a shade too pale to read
    st.markdown(f":small[{picture.subtitle}]")
    st.header(picture.headline, anchor=False)
    if picture.has_boroughs:
        notes_sources.show_rank(picture, view.borough)
    else:
        reviews.show_what_there_is(view, picture)
if chart_column:
    with chart_column:
        exhibits.show_ranking(view)

# below the map, so that it is on the first screen
# what there is not in every view is in a container, so that what follows it has one place in all
with st.container():
    exhibits.show_wholes(picture)
    notes_sources.show_remarks(picture)
    totals.show_offer(view)
packs_buttons.offer_of("", view)
take_away.tables(view, exhibits.NUMBERS)
with st.container():
    if picture.has_boroughs:
        charts_table.show(
            picture.contents,
            caption=f"{picture.indicator.label}, {picture.subtitle}",
            chosen=view.borough,
            on_borough=lambda name: session.ask(borough=name),
        )
        notes_sources.show_rank_note(picture)
    report.show_beside_report(view)
st.header("What this figure is", anchor=False)
sources = picture.sources or figures.sources_behind(picture.indicator)
notes_sources.show_definition(picture.indicator, sources, [view.period])
st.markdown(f":small[{citations.boundary_line(figures.boundary_source())}]")

"""The home page: one indicator over London, where each borough stands, and how to take it away."""

import streamlit as st

from pages.components import downloads, drawing, figures, notes, routing, sidebar, tables

routing.require_app()
view = sidebar.current_view()
picture = figures.picture(view)

st.title(picture.indicator.label, anchor=False)
st.caption(picture.subtitle)
st.subheader(picture.headline, anchor=False)
for remark in picture.remarks:
    st.markdown(remark)
drawing.show_wholes(picture)

if picture.is_ranked:
    map_column, chart_column = st.columns([4, 3], gap="medium")
    with chart_column:
        drawing.show_ranking(picture)
else:
    map_column = st.container()
with map_column:
    drawing.show_map(picture, view)

downloads.offer(picture, view)
tables.show(picture, view, on_borough=lambda: sidebar.ask(borough=tables.clicked_borough()))
notes.show_definition(picture.indicator, picture.sources)

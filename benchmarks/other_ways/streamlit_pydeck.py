"""The map by Streamlit's pydeck chart, with the colours worked out on the server as pydeck's examples do."""

import pydeck
import streamlit as st

from benchmarks.other_ways import CHOICES, LABEL, shapes, values

choice = st.selectbox(LABEL, CHOICES, width=300)
boroughs = shapes()
of_borough = dict(values(choice).itertuples(index=False))
for feature in boroughs["features"]:
    feature["properties"]["fill"] = [8, 48 + 5 * of_borough[feature["id"]], 107]
layer = pydeck.Layer("GeoJsonLayer", boroughs, get_fill_color="properties.fill", stroked=True)
where = pydeck.ViewState(latitude=51.49, longitude=-0.1, zoom=9)
st.pydeck_chart(pydeck.Deck([layer], initial_view_state=where, map_style=None), height=600, key="map")

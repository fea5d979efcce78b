"""The least that Streamlit can do: one choropleth and one choice, to measure the real page against."""

import json

import altair as alt
import pandas as pd
import streamlit as st

from data_loaders.store import SNAPSHOT

topology = json.loads((SNAPSHOT / "boroughs_screen.topojson").read_text())
codes = [shape["properties"]["area_code"] for shape in topology["objects"]["boroughs"]["geometries"]]
choice = st.selectbox("Indicator", range(20))
values = pd.DataFrame(
    {"area_code": codes, "value": [(place * 7 + choice) % 33 for place in range(len(codes))]}
)

shapes = alt.NamedData("boroughs", format=alt.TopoDataFormat(type="topojson", feature="boroughs"))
lookup = alt.LookupData(alt.NamedData("values"), key="area_code", fields=["value"])
chart = (
    alt.Chart(shapes, width="container", height=600)
    .transform_calculate(area_code="datum.properties.area_code")
    .transform_lookup("area_code", from_=lookup)
    .transform_calculate(spoken="datum.area_code + ' ' + datum.value")
    .mark_geoshape()
    .encode(color="value:Q", description="spoken:N")
)
st.vega_lite_chart(spec=chart.to_dict() | {"datasets": {"boroughs": topology, "values": values}}, key="map")

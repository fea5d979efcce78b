"""The map by Streamlit's Plotly chart."""

import plotly.express as px
import streamlit as st

from benchmarks.other_ways import CHOICES, LABEL, PLOTLY, shapes, values

choice = st.selectbox(LABEL, CHOICES, width=300)
figure = px.choropleth_map(values(choice), geojson=shapes(), **PLOTLY)
st.plotly_chart(figure, key="map")

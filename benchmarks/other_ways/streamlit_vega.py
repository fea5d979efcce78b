"""The map by Streamlit's Vega-Lite chart."""

import streamlit as st

from benchmarks.other_ways import CHOICES, LABEL, values, vega_lite

choice = st.selectbox(LABEL, CHOICES, width=300)
st.vega_lite_chart(spec=vega_lite() | {"datasets": {"values": values(choice)}}, key="map")

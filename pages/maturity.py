"""Maturity: how partnerships rate themselves, on the map, by question and by ICS."""

import streamlit as st

from pages.components import collect_view, maturity_view, routing, saving_view, sidebar, survey_state

routing.require_app()
view = sidebar.current_view()
waves = survey_state.waves(view)

st.title("Maturity of partnerships", anchor=False)
sidebar.switch(
    "demo",
    "Show a demonstration with made-up answers",
    view,
    help="No authority's real answer is public. The demonstration draws answers at random.",
)
if waves:
    wave = maturity_view.choose(view, waves)
    if wave.about:
        st.markdown(wave.about)
    maturity_view.show_map(wave, view)
    maturity_view.show_distribution(wave, view)
    maturity_view.show_borough(wave, view)
    maturity_view.show_changes(wave, waves)
    maturity_view.show_all_questions(wave)
    maturity_view.offer(wave, view)
else:
    collect_view.say_that_there_are_none(view)
collect_view.show_template(view)
collect_view.show_upload(view)
saving_view.show()

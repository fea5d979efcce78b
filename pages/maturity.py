"""Maturity: how partnerships rate themselves, on the map, by question, by ICS and beside services."""

import streamlit as st

from pages.components.answers import save as answers_save, upload as answers_upload, waves as answers_waves
from pages.components.exhibits import take_away
from pages.components.frame import navigation
from pages.components.maturity import (
    changes,
    files,
    groups,
    heat,
    map as maturity_map,
    profile,
    provision_and_reach,
    question,
)
from pages.components.state import controls, session

navigation.require_app()
view = session.current_view()
waves = answers_waves.waves(view)

st.title("Maturity of partnerships", anchor=False)
controls.switch(
    "demo",
    "Show a demonstration with made-up answers",
    view,
    help="No authority's real answer is public. The demonstration draws answers at random.",
)

with st.container():
    if waves:
        wave = question.choose(view, waves)
        earlier = changes.before(wave, waves)
        if wave.about:
            st.markdown(wave.about)
        maturity_map.show(wave, view)
        groups.show(wave, view)
        provision_and_reach.show(wave, view)
        profile.show(wave, view)
        heat.show(wave, view)
        changes.show(wave, earlier, view)
        take_away.tables(view, files.ANSWERS)
    else:
        answers_upload.say_that_there_are_none(view)
answers_upload.show_template(view)
answers_upload.show_upload(view)
answers_save.show()

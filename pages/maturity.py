"""Maturity: how partnerships rate themselves, on the map, by question, by ICS and beside services."""

import streamlit as st

from pages.components import (
    collect_view,
    controls,
    maturity_changes,
    maturity_files,
    maturity_groups,
    maturity_heat,
    maturity_map,
    maturity_profile,
    maturity_together,
    maturity_view,
    routing,
    saving_view,
    session,
    survey_state,
    take_away,
)

routing.require_app()
view = session.current_view()
waves = survey_state.waves(view)

st.title("Maturity of partnerships", anchor=False)
controls.switch(
    "demo",
    "Show a demonstration with made-up answers",
    view,
    help="No authority's real answer is public. The demonstration draws answers at random.",
)
if waves:
    wave = maturity_view.choose(view, waves)
    earlier = maturity_changes.before(wave, waves)
    if wave.about:
        st.markdown(wave.about)
    maturity_map.show(wave, view)
    maturity_groups.show(wave, view)
    maturity_together.show(wave, view)
    maturity_profile.show(wave, view)
    maturity_heat.show(wave, view)
    maturity_changes.show(wave, earlier, view)
    take_away.tables(view, maturity_files.ANSWERS)
else:
    collect_view.say_that_there_are_none(view)
collect_view.show_template(view)
collect_view.show_upload(view)
saving_view.show()

"""Self-evaluation: a borough's partnership goes through the twelve enablers together."""

import streamlit as st

from pages.components.frame import keeping, navigation
from pages.components.self_evaluation import form, sections, state
from pages.components.state import session

navigation.require_app()
view = session.current_view()

st.html(sections.STYLE)
if not view.borough:
    st.title("Self-evaluation of the twelve enablers", anchor=False)
    sections.choose_borough()
else:
    evaluation = state.current(view.borough)
    st.title(f"{view.borough}: self-evaluation of the twelve enablers", anchor=False)
    st.info(sections.NOTICE, icon=":material/lock:")
    keeping.say(state.DRAFTS, view.borough)
    questions, profile = st.columns(2, gap="medium")
    with questions, st.container(key="enablers"):
        form.ask_enablers(evaluation)
    with profile:
        sections.show_profile(evaluation)
    sections.show_learning(evaluation)
    form.ask_level(evaluation)
    sections.offer(evaluation)
    form.offer_to_start_again(view.borough)
form.offer_to_carry_on()

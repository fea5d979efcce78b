"""Self-evaluation: a borough's partnership goes through the twelve enablers together."""

import streamlit as st

from pages.components import (
    keeping,
    routing,
    self_evaluation_form,
    self_evaluation_state,
    self_evaluation_view,
    session,
)

routing.require_app()
view = session.current_view()

st.html(self_evaluation_view.STYLE)
if not view.borough:
    st.title("Self-evaluation of the twelve enablers", anchor=False)
    self_evaluation_view.choose_borough(view)
else:
    evaluation = self_evaluation_state.current(view.borough)
    st.title(f"{view.borough}: self-evaluation of the twelve enablers", anchor=False)
    st.info(self_evaluation_view.NOTICE, icon=":material/lock:")
    keeping.say(self_evaluation_state.DRAFTS, view.borough)
    form, profile = st.columns(2, gap="medium")
    with form, st.container(key="enablers"):
        self_evaluation_form.ask_enablers(evaluation)
    with profile:
        self_evaluation_view.show_profile(evaluation)
    self_evaluation_view.show_learning(evaluation)
    self_evaluation_form.ask_level(evaluation)
    self_evaluation_view.offer(evaluation)
    self_evaluation_form.offer_to_start_again(view.borough)
self_evaluation_form.offer_to_carry_on()

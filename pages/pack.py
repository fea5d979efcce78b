"""My pack: what somebody has picked out on other pages, in an order, as files for a meeting or a paper."""

import streamlit as st

from pages.components.frame import keeping, navigation
from pages.components.pack import sections
from pages.components.packs import registry
from pages.components.state import basket as state_basket
from pages.components.text import markdown

navigation.require_app()
pack = state_basket.settle(registry.EXHIBITS)

st.title("My pack", anchor=False)
keeping.say(state_basket.DRAFT)
for problem in state_basket.problems():
    st.warning(markdown.verbatim(problem), icon=":material/link_off:")
if pack.items:
    found = sections.chosen(pack)
    sections.show_title(pack)
    sections.show_refresh(pack)
    sections.offer_files(found, pack)
    st.header("What is in it", anchor=False)
    sections.show_exhibits(found, pack)
else:
    st.markdown(sections.HOW_TO_ADD)
sections.offer_to_keep(pack)
state_basket.write_link()

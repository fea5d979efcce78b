"""My pack: what somebody has picked out on other pages, in an order, as files for a meeting or a paper."""

import streamlit as st

from pages.components import basket, keeping, pack_view, registry, routing

routing.require_app()
pack = basket.settle(registry.PIECES)

st.title("My pack", anchor=False)
keeping.say(basket.DRAFT)
for problem in basket.problems():
    st.warning(problem, icon=":material/link_off:")
if pack.items:
    found = pack_view.chosen(pack)
    pack_view.show_title(pack)
    pack_view.offer_files(found, pack)
    st.header("What is in it", anchor=False)
    pack_view.show_pieces(found, pack)
else:
    st.markdown(pack_view.HOW_TO_ADD)
pack_view.offer_to_keep(pack)
basket.write_link()

"""What to look at in place of a total, of which a larger borough has more."""

import streamlit as st

from pages.components import figures, sidebar
from pages.components.view import View


def show_offer(view: View) -> None:
    """A button that leads from a total to the figure that can be compared; nothing where there is none."""
    london = figures.london()
    rate = london.rates.get(view.indicator)
    if rate:
        label = london.catalogue.indicators[rate].label
        st.button(
            f"Look at {label[0].lower()}{label[1:]} instead",
            help="A total is larger where there are more children: this figure can be compared.",
            on_click=sidebar.ask,
            kwargs={"indicator": rate},
        )

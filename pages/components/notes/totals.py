"""What to look at in place of a total, of which more can be expected where more children live."""

import streamlit as st

from pages.components.data import figures
from pages.components.state import session
from pages.components.state.part import part
from pages.components.state.view import View


@part
def show_offer(view: View) -> None:
    """A button that leads from a total to the figure that can be compared; nothing where there is none."""
    rate = figures.london().rates.get(view.indicator)
    if rate:
        st.button(
            f"Look at {rate.said} instead",
            help="Of a total, more can be expected where more children live: this figure can be compared.",
            on_click=session.ask,
            kwargs={"indicator": rate.indicator_id},
        )

"""How the pages look, on the screen and on paper: the rules of style.css, in the colours of the theme."""

from pathlib import Path

import streamlit as st

from pages.components import drawing, palette

_RULES = Path(__file__).with_name("style.css").read_text(encoding="utf-8")


def apply() -> None:
    """Lay the rules on the page."""
    page = palette.THEMES[drawing.theme()]["page"]
    st.html(f"<style>:root {{ --page: {page}; }}\n{_RULES}</style>")

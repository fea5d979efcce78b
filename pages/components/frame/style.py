"""How the pages look, on the screen and on paper: the rules of style.css, in the colours of the theme."""

from pathlib import Path

import streamlit as st

from pages.components.charts import palette
from pages.components.exhibits import drawing

_RULES = Path(__file__).with_name("style.css").read_text(encoding="utf-8")


def apply() -> None:
    """Lay the rules on the page."""
    theme = drawing.theme()
    page = palette.THEMES[theme]["page"]
    on_paper = _light_on_paper() if theme == "dark" else ""
    st.html(f"<style>:root {{ --page: {page}; }}\n{_RULES}{on_paper}</style>")


def _light_on_paper() -> str:
    """Rules that print a dark page in the colours of the light one, on white paper and readable."""
    dark, light = palette.THEMES["dark"], palette.THEMES["light"]
    swaps = {dark[name]: light[name] for name in reversed(light)}
    drawn = "\n".join(
        f'  svg [{paint}="{old}" i] {{ {paint}: {new} !important; }}'
        for old, new in swaps.items()
        for paint in ("fill", "stroke")
        if old != new
    )
    return f"""@media print {{
  * {{ --st-text-color: {light["text"]} !important; --st-background-color: {light["page"]} !important; }}
  :is(html, body, [data-testid="stApp"], [data-testid="stApp"] :not(svg, svg *)) {{
    color: {light["text"]} !important;
    background-color: {light["page"]} !important;
  }}
{drawn}
}}
"""

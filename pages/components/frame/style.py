"""How the pages look, on screen and paper: what style.css leaves to the page and to its theme."""

import streamlit as st

from pages.components.charts import palette
from pages.components.exhibits import of_view
from pages.components.frame.navigation import PAGES, Page
from pages.exports import colours


def apply(page: Page) -> None:
    """Name the theme's colours for style.css, and mark the page's group in the menu."""
    theme = of_view.theme()
    named = "".join(f"--{name}: {colour}; " for name, colour in named_colours(theme).items())
    on_paper = _light_on_paper() if theme == "dark" else ""
    st.html(f"<style>:root {{ {named}}}\n{_marked(page)}{on_paper}</style>")


def _marked(page: Page) -> str:
    """Rules for the group of a page in the menu: Streamlit marks only pages, in a menu that is open."""
    if not page.group:
        return ""
    place = list(dict.fromkeys(each.group for each in PAGES)).index(page.group) + 1
    return f"""[data-testid="stTopNav"] > :nth-child({place}) button {{
  font-weight: 600;
  box-shadow: inset 0 -3px var(--st-primary-color);
}}
"""


def named_colours(theme: str) -> dict[str, str]:
    """The colours of style sheets that the theme of Streamlit has no name for."""
    return {
        "page": palette.THEMES[theme]["page"],
        "marked": palette.HIGHLIGHT[1][0],
        "alarm": colours.PLUM,
        "on-alarm": colours.WHITE,
    }


def _light_on_paper() -> str:
    """Rules that print a dark page in the colours of the light one, on white paper and readable."""
    dark, light = palette.THEMES["dark"], palette.THEMES["light"]
    swaps = {night: fill for fill, night in palette.IN_THE_DARK.items()}
    swaps |= {dark[name]: light[name] for name in reversed(light)}
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

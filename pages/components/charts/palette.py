"""Colours, as tables: fills with the ink that is readable on them, and the two themes.

Hues from the Government Analysis Function's palettes, the sequential one extended towards white.
"""

# class fills from the lowest to the highest, by number of classes
SEQUENTIAL = {
    1: ["#6BACE6"],
    2: ["#C6DDF2", "#12436D"],
    3: ["#C6DDF2", "#6BACE6", "#12436D"],
    4: ["#C6DDF2", "#6BACE6", "#2073BC", "#12436D"],
    5: ["#DCEAF7", "#A9CDEE", "#6BACE6", "#2073BC", "#12436D"],
}
CATEGORICAL = ["#12436D", "#A3DBD7", "#F4C9A8", "#A285D1"]
COMPARISON = {"better": "#28A197", "similar": "#D9D9D9", "worse": "#F46A25", "not_compared": "#FFFFFF"}
# lines told apart by colour and by the shape of their points
LINES = {
    "light": ["#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1"],
    "dark": ["#6BACE6", "#28A197", "#F2A7CF", "#F46A25", "#D0D0D0", "#A285D1"],
}
OUTSIDE = "outside"  # not a colour: each theme has its own
MISSING = "#FFFFFF"
# an answer that was given and may not be shown; and one that has no place on the scale
WITHHELD, BESIDE_THE_SCALE = "#CFCFCF", "#F2EAD8"
HATCHED = {MISSING, WITHHELD}
HATCH = "#6B6B6B"
DARK_INK = "#1D1D1D"
LIGHT_INK = "#FFFFFF"
NEEDS_LIGHT_INK = {"#12436D", "#2073BC"}
CASING = "#FFFFFF"
# lines drawn one over the other: colour and width in pixels
FOOTPRINT = ((CASING, 4.5), (DARK_INK, 2.0))
HIGHLIGHT = ((DARK_INK, 6.0), ("#F46A25", 3.5))

# text, muted text, rules of the benchmarks, page (as in .streamlit/config.toml), places outside the ICS
THEMES = {
    "light": {
        "text": "#1D1D1D",
        "muted": "#4A4A4A",
        "london": "#801650",
        "england": "#3D3D3D",
        "page": "#FFFFFF",
        "outside": "#E8E8E8",
        "outside_edge": "#BDBDBD",
    },
    "dark": {
        "text": "#F5F5F5",
        "muted": "#D0D0D0",
        "london": "#F2A7CF",
        "england": "#D0D0D0",
        "page": "#11151C",
        "outside": "#3A424E",
        "outside_edge": "#6B7480",
    },
}
# size of type in pixels: on the page, and on a screen of 1920 by 1080 that is read from the end of a room
TEXT = {"page": 12, "meeting": 24}
# as the browser gets it from Streamlit, and as it is bundled for pictures and documents (pages/exports/fonts)
FONT = '"Source Sans", "Source Sans Pro", "Liberation Sans", Arial, sans-serif'


def paint(theme: str) -> str:
    """A Vega expression for the fill of a row."""
    return f"datum.fill == '{OUTSIDE}' ? '{THEMES[theme]['outside']}' : datum.fill"


def ink(fill: str) -> str:
    """The text colour that is readable on a fill (at least 4.5 to 1)."""
    return LIGHT_INK if fill in NEEDS_LIGHT_INK else DARK_INK


def config(theme: str, size: str = "page", **more: object) -> dict:
    """What all charts have in common: type, colours of text and grid, no frame; and `more` for this one.

    `size` is a name of TEXT.
    """
    colours = THEMES[theme]
    axis = {
        "labelColor": colours["text"],
        "titleColor": colours["text"],
        "gridColor": colours["muted"],
        "domainColor": colours["muted"],
        "labelFontSize": TEXT[size],
        "titleFontSize": TEXT[size],
        "titleFontWeight": "normal",
        "titleLimit": 400,
    }
    legend = {"labelColor": colours["text"], "titleColor": colours["text"], "labelFontSize": TEXT[size]}
    return {
        "font": FONT,
        "background": "transparent",
        "padding": 4,
        "view": {"stroke": None},
        "axis": axis,
        "legend": legend,
        **more,
    }

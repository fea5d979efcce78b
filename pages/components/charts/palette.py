"""What colours mean: fills with the ink that is readable on them, lines, and the two themes."""

from pages.exports import colours

# class fills from the lowest to the highest, by number of classes
SEQUENTIAL = {
    1: [colours.LIGHT_BLUE],
    2: [colours.PALER_BLUE, colours.DARK_BLUE],
    3: [colours.PALER_BLUE, colours.LIGHT_BLUE, colours.DARK_BLUE],
    4: [colours.PALER_BLUE, colours.LIGHT_BLUE, colours.BLUE, colours.DARK_BLUE],
    5: [colours.PALEST_BLUE, colours.PALE_BLUE, colours.LIGHT_BLUE, colours.BLUE, colours.DARK_BLUE],
}
# about zero: from furthest below it, over zero itself, to furthest above it; as dark as they are far from it
DIVERGING = [
    *(colours.DARK_BROWN, colours.BROWN, colours.PALE_ORANGE),
    colours.CREAM,
    *(colours.PALE_BLUE, colours.BLUE, colours.DARK_BLUE),
]
CATEGORICAL = [colours.DARK_BLUE, colours.PALE_TEAL, colours.PALE_ORANGE, colours.PURPLE]
COMPARISON = {
    "better": colours.TEAL,
    "similar": colours.LINE,
    "worse": colours.ORANGE,
    "not_compared": colours.WHITE,
}
# of a value that speaks neither for nor against a place
NEUTRAL = colours.LIGHT_BLUE
# lines told apart by colour, whichever colours somebody sees, from each other and from those of London and
# England (THEMES), and by the shape of their points
LINES = {
    "light": [colours.DARK_BLUE, colours.TEAL, colours.OLIVE, colours.ORANGE, colours.HATCH, colours.PURPLE],
    "dark": [
        colours.LIGHT_BLUE,
        colours.GREEN,
        colours.YELLOW,
        colours.ORANGE,
        colours.BORDER,
        colours.VIOLET,
    ],
}
OUTSIDE = "outside"  # not a colour: each theme has its own
MISSING = colours.WHITE
# an answer that was given and may not be shown; and one that has no place on the scale
WITHHELD, BESIDE_THE_SCALE = colours.WITHHELD, colours.SAND
HATCHED = {MISSING, WITHHELD}
HATCH = colours.HATCH
DARK_INK = colours.INK
LIGHT_INK = colours.WHITE
NEEDS_LIGHT_INK = {colours.DARK_BLUE, colours.BLUE, colours.DARK_BROWN, colours.BROWN}
CASING = colours.WHITE
# lines drawn one over the other: colour and width in pixels
FOOTPRINT = ((CASING, 4.5), (DARK_INK, 2.0))
HIGHLIGHT = ((DARK_INK, 6.0), (colours.ORANGE, 3.5))

# text, muted text, rules of the benchmarks, page (as in .streamlit/config.toml), places outside the ICS
THEMES = {
    "light": {
        "text": colours.INK,
        "muted": colours.GREY_INK,
        "london": colours.RASPBERRY,
        "england": colours.INK,
        "page": colours.WHITE,
        "outside": colours.OUTSIDE,
        "outside_edge": colours.RULE,
    },
    "dark": {
        "text": colours.NEAR_WHITE,
        "muted": colours.PALE_INK,
        "london": colours.PINK,
        "england": colours.NEAR_WHITE,
        "page": colours.NIGHT,
        "outside": colours.NIGHT_OUTSIDE,
        "outside_edge": colours.NIGHT_EDGE,
    },
}
# Fills as they are drawn on a dark page: few or none, which is near a white page, is near the dark one, and
# the most is far from it. Each has one of its own, so that paper can be given the light ones back
# (frame/style.py). What is not here is the same on both: the middle blue, and the colours of verdicts.
IN_THE_DARK = {
    colours.PALEST_BLUE: colours.NIGHT_PALEST_BLUE,
    colours.PALER_BLUE: colours.NIGHT_PALER_BLUE,
    colours.PALE_BLUE: colours.NIGHT_PALE_BLUE,
    colours.BLUE: colours.NIGHT_BLUE,
    colours.DARK_BLUE: colours.NIGHT_DARK_BLUE,
    colours.PALE_ORANGE: colours.NIGHT_PALE_ORANGE,
    colours.BROWN: colours.NIGHT_BROWN,
    colours.DARK_BROWN: colours.NIGHT_DARK_BROWN,
    colours.CREAM: colours.NIGHT_CREAM,
    colours.WATER: colours.NIGHT_WATER,
    BESIDE_THE_SCALE: colours.NIGHT_SAND,
    WITHHELD: colours.NIGHT_PANEL,
    MISSING: colours.NIGHT,
}
# on them, by whether they are dark on a light page; paper, which turns fills back, turns these as well
_NIGHT_INKS = {True: THEMES["dark"]["page"], False: THEMES["dark"]["text"]}
_INKS_IN_THE_DARK = {night: _NIGHT_INKS[fill in NEEDS_LIGHT_INK] for fill, night in IN_THE_DARK.items()}
# which way classes run that say so in words: towards what is the most
MORE = {"light": "darker", "dark": "paler"}
# size of type in pixels: on the page, and on a screen of 1920 by 1080 that is read from the end of a room
TEXT = {"page": 12, "meeting": 30}
# as the browser gets it from Streamlit, and as it is bundled for pictures and documents (pages/exports/fonts)
FONT = '"Source Sans", "Source Sans Pro", "Liberation Sans", Arial, sans-serif'


def in_theme(fill: str, theme: str) -> str:
    """A fill as it is drawn in a theme."""
    return IN_THE_DARK.get(fill, fill) if theme == "dark" else fill


# Rows are the same for both themes, so a specification for the dark looks their fills up: in a table that is
# in it once, because every layer of labels needs it.
_TABLE = "in_the_dark"


def params(theme: str) -> list[dict]:
    """The parameters that a specification with paint() or ink_of_row() needs."""
    return [{"name": _TABLE, "value": IN_THE_DARK}] if theme == "dark" else []


def paint(theme: str) -> str:
    """A Vega expression for the fill of a row."""
    fill = f"{_TABLE}[datum.fill] || datum.fill" if theme == "dark" else "datum.fill"
    return f"datum.fill == '{OUTSIDE}' ? '{THEMES[theme]['outside']}' : {fill}"


def ink_of_row() -> str:
    """A Vega expression for the ink that is readable on the fill of a row in the dark."""
    turned = f"datum.ink == '{LIGHT_INK}' ? '{_NIGHT_INKS[True]}' : '{_NIGHT_INKS[False]}'"
    return f"{_TABLE}[datum.fill] ? ({turned}) : datum.ink"


def ink(fill: str) -> str:
    """The text colour that is readable on a fill of either theme (at least 4.5 to 1)."""
    return _INKS_IN_THE_DARK.get(fill) or (LIGHT_INK if fill in NEEDS_LIGHT_INK else DARK_INK)


def config(theme: str, size: str = "page", **more: object) -> dict:
    """What all charts have in common: type, colours of text and grid, no frame; and `more` for this one.

    `size` is a name of TEXT.
    """
    own = THEMES[theme]
    axis = {
        "labelColor": own["text"],
        "titleColor": own["text"],
        "gridColor": own["muted"],
        "domainColor": own["muted"],
        "labelFontSize": TEXT[size],
        "titleFontSize": TEXT[size],
        "titleFontWeight": "normal",
        "titleLimit": 400,
        # numbers that all but touch are read as one
        "labelSeparation": 8,
    }
    legend = {"labelColor": own["text"], "titleColor": own["text"], "labelFontSize": TEXT[size]}
    return {
        "font": FONT,
        "background": "transparent",
        "padding": 4,
        "view": {"stroke": None},
        "axis": axis,
        "legend": legend,
        **more,
    }

"""Every colour there is, by name, once.

Hues from the Government Analysis Function's palettes, the blues extended towards white; and browns, as light
and dark as the blues, for what lies below zero. Charts, pages, pictures, slides and papers take them from
here. The files that cannot (.streamlit/config.toml, paper.typ, the table of the brand) have no colour that is
not here, and tests hold them to it.
"""

INK, GREY_INK, MID_GREY = "#1D1D1D", "#4A4A4A", "#3D3D3D"
WHITE, NIGHT, NEAR_WHITE, PALE_INK = "#FFFFFF", "#11151C", "#F5F5F5", "#D0D0D0"
# from the palest to the darkest
BLUES = ("#DCEAF7", "#C6DDF2", "#A9CDEE", "#6BACE6", "#2073BC", "#12436D")
PALEST_BLUE, PALER_BLUE, PALE_BLUE, LIGHT_BLUE, BLUE, DARK_BLUE = BLUES
ORANGE, PALE_ORANGE = "#F46A25", "#F4C9A8"
TEAL, PALE_TEAL = "#28A197", "#A3DBD7"
PURPLE, PLUM, PINK = "#A285D1", "#801650", "#F29CB8"
RASPBERRY, OLIVE = "#8C2048", "#65560B"
# lines on a dark page
GREEN, YELLOW, VIOLET = "#8FD694", "#ECE05A", "#6C75DA"
SAND = "#F2EAD8"
CREAM, BROWN, DARK_BROWN = "#FBF6D3", "#A9601F", "#5E3008"
# greys from the palest to the darkest
WATER, STRIPE, OUTSIDE, LINE, WITHHELD = "#F4F4F4", "#F3F5F7", "#E8E8E8", "#D9D9D9", "#CFCFCF"
RULE, BORDER, HATCH = "#BDBDBD", "#8A8A8A", "#6B6B6B"
# as spreadsheets write what can be followed
HYPERLINK = "#0563C1"
# on a dark page
NIGHT_PANEL, NIGHT_OUTSIDE, NIGHT_EDGE, NIGHT_LINK = "#1C222C", "#3A424E", "#6B7480", "#8FC3F0"
# there, each in place of that without NIGHT: the nearer that is to white, the nearer this is to the page
NIGHT_PALEST_BLUE, NIGHT_PALER_BLUE, NIGHT_PALE_BLUE = "#164A78", "#1D5588", "#286AA8"
NIGHT_BLUE, NIGHT_DARK_BLUE = "#AFD2F0", "#E3EFFA"
NIGHT_PALE_ORANGE, NIGHT_BROWN, NIGHT_DARK_BROWN = "#96541C", "#F0CFB2", "#FBEBDD"
NIGHT_CREAM, NIGHT_SAND, NIGHT_WATER = "#443F1A", "#4B4436", "#262D38"


def digits(colour: str) -> str:
    """The six digits of a colour, as slides and documents write it."""
    return colour.removeprefix("#")

"""How high pictures may be on paper, all of them as wide as its text."""

from typing import NamedTuple

from pages.exports.exhibit import Exhibit

# layout pixels at which a picture is drawn for the width of the text
WIDTH = 760
# layout pixels of the height of a chart, and of a map, which has no names where it is lower
_LOW, _USUAL, _HIGH = 240.0, 300.0, 440.0
_MAP = 430.0
# around the rows of a chart; how much higher rows may be
_AXES, _STRETCH = 60, 1.25


class Heights(NamedTuple):
    """Heights of a picture in layout pixels: from which it can be read, the usual one, and the highest."""

    least: float
    usual: float
    most: float


def heights(exhibit: Exhibit) -> Heights:
    """How high an exhibit with a drawing may be; one of many rows takes what it needs."""
    if exhibit.height:
        whole = exhibit.height(WIDTH)
        return Heights(min(whole, _MAP), min(whole, _MAP), whole)
    if rows := _rows_high(exhibit):
        usual = max(_USUAL, rows)
        return Heights(min(usual, max(_LOW, rows)), usual, usual * _STRETCH)
    return Heights(_LOW, _USUAL, _HIGH)


def likely_key(exhibit: Exhibit) -> str:
    """What probably stands below a map of the usual height for its codes, known only when it is drawn."""
    if not exhibit.height or exhibit.least_width:
        return ""
    wide = min(WIDTH, heights(exhibit).usual / exhibit.height.slope)
    return exhibit.key_of({area.code for area in exhibit.keyed if wide < area.until})


def _rows_high(exhibit: Exhibit) -> float:
    """The layout pixels that a chart takes whose rows have a height of their own; 0 for others."""
    assert exhibit.drawing is not None
    height = exhibit.drawing["height"]
    if not isinstance(height, dict):
        return 0
    fields = {layer["encoding"].get("y", {}).get("field") for layer in exhibit.drawing["layer"]}
    columns = [rows[field] for rows in exhibit.rows.values() for field in fields & {*rows.column_names}]
    count: int = max((len(column.unique()) for column in columns), default=0)
    return count * height["step"] + _AXES

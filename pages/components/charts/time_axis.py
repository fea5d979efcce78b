"""Time as a scale: axes on which equal distances are equal times, and the marks where the basis changes."""

import json
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import pandas as pd

from data_loaders.catalogue import Indicator
from geo.tables.timeline import Timeline
from pages.components.charts import palette, parts
from pages.components.charts.parts import Chart
from pages.components.text import dates

# at most so many names of periods on an axis, so that none covers another
MOST_LABELS = 10
# pixels that a letter of a name on an axis takes, with the space between two names
LETTER = 7
# and a letter of the name of a line; of the chart, names behind lines have at most this share
NAME_LETTER, MOST_ROOM = 6.7, 0.68
# letters in a line of a title below the axis, on a phone too
TITLE_LETTERS = 32
# pixels: where a chart is narrower, the word at a break stands in two lines
NARROW = 400
# pixels between the axis of values and the first period
EDGE = 12
# and those that the names of an axis of values take at least
BESIDE = 20
# units of which a larger value is more of something: their axes start at nothing
AMOUNTS = ("count", "change", "per_10k", "pounds", "pounds_per_child")
# percentages, scores and averages start elsewhere only where the lowest is at least this share of the highest
FAR_FROM_ZERO = 1 / 3
NOT_ZERO = "The scale does not start at 0"
IN_BRACKETS = "In brackets: how many of the {} boroughs have a figure"


def at(period_end: pd.Timestamp) -> float:
    """Where a period stands on the axis: the beginning of its last day in Greenwich, as Vega counts.

    Milliseconds from 1970, a number: dates as text are not read of rows that come after the drawing.
    """
    return float(period_end.value // 1_000_000)


def labelled(times: Timeline, most: int = MOST_LABELS) -> list[str]:
    """The periods that are named on an axis of these, the earliest first: about as many as `most`.

    The newest and the first are, and the first of each basis and as many others as there is room for.
    """
    periods, ends = times.periods, dict(zip(times.periods, times.rows["period_end"], strict=True))
    least = (ends[periods[-1]] - ends[periods[0]]) / most
    chosen: list[str] = []
    for period in [periods[-1], periods[0], *times.starts, *reversed(periods)]:
        if all(abs(ends[period] - ends[other]) >= least for other in chosen) and period not in chosen:
            chosen.append(period)
    return sorted(chosen, key=periods.index)


def names(times: Timeline, indicator: Indicator, places: Mapping[str, int]) -> dict[str, str]:
    """What each period is called on an axis, with how many boroughs have a figure where `places` tells."""
    return {
        period: dates.period_label(period, indicator) + (f" ({places[period]})" if places else "")
        for period in times.periods
    }


def channel(
    times: Timeline, indicator: Indicator, room: str, places: Mapping[str, int] | None = None, of: int = 0
) -> dict:
    """The horizontal channel: the field `at` on a scale of time, with the periods' own names.

    `room` is an expression of how many pixels are left free behind the newest period. `places` are how many
    of the `of` boroughs have a figure in each period, where that is to be said.
    """
    named = labelled(times)
    ends = times.rows.set_index("period")["period_end"]
    moments = [at(ends[period]) for period in named]
    called = names(times, indicator, places or {})
    said = [called[period] for period in named]
    axis = {
        "title": textwrap.wrap(IN_BRACKETS.format(of), TITLE_LETTERS) if places else None,
        # as an expression: a list would be written as dates, which the browser's interpreter misreads
        "values": {"expr": json.dumps(moments)},
        **_labels(moments, said, room),
        "labelOverlap": True,
        "labelFlush": False,
        "grid": False,
    }
    return parts.of_time(EDGE, room, axis)


def room_for(names: Iterable[str], before: int, most: int = 0, has_lines: str = "") -> str:
    """An expression of the pixels that the longest of these names takes, `before` of them in front of it.

    Where the expression `has_lines` is true, names of more than `most` letters stand in two lines. The room
    does not grow with the chart, which Vega makes narrower for what overflows.
    """
    names = list(names)
    whole, narrow = (
        before + NAME_LETTER * max(map(len, lines))
        for lines in (names, [line for name in names for line in parts.in_halves(name, most)])
    )
    needed = f"({has_lines} ? {narrow:.0f} : {whole:.0f})" if has_lines else f"{whole:.0f}"
    return f"min({needed}, width * {MOST_ROOM})"


def _labels(moments: Sequence[float], said: Sequence[str], room: str) -> dict:
    """What periods are called and how that stands: in a line where the two that are nearest have room for it.

    Else it stands in two lines, or aslant where not even the first and the last have room for these.
    """
    of_period = f"[indexof({json.dumps(moments)}, time(datum.value))]"
    if len(moments) < 2:
        return {"labelExpr": f"{json.dumps(said)}{of_period}", "labelAngle": 0}
    nearest = min(later - earlier for earlier, later in pairwise(moments)) / (moments[-1] - moments[0])
    halves = ["|".join(parts.in_halves(text)) for text in said]
    across = f"(width - {room} - {EDGE})"
    is_in_a_line = f"{across} * {nearest:.4f} > {max(map(len, said)) * LETTER}"
    is_level = f"{across} > {max(len(half) for text in halves for half in text.split('|')) * LETTER}"
    # a date that stood across the first mark would reach beyond the axis of values, where a screen may end
    is_long = max(map(len, halves[0].split("|"))) * LETTER / 2 > EDGE + BESIDE
    is_first = f"time(datum.value) === {moments[0]:.0f}" if is_long else "false"
    # each name once, because every layer has this: where it stays whole, its line is not broken
    whole = f"{is_level} && !({is_in_a_line}) ? '~' : '|'"
    return {
        "labelExpr": f"split(replace({json.dumps(halves)}{of_period}, {whole}, ' '), '|')",
        "labelAngle": {"expr": f"{is_level} ? 0 : -40"},
        "labelAlign": {
            "condition": {"test": f"{is_level} && {is_first}", "value": "left"},
            "expr": f"{is_level} ? 'center' : 'right'",
        },
        "labelBaseline": {"expr": f"{is_level} ? 'top' : 'middle'"},
    }


def starts_at_zero(values: Iterable[float], indicator: Indicator) -> bool:
    """Whether an axis of these values starts at 0: amounts do, and what is not far from it."""
    known = [value for value in values if value == value]
    if indicator.unit.unit_id in AMOUNTS or not known:
        return True
    return bool(min(known) < FAR_FROM_ZERO * max(known))


def value_channel(field: str, values: Sequence[float], indicator: Indicator) -> dict:
    """The vertical channel of a field, on a scale of all these values, whose title says where it starts."""
    is_whole = starts_at_zero(values, indicator)
    scale: dict = {"zero": is_whole, "nice": True}
    if not is_whole:
        scale["padding"] = EDGE
    title = axis_title(is_whole, indicator)
    return parts.quantity(field, scale=scale, axis={"title": title, "tickCount": 5, "gridOpacity": 0.35})


def axis_title(is_whole: bool, indicator: Indicator) -> str:
    """What an axis of values measures, and that it does not start at 0 unless `is_whole`."""
    unit = indicator.unit.axis
    return unit if is_whole else f"{unit}. {NOT_ZERO}"


def _break_rows(times: Timeline) -> pd.DataFrame:
    """Where the basis changes: `at`, `word`, and `is_late`, whether it stands in the later half."""
    ends = times.rows.set_index("period")["period_end"]
    firsts = ends[list(times.starts)]
    return pd.DataFrame(
        {
            "at": [at(first) for first in firsts],
            "word": list(times.starts.values()),
            "is_late": list(firsts > ends.iloc[0] + (ends.iloc[-1] - ends.iloc[0]) / 2),
        }
    )


def with_breaks(picture: Chart, times: Timeline, x: dict, theme: str) -> Chart:
    """The picture with marks where the basis changes, if it does; `x` is its channel of time."""
    if not times.breaks:
        return picture
    spec, data = picture
    breaks = {"breaks": parts.table(_break_rows(times))}
    return spec | {"layer": [*spec["layer"], *_mark_breaks(x, theme)]}, data | breaks


def _mark_breaks(x: dict, theme: str) -> list[dict]:
    """A line and a word at each break, over the data set `breaks`."""
    colours = palette.THEMES[theme]
    rule = parts.unspoken("rule", strokeWidth=1.5, strokeDash=[2, 3], color=colours["muted"])
    word = parts.unspoken("text", y=6, fontSize=12, lineBreak="|", fontStyle="italic", color=colours["text"])
    broken = f"width < {NARROW} ? replace(datum.word, ' from ', '|from ') : datum.word"
    in_lines = {"calculate": broken, "as": "in_lines"}
    sides: list[tuple[str, dict]] = [
        ("false", {"align": "left", "dx": 6}),
        ("true", {"align": "right", "dx": -6}),
    ]
    return [
        parts.layer(rule, "breaks", x=x),
        *(
            parts.layer(word | side, "breaks", x=x, text=parts.nominal("in_lines"))
            | {"transform": [{"filter": f"datum.is_late === {is_late}"}, in_lines]}
            for is_late, side in sides
        ),
    ]

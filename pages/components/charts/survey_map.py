"""The map of answers to one question: the scale in colours and letters, no reply hatched, withheld dotted."""

import textwrap

import pandas as pd

from data_loaders.survey.answers import NOT_APPLICABLE
from data_loaders.survey.instruments import Instrument
from geo.boundaries.layouts import Layout
from geo.survey.listing import REASONS, names
from geo.survey.maturity import BESIDE_THE_SCALE, NO_REPLY, NOT_TICKED, WITHHELD, Shown
from geo.tables.london import London
from pages.components.charts import choropleth, palette
from pages.components.state.view import View

# of a line of the legend, by size of type (palette.TEXT)
LEGEND_LETTERS = {"page": 27, "meeting": 14}
LETTERS = {NOT_APPLICABLE: "n/a", NOT_TICKED: "×", NO_REPLY: "", WITHHELD: "–"}


def fills(instrument: Instrument, theme: str = "light") -> dict[str, str]:
    """The colour of each response and of each reason for none, from the best on the scale."""
    scale = sorted(instrument.places(), key=instrument.places().__getitem__)
    beside = [option.response for option in instrument.options if option.place is None]
    # the best is furthest from the page, even where the scale has one place only
    colours = dict(zip(scale, palette.SEQUENTIAL[max(len(scale), 2)][-len(scale) :], strict=True))
    of_all = {
        **dict(reversed(colours.items())),
        **dict.fromkeys([*beside, *BESIDE_THE_SCALE], palette.BESIDE_THE_SCALE),
        WITHHELD: palette.WITHHELD,
        NO_REPLY: palette.MISSING,
    }
    return {response: palette.in_theme(fill, theme) for response, fill in of_all.items()}


def letters(instrument: Instrument) -> dict[str, str]:
    """What stands on an area instead of words."""
    own = {option.response: option.letter for option in instrument.options}
    return own | LETTERS


def key(response: str, instrument: Instrument) -> str:
    """A response as a legend has it: its letter and its name, unless that begins with the number it is."""
    sign, said = letters(instrument)[response], names(instrument)[response]
    return said if said.startswith(sign) and not sign.isalpha() else f"{sign} {said}"


def paint(shown: Shown, instrument: Instrument, london: London, view: View, layout: Layout) -> pd.DataFrame:
    """The authorities with how to draw them, in the columns of maps.paint() that the map needs."""
    areas = london.areas[london.areas["area_type"] == "borough"]
    members = london.members(view.vintage)[["area_code", "ics_code", "ics_name"]]
    rows = areas.merge(members, on="area_code")
    rows = rows.join(layout.labels, on="area_code")
    responses = rows["area_code"].map(shown.boroughs)
    outside = rows["ics_code"] != view.scope if view.scope else pd.Series(False, rows.index)
    colours, said, signs = fills(instrument), names(instrument), letters(instrument)
    painted = [
        palette.OUTSIDE if is_outside else colours[response]
        for is_outside, response in zip(outside, responses, strict=True)
    ]
    labels = ["" if out else signs[response] for out, response in zip(outside, responses, strict=True)]
    texts = [said[response] for response in responses]
    unranked = pd.Series(False, rows.index)  # answers are not ranked at all
    return choropleth.with_texts(rows, labels, unranked).assign(
        response=responses,
        outside=outside,
        missing=responses.isin(list(REASONS)),
        selected=rows["area_name"] == view.borough,
        value_text=texts,
        rank_text="answers are not ranked",
        spoken=[f"{name}, {text}" for name, text in zip(rows["area_name"], texts, strict=True)],
        fill=painted,
        ink=[palette.ink(fill) for fill in painted],
    )


def legend(rows: pd.DataFrame, instrument: Instrument, view: View, size: str = "page") -> list[dict]:
    """The rows of the legend: the scale from the best, what is beside it, withheld, no reply; with counts."""
    counts = rows.loc[~rows["outside"], "response"].value_counts()
    most = LEGEND_LETTERS[size]
    entries = _lines(instrument.name, "", most)
    for response, fill in fills(instrument).items():
        on_scale = response in instrument.places()
        if on_scale or counts.get(response, 0):
            entries += _lines(f"{key(response, instrument)} ({counts.get(response, 0)})", fill, most)
    return choropleth.number_legend(entries, view)


def _lines(text: str, fill: str, most: int) -> list[dict]:
    """A row of the legend, and further ones without a swatch where the text is too long for the panel."""
    first, *others = textwrap.wrap(text, most)
    more = [{"text": line, "fill": "", "indented": bool(fill)} for line in others]
    return [{"text": first, "fill": fill}, *more]

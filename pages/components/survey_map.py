"""The map of answers to one question: scale in colours and letters, no reply hatched, withheld in grey."""

import pandas as pd

from data_loaders.survey.instruments import Instrument
from geo.join import London
from geo.maturity import BESIDE_THE_SCALE, NO_REPLY, WITHHELD, Shown
from geo.shapes import Layout
from geo.survey_listing import REASONS, names
from pages.components import maps, palette
from pages.components.view import View

LETTERS = {NO_REPLY: "", WITHHELD: "–"}


def fills(instrument: Instrument) -> dict[str, str]:
    """The colour of each response and of each reason for none, from the best on the scale."""
    scale = sorted(instrument.places(), key=instrument.places().__getitem__)
    beside = [option.response for option in instrument.options if option.place is None]
    colours = dict(zip(scale, palette.SEQUENTIAL[max(len(scale), 2)], strict=False))
    return {
        **dict(reversed(colours.items())),
        **dict.fromkeys([*beside, *BESIDE_THE_SCALE], palette.BESIDE_THE_SCALE),
        WITHHELD: palette.WITHHELD,
        NO_REPLY: palette.MISSING,
    }


def letters(instrument: Instrument) -> dict[str, str]:
    """What stands on an area instead of words."""
    own = {option.response: option.letter for option in instrument.options}
    return own | dict.fromkeys(BESIDE_THE_SCALE, "n/a") | LETTERS


def paint(shown: Shown, instrument: Instrument, london: London, view: View, layout: Layout) -> pd.DataFrame:
    """The authorities with how to draw them, in the columns of maps.paint() that the map needs."""
    areas = london.areas[london.areas["area_type"] == "borough"]
    members = london.footprints[london.footprints["vintage"] == view.vintage]
    rows = areas.merge(members[["area_code", "ics_code", "ics_name"]], on="area_code")
    rows = rows.join(layout.labels, on="area_code")
    responses = rows["area_code"].map(shown.boroughs)
    outside = rows["ics_code"] != view.scope if view.scope else pd.Series(False, rows.index)
    colours, said, signs = fills(instrument), names(instrument), letters(instrument)
    painted = [
        palette.OUTSIDE if is_outside else colours[response]
        for is_outside, response in zip(outside, responses, strict=True)
    ]
    labels = ["" if out else signs[response] for out, response in zip(outside, responses, strict=True)]
    full = [f"{name}|{label}" for name, label in zip(rows["tile_label"], labels, strict=True)]
    texts = [said[response] for response in responses]
    return rows.assign(
        response=responses,
        outside=outside,
        missing=responses.isin(list(REASONS)),
        selected=rows["area_name"] == view.borough,
        value_text=texts,
        rank_text="answers are not ranked",
        spoken=[f"{name}, {text}" for name, text in zip(rows["area_name"], texts, strict=True)],
        label=labels,
        full=full,
        letters=[maps.longest_line(text) for text in full],
        label_letters=[maps.longest_line(text) for text in labels],
        fill=painted,
        ink=[palette.ink(fill) for fill in painted],
    )


def legend(rows: pd.DataFrame, instrument: Instrument, view: View) -> list[dict]:
    """The rows of the legend: the scale from the best, what is beside it, withheld, no reply; with counts."""
    counts = rows.loc[~rows["outside"], "response"].value_counts()
    said, signs = names(instrument), letters(instrument)
    entries = [{"text": instrument.name, "fill": ""}]
    for response, fill in fills(instrument).items():
        on_scale = response in instrument.places()
        if on_scale or counts.get(response, 0):
            sign = "" if response in REASONS else signs[response]
            text = f"{sign} {said[response]} ({counts.get(response, 0)})".strip()
            entries.append({"text": text, "fill": fill})
    return maps.number_legend(entries, view)

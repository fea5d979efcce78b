"""Figures that are shown as published, but are too odd for a place to be judged by."""

import pandas as pd

from data_loaders.observations import ODD


def is_odd(rows: pd.DataFrame) -> pd.Series:
    """Whether the note on each figure says that it is odd (data_loaders.observations.ODD)."""
    return rows["note"].str.startswith(ODD)


def what_is_odd(note: str) -> str:
    """What is odd about a figure, from its note."""
    return note.removeprefix(ODD)

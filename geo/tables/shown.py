"""Values as people see them: two places that are shown with the same value count as equal."""

import pandas as pd


def as_shown(values: pd.Series, decimals: int) -> pd.Series:
    """Values rounded to the decimals that are shown, exactly as formatting rounds them; NaN stays."""
    # NumPy multiplies before it rounds, and so now and then gives another digit than the text on the page
    return values.map(lambda value: round(value, decimals), na_action="ignore").astype(float)

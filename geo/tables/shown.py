"""Values as people see them, so that two places shown with one value are told to have one."""

import pandas as pd


def as_shown(values: pd.Series, decimals: int) -> pd.Series:
    """Values rounded to the decimals that are shown, exactly as formatting rounds them; NaN stays."""
    # NumPy rounds a product, and so now and then to another digit than text does
    return values.map(lambda value: round(value, decimals), na_action="ignore").astype(float)

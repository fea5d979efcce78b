"""Places in an order."""

import pandas as pd


def rank(values: pd.Series, by: list[pd.Series]) -> pd.DataFrame:
    """Rank within the groups of `by`: columns `rank`, `tied` and `of`.

    The highest value has rank 1, and ties share the better place. Missing values have no rank, and are not
    counted in `of`.
    """
    grouped = values.groupby(by)
    places = grouped.rank(method="min", ascending=False)
    sharing = places.groupby([*by, places]).transform("size")
    return pd.DataFrame({"rank": places, "tied": sharing > 1, "of": grouped.transform("count")})

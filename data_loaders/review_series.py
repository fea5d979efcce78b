"""Which of the figures that came for an indicator are the ones that are meant.

Each function takes rows with indicator_id, series (the publisher's number), name, sex, age, period, area_code
and figures, and gives those that are meant, with a sentence on every indicator that it leaves out because
that cannot be told: no figure is better than one of something else.
"""

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from data_loaders.periods import kind_of
from data_loaders.publisher import Known, listed
from data_loaders.review_names import Rule
from data_loaders.wordings import plain

PERSONS = "Persons"
Chosen = tuple[pd.DataFrame, list[str]]


def of_all_persons(rows: pd.DataFrame, known: Known) -> Chosen:
    """Of figures by sex those of all persons; of figures that come for one sex only, these."""

    def choose(sexes: list[str], _: str) -> str | None:
        return PERSONS if PERSONS in sexes else None

    return _choose(rows, "sex", str, choose, "all persons", known)


def of_the_age_meant(rows: pd.DataFrame, rules: Mapping[str, Rule], known: Known) -> Chosen:
    """Of figures for several ages those of the age that the rules ask for; of one age, whatever it is."""

    def choose(ages: list[str], indicator_id: str) -> str | None:
        wanted = map(plain, rules[indicator_id].ages.split("/"))
        return next((age for age in wanted if age in ages), None)

    return _choose(rows, "age", plain, choose, "the age that is meant", known)


def of_one_series(rows: pd.DataFrame, known: Known) -> Chosen:
    """Without the series of an indicator that has another with periods of the same kind.

    A yearly and a quarterly series stay side by side. Of two yearly ones it cannot be known which is meant.
    """
    left_out = []
    for indicator_id, of_indicator in rows.groupby("indicator_id", sort=False):
        kinds = {
            series: set(periods.map(kind_of)) for series, periods in of_indicator.groupby("series")["period"]
        }
        alike = [
            series
            for series in kinds
            if any(kinds[series] & kinds[other] for other in kinds if other != series)
        ]
        if alike:
            rows = rows[~((rows["indicator_id"] == indicator_id) & rows["series"].isin(alike))]
            names = of_indicator[of_indicator["series"].isin(alike)].drop_duplicates("series")
            shown = listed(say_series(row) for row in names.to_dict("records"))
            label = known.indicators[str(indicator_id)].label
            both, neither = ("both", "neither") if len(alike) == 2 else ("all", "none")
            left_out.append(f"{label}: {shown} {both} answer to it, so {neither} was taken.")
    return rows, left_out


def without_contradiction(
    rows: pd.DataFrame, keys: Sequence[str], figures: Sequence[str], known: Known
) -> Chosen:
    """Each row once, without the indicators of which a place has two different figures."""
    once = rows.drop_duplicates([*keys, *figures])
    twice = once[once.duplicated(keys)].drop_duplicates("indicator_id")
    left_out = [
        f"{known.indicators[row['indicator_id']].label}: two different figures came for "
        f"{known.name(row['area_code'])} in {row['period']}, so nothing of it was taken."
        for row in twice.to_dict("records")
    ]
    return once[~once["indicator_id"].isin(twice["indicator_id"])], left_out


def say_series(row: Mapping[str, str]) -> str:
    """A series as the publisher calls it: “Infants receiving a review” (indicator 92501)."""
    return f"“{row['name']}” (indicator {row['series']})"


def _choose(
    rows: pd.DataFrame,
    column: str,
    form: Callable[[str], str],
    choose: Callable[[list[str], str], str | None],
    meant: str,
    known: Known,
) -> Chosen:
    """Of each series the rows of that one of the column's cells, in one form, that is chosen of several."""
    keep, left_out = pd.Series(True, rows.index), []
    for (indicator_id, _), series in rows.groupby(["indicator_id", "series"], sort=False):
        of_series = series[column].map(form)
        there = list(of_series.unique())
        chosen = there[0] if len(there) == 1 else choose(there, indicator_id)
        keep[series.index] = of_series == chosen
        if chosen is None:
            shown = listed(f"“{cell}”" for cell in series[column].unique())
            left_out.append(
                f"{known.indicators[indicator_id].label}: figures came for {shown}, none of which is "
                f"{meant}, so nothing of it was taken."
            )
    return rows[keep], left_out

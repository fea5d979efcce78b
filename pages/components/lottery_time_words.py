"""How the lottery has changed, in sentences and as a table of all periods."""

from collections.abc import Callable

import pandas as pd

from data_loaders.catalogue import Catalogue, Indicator
from pages.components import words
from pages.components.difference_words import difference, say_gap, say_times


def over_time(periods: pd.DataFrame, indicator: Indicator, catalogue: Catalogue) -> str:
    """How the gap of the first period compares with that of the last: rows of geo.lottery.over_time."""
    # a few boroughs at the beginning of a collection say nothing of how far apart all of them were
    enough = periods[periods["places"] >= periods["places"].max() / 2]
    enough = enough if len(enough) > 1 else periods
    first, last = enough.iloc[0], enough.iloc[-1]
    gaps = [difference(row["largest"], row["smallest"], indicator) for row in (first, last)]
    then, now = (say_gap(gap, indicator, catalogue) for gap in gaps)
    since, until = (words.say_period(row["period"], indicator) for row in (first, last))
    note = words.time_note(indicator, list(periods["period"]))
    way = "grown" if gaps[1] > gaps[0] else "narrowed"
    said = f"The gap has {way} from {then} ({since}) to {now} ({until})."
    if then == now:
        said = f"The gap is what it was: {now} ({since} and {until})."
    counted = enough.dropna(subset="cv")
    if len(counted) > 1:
        shares = [f"{100 * counted['cv'].iloc[place]:.0f}%" for place in (0, -1)]
        dates = [words.say_period(counted["period"].iloc[place], indicator) for place in (0, -1)]
        said += (
            f" The typical distance from the value of all together was {shares[0]} of it ({dates[0]}) "
            f"and {'is still' if shares[0] == shares[1] else 'is now'} {shares[1]} ({dates[1]})."
        )
    if periods["places"].nunique() > 1:
        least, most = periods["places"].min(), periods["places"].max()
        said += f" Not all boroughs have a figure each time: from {least} to {most} of them do."
    return f"{said} {note}".rstrip()


def by_period(periods: pd.DataFrame, indicator: Indicator, catalogue: Catalogue) -> pd.DataFrame:
    """The measures of each period (rows of geo.lottery.over_time), the latest first, as a table."""

    def share(value: float) -> str:
        return f"{100 * value:.0f}%"

    ends = zip(periods["largest"], periods["smallest"], strict=True)
    periods = periods.assign(gap=[difference(high, low, indicator) for high, low in ends])
    columns: dict[str, tuple[str, Callable[[float], str]]] = {
        "Lowest": ("smallest", lambda value: words.format_value(value, indicator, catalogue)),
        "Highest": ("largest", lambda value: words.format_value(value, indicator, catalogue)),
        "Gap": ("gap", lambda value: say_gap(value, indicator, catalogue)),
        "How many times as much": ("ratio", say_times),
        f"As many {indicator.complement}": ("ratio_missed", say_times),
        "Coefficient of variation": ("cv", share),
        "More than chance (I²)": ("beyond", share),
        "Gini coefficient": ("gini", lambda value: f"{value:.2f}"),
        "Boroughs": ("places", str),
    }
    latest_first = periods[::-1]
    said = {
        title: ["not given" if pd.isna(value) else say(value) for value in latest_first[name]]
        for title, (name, say) in columns.items()
        if latest_first[name].notna().any()
    }
    spoken = [words.say_period(period, indicator) for period in latest_first["period"]]
    return pd.DataFrame({"Period": spoken} | said)

"""Which indicators can be chosen, in which order, and which of them have no figure of a borough.

Every list of indicators is made of `offered`, and names them by `listed_name`: whoever chooses one knows
beforehand whether there is something to compare.
"""

import functools

import pandas as pd

from data_loaders.catalogue import Indicator
from geo.tables.london import ENGLAND, LONDON, London

NOTHING = "no figures yet"


@functools.lru_cache(maxsize=8)
def offered(london: London) -> list[Indicator]:
    """The shown indicators by subject, and within a subject those without a figure of a borough last.

    Subjects, and otherwise indicators, are in the order of the catalogue. Shared, so do not change it.
    """
    shown = [indicator for indicator in london.catalogue.indicators.values() if indicator.shown]
    subjects = list(dict.fromkeys(indicator.domain for indicator in shown))

    def place(indicator: Indicator) -> tuple[int, int]:
        return subjects.index(indicator.domain), _distance(only_for(london, indicator.indicator_id))

    return sorted(shown, key=place)


def only_for(london: London, indicator_id: str) -> str:
    """Whose figures there are where no borough has any: "England only"; empty where a borough has."""
    known = _known(london).get(indicator_id, frozenset())
    if "borough" in known:
        return ""
    wholes = [name for code, name in ((LONDON, "London"), (ENGLAND, "England")) if code in known]
    return f"{' and '.join(wholes)} only" if wholes else NOTHING


def listed_name(london: London, indicator: Indicator) -> str:
    """The name of an indicator in a list, with a mark where there is no figure of a borough."""
    only = only_for(london, indicator.indicator_id)
    return f"{indicator.short_label} ({only})" if only else indicator.short_label


def searched_name(london: London, indicator: Indicator) -> str:
    """The name of an indicator in a list that is searched by typing, with its subject."""
    return f"{listed_name(london, indicator)} · {indicator.domain}"


def catalogue_table(london: London) -> pd.DataFrame:
    """The offered indicators, one row each: indicator_id, label, domain, unit, polarity, figures, sources.

    `figures` says whether there are any "by borough", or else of whom only; `sources` are titles.
    """
    return pd.DataFrame(
        {
            "indicator_id": i.indicator_id,
            "label": i.label,
            "domain": i.domain,
            "unit": i.unit.unit_id,
            "polarity": i.polarity,
            "figures": only_for(london, i.indicator_id) or "by borough",
            "sources": "; ".join(london.catalogue.sources[source].title for source in i.source_ids),
        }
        for i in offered(london)
    )


def _distance(only: str) -> int:
    return 0 if not only else 2 if only == NOTHING else 1


@functools.lru_cache(maxsize=8)
def _known(london: London) -> dict[str, frozenset[str]]:
    """For each indicator the codes of the wholes with a figure in any period, and "borough" if one has."""
    rows = london.observations[london.observations["value"].notna()]
    place = rows["area_code"].where(rows["area_type"] != "borough", "borough")
    return {str(name): frozenset(places) for name, places in place.groupby(rows["indicator_id"])}

"""The periods that one line may show: of one kind, divided where the basis changes."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import pandas as pd

from data_loaders.breaks import Break, basis
from data_loaders.periods import first_of_quarters, of_kind
from geo.tables.london import London

# more points than this are thinned for display
MANY = 60


@dataclass(frozen=True, eq=False)
class Timeline:
    """Periods of one kind, the earliest first, and the changes of basis between them.

    `rows` has period, period_end (a timestamp) and basis: two periods are comparable where that is one.
    """

    rows: pd.DataFrame
    breaks: tuple[Break, ...]

    @property
    def periods(self) -> list[str]:
        """The labels, the earliest first."""
        return list(self.rows["period"])

    def part(self, periods: Collection[str]) -> "Timeline":
        """These of the periods, with the changes of basis between them."""
        rows = self.rows[self.rows["period"].isin(periods)].reset_index(drop=True)
        return Timeline(rows, tuple(breaks_within(rows["period"], self.breaks)))

    @property
    def starts(self) -> dict[str, str]:
        """The word of each change of basis, by the first of the periods that lies behind it."""
        return {min(p for p in self.periods if p >= each.first_period): each.word for each in self.breaks}


def timeline(london: London, indicator_id: str, period: str = "", thinned: bool = False) -> Timeline:
    """The periods of the same kind as `period`, or as the one that the indicator opens with.

    `thinned` for display: of many dates the first of each quarter on each basis, the newest and `period`.
    """
    shown = period or london.newest(indicator_id)
    labels = of_kind(shown, london.periods[indicator_id])[::-1]
    own = london.breaks.get(indicator_id, ())
    if thinned and len(labels) > MANY:
        kept = {
            label
            for number in range(len(own) + 1)
            for label in first_of_quarters([each for each in labels if basis(each, own) == number])
        }
        labels = [label for label in labels if label in {*kept, labels[-1], shown}]
    return Timeline(
        pd.DataFrame(
            {
                "period": labels,
                "period_end": [london.period_ends[indicator_id][label] for label in labels],
                "basis": [basis(label, own) for label in labels],
            }
        ),
        tuple(breaks_within(labels, own)),
    )


def breaks_within(periods: Iterable[str], breaks: Iterable[Break]) -> list[Break]:
    """The breaks that have some of these periods before them and some after."""
    labels = list(periods)
    return [
        each
        for each in breaks
        if any(p < each.first_period for p in labels) and each.first_period <= max(labels)
    ]


def same_basis(london: London, indicator_id: str, period: str, others: Iterable[str]) -> list[str]:
    """Those of these periods that are on the basis of `period`, in their order."""
    own = london.breaks.get(indicator_id, ())
    return [other for other in others if basis(other, own) == basis(period, own)]

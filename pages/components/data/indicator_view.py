"""All that is shown of one view: its rows, what is drawn of them, and what is said of them."""

import datetime as dt
from collections.abc import Collection
from functools import cached_property

import pandas as pd
import pyarrow as pa

from data_loaders.catalogue import Source
from geo.boundaries.layouts import Layout
from geo.places.latest import all_places
from geo.tables.london import London, ics_table, in_scope, place_table
from geo.tables.origins import sources_of
from pages.components.charts import choropleth, ranking as charts_ranking, table as charts_table
from pages.components.state.view import View, has_map
from pages.components.text import (
    caveats,
    columns,
    dates,
    dates as text_dates,
    grammar,
    headlines,
    ranks,
    time_series,
    wholes,
)
from pages.exports.table import Table


class IndicatorView:
    """All that is shown of one view, each part worked out when it is first asked for.

    A picture is shared by all visitors: nobody may change what it gives. `today` is the day on which it is
    looked at, which decides whether its sentences must say of when they are.
    """

    def __init__(self, view: View, figures: London, layout: Layout, today: dt.date | None = None) -> None:
        self._today = today or dt.date.today()
        self.indicator = figures.catalogue.indicators[view.indicator]
        self._view, self._figures, self._layout = view, figures, layout
        self._place = (view.indicator, view.period, view.vintage)
        self.place_table = place_table(figures, *self._place)

    @cached_property
    def rows(self) -> pd.DataFrame:
        """The authorities with how to draw them (maps.paint)."""
        return choropleth.paint(self.place_table, self._figures, self._view, self._layout)

    @cached_property
    def ranks(self) -> dict[str, str]:
        """Where each authority stands, by its name; empty for one that has no rank (ranks.rank_sentence)."""
        rows = self.rows.to_dict("records")
        return {row["area_name"]: ranks.rank_sentence(row, self.indicator) for row in rows}

    @cached_property
    def has_rank_bounds(self) -> bool:
        """Whether it is known between which ranks any authority lies."""
        return bool(self.rows["best_london"].notna().any())

    @cached_property
    def not_compared(self) -> list[str]:
        """The authorities in scope that have a figure, and too few people to be compared by it."""
        rows = self.rows
        return list(rows.loc[rows["small"] & ~rows["outside"] & rows["value"].notna(), "area_name"])

    @cached_property
    def map_data(self) -> dict[str, pa.Table]:
        """The data sets of the map."""
        legend = choropleth.legend(self.rows, self.indicator, self._figures.catalogue, self._view)
        return choropleth.datasets(self.rows, legend, self._figures, self._view, self._layout)

    @cached_property
    def chart_data(self) -> dict[str, pa.Table]:
        """The data sets of the ranking."""
        return charts_ranking.datasets(self.rows, self.place_table, self.indicator, self._figures.catalogue)

    @property
    def table(self) -> Table:
        """The authorities from the highest value, then one that is not ranked, the ICSs, London, England.

        Made anew each time, for files and for `contents`: kept, it would take as much room as all else.
        """
        catalogue = self._figures.catalogue
        view = self._view
        bounds = [f"{end}_{within}" for end in ("best", "worst") for within in ("london", "ics")]
        rows = all_places(self._figures, self.indicator, view.period, view.vintage, view.scope)
        rows = rows.join(self.rows.set_index("area_code")[[*bounds, "apart"]], on="area_code")
        of_boroughs = rows["area_type"] == "borough"
        order = ["apart", "value", "area_name"]
        boroughs = rows[of_boroughs].sort_values(order, ascending=[True, False, True])
        wholes = rows[~of_boroughs & (not self.indicator.categories)]
        table = columns.of_places(pd.concat([boroughs, wholes]), self.indicator, catalogue)
        shown = () if view.scope else ("rank_ics", "best_ics", "worst_ics")
        return table.without("when", "numerator", "denominator", *shown)

    @cached_property
    def contents(self) -> charts_table.Contents:
        """The table as it stands on the page."""
        return charts_table.contents(self.table)

    @cached_property
    def wholes(self) -> list[wholes.Whole]:
        """The chosen ICS, London and England."""
        return wholes.whole_places(
            self.place_table, self.of_icss, self.indicator, self._figures.catalogue, self._view.scope
        )

    @cached_property
    def of_icss(self) -> pd.DataFrame:
        """The ICSs of these boundaries (geo.tables.london.ics_table)."""
        return ics_table(self._figures, *self._place)

    @cached_property
    def headline(self) -> str:
        """What the picture shows, in one sentence."""
        said = headlines.headline(self.place_table, self.indicator, self._view.scope, self.of_icss)
        if not self.has_boroughs and said != headlines.NO_FIGURE:
            # the one value that there is may be of years ago: its date is always said
            return text_dates.begun_with(self._when, said)
        return self.dated(said)

    def dated(self, sentence: str) -> str:
        """What is said of the figures, with their date where that is old (dates.is_old)."""
        if not self._is_old:
            return sentence
        return text_dates.begun_with(self._when, sentence, self.place_table["area_name"])

    def entitled(self, title: str) -> str:
        """A title that is no sentence, with the date of the figures where that is old."""
        return text_dates.entitled(title, self._when) if self._is_old else title

    @property
    def _when(self) -> str:
        return text_dates.when(self._view.period, self.indicator)

    @cached_property
    def _is_old(self) -> bool:
        return text_dates.is_old(self.place_table["period_end"].iloc[0], self._today)

    @cached_property
    def remarks(self) -> list[str]:
        """What the reader must know beside the headline."""
        said = caveats.remarks(
            self._with_ics, self.wholes, self.indicator, self._figures.catalogue, self._view.scope
        )
        return [*said, *time_series.across(self._figures, self.indicator)]

    @cached_property
    def beside(self) -> list[str]:
        """What must be known beside any picture of the figures: who has none and why, and what marks mean."""
        catalogue, scope = self._figures.catalogue, self._view.scope
        return [*caveats.say_missing(self.place_table, catalogue, scope), *self.marks]

    @cached_property
    def marks(self) -> list[str]:
        """What each mark on the figures in scope, of the ICS itself, London and England means."""
        return caveats.say_marks(self._with_ics, self.indicator, self._view.scope)

    @cached_property
    def _with_ics(self) -> pd.DataFrame:
        """The place table with a row more, of the ICS that is looked at."""
        own = self.of_icss[self.of_icss["ics_code"] == self._view.scope]
        own = own.assign(area_name=own["ics_name"], area_type="ics", small=False)
        return pd.concat([self.place_table, own], ignore_index=True) if len(own) else self.place_table

    def explained(self, area_codes: Collection[str]) -> list[str]:
        """What each mark on the figures of these areas means, wherever they lie."""
        rows = self.place_table[self.place_table["area_code"].isin(area_codes)]
        return caveats.say_marks(rows, self.indicator, None)

    @cached_property
    def subtitle(self) -> str:
        """Period, scope and ICS vintage; where no borough has a figure, who has one."""
        ics_names = self._figures.ics_names[self._view.vintage]
        period = dates.say_period(self._view.period, self.indicator)
        since = self._figures.vintages[self._view.vintage].since
        vintage = f"{grammar.say_number(len(ics_names))} ICSs as of {since}"
        known = self.whole_rows.loc[self.whole_rows["value"].notna(), "area_name"]
        only = f"{' and '.join(known)} only" if len(known) and not self.has_boroughs else ""
        return f"{period} · {only or self.scope_name} · {vintage}"

    @property
    def labelled(self) -> str:
        """The figure with its subtitle; a period that its name says is not said again."""
        period, _, where = self.subtitle.partition(" · ")
        label = self.indicator.label
        return f"{label}. {where if dates.says_period(label, period) else self.subtitle}"

    @property
    def scope_name(self) -> str:
        """The ICS that is looked at, or all London."""
        return (
            self._figures.ics_names[self._view.vintage][self._view.scope]
            if self._view.scope
            else "All London"
        )

    @property
    def around(self) -> str:
        """The ICS that is looked at, empty for all London: what is largest there need not be so elsewhere."""
        return self.scope_name if self._view.scope else ""

    @cached_property
    def sources(self) -> list[Source]:
        """The sources of all that is shown."""
        return sources_of(self._figures.catalogue, self.boroughs, self.whole_rows)

    @cached_property
    def boroughs(self) -> pd.DataFrame:
        """The rows of the authorities in scope: the others are drawn as an outline, without a value."""
        return in_scope(self.place_table, self._view.scope)

    @cached_property
    def gaps(self) -> pd.DataFrame:
        """The rows in scope of which it is said that there is no figure, and why."""
        return self.boroughs[self.boroughs["value"].isna()]

    @cached_property
    def whole_rows(self) -> pd.DataFrame:
        """The rows of London and England; none for a category, which has no value for a whole place."""
        wholes = self.place_table["area_type"] != "borough"
        return self.place_table[wholes & (not self.indicator.categories)]

    @cached_property
    def has_boroughs(self) -> bool:
        """Whether there is something to map: a figure of at least one authority."""
        return has_map(self._view, self._figures)

    @cached_property
    def is_ranked(self) -> bool:
        """Whether there is an order to draw: a number for at least one authority."""
        return not self.indicator.categories and bool(self.rows["value"].notna().any())

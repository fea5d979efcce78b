"""What a download changes, figure by figure, and whether so much is gone that somebody should look first."""

import io

import pandas as pd

from data_loaders.observations import as_stored
from data_loaders.periods import kind_of
from data_loaders.publisher import BOROUGH, ENGLAND

FOLDER = "changes"
COLUMNS = ["kind", "indicator_id", "period", "area_code", "before", "after", "period_before"]
KEYS = ["indicator_id", "period", "area_code"]
# not there before; there with another value; no longer there; and of a new period, beside the one before it
KINDS = ("new", "revised", "gone", "moved")

_KINDS_OF_SITE = {"designated_centres": "a designated centre", "linked_sites": "a linked site"}

# a person has to look if more than this share of an indicator's figures is gone, or its mean falls by more
COLLAPSE = 0.25


def compare(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """One row a figure that differs: COLUMNS, values as numbers, NaN for none.

    `before` and `after` are observations of the same source. `moved` sets the figure of a period that is new
    beside that of the latest period that was there, a quarter beside a quarter and a year beside a year; only
    then is there a `period_before`.
    """
    both = _values(before).rename("before").to_frame().join(_values(after).rename("after"), how="outer")
    is_new, is_gone = both["before"].isna(), both["after"].isna()
    differs = ~(is_new & is_gone) & (is_new | is_gone | (both["before"] != both["after"]))
    kind = pd.Series("revised", both.index).mask(is_new, "new").mask(is_gone, "gone")
    changed = both.assign(kind=kind, period_before="")[differs].reset_index()
    return pd.concat([changed, _moved(before, after)], ignore_index=True)[COLUMNS]


def read_report(content: bytes) -> pd.DataFrame:
    """A report from the bytes of its table."""
    report = pd.read_csv(io.BytesIO(content), dtype={"period": str, "period_before": str})
    return report.reindex(columns=COLUMNS).fillna({"period_before": ""})


def lost(before: pd.DataFrame, after: pd.DataFrame, labels: dict[str, str]) -> dict[str, str]:
    """A sentence for each indicator of whose authorities' figures more than COLLAPSE are gone, by its id."""
    here = _boroughs(after)
    said = {}
    for indicator, then in _boroughs(before).groupby("indicator_id"):
        gone = len(then) - len(then.merge(here, on=KEYS))
        if gone > COLLAPSE * len(then):
            said[str(indicator)] = f"{labels[indicator]}: {gone} of {len(then)} figures are gone."
    for indicator, then in _of_england(before).groupby("indicator_id"):
        gone = len(then) - len(then.merge(_of_england(after), on=KEYS))
        if gone:
            said.setdefault(str(indicator), f"{labels[indicator]}: England's figure is gone.")
    return said


def fallen(before: pd.DataFrame, after: pd.DataFrame, labels: dict[str, str]) -> dict[str, str]:
    """A sentence for each indicator whose newest figures are far fewer, or far lower, than the last ones."""
    here = _boroughs(after)
    said = {}
    for indicator, then in _boroughs(before).groupby("indicator_id"):
        last, newest = _latest(then)["value"], _latest(here[here["indicator_id"] == indicator])["value"]
        label = labels[indicator]
        if len(newest) < (1 - COLLAPSE) * len(last):
            said[str(indicator)] = f"{label}: {len(newest)} authorities have a figure; {len(last)} had one."
        elif newest.mean() < (1 - COLLAPSE) * last.mean():
            said[str(indicator)] = f"{label}: the mean is {newest.mean():,.4g}; it was {last.mean():,.4g}."
    return said


def _of_england(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[(rows["area_code"] == ENGLAND) & rows["value"].notna()]


def compare_sites(before: pd.DataFrame, after: pd.DataFrame, names: dict[str, str]) -> list[str]:
    """Which entries of the register came, went and turned from centre to linked site or back, by name.

    `names` are those of areas by their code.
    """

    def listed(sites: pd.DataFrame, others: pd.DataFrame) -> list[str]:
        only = sites[~sites["urn"].isin(others["urn"])].sort_values(["area_code", "name"])
        return [f"{name} ({names[code]})" for name, code in zip(only["name"], only["area_code"], strict=True)]

    both = after.merge(before[["urn", "type"]], on="urn", suffixes=("", "_before"))
    turned = both[both["type"] != both["type_before"]].sort_values(["area_code", "name"])
    said = {"No longer listed": listed(before, after), "Newly listed": listed(after, before)}
    for kind, rows in turned.groupby("type"):
        entries = zip(rows["name"], rows["area_code"], strict=True)
        said[f"Listed as {_KINDS_OF_SITE[str(kind)]} from now on"] = [
            f"{name} ({names[code]})" for name, code in entries
        ]
    return [f"{what}: {'; '.join(entries)}." for what, entries in said.items() if entries]


def describe(report: pd.DataFrame, names: dict[str, str], most: int) -> list[str]:
    """A report in lines: the counts, then the first `most` figures that moved or were revised or are gone."""
    single = report[report["kind"] != "new"]
    dated = single.assign(then=single["period_before"].map(lambda period: period and f" ({period})"))
    lines = [
        f"{kind}: {indicator} {period}, {names[area]}: {_say(before)}{then} to {_say(after)}"
        for kind, indicator, period, area, before, after, _, then in dated.head(most).itertuples(index=False)
    ]
    more = [f"and {len(single) - most} more, on the data page"] if len(single) > most else []
    return [*summarise(report), *lines, *more]


def tally(report: pd.DataFrame) -> str:
    """How many figures a report holds, by kind: "33 new, 2 revised, 1 gone"; empty when none changed."""
    counts = report["kind"].value_counts()
    return ", ".join(f"{counts[kind]:,} {kind}" for kind in KINDS if kind in counts and kind != "moved")


def summarise(report: pd.DataFrame) -> list[str]:
    """A line for each kind and indicator: "new: designated_centres 2026-08-19, 33 figures"."""
    lines = []
    for (kind, indicator), rows in report[report["kind"] != "moved"].groupby(["kind", "indicator_id"]):
        periods = list(dict.fromkeys(rows["period"]))
        when = ", ".join(periods) if len(periods) <= 3 else f"{periods[0]} to {periods[-1]}"
        lines.append(f"{kind}: {indicator} {when}, {len(rows)} figure{'s' if len(rows) > 1 else ''}")
    return lines or ["No figure changed."]


def _say(value: float) -> str:
    return "none" if pd.isna(value) else f"{value:,.10g}"


def _values(rows: pd.DataFrame) -> pd.Series:
    """The values as precisely as they are stored: else a file that comes twice would revise its figures."""
    return rows.set_index(KEYS)["value"].map(as_stored)


def _boroughs(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["area_code"].str.startswith(BOROUGH) & rows["value"].notna()]


def _latest(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of the newest period of one indicator."""
    return rows[rows["period_end"] == rows["period_end"].max()]


def _moved(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """The newest figures beside those of the latest period before, where that period is new."""
    keys = ["indicator_id", "kind_of"]
    newest, latest = (
        rows.assign(kind_of=rows["period"].map(kind_of)).pipe(_newest_by, keys) for rows in (after, before)
    )
    pairs = newest.merge(latest, on=[*keys, "area_code"], suffixes=("", "_before"))
    later = pairs["period_end"] > pairs["period_end_before"]
    moved = pairs[later & pairs["value_before"].notna() & (pairs["value"] != pairs["value_before"])]
    return moved.assign(kind="moved", before=moved["value_before"], after=moved["value"]).reindex(
        columns=COLUMNS
    )


def _newest_by(rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    return rows[rows["period_end"] == rows.groupby(keys)["period_end"].transform("max")]

"""What holds between the cells of a row, between tables, and between a period and its dates."""

import string
from collections.abc import Callable, Iterator, Mapping

import pandas as pd

from data_loaders.periods import end_of
from data_loaders.schemas.slips import FIRST_ROW, Frames, Problem, quoted


def _indicators(frames: Frames) -> dict[str, dict[str, str]]:
    return {row["indicator_id"]: row for row in frames["indicators.csv"].to_dict("records")}


def observed(frames: Frames) -> pd.DataFrame:
    """The distinct periods of all observations: table, row (its first), indicator_id, period, period_end."""
    keys = ["indicator_id", "period", "period_end"]
    tables = {table: frame[keys] for table, frame in frames.items() if table.startswith("observations")}
    rows = pd.concat(tables, names=["table", "row"]).reset_index()
    return rows.drop_duplicates(["table", *keys], ignore_index=True)


def _cells_agree(frames: Frames, seen: pd.DataFrame) -> Iterator[Problem]:
    """Cells of one indicator that must fit each other."""
    for place, row in enumerate(frames["indicators.csv"].to_dict("records"), FIRST_ROW):
        is_category = row["unit"] == "category"
        wrong = {
            "categories": bool(row["categories"]) != is_category
            and "words for codes, if the unit is category",
            "sentence": (not row["sentence"] and not is_category) and "a sentence, unless it is a category",
            "interval": (row["interval"] == "wilson" and row["aggregation"] != "ratio")
            and "wilson for a ratio only, because it needs numerator and denominator",
            "multiplier": float(row["multiplier"]) <= 0 and "a number above 0",
            "same_as": row["indicator_id"] in row["same_as"].split("; ") and "other indicators than itself",
        }
        for column, allowed in wrong.items():
            if allowed:
                yield Problem("indicators.csv", place, column, f"{quoted(row[column])}; allowed is {allowed}")
    for column in ("label", "short_label"):
        labels = frames["indicators.csv"][column]
        for place in labels.index[labels.duplicated()]:
            said = f"{quoted(labels[place])} is already the name of another indicator"
            yield Problem("indicators.csv", place + FIRST_ROW, column, said)


def _periods_fit(frames: Frames, seen: pd.DataFrame) -> Iterator[Problem]:
    """A period is written as its indicator's type of period is, and ends on the day on which that ends."""
    types = {name: row["period_type"] for name, row in _indicators(frames).items()}
    for row in seen.to_dict("records"):
        kind = types[row["indicator_id"]]
        end = end_of(row["period"], kind)
        place = row["row"] + FIRST_ROW
        if end is None:
            said = f"{quoted(row['period'])} is no period of the type {kind}, which {row['indicator_id']} has"
            yield Problem(row["table"], place, "period", said)
        elif end.isoformat() != row["period_end"]:
            said = f"{quoted(row['period_end'])}; allowed is {end}, the last day of {row['period']}"
            yield Problem(row["table"], place, "period_end", said)


def _derivations_can_be_followed(frames: Frames, seen: pd.DataFrame) -> Iterator[Problem]:
    """Each rule has what its operation needs, from figures that are stored or that an earlier rule gave."""
    types = {name: row["period_type"] for name, row in _indicators(frames).items()}
    known = set(seen["indicator_id"])
    for place, rule in enumerate(frames["derivations.csv"].to_dict("records"), FIRST_ROW):
        operation, left = rule["operation"], rule["left"]
        needs = {
            "right": (operation != "change") == bool(rule["right"])
            or ("nothing" if operation == "change" else "an indicator"),
            "match": {
                "ratio": rule["match"] in ("as_of", "within"),
                "sum": rule["match"] in ("", "same_period"),
                "change": rule["match"] == "",
            }[operation]
            or {"ratio": "as_of or within", "sum": "same_period", "change": "nothing"}[operation],
            "baseline": _has_baseline(rule, seen)
            or (f"a period of {left}" if operation == "change" else "nothing"),
            "left": left in known or "an indicator with figures, or that a rule above this one gives",
            "indicator_id": rule["indicator_id"] not in known or "one that has no figures of its own",
        }
        if rule["right"] and rule["right"] not in known:
            needs["right"] = "an indicator with figures, or that a rule above this one gives"
        if rule["match"] == "within" and types[left] not in ("financial_year", "academic_year"):
            needs["match"] = "as_of, because the left is of no whole year"
        for column, allowed in needs.items():
            if allowed is not True:
                said = f"{quoted(rule[column])}; a {operation} needs {allowed}"
                yield Problem("derivations.csv", place, column, said)
        known.add(rule["indicator_id"])


def _has_baseline(rule: Mapping[str, str], seen: pd.DataFrame) -> bool:
    if rule["operation"] != "change":
        return not rule["baseline"]
    return rule["baseline"] in set(seen.loc[seen["indicator_id"] == rule["left"], "period"])


def _every_indicator_has_figures(frames: Frames, seen: pd.DataFrame) -> Iterator[Problem]:
    """An indicator without any figure, not even a missing one, would have no period to open with."""
    known = {*seen["indicator_id"], *frames["derivations.csv"]["indicator_id"]}
    for place, name in enumerate(frames["indicators.csv"]["indicator_id"], FIRST_ROW):
        if name not in known:
            said = f"{quoted(name)} has no row in observations and no rule in derivations.csv"
            yield Problem("indicators.csv", place, "indicator_id", said)


_PLACEHOLDERS = {
    "dfe_register": {"day"},
    "ohid_data": {"ids"},
    "nomis_population": {"areas"},
    "ons_query": {"service"},
}


def _addresses_can_be_filled_in(frames: Frames, seen: pd.DataFrame) -> Iterator[Problem]:
    """A publisher's address has the placeholders that its module fills in, and no other."""
    for place, row in enumerate(frames["endpoints.csv"].to_dict("records"), FIRST_ROW):
        wanted = _PLACEHOLDERS.get(row["endpoint"], set())
        try:
            found = {name for _, name, _, _ in string.Formatter().parse(row["address"]) if name is not None}
        except ValueError:
            found = {"a brace by itself"}
        if found != wanted:
            allowed = f"the placeholders {', '.join(sorted(wanted)) or 'none'}"
            yield Problem(
                "endpoints.csv", place, "address", f"{quoted(row['address'])}; allowed are {allowed}"
            )


# each is given the tables and what they observe, which several ask for
RULES: tuple[Callable[[Frames, pd.DataFrame], Iterator[Problem]], ...] = (
    _cells_agree,
    _periods_fit,
    _derivations_can_be_followed,
    _every_indicator_has_figures,
    _addresses_can_be_filled_in,
)

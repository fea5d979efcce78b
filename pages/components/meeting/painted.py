"""Boroughs as a map paints them, as rows of a large picture: who is named, in which order, and among whom."""

import math
from collections.abc import Sequence

import pandas as pd

from geo.tables.london import LONDON, value_of
from pages.components.charts import large_rows, palette
from pages.components.data.indicator_view import IndicatorView
from pages.components.exhibits import of_view
from pages.components.state.view import View
from pages.components.text import units

IN_ORDER: dict = {"by": ["apart", "value", "area_name"], "ascending": [True, False, True]}


def at_the_ends(picture: IndicatorView, borough: str, most: int, in_codes: bool) -> pd.DataFrame:
    """The boroughs in scope that are named beside the map, with the `number` of each: its rank in London.

    Or, `in_codes`, its code of two letters. All of them where a list holds them; else the `most` at either
    end, but none there that reads the same as one that would be left out.
    """
    rows = picture.rows[~picture.rows["outside"]].sort_values(**IN_ORDER)
    ranks = rows["rank_london"].where(~rows["apart"])
    numbers = ["" if math.isnan(rank) else f"{rank:.0f}" for rank in ranks]
    rows = rows.assign(number=rows["code"] if in_codes else numbers)
    if len(rows) <= large_rows.MOST_ROWS - 2:
        return rows
    in_rank = rows[ranks.notna()]
    texts = list(in_rank["value_text"])
    chosen = in_rank[in_rank["area_name"] == borough]
    # with the chosen one there is a row more
    top, bottom = (within_ties(one_way, most - len(chosen)) for one_way in (texts, texts[::-1]))
    together = pd.concat([in_rank.head(top), chosen, in_rank.tail(bottom)])
    return together.drop_duplicates("area_code").sort_values(**IN_ORDER)


def entries(listed: pd.DataFrame, view: View, picture: IndicatorView) -> pd.DataFrame:
    """The list beside the map: its boroughs, how many stand between them, the ICS and London."""
    # who is not ranked has no number
    rows, inside = named(listed).assign(text=listed["value_text"]), ranked(picture)
    others = inside[~inside.index.isin(listed.index)]
    if not others.empty:
        high = int((listed["value"] > others["value"].max()).sum())
        where = "" if 0 < high < len(rows) else " below" if high else " above"
        gap = {"name": f"{len(others)} others{where}", "text": "", "fill": "", "number": "", "spoken": ""}
        rows = pd.concat([rows.head(high), pd.DataFrame([gap]), rows.tail(len(rows) - high)])
    return with_wholes(rows, picture, view.scope, in_order=False)


def ranked(picture: IndicatorView) -> pd.DataFrame:
    """The boroughs in scope that have a value and are ranked."""
    rows = picture.rows
    return rows[rows["value"].notna() & ~rows["outside"] & ~rows["apart"]]


def named(rows: pd.DataFrame) -> pd.DataFrame:
    """Painted rows as rows of a picture: name, value, text, fill, spoken, and number where there is one."""
    unranked = [", not ranked" if apart else "" for apart in rows["apart"]]
    kept = rows[["value", "spoken", *rows.columns.intersection(["number"])]]
    return kept.assign(
        name=rows["tile_label"].str.replace("|", " "),
        text=rows["value_text"] + unranked,
        fill=rows["fill"],
    )


def with_wholes(
    rows: pd.DataFrame, picture: IndicatorView, scope: str | None, in_order: bool = True
) -> pd.DataFrame:
    """Rows with the ICS that is looked at and London among them, by their values, or behind them."""
    indicator, theme = picture.indicator, palette.THEMES[of_view.theme()]
    # beside bars of boroughs, that of a total or a change of all of them would leave them no length
    is_sum = not indicator.can_be_compared if in_order else indicator.is_total
    if is_sum or indicator.categories:
        return rows
    of_icss = picture.of_icss
    own = of_icss[of_icss["ics_code"] == scope]
    values = dict(zip(own["ics_name"], own["value"], strict=True))
    notes = dict(zip(own["ics_name"], own["note"], strict=True))
    values["London"] = value_of(picture.place_table, LONDON)
    texts = {whole.name: whole.value_text for whole in picture.wholes}
    known = {name: value for name, value in values.items() if not math.isnan(value)}
    wholes = pd.DataFrame(
        {
            "name": list(known),
            "value": list(known.values()),
            # of an ICS that is not looked at there is no text yet
            "text": [
                texts.get(name) or units.say_value(value, notes.get(name, ""), indicator)
                for name, value in known.items()
            ],
            "fill": theme["london"] if in_order else "",
            "number": "",
        }
    )
    together = pd.concat([rows, wholes], ignore_index=True)
    spoken = together["name"] + ", " + together["text"]
    together["spoken"] = together["spoken"].fillna(spoken) if "spoken" in together else spoken
    return together.sort_values("value", ascending=False, kind="stable") if in_order else together


def within_ties(values: Sequence[object], most: int) -> int:
    """How many of these are named, the first ones: none is left out that is the same as one named."""
    if len(values) <= most:
        return len(values)
    return next((n for n in range(most, 0, -1) if values[n - 1] != values[n]), 0)


def by_ics(boroughs: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The ICSs with their lowest and highest boroughs, and each borough as a dot in its line."""
    lines = named(boroughs).assign(ics_name=boroughs["ics_name"])
    ends = []
    for name, rows in lines.groupby("ics_name"):
        by_value = rows.sort_values("value")
        low, high = (_all_at(by_value, end) for end in (0, -1))
        end = {"low": by_value["value"].iloc[0], "high": by_value["value"].iloc[-1]}
        ends.append({"name": str(name), "low_text": low, "high_text": high, **end})
    dots = lines.assign(name=lines["ics_name"])[["name", "value", "fill", "spoken"]]
    return pd.DataFrame(ends), dots


def _all_at(by_value: pd.DataFrame, end: int) -> str:
    """Who has the value at an end, with it: all of them where there is room for their names."""
    text = by_value["text"].iloc[end]
    names = list(by_value.loc[by_value["text"] == text, "name"])
    return f"{names[0] if len(names) == 1 else f'{len(names)} boroughs'} {text}"

"""Which authority belongs to which integrated care board, and since when."""

import datetime as dt
import itertools
import re

import pandas as pd

from data_loaders.open_geography import files
from data_loaders.publisher import BOROUGH, Download, Known

BOARD = re.compile(r"E54\d{6}")
_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


def with_vintage(
    download: Download, records: files.Attributes, known: Known
) -> tuple[pd.DataFrame, pd.DataFrame, tuple[str, ...], tuple[str, ...]]:
    """Footprints and vintages with the lookup's, what that changes in words, and whether that is doubtful."""
    lookup, year = _lookup(download, records, known)
    key = str(year)
    wanted = lookup.set_index("area_code")["icb_code"].sort_index()
    for vintage, members in reversed(list(known.footprints.groupby("vintage"))):
        if members.set_index("area_code")["icb_code"].sort_index().equals(wanted):
            said = f"The lookup of {year} agrees with the ICSs of {vintage}."
            return known.footprints, known.vintages, (said,), ()
    footprints = _name_systems(lookup, known.footprints).assign(vintage=key)
    moves = _moves(footprints, known, key)
    others = known.footprints[known.footprints["vintage"] != key]
    columns = list(known.footprints.columns)
    every = pd.concat([others, footprints[columns]], ignore_index=True)
    doubts: tuple[str, ...] = ()
    said = f"The lookup of {year} has other ICSs than any before: a new set of boundaries."
    if key in set(known.vintages["vintage"]):
        said = f"The lookup of {year} takes the place of the ICSs of {year} that were known."
        # links and pictures that name this vintage would show something else from then on
        doubts = (f"The lookup of {year} contradicts the ICSs of {year} that are in use: {moves[0]}",)
    return (
        every.sort_values("vintage", kind="stable", ignore_index=True),
        _vintages_with(key, footprints["ics_code"].nunique(), known.vintages),
        (said, *moves),
        doubts,
    )


def _vintages_with(key: str, count: int, vintages: pd.DataFrame) -> pd.DataFrame:
    """The table of vintages with one more, or with the row of that year written anew.

    The NHS changes its boards on the first of April, which closes the open end of the set before.
    """
    first_day = dict(zip(vintages["vintage"], vintages["first_day"], strict=True)).get(key, f"{key}-04-01")
    number = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    row = {
        "vintage": key,
        "first_day": first_day,
        "last_day": "",
        "name": f"{number} ICSs, since {dt.date.fromisoformat(first_day):%B %Y}",
        "ics_count": str(count),
    }
    others = vintages[vintages["vintage"] != key]
    day_before = (dt.date.fromisoformat(first_day) - dt.timedelta(days=1)).isoformat()
    ends = others["last_day"].mask((others["last_day"] == "") & (others["first_day"] < first_day), day_before)
    others = others.assign(last_day=ends)
    every = pd.concat([others, pd.DataFrame([row], columns=vintages.columns)], ignore_index=True)
    return every.sort_values("vintage", kind="stable", ignore_index=True)


def _moves(footprints: pd.DataFrame, known: Known, key: str) -> list[str]:
    """A sentence for each authority whose board is another than in the vintage in use at that time."""
    vintages = sorted(known.footprints["vintage"].unique())
    last = max((vintage for vintage in vintages if vintage <= key), default=vintages[0])
    before = known.footprints[known.footprints["vintage"] == last].set_index("area_code")
    after = footprints.set_index("area_code")
    names = known.areas.set_index("area_code")["area_name"]
    said = []
    for code in known.boroughs:
        old, new = before.loc[code], after.loc[code]
        if old["ics_name"] != new["ics_name"]:
            said.append(f"{names[code]}: from {old['ics_name']} to {new['ics_name']}.")
        elif old["icb_code"] != new["icb_code"]:
            said.append(f"{names[code]}: {old['ics_name']} has the code {new['icb_code']} now.")
    return said


def _lookup(download: Download, records: files.Attributes, known: Known) -> tuple[pd.DataFrame, int]:
    """One row an authority (area_code, icb_code, icb_ods, icb_name) and the year in the fields' names."""
    fields = {
        "area_code": files.field(records, r"LAD\d\dCD"),
        "icb_code": files.field(records, r"ICB\d\dCD"),
        "icb_ods": files.field(records, r"ICB\d\dCDH"),
        "icb_name": files.field(records, r"ICB\d\dNM"),
    }
    lacking = [name for name, field in fields.items() if not field]
    if lacking:
        raise files.refusal(download, f"there is no column for {lacking[0]}")
    table = pd.DataFrame(
        {name: [str(record.get(field) or "") for record in records] for name, field in fields.items()}
    )
    table = table[table["area_code"].str.startswith(BOROUGH)].drop_duplicates()
    split = table.loc[table["area_code"].duplicated(), "area_code"]
    if len(split):
        raise files.refusal(download, f"{split.iloc[0]} belongs to two boards")
    files.refuse_codes(download, list(table["area_code"]), known)
    for row in table.to_dict("records"):
        if not BOARD.fullmatch(row["icb_code"]) or not row["icb_name"]:
            raise files.refusal(download, f"{row['area_code']} belongs to no known kind of board")
    boards = table.drop_duplicates(["icb_code", "icb_ods", "icb_name"])
    twice = boards.loc[boards["icb_code"].duplicated(), "icb_code"]
    if len(twice):
        raise files.refusal(download, f"the board {twice.iloc[0]} has two names")
    return table.sort_values("area_code", ignore_index=True), 2000 + int(fields["icb_code"][3:5])


def _name_systems(lookup: pd.DataFrame, footprints: pd.DataFrame) -> pd.DataFrame:
    """The lookup with ics_code and ics_name.

    Those of a board that is known stay; a board that only has a new code keeps the letters of its name. Any
    other goes by its initials, with a number where two would be the same.
    """
    known = footprints.drop_duplicates("icb_code", keep="last").set_index("icb_code")
    letters = dict(zip(footprints["ics_name"], footprints["ics_code"], strict=True))
    systems: dict[str, tuple[str, str]] = {}
    titles = dict(zip(lookup["icb_code"], lookup["icb_name"], strict=True))
    # known boards come first, so that no new one takes their initials
    for board, title in sorted(titles.items(), key=lambda pair: pair[0] not in known.index):
        name = known.at[board, "ics_name"] if board in known.index else _plain_name(title)
        initials = letters.get(name) or "".join(word[0] for word in name.split() if word[0].isupper())
        taken = {code for code, _ in systems.values()}
        choices = (f"{initials}{number}" if number > 1 else initials for number in itertools.count(1))
        systems[board] = (next(code for code in choices if code not in taken), name)
    codes, names = zip(*lookup["icb_code"].map(systems), strict=True)
    return lookup.assign(ics_code=codes, ics_name=names)


def _plain_name(board: str) -> str:
    return re.sub(r"^NHS | Integrated Care Board$", "", board)

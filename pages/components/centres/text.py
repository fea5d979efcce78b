"""The register of children's centres over time, in words: what is listed, what came and went, since when."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from geo.access import history
from geo.access.history import GONE, MOVED, NEW, RETYPED
from pages.components.data.centres import Compared
from pages.components.near_me.text import LINKED, say_metres
from pages.components.text import dates, grammar, markdown

INTRODUCTION = (
    "The sites of London's children's centres as the national register lists them, from 2016 to today: "
    "what is there, what has gone, and what is listed as something else since."
)
OUT_OF_DATE = "As registered: entries can be out of date."
MAY = (
    "An entry may be of a site that has closed, and one that "
    "has left the register of a site that is still open as something else. The register does not say why an "
    "entry came or went, nor what a site offers or when it is open."
)
HELD = (
    "{number} days of the register are held, from {first} to {last}. On each of them every borough has as "
    "many sites here as the page *Map* counts. The register has no closing dates: an entry is listed until "
    "the last of 183 daily files, of August 2016 to August 2026, or of the newest download, that has it. "
    "“Date opened” is the register's own, and missing for most linked sites. Postcodes are held from three "
    "of the files (4 August 2016, 6 December 2019 and 19 August 2026) and from the newest download. A site "
    "is drawn where the next of them has it. That it has another postcode is told where the days "
    "compared are known to lie before and after that. Names are those of its last file. A postcode stands "
    "for the middle of its addresses."
)
BEFORE_2016 = (
    "Registers before August 2016 are not held: which centres came and went before, they do not tell. How "
    "many designated centres each council had at the end of February 2010 was given to Parliament."
)
HUB = "Family hub, by another list"
OF_HUBS = (
    "Family hubs are those of the Department for Education's list of {day}, which is not the register and is "
    "not complete: {listed} A hub may be at the door of a centre."
)
# by what is looked at: one, and several
NOUNS = {
    "all": ("centre or linked site", "centres and linked sites"),
    "designated_centres": ("designated centre", "designated centres"),
    "linked_sites": ("linked site", "linked sites"),
}
# short, for a choice that stands in one line on a phone
CHOICES = {"all": "All sites", "designated_centres": "Centres", "linked_sites": "Linked sites"}
ONE_OF_TYPE = {"designated_centres": "designated centre", "linked_sites": "linked site"}
KIND_NAMES = {
    GONE: "No longer listed",
    NEW: "Newly listed",
    RETYPED: "Listed as another type",
    MOVED: "At another postcode",
}


def counted(number: int, sites: str) -> str:
    """So many sites of what is looked at: "1 linked site", "454 centres and linked sites"."""
    one, many = NOUNS[sites]
    return f"{number:,} {one if number == 1 else many}" if number else f"no {many}"


def headline(found: Compared, sites: str, place: str) -> str:
    """What is listed on the day, and what has come and gone since the other."""
    now, where = counted(len(found.now), sites), f"in {grammar.inside(place or 'London')}"
    said = f"On {dates.say_day(found.day)} the register lists {now} {where}"
    if not found.has_two_days:
        return f"{said}."
    since, left, came = dates.say_day(found.since), *_left_and_came(found.changes, sites)
    if not left and not came:
        return f"{said}: none has come or gone since {since}."
    then = f"of the {len(found.then):,} of {since}" if len(found.then) else f"since {since}"
    return f"{said}; {then}, {grammar.join_all(left) if left else 'all are still listed'}{_and(came)}."


def _left_and_came(changed: pd.DataFrame, sites: str) -> tuple[list[str], list[str]]:
    """What became of those that were listed, and whence the others are; types only where one is chosen."""
    kinds = changed["change"]
    turned = (kinds == RETYPED) & (sites != "all")
    left = [
        _many((kinds == GONE).sum(), "is no longer listed", "are no longer listed"),
        _many((turned & (changed["from_type"] == sites)).sum(), *_TYPED_NOW),
    ]
    came = [
        _many((kinds == NEW).sum(), "is newly listed", "are newly listed"),
        _many((turned & (changed["type"] == sites)).sum(), *_TYPED_BEFORE),
    ]
    return [*filter(None, left)], [*filter(None, came)]


_TYPED_NOW = ("is listed as another type", "are listed as another type")
_TYPED_BEFORE = ("was listed as another type before", "were listed as another type before")


def _many(number: int, one: str, many: str) -> str:
    """How many, and what of them; empty for none."""
    return f"{grammar.say_number(number)} {one if number == 1 else many}" if number else ""


def _and(came: list[str]) -> str:
    return f"; {grammar.join_all(came)}" if came else ""


def findings(found: Compared, number_of_places: int) -> list[str]:
    """What has gone and come, where, what is listed as another type, and what at another postcode."""
    if not found.has_two_days:
        return []
    changed = found.changes
    by_kind = {kind: changed[changed["change"] == kind] for kind in KIND_NAMES}
    said = [
        _where(by_kind[GONE], "No longer listed"),
        _where(by_kind[NEW], "Newly listed"),
        _retyped(by_kind[RETYPED]),
        _moved(by_kind[MOVED]),
        _unchanged(changed, number_of_places),
    ]
    return [sentence for sentence in said if sentence]


def _where(rows: pd.DataFrame, said: str) -> str:
    if rows.empty:
        return ""
    return f"{said}: {_by_authority(rows)}."


def _by_authority(rows: pd.DataFrame) -> str:
    """How many in which authority, all of them: most first, those with as many by name."""
    counts = rows["authority"].value_counts().sort_index().sort_values(ascending=False, kind="stable")
    if len(counts) > 1 and (counts == 1).all():
        return f"{len(counts)}, one each in {grammar.list_names(list(counts.index))}"
    return grammar.join_all([f"{number} in {grammar.inside(name)}" for name, number in counts.items()])


def _retyped(rows: pd.DataFrame) -> str:
    """Which became linked sites, and which centres: their doors are where they were."""
    said = []
    for kind, here in rows.groupby("type"):
        one = ONE_OF_TYPE[str(kind)]
        what = f"as a {one}" if len(here) == 1 else f"as {one}s"
        where = here["authority"].iloc[0] if here["authority"].nunique() == 1 else _by_authority(here)
        said.append(f"{len(here)} {what} ({where})")
    return f"Listed as another type than before: {grammar.join_all(said)}." if said else ""


def _moved(rows: pd.DataFrame) -> str:
    if rows.empty:
        return ""
    return f"Registered at another postcode than before: {_by_authority(rows)}."


def _unchanged(changed: pd.DataFrame, number: int) -> str:
    """Where no entry has changed, and that this says little."""
    others = number - changed["area_code"].nunique()
    neither = "the register does not say whether nothing changed there or nobody brought it up to date"
    if not others:
        return ""
    if number == 1:
        return f"None of its entries has changed in these years: {neither}."
    if others == number:
        return f"In none of the {number} authorities has any entry changed: {neither}."
    some = "authority" if others == 1 else "authorities"
    return f"In the other {others} {some} no entry has changed: {neither}."


def when(row: Mapping) -> str:
    """Between which days a change lies, as far as it is known."""
    until, by = dates.say_day(row["until"]), dates.say_day(row["by"])
    if row["change"] == GONE:
        return f"last listed on {until}"
    if row["change"] == NEW:
        opened = f"; date opened {dates.say_day(row['open_date'])}" if row["open_date"] else ""
        return f"first listed on {by}{opened}"
    if row["change"] == RETYPED:
        return f"{ONE_OF_TYPE[row['from_type']]} on {until}, {ONE_OF_TYPE[row['type']]} on {by}"
    way = f", {say_metres(row['metres'])} away" if pd.notna(row["metres"]) else ""
    return f"{row['from_postcode']} on {until}; {row['postcode']} on {by}{way}"


def listed(changed: pd.DataFrame) -> pd.DataFrame:
    """The changes as a table for the page, those of a kind together."""
    rows = changed.to_dict("records")
    return pd.DataFrame(
        {
            "Change": [KIND_NAMES[row["change"]] for row in rows],
            "Borough": [row["authority"] for row in rows],
            "Site": [_name(row) for row in rows],
            "As registered": [markdown.verbatim(sentence(when(row))) for row in rows],
        }
    )


def _name(row: Mapping) -> str:
    return markdown.verbatim(row["name"]) + LINKED * (row["type"] == "linked_sites")


def sites(now: pd.DataFrame) -> pd.DataFrame:
    """The sites of one borough on a day as a table for the page."""
    rows = now.to_dict("records")
    return pd.DataFrame(
        {
            "Site": [_name(row) for row in rows],
            "Postcode": now["postcode"],
            "Date opened": [dates.say_day(row["open_date"]) or "not registered" for row in rows],
        }
    )


def hubs_listed(rows: pd.DataFrame) -> pd.DataFrame:
    """Family hubs as a table for the page."""
    postcodes = rows["postcode"].replace("", "not in the list")
    return pd.DataFrame(
        {"Family hub": rows["name"].map(markdown.verbatim), "Postcode": postcodes.map(markdown.verbatim)}
    )


def by_borough(found: Compared, names: Mapping[str, str]) -> pd.DataFrame:
    """How many of each type each borough lists on both days, and what came and went, by area_code.

    Columns: borough, then_ and now_ with each of history.TYPES, gone, new.
    """
    codes = list(names)
    table = pd.DataFrame({"borough": list(names.values())}, index=pd.Index(codes, name="area_code"))
    for prefix, rows in (("then_", found.then), ("now_", found.now)):
        table = table.join(history.counts(rows).reindex(codes, fill_value=0).add_prefix(prefix))
    for kind in (GONE, NEW):
        own = found.changes[found.changes["change"] == kind]
        table[kind] = own["area_code"].value_counts().reindex(codes, fill_value=0)
    return table.reset_index()


def not_on_map(now: pd.DataFrame) -> str:
    """Which sites cannot be drawn, because the directory of postcodes does not have theirs."""
    rows = now[now["easting"].isna()]
    if rows.empty:
        return ""
    named = [f"{row['name']} ({row['authority']})" for row in rows.to_dict("records")]
    return f"Not on the map, because the directory has no such postcode: {grammar.list_names(named)}."


def stands_elsewhere(now: pd.DataFrame, names: Mapping[str, str]) -> str:
    """Which sites stand in another authority than the one that lists them."""
    rows = now[(now["stands_in"] != now["area_code"]) & (now["stands_in"] != "")]
    named = [
        f"{row['name']} of {row['authority']} stands in {grammar.inside(names[row['stands_in']])}"
        for row in rows.to_dict("records")
    ]
    return f"{grammar.join_all(named)}, by its postcode." if named else ""


def hubs(day: str, listed: pd.DataFrame, names: Mapping[str, str], place: str) -> str:
    """How many hubs the list has, and who is not in it; `names` are those of the authorities looked at."""
    others = [name for code, name in names.items() if code not in set(listed["area_code"])]
    number = f"{len(listed)} hub{'' if len(listed) == 1 else 's'}"
    if len(names) == 1 and others:
        said = f"{grammar.inside(place)} is not in it, which is not to say that it has no hub."
    elif not others:
        said = f"it has {number} of {place or 'London'}."
    else:
        said = (
            f"it has {number} of {len(names) - len(others)} of these {len(names)} authorities; of the others "
            "it says nothing, least of all that they have none."
        )
    return OF_HUBS.format(day=dates.say_day(day), listed=said)


def not_held(asked: str, shown: str) -> str:
    """That the register of a day that somebody asked for is not held."""
    if not asked or asked == shown:
        return ""
    return f"The register of {asked} is not held: that of {dates.say_day(shown)} is shown."


def short_day(iso: str) -> str:
    """A day in so few letters that two of them stand beside each other on a phone: 6 Dec 2019."""
    day = dt.date.fromisoformat(iso)
    return f"{day.day} {day:%b %Y}"


def sentence(text: str) -> str:
    """A text that begins with a capital."""
    return text[:1].upper() + text[1:]


def say_each(rows: pd.DataFrame, told: Callable[[Mapping], str]) -> Sequence[str]:
    """What is told of each site, after its name and authority."""
    return [f"{row['name']} ({row['authority']}): {told(row)}" for row in rows.to_dict("records")]

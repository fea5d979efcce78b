"""Figures in words: one small grammar for values, periods, places and headlines.

Pure functions of the place table (geo.tables.london.place_table) and the catalogue. A sentence template of
the catalogue has `{place}`, `{value}` and `[one|many]`, of which the first is taken when the value is
exactly 1.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from data_loaders.catalogue import Catalogue, Indicator
from data_loaders.periods import DATE, QUARTER, kind_of
from geo.tables import marks
from geo.tables.london import ENGLAND, LONDON, London, left_out_of_london
from geo.tables.odd import is_odd, what_is_odd
from pages.exports.table import MARK, Measure, ordinal

MOST_NAMES = 3
# the one authority whose name has an article in a sentence
_CITY = "City of London"
# beside a picture; the table has them all
MOST_NOTES = 6
NO_FIGURE = "There is no figure to show."
WHY_NOT_A_TOTAL = (
    "This figure is a total: where more children live, more can be expected. A difference between two totals "
    "says nothing of what families there get, so it is not called a lottery, nor a difference between "
    "neighbours."
)
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
# where Streamlit finds links, small pictures and arrows even in a text whose punctuation is escaped
_MADE_INTO_SIGNS = re.compile(r"(?<=:)(?=//|[a-z+_-])|(?<=www)(?=\.)|(?<=@)|(?<=[-<>=~])(?=[-<>=~])", re.I)
_QUARTERS = {
    "1": ("April to June", 0),
    "2": ("July to September", 0),
    "3": ("October to December", 0),
    "4": ("January to March", 1),
}
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


class Whole(NamedTuple):
    """A place that is not one authority, with its value and where that comes from, both in words.

    `without` is the sentence on the authorities that the value does without, empty where it has all.
    """

    name: str
    value_text: str
    status_text: str
    without: str = ""


def format_value(value: float, indicator: Indicator) -> str:
    """A number in its unit as the reader sees it: "£1,234", "88.1%", "−5"; empty when there is none.

    This is for what no row has: a difference, a class, a target. The figure of a place is say_value()'s.
    """
    if indicator.categories:
        return indicator.categories.get(value, "")
    return measure(indicator).text(value)


def measure(indicator: Indicator) -> Measure:
    """How the values of an indicator are written."""
    unit = indicator.unit
    called = lower_first(unit.axis)
    return Measure(called, indicator.decimals, unit.prefix, unit.suffix, signed=unit.unit_id == "change")


def say_value(value: float, note: str, indicator: Indicator) -> str:
    """The figure of a place as it is written everywhere, with MARK behind it where it bears one.

    `note` is the note on the figure, or why it bears a mark (geo.tables.marks); it is empty for a figure
    without a note. The text is empty when there is no value.
    """
    text = format_value(value, indicator)
    return f"{text}{MARK}" if marks.is_marked(value, note, indicator) else text


def say_values(values: Iterable[float], notes: Iterable[str], indicator: Indicator) -> list[str]:
    """say_value() of many figures of one indicator."""
    return [say_value(value, note, indicator) for value, note in zip(values, notes, strict=True)]


def value_of(table: pd.DataFrame, area_code: str, indicator: Indicator) -> str:
    """The figure of one area of a place table (say_value)."""
    row = table.loc[table["area_code"] == area_code].iloc[0]
    return say_value(row["value"], row["note"], indicator)


def value_texts(rows: pd.DataFrame, indicator: Indicator, catalogue: Catalogue) -> list[str]:
    """The value of each row of the place table, or the word for why there is none."""
    said = say_values(rows["value"], rows["note"], indicator)
    return [
        text or catalogue.statuses[status].word for text, status in zip(said, rows["status"], strict=True)
    ]


def aloud(text: str) -> str:
    """A text for a screen reader, which may be silent about MARK: "88.1%, with a note"."""
    return text.replace(MARK, ", with a note")


def status_texts(rows: pd.DataFrame, indicator: Indicator, catalogue: Catalogue) -> list[str]:
    """The status of each row of the place table in a word, with what there is to know of the value."""
    said = []
    above = marks.above_100(rows, indicator)
    for status, note, is_above in zip(rows["status"], rows["note"], above, strict=True):
        parts = [catalogue.statuses[status].word, f"note: {note}" if note else ""]
        said.append("; ".join(filter(None, [*parts, indicator.above_100 if is_above else ""])))
    return said


def verbatim(text: str) -> str:
    """A text of somebody's file in Markdown, as it is: no markup, link, picture or sign comes of it."""
    plain = _PUNCTUATION.sub(r"\\\g<0>", _MADE_INTO_SIGNS.sub("\N{WORD JOINER}", text))
    return " ".join(plain.split())


def unescaped(text: str) -> str:
    """A text for Markdown as it is read: without what verbatim() adds."""
    return _ESCAPED.sub(r"\1", text).replace("\N{WORD JOINER}", "")


def say_number(number: int) -> str:
    """A small number as a word."""
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def say_date(day: dt.date) -> str:
    """A date in words: 6 December 2019."""
    return f"{day.day} {day:%B %Y}"


def say_day(iso: str) -> str:
    """An ISO date, or the date of an ISO moment, in words; empty for an empty text."""
    return say_date(dt.datetime.fromisoformat(iso).date()) if iso else ""


def say_days(days: Sequence[str]) -> str:
    """ISO dates in words, the earliest first: 3 May and 20 August 2026; of many, between which they lie."""
    if len(days) == 1:
        return say_day(days[0])
    first, last = (dt.date.fromisoformat(day) for day in (days[0], days[-1]))
    begun = f"{first.day} {first:%B}" if first.year == last.year else say_date(first)
    return f"{begun} and {say_date(last)}" if len(days) == 2 else f"between {begun} and {say_date(last)}"


def say_moment(iso: str) -> str:
    """An ISO moment in words, by London's clock: 6 December 2019 at 09:30."""
    moment = dt.datetime.fromisoformat(iso).astimezone(ZoneInfo("Europe/London"))
    return f"{say_date(moment.date())} at {moment:%H:%M}"


def say_period(period: str, indicator: Indicator) -> str:
    """A period with what it means: "6 December 2019", "2023/24, year ending March 2024".

    A quarter is named by its months, because it is one of a financial year.
    """
    if indicator.period_type == "date":
        return say_date(dt.date.fromisoformat(period))
    year_end = re.fullmatch(r"(20\d\d)/\d\d", period)
    if year_end and indicator.period_type in {"financial_year", "review_period"}:
        return f"{period}, year ending March {int(year_end[1]) + 1}"
    if kind_of(period) == QUARTER:
        return f"{short_period(period)} (quarter {period[-1]} of {period[:7]})"
    kinds = {"academic_year": f"school year {period}", "summer": f"summer {period}"}
    return kinds.get(indicator.period_type, period)


def time_note(indicator: Indicator, periods: Sequence[str]) -> str:
    """What to know when these periods are looked at together; empty where there is nothing to know.

    What the catalogue says of certain years is said only where one of them is among the periods. In a change
    the year that it is counted from always is.
    """
    note = indicator.comparable_over_time
    years = re.findall(r"\b(?:19|20)\d\d(?:/\d\d)?", note)
    is_shown = any(period.startswith(year) for period in periods for year in years)
    if note == "yes" or (years and not is_shown and indicator.kind != "change"):
        return ""
    return f"Note: {note}."


def period_label(period: str, indicator: Indicator) -> str:
    """A period as its publisher names it, as short as it can be said: "2023/24", "summer 2024", a date."""
    if indicator.period_type in ("date", "summer"):
        return say_period(period, indicator)
    return period


def short_period(period: str) -> str:
    """A period as it is named, but a date in words, and a quarter by its months: "April to June 2017"."""
    if kind_of(period) == DATE:
        return say_day(period)
    if kind_of(period) == QUARTER:
        months, later = _QUARTERS[period[-1]]
        return f"{months} {int(period[:4]) + later}"
    return period


def with_period(name: str, period: str, form: str = "{} ({})") -> str:
    """The name of a figure with its period; by itself where it says that year: "Deprivation 2025 (IMD)"."""
    return name if says_period(name, period) else form.format(name, period)


def says_period(name: str, period: str) -> bool:
    """Whether a name has the year of a period in it, as that of its figure."""
    return _ITS_YEAR.findall(name) == [period]


# a year that a name says for itself, and that does not begin or end several
_ITS_YEAR = re.compile(r"(?<!since )(?<!from )(?<!to )\b20\d\d\b(?!-| to | on\b)")


def why_nothing_to_compare(indicator: Indicator) -> str:
    """Why a page that compares boroughs has nothing to show."""
    if indicator.categories:
        return "This figure is a category, which has no size to compare: the page Map shows it."
    if indicator.is_total:
        return WHY_NOT_A_TOTAL
    if not indicator.can_be_compared:
        return (
            "This figure is how a number has changed: where there was more, more could be lost. So it is not "
            "called a difference between neighbours: the page Map shows it."
        )
    return "There are no figures by borough to compare. Choose another indicator or period."


def join_names(names: Sequence[str]) -> str:
    """Names as a list in words; long lists become a number."""
    return f"{len(names)} boroughs" if len(names) > MOST_NAMES else list_names(names)


def inside(name: str) -> str:
    """A name as it stands inside a sentence: "the City of London"."""
    return f"the {name}" if name == _CITY else name


def upper_first(text: str) -> str:
    """A text that has its first letter as a sentence begins."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """A text that has its first letter as it is inside a sentence."""
    return text[:1].lower() + text[1:]


def beginning(name: str) -> str:
    """A name as a sentence begins with it: "The City of London"."""
    return f"The {name}" if name == _CITY else name


def list_names(names: Sequence[str]) -> str:
    """All the names, however many, so that "Barking and Dagenham" stays one."""
    names = [inside(name) for name in names]
    if len(names) == 2 and _have_and(names):
        return f"{names[0]} as well as {names[1]}"
    return join_all(names)


def join_all(parts: Sequence[str]) -> str:
    """All the parts as a list in words, with a comma before the last "and" where some part has one inside."""
    last = ", and " if _have_and(parts) else " and "
    return last.join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


def _have_and(parts: Sequence[str]) -> bool:
    return any(" and " in part for part in parts)


def say_ics_changes(london: London) -> str:
    """What became of the ICSs from each set of boundaries to the next: a sentence for each new name."""
    members = {
        vintage: rows.set_index("area_code")["ics_name"]
        for vintage, rows in london.footprints.groupby("vintage")
    }
    said = []
    for before, after in pairwise(london.vintages):
        old, new = members[before], members[after]
        renamed = new[~new.isin(old)]
        for name, boroughs in renamed.groupby(renamed):
            formers = sorted(old[boroughs.index].unique())
            said.append(f"In {london.vintages[after].since}, {list_names(formers)} became {name}.")
    return " ".join(said)


def rank_texts(rows: pd.DataFrame, scope: str) -> list[str]:
    """The rank of each row in `london` or in its `ics`: "3rd of 32", "joint 3rd of 32", "not ranked".

    Where it is known how sure the rank is (geo.lottery.one_period.with_rank_bounds), that is said: "3rd of
    32 (2nd to 6th)".
    """
    columns = [rows[f"{part}_{scope}"] for part in ("rank", "tied", "of", "best", "worst")]
    return [say_rank(*parts) for parts in zip(*columns, strict=True)]


def say_rank(place: float, tied: bool, of: int, best: float, worst: float) -> str:
    """A rank as rank_texts() says it."""
    if np.isnan(place):
        return "not ranked"
    said = f"{'joint ' if tied else ''}{ordinal(int(place))} of {int(of)}"
    if np.isnan(best) or best == worst:
        return said
    return f"{said} ({ordinal(int(best))} to {ordinal(int(worst))})"


def rank_sentence(row: Mapping[str, Any] | pd.Series, indicator: Indicator) -> str:
    """What a borough has, where that stands in London, and how sure that is; empty where it has no rank.

    `row` is one of a place table with the bounds of ranks (geo.lottery.one_period.with_rank_bounds).
    """
    if np.isnan(row["rank_london"]):
        return ""
    own = f"{row['area_name']} ({say_value(row['value'], row['note'], indicator)})"
    place = f"{'joint ' if row['tied_london'] else ''}{ordinal(int(row['rank_london']))}"
    if indicator.is_total:
        return (
            f"{own} is {place} of {int(row['of_london'])} from the largest. That is an order of "
            "size, not of what families there get."
        )
    said = f"{own} is {place} of {int(row['of_london'])} from the highest"
    if indicator.kind == "change":
        return f"{said}. Where there was more, more could be lost."
    best, worst = row["best_london"], row["worst_london"]
    if np.isnan(best):
        return f"{said}."
    if best == worst:
        return f"{said}, with at least 95% probability."
    return f"{said}, and with 95% probability between {ordinal(int(best))} and {ordinal(int(worst))}."


def fill_sentence(template: str, place: str, value: str) -> str:
    """A catalogue sentence for one place, without the full stop."""
    return fill_forms(template, 1 if value.removesuffix(MARK) == "1" else 0).format(place=place, value=value)


def fill_forms(text: str, number: float) -> str:
    """A text in which `[child|children]` stands in the form for this number."""
    form = 1 if number == 1 else 2
    return re.sub(r"\[([^|\]]*)\|([^\]]*)\]", lambda match: match[form], text)


def headline(
    table: pd.DataFrame, indicator: Indicator, scope: str | None, ics: pd.DataFrame | None = None
) -> str:
    """What the picture shows, in one sentence.

    `scope` is the code of an ICS, or None for all London; `ics` is the table of geo.tables.london.ics_table,
    of which the ICS in scope is named where it has a value of all its boroughs. Areas marked small are left
    out of the extremes, because a handful of children would make the headline, and so are figures that are
    odd.
    """
    boroughs = in_scope(table, scope)
    if indicator.categories:
        return _headline_of_categories(boroughs, indicator)
    with_value = boroughs[boroughs["value"].notna() & ~boroughs["small"] & ~is_odd(boroughs)]
    if with_value.empty:
        return _headline_without_boroughs(table, indicator)

    shown = with_value["value"].map(lambda value: format_value(value, indicator))
    highest = shown == shown[with_value["value"].idxmax()]
    lowest = shown == shown[with_value["value"].idxmin()]
    names = with_value["area_name"]
    top, bottom = (
        say_value(rows["value"].iloc[0], marks.named(rows, indicator), indicator)
        for rows in (with_value[highest], with_value[lowest])
    )
    parts = [fill_sentence(indicator.sentence, _place(list(names[highest]), len(boroughs)), top)]
    if shown.nunique() > 1:
        parts.append(f"in {_place(list(names[lowest]), len(boroughs))} {bottom}")
    if ics is not None:
        own = ics[(ics["ics_code"] == scope) & ics["value"].notna() & ~ics["left_out"].astype(bool)]
        parts += [
            f"in {row['ics_name']} {say_value(row['value'], row['note'], indicator)}"
            for _, row in own.iterrows()
        ]
    for code, name in ((LONDON, name_of_london(table, indicator)), (ENGLAND, "England")):
        text = value_of(table, code, indicator)
        if text:
            parts.append(f"in {name} {text}")
    return "; ".join(parts) + "."


def remarks(
    table: pd.DataFrame,
    wholes: Sequence[Whole],
    indicator: Indicator,
    catalogue: Catalogue,
    scope: str | None,
) -> list[str]:
    """What the reader must know beside the headline: what is missing, small, or left out of a total."""
    boroughs = in_scope(table, scope)
    said = [*say_missing(table, catalogue, scope), *say_marks(table, indicator, scope)]
    small = boroughs[boroughs["small"] & boroughs["value"].notna()]
    if not indicator.categories:
        said += [
            f"{beginning(name)} ({text}) has very few children: it is shown, but not ranked."
            for name, text in zip(small["area_name"], value_texts(small, indicator, catalogue), strict=True)
        ]
    return [*said, *(whole.without for whole in wholes if whole.without)]


def say_missing(table: pd.DataFrame, catalogue: Catalogue, scope: str | None) -> list[str]:
    """Which boroughs in scope have no figure, a sentence for each reason."""
    boroughs = in_scope(table, scope)
    said = []
    for status, rows in boroughs[boroughs["value"].isna()].groupby("status"):
        reason = catalogue.statuses[str(status)].sentence
        who = "any borough" if len(rows) == len(boroughs) else list_names(list(rows["area_name"]))
        said.append(f"No figure for {who}: {reason}.")
    return said


def say_marks(table: pd.DataFrame, indicator: Indicator, scope: str | None) -> list[str]:
    """What each MARK on a value in scope, or of London and England, means; and notes on missing values.

    It goes wherever the values go: to every picture, table, slide and paper.
    """
    if not marks.any_is_marked(_with_wholes(table, scope), indicator):
        return []
    return [
        *say_odd(table, indicator, scope),
        *say_notes(table, scope),
        *say_above_100(table, indicator, scope),
    ]


def say_notes(table: pd.DataFrame, scope: str | None) -> list[str]:
    """The notes on figures in scope, verbatim, with whose they are; odd ones are say_odd()'s.

    Those on values, which bear MARK, come before those on missing ones.
    """
    rows = _with_wholes(table, scope)
    noted = rows[(rows["note"] != "") & ~is_odd(rows) & (rows["status"] != "combined")]
    noted = noted.assign(missing=noted["value"].isna(), theirs=marks.are_the_publishers(noted))
    said = []
    for (missing, theirs, note), own in noted.groupby(["missing", "theirs", "note"], sort=False):
        names = list_names(list(own["area_name"]))
        who = f"The publisher's note on {names}" if theirs else names
        said.append((bool(missing), f"{'' if missing else f'{MARK} '}{who}: {verbatim(str(note))}."))
    sentences = [sentence for _, sentence in sorted(said, key=lambda pair: pair[0])]
    more = len(sentences) - MOST_NOTES
    return [*sentences[:MOST_NOTES], *([_more_notes(more)] if more > 0 else [])]


def _more_notes(count: int) -> str:
    """How many notes are not said beside a picture, and where they are."""
    number = say_number(count).capitalize()
    return f"{number} more {'note is' if count == 1 else 'notes are'} in the table."


def say_above_100(table: pd.DataFrame, indicator: Indicator, scope: str | None) -> list[str]:
    """Which percentages in scope, or of London and England, are above 100, and why; nothing where none is."""
    rows = _with_wholes(table, scope)
    above = list(rows.loc[marks.above_100(rows, indicator), "area_name"])
    return [f"{MARK} Above 100%: {list_names(above)}. {indicator.above_100}."] if above else []


def say_odd(table: pd.DataFrame, indicator: Indicator, scope: str | None) -> list[str]:
    """Which figures in scope are odd, and why, in a sentence; nothing where none is."""
    rows = _with_wholes(table, scope)
    odd = rows[is_odd(rows)]
    if odd.empty:
        return []
    named = odd.assign(said=odd["area_name"] + " (" + say_values(odd["value"], odd["note"], indicator) + ")")
    reasons = [
        f"{join_all(list(own['said']))}: {what_is_odd(str(note))}"
        for note, own in named.groupby("note", sort=False)
    ]
    said = [
        f"{MARK} Shown as published, but left out of comparisons because "
        f"{'it is' if len(odd) == 1 else 'they are'} odd: {'; '.join(reasons)}."
    ]
    if indicator.aggregation == "ratio":
        them = "it" if len(odd) == 1 else "them"
        said.append(f"The values of London and of an ICS are worked out with {them}.")
    return [" ".join(said)]


def say_reasons(reasons: Iterable[tuple[str, str, str]]) -> list[str]:
    """What each MARK in a table of unlike figures, or of many periods, means.

    `reasons` has the name of the area, which figure or period it is, and why it bears a mark
    (geo.tables.marks.reasons), all of them not empty. Those that have one reason are said together.
    """
    by_reason: dict[str, dict[str, list[str]]] = {}
    for name, which, reason in reasons:
        by_reason.setdefault(reason, {}).setdefault(which, []).append(name)
    return [f"{MARK} {_whose(of)}: {verbatim(reason)}." for reason, of in by_reason.items()]


def _whose(names_by_figure: dict[str, list[str]]) -> str:
    """Which figures of which areas: "2017/18 and 2018/19, Newham; 2019/20, Brent and Camden"."""
    alike: dict[str, list[str]] = {}
    for which, names in names_by_figure.items():
        alike.setdefault(list_names(names), []).append(which)
    is_plain = not any("," in which or " and " in which for which in names_by_figure)
    joined = join_all if is_plain else "; ".join
    return "; ".join(f"{joined(figures)}, {names}" for names, figures in alike.items())


def _with_wholes(table: pd.DataFrame, scope: str | None) -> pd.DataFrame:
    """The authorities in scope, London and England."""
    return table if scope is None else table[(table["ics_code"] == scope) | (table["area_type"] != "borough")]


def whole_places(
    table: pd.DataFrame, ics: pd.DataFrame, indicator: Indicator, catalogue: Catalogue, scope: str | None
) -> list[Whole]:
    """The chosen ICS, London and England; none for a category, which has no value for a whole place.

    `ics` is the table of geo.tables.london.ics_table.
    """
    if indicator.categories:
        return []
    places = [
        _say_ics(row, indicator, catalogue) for row in ics.to_dict("records") if row["ics_code"] == scope
    ]
    for row in table[table["area_type"] != "borough"].to_dict("records"):
        value = say_value(row["value"], row["note"], indicator)
        status = catalogue.statuses[row["status"]]
        left_out = left_out_of_london(table, indicator) if row["area_code"] == LONDON else ()
        without = _say_without(row["area_name"], left_out, row["status"])
        said = f"{status.sentence}; note: {row['note']}" if row["note"] else status.sentence
        places.append(Whole(row["area_name"], value or status.word, said, without))
    return places


def _say_ics(row: dict, indicator: Indicator, catalogue: Catalogue) -> Whole:
    value = say_value(row["value"], row["note"], indicator)
    if value:
        without = _say_without(row["ics_name"], row["left_out"], row["status"])
        return Whole(row["ics_name"], value, row["note"] or catalogue.statuses["derived"].sentence, without)
    if indicator.aggregation != "sum":
        reason = "the figures come without the counts that a value for an ICS needs"
    else:
        reason = f"a total needs every borough, and there is no figure for {list_names(row['left_out'])}"
    return Whole(row["ics_name"], "cannot be given", reason)


def name_of_london(table: pd.DataFrame, indicator: Indicator) -> str:
    """What a sentence calls London beside its value: as a whole only where that does without nobody."""
    without = left_out_of_london(table, indicator)
    return f"London without {join_names(without)}" if without else "London as a whole"


def _say_without(name: str, left_out: Sequence[str], status: str) -> str:
    """Which authorities the value of a place does without, by the publisher's doing or by ours."""
    if not left_out:
        return ""
    names = list_names(left_out)
    if status == "derived":
        return f"The value of {name} is worked out without {names}."
    others = "it is the sum of the other boroughs"
    return f"The publisher's total for {name} has nothing in it for {names}: {others}."


def interval_texts(rows: pd.DataFrame, indicator: Indicator) -> list[str]:
    """The 95 % interval of each row, "72.1% to 75.3%"; empty where there is none."""
    bounds = zip(rows["lower_95"], rows["upper_95"], strict=True)
    return [say_interval(lower, upper, indicator) for lower, upper in bounds]


def say_interval(lower: float, upper: float, indicator: Indicator) -> str:
    """An interval, "72.1% to 75.3%"; empty where there is none."""
    low, high = (format_value(bound, indicator) for bound in (lower, upper))
    return f"{low} to {high}" if low and high else ""


def in_scope(table: pd.DataFrame, scope: str | None) -> pd.DataFrame:
    """The authorities of an ICS, or all of them."""
    boroughs = table[table["area_type"] == "borough"]
    return boroughs if scope is None else boroughs[boroughs["ics_code"] == scope]


def _place(names: list[str], of: int) -> str:
    if len(names) == of and of > 1:
        return f"all {of} boroughs"
    is_plain = len(names) == 2 and not any(" and " in name for name in names)
    return f"both {join_names(names)}" if is_plain else join_names(names)


def _headline_of_categories(boroughs: pd.DataFrame, indicator: Indicator) -> str:
    counts = boroughs["value"].value_counts()
    parts = []
    for code, word in indicator.categories.items():
        count = int(counts.get(code, 0))
        parts.append(f"{count} {'is' if count == 1 else 'are'} {lower_first(word)}")
    return f"Of {len(boroughs)} authorities, {join_all(parts)}."


def _headline_without_boroughs(table: pd.DataFrame, indicator: Indicator) -> str:
    for code, name in ((LONDON, "London"), (ENGLAND, "England")):
        text = value_of(table, code, indicator)
        if text:
            return fill_sentence(indicator.sentence, name, text) + "."
    return NO_FIGURE

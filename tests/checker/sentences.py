"""Holds finished sentences against the figures: each is read to the last word, or it is a fault.

`objections` finds the form of a sentence among FORMS, and looks up everything that it says in
tests.checker.figures: names, values, counts, ends, periods, and words that compare. A number can only stand
where a form has a place for it, so that none is left that nobody has looked up.
"""

import datetime as dt
import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tests.checker import english, statistics
from tests.checker.figures import ENGLAND, EVENTS, LONDON, MARK, Cell, figures

VALUE = r"[−+]?£?[\d,]*\d(?:\.\d+)?(?:%| of 5)?†?"
GAP = r"£?[\d,]*\d(?:\.\d+)?(?: percentage points?| of 5)?"
# why the value of an ICS bears a mark
INFERRED = "worked out here from the boroughs' published percentages and 95% limits"
COUNT = r"[A-Za-z]+|\d+"
_BOUND = r"[−+]£?[\d,.]*\d"
PAST = {"live": "lived", "face": "faced", "share": "shared", "do": "did"}


@dataclass(frozen=True)
class Case:
    """What a sentence is about; `ics` is a code, or None for all London. `today` is when it is read.

    With `crossings` those on the two banks of the Thames are neighbours where a bridge or tunnel joins them.
    """

    indicator: str
    period: str
    vintage: str
    ics: str | None = None
    borough: str = ""
    today: dt.date = dt.date.max
    crossings: bool = True

    @property
    def scope(self) -> list[str]:
        """The boroughs that are looked at."""
        return figures().scope(self.vintage, self.ics)

    @property
    def compared(self) -> dict[str, Cell]:
        """Those of them that are compared."""
        return figures().compared(self.indicator, self.period, self.scope)

    @property
    def row(self) -> dict[str, str]:
        """The entry of the catalogue."""
        return figures().catalogue[self.indicator]

    def shown(self, value: float) -> str:
        """A value of the indicator as it is to be read."""
        return figures().shown(self.indicator, value)

    def said(self, *areas: str) -> str:
        """The value that these areas have in the period as it is to be read, with its mark."""
        return figures().said(self.indicator, self.period, *areas)

    def value(self, area: str) -> float:
        """The value of a borough, of London or of England in the period."""
        if area in figures().boroughs:
            return figures().cell(self.indicator, self.period, area).value
        return figures().whole(self.indicator, self.period, area)

    def gap(self, one: float, other: float) -> str:
        """How far apart two values are as they are shown."""
        apart = abs(figures().number(self.indicator, one) - figures().number(self.indicator, other))
        unit = figures().units[self.row["unit"]]
        if unit["suffix"] == "%":
            return f"{apart} percentage point{'' if apart == 1 else 's'}"
        return f"{unit['prefix']}{apart:,}{unit['suffix']}"

    @property
    def is_old(self) -> bool:
        """Whether a sentence must say when it was: the period ended more than three years ago."""
        end = figures().end(self.indicator, self.period)
        return end.replace(year=end.year + 3) < self.today


Rule = Callable[[Case, re.Match[str]], Iterator[str]]
FORMS: list[tuple[re.Pattern[str], Rule]] = []


def says(pattern: str) -> Callable[[Rule], Rule]:
    """A form of sentence, and what must be true when it is said."""

    def register(rule: Rule) -> Rule:
        FORMS.append((re.compile(pattern), rule))
        return rule

    return register


def objections(text: str, case: Case) -> list[str]:
    """Everything that is wrong with a sentence."""
    found = english.faults(text)
    undated, said_when = _undated(text, case)
    if undated != text and said_when != case.period:
        found.append(f"another period than {case.period}: {text}")
    told = _in_present(undated) if said_when else undated
    for pattern, rule in FORMS:
        if match := pattern.fullmatch(told):
            return [*found, *(f"{fault}: {text}" for fault in rule(case, match)), *_unfair(text, case)]
    return [*found, f"not understood: {text}"]


def _undated(text: str, case: Case) -> tuple[str, str | None]:
    """A sentence without the date that it begins with, and which period that date is."""
    match = re.fullmatch(r"((?:In|On|By) (?:(?!, ).)+), (\w.*)", text)
    known = figures().periods(case.indicator)
    when = english.period_of(match[1], known, case.row["period_type"]) if match else None
    if match is None or when is None:
        return text, None
    return match[2][0].upper() + match[2][1:], when


def _in_present(text: str) -> str:
    """A sentence of the past as it would be said of today."""
    for present, past in PAST.items():
        text = re.sub(rf"\b{past}\b", present, text)
    return text


def _unfair(text: str, case: Case) -> Iterator[str]:
    """Words that the kind of figure does not carry."""
    kind = case.row["kind"]
    if kind in ("total", "change") and re.search(r"\bbetter\b|\bworse\b|\bbest\b|\bworst\b|lottery", text):
        yield f"a total is judged: {text}"
    if kind != "coverage" and re.search(r"\bmissed\b", text):
        yield f"missed is said of what is no coverage: {text}"
    if kind not in EVENTS and re.search(r"\bchance\b|at random|95%|probab|η²|I²|\bclear", text):
        yield f"chance is spoken of where it has no part: {text}"


def headline(text: str, case: Case) -> list[str]:
    """What is wrong with the sentence above a picture, its extremes above all."""
    found = english.faults(text)
    rest, said_when = _undated(text, case)
    has_boroughs = any(
        figures().cell(case.indicator, case.period, area).is_known for area in figures().boroughs
    )
    wholes = {londons_name(case): case.value(LONDON), "England": case.value("England")}
    wholes = {name: value for name, value in wholes.items() if not math.isnan(value)}
    if not has_boroughs and not wholes:
        return found + ([] if text == "There is no figure to show." else [f"there is nothing to say: {text}"])
    if (said_when is not None) != (case.is_old or not has_boroughs):
        found.append(f"its date is {'said for nothing' if said_when else 'not said'}: {text}")
    if said_when not in (None, case.period):
        found.append(f"another period than {case.period}: {text}")
    if case.row["categories"]:
        return found + list(_categories(rest, case))
    first, *others = rest.removesuffix(".").split("; in ")
    match = re.fullmatch(_template(case.row["sentence"], said_when is not None), first)
    if match is None:
        return [*found, f"not understood: {text}"]
    parts = [(match["place"], match["value"])]
    for other in others:
        part = re.fullmatch(rf"(.+?) ({VALUE})", other)
        if part is None:
            return [*found, f"not understood: {text}"]
        parts.append((part[1], part[2]))
    compared = case.compared
    if not compared:
        only = next(iter(wholes))
        only = only.split()[0]
        expected = [({only}, case.said(only))]
    else:
        high, low = figures().ends(case.indicator, compared)
        expected = [(set(high), case.said(*high))]
        if set(high) != set(low):
            expected.append((set(low), case.said(*low)))
        expected += _own(case)
        expected += [({name}, case.said(name.split()[0])) for name in wholes]
    if len(parts) != len(expected):
        found.append(f"{len(expected)} places must be said: {text}")
    for (place, value), (names, right) in zip(parts, expected, strict=False):
        if value != right:
            found.append(f"{value} should be {right}: {text}")
        if not _means(place, names, case):
            found.append(f"{place} should be {sorted(names)}: {text}")
    for one, many in re.findall(r"\[([^|]+)\|([^\]]+)\]", case.row["sentence"]):
        if (
            one not in ("is", "are")
            and match["value"] != "1"
            and not re.search(rf"\b{re.escape(many)}\b", first)
        ):
            found.append(f"{many} is not said: {text}")
    return found


def _own(case: Case) -> list[tuple[set[str], str]]:
    """The ICS that is looked at with its value, where that is of all its boroughs."""
    if case.ics is None:
        return []
    whole = figures().together(case.indicator, case.period, case.scope)
    if math.isnan(whole.value) or whole.without:
        return []
    above = MARK if case.row["unit"] == "percent" and whole.value > 100 else whole.mark
    return [({figures().ics[case.vintage][case.ics]}, case.shown(whole.value) + above)]


def londons_name(case: Case) -> str:
    """What London is called beside its value, which may be one without some of its boroughs."""
    without = figures().left_out_of_london(case.indicator, case.period)
    if not without or math.isnan(case.value(LONDON)):
        return "London as a whole"
    return f"London without {english.listing(without) if len(without) <= 3 else f'{len(without)} boroughs'}"


def _means(place: str, names: set[str], case: Case) -> bool:
    """Whether the words for places mean exactly these."""
    if found := re.fullmatch(r"all (\d+) boroughs", place):
        return int(found[1]) == len(names) == len(case.scope)
    if found := re.fullmatch(r"(\d+) boroughs", place):
        return int(found[1]) == len(names) > 3
    if place == londons_name(case) or place in figures().ics[case.vintage].values():
        return names == {place}
    return set(english.listed(place) or ()) == names


def _template(sentence: str, in_past: bool) -> str:
    """A sentence of the catalogue as a pattern, with its places for a name and a value."""
    pattern = (
        re.escape(sentence)
        .replace(r"\{place\}", "(?P<place>.+?)")
        .replace(r"\{value\}", f"(?P<value>{VALUE})")
    )
    verbs = {r"\[is\|are\]": "(?:was|were)" if in_past else "(?:is|are)"}
    for verb, forms in verbs.items():
        pattern = pattern.replace(verb, forms)
    pattern = re.sub(r"\\\[([^|]+?)\\\|(.+?)\\\]", r"(?:\1|\2)", pattern)
    for present, past in (PAST | {"have": "had", "has": "had", "is": "was"}).items() if in_past else ():
        pattern = re.sub(rf"(?<=\\ ){present}(?=\\ |,|$)", past, pattern)
    return pattern


def _categories(text: str, case: Case) -> Iterator[str]:
    match = re.fullmatch(r"Of (\d+) authorities, (.+)\.", text)
    if match is None:
        yield f"not understood: {text}"
        return
    cells = [figures().cell(case.indicator, case.period, area) for area in case.scope]
    counts = {}
    for pair in case.row["categories"].split("; "):
        code, _, word = pair.partition("=")
        counts[word.lower()] = sum(cell.value == float(code) for cell in cells)
    said = {
        word: int(number)
        for number, word in re.findall(r"(\d+) (?:is|are|was|were) ([^,]+?)(?=,| and |$)", match[2])
    }
    if int(match[1]) != len(cells) or said != counts:
        yield f"should be {counts} of {len(cells)}: {text}"


# --- beside the map ---------------------------------------------------------------------------------------


def remarks(said: Sequence[str], case: Case) -> list[str]:
    """What is wrong with the remarks on a picture: each is true, and all that must be said is there."""
    found = [fault for text in said for fault in objections(text, case)]
    whole = " ".join(said)
    cells = {area: figures().cell(case.indicator, case.period, area) for area in case.scope}
    for status in {cell.status for cell in cells.values() if not cell.is_known}:
        reason = figures().statuses[status]["sentence"]
        if sum(text.startswith("No figure for") and text.endswith(f": {reason}.") for text in said) != 1:
            found.append(f"{case}: it is not said once that {reason}")
    for area, cell in cells.items():
        if cell.is_odd and not re.search(rf"because (?:it is|they are) odd: .*{area} \(", whole):
            found.append(f"{case}: {area} is not said to be odd")
        few = f"{area} ({case.said(area)}) has very few children" if cell.is_known else ""
        if cell.is_known and area in figures().small and not case.row["categories"] and few not in whole:
            found.append(f"{case}: {area} is not said to have few children")
    explained = " ".join(text for text in said if text.startswith(MARK))
    found += [
        f"{case}: it is not said why {area} bears a mark"
        for area in (*cells, LONDON, ENGLAND)
        if not math.isnan(case.value(area)) and case.said(area).endswith(MARK) and area not in explained
    ]
    if case.row["kind"] == "change" and figures().breaks[case.indicator][0]["sentence"] not in said:
        found.append(f"{case}: it is not said that the bases differ")
    without = figures().left_out_of_london(case.indicator, case.period)
    told = re.search(r"The (?:value of London is|publisher's total for London)", whole)
    if without and not math.isnan(case.value(LONDON)) and not told:
        found.append(f"{case}: it is not said that London is without {without}")
    return found


@says(r"No figure for (?P<who>any borough|.+?): (?P<why>[^:]+)\.")
def _missing(case: Case, match: re.Match[str]) -> Iterator[str]:
    cells = {area: figures().cell(case.indicator, case.period, area) for area in case.scope}
    missing = {
        area
        for area, cell in cells.items()
        if not cell.is_known and figures().statuses[cell.status]["sentence"] == match["why"]
    }
    named = set(cells) if match["who"] == "any borough" else set(english.listed(match["who"]) or ())
    if named != missing:
        yield f"missing for this reason: {sorted(missing)}"


@says(
    r"† Shown as published, but left out of comparisons because (?P<one>it is|they are) odd: (?P<said>.+?)\."
    r"(?P<wholes> The values of London and of an ICS are worked out with (?:it|them)\.)?"
)
def _odd(case: Case, match: re.Match[str]) -> Iterator[str]:
    odd = {
        area: cell
        for area in case.scope
        if (cell := figures().cell(case.indicator, case.period, area)).is_odd
    }
    named = dict(re.findall(rf"((?:{'|'.join(map(re.escape, english.NAMES))})) \(({VALUE})\)", match["said"]))
    if named != {area: case.said(area) for area in odd}:
        yield f"odd are {sorted(odd)}"
    for part in re.split(r"; (?=[^;:]+ \()", match["said"]):
        who, _, why = part.partition(": ")
        for area in english.names(who):
            if odd[area].note.removeprefix("as published, but odd: ") != why:
                yield f"the note on {area} is another"
    if bool(match["wholes"]) != (case.row["aggregation"] == "ratio"):
        yield "whether wholes are worked out with it"
    if (match["one"] == "it is", " with it." in match[0]) != (
        len(odd) == 1,
        len(odd) == 1 and bool(match["wholes"]),
    ):
        yield "singular and plural"


@says(r"† Above 100%: (?P<who>.+?)\. (?P<why>.+)\.")
def _above_100(case: Case, match: re.Match[str]) -> Iterator[str]:
    above = {
        area
        for area in (*case.scope, LONDON, ENGLAND)
        if not math.isnan(case.value(area)) and figures().number(case.indicator, case.value(area)) > 100
    }
    if set(english.listed(match["who"]) or ()) != above:
        yield f"above 100 are {above}"
    if match["why"] != case.row["above_100"]:
        yield "the reason is another"


@says(r"† (?P<theirs>The publisher's note on )?(?P<who>[^:]+): (?P<note>.+)\.")
def _noted(case: Case, match: re.Match[str]) -> Iterator[str]:
    own = figures().ics[case.vintage][case.ics] if case.ics else ""
    who = re.sub(rf"(?: and |, )?{own}$", "", match["who"]) if own else match["who"]
    if who != match["who"]:
        whole = figures().together(case.indicator, case.period, case.scope)
        if not whole.is_inferred or match["note"].replace("\\", "") != INFERRED:
            yield f"the value of {own} is worked out in another way"
    for area in english.listed(who) or ():
        cell = figures().cell(case.indicator, case.period, area)
        if cell.note != match["note"].replace("\\", "") or (cell.status == "derived") == bool(
            match["theirs"]
        ):
            yield f"the note on {area} is another, or somebody else's"
    if english.listed(who) is None:
        yield "not understood"


@says(
    r"The publisher's total for London has nothing in it for (?P<who>.+): "
    r"it is the sum of the other boroughs\."
)
def _published_without(case: Case, match: re.Match[str]) -> Iterator[str]:
    without = figures().left_out_of_london(case.indicator, case.period)
    if figures().cell(case.indicator, case.period, LONDON).status == "derived":
        yield "the total is not the publisher's"
    if set(english.listed(match["who"]) or ()) != set(without):
        yield f"it is without {without}"


@says(rf"(?P<who>.+) \((?P<value>{VALUE})\) has very few children: it is shown, but not ranked\.")
def _few_children(case: Case, match: re.Match[str]) -> Iterator[str]:
    who = match["who"].removeprefix("The ")
    if who not in figures().small or who not in case.scope:
        yield "it has not so few, or is not looked at"
    elif case.said(who) != match["value"]:
        yield "another value"


@says(
    rf"(?P<who>.+) \((?P<value>{VALUE})\) is (?P<joint>joint )?(?P<place>\d+)(?:st|nd|rd|th) of (?P<of>\d+) "
    r"from the (?P<end>highest|largest)"
    r"(?P<why>\. That is an order of size, not of what families there get|"
    r"\. Where there was more, more could be lost)?(?P<sure>, (?:with|and with) .+)?\."
)
def _rank(case: Case, match: re.Match[str]) -> Iterator[str]:
    ranked = figures().compared(case.indicator, case.period, figures().boroughs)
    if match["who"] != case.borough or match["who"] not in ranked:
        yield "it is not the marked borough, or has no rank"
        return
    own = ranked[case.borough].value
    if case.said(case.borough) != match["value"]:
        yield "another value"
    shown = [figures().number(case.indicator, cell.value) for cell in ranked.values()]
    mine = figures().number(case.indicator, own)
    if int(match["place"]) != 1 + sum(each > mine for each in shown) or int(match["of"]) != len(shown):
        yield "another rank"
    if bool(match["joint"]) != (shown.count(mine) > 1):
        yield "others have the same value, or none has"
    if (match["end"] == "largest") != (case.row["kind"] == "total"):
        yield "a total has no highest, or all else no largest"
    why = {"total": ". That is an order of size", "change": ". Where there was more"}
    if not (match["why"] or "").startswith(why.get(case.row["kind"], "")) or (
        bool(match["why"]) != (case.row["kind"] in why)
    ):
        yield "what the order is worth"
    limits = re.findall(r"between (\d+)\w\w and (\d+)\w\w", match["sure"] or "")
    if any(not int(best) <= int(match["place"]) <= int(worst) for best, worst in limits):
        yield "the rank lies outside its own limits"


@says(r"The value of (?P<who>.+) is worked out without (?P<without>.+)\.")
def _worked_out_without(case: Case, match: re.Match[str]) -> Iterator[str]:
    if match["who"] == LONDON:
        published = figures().cell(case.indicator, case.period, LONDON)
        if published.is_known and published.status != "derived":
            yield "it is the publisher's"
        right = figures().left_out_of_london(case.indicator, case.period)
    elif case.ics is None or match["who"] != figures().ics[case.vintage][case.ics]:
        yield "this ICS is not looked at"
        return
    else:
        right = figures().together(case.indicator, case.period, case.scope).without
    if set(english.listed(match["without"]) or ()) != set(right):
        yield f"it is without {right}"


def subtitle(text: str, case: Case) -> list[str]:
    """What is wrong with the line of period, place and boundaries."""
    found = english.faults(text)
    when, where, boundaries = text.split(" · ")
    own = figures().ics[case.vintage]
    if english.period_of(when, figures().periods(case.indicator), case.row["period_type"]) != case.period:
        found.append(f"another period than {case.period}: {text}")
    known = [area for area in (LONDON, ENGLAND) if not math.isnan(case.value(area))]
    if any(figures().cell(case.indicator, case.period, area).is_known for area in figures().boroughs):
        known = []
    only = f"{' and '.join(known)} only" if known and not case.row["categories"] else ""
    if where != (only or ("All London" if case.ics is None else own[case.ics])):
        found.append(f"another place: {text}")
    since = dt.date.fromisoformat(figures().vintages[case.vintage]["first_day"])
    many, _, of = boundaries.partition(" ICSs as of ")
    if english.count(many) != len(own) or of != f"{since:%B %Y}":
        found.append(f"other boundaries: {text}")
    return found


# --- over time --------------------------------------------------------------------------------------------


@says(r"Note: (?P<note>.+)\.")
def _note(case: Case, match: re.Match[str]) -> Iterator[str]:
    if match["note"] != case.row["comparable_over_time"]:
        yield "the catalogue says something else"


def _broken(case: Case) -> list[str]:
    return [row["sentence"] for row in figures().breaks[case.indicator]]


@says(
    r"(?P<said>(?:2010 is on another basis|Worked out here from two different counts|"
    r"From 2024/25 on the figures are affected|The figures of 2024/25 come from).+)"
)
def _other_basis(case: Case, match: re.Match[str]) -> Iterator[str]:
    if match["said"] not in _broken(case):
        yield "the table of breaks does not say it of this figure"


@dataclass(frozen=True)
class Course:
    """Which periods have figures of enough boroughs: `told` are those that one sentence compares."""

    needed: int
    of: int
    counts: dict[str, int]
    told: list[str]
    bases: int


def _course(case: Case) -> Course:
    kind = re.sub(r"\d", "9", case.period)
    periods = [p for p in figures().periods(case.indicator)[::-1] if re.sub(r"\d", "9", p) == kind]
    needed = math.ceil(len(case.scope) * 24 / 33)
    counts = {p: len(figures().compared(case.indicator, p, case.scope)) for p in periods}
    enough: dict[int, list[str]] = {}
    for period in periods:
        if counts[period] >= needed:
            enough.setdefault(figures().basis(case.indicator, period), []).append(period)
    told = [own for _, own in sorted(enough.items()) if len(own) > 1]
    return Course(needed, len(case.scope), counts, told[-1] if told else [], len(enough))


def _when(text: str, case: Case) -> str | None:
    return english.period_of(text, figures().periods(case.indicator), case.row["period_type"])


@says(
    rf"Between the same (?P<count>{COUNT}) boroughs the gap (?:"
    rf"has (?P<way>grown|narrowed) from (?P<then>{GAP}) \((?P<since>.+?)\) "
    rf"to (?P<now>{GAP}) \((?P<until>.+?)\)|"
    rf"is about the same: (?P<then2>{GAP}) \((?P<since2>.+?)\) and (?P<now2>{GAP}) \((?P<until2>.+?)\), "
    r"no further apart than (?P<doubt>chance|rounding) may put them|"
    rf"is what it was: (?P<both>{GAP}) \((?P<since3>.+?) and (?P<until3>.+?)\))\."
)
def _gap_over_time(case: Case, match: re.Match[str]) -> Iterator[str]:
    course = _course(case)
    parts = {key: value for key, value in match.groupdict().items() if value}
    since, until = (
        _when(parts.get(key) or parts.get(f"{key}2") or parts.get(f"{key}3") or "", case)
        for key in ("since", "until")
    )
    if not course.told or (since, until) != (course.told[0], course.told[-1]):
        yield f"compared should be {course.told}"
        return
    alike, ends = _alike(case, course)
    if english.count(match["count"]) != len(alike):
        yield f"there are {len(alike)} boroughs"
    gaps = [ends[period][1] - ends[period][0] for period in (course.told[0], course.told[-1])]
    said = [
        parts.get("then") or parts.get("then2") or parts["both"],
        parts.get("now") or parts.get("now2") or parts["both"],
    ]
    right = [case.gap(*ends[period]) for period in (course.told[0], course.told[-1])]
    if said != right:
        yield f"the gaps are {right}"
    rounding = 0.0 if case.row["unit"] in ("count", "change") else 2 * 10.0 ** -int(case.row["decimals"])
    chance = _doubt(case, alike, course)
    reads = [english.number(text) for text in right]
    by_chance = chance > rounding
    change = gaps[1] - gaps[0] if by_chance else reads[1] - reads[0]
    if right[0] == right[1]:
        expected = "both"
    elif abs(change) < max(chance if by_chance else rounding, 0) - 1e-9:
        expected = "chance" if by_chance else "rounding"
    else:
        expected = "grown" if change > 0 else "narrowed"
    told = parts.get("way") or parts.get("doubt") or "both"
    if told != expected:
        yield f"it should be {expected}"


def _alike(case: Case, course: Course) -> tuple[list[str], dict[str, tuple[float, float]]]:
    """The boroughs with a figure in the first and in the last period, and their two ends in each."""
    own = {p: figures().compared(case.indicator, p, case.scope) for p in (course.told[0], course.told[-1])}
    alike = sorted(set(own[course.told[0]]) & set(own[course.told[-1]]))
    ends = {p: sorted(cells[area].value for area in alike) for p, cells in own.items()}
    return alike, {p: (values[0], values[-1]) for p, values in ends.items()}


def _doubt(case: Case, alike: list[str], course: Course) -> float:
    """By how much two gaps may differ by chance (95 %); nothing where no children are counted."""
    if case.row["unit"] != "percent":
        return 0.0
    total = 0.0
    for period in (course.told[0], course.told[-1]):
        cells = sorted((figures().cell(case.indicator, period, a) for a in alike), key=lambda c: c.value)
        if not all(cell.is_counted for cell in cells):
            return 0.0
        for cell in (cells[0], cells[-1]):
            share = (cell.numerator + 0.5) / (cell.denominator + 1)
            total += share * (1 - share) / (cell.denominator + 1)
    return float(case.row["multiplier"]) * 1.959964 * math.sqrt(total)


@says(
    r"Their typical distance from the value of all of them together was (?P<then>\d+)% of it "
    r"\((?P<since>.+?)\) and (?P<way>about the same, )?(?P<now>\d+)% \((?P<until>.+)\)\."
)
def _typical_over_time(case: Case, match: re.Match[str]) -> Iterator[str]:
    course = _course(case)
    if not course.told or (_when(match["since"], case), _when(match["until"], case)) != (
        course.told[0],
        course.told[-1],
    ):
        yield f"compared should be {course.told}"
        return
    alike, _ = _alike(case, course)
    spread = [
        statistics.variation([figures().cell(case.indicator, period, a) for a in alike])
        for period in (course.told[0], course.told[-1])
    ]
    if [int(match["then"]), int(match["now"])] != [round(100 * cv) for cv in spread]:
        yield f"it is {spread}"
    if bool(match["way"]) != (abs(spread[1] - spread[0]) < 0.01):
        yield "whether that is a change"


@says(
    rf"(?P<count>{COUNT}) lacks? a figure to compare in one of the two periods or both and "
    r"(?:is|are) left out: (?P<who>.+)\."
)
def _lacking(case: Case, match: re.Match[str]) -> Iterator[str]:
    course = _course(case)
    alike, _ = _alike(case, course)
    lacking = set(case.scope) - set(alike) - figures().small
    if set(english.listed(match["who"]) or ()) != lacking or english.count(match["count"]) != len(lacking):
        yield f"lacking are {sorted(lacking)}"
    if ("lacks" in match[0], " is left" in match[0]) != (len(lacking) == 1, len(lacking) == 1):
        yield "singular and plural"


@says(
    r"Fewer than (?P<needed>\d+) of the (?P<of>\d+) boroughs have a figure to compare in (?P<when>.+), "
    r"which (?P<verb>is|are) not compared\."
)
def _too_few(case: Case, match: re.Match[str]) -> Iterator[str]:
    course = _course(case)
    said = {_when(text, case) for text in re.split(r", | and ", match["when"])}
    few = {period for period, count in course.counts.items() if 0 < count < course.needed}
    if said != few or (int(match["needed"]), int(match["of"])) != (course.needed, course.of):
        yield f"too few have one in {sorted(few)} ({course.needed} of {course.of} are needed)"
    if (match["verb"] == "is") != (len(few) == 1):
        yield "singular and plural"


@says(
    r"How far apart the boroughs are is not compared over time: "
    r"(?:(?P<each>each basis has one period only)|there are no two periods in which "
    r"at least (?P<needed>\d+) of the (?P<of>\d+) boroughs have a figure to compare)\."
)
def _not_over_time(case: Case, match: re.Match[str]) -> Iterator[str]:
    course = _course(case)
    if course.told:
        yield f"compared can be {course.told}"
    if bool(match["each"]) != (course.bases > 1):
        yield f"there are {course.bases} bases"
    if match["needed"] and (int(match["needed"]), int(match["of"])) != (course.needed, course.of):
        yield f"{course.needed} of {course.of} are needed"


@says(r"London's value is not drawn in (?P<when>.+): it is of other boroughs than in the newest period\.")
def _london_not_drawn(case: Case, match: re.Match[str]) -> Iterator[str]:
    known = [p for p in _course(case).counts if not math.isnan(figures().whole(case.indicator, p, LONDON))]
    newest = figures().left_out_of_london(case.indicator, known[-1])
    said = {_when(text, case) for text in re.split(r", | and ", match["when"])}
    for period in said:
        if period not in known or figures().left_out_of_london(case.indicator, period) == newest:
            yield f"London of {period} is of the same boroughs"


# --- the lottery ------------------------------------------------------------------------------------------


def _ends_are(case: Case, low: str, low_value: str, high: str, high_value: str) -> Iterator[str]:
    compared = case.compared
    highest, lowest = figures().ends(case.indicator, compared)
    for said, value, names in ((low, low_value, lowest), (high, high_value, highest)):
        if value != case.said(*names):
            yield f"{value} should be {case.said(*names)}"
        if not _means(said, set(names), case):
            yield f"{said} should be {names}"


@says(rf"From (?P<low>{VALUE}) in (?P<lowest>.+) to (?P<high>{VALUE}) in (?P<highest>.+)\.")
def _from_to(case: Case, match: re.Match[str]) -> Iterator[str]:
    yield from _ends_are(case, match["lowest"], match["low"], match["highest"], match["high"])


@says(rf"All (?P<count>\d+) boroughs have (?P<value>{VALUE})\.")
def _all_have(case: Case, match: re.Match[str]) -> Iterator[str]:
    shown = {case.said(*case.compared)}
    if shown != {match["value"]} or int(match["count"]) != len(case.compared):
        yield f"they have {shown}"


@says(
    rf"(?P<first>Largest fall|Smallest rise|No change): (?P<low>{VALUE}) in (?P<lowest>.+); "
    rf"(?P<second>largest rise|smallest fall|no change): (?P<high>{VALUE}) in (?P<highest>.+)\."
)
def _changes(case: Case, match: re.Match[str]) -> Iterator[str]:
    yield from _ends_are(case, match["lowest"], match["low"], match["highest"], match["high"])
    low, high = (english.number(match[name]) for name in ("low", "high"))
    first = "No change" if low == 0 else "Smallest rise" if low > 0 else "Largest fall"
    second = "no change" if high == 0 else "largest rise" if high > 0 else "smallest fall"
    if (match["first"], match["second"]) != (first, second):
        yield f"it should be {first} and {second}"


def _shown_ends(case: Case) -> tuple[float, float]:
    numbers = [float(figures().number(case.indicator, cell.value)) for cell in case.compared.values()]
    return min(numbers), max(numbers)


def _times(ratio: float) -> str:
    return f"{ratio:.1f} times" if ratio < 100 else f"{ratio:,.0f} times"


@says(r"The value of (?P<high>.+) is (?P<times>[\d,.]+ times) that of (?P<low>.+)\.")
def _ratio(case: Case, match: re.Match[str]) -> Iterator[str]:
    low, high = _shown_ends(case)
    highest, lowest = figures().ends(case.indicator, case.compared)
    if match["times"] != _times(high / low):
        yield f"it is {_times(high / low)}"
    if not _means(match["high"], set(highest), case) or not _means(match["low"], set(lowest), case):
        yield f"it should be of {highest} and {lowest}"


@says(
    r"Of every hundred children, the number (?P<who>.+) is (?P<times>[\d,.]+ times) as high in (?P<low>.+?) "
    r"\((?P<low_value>[\d.]+)\) as in (?P<high>.+?) \((?P<high_value>[\d.]+)\)\."
)
def _ratio_missed(case: Case, match: re.Match[str]) -> Iterator[str]:
    low, high = _shown_ends(case)
    highest, lowest = figures().ends(case.indicator, case.compared)
    decimals = int(case.row["decimals"])
    if match["times"] != _times((100 - low) / (100 - high)):
        yield f"it is {_times((100 - low) / (100 - high))}"
    if (match["low_value"], match["high_value"]) != (
        f"{100 - low:.{decimals}f}",
        f"{100 - high:.{decimals}f}",
    ):
        yield f"they are {100 - low} and {100 - high}"
    if not _means(match["high"], set(highest), case) or not _means(match["low"], set(lowest), case):
        yield f"it should be of {lowest} and {highest}"
    if match["who"] != case.row["complement"]:
        yield f"those left out are those {case.row['complement']}"


@says(
    r"Boroughs typically lie (?P<share>\d+)% above or below the value of all together, "
    r"larger ones counting for more\."
)
def _typical(case: Case, match: re.Match[str]) -> Iterator[str]:
    found = statistics.variation(list(case.compared.values()))
    if int(match["share"]) != round(100 * found):
        yield f"it is {found}"


@says(
    r"(?:(?P<share>\d+)% of the spread is more than chance gives; "
    r"chance alone gives so much (?P<p>in .+ cases)|"
    r"Chance alone gives so much spread (?P<p2>in .+ cases): it may be no lottery at all)\."
)
def _beyond_chance(case: Case, match: re.Match[str]) -> Iterator[str]:
    share, p = statistics.beyond_chance(list(case.compared.values()))
    if match["share"] and int(match["share"]) != round(100 * share):
        yield f"it is {share}"
    if (match["p2"] is not None) != (p >= 0.05):
        yield f"p is {p}"
    yield from _cases(match["p"] or match["p2"], p, 0.0)


def _cases(text: str, p: float, tolerance: float) -> Iterator[str]:
    if text == "in fewer than 1 of 1,000 cases":
        if p >= 0.001 + tolerance:
            yield f"p is {p}"
        return
    match = re.fullmatch(r"in (\d+) of (100|1,000) cases", text)
    if match is None:
        yield f"not understood: {text}"
        return
    unit = english.number(match[2])
    apart = abs(english.number(match[1]) / unit - p)
    if apart > 0.5 / unit + tolerance + 1e-9 and not (match[1] == "99" and p > 0.985):
        yield f"p is {p}"


_TENTHS = (
    "Next to nothing|One tenth|Two tenths|Three tenths|Four tenths|Half|Six tenths|Seven tenths|Eight tenths|"
    "Nine tenths|Nearly all"
)


@says(
    rf"(?P<share>{_TENTHS}) of the difference is between boroughs of the same ICS\."
    r"(?: Boroughs grouped at random differ as much between groups (?P<p>in .+ cases)\.)?"
    r"(?: By variance \(η²\) it is (?P<eta>\d+)%\.)?"
)
def _within(case: Case, match: re.Match[str]) -> Iterator[str]:
    cells = case.compared
    groups = [next(c for c, m in _groups(case).items() if area in m) for area in cells]
    between = statistics.theil_between(list(cells.values()), groups)
    tenths = _TENTHS.split("|").index(match["share"])
    if tenths != round(10 * (1 - between)):
        yield f"{1 - between} is within"
    if bool(match["p"]) != (case.row["kind"] in EVENTS):
        yield "whether chance is spoken of"
    if match["p"]:
        eta, p = statistics.regrouped(list(cells.values()), groups)
        if match["eta"] and int(match["eta"]) != round(100 * eta):
            yield f"η² is {eta}"
        yield from _cases(match["p"], p, 0.03)


def _groups(case: Case) -> dict[str, set[str]]:
    return {ics: set(figures().scope(case.vintage, ics)) for ics in figures().ics[case.vintage]}


@says(r"0 if every borough had the same, near 1 if one borough had everything\.")
def _gini_explained(case: Case, match: re.Match[str]) -> Iterator[str]:
    yield from ()


@says(
    r"(?:No clear gradient from the least to the most deprived "
    rf"\(95% interval (?P<from>{_BOUND}) to (?P<to>{_BOUND})\)|"
    rf"At the most deprived end the value is (?P<size>{GAP}) (?P<way>higher|lower) than at the least "
    rf"\(95% interval (?P<from2>{_BOUND}) to (?P<to2>{_BOUND})\)"
    r"(?:, or (?P<times>[\d.]+) times as much \(95% interval (?P<least>[\d.]+) to (?P<most>[\d.]+)\))?|"
    r"The best straight line through the boroughs, from the least to the most deprived, ends "
    rf"(?P<size3>{GAP}) (?P<way3>higher|lower) than it begins(?:, or (?P<times3>[\d.]+) times as much)?)\."
)
def _gradient(case: Case, match: re.Match[str]) -> Iterator[str]:
    newest = figures().periods("imd_2025")[0]
    cells = case.compared
    found = statistics.gradient(
        list(cells.values()), [figures().cell("imd_2025", newest, area).value for area in cells]
    )
    is_clear = not found.lower <= 0 <= found.upper
    has_chance = case.row["kind"] in EVENTS
    said = "line" if match["size3"] else "clear" if match["size"] else "none"
    expected = ("clear" if is_clear else "none") if has_chance else "line"
    if said != expected:
        yield f"it should be {expected}: {found}"
    for name, value in (("from", found.lower), ("to", found.upper)):
        text = match[name] or match[f"{name}2"]
        if text and abs(english.number(text) - value) > 0.051:
            yield f"the interval is {found.lower} to {found.upper}"
    if size := match["size"] or match["size3"]:
        step = 0.5 * 10.0 ** -int(case.row["decimals"])
        if abs(english.number(size) - abs(found.slope)) > step + 1e-6:
            yield f"the slope is {found.slope}"
        if ((match["way"] or match["way3"]) == "higher") != (found.slope > 0):
            yield f"the slope is {found.slope}"
    # the ends of the ratio's interval are drawn by lot, there and here
    drawn = 0.0051 + 0.02 * (found.most - found.least)
    for name, value, tolerance in (
        ("times", found.ratio, 0.0051),
        ("times3", found.ratio, 0.0051),
        ("least", found.least, drawn),
        ("most", found.most, drawn),
    ):
        if match[name] and abs(float(match[name]) - value) > tolerance:
            yield f"{name} is {value}"


@says(r"Not given: (?P<said>.+)\.")
def _not_given(case: Case, match: re.Match[str]) -> Iterator[str]:
    cells = case.compared
    reasons = {
        "fewer than 10 boroughs have a figure to compare": len(cells) < 10,
        "the figures come without the counts that it needs": not all(c.is_counted for c in cells.values()),
        "only one ICS is looked at": case.ics is not None,
        "the percentage can be above 100": case.row["unit"] == "take_up_percent",
        "one of the values is nothing": _shown_ends(case)[0] == 0,
        "this is the index itself": case.indicator == "imd_2025",
        "it is made of much the same as the index, so a relation between the two says nothing": "imd_2025"
        in case.row["same_as"]
        or case.indicator in figures().catalogue["imd_2025"]["same_as"],
        f"in at least one borough the number {case.row['complement']} is nothing": _shown_ends(case)[1]
        == 100,
        f"nearly all children are in it: compare the number {case.row['complement']}": statistics.mean(
            list(cells.values())
        )
        > 95,
    }
    rest = match["said"]
    for reason, holds in reasons.items():
        if f"({reason})" in rest and not holds:
            yield f"it is not so that {reason}"
        rest = rest.replace(f" ({reason})", "")
    if found := re.sub(
        r"coefficient of variation|slope and relative index of inequality|I²|Gini coefficient|Theil's T",
        "",
        rest,
    ):
        for reason in re.findall(r"\(([^()]+)\)", found):
            yield f"the reason is not known: {reason}"


@says(
    r"Between the solid lines lie 99\.8% of boroughs that differ from London by chance alone\. "
    rf"Of (?P<of>\d+) boroughs (?P<count>none lies|one lies|all lie|(?:{COUNT}) lie) outside them"
    r"(?P<why>: with thousands of children even a small difference is more than chance)?\. "
    r"The dashed lines allow for the usual spread of boroughs as well\. "
    r"(?:None lies outside those|(?P<who>.+) lies? outside even those)\."
)
def _funnel(case: Case, match: re.Match[str]) -> Iterator[str]:
    everywhere = figures().compared(case.indicator, case.period, figures().boroughs)
    by_chance, usual = statistics.outside(case.compared, everywhere)
    first = match["count"].split()[0]
    said = {"none": 0, "all": len(case.compared)}.get(first, english.count(first))
    if bool(match["why"]) != bool(by_chance):
        yield "whether small differences are more than chance"
    if said != len(by_chance) or int(match["of"]) != len(case.compared):
        yield f"outside lie {len(by_chance)} of {len(case.compared)}"
    if not _means(match["who"], usual, case) if match["who"] else bool(usual):
        yield f"outside even those lie {sorted(usual)}"


# --- borders ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Border:
    """Two neighbours that both have a figure, and how far apart it reads."""

    sides: frozenset[str]
    gap: float
    how: str
    crosses: bool


def _borders(case: Case) -> list[Border]:
    own = figures().compared(case.indicator, case.period, figures().boroughs)
    inside = set(case.scope)
    ics_of = {area: ics for ics, members in _groups(case).items() for area in members}
    found = []
    for sides, how in figures().borders.items():
        one, other = sides
        about = case.borough in sides if case.borough else sides & inside
        if sides <= set(own) and about and (case.crossings or not how):
            apart = abs(
                figures().number(case.indicator, own[one].value)
                - figures().number(case.indicator, own[other].value)
            )
            found.append(Border(sides, float(apart), how, ics_of[one] != ics_of[other]))
    return found


def _largest(case: Case) -> list[Border]:
    borders = _borders(case)
    return [border for border in borders if border.gap == max(b.gap for b in borders)]


def _sides(case: Case, *sides: tuple[str, str]) -> Iterator[str]:
    for name, value in sides:
        if name not in case.compared | figures().compared(case.indicator, case.period, figures().boroughs):
            yield f"{name} has no figure to compare"
        elif case.said(name) != value:
            yield f"{name} has {case.said(name)}"


@says(
    rf"Families who live (?:along the border of (?P<one>[^()]+) \((?P<one_value>{VALUE})\) "
    rf"with (?P<other>[^()]+) \((?P<other_value>{VALUE})\)|"
    rf"on the two banks at (?P<how>.+?), in (?P<one2>[^()]+) \((?P<one_value2>{VALUE})\) and in "
    rf"(?P<other2>[^()]+) \((?P<other_value2>{VALUE})\),) face the largest difference "
    r"(?:between neighbours(?: in and around (?P<around>.+?))?|that (?P<own>.+) has to a neighbour): "
    rf"(?P<gap>{GAP})\."
)
def _largest_border(case: Case, match: re.Match[str]) -> Iterator[str]:
    one, other = match["one"] or match["one2"], match["other"] or match["other2"]
    yield from _sides(
        case,
        (one, match["one_value"] or match["one_value2"]),
        (other, match["other_value"] or match["other_value2"]),
    )
    largest = _largest(case)
    if [border.sides for border in largest] != [frozenset((one, other))]:
        yield f"the largest are {largest}"
    elif (match["how"] or "") != largest[0].how:
        yield f"between them is {largest[0].how or 'land'}"
    if match["gap"] != case.gap(case.value(one), case.value(other)):
        yield f"the difference is {case.gap(case.value(one), case.value(other))}"
    if (match["own"] or "") != case.borough:
        yield "another borough"
    if not match["own"] and (match["around"] or "") != _around(case):
        yield "of other borders"
    if not match["own"] and case.value(one) < case.value(other):
        yield "the higher comes first"


@says(
    rf"(?P<count>{COUNT}) borders share the largest difference between neighbours"
    rf"(?: in and around (?P<around>.+?))?, (?P<gap>{GAP}): "
    r"(?P<among>among them )?(?P<said>.+)\."
)
def _several_borders(case: Case, match: re.Match[str]) -> Iterator[str]:
    largest = {border.sides: border for border in _largest(case)}
    if english.count(match["count"]) != len(largest):
        yield f"there are {len(largest)}"
    if (match["around"] or "") != _around(case):
        yield "of other borders"
    named = set()
    for part in match["said"].split("; "):
        pair = re.fullmatch(rf"(.+?) \(({VALUE})\) with (.+?) \(({VALUE})\)(?:, at (.+))?", part)
        if pair is None:
            yield f"not understood: {part}"
            return
        yield from _sides(case, (pair[1], pair[2]), (pair[3], pair[4]))
        named.add(frozenset((pair[1], pair[3])))
        border = largest.get(frozenset((pair[1], pair[3])))
        if border is None or border.how != (pair[5] or ""):
            yield f"it is not one of the largest: {part}"
        elif case.gap(case.value(pair[1]), case.value(pair[3])) != match["gap"]:
            yield f"the difference is another: {part}"
    if named != set(largest) and not (match["among"] and len(named) == 1):
        yield f"all are {largest}"


@says(
    rf"(?:Of the (?P<of>{COUNT}) borders with other ICSs, (?P<said>.+?)(?P<comma>,?) (?:has|share) the "
    rf"largest difference: (?P<gap>{GAP})|"
    rf"One border with another ICS can be compared, (?P<only>.+): (?P<gap2>{GAP}|no difference)|"
    rf"Of the (?P<of2>{COUNT}) borders with other ICSs, (?P<shared>{COUNT}) share the largest difference, "
    rf"(?P<gap3>{GAP})|Of the (?P<of3>{COUNT}) borders with other ICSs, none has a difference)\."
)
def _across_ics(case: Case, match: re.Match[str]) -> Iterator[str]:
    outer = [border for border in _borders(case) if border.crosses]
    largest = {b.sides: b for b in outer if b.gap == max(border.gap for border in outer)}
    of = match["of"] or match["of2"] or match["of3"]
    if len(outer) != (english.count(of) if of else 1):
        yield f"there are {len(outer)}"
    named = set()
    if match["said"] and bool(match["comma"]) != bool(re.search(r"\), at [^()]+$", match["said"])):
        yield "the bridge or tunnel stands between commas"
    for part in (match["said"] or match["only"] or "").split("; "):
        pair = re.fullmatch(rf"(.+?) \(({VALUE})\) with (.+?) \(({VALUE})\)(?:, at (.+))?", part)
        if pair is None:
            continue
        yield from _sides(case, (pair[1], pair[2]), (pair[3], pair[4]))
        named.add(frozenset((pair[1], pair[3])))
        apart = case.gap(case.value(pair[1]), case.value(pair[3]))
        apart = "no difference" if match["gap2"] and english.number(apart) == 0 else apart
        if apart != (match["gap"] or match["gap2"]):
            yield f"the difference is another: {part}"
    if match["shared"]:
        if english.count(match["shared"]) != len(largest) or len(largest) <= 3:
            yield f"{len(largest)} share it"
        one, other = next(iter(largest))
        if case.gap(case.value(one), case.value(other)) != match["gap3"]:
            yield "the difference is another"
    elif match["of3"]:
        if any(border.gap for border in outer):
            yield "one has"
    elif named != set(largest):
        yield f"the largest are {list(largest)}"


def _around(case: Case) -> str:
    """The ICS in and around which the borders lie; empty for all London."""
    return figures().ics[case.vintage][case.ics] if case.ics else ""


@says(r"(?:Neighbours(?: in and around (?P<around>.+))?|(?P<own>.+) and its neighbours) do not differ\.")
def _no_difference(case: Case, match: re.Match[str]) -> Iterator[str]:
    if not match["own"] and (match["around"] or "") != _around(case):
        yield "of other borders"
    if any(border.gap for border in _borders(case)) or (match["own"] or "") != case.borough:
        yield "they do"


@says(
    rf"The largest difference that (?P<own>.+) \((?P<value>{VALUE})\) has to a neighbour is (?P<gap>{GAP}), "
    rf"to each of (?P<count>{COUNT}): (?P<said>.+)\."
)
def _several_neighbours(case: Case, match: re.Match[str]) -> Iterator[str]:
    named = re.findall(rf"((?:{'|'.join(map(re.escape, english.NAMES))})) \(({VALUE})\)", match["said"])
    yield from _sides(case, (match["own"], match["value"]), *named)
    right = {next(iter(border.sides - {case.borough})) for border in _largest(case)}
    if (
        {name for name, _ in named} != right
        or english.count(match["count"]) != len(right)
        or match["own"] != case.borough
    ):
        yield f"they are {sorted(right)}"
    if any(case.gap(case.value(case.borough), case.value(name)) != match["gap"] for name in right):
        yield "the difference is another"


@says(
    rf"Of the (?P<top>{COUNT}) largest differences, "
    rf"(?P<count>none lies|one lies|(?:{COUNT}) lie) between two ICSs; "
    rf"of all (?P<all>\d+) borders, (?P<crossing>none|{COUNT})\."
)
def _between_ics(case: Case, match: re.Match[str]) -> Iterator[str]:
    borders = sorted(_borders(case), key=lambda border: -border.gap)
    top = [border for border in borders if border.gap >= borders[min(9, len(borders) - 1)].gap]
    said = 0 if match["count"] == "none lies" else english.count(match["count"].split()[0])
    right = (len(top), sum(b.crosses for b in top), len(borders), sum(b.crosses for b in borders))
    crossing = 0 if match["crossing"] == "none" else english.count(match["crossing"])
    if (english.count(match["top"]), said, int(match["all"]), crossing) != right:
        yield f"it should be {right}"
    if len(top) == len(borders):
        yield "the largest are all that there are"


@says(rf"Of the (?P<all>{COUNT}) borders, (?P<count>none lies|one lies|(?:{COUNT}) lie) between two ICSs\.")
def _between_ics_of_few(case: Case, match: re.Match[str]) -> Iterator[str]:
    borders = _borders(case)
    word = match["count"].split()[0]
    said = 0 if word == "none" else english.count(word)
    if (english.count(match["all"]), said) != (len(borders), sum(b.crosses for b in borders)):
        yield f"it should be {sum(b.crosses for b in borders)} of {len(borders)}"


@says(rf"All (?P<all>{COUNT}) borders lie between two ICSs\.")
def _all_between_ics(case: Case, match: re.Match[str]) -> Iterator[str]:
    borders = _borders(case)
    if english.count(match["all"]) != len(borders) or not all(border.crosses for border in borders):
        yield f"{sum(b.crosses for b in borders)} of {len(borders)} do"


@says(r"The one border lies (?P<where>between two ICSs|within one ICS)\.")
def _one_border(case: Case, match: re.Match[str]) -> Iterator[str]:
    (border,) = _borders(case)
    if border.crosses != (match["where"] == "between two ICSs"):
        yield "it does not"

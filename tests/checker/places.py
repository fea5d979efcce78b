"""Holds what is said of one ICS or one borough, over all figures at once, against the figures.

One by one each sentence must be true; together they must say all that the rule of the page asks for.
"""

import datetime as dt
import math
import re
import statistics as plain
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from tests.checker import english
from tests.checker.figures import EVENTS, LONDON, NAN, Cell, Whole, figures, wilson
from tests.checker.sentences import COUNT, GAP, VALUE, Case, londons_name

NEUTRAL = ("need", "spend", "change")


def newest(name: str) -> str:
    """The period that an indicator is shown at: the newest year, or quarter where it has no year."""
    periods = figures().periods(name)
    return next((period for period in periods if " Q" not in period), periods[0])


def before(name: str) -> str:
    """The period before that one, of the same kind and on the same basis; empty where there is none."""
    now = newest(name)
    kind = re.sub(r"\d", "9", now)
    alike = [period for period in figures().periods(name) if re.sub(r"\d", "9", period) == kind]
    earlier = alike[alike.index(now) + 1 :][:1]
    same = [period for period in earlier if figures().basis(name, period) == figures().basis(name, now)]
    return same[0] if same else ""


def shown_indicators() -> list[str]:
    """Those with a figure of at least one borough in their newest period."""
    rows = figures().catalogue.items()
    return [
        name
        for name, row in rows
        if row["shown"] == "yes"
        and figures().periods(name)
        and any(figures().cell(name, newest(name), area).is_known for area in figures().boroughs)
    ]


def _is_doubtful(name: str) -> bool:
    return any(figures().cell(name, newest(name), area).is_odd for area in figures().boroughs)


def _named(short_label: str) -> str | None:
    """The indicator of a short label."""
    found = [name for name in shown_indicators() if figures().catalogue[name]["short_label"] == short_label]
    return found[0] if len(found) == 1 else None


def _dated(text: str) -> str:
    """A text with the period behind each figure whose name says its year, as it stands behind all others."""
    for name in shown_indicators():
        label, period = figures().catalogue[name]["short_label"], newest(name)
        if f" {period} " in label:
            text = text.replace(f"**{label}**", f"**{label} ({period})**")
    return text


def _case(name: str, vintage: str, ics: str | None = None) -> Case:
    return Case(name, newest(name), vintage, ics)


# --- one ICS ----------------------------------------------------------------------------------------------


def _systems(name: str, vintage: str) -> dict[str, Whole]:
    """What each ICS has, by its name."""
    return {
        called: figures().together(name, newest(name), figures().scope(vintage, ics))
        for ics, called in figures().ics[vintage].items()
    }


def _ranked(name: str, vintage: str) -> dict[str, Whole]:
    """The ICSs whose value is of at least three fifths of their boroughs."""
    sizes = {called: len(figures().scope(vintage, ics)) for ics, called in figures().ics[vintage].items()}
    return {
        called: whole
        for called, whole in _systems(name, vintage).items()
        if not math.isnan(whole.value) and 5 * (sizes[called] - len(whole.without)) >= 3 * sizes[called]
    }


def _expected_of_ics(vintage: str, ics: str) -> set[tuple[str, str]]:
    """In which figures an ICS is first or last of all, as pairs of the figure and the end."""
    own, found = figures().ics[vintage][ics], set()
    for name in shown_indicators():
        ranked = _ranked(name, vintage)
        if (
            figures().catalogue[name]["aggregation"] != "ratio"
            or _is_doubtful(name)
            or own not in ranked
            or len(ranked) < 2
        ):
            continue
        read = {called: figures().number(name, whole.value) for called, whole in ranked.items()}
        above = sum(value > read[own] for value in read.values())
        if above == 0:
            found.add((name, "highest"))
        elif above == len(read) - 1:
            found.add((name, "lowest"))
    return found


def _expected_of_boroughs(vintage: str, ics: str) -> dict[tuple[str, str], set[str]]:
    """The boroughs of an ICS that are first or last of all London, by figure and end."""
    found = {}
    for name in shown_indicators():
        row = figures().catalogue[name]
        case = _case(name, vintage)
        if row["kind"] == "total" or row["categories"] or _is_doubtful(name):
            continue
        for end, names in zip(("highest", "lowest"), figures().ends(name, case.compared), strict=True):
            if own := set(names) & set(figures().scope(vintage, ics)):
                found[name, end] = own
    return found


def standing_of_ics(said: Sequence[str], vintage: str, ics: str) -> list[str]:
    """What is wrong with what is said to stand out of an ICS."""
    own = figures().ics[vintage][ics]
    of_ics: set[tuple[str, str]] = set()
    of_boroughs: dict[tuple[str, str], set[str]] = {}
    found = [fault for text in said for fault in english.faults(text)]
    for text in said:
        match = re.fullmatch(r"\*\*(.+?)\*\*, (.+?): (.+)\.", text)
        name = _named(match[1]) if match else None
        if (
            match is None
            or name is None
            or english.period_of(match[2], figures().periods(name), figures().catalogue[name]["period_type"])
            != newest(name)
        ):
            found.append(f"not understood, or another period: {text}")
            continue
        case = _case(name, vintage, ics)
        if match[3].startswith(own):
            found += [f"{fault}: {text}" for fault in _of_ics(match[3], name, case, own)]
            of_ics.add((name, "highest" if "highest" in match[3] else "lowest"))
            continue
        parts = re.findall(rf"(.+? London's (?:highest|lowest), {VALUE}(?: \(as .+?\))?)(?:; |$)", match[3])
        for part in parts if "; ".join(parts) == match[3] else [match[3]]:
            one = re.fullmatch(
                rf"(.+) (has|have) London's (highest|lowest), ({VALUE})(?: \(as (has|have) (.+)\))?", part
            )
            names = set(english.listed(one[1]) or ()) if one else set()
            if one is None or not names:
                found.append(f"not understood: {text}")
                continue
            of_boroughs[name, one[3]] = names
            if case.said(*sorted(names)) != one[4]:
                found.append(f"another value: {text}")
            everywhere = figures().compared(name, case.period, figures().boroughs)
            ends = dict(zip(("highest", "lowest"), figures().ends(name, everywhere), strict=True))
            others = set(ends[one[3]]) - names
            if set(english.listed(one[6]) or () if one[6] else ()) != others:
                found.append(f"{sorted(others)} have the same: {text}")
            if (one[2] == "has") != (len(names) == 1) or (one[5] == "has") != (len(others) == 1):
                found.append(f"singular and plural: {text}")
    if of_ics != _expected_of_ics(vintage, ics):
        found.append(f"{own} is first or last in {_expected_of_ics(vintage, ics)}, not in {of_ics}")
    if of_boroughs != _expected_of_boroughs(vintage, ics):
        found.append(f"of {own} should be said {_expected_of_boroughs(vintage, ics)}, not {of_boroughs}")
    return found


def _of_ics(text: str, name: str, case: Case, own: str) -> Iterator[str]:
    match = re.fullmatch(
        rf"{own} (?:has|shares with (?P<others>.+)) the (?P<end>highest|lowest) value "
        rf"of the (?P<of>{COUNT}) ICSs(?P<most> that have one from most of their boroughs)?, "
        rf"(?P<value>{VALUE})(?: \(without (?P<without>.+)\))?"
        rf"(?:; {re.escape(londons_name(case))} has (?P<london>{VALUE}))?",
        text,
    )
    if match is None:
        yield "not understood"
        return
    everything, ranked = _systems(name, case.vintage), _ranked(name, case.vintage)
    read = {called: figures().number(name, whole.value) for called, whole in ranked.items()}
    ends = {"highest": max(read.values()), "lowest": min(read.values())}
    sharing = {called for called, value in read.items() if value == ends[match["end"]]}
    others = set(re.split(r", | and (?!North London)", match["others"])) if match["others"] else set()
    if sharing != {own} | others:
        yield f"it is {sharing}"
    if case.shown(everything[own].value) + everything[own].mark != match["value"]:
        yield f"its value is {everything[own].value}"
    if english.count(match["of"]) != len(ranked) or bool(match["most"]) != (len(ranked) < len(everything)):
        yield f"there are {len(ranked)} of {len(everything)}"
    if (
        set(english.listed(match["without"]) or ()) != set(everything[own].without)
        if match["without"]
        else everything[own].without
    ):
        yield f"it is without {everything[own].without}"
    london = case.value(LONDON)
    if (match["london"] or "") != ("" if math.isnan(london) else case.said(LONDON)):
        yield f"London has {london}"


SIDES = ("behind", "level", "ahead", "boroughs")
# "Centres per 10,000 children (19 August 2026)"
HEADED = r"\*\*(?P<label>.+) \((?P<period>[^()]+)\)\*\*"


def _better(name: str, one: float, other: float) -> int:
    """1 where the one value reads better than the other, -1 where worse, 0 where both read the same."""
    here, there = figures().number(name, one), figures().number(name, other)
    up_is_good = figures().catalogue[name]["polarity"] == "higher_is_better"
    return 0 if here == there else 1 if (here > there) == up_is_good else -1


def _verdict(name: str, lower: float, upper: float, london: float) -> int:
    """1 where a whole interval lies on the better side of London's value, -1 on the worse one, else 0."""
    side = 1 if lower > london else -1 if upper < london else 0
    return side if figures().catalogue[name]["polarity"] == "higher_is_better" else -side


def _standing_of_ics(name: str, vintage: str, ics: str) -> tuple[str, tuple[object, ...]] | None:
    """On which side an ICS stands in a figure, and all that must be said of it; None where nothing must."""
    row, case = figures().catalogue[name], _case(name, vintage, ics)
    london = case.value(LONDON)
    if row["polarity"] == "neither" or row["kind"] in NEUTRAL or _is_doubtful(name) or math.isnan(london):
        return None
    own = figures().ics[vintage][ics]
    if own not in _ranked(name, vintage):
        cells = case.compared.values()
        bounds = [figures().interval(name, cell) for cell in cells]
        if clearly := any(not math.isnan(lower) for lower, _ in bounds):
            sides = [_verdict(name, lower, upper, london) for lower, upper in bounds]
        else:
            sides = [_better(name, cell.value, london) for cell in cells]
        said = (len(sides), sides.count(1), sides.count(-1), clearly, case.said(LONDON))
        return ("boroughs", said) if sides else None
    whole = _systems(name, vintage)[own]
    lower, upper = NAN, NAN
    if row["unit"] == "percent" and row["kind"] in EVENTS:
        lower, upper = wilson(whole.numerator, whole.denominator, float(row["multiplier"]))
    side = _better(name, whole.value, london) if math.isnan(lower) else _verdict(name, lower, upper, london)
    interval = "" if math.isnan(lower) else f"{case.shown(lower)} to {case.shown(upper)}"
    more = 0
    if side < 0 and row["one_more"]:
        wanted = figures().number(name, london) * Decimal(whole.denominator) / Decimal(row["multiplier"])
        more = max(math.ceil(wanted) - int(whole.numerator), 0)
    side_of = {-1: "behind", 0: "level", 1: "ahead"}[side]
    return side_of, (case.shown(whole.value) + whole.mark, interval, whole.without, case.said(LONDON), more)


def beside_london_of_ics(said: Mapping[str, Sequence[str]], vintage: str, ics: str) -> list[str]:
    """What is wrong with where an ICS is said to be behind London, like it, and ahead of it."""
    found = [fault for texts in said.values() for text in texts for fault in english.faults(text)]
    found += [f"an empty or unknown list: {side}" for side in said if not said[side] or side not in SIDES]
    told = set()
    for side, text in ((side, text) for side, texts in said.items() for text in texts):
        match = re.match(rf"{HEADED}: (?P<rest>.+)$", text)
        name = _named(match["label"]) if match else None
        expected = _standing_of_ics(name, vintage, ics) if name else None
        if match is None or name is None or expected is None or expected[0] != side:
            found.append(f"not understood, or not on this side: {side}: {text}")
            continue
        told.add(name)
        types = figures().catalogue[name]["period_type"]
        if english.period_of(match["period"], figures().periods(name), types) != newest(name):
            found.append(f"another period: {text}")
        case = replace(_case(name, vintage, ics), today=dt.date.today())
        reader = _read_boroughs if side == "boroughs" else _read_standing
        read = reader(match["rest"], case)
        if read != expected[1]:
            found.append(f"it should be {expected[1]}, not {read}: {text}")
    everything = {name for name in shown_indicators() if _standing_of_ics(name, vintage, ics)}
    return found + [f"nothing is said of {name}" for name in sorted(everything - told)]


def _read_standing(text: str, case: Case) -> tuple[object, ...] | None:
    name, londons = case.indicator, re.escape(londons_name(case).removesuffix(" as a whole"))
    take = "would have taken" if case.is_old else "would take"
    match = re.fullmatch(
        rf"(?P<value>{VALUE})(?: \(95% interval (?P<interval>.+?)\))?(?:, without (?P<without>.+))?; "
        rf"{londons} (?P<london>{VALUE})\."
        rf"(?: Reaching London's value {take} (?P<more>[\d,]+) more (?P<what>.+)\.)?",
        text,
    )
    if match is None:
        return None
    more = int(match["more"].replace(",", "")) if match["more"] else 0
    one_more = figures().catalogue[name]["one_more"]
    form = re.sub(r"\[(.*?)\|(.*?)\]", r"\1" if more == 1 else r"\2", one_more)
    if match["more"] and match["what"] != form:
        return None
    without = tuple(sorted(english.listed(match["without"]) or ())) if match["without"] else ()
    return match["value"], match["interval"] or "", without, match["london"], more


def _read_boroughs(text: str, case: Case) -> tuple[object, ...] | None:
    londons, count = re.escape(londons_name(case).removesuffix(" as a whole")), rf"none|(?:all )?(?:{COUNT})"
    match = re.fullmatch(
        rf"of its (?P<of>{COUNT}) boroughs that are compared, (?P<better>{count}) (?P<verb>has|have) a "
        rf"(?P<clearly>clearly )?better value than {londons} \((?P<london>{VALUE})\), "
        rf"(?P<worse>{count}) a (?P<again>clearly )?worse one\.",
        text,
    )
    if match is None or match["clearly"] != match["again"]:
        return None
    of, better, worse = (
        0 if match[part] == "none" else english.count(match[part].removeprefix("all "))
        for part in ("of", "better", "worse")
    )
    for part, number in (("better", better), ("worse", worse)):
        if match[part].startswith("all ") != (number == of and of != 1):
            return None
    if (match["verb"] == "has") != (better == 1):
        return None
    return of, better, worse, bool(match["clearly"]), match["london"]


def gaps_of_ics(said: Sequence[str], vintage: str, ics: str) -> list[str]:
    """What is wrong with the boroughs that are said to be furthest from London."""
    found = [fault for text in said for fault in english.faults(text)]
    sizes, told = {}, []
    for name in shown_indicators():
        case = _case(name, vintage, ics)
        row = case.row
        everywhere = [
            cell.value for cell in figures().compared(name, case.period, figures().boroughs).values()
        ]
        if (
            row["polarity"] == "neither"
            or _is_doubtful(name)
            or len(set(everywhere)) < 2
            or not case.compared
        ):
            continue
        middle = case.value(LONDON)
        middle = plain.median(everywhere) if math.isnan(middle) else middle
        sizes[name] = max(abs(c.value - middle) for c in case.compared.values()) / plain.stdev(everywhere)
    for text in said:
        match = re.fullmatch(
            rf"\*\*(?P<label>.+) \((?P<period>[^()]+)\)\*\*: (?P<who>.+) has (?P<value>{VALUE}), "
            rf"(?P<gap>{GAP}) (?P<way>above|below) "
            r"(?P<what>the middle borough of London|London (?:as a whole|without .+)) "
            rf"\((?P<middle>{VALUE})\)\.",
            _dated(text),
        )
        indicator = _named(match["label"]) if match else None
        if match is None or indicator is None:
            found.append(f"not understood: {text}")
            continue
        name, case = indicator, _case(indicator, vintage, ics)
        told.append(name)
        middle = case.value(LONDON)
        londons = londons_name(case)
        if match["what"] != ("the middle borough of London" if math.isnan(middle) else londons):
            found.append(f"what it is held against: {text}")
        if math.isnan(middle):
            middle = plain.median(
                c.value for c in figures().compared(name, case.period, figures().boroughs).values()
            )
        far = max(case.compared, key=lambda area: abs(case.compared[area].value - middle))
        londons = case.said(LONDON) if match["what"] == londons else case.shown(middle)
        right = (far, case.said(far), case.gap(case.value(far), middle), londons)
        if (match["who"], match["value"], match["gap"], match["middle"]) != right:
            found.append(f"it should be {right}: {text}")
        if (match["way"] == "above") != (case.value(far) > middle):
            found.append(f"above or below: {text}")
        if (
            english.period_of(match["period"], figures().periods(name), case.row["period_type"])
            != case.period
        ):
            found.append(f"another period: {text}")
    if told != sorted(sizes, key=lambda name: -sizes[name])[:3]:
        found.append(f"the furthest are {sorted(sizes, key=lambda name: -sizes[name])[:3]}, not {told}")
    return found


def changes_of_ics(said: Sequence[str], vintage: str, ics: str) -> list[str]:
    """What is wrong with the boroughs that are said to have changed most."""
    found = [fault for text in said for fault in english.faults(text)]
    sizes: dict[tuple[str, str], float] = {}
    for name in shown_indicators():
        case = _case(name, vintage, ics)
        everywhere = [
            cell.value for cell in figures().compared(name, case.period, figures().boroughs).values()
        ]
        if (
            case.row["polarity"] == "neither"
            or case.row["kind"] in NEUTRAL
            or _is_doubtful(name)
            or not before(name)
            or len(set(everywhere)) < 2
        ):
            continue
        then = figures().compared(name, before(name), case.scope)
        now = case.compared
        for area in set(then) & set(now):
            if then[area].value != now[area].value:
                sizes[name, area] = abs(now[area].value - then[area].value) / plain.stdev(everywhere)
    told = []
    for text in said:
        match = re.fullmatch(
            rf"\*\*(?P<label>.+?)\*\*: (?P<who>.+) went from (?P<then>{VALUE}) \((?P<since>[^()]+)\) "
            rf"to (?P<now>{VALUE}) \((?P<until>[^()]+)\)\.(?: Note: (?P<note>.+)\.)?",
            text,
        )
        indicator = _named(match["label"]) if match else None
        if match is None or indicator is None:
            found.append(f"not understood: {text}")
            continue
        name = indicator
        told.append((name, match["who"]))
        when = [
            english.period_of(match[k], figures().periods(name), figures().catalogue[name]["period_type"])
            for k in ("since", "until")
        ]
        if when != [before(name), newest(name)]:
            found.append(f"from {before(name)} to {newest(name)}: {text}")
        right = [figures().said(name, p, match["who"]) for p in (before(name), newest(name))]
        if [match["then"], match["now"]] != right:
            found.append(f"from {right[0]} to {right[1]}: {text}")
        if match["note"] not in (None, figures().catalogue[name]["comparable_over_time"]):
            found.append(f"another note: {text}")
    largest = sorted(sizes, key=lambda key: -sizes[key])[:3]
    if told != largest:
        found.append(f"the largest changes are {largest}, not {told}")
    return found


# --- one borough ------------------------------------------------------------------------------------------


def _expected_of_borough(area: str) -> dict[str, str]:
    """By figure the side on which a borough stands out: ahead, behind, high or low."""
    found = {}
    for name in shown_indicators():
        row, case = figures().catalogue[name], _case(name, next(iter(figures().vintages)))
        compared = case.compared
        if row["kind"] == "total" or row["categories"] or _is_doubtful(name) or area not in compared:
            continue
        is_neutral = row["polarity"] == "neither" or row["kind"] in NEUTRAL
        up_is_good = row["polarity"] != "lower_is_better"
        lower, upper = figures().interval(name, compared[area])
        london = case.value(LONDON)
        if not is_neutral and not math.isnan(lower) and not math.isnan(london):
            side = "high" if lower > london else "low" if upper < london else ""
        else:
            read = [figures().number(name, cell.value) for cell in compared.values()]
            own = figures().number(name, compared[area].value)
            is_high = 4 * sum(value > own for value in read) < len(read)
            is_low = 4 * sum(value < own for value in read) < len(read)
            side = "" if is_high == is_low else "high" if is_high else "low"
        if side and not is_neutral:
            side = "ahead" if (side == "high") == up_is_good else "behind"
        if side:
            found[name] = side
    return found


def standing_of_borough(said: Sequence[str], area: str, vintage: str) -> list[str]:
    """What is wrong with what is said to stand out of a borough."""
    found = [fault for text in said for fault in english.faults(text)]
    told = {}
    for text in said:
        match = re.fullmatch(
            r"(?:\*\*(?P<side>Ahead|Behind)\*\* · )?(?:\*\*)?(?P<label>.+) \((?P<period>[^()]+)\)(?:\*\*)?: "
            rf"(?P<value>{VALUE})(?: \((?P<count>[\d,]+) (?P<what>of|.+ for) (?P<of>[\d,]+) children\))?"
            r"(?:, London's (?P<end>highest|lowest)(?: together with (?P<sharing>.+?))?)?, (?:"
            rf"clearly (?P<way>better|worse) than (?:London's (?P<london>{VALUE})|"
            rf"the (?P<part>{VALUE}) of (?P<called>London without .+?)) "
            rf"\(95% interval (?P<from>{VALUE}) to (?P<to>{VALUE})\)|"
            r"in the (?P<quarter>highest|lowest) quarter of (?P<places>\d+) boroughs"
            r"(?P<neutral>; that speaks neither for nor against the borough)?)\.",
            _dated(text),
        )
        indicator = _named(match["label"]) if match else None
        if match is None or indicator is None:
            found.append(f"not understood: {text}")
            continue
        name, case = indicator, _case(indicator, vintage)
        cell = case.compared[area]
        found += [f"{fault}: {text}" for fault in _claim(match.groupdict(), name, case, area, cell)]
        told[name] = (
            match["side"] or {"highest": "high", "lowest": "low"}.get(match["quarter"] or "", "?")
        ).lower()
    if told != _expected_of_borough(area):
        found.append(f"{area}: stands out should be {_expected_of_borough(area)}, not {told}")
    return found


def _claim(parts: dict[str, str], name: str, case: Case, area: str, cell: Cell) -> Iterator[str]:
    row = case.row
    if english.period_of(parts["period"], figures().periods(name), row["period_type"]) != case.period:
        yield "another period"
    if parts["value"] != case.said(area):
        yield f"it has {cell.value}"
    counted = figures().units[row["unit"]]["counted"]
    right = (cell.numerator, cell.denominator) if cell.is_counted and counted else (None, None)
    said = tuple(float(parts[k].replace(",", "")) if parts[k] else None for k in ("count", "of"))
    if said != right:
        yield f"behind it are {right}"
    if parts["what"] and (parts["what"] == "of") != (counted == "children"):
        yield "what is counted"
    high, low = figures().ends(name, case.compared)
    end, sharing = ("highest", high) if area in high else ("lowest", low) if area in low else (None, [])
    if parts["end"] != end or set(english.listed(parts["sharing"]) or () if parts["sharing"] else ()) != set(
        sharing
    ) - {area}:
        yield f"it is the {end} with {sharing}"
    if parts["way"]:
        lower, upper = figures().interval(name, cell)
        london = case.value(LONDON)
        if (parts["called"] or "London as a whole") != londons_name(case):
            yield f"London is called {londons_name(case)}"
        if (parts["london"] or parts["part"], parts["from"], parts["to"]) != (
            case.said(LONDON),
            case.shown(lower),
            case.shown(upper),
        ):
            yield f"London has {london}, the interval is {lower} to {upper}"
        if lower <= london <= upper:
            yield "the interval holds London's value"
        if (parts["way"] == "better") != (parts["side"] == "Ahead"):
            yield "better or worse"
        if row["kind"] not in EVENTS and row["interval"] == "none" and math.isnan(cell.lower):
            yield "chance has no part in it"
    else:
        if int(parts["places"]) != len(case.compared):
            yield f"compared are {len(case.compared)}"
        is_good_high = row["polarity"] != "lower_is_better"
        if parts["side"] and (parts["quarter"] == "highest") != ((parts["side"] == "Ahead") == is_good_high):
            yield "which quarter"
        if bool(parts["neutral"]) == bool(parts["side"]):
            yield "whether it is good or bad"


# --- what it would take -----------------------------------------------------------------------------------


def needed(text: str, case: Case, target: float) -> list[str]:
    """What is wrong with what is said to be needed for a target."""
    times = float(case.row["multiplier"])
    goal = figures().number(case.indicator, target)
    more = {}
    for area, cell in case.compared.items():
        if figures().number(case.indicator, cell.value) < goal:
            wanted = float(goal) / times * cell.denominator - cell.numerator
            more[area] = max(1, math.ceil(wanted - 1e-9))
    shown = case.shown(target)
    found = english.faults(text)
    if not more:
        return found + (
            []
            if text == f"Every borough that is compared has {shown} or more."
            else [f"nothing is needed: {text}"]
        )
    match = re.fullmatch(
        rf"To reach (?P<goal>{VALUE}), (?:(?P<who>.+) would need (?P<one>[\d,]+) more [^,]+|"
        rf"(?P<many>{COUNT}) boroughs would need (?P<all>[\d,]+) more .+, added up over them: "
        r"(?P<most>.+) the most \((?P<each>[\d,]+)(?P<shared> each)?\))\.",
        text,
    )
    if match is None:
        return [*found, f"not understood: {text}"]
    if match["goal"] != shown:
        found.append(f"the target is {shown}: {text}")
    if match["many"]:
        most = {area for area, number in more.items() if number == max(more.values())}
        right = (len(more), f"{sum(more.values()):,}", f"{max(more.values()):,}", most, len(most) > 1)
        said = (
            english.count(match["many"]),
            match["all"],
            match["each"],
            set(english.listed(match["most"]) or ()),
            bool(match["shared"]),
        )
        if said != right:
            found.append(f"it should be {right}: {text}")
    elif {match["who"]: match["one"]} != {area: f"{number:,}" for area, number in more.items()}:
        found.append(f"it should be {more}: {text}")
    return found


# --- the five reviews -------------------------------------------------------------------------------------


def review_cell(text: str, name: str, area: str) -> list[str]:
    """What is wrong with a cell of the table of reviews."""
    known = [p for p in figures().periods(name) if not math.isnan(_value(name, p, area))]
    if not known:
        cell = figures().cell(name, figures().periods(name)[0], area)
        word = figures().statuses[cell.status]["word"]
        return [] if text == word else [f"{name}, {area}: {word} should be said, not {text}"]
    years = [p for p in known if " Q" not in p]
    period = (years or known)[0]
    match = re.fullmatch(rf"({VALUE}) \((.+)\)", text)
    if match is None:
        return [f"{name}, {area}: not understood: {text}"]
    found = english.faults(text)
    if (
        english.period_of(match[2], figures().periods(name), figures().catalogue[name]["period_type"])
        != period
    ):
        found.append(f"{name}, {area}: another period than {period}: {text}")
    if match[1] != figures().said(name, period, area):
        found.append(f"{name}, {area}: another value: {text}")
    return found


def _value(name: str, period: str, area: str) -> float:
    return (
        figures().cell(name, period, area).value
        if area in figures().boroughs
        else figures().whole(name, period, area)
    )

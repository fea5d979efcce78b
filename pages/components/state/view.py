"""What is being looked at: one small frozen value, and the link that brings it back."""

import datetime as dt
import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Self
from urllib.parse import urlencode

from data_loaders.periods import end_of
from data_loaders.survey.answers import WAVE
from data_loaders.within import ALL_SITES, DESIGNATED, Within
from geo.lottery.one_period import DEPRIVATION
from geo.tables.london import London, place_table
from geo.tables.offered import offered
from pages.components.state.reader import Reader
from pages.components.text import dates, vintages

ALL_LONDON = "all"
DEFAULT_INDICATOR = "centres_per_10k_0_4"

CLASS_METHODS = {
    "quantile": "Equal numbers of boroughs",
    "equal": "Equal steps",
    "natural": "Natural breaks",
    "london": "Compared with London",
}
LAYOUTS = {"map": "Map", "tiles": "Tiles of equal size"}
AREAS = {"boroughs": "Boroughs", "small": "Small areas (neighbourhoods)"}
YES_OR_NO = ("no", "yes")
TARGETS = ("london", "top")
# how far somebody walks, in metres
REACHES = ("400", "600", "800", "1000", "1200", "1600", "2000", "2500", "3000")
# so many centres of a scenario, closed by their URNs, opened at postcodes, and moved from one to the other
MOST_CLOSED, MOST_OPENED, MOST_MOVED = 20, 10, 5
CLOSED = re.compile(rf"\d{{4,7}}(,\d{{4,7}}){{0,{MOST_CLOSED - 1}}}", re.ASCII)
_POSTCODE = r"[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}"
OPENED = re.compile(rf"{_POSTCODE}(,{_POSTCODE}){{0,{MOST_OPENED - 1}}}", re.ASCII)
_MOVE = rf"\d{{4,7}} {_POSTCODE}"
MOVED = re.compile(rf"{_MOVE}(,{_MOVE}){{0,{MOST_MOVED - 1}}}", re.ASCII)
# a day of the register of children's centres, and which of its sites are looked at
DAY = re.compile(r"20\d\d-[01]\d-[0-3]\d", re.ASCII)
SITES = ("all", "designated_centres", "linked_sites")
# whose centres count in a scenario; or two boroughs with a comma between them, whose border alone is open
WHOSE = ("any", "own", "ics")
# which screen of the page a meeting sees: none, or the one of this name; the ranking is the map's second
MEETING = ("", "1", "ranking", "2", "3", "4", "5", "6")
LARGEST_TARGET = 100_000


@dataclass(frozen=True)
class View:
    """One view of the figures.

    `ics` is a code or "all"; `borough` is a name, or empty for none. What only one page asks for: `compare`,
    names with commas between them; `crossings` of the Thames, "yes" or "no"; `against`, an indicator;
    `target`, "london", "top" (the top quarter) or a number in the unit of the indicator; `instrument` and
    `item`, a set of questions of a survey and one of them, empty for the first; `demo`, "yes" for made-up
    answers, else "no"; `closed`, URNs of children's centres, and `opened`, postcodes, both with commas
    between them; `moved`, a URN and a postcode each; `reach` in metres, and `whose` centres count: one of
    WHOSE, or the names of two neighbours with a comma between them; `areas`, "small" for a map of small
    areas where the indicator has one, else "boroughs"; `day` of the register, empty for the newest, and the
    day `since` which it is looked at, empty for the first, both ISO; `sites`, of SITES.

    `meeting` is the name of a screen of the page in a meeting ("1", or another of MEETING); else empty.
    """

    indicator: str
    period: str
    vintage: str
    ics: str = ALL_LONDON
    classes: str = "quantile"
    layout: str = "map"
    borough: str = ""
    compare: str = ""
    crossings: str = "no"
    against: str = DEPRIVATION
    target: str = "london"
    instrument: str = "enablers"
    item: str = ""
    wave: str = ""
    demo: str = "no"
    meeting: str = ""
    closed: str = ""
    opened: str = ""
    moved: str = ""
    reach: str = "1200"
    whose: str = "any"
    areas: str = "boroughs"
    day: str = ""
    since: str = ""
    sites: str = "all"

    @property
    def compared(self) -> list[str]:
        """The names of the boroughs that are set side by side."""
        return self.compare.split(",") if self.compare else []

    @property
    def within(self) -> Within:
        """What counts as within reach in figures of access: linked sites never count by themselves."""
        return Within(int(self.reach), DESIGNATED if self.sites == DESIGNATED else ALL_SITES)

    @property
    def is_scenario(self) -> bool:
        """Whether centres are closed, opened or moved in a scenario."""
        return bool(self.closed or self.opened or self.moved)

    @property
    def open_border(self) -> tuple[str, str] | None:
        """The names of the two boroughs whose border alone is open in a scenario."""
        one, comma, other = self.whose.partition(",")
        return (one, other) if comma else None

    @property
    def scope(self) -> str | None:
        """The code of the ICS that is looked at, or None for all London."""
        return None if self.ics == ALL_LONDON else self.ics

    def only(self, *parts: str) -> Self:
        """The view with its boundaries and only these of its other parts, which are else as by default.

        What is worked out from it is the same for all who look at these, whatever else they have chosen.
        Without an indicator and a period it is of none.
        """
        kept = {name: getattr(self, name) for name in ("vintage", *parts)}
        return type(self)(**{"indicator": "", "period": ""} | kept)

    def to_params(self) -> dict[str, str]:
        """The query of the link. With period and boundaries in it, it shows tomorrow what it shows today."""
        return {name: value for name, value in vars(self).items() if value != _DEFAULTS[name]}

    @classmethod
    def from_params(cls, params: Mapping[str, str], london: London) -> tuple[Self, list[str]]:
        """The view of a link, and a sentence for each part of it that could not be followed.

        The sentences quote the link: they are plain text, and become Markdown by markdown.verbatim only.

        Values are matched without regard to case; a borough is found by its code and its usual spellings as
        well. An unknown value falls back to the default. A link without boundaries means the first set, for
        which all such links were made; an address without any part of a view means the set of today. An ICS
        of another set is followed to the one that its boroughs are in.
        """
        reader = Reader(params, _NOUNS, _called(london), _UNCHOSEN)
        is_first_visit = not parts_of_view(params)
        today, first = london.vintage_on(dt.date.today()), next(iter(london.vintages))
        indicators = [i.indicator_id for i in offered(london)]
        indicator = reader.pick("indicator", indicators, DEFAULT_INDICATOR)
        periods = london.periods[indicator]
        reader.called["period"] = _called_periods(london, indicator)
        vintage = reader.pick("vintage", list(london.vintages), today if is_first_visit else first)
        names = list(london.borough_codes)

        def find_borough(given: str) -> str | None:
            code = london.spellings.find(given) or given.upper()
            return next((name for name, own in london.borough_codes.items() if own == code), None)

        def find_ics(given: str) -> str | None:
            code = given.upper()
            home = vintages.home_of(code, vintage, london)
            return vintages.successor(code, vintage, london) or (home and ALL_LONDON)

        borders = {frozenset(pair.split(",")): pair for pair in borders_of(london)}

        def find_border(given: str) -> str | None:
            return borders.get(frozenset(find_borough(name.strip()) or "" for name in given.split(",")))

        unit = london.catalogue.indicators[indicator].unit
        largest = float(unit.largest or LARGEST_TARGET)
        instrument = reader.pick("instrument", list(london.instruments), cls.instrument)
        items = ["", *(item.item_id for item in london.instruments[instrument].items)]
        view = cls(
            indicator=indicator,
            period=reader.pick("period", periods, london.newest(indicator)),
            vintage=vintage,
            ics=reader.pick("ics", [ALL_LONDON, *london.ics_names[vintage]], ALL_LONDON, also=find_ics),
            classes=reader.pick("classes", list(CLASS_METHODS), cls.classes),
            layout=reader.pick("layout", list(LAYOUTS), cls.layout),
            borough=reader.pick("borough", ["", *names], "", also=find_borough),
            compare=",".join(reader.pick_several("compare", names, find_borough)),
            crossings=reader.pick("crossings", list(YES_OR_NO), cls.crossings),
            against=reader.pick("against", [i.indicator_id for i in london.by_borough], cls.against),
            target=reader.pick_number("target", list(TARGETS), cls.target, largest),
            instrument=instrument,
            item=reader.pick("item", items, cls.item),
            wave=reader.pick_text("wave", WAVE, cls.wave),
            demo=reader.pick("demo", list(YES_OR_NO), cls.demo),
            meeting=reader.pick("meeting", list(MEETING), cls.meeting),
            whose=reader.pick("whose", [*WHOSE, *borders.values()], cls.whose, also=find_border),
            areas=reader.pick("areas", list(AREAS), cls.areas),
            **_of_centres(reader),
        )
        usable = class_methods(view, london)
        if view.classes not in usable:
            view = replace(view, classes=cls.classes)
            reader.notes.append(
                "This indicator has no intervals to compare with London: equal numbers are shown."
            )
        return view, reader.notes

    def query(self) -> str:
        """The link's query as text, starting with a question mark."""
        return "?" + urlencode(self.to_params(), safe="/,")


# indicator and period have none, and are in every link
_DEFAULTS = {f.name: f.default for f in fields(View)}


@functools.lru_cache(maxsize=2)
def borders_of(london: London) -> tuple[str, ...]:
    """The pairs of neighbours, as `whose` names them: on land or over a bridge, in alphabetical order."""
    names = london.borough_names
    pairs = zip(london.neighbours["left"], london.neighbours["right"], strict=True)
    return tuple(sorted(",".join(sorted([names[left], names[right]])) for left, right in pairs))


def parts_of_view(params: Mapping[str, str]) -> dict[str, str]:
    """The parameters of a link that are of a view."""
    names = {f.name for f in fields(View)}
    return {name: value for name, value in params.items() if name in names}


def as_reported(view: View, london: London) -> View:
    """The view with the boundaries of its own time, where it shows the survey of the 2022 report.

    What the report asked and printed is of the ICSs that it knew, whichever are looked at elsewhere.
    """
    indicator = london.catalogue.indicators[view.indicator]
    end = end_of(view.period, indicator.period_type)
    return within(view, london.vintage_on(end), london) if indicator.kind == "opinion" and end else view


def within(view: View, vintage: str, london: London) -> View:
    """The view within another set of boundaries, with the ICS that its ICS is in there, else all London."""
    ics = view.ics
    if ics not in (ALL_LONDON, *london.ics_names[vintage]):
        ics = vintages.successor(ics, vintage, london) or ALL_LONDON
    return replace(view, vintage=vintage, ics=ics)


def has_map(view: View, london: London) -> bool:
    """Whether there is something to map: a figure of at least one authority."""
    return _has_values(london, view.indicator, view.period, view.vintage)


def class_methods(view: View, london: London) -> dict[str, str]:
    """The class methods that this indicator allows, with their names.

    Comparing with London needs intervals, and an indicator that has a good and a bad direction.
    """
    comparable = _is_compared(london, view.indicator, view.period, view.vintage)
    return {key: name for key, name in CLASS_METHODS.items() if key != "london" or comparable}


# kept, as place_table() is: every run of a page asks
@functools.lru_cache(maxsize=1024)
def _has_values(london: London, *place: str) -> bool:
    table = place_table(london, *place)
    return bool((table["value"].notna() & (table["area_type"] == "borough")).any())


@functools.lru_cache(maxsize=1024)
def _is_compared(london: London, *place: str) -> bool:
    return bool((place_table(london, *place)["comparison"] != "not_compared").any())


_NOUNS = {
    "indicator": "indicator",
    "period": "figure of this indicator for",
    "vintage": "set of ICS boundaries",
    "ics": "ICS within these boundaries called",
    "classes": "way to colour called",
    "layout": "way to draw called",
    "borough": "London borough",
    "compare": "London borough",
    "crossings": "answer to whether the Thames is crossed",
    "against": "indicator of boroughs",
    "instrument": "set of questions called",
    "item": "question of this set called",
    "wave": "wave of answers called",
    "demo": "answer to whether made-up answers are shown",
    "meeting": "screen for a meeting called",
    "target": "target within reach of this indicator",
    "closed": "list of centres to close like",
    "opened": "list of postcodes to open a centre at like",
    "moved": "list of centres and the postcodes they move to like",
    "reach": "distance to walk of",
    "whose": "rule of whose centres count, nor a border of two boroughs, called",
    "areas": "kind of areas to map called",
    "day": "day of the register called",
    "since": "day of the register called",
    "sites": "kind of sites called",
}
# what is shown where nothing is chosen, where that is no value
_UNCHOSEN = {"ics": "all London", "day": "the newest", "since": "the first"}
# what stands in a link, as it is called on a page
_CALLED: dict[str, Mapping[str, str]] = {"classes": CLASS_METHODS, "layout": LAYOUTS, "areas": AREAS}


def _called(london: London) -> dict[str, Mapping[str, str]]:
    """What the values of a link are called on a page, by the part of the link."""
    labels = {name: each.short_label for name, each in london.catalogue.indicators.items()}
    sets = {name: each.name for name, each in london.vintages.items()}
    return {"indicator": labels, "against": labels, "vintage": sets, **_CALLED}


def _called_periods(london: London, indicator_id: str) -> dict[str, str]:
    indicator = london.catalogue.indicators[indicator_id]
    return {period: dates.period_label(period, indicator) for period in london.periods[indicator_id]}


def _of_centres(reader: Reader) -> dict[str, str]:
    """What a link says of centres by themselves: those of a scenario, and days and sites of the register."""
    return {
        "closed": reader.pick_text("closed", CLOSED, View.closed),
        "opened": reader.pick_text("opened", OPENED, View.opened),
        "moved": reader.pick_text("moved", MOVED, View.moved),
        "reach": reader.pick("reach", list(REACHES), View.reach),
        "day": reader.pick_text("day", DAY, View.day),
        "since": reader.pick_text("since", DAY, View.since),
        "sites": reader.pick("sites", list(SITES), View.sites),
    }

"""The tables: for each its columns, what a cell may be, what stands only once, and what refers to what.

A row is one pydantic model. A new column is a line here; a table that is not declared here is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

from data_loaders.schemas.cells import (
    Address,
    Area,
    AreaOrNothing,
    Categories,
    Count,
    Date,
    DateOrNothing,
    Forms,
    Identifier,
    Number,
    NumberOrNothing,
    OfChildren,
    Plain,
    PlainOrNothing,
    Sentence,
    Several,
    SeveralOrNothing,
    Sources,
    Text,
    TextOrNothing,
    TrueOrFalse,
    Whole,
    WholeOrNothing,
    Within,
    WithinOrNothing,
    YesOrNo,
)

Polarity = Literal["higher_is_better", "lower_is_better", "neither"]
Aggregation = Literal["sum", "ratio", "none"]
Interval = Literal["wilson", "none"]
MissingStatus = Literal[
    "not_published", "suppressed", "withheld", "not_applicable", "not_loaded", "combined", "nil_return"
]
ValueStatus = Literal["published", "derived", "self_reported", "illustrative"]
# what kind of figure an indicator is, which decides what may be said of it: `coverage` (families reached of
# those entitled), `outcome` (of children), `way_of_working`, `provision` (decided, not drawn by chance),
# `total` (a larger place has more of it), `change`, `spend`, `need`, `membership` (a category), `opinion`
IndicatorKind = Literal[
    "coverage",
    "outcome",
    "way_of_working",
    "provision",
    "total",
    "change",
    "spend",
    "need",
    "membership",
    "opinion",
]
PeriodType = Literal[
    "date",
    "financial_year",
    "academic_year",
    "review_period",
    "summer",
    "mid_year",
    "index_year",
    "programme",
    "survey_month",
]
IcsCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,4}$")]
Bank = Literal["north", "south"]
Vintage = Annotated[str, StringConstraints(pattern=r"^20\d\d$")]


class Row(BaseModel):
    """One row of a table; only a column with a default may be missing, and none may be added."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class IndicatorRow(Row):
    """The catalogue: one indicator."""

    indicator_id: Identifier
    label: OfChildren
    short_label: Within
    domain: Plain
    unit: Identifier
    decimals: Annotated[str, StringConstraints(pattern=r"^[0-4]$")]
    polarity: Polarity
    period_type: PeriodType
    aggregation: Aggregation
    multiplier: Number
    interval: Interval
    sentence: Sentence
    definition: OfChildren
    caveats: OfChildren
    source_ids: Several
    when_absent: MissingStatus
    comparable_over_time: Plain
    next_update: PlainOrNothing
    categories: Categories
    shown: YesOrNo
    kind: IndicatorKind
    complement: WithinOrNothing
    one_more: Forms
    above_100: PlainOrNothing
    same_as: SeveralOrNothing


class SourceRow(Row):
    """One publication."""

    source_id: Identifier
    title: Plain
    publisher: Plain
    url: Address
    licence: Plain
    licence_url: Address
    attribution: PlainOrNothing
    figures_date: DateOrNothing
    next_update: PlainOrNothing


class UnitRow(Row):
    """How values of a unit are written."""

    unit: Identifier
    prefix: str
    suffix: str
    axis: PlainOrNothing
    largest: NumberOrNothing
    counted: Literal["", "children", "centres"]


class StatusRow(Row):
    """Why a value is there or is not."""

    status: MissingStatus | ValueStatus
    word: Plain
    sentence: Plain


class ObservationRow(Row):
    """One figure, or the reason why there is none."""

    area_code: Area
    indicator_id: Identifier
    period: Plain
    period_end: Date
    value: NumberOrNothing
    numerator: NumberOrNothing
    denominator: NumberOrNothing
    lower_95: NumberOrNothing
    upper_95: NumberOrNothing
    status: MissingStatus | ValueStatus
    source_id: Sources
    note: str
    # only downloads have it: of an embedded figure, the manifest says when its table was written
    retrieved: DateOrNothing = ""


class DerivationRow(Row):
    """How one indicator is worked out from others."""

    indicator_id: Identifier
    operation: Literal["sum", "ratio", "change"]
    left: Identifier
    right: SeveralOrNothing
    match: Literal["", "same_period", "as_of", "within"]
    baseline: TextOrNothing


class AreaRow(Row):
    """A local authority, London or England."""

    area_code: Area
    area_name: Plain
    area_type: Literal["borough", "region", "country"]
    inner_london: Literal["", "true", "false"]
    land_hectares: NumberOrNothing
    small: TrueOrFalse
    dfe_code: WholeOrNothing


class FootprintRow(Row):
    """The ICS of one authority in one set of boundaries."""

    vintage: Vintage
    area_code: Area
    ics_code: IcsCode
    ics_name: Plain
    icb_code: Area
    icb_ods: Plain
    icb_name: Plain


class VintageRow(Row):
    """One set of ICS boundaries."""

    vintage: Vintage
    first_day: Date
    last_day: DateOrNothing
    name: Plain
    ics_count: Whole


class OldLinkRow(Row):
    """A link that people have kept, and the view that it must go on showing; its other cells are the view's.

    Empty cells stand for the view's defaults, and an empty vintage for the first set of ICS boundaries,
    because links without one were made for it.
    """

    page: TextOrNothing
    query: str
    indicator: TextOrNothing
    period: TextOrNothing
    ics: TextOrNothing
    vintage: TextOrNothing
    classes: TextOrNothing
    layout: TextOrNothing
    borough: TextOrNothing
    compare: TextOrNothing
    crossings: TextOrNothing
    against: TextOrNothing
    target: TextOrNothing
    instrument: TextOrNothing
    item: TextOrNothing
    demo: TextOrNothing
    meeting: TextOrNothing
    wave: TextOrNothing
    closed: TextOrNothing
    opened: TextOrNothing
    moved: TextOrNothing
    reach: TextOrNothing
    whose: TextOrNothing
    areas: TextOrNothing
    day: TextOrNothing
    since: TextOrNothing
    sites: TextOrNothing
    sentence: TextOrNothing


class SpellingRow(Row):
    """Another spelling of a borough's name."""

    area_code: Area
    spelling: Plain


class BrandRow(Row):
    """One setting of how packs look."""

    setting: Literal["heading", "accent", "font", "owner", "logo"]
    value: TextOrNothing
    meaning: Text


class CaseStudyRow(Row):
    """A case study of the report."""

    box: Plain
    title: Plain
    boroughs: Plain
    enabler_ids: Several


class DictionaryRow(Row):
    """One column of the files for analysts: those with all figures, those of one indicator, or both."""

    column: Text
    files: Literal["all_figures", "one_indicator", "both"]
    type: Literal["text", "number", "date"]
    unit: TextOrNothing
    meaning: Text


class EndpointRow(Row):
    """A publisher's address, whose placeholders the publisher's module fills in."""

    endpoint: Identifier
    address: Annotated[str, StringConstraints(pattern=r"^https?://")]


class PlacedLabelRow(Row):
    """Where the name of an ICS stands."""

    vintage: Vintage
    ics_code: IcsCode
    layout: Literal["map", "tiles"]
    x: Number
    y: Number
    align: Literal["left", "right", "center"]


class InstrumentRow(Row):
    """A set of questions of a survey."""

    instrument: Identifier
    name: Plain
    question: Plain
    kind: Literal["ordinal", "score", "ticks"]
    mean: YesOrNo
    most_ticks: WholeOrNothing
    origin: Plain


class SurveyItemRow(Row):
    """One question."""

    instrument: Identifier
    item_id: Identifier
    label: Plain
    wording: Plain
    theme: PlainOrNothing


class SurveyScaleRow(Row):
    """One answer of a scale."""

    instrument: Identifier
    response: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+$")]
    label: Plain
    place: WholeOrNothing
    letter: Annotated[str, StringConstraints(min_length=1, max_length=1)]


class SurveyPublishedRow(Row):
    """What the report prints of an answer."""

    instrument: Identifier
    item_id: Identifier
    response: TextOrNothing
    value: NumberOrNothing
    measure: Text
    note: TextOrNothing


class FactRow(Row):
    """What a publication says of an indicator."""

    indicator_id: Identifier
    said_by: Plain
    fact: Plain


class ReviewRow(Row):
    """A review that every family is entitled to: its indicators, and what else is known about it."""

    order: Whole
    name: Plain
    due: Plain
    indicator_ids: Several
    about_it: SeveralOrNothing


class LabelPointRow(Row):
    """Where a borough's label stands, and how far the land reaches around it."""

    area_code: Area
    lon: Number
    lat: Number
    radius_m: Number


class NeighbourRow(Row):
    """Two boroughs that share a border on land."""

    left: Area
    right: Area
    metres: Number


class WorkedOutCountsRow(Row):
    """The two counts that a borough's published percentage and 95 % limits can alone come of."""

    indicator_id: Identifier
    period: Plain
    area_code: Area
    numerator: Whole
    denominator: Whole


class CrossingRow(Row):
    """Two boroughs on the two banks, and how one crosses."""

    left: Area
    right: Area
    how: Plain


class TileRow(Row):
    """Where a borough stands in the grid of tiles, and what it is called where there is little room.

    Lines of its label are divided by "|"; its code stands on maps where the label does not fit.
    """

    area_code: Area
    column: Whole
    row: Whole
    label: Text
    code: Text


class TilePointRow(Row):
    """The middle of a tile."""

    area_code: Area
    x: Number
    y: Number


class ReviewNameRow(Row):
    """By which words a publisher's indicator is found: what its name must and must not say, and ages."""

    indicator_id: Identifier
    must: Text
    must_not: TextOrNothing
    ages: TextOrNothing


class ValueNoteRow(Row):
    """What a publisher's note on a value means for its status."""

    must: Text
    must_not: TextOrNothing
    status: MissingStatus | ValueStatus
    meaning: Plain


class TimeBreakRow(Row):
    """From which period on an indicator is on another basis."""

    indicator_id: Identifier
    first_period: Plain
    word: Plain
    sentence: Plain


class ReportFactRow(Row):
    """What the report says of children's centres, in London and in England."""

    fact_id: Identifier
    indicator_ids: Several
    what: Plain
    london: Number
    england: NumberOrNothing
    decimals: Annotated[str, StringConstraints(pattern=r"^[0-4]$")]


class RateRow(Row):
    """Which figure is offered in place of a total."""

    total: Identifier
    rate: Identifier
    said: Plain


class SiteRow(Row):
    """An open entry of the register."""

    urn: Whole
    area_code: Area
    name: Text
    type: Text
    status: Text
    open_date: DateOrNothing
    postcode: str


class FamilyHubRow(Row):
    """A site of the list of family hubs; the postcode as it is written there, empty where none is."""

    area_code: Area
    name: Text
    postcode: str


class SiteEverRow(Row):
    """A children's centre or linked site that the register has listed as open at some time.

    `area_code` is the London authority that lists it, empty for another; `stands_in` is where it stands.
    """

    urn: Whole
    name: Text
    type: Literal["designated_centres", "linked_sites"]
    authority: Plain
    area_code: AreaOrNothing
    stands_in: Area
    postcode: Text
    easting: Whole
    northing: Whole
    bank: Bank
    open_date: DateOrNothing
    first_seen: Date
    last_seen: Date


class SiteBeforeRow(Row):
    """What an entry of the register was before it had another type or another postcode.

    `until` is the last day held on which it was so, `by` the first on which it is known to have changed.
    """

    urn: Whole
    until: Date
    by: Date
    type: Literal["designated_centres", "linked_sites"]
    postcode: Text
    stands_in: Area
    easting: Whole
    northing: Whole


class SmallAreaRow(Row):
    """A small area (LSOA of 2021): where its people live on average, and its children on Census day 2021."""

    small_area: Area
    name: Plain
    area_code: Area
    easting: Number
    northing: Number
    bank: Bank
    children_0_4: Whole
    children_0_15: Whole
    residents: Whole


class SmallAreaChildrenRow(Row):
    """A small area's children aged 0 to 4 in the middle of a year that is newer than the census."""

    small_area: Area
    children_0_4: Count


class SmallAreaDeprivationRow(Row):
    """Income deprivation affecting children: a small area's place among England's, 1 the most deprived."""

    small_area: Area
    idaci_rank: Whole
    idaci_decile: Whole
    deprived_children: WholeOrNothing


class ThamesCrossingRow(Row):
    """Where one can walk across the Thames with a pram: its two ends."""

    crossing: Plain
    north_easting: Whole
    north_northing: Whole
    south_easting: Whole
    south_northing: Whole
    placed_by: Plain


class NearbyAuthorityRow(Row):
    """A district within 5 km of London, and the council that is in charge of its early years services."""

    area_code: Area
    area_name: Plain
    early_years_authority: Plain


class ChangeRow(Row):
    """One figure that a download changed."""

    kind: Literal["new", "revised", "gone", "moved"]
    indicator_id: Identifier
    period: Text
    area_code: Area
    before: NumberOrNothing
    after: NumberOrNothing
    period_before: str


@dataclass(frozen=True, eq=False)
class Schema:
    """A table: its row, the columns that together stand only once, and what columns refer to.

    `refers` gives for a column the table and column in which its cell stands; a cell of several identifiers,
    divided by "; " or "+", refers with each. A `large` table, of thousands of rows, is held against its
    declaration by `check` and before it comes into use, but not at each start of the app.
    """

    row: type[Row]
    key: tuple[str, ...]
    refers: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    large: bool = False

    @property
    def columns(self) -> list[str]:
        """Names of the columns, in their order."""
        return list(self.row.model_fields)

    @property
    def required(self) -> list[str]:
        """Names of the columns that a table cannot do without."""
        return [name for name, cell in self.row.model_fields.items() if cell.is_required()]


_AREA = ("areas.csv", "area_code")
_INDICATOR = ("indicators.csv", "indicator_id")
_SOURCE = ("sources.csv", "source_id")
_VINTAGE = ("vintages.csv", "vintage")
_INSTRUMENT = ("instruments.csv", "instrument")

OBSERVATIONS = Schema(
    ObservationRow,
    ("area_code", "indicator_id", "period"),
    {"area_code": _AREA, "indicator_id": _INDICATOR, "source_id": _SOURCE},
)
TABLES = {
    "areas.csv": Schema(AreaRow, ("area_code",)),
    "borough_spellings.csv": Schema(SpellingRow, ("spelling",), {"area_code": _AREA}),
    "brand.csv": Schema(BrandRow, ("setting",)),
    "case_studies.csv": Schema(CaseStudyRow, ("box",), {"enabler_ids": ("survey_items.csv", "item_id")}),
    "childrens_centre_sites.csv": Schema(SiteEverRow, ("urn",), large=True),
    "childrens_centre_sites_before.csv": Schema(SiteBeforeRow, ("urn", "until")),
    "derivations.csv": Schema(
        DerivationRow, ("indicator_id",), dict.fromkeys(("indicator_id", "left", "right"), _INDICATOR)
    ),
    "dictionary.csv": Schema(DictionaryRow, ("column",)),
    "endpoints.csv": Schema(EndpointRow, ("endpoint",)),
    "footprints.csv": Schema(
        FootprintRow, ("vintage", "area_code"), {"vintage": _VINTAGE, "area_code": _AREA}
    ),
    "ics_labels.csv": Schema(
        PlacedLabelRow,
        ("vintage", "ics_code", "layout"),
        {"vintage": _VINTAGE, "ics_code": ("footprints.csv", "ics_code")},
    ),
    "indicators.csv": Schema(
        IndicatorRow,
        ("indicator_id",),
        {"unit": ("units.csv", "unit"), "source_ids": _SOURCE, "same_as": _INDICATOR},
    ),
    "instruments.csv": Schema(InstrumentRow, ("instrument",)),
    "label_points.csv": Schema(LabelPointRow, ("area_code",), {"area_code": _AREA}),
    "mandated_reviews.csv": Schema(
        ReviewRow, ("order",), dict.fromkeys(("indicator_ids", "about_it"), _INDICATOR)
    ),
    "nearby_authorities.csv": Schema(NearbyAuthorityRow, ("area_code",)),
    "neighbours.csv": Schema(NeighbourRow, ("left", "right"), {"left": _AREA, "right": _AREA}),
    "old_links.csv": Schema(OldLinkRow, ("page", "query")),
    "published_facts.csv": Schema(FactRow, ("indicator_id", "fact"), {"indicator_id": _INDICATOR}),
    "rates_of_totals.csv": Schema(RateRow, ("total",), {"total": _INDICATOR, "rate": _INDICATOR}),
    "report_centres.csv": Schema(ReportFactRow, ("fact_id",), {"indicator_ids": _INDICATOR}),
    "review_names.csv": Schema(ReviewNameRow, ("indicator_id",), {"indicator_id": _INDICATOR}),
    "river_crossings.csv": Schema(CrossingRow, ("left", "right"), {"left": _AREA, "right": _AREA}),
    "small_areas.csv": Schema(SmallAreaRow, ("small_area",), {"area_code": _AREA}, large=True),
    "small_areas_deprivation.csv": Schema(
        SmallAreaDeprivationRow,
        ("small_area",),
        {"small_area": ("small_areas.csv", "small_area")},
        large=True,
    ),
    "small_areas_children.csv": Schema(
        SmallAreaChildrenRow, ("small_area",), {"small_area": ("small_areas.csv", "small_area")}, large=True
    ),
    "sources.csv": Schema(SourceRow, ("source_id",)),
    "statuses.csv": Schema(StatusRow, ("status",)),
    "survey_items.csv": Schema(SurveyItemRow, ("instrument", "item_id"), {"instrument": _INSTRUMENT}),
    "survey_published.csv": Schema(
        SurveyPublishedRow, ("instrument", "item_id", "response", "measure"), {"instrument": _INSTRUMENT}
    ),
    "survey_scales.csv": Schema(SurveyScaleRow, ("instrument", "response"), {"instrument": _INSTRUMENT}),
    "thames_crossings.csv": Schema(ThamesCrossingRow, ("crossing",)),
    "tiles.csv": Schema(TileRow, ("area_code",), {"area_code": _AREA}),
    "tiles_label_points.csv": Schema(TilePointRow, ("area_code",), {"area_code": _AREA}),
    "time_breaks.csv": Schema(TimeBreakRow, ("indicator_id", "first_period"), {"indicator_id": _INDICATOR}),
    "units.csv": Schema(UnitRow, ("unit",)),
    "value_notes.csv": Schema(ValueNoteRow, ("must",)),
    "vintages.csv": Schema(VintageRow, ("vintage",)),
    "worked_out_counts.csv": Schema(
        WorkedOutCountsRow,
        ("indicator_id", "period", "area_code"),
        {"indicator_id": _INDICATOR, "area_code": _AREA},
    ),
    "sites.csv": Schema(SiteRow, ("urn",), {"area_code": _AREA}),
    "family_hubs.csv": Schema(FamilyHubRow, ("area_code", "name", "postcode"), {"area_code": _AREA}),
}
# these come with downloads alone
NOT_EMBEDDED = {"sites.csv", "family_hubs.csv", "small_areas_children.csv"}
CHANGES = Schema(ChangeRow, ("kind", "indicator_id", "period", "area_code"), {"area_code": _AREA})


def schema_of(table: str) -> Schema | None:
    """The declaration of a table, None for one that has none."""
    folder = table.rpartition("/")[0]
    if folder.startswith("observations"):
        return OBSERVATIONS
    return CHANGES if folder == "changes" else TABLES.get(table)

"""The figures of one indicator by an address: CSV, JSON or Parquet of the same table, and its description."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

import pandas as pd

from data_loaders.within import ALL_SITES, DESIGNATED, Within
from geo.access.indicators import ALL, WITHOUT_DISTANCE
from geo.tables.feed import feed
from geo.tables.listing import as_csv, as_json
from geo.tables.origins import sources_of
from geo.tables.tidy import PARQUET, as_parquet, dictionary
from pages.addresses import asked
from pages.addresses.reply import JSON, Reply
from pages.components.data import edition, figures
from pages.components.exhibits.kinds import plain, reach_name, source_lines
from pages.components.state.view import REACHES, View
from pages.components.text import grammar

PARAMETERS = {
    "period": f"A period of the indicator, or {asked.LATEST}; all of them without it.",
    "ics": "An ICS, such as NEL, or the code of its board (E54…, or that of the NHS): its boroughs, itself, "
    "London and England. All of them without it.",
    "vintage": "The ICS boundaries, by the year from which they are in force; those of today without it.",
}
# of indicators of access, which follow from them
REACH = {
    "reach": "Of access to children's centres alone: how many metres count as within reach, of "
    f"{grammar.list_names(REACHES)}; {View.reach} without it.",
    "sites": f"Of access to children's centres alone: {ALL_SITES} for centres and linked sites, {DESIGNATED} "
    f"for designated centres alone; {ALL_SITES} without it.",
}
METADATA = "csv-metadata.json"
CSVM = "application/csvm+json"


class Asked(NamedTuple):
    """A table of one indicator: the periods and the ICS in it, which boundaries, and how that was asked."""

    indicator: str
    periods: tuple[str, ...]
    vintage: str
    scope: str | None
    query: str
    within: Within


def _csv(table: pd.DataFrame) -> bytes:
    return as_csv(table).encode()


def _json(table: pd.DataFrame) -> bytes:
    return as_json(table).encode()


def _parquet(table: pd.DataFrame) -> bytes:
    london = figures.london()
    rows = london.figures_of(table["indicator_id"].iloc[0])
    said = source_lines(sources_of(london.catalogue, rows[rows["period"].isin(set(table["period"]))]))
    return as_parquet(table, meanings(), {"sources": "\n".join(said)})


class TableFormat(NamedTuple):
    """A kind of file: its media type, and how it is written."""

    mime: str
    write: Callable[[pd.DataFrame], bytes]


FORMATS = {
    "csv": TableFormat("text/csv; charset=utf-8; header=present", _csv),
    "json": TableFormat(JSON, _json),
    "parquet": TableFormat(PARQUET, _parquet),
}


def read(name: str, given: Sequence[tuple[str, str]]) -> tuple[str, Asked]:
    """The format and the table that an address asks for. Raises RefusalError when there is none."""
    stem, ending = asked.file_of(name, [*FORMATS, METADATA], "an indicator")
    indicator = asked.indicator(stem)
    parameters = asked.parameters(given, PARAMETERS | (REACH if indicator in ALL else {}))
    vintage = asked.vintage(parameters.get("vintage"))
    scope = asked.scope(parameters.get("ics"), vintage)
    periods = tuple(figures.london().periods[indicator])
    if "period" in parameters:
        periods = (asked.period(indicator, parameters["period"]),)
    query = f"?{urlencode(parameters, safe='/,')}" if parameters else ""
    return ending, Asked(indicator, periods, vintage, scope, query, _within(parameters))


def _within(parameters: Mapping[str, str]) -> Within:
    """What counts as within reach. Raises RefusalError for what there is not."""
    reach = asked.pick("distance in metres", parameters.get("reach", View.reach), REACHES)
    sites = asked.pick("kind of sites", parameters.get("sites", ALL_SITES), (ALL_SITES, DESIGNATED))
    return Within(int(reach), sites)


def make(ending: str, wanted: Asked) -> Reply:
    """The file."""
    with edition.within(wanted.within):
        return _made(ending, wanted)


def _made(ending: str, wanted: Asked) -> Reply:
    if ending == METADATA:
        said = json.dumps(metadata(wanted.indicator, wanted.query), indent=2, ensure_ascii=False)
        return Reply.of(said.encode(), CSVM)
    made = FORMATS[ending]
    table = feed(figures.london(), wanted.indicator, wanted.vintage, wanted.periods, wanted.scope)
    link = f'<{wanted.indicator}.{METADATA}{wanted.query}>; rel="describedby"; type="{CSVM}"'
    return Reply.of(made.write(table), made.mime, f"{_stem(wanted)}.{ending}", link)


def _stem(wanted: Asked) -> str:
    periods = ["" if len(wanted.periods) > 1 else plain(wanted.periods[0])]
    parts = [wanted.indicator, (wanted.scope or "").lower(), *periods, wanted.vintage]
    return "_".join(filter(None, [*parts, *reach_name(wanted.within, wanted.indicator != WITHOUT_DISTANCE)]))


def meanings() -> pd.DataFrame:
    """What each column is (geo.tables.tidy.dictionary)."""
    return dictionary(figures.library().entries, "one_indicator")


def metadata(indicator_id: str, query: str = "") -> dict[str, object]:
    """What the CSV of an indicator holds, whose it is and under which licence.

    `query` is what follows the name in the address of the CSV: a client passes over metadata of any other.
    https://www.w3.org/TR/tabular-metadata/
    """
    london = figures.london()
    indicator = london.catalogue.indicators[indicator_id]
    sources = sources_of(london.catalogue, london.figures_of(indicator_id))
    types = {"text": "string", "number": "number", "date": "date"}
    key = ["period", "area_code"]
    columns: list[Mapping[str, object]] = [
        {"name": row["column"], "titles": row["column"], "datatype": types[row["type"]]}
        | {"dc:description": row["meaning"]}
        | ({"required": True} if row["column"] in key else {})
        for row in meanings().to_dict("records")
    ]
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": f"{indicator_id}.csv{query}",
        "dc:title": indicator.label,
        "dc:description": f"{indicator.definition} {indicator.caveats}",
        "dc:publisher": [source.publisher for source in sources],
        "dc:source": [{"@id": source.url} for source in sources],
        "dc:license": [{"@id": url} for url in dict.fromkeys(source.licence_url for source in sources)],
        "dc:rights": list(dict.fromkeys(source.attribution for source in sources)),
        "dialect": {"encoding": "utf-8", "header": True, "delimiter": ","},
        "tableSchema": {"columns": columns, "primaryKey": key},
    }

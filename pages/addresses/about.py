"""What describes the addresses: the list of indicators for programs and for people, a readme, and OpenAPI."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from geo.tables.offered import catalogue_table
from pages import __version__
from pages.addresses import asked, exhibits as addresses_exhibits, figures as addresses_figures
from pages.addresses.reply import HTML, JSON, TEXT, Reply
from pages.components.data import figures
from pages.components.exhibits.kinds import APP
from pages.components.map.exhibits import NUMBERS
from pages.components.state.addresses import OF_EXHIBITS
from pages.exports import colours, numbers
from pages.exports.pictures import ENDINGS, SIZES

_HERE = Path(__file__).parent
_PAGES = Environment(loader=FileSystemLoader(_HERE), autoescape=True, trim_blocks=False)


def read(name: str, given: Sequence[tuple[str, str]]) -> tuple[str, None]:
    """The name of a description, which has no parameters. Raises RefusalError when it is given some."""
    asked.parameters(given, [])
    return name, None


def make(name: str, _: None) -> Reply:
    """The description."""
    return DESCRIPTIONS[name]()


def index() -> dict[str, object]:
    """The indicators that there are, with their periods and addresses; ICSs by their boundaries."""
    london = figures.london()
    rows = catalogue_table(london).to_dict("records")
    return {
        "about": f"{APP} {__version__}. Addresses are relative to this one; readme.txt explains them.",
        "readme": "readme.txt",
        "openapi": "openapi.json",
        "ics_boundaries": [
            {"vintage": name, "name": vintage.name, "ics": london.ics_names[name]}
            for name, vintage in london.vintages.items()
        ],
        "indicators": [
            row
            | {"periods": london.periods[row["indicator_id"]], "latest": london.newest(row["indicator_id"])}
            | {"definition": london.catalogue.indicators[row["indicator_id"]].definition}
            | {"caveats": london.catalogue.indicators[row["indicator_id"]].caveats}
            | {"files": _files(row["indicator_id"])}
            for row in rows
        ],
    }


def _files(indicator: str) -> dict[str, str]:
    endings = [*addresses_figures.FORMATS, addresses_figures.METADATA]
    return {ending.replace("csv-metadata.json", "csvw"): f"{indicator}.{ending}" for ending in endings}


def openapi() -> dict[str, object]:
    """The addresses as OpenAPI describes them."""
    indicators = {"type": "string", "enum": asked.indicators()}
    tables = _operation(
        "The figures of one indicator",
        [_parameter("indicator", "path", "An indicator, as data/ lists them.", indicators)]
        + [
            _parameter(name, "query", said)
            for name, said in (addresses_figures.PARAMETERS | addresses_figures.REACH).items()
        ],
    )
    drawn = {"type": "string", "enum": list(addresses_exhibits.drawn())}
    names = {"type": "string", "enum": list(addresses_exhibits.tables())}
    of_view = [_parameter(name, "query", "As in the address of the view in the app.") for name in OF_EXHIBITS]
    drawings = _operation(
        "The picture of a view",
        [
            _parameter("picture", "path", "A map or chart.", drawn),
            _parameter("size", "query", "", {"type": "string", "enum": list(SIZES)}),
            *of_view,
        ],
    )
    listed = _parameter("table", "path", "A table, or what a picture shows.", names)
    rows = _operation("The table of a view", [listed, *of_view])
    paths = {f"/data/{{indicator}}.{ending}": tables for ending in addresses_figures.FORMATS}
    described = _operation("What the columns of the CSV are", tables["get"]["parameters"][:1])
    paths[f"/data/{{indicator}}.{addresses_figures.METADATA}"] = described
    paths |= {f"/picture/{{picture}}.{ending}": drawings for ending in ENDINGS}
    paths |= {f"/table/{{table}}{made.suffix}": rows for made in numbers.FORMATS.values()}
    for_programs = _operation(f"{NUMBERS.name} of a view, for programs", of_view)
    paths |= {f"/table/{NUMBERS.key}{made.suffix}": for_programs for made in numbers.FOR_PROGRAMS.values()}
    paths |= {f"/data/{name}": _operation(said, []) for name, said in _SAID.items()}
    return {
        "openapi": "3.1.0",
        "info": {"title": APP, "version": __version__, "description": _readme_text()},
        "servers": [{"url": ".."}],
        "paths": paths,
    }


def _operation(summary: str, parameters: list[dict]) -> dict[str, dict]:
    answers = {
        "200": "The file, with an ETag.",
        "304": "It has not changed since the ETag that was sent.",
        "400": "A parameter that there is not: a sentence that says what there is.",
        "404": "A name that there is not: a sentence that says what there is.",
        "429": "Asked too often: Retry-After says when to ask again.",
        "503": "Too many files are being made, or the figures cannot be read: a sentence says which.",
    }
    responses = {status: {"description": said} for status, said in answers.items()}
    return {"get": {"summary": summary, "parameters": parameters, "responses": responses}}


def _parameter(name: str, place: str, said: str, schema: Mapping[str, object] | None = None) -> dict:
    described = {"name": name, "in": place, "schema": schema or {"type": "string"}}
    is_required = {"required": True} if place == "path" else {}
    return described | is_required | ({"description": said} if said else {})


def _readme_text() -> str:
    return (_HERE / "readme.txt").read_text(encoding="utf-8")


def _page() -> str:
    pictures = {key: f"{kind.name}. {kind.alt}" for key, kind in addresses_exhibits.drawn().items()}
    tables = {
        key: f"{kind.name}." for key, kind in addresses_exhibits.tables().items() if key not in pictures
    }
    return _PAGES.get_template("index.html").render(
        app=APP,
        blocks=_readme_text().rstrip().split("\n\n"),
        indicators=index()["indicators"],
        pictures=pictures,
        tables=tables,
        ink=colours.INK,
        paper=colours.WHITE,
    )


def _as_json(said: Mapping[str, object]) -> Reply:
    return Reply.of(json.dumps(said, indent=2, ensure_ascii=False).encode(), JSON)


_SAID = {
    "index.json": "All indicators, with their periods and addresses",
    "index.html": "The same to read",
    "openapi.json": "This description",
    "readme.txt": "What the addresses give, in words",
}
DESCRIPTIONS: dict[str, Callable[[], Reply]] = {
    "index.json": lambda: _as_json(index()),
    "index.html": lambda: Reply.of(_page().encode(), HTML),
    "openapi.json": lambda: _as_json(openapi()),
    "readme.txt": lambda: Reply.of(_readme_text().encode(), TEXT),
}

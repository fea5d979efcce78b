"""The pictures and tables of a view by an address: the files that its page offers, byte for byte.

What shows answers to a survey of our own has no address: those that may be shown hang on who looks, and
made-up ones never leave without the page that says so.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pages.addresses import asked
from pages.addresses.reply import RefusalError, Reply
from pages.components.exhibits.kinds import ExhibitKind
from pages.components.packs import registry
from pages.components.state.addresses import OF_EXHIBITS
from pages.components.state.view import ALL_LONDON, DEFAULT_INDICATOR, View
from pages.exports import numbers, pictures
from pages.exports.exhibit import Exhibit

USUAL_SIZE = "screen"
NO_PICTURE, NO_TABLE = "There is no such picture of this view.", "There is no such table of this view."
TABLE_FORMATS = numbers.FORMATS | numbers.FOR_PROGRAMS
TABLE_ENDINGS = {made.suffix.removeprefix("."): name for name, made in TABLE_FORMATS.items()}


class Asked(NamedTuple):
    """The exhibit of a view; a picture in a size."""

    key: str
    view: View
    size: str = ""


def tables() -> dict[str, ExhibitKind]:
    """The kinds of exhibits whose tables have an address."""
    return {key: kind for key, kind in registry.EXHIBITS.items() if kind.is_shared}


def drawn() -> dict[str, ExhibitKind]:
    """The kinds of exhibits whose pictures have an address."""
    return {key: kind for key, kind in tables().items() if kind.alt}


def read_picture(name: str, given: Sequence[tuple[str, str]]) -> tuple[str, Asked]:
    """The format and the picture that an address asks for. Raises RefusalError when there is none."""
    stem, ending = asked.file_of(name, pictures.ENDINGS, "a picture")
    key = asked.pick("picture", stem, drawn(), status=404)
    parameters = asked.parameters(given, [*OF_EXHIBITS, "size"])
    size = asked.pick("size", parameters.pop("size", USUAL_SIZE), pictures.SIZES)
    return pictures.ENDINGS[ending], Asked(key, _view(parameters), size)


def read_table(name: str, given: Sequence[tuple[str, str]]) -> tuple[str, Asked]:
    """The format and the table that an address asks for. Raises RefusalError when there is none."""
    stem, ending = asked.file_of(name, TABLE_ENDINGS, "a table")
    key = asked.pick("table", stem, tables(), status=404)
    return TABLE_ENDINGS[ending], Asked(key, _view(asked.parameters(given, OF_EXHIBITS)))


def make_picture(format: str, wanted: Asked) -> Reply:
    """The file. Raises RefusalError when the view is without this picture."""
    exhibit, made = _exhibit(wanted, NO_PICTURE), pictures.ALL_FORMATS[format]
    name = pictures.file_name(exhibit, format, wanted.size)
    return Reply.of(made.build(exhibit, wanted.size), made.mime, name)


def make_table(format: str, wanted: Asked) -> Reply:
    """The file. Raises RefusalError when the view is without this table, or the table without this format."""
    exhibit = _exhibit(wanted, NO_TABLE)
    known = numbers.formats_of(exhibit)
    if format not in known:
        endings = [f"{wanted.key}{made.suffix}" for made in known.values()]
        raise RefusalError(404, f"This table does not come as {TABLE_FORMATS[format].name}.", endings)
    return Reply.of(known[format].build(exhibit), known[format].mime, numbers.file_name(exhibit, format))


def _view(parameters: Mapping[str, str]) -> View:
    """The view that parameters ask for. Raises RefusalError for what there is not."""
    indicator = asked.indicator(parameters.get("indicator", DEFAULT_INDICATOR))
    vintage = asked.vintage(parameters.get("vintage"))
    found = {
        "indicator": indicator,
        "period": asked.period(indicator, parameters.get("period", asked.LATEST)),
        "vintage": vintage,
        "ics": asked.scope(parameters.get("ics"), vintage) or ALL_LONDON,
    }
    view, notes = registry.view_of_params({**parameters, **found})
    if notes:
        raise RefusalError(400, registry.what_is_wrong(notes))
    return view


def _exhibit(wanted: Asked, absence: str) -> Exhibit:
    exhibit = registry.exhibit_of(wanted.view, wanted.key)
    if exhibit is None:
        raise RefusalError(404, registry.why_none(wanted.key) or absence)
    return exhibit

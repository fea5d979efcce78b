"""The picture of a view by an address: the exhibit that its page offers, as it goes into files.

What shows answers to a survey of our own has no address: those that may be shown hang on who looks, and
made-up ones never leave without the page that says so.
"""

from collections.abc import Sequence
from typing import NamedTuple

from pages.addresses import asked
from pages.addresses.reply import RefusalError, Reply
from pages.components.exhibits.kinds import ExhibitKind
from pages.components.packs import registry
from pages.components.state.addresses import OF_PICTURES, PICTURE_FORMATS
from pages.components.state.view import ALL_LONDON, DEFAULT_INDICATOR, View
from pages.exports import pictures

USUAL_SIZE = "screen"
NONE = "There is no such picture of this view."
PARAMETERS = [*OF_PICTURES, "size"]


class Asked(NamedTuple):
    """The exhibit of a view, in a size."""

    key: str
    view: View
    size: str


def kinds() -> dict[str, ExhibitKind]:
    """The kinds of pictures that have an address."""
    return {key: kind for key, kind in registry.EXHIBITS.items() if kind.has_address}


def read(name: str, given: Sequence[tuple[str, str]]) -> tuple[str, Asked]:
    """The format and the picture that an address asks for. Raises RefusalError when there is none."""
    stem, ending = asked.file_of(name, PICTURE_FORMATS, "a picture")
    key = asked.pick("picture", stem, kinds(), status=404)
    parameters = asked.parameters(given, PARAMETERS)
    size = asked.pick("size", parameters.pop("size", USUAL_SIZE), pictures.SIZES)
    indicator = asked.indicator(parameters.get("indicator", DEFAULT_INDICATOR))
    vintage = asked.vintage(parameters.get("vintage"))
    found = {
        "indicator": indicator,
        "period": asked.period(indicator, parameters.get("period", asked.LATEST)),
        "vintage": vintage,
        "ics": asked.scope(parameters.get("ics"), vintage) or ALL_LONDON,
    }
    view, notes = registry.view_of_params(parameters | found)
    if notes:
        raise RefusalError(400, registry.what_is_wrong(notes))
    return ending, Asked(key, view, size)


def make(ending: str, wanted: Asked) -> Reply:
    """The file. Raises RefusalError when the view is without this picture."""
    exhibit = registry.exhibit_of(wanted.view, wanted.key)
    if exhibit is None:
        raise RefusalError(404, registry.why_none(wanted.key) or NONE)
    made = pictures.FORMATS[ending]
    name = pictures.file_name(exhibit, ending, wanted.size)
    return Reply.of(made.build(exhibit, wanted.size), made.mime, name)

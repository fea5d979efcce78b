"""All kinds of exhibits by their addresses, so that a link and a key are enough to make one."""

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qsl, urlsplit

from pages.components.borders import children as borders_children, sections as borders_sections
from pages.components.borough import sections as borough_sections
from pages.components.centres import exhibits as centres_exhibits
from pages.components.compare import sections as compare_sections
from pages.components.data import figures
from pages.components.exhibits import of_view
from pages.components.exhibits.kinds import ExhibitKind
from pages.components.ics import (
    exhibits as ics_exhibits,
    over_time as ics_over_time,
    standing as ics_standing,
)
from pages.components.lottery import exhibits as lottery_exhibits
from pages.components.map import exhibits as map_exhibits
from pages.components.maturity import (
    changes as maturity_changes,
    files,
    groups as maturity_groups,
    heat as maturity_heat,
    map as maturity_map,
    profile as maturity_profile,
    provision_and_reach,
)
from pages.components.small_areas import exhibits as small_areas_exhibits
from pages.components.state.view import View
from pages.components.survey import sections as survey_sections
from pages.components.what_if import exhibits as what_if_exhibits
from pages.exports.exhibit import Exhibit

_VIEWS = (
    map_exhibits,
    small_areas_exhibits,
    ics_exhibits,
    ics_standing,
    ics_over_time,
    borough_sections,
    compare_sections,
    lottery_exhibits,
    borders_sections,
    borders_children,
    survey_sections,
    maturity_map,
    maturity_groups,
    provision_and_reach,
    maturity_profile,
    maturity_heat,
    maturity_changes,
    files,
    centres_exhibits,
    what_if_exhibits,
)
EXHIBITS: dict[str, ExhibitKind] = {kind.key: kind for page in _VIEWS for kind in page.KINDS}


def exhibit_of(view: View, key: str) -> Exhibit | None:
    """The exhibit of a view, light, as it goes into files; None where there is none: see why_none()."""
    return of_view.in_file(EXHIBITS[key], view)


def why_none(key: str) -> str:
    """Why a view may be without this exhibit, as a sentence."""
    return EXHIBITS[key].absence


def view_of(link: str) -> tuple[View, list[str]]:
    """The view of a link, whole or only its query, and a sentence for each part that it cannot follow."""
    return view_of_params(dict(parse_qsl(urlsplit(link).query)))


def view_of_params(params: Mapping[str, str]) -> tuple[View, list[str]]:
    """The view of the parts of a link, and a sentence for each part that it cannot follow."""
    return View.from_params(params, figures.london())


def what_is_wrong(notes: Sequence[str]) -> str:
    """The notes on a link in sentences for who gets nothing, rather than what is shown in its place."""
    return " ".join(f"{note.partition(': this shows')[0].rstrip('.')}." for note in notes)

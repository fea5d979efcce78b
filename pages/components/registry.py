"""All kinds of pieces by their addresses, so that a link and a key are enough to make one."""

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

from pages.components import (
    borders_view,
    compare_view,
    figures,
    footprint_pieces,
    lottery_pieces,
    map_view,
    maturity_changes,
    maturity_files,
    maturity_groups,
    maturity_heat,
    maturity_map,
    maturity_profile,
    maturity_together,
    profile_view,
    published_view,
)
from pages.components.pieces import PieceKind
from pages.components.view import View
from pages.exports.piece import Piece

_VIEWS = (
    map_view,
    footprint_pieces,
    profile_view,
    compare_view,
    lottery_pieces,
    borders_view,
    published_view,
    maturity_map,
    maturity_groups,
    maturity_together,
    maturity_profile,
    maturity_heat,
    maturity_changes,
    maturity_files,
)
PIECES: dict[str, PieceKind] = {kind.key: kind for page in _VIEWS for kind in page.KINDS}


def piece_of(view: View, key: str) -> Piece | None:
    """The piece of a view, light, as it goes into files; None where there is none: see why_none()."""
    return PIECES[key].build(view, "light")


def why_none(key: str) -> str:
    """Why a view may be without this piece, as a sentence."""
    return PIECES[key].absence


def view_of(link: str) -> tuple[View, list[str]]:
    """The view of a link, whole or only its query, and a sentence for each part that it cannot follow."""
    return view_of_params(dict(parse_qsl(urlsplit(link).query)))


def view_of_params(params: Mapping[str, str]) -> tuple[View, list[str]]:
    """The view of the parts of a link, and a sentence for each part that it cannot follow."""
    return View.from_params(params, figures.london())

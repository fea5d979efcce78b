"""What each page shows in a meeting: a page that is not named here shows the map of the figure looked at."""

from collections.abc import Callable

from pages.components.meeting import of_borders, of_borough, of_figures, of_surveys
from pages.components.meeting.screens import Shown
from pages.components.state.view import View

# by the address of the page
_SHOWN: dict[str, Callable[[View], Shown]] = {
    "": of_figures.map_and_ranking,
    "ics": of_figures.ics,
    "borough": of_borough.borough,
    "centres": of_figures.centres,
    "what_if": of_figures.what_if,
    "compare": of_figures.compare,
    "lottery": of_figures.lottery,
    "borders": of_borders.borders,
    "survey": of_surveys.survey,
    "maturity": of_surveys.maturity,
}


def shown(page: str, view: View) -> Shown:
    """The screens of a page, by its address."""
    return _SHOWN.get(page, of_figures.map_and_ranking)(view)

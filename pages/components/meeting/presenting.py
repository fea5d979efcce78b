"""What whoever presents is told beside the screen of a meeting: what to say, what to know, and the tour."""

from pages.components.data import edition, figures
from pages.components.meeting.screens import Shown
from pages.components.state import tour
from pages.components.state.tour import Step
from pages.components.state.view import View


def told(view: View, shown: Shown) -> dict[str, list[str]]:
    """The findings and what to know of the figure that is looked at, if it is one; and the tour's titles."""
    is_of_figure = "indicator" in shown.rounds
    findings, explained = _of_figure(view) if is_of_figure else ([], [])
    return {"findings": findings, "explained": explained, "tour": [*map(title_of, tour.steps())]}


def title_of(step: Step) -> str:
    """What a step of the tour shows, by the names that its figures have in its own view."""
    with edition.shown_on(step.page, step.view):
        return tour.title(step, figures.london(), tour.known_pages())


@edition.once_for("indicator", "period", "ics", "crossings")
def _of_figure(view: View) -> tuple[list[str], list[str]]:
    """What slides of a figure find, and what their notes say of it."""
    # imported only where it is used
    from pages.components.packs import chapters, indicator_chapters

    findings = [chapters.said(sentence) for sentence in indicator_chapters.findings(view)]
    return findings, list(chapters.explained(figures.indicator_of(view)))

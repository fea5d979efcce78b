"""The answers that are saved for everyone, read once for all visitors whenever something was saved.

Where nothing was ever saved, the database is not even imported. Only what may be shown stays in memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd
import streamlit as st

from data_loaders import settings
from data_loaders.survey.saved import ArchiveError, Saved, in_order, latest
from geo.survey.maturity import Shown, publish
from pages.components.data import edition, figures

if TYPE_CHECKING:
    from data_loaders.survey.archive import Archive

# another server's saves are seen so much later
FRESH_S = 2


class Kept(NamedTuple):
    """Which answers are saved: a text that changes with them, all versions, and why they cannot be read."""

    revision: str
    versions: tuple[Saved, ...]
    problem: str


NOTHING = Kept("", (), "")


def kept() -> Kept:
    """What is saved at this moment."""
    return _kept(_place()) if settings.has_archive() else NOTHING


def shown(instrument: str) -> list[tuple[Saved, dict[str, Shown]]]:
    """The latest version of each wave of an instrument, as it may be shown, the latest wave first."""
    found = kept()
    try:
        return _shown(instrument, found.revision, edition.current()) if found.versions else []
    except ArchiveError:
        # between two questions the database went away: the next run says so
        return []


def newest(instrument: str, wave: str) -> Saved | None:
    """The latest version of a wave; None where there is none."""
    own = (saved for saved in kept().versions if (saved.instrument, saved.wave) == (instrument, wave))
    return next(own, None)


def everything(instrument: str) -> list[tuple[Saved, pd.DataFrame]]:
    """All versions of all waves of an instrument in the order in which they were saved, with all answers.

    For those who may see them. Raises ArchiveError when they cannot be read.
    """
    found = in_order(kept().versions, instrument)
    return [(saved, _archive(_place()).answers(saved)) for saved in found]


def save(answers: pd.DataFrame, by: str, replaces: int) -> Saved:
    """Save a wave for everyone (data_loaders.survey.archive.Archive.save). Raises ArchiveError."""
    from data_loaders.survey.archive import Archive

    with Archive.open(make=True) as archive:
        saved = archive.save(answers, by, replaces)
    _kept.clear()
    return saved


def withdraw(before: Saved, authority: str, by: str, reason: str) -> Saved:
    """Take answers back (data_loaders.survey.archive.Archive.withdraw). Raises ArchiveError."""
    from data_loaders.survey.archive import Archive

    with Archive.open() as archive:
        saved = archive.withdraw(before, authority, by, reason)
    _kept.clear()
    return saved


def sign_out(person: str, at: float) -> None:
    """End all sign-ins of a person (data_loaders.survey.archive.Archive.sign_out). Raises ArchiveError."""
    from data_loaders.survey.archive import Archive

    with Archive.open(make=True) as archive:
        archive.sign_out(person, at)


def signed_out(person: str) -> float:
    """When a person last signed out, asked anew each time; 0 for never. Raises ArchiveError."""
    return _archive(_place()).signed_out(person) if settings.has_archive() else 0.0


def _place() -> str:
    return settings.database_address() or str(settings.survey_file())


@st.cache_resource(show_spinner=False, max_entries=2)
def _archive(place: str) -> Archive:
    from data_loaders.survey.archive import Archive

    return Archive.open()


@st.cache_resource(show_spinner=False, ttl=FRESH_S)
def _kept(place: str) -> Kept:
    try:
        revision = _archive(place).revision()
        return Kept(revision, tuple(_versions(place, revision)), "")
    except (ArchiveError, settings.SettingError) as problem:
        return Kept("", (), str(problem))


@st.cache_resource(show_spinner=False, max_entries=4)
def _versions(place: str, revision: str) -> list[Saved]:
    return _archive(place).versions()


@st.cache_resource(show_spinner=False, max_entries=20)
def _shown(instrument: str, revision: str, edition: str) -> list[tuple[Saved, dict[str, Shown]]]:
    archive = _archive(_place())
    london = figures.london()
    order = in_order(archive.versions(), instrument)
    # earlier versions are not shown, but people may have kept them
    answers = [archive.answers(saved) for saved in order]
    shown = dict(zip(order, publish(answers, london.instruments[instrument], london), strict=True))
    return [(saved, shown[saved]) for saved in sorted(latest(order), reverse=True) if saved.answers]

"""The archive of answers that are saved for everyone: only added to, each wave in versions.

A wave of answers to one instrument is saved as version 1; a correction is version 2, and version 1 stays. So
is a version without what somebody has taken back. It
takes a quarter of a second to import: import it only where data_loaders.settings.has_archive(), or to save.
"""

import datetime as dt
import logging
from typing import Self

import pandas as pd
import sqlalchemy as sa

from data_loaders import versions
from data_loaders.survey import database
from data_loaders.survey.answers import ANSWER_COLUMNS, LEVELS, is_wave
from data_loaders.survey.saved import WHOLE_WAVE, ArchiveError, Saved, StaleError, latest
from data_loaders.survey.tables import ANSWERS, SIGN_OUTS, STATE, VERSIONS

_LOG = logging.getLogger(__name__)
_KEPT = [name for name in ANSWER_COLUMNS if name not in ("wave", "instrument")]


class Archive:
    """The saved answers in one database; leaving its context closes the connections."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    @classmethod
    def open(cls, make: bool = False) -> Self:
        """The archive that the settings name; `make` it where there is none.

        Raises ArchiveError when it cannot be used, data_loaders.settings.SettingError for a wrong address.
        """
        return cls(database.open_engine(make))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.engine.dispose()

    def revision(self) -> str:
        """A text that changes whenever something was saved or restored."""
        with database.reading(self.engine) as connection:
            archive, revision = connection.execute(sa.select(STATE.c.archive, STATE.c.revision)).one()
        return f"{archive}-{revision}"

    def versions(self) -> list[Saved]:
        """All versions: by instrument, the latest wave and its latest version first."""
        with database.reading(self.engine) as connection:
            return _versions(connection)

    def latest(self) -> list[Saved]:
        """The waves in use: the latest version of each, but of those that were withdrawn."""
        return [saved for saved in latest(self.versions()) if saved.answers]

    def answers(self, saved: Saved) -> pd.DataFrame:
        """The answers of a version (data_loaders.survey.answers.ANSWER_COLUMNS), by borough and question."""
        with database.reading(self.engine) as connection:
            rows = _answers(connection, saved)
        frame = pd.DataFrame(rows, columns=_KEPT).astype({"collected_on": object})
        # a database without a day says None, which pandas would make a number
        frame["collected_on"] = frame["collected_on"].where(frame["collected_on"].notna(), None)
        return frame.assign(instrument=saved.instrument, wave=saved.wave)[ANSWER_COLUMNS]

    def save(self, answers: pd.DataFrame, by: str, replaces: int) -> Saved:
        """Keep the answers of a checked file as the version after `replaces`, which is 0 for a new wave.

        Answers that are the latest version already are not saved twice. Raises StaleError when the latest
        version is another than `replaces`, ArchiveError for what is not one wave of a checked file.
        """
        instrument, wave = _identity(answers)
        rows = sorted(answers[_KEPT].itertuples(index=False, name=None))
        with database.writing(self.engine) as connection:
            before = next(
                (s for s in _versions(connection) if (s.instrument, s.wave) == (instrument, wave)), None
            )
            if before and sorted(_answers(connection, before)) == rows:
                return before
            version = before.version if before else 0
            if version != replaces:
                raise StaleError(
                    f"Version {version} of this wave was saved meanwhile. Nothing was changed: look at that "
                    "version first, then save yours if it is still meant to replace it."
                )
            saved = Saved(
                instrument, wave, version + 1, _now(), by, answers["area_code"].nunique(), len(rows)
            )
            _count_up(connection)
            _insert(connection, saved, rows)
        # by whom stands in the archive
        _LOG.info("Saved version %s of %s, %s: %s answers", saved.version, instrument, wave, saved.answers)
        return saved

    def withdraw(self, before: Saved, authority: str, by: str, reason: str) -> Saved:
        """Take back an authority's answers of a wave, or WHOLE_WAVE, and say why.

        What is left becomes the version after `before`. The answers that were taken back stay in the versions
        before it, because what was published of them decides what may still be shown; their notes and roles
        are removed from all. Raises StaleError when `before` is not the latest version, ArchiveError when
        there is nothing of the authority in it.
        """
        is_whole = authority == WHOLE_WAVE
        with database.writing(self.engine) as connection:
            own = [s for s in _versions(connection) if s[:2] == before[:2]]
            if not own or own[0] != before:
                raise StaleError(
                    "Another version of this wave was saved meanwhile. Nothing was changed: try again."
                )
            rows = _answers(connection, before)
            left = [row for row in rows if not is_whole and row[_KEPT.index("area_code")] != authority]
            if len(left) == len(rows):
                raise ArchiveError("This wave has no answers of this authority. Nothing was changed.")
            _forget_notes(connection, before, None if is_whole else authority)
            boroughs = {row[_KEPT.index("area_code")] for row in left}
            saved = before._replace(
                version=before.version + 1,
                saved_at=_now(),
                saved_by=by,
                boroughs=len(boroughs),
                answers=len(left),
                withdraws=authority,
                reason=reason,
            )
            _count_up(connection)
            _insert(connection, saved, left)
        _LOG.info("Withdrew %s of %s, %s", authority, before.instrument, before.wave)
        return saved

    def sign_out(self, person: str, at: float) -> None:
        """Remember when a person (data_loaders.survey.sign_ins.whose) signed out, in seconds since 1970."""
        moment = dt.datetime.fromtimestamp(at, dt.UTC).isoformat()
        with database.writing(self.engine) as connection:
            connection.execute(sa.delete(SIGN_OUTS).where(SIGN_OUTS.c.person == person))
            connection.execute(sa.insert(SIGN_OUTS).values(person=person, at=moment))

    def signed_out(self, person: str) -> float:
        """When a person last signed out, in seconds since 1970; 0 for never."""
        with database.reading(self.engine) as connection:
            moment = connection.scalar(sa.select(SIGN_OUTS.c.at).where(SIGN_OUTS.c.person == person))
        return dt.datetime.fromisoformat(moment).timestamp() if moment else 0.0

    def everything(self) -> list[tuple[Saved, pd.DataFrame]]:
        """All versions with their answers, the oldest first."""
        # what is saved stays: what was listed can be read, whatever is saved meanwhile
        return [(saved, self.answers(saved)) for saved in sorted(self.versions())]

    def restore(self, kept: list[tuple[Saved, pd.DataFrame]], replace: bool) -> None:
        """Put versions back as they were, all of them or none, into an archive that is empty.

        With `replace`, what it has is removed first. Raises ArchiveError when it is not empty otherwise, and
        for what is not the answers of one real wave.
        """
        with database.writing(self.engine) as connection:
            if _versions(connection) and not replace:
                raise ArchiveError(
                    "There are saved answers already, and nothing was changed. With --replace they are "
                    "removed first."
                )
            for table in (ANSWERS, VERSIONS):
                connection.execute(sa.delete(table))
            _count_up(connection)
            for saved, answers in kept:
                if saved.answers:
                    _identity(answers)
                _insert(connection, saved, list(answers[_KEPT].itertuples(index=False, name=None)))
        _LOG.info("%s versions were restored%s", len(kept), ", in place of all before" if replace else "")


def _identity(answers: pd.DataFrame) -> tuple[str, str]:
    """The instrument and the wave of answers. Raises ArchiveError unless there is one of each.

    What the demonstration makes up has a wave that is none: it ends here, and in the database's own check.
    """
    pairs = set(zip(answers["instrument"], answers["wave"], strict=True))
    if len(pairs) != 1 or not all(is_wave(wave) for _, wave in pairs):
        raise ArchiveError("Only the answers of one real wave can be saved. Nothing was changed.")
    if not set(answers["publish_level"]) <= set(LEVELS):
        raise ArchiveError("Each answer needs the level at which it may be shown. Nothing was changed.")
    return pairs.pop()


def _now() -> dt.datetime:
    return versions.now().replace(microsecond=0)


def _versions(connection: sa.Connection) -> list[Saved]:
    counted = (
        sa.select(
            VERSIONS.c.instrument,
            VERSIONS.c.wave,
            VERSIONS.c.version,
            VERSIONS.c.saved_at,
            VERSIONS.c.saved_by,
            sa.func.count(sa.distinct(ANSWERS.c.area_code)),
            sa.func.count(ANSWERS.c.area_code),
            VERSIONS.c.withdraws,
            VERSIONS.c.reason,
        )
        .join_from(VERSIONS, ANSWERS, isouter=True)
        .group_by(VERSIONS.c.id)
    )
    found = [
        Saved(*row)._replace(saved_at=dt.datetime.fromisoformat(row[3]))
        for row in connection.execute(counted)
    ]
    # sorted here, because databases differ in how they order texts
    newest = sorted(found, key=lambda saved: (saved.wave, saved.version), reverse=True)
    return sorted(newest, key=lambda saved: saved.instrument)


def _answers(connection: sa.Connection, saved: Saved) -> list[tuple]:
    chosen = (
        sa.select(*(ANSWERS.c[name] for name in _KEPT))
        .join_from(VERSIONS, ANSWERS)
        .where(
            VERSIONS.c.instrument == saved.instrument,
            VERSIONS.c.wave == saved.wave,
            VERSIONS.c.version == saved.version,
        )
    )
    return sorted(tuple(row) for row in connection.execute(chosen))


def _insert(connection: sa.Connection, saved: Saved, rows: list[tuple]) -> None:
    (version_id,) = connection.execute(
        sa.insert(VERSIONS).values(
            instrument=saved.instrument,
            wave=saved.wave,
            version=saved.version,
            saved_at=saved.saved_at.isoformat(),
            saved_by=saved.saved_by,
            withdraws=saved.withdraws,
            reason=saved.reason,
        )
    ).inserted_primary_key or (None,)
    values = [dict(zip(_KEPT, row, strict=True)) | {"version_id": version_id} for row in rows]
    if values:
        connection.execute(sa.insert(ANSWERS), values)


def _forget_notes(connection: sa.Connection, of: Saved, authority: str | None) -> None:
    """Remove notes and roles from all versions of a wave: an authority's, or everybody's for None."""
    versions = sa.select(VERSIONS.c.id).where(
        VERSIONS.c.instrument == of.instrument, VERSIONS.c.wave == of.wave
    )
    theirs = sa.true() if authority is None else ANSWERS.c.area_code == authority
    connection.execute(
        sa.update(ANSWERS)
        .where(ANSWERS.c.version_id.in_(versions), theirs)
        .values(evidence_note="", respondent_role="")
    )


def _count_up(connection: sa.Connection) -> None:
    connection.execute(sa.update(STATE).values(revision=STATE.c.revision + 1))

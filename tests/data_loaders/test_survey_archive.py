"""Saved answers are kept whole and in versions, in a file as in PostgreSQL, whoever is killed meanwhile."""

import datetime as dt
import io
import json
import sqlite3
import subprocess
import sys
import time
import uuid
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings, strategies as st

from data_loaders import store
from data_loaders.settings import DATABASE, SURVEY, SettingError, has_archive, survey_file
from data_loaders.survey import backup, database
from data_loaders.survey.answers import ANSWER_COLUMNS, LEVELS
from data_loaders.survey.archive import Archive
from data_loaders.survey.demo import WAVES, made_up
from data_loaders.survey.instruments import load_instruments
from data_loaders.survey.saved import WHOLE_WAVE, ArchiveError, Saved, StaleError, latest
from data_loaders.survey.tables import HEAD, METADATA
from tests import databases
from tests.builders import ROOT

pytestmark = pytest.mark.thorough

CAMDEN, HACKNEY = "E09000007", "E09000012"
NOW = dt.datetime(2026, 11, 25, 12, 30, tzinfo=dt.UTC)
ONE = {
    "area_code": CAMDEN,
    "wave": "2026",
    "instrument": "hallmarks",
    "item_id": "shared_vision",
    "response": "yes",
    "respondent_role": "Director",
    "evidence_note": "Ünser “plan”,\nof 2025",
    "publish_level": "named",
    "collected_on": dt.date(2026, 3, 31),
}


def answers(*rows: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame([ONE | row for row in rows or ({},)], columns=ANSWER_COLUMNS).astype(object)


def records(frame: pd.DataFrame) -> list[dict]:
    return sorted(frame.to_dict("records"), key=lambda row: (row["area_code"], row["item_id"]))


@pytest.fixture
def archive(saved_place: str) -> Iterator[Archive]:
    with Archive.open(make=True) as made:
        yield made


def test_what_is_saved_can_be_read_by_whoever_opens_it_next(archive: Archive) -> None:
    given = answers({}, {"area_code": HACKNEY, "collected_on": None, "publish_level": "london"})
    before = dt.datetime.now(dt.UTC).replace(microsecond=0)
    saved = archive.save(given, "editor@example.org", replaces=0)
    assert (saved.version, saved.saved_by, saved.boroughs, saved.answers) == (1, "editor@example.org", 2, 2)
    assert before <= saved.saved_at <= dt.datetime.now(dt.UTC)
    with Archive.open() as other:
        assert other.versions() == [saved]
        assert records(other.answers(saved)) == records(given)


def test_a_correction_is_a_version_more_and_the_one_before_it_stays(archive: Archive) -> None:
    first = archive.save(answers(), "a@example.org", replaces=0)
    second = archive.save(answers({"response": "no"}), "b@example.org", replaces=1)
    other = archive.save(answers({"wave": "2026 autumn"}), "a@example.org", replaces=0)
    assert archive.versions() == [other, second, first]
    assert archive.latest() == latest([first, second, other]) == [second, other]
    assert [archive.answers(saved)["response"].item() for saved in (first, second)] == ["yes", "no"]


def test_saving_the_same_again_saves_nothing(archive: Archive) -> None:
    saved = archive.save(answers(), "a@example.org", replaces=0)
    revision = archive.revision()
    # as by a second click, and by somebody else who has the same file
    assert archive.save(answers(), "a@example.org", replaces=0) == saved
    assert archive.save(answers(), "b@example.org", replaces=1) == saved
    assert archive.versions() == [saved]
    assert archive.revision() == revision


def test_whoever_has_not_seen_the_latest_version_does_not_replace_it(archive: Archive) -> None:
    saved = archive.save(answers(), "a@example.org", replaces=0)
    for replaces in (0, 2):
        with pytest.raises(StaleError, match="Version 1 of this wave was saved meanwhile"):
            archive.save(answers({"response": "no"}), "b@example.org", replaces)
    assert archive.versions() == [saved]


def test_the_revision_changes_whenever_something_is_saved(archive: Archive) -> None:
    seen = [archive.revision()]
    for version, response in enumerate(("yes", "no", "starting")):
        archive.save(answers({"response": response}), "a@example.org", version)
        seen.append(archive.revision())
    kept = archive.everything()
    archive.restore(kept, replace=True)
    seen.append(archive.revision())
    assert len(set(seen)) == len(seen)
    assert archive.revision() == seen[-1]


@pytest.mark.parametrize("wave", WAVES)
@pytest.mark.parametrize("name", ["hallmarks", "challenges"])
def test_made_up_answers_cannot_be_saved(archive: Archive, name: str, wave: str) -> None:
    instrument = load_instruments(store.read_manifest())[name]
    nobodys = made_up(instrument, [f"E09{number:06}" for number in range(1, 34)], wave)
    with pytest.raises(ArchiveError, match="one real wave"):
        archive.save(nobodys, "a@example.org", replaces=0)
    about = Saved(name, str(nobodys["wave"].iloc[0]), 1, NOW, "a@example.org", 26, len(nobodys))
    with pytest.raises(ArchiveError, match="one real wave"):
        archive.restore([(about, nobodys)], replace=False)
    # and were the code wrong, the database would refuse them
    with (
        pytest.raises(ArchiveError, match="not as it should be"),
        database.writing(archive.engine) as connection,
    ):
        connection.execute(
            sa.insert(METADATA.tables["survey_version"]).values(
                instrument=name, wave=about.wave, version=1, saved_at=NOW.isoformat(), saved_by=""
            )
        )
    assert archive.versions() == []


@pytest.mark.parametrize(
    "rows",
    [
        [{}, {"wave": "2027", "area_code": HACKNEY}],
        [{}, {"instrument": "enablers", "area_code": HACKNEY}],
        [{"publish_level": "everyone"}],
        [{"publish_level": ""}],
        [{}, {}],
    ],
)
def test_what_is_not_one_sound_wave_is_not_saved(archive: Archive, rows: list[dict[str, object]]) -> None:
    with pytest.raises(ArchiveError):
        archive.save(answers(*rows), "a@example.org", replaces=0)
    with pytest.raises(ArchiveError):
        archive.save(answers().head(0), "a@example.org", replaces=0)
    assert archive.versions() == []


# a process of its own that stops within save(), for somebody to kill it there
STOPPING = """
import sys
import sqlalchemy as sa
from data_loaders.survey.archive import Archive
from tests.data_loaders.test_survey_archive import answers

def stop():
    print("stopped", flush=True)
    sys.stdin.read()

where, response, replaces = sys.argv[1:]

@sa.event.listens_for(sa.Engine, "after_cursor_execute")
def executed(connection, cursor, statement, *_):
    if where in statement:
        stop()

@sa.event.listens_for(sa.Engine, "commit")
def about_to_commit(connection):
    if where == "before the end" and connection.get_execution_options().get("writes"):
        stop()

Archive.open(make=True).save(answers({"response": response}), "a@example.org", int(replaces))
stop()
"""


def kill_while_saving(where: str, response: str, replaces: int) -> None:
    """Start a process that saves, and kill it when it has come so far."""
    command = [sys.executable, "-c", STOPPING, where, response, str(replaces)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as saving:
        assert saving.stdout
        assert saving.stdout.readline() == "stopped\n"
        saving.kill()


@pytest.mark.parametrize(
    "where",
    ["UPDATE survey_state", "INSERT INTO survey_version", "INSERT INTO survey_answer", "before the end"],
)
def test_a_kill_in_the_middle_of_saving_keeps_nothing_of_it(archive: Archive, where: str) -> None:
    first = archive.save(answers(), "a@example.org", replaces=0)
    revision = archive.revision()
    kill_while_saving(where, "no", 1)
    assert archive.revision() == revision
    assert archive.everything()[0][0] == first
    assert [records(kept) for _, kept in archive.everything()] == [records(answers())]
    # and the next one saves
    assert archive.save(answers({"response": "starting"}), "b@example.org", replaces=1).version == 2


def test_a_kill_after_saving_keeps_all_of_it(archive: Archive) -> None:
    archive.save(answers(), "a@example.org", replaces=0)
    kill_while_saving("after the end", "no", 1)
    (_, first), (second, kept) = archive.everything()
    assert (second.version, kept["response"].item(), first["response"].item()) == (2, "no", "yes")


@pytest.mark.parametrize("where", ["CREATE TABLE survey_version", "INSERT INTO alembic_version"])
def test_a_kill_while_the_tables_are_made_is_made_good(saved_place: str, where: str) -> None:
    kill_while_saving(where, "yes", 0)
    with Archive.open(make=True) as archive:
        assert archive.versions() == []
        assert archive.save(answers(), "a@example.org", replaces=0).version == 1


# saves ten versions, each of which replaces the latest at that moment
BUSY = """
import sys
from data_loaders.survey.archive import Archive
from data_loaders.survey.saved import StaleError
from tests.data_loaders.test_survey_archive import answers

archive, saved = Archive.open(make=True), 0
while saved < 10:
    before = archive.latest()
    note = f"{sys.argv[1]} {saved}"
    try:
        archive.save(answers({"evidence_note": note}), sys.argv[1], before[0].version if before else 0)
    except StaleError:
        continue
    saved += 1
"""


def test_two_who_save_at_once_wait_for_each_other(saved_place: str) -> None:
    names = ["a@example.org", "b@example.org"]
    # both find no tables and make them
    both = [subprocess.Popen([sys.executable, "-c", BUSY, name], cwd=ROOT) for name in names]
    assert [process.wait() for process in both] == [0, 0]
    with Archive.open() as archive:
        kept = archive.everything()
    assert [saved.version for saved, _ in kept] == list(range(1, 21))
    assert sorted(rows["evidence_note"].item() for _, rows in kept) == sorted(
        f"{name} {number}" for name in names for number in range(10)
    )
    assert all(rows["evidence_note"].item().startswith(saved.saved_by) for saved, rows in kept)


def test_the_migrations_lead_from_the_first_to_the_tables_of_today(saved_place: str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    steps = ScriptDirectory(str(database.MIGRATIONS))
    assert steps.get_current_head() == HEAD
    assert [step.revision for step in steps.walk_revisions()][-1] == "0001"
    with Archive.open(make=True) as archive, database.reading(archive.engine) as connection:
        differences = compare_metadata(MigrationContext.configure(connection), METADATA)
    assert differences == []


def test_what_a_later_version_of_the_app_wrote_is_left_alone(archive: Archive) -> None:
    archive.save(answers(), "a@example.org", replaces=0)
    with database.writing(archive.engine) as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ArchiveError, match="later version of this app"):
        Archive.open()
    with database.reading(archive.engine) as connection:
        assert connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar() == "9999"


def test_the_migrations_are_found_in_an_install() -> None:
    # only folders with an __init__.py are installed (pyproject.toml, packages.find)
    for folder in (database.MIGRATIONS, database.MIGRATIONS / "versions"):
        assert (folder / "__init__.py").is_file()


def test_reading_makes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SURVEY, str(tmp_path / "nowhere" / "survey.sqlite"))
    assert not has_archive()
    with pytest.raises(ArchiveError):
        Archive.open()
    assert list(tmp_path.iterdir()) == []


def test_the_file_is_its_owners_and_one_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SURVEY, str(tmp_path / "a folder, 100%?" / "survey#1.sqlite"))
    with Archive.open(make=True) as archive:
        archive.save(answers(), "a@example.org", replaces=0)
    assert has_archive()
    assert [path.name for path in survey_file().parent.iterdir()] == ["survey#1.sqlite"]
    assert survey_file().stat().st_mode & 0o777 == 0o600
    # another program reads it
    with sqlite3.connect(survey_file()) as other:
        assert other.execute("SELECT response FROM survey_answer").fetchall() == [("yes",)]
    other.close()


def test_a_damaged_file_is_said_to_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SURVEY, str(tmp_path / "survey.sqlite"))
    survey_file().write_bytes(b"no database at all" * 100)
    with pytest.raises(ArchiveError, match="damaged, or not as it should be"):
        Archive.open()


def test_a_database_that_does_not_answer_is_said_not_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATABASE, "postgresql://somebody:hush@localhost:1/survey")
    with pytest.raises(ArchiveError, match="cannot be used") as said:
        Archive.open()
    assert "hush" not in str(said.value)


@pytest.mark.parametrize("address", ["mysql://localhost/survey", "sqlite:///x", "nonsense", "https://x"])
def test_another_kind_of_database_is_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATABASE, address)
    with pytest.raises(SettingError, match=DATABASE):
        Archive.open()


def test_what_postgresql_is_told_of_encryption_holds(
    postgresql_port: int, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    address = f"postgresql://tests@localhost:{postgresql_port}/postgres?sslmode="
    # this server has none
    for mode in ("require", "verify-full"):
        monkeypatch.setenv(DATABASE, address + mode)
        with pytest.raises(ArchiveError, match="does not answer"):
            Archive.open()
        assert "SSL" in caplog.text
    for mode in ("disable", "prefer"):
        monkeypatch.setenv(DATABASE, address + mode)
        with Archive.open() as archive:
            assert archive.versions() == []


@pytest.fixture
def line(postgresql_port: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[databases.Line]:
    """A way to an empty database, of its own."""
    name = f"survey_{uuid.uuid4().hex}"
    databases.execute(postgresql_port, f"CREATE DATABASE {name}")
    found = databases.Line(postgresql_port)
    monkeypatch.setenv(DATABASE, f"postgresql://tests@localhost:{found.port}/{name}")
    monkeypatch.setattr(database, "ANSWER_S", 1.5)
    monkeypatch.setattr(database, "REST_S", 0.5)
    yield found
    found.close()


def seconds_to_fail(call: Callable[[], object]) -> float:
    started = time.monotonic()
    with pytest.raises(ArchiveError, match="the database does not answer"):
        call()
    return time.monotonic() - started


def test_of_all_who_ask_a_database_that_hangs_only_the_first_waits(line: databases.Line) -> None:
    with Archive.open() as archive:
        archive.save(answers(), "a@example.org", replaces=0)
        line.hang()
        assert seconds_to_fail(archive.versions) < 4
        deadline = time.monotonic() + 3
        while time.monotonic() < deadline:
            # nor does anybody later, though it is asked again and again meanwhile
            assert seconds_to_fail(archive.versions) < 1
            assert seconds_to_fail(Archive.open) < 1
        line.go_on()
        while True:
            try:
                assert len(archive.versions()) == 1
                break
            except ArchiveError:
                assert time.monotonic() < deadline + 10


def test_a_server_that_lets_nobody_in_is_not_waited_for_twice(line: databases.Line) -> None:
    line.hang()
    assert seconds_to_fail(Archive.open) < 4
    assert seconds_to_fail(Archive.open) < 1


NO_ADDRESSES = ["localhost:port/x", "u@[::1/x", "localhost/x?sslmode=verify-full&sslrootcert=no"]


@pytest.mark.parametrize("rest", NO_ADDRESSES)
def test_an_address_that_means_nothing_is_a_sentence(rest: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATABASE, f"postgresql://{rest}")
    with pytest.raises(SettingError, match=DATABASE):
        Archive.open()


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
KEYS = st.tuples(st.sampled_from([CAMDEN, HACKNEY, "E09000001"]), st.sampled_from(["a", "b", "c"]))
ROWS = st.dictionaries(
    KEYS,
    st.fixed_dictionaries(
        {
            "response": TEXTS,
            "respondent_role": TEXTS,
            "evidence_note": TEXTS,
            "publish_level": st.sampled_from(list(LEVELS)),
            "collected_on": st.none() | st.dates(),
        }
    ),
    min_size=1,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(waves=st.lists(st.tuples(st.sampled_from(["2026", "2027 spring"]), ROWS), min_size=1, max_size=4))
def test_whatever_is_saved_comes_back_from_an_export(
    waves: list[tuple[str, dict]], archive: Archive, tmp_path: Path
) -> None:
    archive.restore([], replace=True)
    for wave, rows in waves:
        keyed = [{"area_code": area, "item_id": item} | row for (area, item), row in rows.items()]
        given = answers(*({"wave": wave} | row for row in keyed))
        versions = [saved.version for saved in archive.latest() if saved.wave == wave]
        saved = archive.save(given, "a@example.org", replaces=versions[0] if versions else 0)
        assert records(archive.answers(saved)) == records(given)
    before = [(saved, records(rows)) for saved, rows in archive.everything()]
    file = tmp_path / "kept.zip"
    backup.export(archive, file, NOW)
    archive.restore([], replace=True)
    assert archive.versions() == []
    archive.restore(backup.read(file.read_bytes()), replace=False)
    assert [(saved, records(rows)) for saved, rows in archive.everything()] == before


def test_an_export_is_for_its_owner_and_says_why(archive: Archive, tmp_path: Path) -> None:
    archive.save(answers(), "a@example.org", replaces=0)
    file = tmp_path / "kept.zip"
    backup.export(archive, file, NOW)
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["kept.zip"]
    with zipfile.ZipFile(file) as parts:
        assert "must not be shown" in parts.read("READ ME FIRST.txt").decode()
        (line,) = parts.read("versions.jsonl").decode().splitlines()
    assert json.loads(line)["rows"][0]["evidence_note"] == ONE["evidence_note"]


def test_an_archive_that_is_not_empty_is_replaced_only_when_told_to(archive: Archive, tmp_path: Path) -> None:
    first = archive.save(answers(), "a@example.org", replaces=0)
    backup.export(archive, tmp_path / "kept.zip", NOW)
    second = archive.save(answers({"response": "no"}), "a@example.org", replaces=1)
    kept = backup.read((tmp_path / "kept.zip").read_bytes())
    with pytest.raises(ArchiveError, match="--replace"):
        archive.restore(kept, replace=False)
    assert archive.versions() == [second, first]
    archive.restore(kept, replace=True)
    assert archive.versions() == [first]


def test_a_restore_that_fails_leaves_what_was_there(archive: Archive) -> None:
    first = archive.save(answers(), "a@example.org", replaces=0)
    twice = (first._replace(wave="2027"), answers({"wave": "2027"}))
    with pytest.raises(ArchiveError, match="Nothing was changed"):
        archive.restore([twice, twice], replace=True)
    assert archive.versions() == [first]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """An export that is sound."""
    folder = tmp_path_factory.mktemp("export")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(SURVEY, str(folder / "survey.sqlite"))
        with Archive.open(make=True) as archive:
            archive.save(answers(), "a@example.org", replaces=0)
            backup.export(archive, folder / "kept.zip", NOW)
    return (folder / "kept.zip").read_bytes()


def test_a_damaged_export_is_refused(whole: bytes, tmp_path: Path) -> None:
    assert len(backup.read(whole)) == 1
    with zipfile.ZipFile(io.BytesIO(whole)) as parts:
        inside = {name: parts.read(name) for name in parts.namelist()}
    damaged = [whole[: len(whole) // 2], b"", b"PK\x03\x04 no zip"]
    for changed in (
        {"versions.jsonl": inside["versions.jsonl"].replace(b'"yes"', b'"no"')},
        {"versions.jsonl": b""},
        {"manifest.json": b"{}"},
        {"manifest.json": b"[]"},
        {"manifest.json": b"no JSON"},
    ):
        with zipfile.ZipFile(tmp_path / "changed.zip", "w") as parts:
            for name, content in (inside | changed).items():
                parts.writestr(name, content)
        damaged.append((tmp_path / "changed.zip").read_bytes())
    for content in damaged:
        with pytest.raises(ArchiveError, match="damaged"):
            backup.read(content)


@settings(max_examples=500)
@given(place=st.integers(0), bit=st.integers(0, 7))
def test_a_flipped_bit_never_changes_an_answer(place: int, bit: int, whole: bytes) -> None:
    spoilt = bytearray(whole)
    spoilt[place % len(whole)] ^= 1 << bit
    try:
        kept = backup.read(bytes(spoilt))
    except ArchiveError:
        return
    assert [records(rows) for _, rows in kept] == [records(answers())]


def test_what_is_withdrawn_leaves_the_answers_of_others_and_no_note(archive: Archive, tmp_path: Path) -> None:
    before = archive.save(answers({}, {"area_code": HACKNEY}), "a@example.org", replaces=0)
    after = archive.withdraw(before, CAMDEN, "b@example.org", "At its own wish")
    assert archive.versions() == [after, before]
    assert (after.version, after.withdraws, after.reason) == (2, CAMDEN, "At its own wish")
    assert set(archive.answers(after)["area_code"]) == {HACKNEY}
    # of what was published before, only the notes and roles are gone, and only theirs
    kept = archive.answers(before).set_index("area_code")
    assert list(kept.loc[CAMDEN, ["response", "evidence_note", "respondent_role"]]) == ["yes", "", ""]
    assert kept.loc[HACKNEY, "evidence_note"] == ONE["evidence_note"]
    backup.export(archive, tmp_path / "kept.zip", NOW)
    archive.restore(backup.read((tmp_path / "kept.zip").read_bytes()), replace=True)
    assert archive.versions() == [after, before]
    assert set(archive.answers(after)["area_code"]) == {HACKNEY}


def test_the_log_says_what_was_saved_and_withdrawn_but_neither_by_whom_nor_why(
    archive: Archive, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "data_loaders")
    before = archive.save(answers({}, {"area_code": HACKNEY}), "a@example.org", replaces=0)
    archive.withdraw(before, CAMDEN, "b@example.org", "J Bloggs has left")
    assert "Saved version 1" in caplog.text
    assert f"Withdrew {CAMDEN}" in caplog.text
    assert "example.org" not in caplog.text
    assert "Bloggs" not in caplog.text


def test_a_whole_wave_can_be_withdrawn_and_handed_in_again(archive: Archive, tmp_path: Path) -> None:
    before = archive.save(answers({}, {"area_code": HACKNEY}), "a@example.org", replaces=0)
    after = archive.withdraw(before, WHOLE_WAVE, "b@example.org", "A mistake")
    assert archive.latest() == []
    assert archive.answers(after).empty
    backup.export(archive, tmp_path / "kept.zip", NOW)
    archive.restore(backup.read((tmp_path / "kept.zip").read_bytes()), replace=True)
    assert archive.versions() == [after, before]
    again = archive.save(answers({"area_code": HACKNEY}), "a@example.org", replaces=2)
    assert archive.latest() == [again]


def test_nothing_is_withdrawn_twice_or_from_an_older_version(archive: Archive) -> None:
    before = archive.save(answers({}, {"area_code": HACKNEY}), "a@example.org", replaces=0)
    after = archive.withdraw(before, CAMDEN, "b@example.org", "x")
    with pytest.raises(ArchiveError, match="no answers of this authority"):
        archive.withdraw(after, CAMDEN, "b@example.org", "x")
    with pytest.raises(StaleError):
        archive.withdraw(before, HACKNEY, "b@example.org", "x")
    assert archive.versions() == [after, before]


def test_an_archive_of_before_withdrawals_is_brought_up_to_date(saved_place: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(database.MIGRATIONS))
    with Archive.open(make=True) as archive:
        first = archive.save(answers(), "a@example.org", replaces=0)
        with database.writing(archive.engine) as connection:
            for statement in (
                "DROP TABLE survey_sign_out",
                "ALTER TABLE survey_version DROP COLUMN withdraws",
                "ALTER TABLE survey_version DROP COLUMN reason",
            ):
                connection.execute(sa.text(statement))
            config.attributes["connection"] = connection
            command.stamp(config, "0001")
    with Archive.open() as archive:
        assert archive.versions() == [first]


def test_who_signs_out_is_remembered(archive: Archive) -> None:
    assert archive.signed_out("somebody") == 0
    for moment in (1_700_000_000.5, 1_700_000_001.5):
        archive.sign_out("somebody", moment)
        assert archive.signed_out("somebody") == moment
    assert archive.signed_out("somebody else") == 0

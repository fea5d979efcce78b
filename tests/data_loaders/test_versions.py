"""Downloads are kept whole or not at all; reading falls back to the one before, then to the snapshot."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from data_loaders import versions
from data_loaders.library import (
    CURRENT,
    EMBEDDED,
    Version,
    fingerprint,
    named_current,
    open_library,
    version_in_use,
    versions_on_disk,
)
from data_loaders.publisher import Download
from data_loaders.refresh import take_files
from data_loaders.settings import LIVE
from data_loaders.store import MANIFEST
from geo.tables.london import load_london, place_table
from pages.command_line.main import main
from tests.builders import ROOT
from tests.served import CAMDEN, Publishers, as_csv, population_rows

pytestmark = pytest.mark.thorough

SOURCE = "ons_population"
TABLE = "observations/live/ons_population.csv"


def take(publishers: Publishers, camden: int) -> str:
    """Take in a population in which Camden has so many children of each single year; the version's name."""
    rows = [
        row | {"OBS_VALUE": str(camden)} if row["GEOGRAPHY_CODE"] == CAMDEN else row
        for row in population_rows()
    ]
    outcome = take_files(SOURCE, [Download(as_csv(rows), "population.csv")], publishers.order())
    assert outcome.kind == "replaced", outcome.message
    return open_library().versions[SOURCE].name


def camden_shown() -> float:
    """What the app shows: the children of Camden at mid-2024, a fifth of them."""
    table = place_table(load_london(), "population_0_4", "mid-2024", "2022").set_index("area_code")
    return float(table.at[CAMDEN, "value"]) / 5


EMBEDDED_CAMDEN = 9_642 / 5


def flip_a_byte(version: Path) -> None:
    content = bytearray((version / TABLE).read_bytes())
    content[500] ^= 1
    (version / TABLE).write_bytes(content)


def halve(version: Path) -> None:
    content = (version / TABLE).read_bytes()
    (version / TABLE).write_bytes(content[: len(content) // 2])


def spoil_manifest(version: Path) -> None:
    (version / MANIFEST).write_text('{"schema": 1, "tables": [', encoding="utf-8")


def other_edition(version: Path) -> None:
    text = (version / MANIFEST).read_text(encoding="utf-8")
    (version / MANIFEST).write_text(text.replace('"schema": 1', '"schema": 99'), encoding="utf-8")


DAMAGES: dict[str, tuple[Callable[[Path], None], str]] = {
    "a byte flipped": (flip_a_byte, "differs from the copy that the manifest describes"),
    "half a file": (halve, "differs from the copy that the manifest describes"),
    "a file missing": (lambda version: (version / TABLE).unlink(), "is in the manifest but not on disk"),
    "no manifest": (lambda version: (version / MANIFEST).unlink(), "manifest of the newest download"),
    "half a manifest": (spoil_manifest, "Nomis: the manifest of the newest download cannot be read"),
    "an empty manifest": (lambda version: os.truncate(version / MANIFEST, 0), "cannot be read"),
    "another edition": (other_edition, "was written by another edition of this app"),
}


@pytest.mark.parametrize(("damage", "said"), DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_version_is_passed_over_for_the_one_before(
    damage: Callable[[Path], None], said: str, publishers: Publishers
) -> None:
    take(publishers, 1_900)
    newest = take(publishers, 1_800)
    assert camden_shown() == 1_800
    damage(publishers.live / SOURCE / newest)
    assert camden_shown() == 1_900
    (note,) = open_library().notes
    assert said in note
    day = versions.now()
    assert note.endswith(f"In its place the copy retrieved on {day.day} {day:%B %Y} is shown.")


@pytest.mark.parametrize(("damage", "said"), DAMAGES.values(), ids=DAMAGES)
def test_without_a_sound_version_the_embedded_figures_are_shown(
    damage: Callable[[Path], None], said: str, publishers: Publishers
) -> None:
    damage(publishers.live / SOURCE / take(publishers, 1_900))
    assert camden_shown() == EMBEDDED_CAMDEN
    (note,) = open_library().notes
    assert said in note
    assert note.endswith("In its place the embedded figures are shown.")


@pytest.mark.parametrize("said", ["", "../../elsewhere", "20300101T000000000000Z", "\x00", "ä"])
def test_without_a_sensible_pointer_the_newest_version_is_shown(said: str, publishers: Publishers) -> None:
    take(publishers, 1_900)
    take(publishers, 1_800)
    (publishers.live / SOURCE / CURRENT).write_text(said, encoding="latin-1")
    assert named_current(SOURCE, publishers.live) is None
    assert camden_shown() == 1_800
    assert open_library().notes == ()


def test_what_does_not_belong_there_is_overlooked(publishers: Publishers) -> None:
    take(publishers, 1_900)
    (publishers.live / "notes.txt").write_text("mine", encoding="utf-8")
    (publishers.live / SOURCE / "notes.txt").write_text("mine", encoding="utf-8")
    (publishers.live / SOURCE / ".partial-20300101T000000000000Z").mkdir()
    (publishers.live / "unheard_of").mkdir()
    assert camden_shown() == 1_900
    assert open_library().notes == ()
    take(publishers, 1_800)
    assert not list((publishers.live / SOURCE).glob(".partial*"))


def test_the_last_five_versions_are_kept(publishers: Publishers) -> None:
    names = [take(publishers, 1_900 + number) for number in range(7)]
    assert versions_on_disk(SOURCE, publishers.live) == names[:1:-1]


def test_going_back_leads_through_every_version_to_the_embedded_figures(publishers: Publishers) -> None:
    for number in range(3):
        take(publishers, 1_900 + number)
    for number in (1, 0):
        version = versions.rollback(SOURCE, publishers.live)
        assert version is not None
        assert camden_shown() == 1_900 + number
    assert versions.rollback(SOURCE, publishers.live) is None
    assert camden_shown() == EMBEDDED_CAMDEN
    assert named_current(SOURCE, publishers.live) == EMBEDDED
    with pytest.raises(LookupError, match="shows the embedded figures"):
        versions.rollback(SOURCE, publishers.live)


def test_after_going_back_the_next_refresh_goes_forward(publishers: Publishers) -> None:
    take(publishers, 1_900)
    take(publishers, 1_800)
    versions.rollback(SOURCE, publishers.live)
    take(publishers, 1_800)
    assert camden_shown() == 1_800


def test_what_was_withdrawn_never_comes_back(publishers: Publishers) -> None:
    take(publishers, 1_900)
    take(publishers, 1_700)
    versions.rollback(SOURCE, publishers.live)
    flip = take(publishers, 1_800)
    # back from the third to what was in use before it, and not to the second
    versions.rollback(SOURCE, publishers.live)
    assert camden_shown() == 1_900
    versions.point_to(SOURCE, flip, publishers.live)
    flip_a_byte(publishers.live / SOURCE / flip)
    assert camden_shown() == 1_900


@settings(max_examples=12)
@given(steps=st.lists(st.booleans(), min_size=1, max_size=7))
def test_taking_in_and_going_back_in_any_order_is_a_pile(
    steps: list[bool], tmp_path_factory: pytest.TempPathFactory
) -> None:
    live = tmp_path_factory.mktemp("pile")
    pile: list[str] = []
    for number, is_new in enumerate(steps):
        if is_new:
            version = Version(
                SOURCE, f"{number:03}", "", "", "", "", "", 1, (), {}, pile[-1] if pile else EMBEDDED
            )
            versions.publish(versions.stage(version, {}, live), live)
            pile.append(version.name)
        elif pile:
            pile.pop()
            back = versions.rollback(SOURCE, live)
            assert (back.name if back else None) == (pile[-1] if pile else None)
        assert named_current(SOURCE, live) == (
            pile[-1] if pile else EMBEDDED if any(steps[: number + 1]) else None
        )


def test_going_back_passes_over_what_is_damaged(publishers: Publishers) -> None:
    take(publishers, 1_900)
    flip_a_byte(publishers.live / SOURCE / take(publishers, 1_850))
    take(publishers, 1_800)
    versions.rollback(SOURCE, publishers.live)
    assert camden_shown() == 1_900


def test_the_fingerprint_changes_with_the_version_in_use(publishers: Publishers) -> None:
    seen = [fingerprint()]
    take(publishers, 1_900)
    seen.append(fingerprint())
    assert fingerprint() == seen[-1]
    take(publishers, 1_800)
    seen.append(fingerprint())
    assert len(set(seen)) == 3
    versions.rollback(SOURCE, publishers.live)
    assert fingerprint() == seen[1]


def run(publishers: Publishers, script: str, *arguments: str) -> subprocess.Popen[str]:
    """Start a process that takes in populations; `script` may change the world before it does."""
    lines = f"""
        import datetime as dt, os, resource, signal, sys
        from pathlib import Path
        from data_loaders import versions
        from data_loaders.publisher import Download
        from data_loaders.refresh import Order, take_files
        from tests.served import CAMDEN, TODAY, as_csv, population_rows

        def take(camden):
            rows = population_rows()
            for row in rows:
                if row["GEOGRAPHY_CODE"] == CAMDEN:
                    row["OBS_VALUE"] = str(camden)
            order = Order(Path({str(publishers.live)!r}), TODAY, None)
            outcome = take_files("ons_population", [Download(as_csv(rows), "population.csv")], order)
            print(outcome.kind, outcome.message)
    """
    code = textwrap.dedent(lines) + textwrap.dedent(script)
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def test_two_processes_at_once_both_succeed_and_nothing_is_lost(publishers: Publishers) -> None:
    script = "for number in range(3):\n    take(int(sys.argv[1]) + number)"
    writers = [run(publishers, script, first) for first in ("1700", "1800")]
    said = [writer.communicate(timeout=60)[0].split("\n") for writer in writers]
    assert [line.split()[0] for lines in said for line in lines if line] == ["replaced"] * 6
    assert len(versions_on_disk(SOURCE, publishers.live)) == versions.KEPT
    assert open_library().notes == ()
    assert camden_shown() in {1_702, 1_802}


@pytest.mark.parametrize(
    "moment",
    [
        # while the tables are written, before the version is in place, and before it is in use
        "versions.store.as_records = lambda entries: os.kill(os.getpid(), signal.SIGKILL)",
        "Path.rename = lambda *_: os.kill(os.getpid(), signal.SIGKILL)",
        "versions.point_to = lambda *_: os.kill(os.getpid(), signal.SIGKILL)",
    ],
)
def test_a_process_that_is_killed_leaves_what_was_there(moment: str, publishers: Publishers) -> None:
    take(publishers, 1_900)
    killed = run(publishers, f"{moment}\ntake(1800)")
    killed.communicate(timeout=60)
    assert killed.returncode == -9
    assert camden_shown() == 1_900
    assert open_library().notes == ()
    take(publishers, 1_700)
    assert camden_shown() == 1_700
    assert not list((publishers.live / SOURCE).glob(".partial*"))


@pytest.mark.parametrize("size", [0, 3_000])
def test_a_disk_that_is_full_leaves_what_was_there(size: int, publishers: Publishers) -> None:
    take(publishers, 1_900)
    full = run(publishers, f"resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))\ntake(1800)")
    said, _ = full.communicate(timeout=60)
    # where that is, whoever runs the app reads in the log
    assert f"{publishers.live}: [Errno 27] File too large" in said
    assert "failed The download could not be kept in the folder of downloads: File too large." in said
    assert camden_shown() == 1_900
    assert open_library().notes == ()
    assert not list((publishers.live / SOURCE).glob(".partial*"))


def test_a_version_that_cannot_be_brought_into_use_is_not_left_behind(publishers: Publishers) -> None:
    names = [take(publishers, 1_900)]
    (publishers.live / SOURCE / f"{CURRENT}.new").mkdir()
    rows = Download(as_csv([row | {"OBS_VALUE": "1900"} for row in population_rows()]), "p.csv")
    outcome = take_files(SOURCE, [rows], publishers.order(accept=True))
    assert outcome.message == "The download could not be kept in the folder of downloads: Is a directory."
    assert versions_on_disk(SOURCE, publishers.live) == [f"{CURRENT}.new", *names]
    assert camden_shown() == 1_900


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_nobody_may_write_is_said(publishers: Publishers) -> None:
    take(publishers, 1_900)
    (publishers.live / SOURCE).chmod(0o500)
    rows = [row | {"OBS_VALUE": "1"} for row in population_rows()]
    outcome = take_files(SOURCE, [Download(as_csv(rows), "p.csv")], publishers.order(accept=True))
    (publishers.live / SOURCE).chmod(0o700)
    assert outcome.kind == "failed"
    assert "could not be kept" in outcome.message


def test_a_copy_of_the_folder_shows_the_same(publishers: Publishers, tmp_path: Path) -> None:
    take(publishers, 1_900)
    copied = Path(shutil.copytree(publishers.live, tmp_path / "copied"))
    version, note = version_in_use(SOURCE, copied)
    assert version is not None
    assert note == ""
    assert fingerprint(copied) == fingerprint()


def test_a_note_of_the_last_try_that_cannot_be_read_is_none(publishers: Publishers) -> None:
    take(publishers, 1_900)
    assert versions.last_try(SOURCE, publishers.live)["outcome"] == "replaced"
    for damaged in ("[1]", "1", '"text"', "{"):
        (publishers.live / SOURCE / versions.LAST_TRY).write_text(damaged, encoding="utf-8")
        assert versions.last_try(SOURCE, publishers.live) == {"at": "", "outcome": "", "message": ""}
        assert versions.last_answer(SOURCE, publishers.live) is None


def test_what_was_last_answered_outlives_tries_that_failed(publishers: Publishers) -> None:
    live = publishers.live
    take(publishers, 1_900)
    answered = versions.last_answer(SOURCE, live)
    assert answered is not None
    assert answered.isoformat() == versions.last_try(SOURCE, live)["at"]
    for outcome in ("failed", "held"):
        versions.note_try(SOURCE, outcome, "…", live)
        assert versions.last_try(SOURCE, live)["outcome"] == outcome
        assert versions.last_answer(SOURCE, live) == answered
    # as an earlier version of the app noted it
    noted = {"at": "2026-11-01T03:00:00+00:00", "message": "…"}
    file = live / SOURCE / versions.LAST_TRY
    file.write_text(json.dumps(noted | {"outcome": "unchanged"}), encoding="utf-8")
    assert str(versions.last_answer(SOURCE, live)) == "2026-11-01 03:00:00+00:00"
    file.write_text(json.dumps(noted | {"outcome": "failed"}), encoding="utf-8")
    assert versions.last_answer(SOURCE, live) is None


def test_a_clock_that_ran_fast_costs_no_later_download(publishers: Publishers) -> None:
    first = publishers.live / SOURCE / take(publishers, 1_900)
    for year in range(2090, 2096):
        shutil.copytree(first, first.with_name(first.name.replace(first.name[:4], str(year), 1)))
    for children in (1_901, 1_902):
        name = take(publishers, children)
        assert name in versions_on_disk(SOURCE, publishers.live)
        assert camden_shown() == children
    assert len(versions_on_disk(SOURCE, publishers.live)) == versions.KEPT


@contextmanager
def readable_only_to_others(folder: Path) -> Iterator[None]:
    """Take the permission to look into a folder from whom the tests run as, who may be root."""
    mode, was = folder.stat().st_mode, os.geteuid()
    folder.chmod(0o000)
    if was == 0:
        os.seteuid(65_534)
    try:
        yield
    finally:
        if was == 0:
            os.seteuid(was)
        folder.chmod(mode)


@pytest.fixture
def volume(publishers: Publishers, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of downloads, with one in it, which others on this machine may look into."""
    take(publishers, 1_900)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        live = shutil.copytree(publishers.live, Path(folder) / "live")
        monkeypatch.setenv(LIVE, str(live))
        yield live


def test_a_folder_of_the_volume_itself_is_nobodys_business(volume: Path) -> None:
    (volume / "lost+found").mkdir()
    before = fingerprint()
    with readable_only_to_others(volume / "lost+found"):
        assert fingerprint() == before
        assert open_library().notes == ()
        assert camden_shown() == 1_900


@pytest.mark.parametrize("place", ["", SOURCE, f"{SOURCE}/VERSION", f"{SOURCE}/VERSION/{TABLE}"])
def test_what_cannot_be_read_is_a_sentence_and_the_embedded_figures_are_shown(
    place: str, volume: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    version = open_library().versions[SOURCE].name
    with readable_only_to_others(volume / place.replace("VERSION", version)):
        assert fingerprint()
        (note,) = open_library().notes
        assert note.endswith("In its place the embedded figures are shown.")
        assert camden_shown() == EMBEDDED_CAMDEN
        assert main(["status"]) == 0
    assert note in capsys.readouterr().err
    assert camden_shown() == 1_900

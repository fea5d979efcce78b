"""A visitor may read every one of these sentences: none tells where on the server a file lies."""

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from data_loaders import settings
from data_loaders.brand import load_brand
from data_loaders.http import HttpSession
from data_loaders.publisher import PublisherError, load_known
from data_loaders.settings import SettingError
from data_loaders.store import SnapshotError, read_manifest
from data_loaders.survey.archive import Archive
from data_loaders.survey.database import ArchiveError

EMBEDDED = read_manifest()
CERTIFICATES = "REQUESTS_CA_BUNDLE"


def ask_securely() -> None:
    with HttpSession() as session:
        session.get("The publisher", "https://127.0.0.1:1/", "figures")


USES: dict[str, Callable[[], object]] = {
    settings.ENDPOINTS: lambda: load_known(EMBEDDED, dt.date(2026, 11, 1)),
    settings.BRAND: lambda: load_brand(EMBEDDED),
    settings.EDITORS: settings.editors,
    settings.DATABASE_FILE: settings.database_address,
    settings.SURVEY: lambda: Archive.open(make=True).versions(),
    CERTIFICATES: ask_securely,
}


def nothing(file: Path) -> None:
    """No file, and no folder for it: something else has its name."""
    file.parent.write_text("")


def a_folder(file: Path) -> None:
    file.mkdir(parents=True)


def no_text(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"\xff\xfe\x00 no text at all \x80")


@pytest.mark.parametrize("lay", [nothing, a_folder, no_text])
@pytest.mark.parametrize("setting", USES)
def test_a_file_that_cannot_be_used_is_said_without_its_folder(
    setting: str, lay: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(settings.DATABASE, raising=False)
    file = tmp_path / "behind_the_scenes" / "given"
    lay(file)
    monkeypatch.setenv(setting, str(file))
    with pytest.raises((SettingError, SnapshotError, ArchiveError, PublisherError)) as refused:
        USES[setting]()
    said = str(refused.value)
    assert "behind_the_scenes" not in said
    assert re.search(r"\.$", said), "it is a sentence"


def test_a_table_that_cannot_be_read_is_said_without_its_folder(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="No such file") as refused:
        read_manifest(tmp_path / "behind_the_scenes")
    assert "behind_the_scenes" not in str(refused.value)

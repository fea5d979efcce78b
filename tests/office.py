"""How others open a file of ours: LibreOffice, and the rules of the format as a validator reads them."""

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from openxml_audit import FileFormat, OpenXmlValidator

# texts in the cells themselves: the standard has them, and Excel writes them elsewhere when it saves
ALLOWED = "Excel_InlineStrCells"

needs_libreoffice = pytest.mark.skipif(
    shutil.which("soffice") is None and "REQUIRE_LIBREOFFICE" not in os.environ,
    reason="LibreOffice is not installed",
)


def convert(folder: Path, to: str, *paths: Path) -> None:
    """Write files in another format to a folder: `to` is LibreOffice's name of it, and of its filter."""
    # a profile of its own, because LibreOffice starts once for each
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", to, "--outdir", str(folder)]
    subprocess.run([*command, *map(str, paths)], check=True, capture_output=True)


@cache
def _validator() -> OpenXmlValidator:
    # reading the schemas takes longer than checking a file
    return OpenXmlValidator(file_format=FileFormat.OFFICE_2019)


def schema_problems(content: bytes, suffix: str) -> list[str]:
    """What the schemas of Office Open XML have against a file (.docx, .pptx, .xlsx), a sentence each."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"file{suffix}"
        path.write_bytes(content)
        found = _validator().validate(path)
    return [f"{each.part_uri} {each.path}: {each.description}" for each in found.errors if each.id != ALLOWED]

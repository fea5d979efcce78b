"""LibreOffice, as the program in which somebody else opens a file of ours."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

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

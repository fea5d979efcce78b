"""What packs look like: an organisation's colours, font and logo, from a table."""

import io
import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from data_loaders import store
from data_loaders.settings import BRAND, SettingError, brand_file

TABLE = "brand.csv"
_COLOUR = re.compile(r"[0-9A-Fa-f]{6}")
_PNG = b"\x89PNG"


@dataclass(frozen=True)
class Brand:
    """Colours as six hexadecimal digits, a font, and a logo as PNG with its alternative text `owner`.

    `logo` is empty where there is none.
    """

    heading: str
    accent: str
    font: str
    owner: str
    logo: bytes = b""


def load_brand(entries: dict[str, store.Entry]) -> Brand:
    """The brand of the embedded table, or of the one that is set.

    Raises SettingError when the one that is set cannot be used, store.SnapshotError for the embedded one.
    """
    elsewhere = brand_file()
    try:
        content = elsewhere.read_bytes() if elsewhere else store.read_bytes(TABLE, entries)
        return _read(content, (elsewhere or entries[TABLE].path).parent)
    except (OSError, ValueError, KeyError) as error:
        name = elsewhere.name if elsewhere else TABLE
        raise SettingError(f"{BRAND}: the table {name} cannot be used: {store.why(error)}.") from error


def _read(content: bytes, folder: Path) -> Brand:
    table = pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)
    cells = dict(zip(table["setting"], table["value"], strict=True))
    for name in ("heading", "accent"):
        if not _COLOUR.fullmatch(cells[name]):
            raise ValueError(f"{name} must be a colour such as 12436D, not {cells[name]!r}")
    logo = (folder / cells["logo"]).read_bytes() if cells["logo"] else b""
    if logo and not logo.startswith(_PNG):
        raise ValueError(f"the logo {cells['logo']} is no PNG file")
    return Brand(cells["heading"].upper(), cells["accent"].upper(), cells["font"], cells["owner"], logo)

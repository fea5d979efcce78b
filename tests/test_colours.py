"""Colours stand once, in pages/exports/colours.py; files that cannot take them from there agree with it."""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pandas as pd
import pytest

from pages.components.charts import palette
from pages.components.frame import style
from pages.exports import colours
from tests.builders import ROOT

HEX = re.compile(r"#[0-9A-Fa-f]{3,8}\b|(?<=[\"'])[0-9A-Fa-f]{6}(?=[\"'])")
NAMED = {value for name, value in vars(colours).items() if name.isupper() and isinstance(value, str)}
HOME = Path("pages/exports/colours.py")


def found(path: Path) -> list[str]:
    return HEX.findall((ROOT / path).read_text(encoding="utf-8"))


def files(*endings: str) -> Iterable[Path]:
    homes = (ROOT / folder for folder in ("pages", "data_loaders", "geo"))
    return sorted(
        path.relative_to(ROOT) for home in homes for path in home.rglob("*") if path.suffix in endings
    )


def test_a_colour_has_one_name_and_stands_there_once() -> None:
    written = found(HOME)
    assert len(written) == len(set(written)) == len(NAMED) > 20


@pytest.mark.parametrize("path", files(".py", ".css", ".js", ".html"), ids=str)
def test_no_other_file_writes_a_colour(path: Path) -> None:
    assert path == HOME or not found(path)


def test_the_walk_finds_colours() -> None:
    assert HEX.findall("fill=\"12436D\" color: #fff; border: 1px solid '#8A8A8A'") == [
        "12436D",
        "#fff",
        "#8A8A8A",
    ]


@pytest.mark.parametrize("path", [Path(".streamlit/config.toml"), Path("pages/exports/paper.typ")], ids=str)
def test_files_that_cannot_take_colours_have_no_others(path: Path) -> None:
    assert found(path)
    assert set(found(path)) <= NAMED


def test_the_embedded_brand_has_our_colours() -> None:
    brand = pd.read_csv(ROOT / "cache/snapshot/brand.csv", dtype=str).set_index("setting")["value"]
    assert brand["heading"] == brand["accent"] == colours.digits(colours.DARK_BLUE)


@pytest.mark.parametrize("theme", palette.THEMES)
def test_charts_and_the_page_around_them_have_one_theme(theme: str) -> None:
    """Streamlit's theme is the page's; a chart's text and the page it is drawn for are the same."""
    config = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))["theme"][theme]
    charts = palette.THEMES[theme]
    assert (config["textColor"], config["backgroundColor"]) == (charts["text"], charts["page"])


def test_style_sheets_use_names_that_are_given() -> None:
    given = set(style.named_colours("light"))
    used = {
        name
        for path in files(".css")
        for name in re.findall(r"var\(--([a-z-]+)", (ROOT / path).read_text(encoding="utf-8"))
        if not name.startswith("st-")
    }
    assert given <= used
    # the others are measures, set where they are used
    assert used - given == {"base", "beside", "slope", "fit", "meeting-zoom"}

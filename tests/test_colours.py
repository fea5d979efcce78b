"""Colours stand once, in pages/exports/colours.py; files that cannot take them from there agree with it."""

import itertools
import math
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

import numpy as np
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
    # the others are measures, and the colours of a class of small areas, set where they are used
    set_there = {"below", "beside", "slope", "least", "most", "fit", "meeting-zoom", "fill", "hatch"}
    assert used - given == set_there


# linear RGB as it is seen: Machado, Oliveira and Fernandes 2009, at full severity
SEEN = {
    "by most": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "without red": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "without green": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "without blue": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
TO_XYZ = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
WHITE_OF_DAY = (0.95047, 1, 1.08883)


def lab(colour: str, seen: str) -> tuple[float, float, float]:
    """A colour in CIE L*a*b*, as it is seen with this kind of colour vision."""
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    as_seen = np.clip(np.dot(SEEN[seen], linear), 0, 1)
    x, y, z = (
        value ** (1 / 3) if value > 216 / 24389 else (24389 / 27 * value + 16) / 116
        for value in np.dot(TO_XYZ, as_seen) / WHITE_OF_DAY
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def difference(one: str, other: str, seen: str) -> float:
    """How far apart two colours are (CIE 1976)."""
    return math.dist(lab(one, seen), lab(other, seen))


def test_differences_of_colours_are_measured_as_the_standard_does() -> None:
    assert difference("#000000", "#FFFFFF", "by most") == pytest.approx(100)
    # a red and a green that look alike without green, and do not by most
    assert difference("#A0522D", "#556B2F", "by most") > 2 * difference("#A0522D", "#556B2F", "without green")


def difference_of_2000(one: str, other: str, seen: str) -> float:
    """How far apart two colours are (CIEDE2000, as in Sharma, Wu and Dalal 2005)."""
    (light, a, b), (other_light, other_a, other_b) = lab(one, seen), lab(other, seen)
    grey = (math.hypot(a, b) + math.hypot(other_a, other_b)) / 2
    stretch = 1 + (1 - math.sqrt(grey**7 / (grey**7 + 25**7))) / 2
    chroma, other_chroma = math.hypot(stretch * a, b), math.hypot(stretch * other_a, other_b)
    hue, other_hue = (math.degrees(math.atan2(y, stretch * x)) % 360 for x, y in ((a, b), (other_a, other_b)))
    turn = (other_hue - hue + 180) % 360 - 180
    mean_hue, mean_chroma = hue + turn / 2, (chroma + other_chroma) / 2
    waves = ((1, -30, -0.17), (2, 0, 0.24), (3, 6, 0.32), (4, -63, -0.2))
    hues = 1 + sum(share * math.cos(math.radians(n * mean_hue + at)) for n, at, share in waves)
    from_middle = ((light + other_light) / 2 - 50) ** 2
    in_light = (other_light - light) / (1 + 0.015 * from_middle / math.sqrt(20 + from_middle))
    in_chroma = (other_chroma - chroma) / (1 + 0.045 * mean_chroma)
    in_hue = 2 * math.sqrt(chroma * other_chroma) * math.sin(math.radians(turn / 2))
    in_hue /= 1 + 0.015 * mean_chroma * hues
    blue = 60 * math.exp(-((((mean_hue % 360) - 275) / 25) ** 2))
    together = -2 * math.sqrt(mean_chroma**7 / (mean_chroma**7 + 25**7)) * math.sin(math.radians(blue))
    return math.sqrt(in_light**2 + in_chroma**2 + in_hue**2 + together * in_chroma * in_hue)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2.2 measures it."""
    lightness = sorted(lab(colour, "by most")[0] for colour in (one, other))
    darker, lighter = (((light + 16) / 116) ** 3 if light > 8 else light * 27 / 24389 for light in lightness)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", palette.LINES)
def test_lines_are_told_apart_by_everybody_and_stand_out_from_the_page(theme: str) -> None:
    own = palette.THEMES[theme]
    lines = [*palette.LINES[theme], own["london"], own["england"]]
    for one, other in itertools.combinations(lines, 2):
        for seen in SEEN:
            assert difference_of_2000(one, other, seen) >= 10, (one, other, seen)
    assert min(contrast(line, own["page"]) for line in lines) >= 3
    # as the paper and the standard give them
    assert difference_of_2000("#000000", "#FFFFFF", "by most") == pytest.approx(100, abs=0.01)
    assert difference_of_2000("#0000FF", "#FFFF00", "by most") == pytest.approx(103.4, abs=0.1)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("seen", SEEN)
def test_classes_about_zero_are_told_apart_by_everybody(seen: str) -> None:
    scale = palette.DIVERGING
    for one, other in itertools.combinations(scale, 2):
        assert difference(one, other, seen) >= 10, (one, other)
    # equally far from zero is equally light, so that neither side weighs more
    lightness = [lab(colour, "by most")[0] for colour in scale]
    assert lightness[:3] == pytest.approx(lightness[:3:-1], abs=4)
    assert max(lightness) == lightness[3]


def test_no_colour_about_zero_is_one_of_a_verdict() -> None:
    assert set(palette.DIVERGING).isdisjoint(palette.COMPARISON.values())

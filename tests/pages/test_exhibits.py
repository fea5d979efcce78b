"""Every exhibit of every page: whole in its words, the same in every format, and the same each time."""

import hashlib
import io
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree

import altair as alt
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from data_loaders import store
from data_loaders.settings import ADDRESS, EMBED_HOSTS, SettingError, embed_hosts
from geo.tables.london import London
from pages import __version__
from pages.command_line.main import main
from pages.components.exhibits import clipboard, take_away
from pages.components.packs import registry
from pages.components.state.view import View
from pages.exports import pictures
from pages.exports.drawer import DRAWER
from pages.exports.exhibit import ILLUSTRATIVE, Exhibit
from pages.exports.table import Column, Kind, Measure, Table
from tests.builders import EVERYTHING, ROOT, exhibit
from tests.pages.test_view import draw_view

pytestmark = pytest.mark.thorough

SVG = "{http://www.w3.org/2000/svg}"
LINKS = {
    "all London": "/?indicator=gld_2013_2019&borough=Newham&compare=Camden,Barking and Dagenham&demo=yes"
    "&opened=SE12 8LT",
    "one ICS": "/?indicator=centres_per_10k_0_4&ics=NEL&vintage=2022&borough=City of London&layout=tiles",
    "words for values": "/?indicator=family_hubs_programme",
}
DRAWN = [key for key, kind in registry.EXHIBITS.items() if kind.alt]
# what the exhibits of a survey, and of all indicators at once, have instead of one period
PERIODS = {
    "spine": "latest period",
    "working_together": "March 2022",
    "in_place": "March 2022",
    "challenges": "March 2022",
    **dict.fromkeys((key for key in registry.EXHIBITS if key.startswith("centres_")), "August 2026"),
    "what_if_map": "August 2026",
    "what_if_open_borders_map": "August 2026",
    **dict.fromkeys((key for key in registry.EXHIBITS if key.startswith("maturity_")), "2027"),
}


def link_for(key: str, link: str) -> str:
    """The link, with an indicator or a borough that has an exhibit which few have."""
    if key == "centres_changes":
        return link.replace("Newham", "Haringey")
    return link.replace("gld_2013_2019", "access_any_centre") if key == "small_areas" else link


def made(key: str, link: str) -> Exhibit:
    view, notes = registry.view_of(link_for(key, link))
    assert notes == []
    found = registry.exhibit_of(view, key)
    assert found is not None, registry.why_none(key)
    return found


def words_of(svg: bytes) -> str:
    """All words of a picture, without spaces: a line may be broken anywhere."""
    texts = ElementTree.fromstring(svg).iter(f"{SVG}text")
    return "".join("".join("".join(text.itertext()) for text in texts).split())


def holds(words: str, text: str) -> bool:
    return "".join(text.split()) in words


@pytest.mark.parametrize("link", LINKS.values(), ids=LINKS)
@pytest.mark.parametrize("key", DRAWN)
def test_a_picture_says_what_when_whose_and_where_it_comes_from(key: str, link: str) -> None:
    view, _ = registry.view_of(link)
    found = registry.exhibit_of(view, key)
    if found is None:
        assert registry.why_none(key).endswith(".")
        return
    words = words_of(pictures.as_svg(found))
    for text in (found.title, found.subtitle, *found.footer):
        assert holds(words, text)
    assert holds(words, PERIODS.get(key, view.period[:4]))
    assert holds(words, "July 2022") or holds(words, "not by ICS")
    assert holds(words, f"Beyond Boundaries London {__version__}")
    assert holds(words, view.query())
    if found.is_illustrative:
        assert holds(words, ILLUSTRATIVE)
        assert found.stem.startswith("illustrative_")
    else:
        assert any("Licence" in line or "Figures quoted from" in line for line in found.sources)
        assert re.search(r"(embedded|retrieved) (between )?\d+ \w+ ", " ".join(found.sources))


@settings(max_examples=60 if EVERYTHING else 8)
@given(data=st.data())
def test_every_view_has_its_exhibit_or_a_reason(london: London, data: st.DataObject) -> None:
    view = draw_view(data, london)
    for key in registry.EXHIBITS:
        found = registry.exhibit_of(view, key)
        if found is None:
            assert registry.why_none(key).endswith(".")
            continue
        assert found.key == key
        assert found.title
        assert found.subtitle
        assert re.fullmatch(r"[\w-]+", found.stem)
        assert found.alt.startswith(registry.EXHIBITS[key].alt)
        assert len(found.alt) <= 300
        assert found.title in found.description
        assert found.is_illustrative == (ILLUSTRATIVE in found.caption)
        assert registry.view_of(found.link) == (view, [])
        assert found.link in found.caption


# one other choice of each field that an exhibit may follow
OTHERWISE = {
    "period": "2018",
    "vintage": "2026",
    "ics": "SEL",
    "classes": "natural",
    "layout": "tiles",
    "borough": "Kensington and Chelsea",
    "compare": "Camden,Barnet",
    "crossings": "yes",
    "against": "population_0_4",
    "target": "top",
    "item": "data_sharing",
    "instrument": "interfaces",
    "opened": "E7 0AB",
    "reach": "800",
    "day": "2022-12-15",
    "since": "2016-12-15",
    "sites": "designated_centres",
}


def shown(exhibit: Exhibit) -> str:
    """All that is seen of an exhibit, but for where it comes from."""
    rows = {name: table.to_pylist() for name, table in exhibit.rows.items()}
    words = [exhibit.title, exhibit.subtitle, exhibit.remarks, exhibit.drawing, rows]
    return json.dumps([*words, exhibit.is_illustrative, written(exhibit.numbers)], default=str)


@cache
def written(make: Callable[[], Table]) -> str:
    """The numbers of an exhibit as text; of what many views share they are worked out once."""
    return str(make().values().to_csv())


@pytest.mark.parametrize("key", registry.EXHIBITS)
def test_files_that_show_something_else_have_another_name(key: str) -> None:
    # within an ICS there is no measure of the spread
    scope = "" if key == "lottery_spread" else "&ics=NEL"
    view, notes = registry.view_of(f"{link_for(key, LINKS['all London'])}{scope}&against=idaci_2019")
    assert notes == []
    named: dict[str, str] = {}
    otherwise = OTHERWISE | ({"period": "2019-12-06"} if key == "small_areas" else {})
    for each in (view, *(replace(view, **{name: other}) for name, other in otherwise.items())):
        if found := registry.exhibit_of(each, key):
            said = shown(found)
            assert named.setdefault(found.stem, said) == said, found.stem
    assert named


def test_no_name_of_a_file_is_longer_than_what_every_system_takes_and_each_is_another() -> None:
    many = "Barking and Dagenham,Hammersmith and Fulham,Kensington and Chelsea,Kingston upon Thames"
    link = "/?indicator=early_years_spend_per_child_0_4&borough=Richmond upon Thames&demo=yes&layout=tiles"
    names = []
    for last in ("Camden", "Hackney"):
        for key in registry.EXHIBITS:
            view, notes = registry.view_of(f"{link}&classes=natural&compare={many},Waltham Forest,{last}")
            assert notes == []
            if found := registry.exhibit_of(view, key):
                names += [pictures.file_name(found, made_as, "column") for made_as in pictures.ALL_FORMATS]
    assert max(map(len, names)) <= 100
    # those of the boroughs that are compared end alike, but for the last of them
    assert len({name for name in names if "compared" in name and name.endswith(".svg")}) == 2


@pytest.mark.parametrize("key", registry.EXHIBITS)
def test_the_numbers_behind_an_exhibit_are_a_table_for_a_spreadsheet(key: str) -> None:
    link = link_for(key, LINKS["all London"]) + ("&ics=NEL" if key.startswith("ics_") else "")
    header, *rows = clipboard.lines(made(key, link).numbers())
    assert rows
    assert all(len(row) == len(header) for row in rows)
    assert not any("\t" in cell or "\n" in cell or cell == "nan" for row in rows for cell in row)
    assert not any(
        cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row if not is_number(cell)
    )


def is_number(text: str) -> bool:
    return re.fullmatch(r"-?[\d.]+(e-?\d+)?", text) is not None


def test_no_cell_is_taken_for_a_formula() -> None:
    rows = pd.DataFrame({"name": ["=1+1", "@x", "two\nlines"], "value": [-1.5, float("nan"), 2]})
    columns = (Column("name", "Name"), Column("value", "Value", Kind.NUMBER, Measure(decimals=1)))
    said = [["Name", "Value"], ["'=1+1", "-1.5"], ["'@x", ""], ["two lines", "2.0"]]
    assert clipboard.lines(Table(rows, columns)) == said


@pytest.mark.parametrize("size", pictures.SIZES)
def test_png_is_as_large_as_it_says(size: str) -> None:
    ranking = made("ranking", LINKS["all London"])
    with Image.open(io.BytesIO(pictures.as_png(ranking, size))) as image:
        screen = image.size
    with Image.open(io.BytesIO(pictures.as_print_png(ranking, size))) as image:
        dots, dpi = image.size, image.info["dpi"]
    widths = {"screen": 24.87, "a4": 17, "column": 8, "slide": 33.867, "square": 28.575}
    assert screen[0] == {"screen": 1880, "a4": 1520, "column": 720, "slide": 1920, "square": 1080}[size]
    assert dpi == pytest.approx((300, 300), abs=0.01)
    assert dots[0] == round(widths[size] / 2.54 * 300)
    if size in ("slide", "square"):
        assert screen[1] == {"slide": 1080, "square": 1080}[size]


@pytest.mark.parametrize("key", ["map", "lottery_over_time", "spine"])
def test_pdf_holds_its_words_on_a_page_of_its_size(key: str) -> None:
    found = made(key, LINKS["all London"])
    (page,) = PdfReader(io.BytesIO(pictures.as_pdf(found, "a4"))).pages
    assert float(page.mediabox.width) == pytest.approx(17 / 2.54 * 72, abs=1)
    text = "".join(page.extract_text().split())
    assert holds(text, found.title)
    assert holds(text, found.origin)


@pytest.mark.parametrize("key", ["map", "course"])
def test_pdf_tells_a_screen_reader_its_language_its_title_and_what_it_shows(key: str) -> None:
    found = made(key, LINKS["all London"])
    read = PdfReader(io.BytesIO(pictures.as_pdf(found, "slide")))
    root: Any = read.root_object
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert read.metadata is not None
    assert (read.metadata.title, read.metadata.subject) == (found.title, found.subtitle)
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert [element["/Alt"] for element in elements(root["/StructTreeRoot"]) if "/Alt" in element] == [
        found.alt
    ]


def elements(tree: DictionaryObject) -> Iterator[DictionaryObject]:
    """The parts of a tagged document, from the root on."""
    kids = tree.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        part = kid.get_object()
        if isinstance(part, DictionaryObject):
            yield part
            yield from elements(part)


@pytest.mark.parametrize("size", pictures.SIZES)
@pytest.mark.parametrize("key", ["map", "ranking", "spine", "borders_map", "lottery_by_ics", "course"])
def test_nothing_is_cut_off_and_the_smallest_words_can_be_read(key: str, size: str) -> None:
    found = made(key, LINKS["all London"])
    drawn = pictures.as_svg(found, size)
    # coarser than its file is, which costs a tenth of the time
    with Image.open(io.BytesIO(DRAWER.svg_to_png(drawn.decode(), scale=1))) as image:
        picture = image.convert("L")
    svg = ElementTree.fromstring(drawn)
    layout = float(svg.attrib["width"])
    margin = round(0.4 * pictures.MARGIN * picture.width / layout)
    inked = picture.point(lambda light: 255 * (light < 250)).getbbox()
    assert inked is not None
    left, top, right, bottom = inked
    assert min(left, top, picture.width - right, picture.height - bottom) >= margin
    smallest = min(float(text.attrib["font-size"]) for text in svg.findall(f"{SVG}text"))
    assert smallest * pictures.SIZES[size].cm / 2.54 * 72 / layout >= 6.5


@pytest.mark.parametrize("key", ["map", "borders_map", "maturity_by_ics"])
def test_the_same_link_gives_the_same_bytes_in_another_process(key: str, tmp_path: Path) -> None:
    link = LINKS["all London"]
    path = tmp_path / "again.svg"
    command = [sys.executable, "-m", "pages", link, "--piece", key, "--size", "a4", "-o", str(path)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert path.read_bytes() == pictures.as_svg(made(key, link), "a4")


def test_a_file_is_what_its_name_says_unless_a_format_is_asked_for(tmp_path: Path) -> None:
    start = ["exhibit", "/?indicator=gld_2013_2019", "--piece", "ranking", "--output"]
    for name, further, begins in (
        ("a.PNG", [], b"\x89PNG"),
        ("b.pdf", [], b"%PDF"),
        ("c", [], b"<svg"),
        ("d.png", ["--format", "svg"], b"<svg"),
    ):
        assert main([*start, str(tmp_path / name), *further]) == 0
        assert (tmp_path / name).read_bytes().startswith(begins), name


def test_the_command_that_is_shown_makes_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = made("ranking", "/?indicator=gld_2013_2019&ics=NEL")
    monkeypatch.chdir(tmp_path)
    shown = take_away.command(found, "svg", "column")
    *_, start = re.split(r"^python -m pages ", shown)
    arguments = [quoted or plain for quoted, plain in re.findall(r'"([^"]*)"|(\S+)', start)]
    assert main(["exhibit", *arguments]) == 0
    assert capsys.readouterr().out.strip() == "gld_2013_2019_nel_2019_ranking_ics2022_column.svg"
    assert (tmp_path / "gld_2013_2019_nel_2019_ranking_ics2022_column.svg").read_bytes() == pictures.as_svg(
        found, "column"
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["?period=1066", "--piece", "map"], "There is no figure of this indicator for “1066”."),
        (["/borough", "--piece", "spine"], "There is no figure of this borough to compare."),
        (["/", "--piece", "numbers", "--format", "pdf"], "Numbers is a table: ask for --format "),
        (
            ["/", "--piece", "map", "--format", "parquet"],
            "Map does not come as parquet: ask for --format csv",
        ),
        (["/", "--piece", "numbers", "-o", "no/such/folder.csv"], "no/such/folder.csv cannot be written"),
    ],
)
def test_what_cannot_be_made_is_said(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["exhibit", *arguments]) == 2
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["/", "--piece", "mapp"], "There is no exhibit 'mapp'; the nearest is map."),
        (["/", "--piece", "map", "--format", "pgn"], "There is no format 'pgn'; the nearest is png."),
        (["/", "--piece", "map", "--size", "a5"], "There is no size 'a5'; the nearest is a4."),
    ],
)
def test_a_wrong_name_of_an_exhibit_is_answered_with_the_nearest(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(["exhibit", *arguments])
    assert left.value.code == 2
    assert capsys.readouterr().err.strip() == sentence


@pytest.mark.parametrize("key", ["map", "ranking", "lottery_over_time"])
def test_the_vega_lite_that_is_taken_away_draws_the_same_chart_and_says_whose_it_is(key: str) -> None:
    found = made(key, LINKS["all London"])
    said = json.loads(pictures.as_vega_lite(found))
    alt.Chart.from_dict(said)
    drawn = DRAWER.vegalite_to_svg(said).encode()
    assert labels_of(drawn) == labels_of(pictures.as_svg(found))
    assert len(labels_of(drawn)) > 5
    words = words_of(drawn)
    assert holds(words, found.title)
    assert holds(words, found.link)
    assert said["usermeta"]["sources"] == list(found.sources)


def labels_of(svg: bytes) -> set[str]:
    """What each mark of a picture says of itself."""
    marks = ElementTree.fromstring(svg).iter(f"{SVG}path")
    return {mark.attrib["aria-label"] for mark in marks if "aria-roledescription" in mark.attrib} - {""}


def test_the_code_to_embed_a_chart_shows_its_page_where_that_is_allowed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = made("map", LINKS["one ICS"])
    assert take_away.embed_code(found) == ""
    monkeypatch.setenv(EMBED_HOSTS, "https://council.example")
    monkeypatch.setenv(ADDRESS, "https://example.org/early-years")
    frame = ElementTree.fromstring(take_away.embed_code(found))
    address = urlsplit(frame.attrib["src"])
    assert (frame.tag, frame.attrib["title"]) == ("iframe", found.title)
    assert (address.netloc, address.path) == ("example.org", "/early-years/")
    asked = dict(parse_qsl(address.query))
    assert (asked.pop("embed"), asked.pop("piece")) == ("true", "map")
    assert registry.view_of_params(asked) == registry.view_of(found.link)
    assert take_away.embed_code(made("maturity_by_ics", LINKS["all London"])) == ""


def test_the_checksums_are_those_of_the_tables_on_disk() -> None:
    tables = dict(made("map", "/?indicator=gld_2013_2019").tables)
    assert {"observations/dfe_eyfsp.csv", "boroughs_screen.topojson"} <= set(tables)
    for name, sha256 in tables.items():
        assert hashlib.sha256((store.SNAPSHOT / name).read_bytes()).hexdigest() == sha256


def test_the_link_begins_with_the_address_that_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ADDRESS, "https://example.org/early-years/")
    found = made("spine", "/?borough=Camden")
    assert found.link.startswith("https://example.org/early-years/borough?indicator=")
    assert registry.view_of(found.link)[0].borough == "Camden"


NASTY = "<script>alert('x')</script> & \"Brent\" ]]> \x00\x1b"


@pytest.mark.parametrize("build", [form.build for form in pictures.FORMATS.values()], ids=pictures.FORMATS)
@pytest.mark.parametrize("size", ["column", "slide"])
@pytest.mark.parametrize("title", [NASTY, "A very long title of many words " * 10, "W" * 300, ""])
def test_strange_words_make_a_right_file(build, size: str, title: str) -> None:  # type: ignore[no-untyped-def]
    whole = made("lottery_by_ics", LINKS["all London"])
    strange = exhibit(title=title, alt=title, sources=(NASTY,), drawing=whole.drawing, rows=whole.rows)
    content = build(strange, size)
    if content.startswith(b"<svg"):
        said = words_of(content)
        assert holds(said, re.sub(r"[\x00-\x1f]", "", title))
        assert not list(ElementTree.fromstring(content).iter(f"{SVG}script"))
    elif content.startswith(b"%PDF"):
        assert len(PdfReader(io.BytesIO(content)).pages) == 1
    else:
        with Image.open(io.BytesIO(content)) as image:
            image.load()


@pytest.mark.parametrize(
    ("key", "link", "count"),
    [
        ("map", LINKS["all London"], 33),
        ("map", LINKS["one ICS"], 8),
        ("borders_map", LINKS["all London"], 33),
        ("maturity_map", "/?demo=yes&ics=WNL&vintage=2026", 13),
    ],
)
def test_in_a_column_every_borough_has_its_code_or_name_and_every_code_is_explained(
    key: str, link: str, count: int
) -> None:
    found = made(key, link)
    picture = pictures.as_svg(found, "column")
    assert len(found.keyed) == count
    drawn = {line for text in ElementTree.fromstring(picture).iter(f"{SVG}text") for line in text.itertext()}
    for area in found.keyed:
        if area.code in drawn:
            assert holds(words_of(picture), f"{area.code} {area.meaning}")
        else:
            # a name may be drawn in two lines
            assert [line for line in drawn if len(line) > 2 and area.meaning.startswith(line)], area
    # where a key has room beside the map, there is none below it
    assert holds(words_of(pictures.as_svg(found, "a4")), "On the map: ") == (not found.least_width)


def test_of_a_figure_that_no_borough_has_there_is_no_map_of_gaps() -> None:
    view, _ = registry.view_of("/?indicator=new_birth_visit_14_days")
    assert registry.exhibit_of(view, "map") is None
    assert registry.exhibit_of(View.from_params({}, registry.figures.london())[0], "courses") is None


@pytest.mark.parametrize(
    ("given", "hosts"),
    [
        ("", ()),
        ("https://example.org/, http://intranet:8080", ("https://example.org", "http://intranet:8080")),
    ],
)
def test_origins_that_may_embed_are_listed_in_the_settings(
    given: str, hosts: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(EMBED_HOSTS, given)
    assert embed_hosts() == hosts


@pytest.mark.parametrize(
    "given", ["example.org", "*", "https://example.org/page", "https://a.org; script-src *"]
)
def test_what_is_no_origin_is_refused(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(EMBED_HOSTS, given)
    with pytest.raises(SettingError, match=EMBED_HOSTS):
        embed_hosts()

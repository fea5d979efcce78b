"""Slides in a template: placeholders, sizes, theme, files that hold together; ours, and those of others."""

import io
import posixpath
import re
import zipfile
from functools import cache
from typing import Any

import pptx
import pytest
from lxml import etree
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.util import Inches

from pages.components.packs import contents as packs_contents, registry
from pages.exports.exhibit import ILLUSTRATIVE
from pages.exports.office_charts import ends_of
from pages.exports.pack import Bars, Pack
from pages.exports.slide_scenes import letters_of
from pages.exports.slides import as_pptx
from tests.builders import EVERYTHING, PLAIN
from tests.codes import read_codes
from tests.office import schema_problems

pytestmark = pytest.mark.thorough

VIEWS = {
    "an indicator with counts": ("", "?indicator=gld_2013_2019&period=2019"),
    "an indicator with marks": ("", "?indicator=funded_3_4yo_pct"),
    "an indicator of an ICS": ("", "?indicator=centres_per_10k_0_4&ics=NEL"),
    "a category": ("", "?indicator=family_hubs_programme"),
    "nothing by borough": ("", "?indicator=new_birth_visit_14_days"),
    "the ICS of thirteen boroughs": ("ics", "?ics=WNL&vintage=2026"),
    "the longest name": ("borough", "?borough=Kensington and Chelsea&indicator=asq3_at_2_to_2_5_years"),
    "the City of London": ("borough", "?borough=City of London"),
}
if EVERYTHING:
    VIEWS |= {
        "a total": ("", "?indicator=designated_centres"),
        "an ICS": ("ics", "?ics=SEL"),
        "Hammersmith and Fulham": ("borough", "?borough=Hammersmith and Fulham"),
    }
PICKED = {
    "picked out": (
        "?indicator=gld_2013_2019&period=2019",
        ["ranking", "lottery_over_time", "map", "numbers"],
    ),
    "made up": ("?demo=yes&instrument=enablers", ["maturity_map", "maturity_changes", "map"]),
}
NAMES = [*VIEWS, *PICKED]
TITLES = {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE}
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


@cache
def pack_of(name: str) -> Pack:
    page, link = VIEWS.get(name, ("", PICKED.get(name, ("", []))[0]))
    view, problems = registry.view_of(link)
    assert problems == []
    if name in VIEWS:
        return packs_contents.KINDS[page].build(view)
    found = [registry.exhibit_of(view, key) for key in PICKED[name][1]]
    return packs_contents.of_exhibits([(one, "") for one in found if one], "For the board", "/pack")


@cache
def file_of(name: str) -> bytes:
    return as_pptx(pack_of(name), PLAIN)


def slides(content: bytes) -> list[Any]:
    return list(pptx.Presentation(io.BytesIO(content)).slides)


def size_of(run: Any, shape: Any) -> float:
    """The letters of a run in points: its own, else those of its placeholder."""
    if run.font.size is not None:
        return float(run.font.size.pt)
    (place,) = (
        each
        for each in shape.part.slide.slide_layout.placeholders
        if each.placeholder_format.idx == shape.placeholder_format.idx
    )
    return next(int(said.get("sz")) for said in letters_of(place) if said.get("sz")) / 100


def is_small_print(shape: Any) -> bool:
    """Whether a placeholder is for what stands below and behind: sources, footer, number."""
    return shape.placeholder_format.idx >= 11


@pytest.mark.parametrize("name", NAMES)
def test_all_that_is_on_a_slide_has_its_place_in_a_named_layout(name: str) -> None:
    for number, slide in enumerate(slides(file_of(name)), start=1):
        assert slide.slide_layout.name
        assert str(number) in {each.text_frame.text for each in slide.placeholders if each.has_text_frame}
        places = {each.placeholder_format.idx for each in slide.slide_layout.placeholders}
        for shape in slide.shapes:
            assert shape.is_placeholder, shape.name
            assert shape.placeholder_format.idx in places
            # words are where the layout has them; "Reset" would move what is not
            if shape.has_text_frame:
                assert shape._element.spPr.xfrm is None
        kinds = [shape.placeholder_format.type for shape in slide.placeholders]
        assert sum(kind in TITLES for kind in kinds) == 1
        assert kinds.count(PP_PLACEHOLDER.FOOTER) == kinds.count(PP_PLACEHOLDER.SLIDE_NUMBER) == 1
        assert not [s.name for s in slide.placeholders if s.has_text_frame and not s.text_frame.text]


@pytest.mark.parametrize("name", NAMES)
def test_fonts_and_colours_are_those_of_the_theme(name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(file_of(name))) as parts:
        for part in parts.namelist():
            if not re.match(r"ppt/(slides|charts|slideLayouts|slideMasters)/[^/]*\.xml", part):
                continue
            tree = etree.fromstring(parts.read(part))
            fonts = {font.get("typeface") for font in tree.iter(f"{A}latin")}
            assert fonts <= {"+mj-lt", "+mn-lt"}, part
            coloured = [each.getparent().getparent() for each in tree.iter(f"{A}srgbClr")]
            # but for the warning of made-up answers, which is the same in every template
            for run in (each.getparent() for each in coloured):
                said = "".join(text.text or "" for text in run.iter(f"{A}t"))
                assert said == ILLUSTRATIVE, part


@pytest.mark.parametrize("name", NAMES)
def test_letters_can_be_read_from_the_back_of_a_room(name: str) -> None:
    for slide in slides(file_of(name)):
        title = slide.shapes.title.text_frame.text
        for shape in slide.placeholders:
            if shape.has_table:
                rows = list(shape.table.rows)
                assert len(rows) - 1 <= 10, title
                sizes = {
                    run.font.size.pt
                    for row in rows
                    for cell in row.cells
                    for run in cell.text_frame.paragraphs[0].runs
                }
                assert min(sizes) >= 14
                assert len(sizes) == 1
            elif shape.has_chart:
                space = shape.chart._chartSpace
                said = [int(each.get("sz")) for each in space.iter(f"{A}defRPr", f"{A}rPr") if each.get("sz")]
                assert said
                assert min(said) >= 1400, title
            elif shape.has_text_frame:
                least = 12 if is_small_print(shape) or title.startswith("Sources") else 18
                for paragraph in shape.text_frame.paragraphs:
                    assert all(size_of(run, shape) >= least for run in paragraph.runs), title


@pytest.mark.parametrize("name", NAMES)
def test_no_two_slides_have_one_title_and_each_has_words_to_say(name: str) -> None:
    show = slides(file_of(name))
    titles = [slide.shapes.title.text_frame.text for slide in show]
    assert len(set(titles)) == len(titles)
    for slide, title in zip(show[:-1], titles[:-1], strict=True):
        notes = slide.notes_slide.notes_text_frame.text
        if not title.startswith("Sources"):
            assert notes.startswith(f"To say: {title.split('. (')[0]}"[:60])


def test_every_cell_of_every_table_is_on_a_slide() -> None:
    for name in NAMES:
        expected = [
            (chapter.heading, str(row[0]), str(column), str(value))
            for chapter in pack_of(name).chapters
            if chapter.table is not None
            for row in chapter.table.itertuples(index=False)
            for column, value in zip(chapter.table.columns, row, strict=True)
        ]
        found = []
        for slide in slides(file_of(name)):
            title = re.sub(r" \(\d+.of.\d+\)$", "", slide.shapes.title.text_frame.text)
            for shape in slide.shapes:
                if shape.has_table:
                    header, *rows = [[cell.text for cell in row.cells] for row in shape.table.rows]
                    found += [
                        (title, row[0], *pair) for row in rows for pair in zip(header, row, strict=True)
                    ]
        assert set(found) == set(expected)


def test_charts_have_their_unit_and_all_boroughs_in_two_columns() -> None:
    for name in ("an indicator with counts", "picked out"):
        (slide,) = (
            slide for slide in slides(file_of(name)) if sum(shape.has_chart for shape in slide.shapes) == 2
        )
        charts = [shape.chart for shape in slide.shapes if shape.has_chart]
        assert {chart.chart_title.text_frame.text for chart in charts} == {"Per cent, with 95% intervals"}
        assert sum(len(list(chart.plots[0].categories)) for chart in charts) == 33
        assert {chart.value_axis.minimum_scale for chart in charts} == {0}
        assert len({chart.value_axis.maximum_scale for chart in charts}) == 1


def test_what_is_picked_out_keeps_its_charts_over_time() -> None:
    kinds = [
        shape.chart.chart_type.name
        for slide in slides(file_of("picked out"))
        for shape in slide.shapes
        if shape.has_chart
    ]
    assert sorted(kinds) == ["BAR_CLUSTERED", "BAR_CLUSTERED", "XY_SCATTER"]


def test_made_up_answers_stamp_their_own_slides_only() -> None:
    titles = [slide.shapes.title.text_frame.text for slide in slides(file_of("made up"))]
    stamped = [title.startswith(ILLUSTRATIVE) for title in titles]
    # cover, two exhibits of answers, the map of figures, sources
    assert stamped == [False, True, True, False, False]
    cover = slides(file_of("made up"))[0]
    assert any(ILLUSTRATIVE in shape.text_frame.text for shape in cover.placeholders if shape.has_text_frame)


def test_what_would_have_one_title_is_told_apart_behind_the_word_for_made_up_answers() -> None:
    view, _ = registry.view_of("?demo=yes&instrument=enablers")
    found = [registry.exhibit_of(view, key) for key in ("maturity_map", "maturity_changes")]
    picked = [(one, "Where we stand") for one in found if one]
    titles = [
        slide.shapes.title.text_frame.text
        for slide in slides(as_pptx(packs_contents.of_exhibits(picked, "For the board", "/pack"), PLAIN))
    ]
    assert titles[1:3] == [
        f"{ILLUSTRATIVE}. Where we stand",
        f"{ILLUSTRATIVE}. {picked[1][0].name}: Where we stand",
    ]


def test_the_number_of_the_longest_negative_bar_does_not_lie_on_its_name() -> None:
    low, high = ends_of(Bars(("Bromley", "Southwark"), (-13.0, -5.0), "Change in number", 0))
    # letters of 14 points before the bar, on a plot of some 8 inches
    assert (-13 - low) / (high - low) > 0.5 / 8
    assert ends_of(Bars(("Bromley",), (13.0,), "Number", 0)) == (0, 13)


def codes_of(content: bytes) -> list:
    """The pictures of codes on slides."""
    return [
        shape
        for slide in slides(content)
        for shape in slide.placeholders
        if shape.placeholder_format.type is PP_PLACEHOLDER.PICTURE
        and shape._element.xpath(".//p:cNvPr")[0].get("descr", "").startswith("Code that leads to")
    ]


def test_a_code_leads_to_the_view_where_the_address_has_a_host() -> None:
    pack = pack_of("picked out")
    assert codes_of(file_of("picked out")) == []
    there = "https://early-years.example.org/pack?of=map"
    content = as_pptx(packs_contents.replace(pack, link=there), PLAIN)
    codes = codes_of(content)
    assert [code._element.xpath(".//p:cNvPr")[0].get("descr") for code in codes] == [
        f"Code that leads to {there}"
    ] * 2
    for code in codes:
        # as wide as on a projector of 1366 pixels
        assert read_codes(code.image.blob, round(code.width / Inches(13.333) * 1366)) == [there]
    links = [
        relation.target_ref
        for slide in slides(content)
        for relation in slide.part.rels.values()
        if relation.is_external
    ]
    assert there in links


@pytest.mark.parametrize(("letters", "count"), [(600, 2), (1500, 2), (2000, 0), (6000, 0)])
def test_a_code_can_be_read_however_long_the_address_is_or_there_is_none(letters: int, count: int) -> None:
    link = f"https://early-years.example.org/pack?of={'map:1;' * letters}"[:letters]
    whole = pack_of("picked out")
    content = as_pptx(packs_contents.replace(whole, chapters=whole.chapters[:1], link=link), PLAIN)
    codes = codes_of(content)
    assert len(codes) == count
    for code in codes:
        assert read_codes(code.image.blob, round(code.width / Inches(13.333) * 1920)) == [link]
    for slide in (slides(content)[0], slides(content)[-1]):
        links = [
            (run.text, run.hyperlink.address)
            for shape in slide.placeholders
            if shape.has_text_frame
            for paragraph in shape.text_frame.paragraphs
            for run in paragraph.runs
        ]
        assert ("early-years.example.org/pack", link) in links


def test_sources_lead_to_where_they_are_published() -> None:
    (last,) = slides(file_of("an indicator with counts"))[-1:]
    runs = [
        run
        for shape in last.placeholders
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
    ]
    led = {run.text: run.hyperlink.address for run in runs if run.hyperlink.address}
    assert led["Early years foundation stage profile results"].startswith("https://")
    notes = last.notes_slide.part.rels.values()
    assert any(relation.is_external for relation in notes)


def expect_sound(content: bytes) -> None:
    """Parts are well formed and declared, relations lead somewhere, and no number is given twice."""
    assert schema_problems(content, ".pptx") == []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        assert len(set(names)) == len(names)
        assert archive.testzip() is None
        parts = {name: archive.read(name) for name in names}
    types = etree.fromstring(parts["[Content_Types].xml"])
    declared = {each.get("PartName").lstrip("/") for each in types if each.get("PartName")}
    endings = {each.get("Extension").lower() for each in types if each.get("Extension")}
    assert declared <= set(names)
    reached = set()
    for name, part in parts.items():
        assert name == "[Content_Types].xml" or name in declared or name.rpartition(".")[2].lower() in endings
        if not name.endswith((".xml", ".rels")):
            continue
        tree = etree.fromstring(part)
        numbers = [each.get("id") for each in tree.iter("{*}cNvPr")]
        assert len(set(numbers)) == len(numbers), name
        if name.endswith(".rels"):
            folder = posixpath.dirname(posixpath.dirname(name))
            ids = [each.get("Id") for each in tree]
            assert len(set(ids)) == len(ids)
            for each in tree:
                if each.get("TargetMode") != "External":
                    target = posixpath.normpath(posixpath.join("/", folder, each.get("Target"))).lstrip("/")
                    assert target in parts, (name, target)
                    reached.add(target)
            continue
        used = {value for each in tree.iter() for key, value in each.attrib.items() if key.startswith(R)}
        beside = f"{posixpath.dirname(name)}/_rels/{posixpath.basename(name)}.rels"
        known = {each.get("Id") for each in etree.fromstring(parts[beside])} if beside in parts else set()
        assert used - {""} <= known, name
    assert {name for name in declared if not name.endswith(".rels")} <= reached
    listed = etree.fromstring(parts["ppt/presentation.xml"])
    # sections name slides by their numbers once more
    numbers = [each.get("id") for each in listed.iter(f"{P}sldId", f"{P}sldMasterId")]
    masters = [
        etree.fromstring(part) for name, part in parts.items() if re.match(r"ppt/slideMasters/[^/]+$", name)
    ]
    numbers += [each.get("id") for master in masters for each in master.iter("{*}sldLayoutId")]
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize("name", NAMES)
def test_the_file_holds_together(name: str) -> None:
    expect_sound(file_of(name))


def test_nothing_says_that_somebody_else_made_it() -> None:
    with zipfile.ZipFile(io.BytesIO(file_of("picked out"))) as parts:
        said = " ".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
        assert "thumbnail" not in " ".join(parts.namelist())
    assert "python-pptx" not in said
    assert "Canny" not in said
    properties = pptx.Presentation(io.BytesIO(file_of("picked out"))).core_properties
    assert properties.created is not None
    assert properties.created.date() == pack_of("picked out").day

"""PDFs of packs and pictures keep to PDF/UA-1, as far as a program can see, and a fault would be seen."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, NameObject

from pages.components.packs import contents, registry
from pages.exports import paper, pictures
from pages.exports.handout import as_handout
from tests.pages.test_paper import EVERYTHING
from tests.pdf_ua import elements, problems

SCHOOL = "?indicator=gld_2022_on&period=2025&vintage=2026&ics=SWL"


def test_a_paper_with_everything_in_it_keeps_to_the_standard() -> None:
    assert problems(paper.as_pdf(EVERYTHING)) == []


@pytest.mark.parametrize("key", ["map", "ranking"])
def test_a_picture_keeps_to_the_standard(key: str) -> None:
    shown = registry.exhibit_of(registry.view_of(SCHOOL)[0], key)
    assert shown is not None
    assert problems(pictures.as_pdf(shown, "a4")) == []


@pytest.mark.thorough
@pytest.mark.parametrize(("kind", "link"), [("", SCHOOL), ("ics", SCHOOL), ("borough", "?borough=Hackney")])
def test_a_pack_keeps_to_the_standard(kind: str, link: str) -> None:
    view, wrong = registry.view_of(link)
    assert wrong == []
    assert problems(as_handout(contents.KINDS[kind].build(view))) == []


def first(writer: PdfWriter, kind: str) -> Any:
    return next(element for element in elements(writer) if element["/S"] == kind)  # type: ignore[arg-type]


def tree_of(writer: PdfWriter) -> Any:
    return writer.root_object["/StructTreeRoot"]


def without(key: str) -> Callable[[Any], None]:
    return lambda holder: holder.pop(NameObject(key))


FAULTS: dict[str, tuple[Callable[[PdfWriter], Any], Callable[[Any], Any], str]] = {
    "language": (lambda made: made.root_object, without("/Lang"), "11-006"),
    "metadata": (lambda made: made.root_object, without("/Metadata"), "06-002"),
    "title bar": (lambda made: made.root_object, without("/ViewerPreferences"), "07-001"),
    "mark": (lambda made: made.root_object, without("/MarkInfo"), "06-001"),
    "order": (lambda made: made.pages[1], without("/Tabs"), "28-008"),
    "picture": (lambda made: first(made, "/Figure"), without("/Alt"), "13-004"),
    "header": (lambda made: first(made, "/TH"), without("/A"), "15-003"),
    "cell": (lambda made: first(made, "/TR")["/K"], lambda cells: cells.pop(), "15-005"),
    "point": (lambda made: first(made, "/LI")["/K"], lambda parts: parts.pop(0), "16-001"),
    "level": (
        lambda made: first(made, "/H1"),
        lambda heading: heading.update({NameObject("/S"): NameObject("/H3")}),
        "14-003",
    ),
    "text": (
        lambda made: tree_of(made)["/ParentTree"],
        lambda tree: (tree.pop("/Kids", None), tree.update({NameObject("/Nums"): ArrayObject()})),
        "a part of no element",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_would_be_found(fault: str) -> None:
    where, damage, said = FAULTS[fault]
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(paper.as_pdf(EVERYTHING))))
    damage(where(writer))
    file = io.BytesIO()
    writer.write(file)
    assert any(said in problem for problem in problems(file.getvalue()))


def test_words_that_nobody_tagged_would_be_found() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(paper.as_pdf(EVERYTHING))))
    page = writer.pages[0]
    content: Any = page["/Contents"].get_object()
    content.set_data(content.get_data() + b"\nBT (x) Tj ET\n")
    file = io.BytesIO()
    writer.write(file)
    assert "Page 1: Tj draws what is neither tagged nor left out." in problems(file.getvalue())

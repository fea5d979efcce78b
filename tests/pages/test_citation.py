"""Citations of exhibits, as worked by hand, and as programs that keep references would read them."""

import datetime as dt
import re

import pytest

from pages.components.exhibits import take_away
from pages.components.packs import registry
from pages.exports.citation import STYLES, Citation, apa, bibtex, citation, ris
from tests.builders import exhibit

DAY = dt.date(2026, 11, 27)
CITED = Citation(
    author="Beyond Boundaries London",
    title="In Lambeth 15.8, in Harrow 1.2",
    about="Centres. 19 August 2026 · All London",
    sources="Source: Department for Education, Register. Open Government Licence v3.0.",
    version="0.3.0",
    kind="Figure",
    key="centres_london_map",
    address="https://example.org/?period=2026-08-19&ics=NEL",
    seen=DAY,
)


def test_apa_is_as_worked_by_hand() -> None:
    assert apa(CITED) == (
        "Beyond Boundaries London. (2026). In Lambeth 15.8, in Harrow 1.2: Centres. 19 August 2026 · "
        "All London [Figure, version 0.3.0]. Retrieved 27 November 2026, from "
        "https://example.org/?period=2026-08-19&ics=NEL\n\n"
        "Note. Source: Department for Education, Register. Open Government Licence v3.0."
    )


def test_bibtex_is_as_worked_by_hand() -> None:
    assert bibtex(CITED) == (
        "@misc{centres_london_map,\n"
        "  author = {{Beyond Boundaries London}},\n"
        "  title = {{In Lambeth 15.8, in Harrow 1.2}},\n"
        "  year = {2026},\n"
        "  howpublished = {Figure, version 0.3.0},\n"
        "  note = {Centres. 19 August 2026 · All London. Source: Department for Education, Register. "
        "Open Government Licence v3.0.},\n"
        "  url = {https://example.org/?period=2026-08-19&ics=NEL},\n"
        "  urldate = {2026-11-27},\n"
        "}"
    )


def test_ris_is_as_worked_by_hand() -> None:
    assert ris(CITED).split("\r\n") == [
        "TY  - ELEC",
        "AU  - Beyond Boundaries London",
        "TI  - In Lambeth 15.8, in Harrow 1.2",
        "PY  - 2026",
        "PB  - Beyond Boundaries London",
        "ET  - 0.3.0",
        "M3  - Figure",
        "AB  - Centres. 19 August 2026 · All London",
        "N1  - Source: Department for Education, Register. Open Government Licence v3.0.",
        "UR  - https://example.org/?period=2026-08-19&ics=NEL",
        "Y2  - 2026/11/27/",
        "ER  - ",
        "",
    ]


def fields_of(entry: str) -> dict[str, str]:
    """What BibTeX takes for the fields of an entry: text in balanced braces, but for escaped ones."""
    found, rest = {}, entry.partition(",")[2]
    while match := re.match(r"\s*(\w+)\s*=\s*\{", rest):
        at, depth = match.end(), 1
        while depth:
            is_escaped = rest[at] == "\\"
            depth += 0 if is_escaped else {"{": 1, "}": -1}.get(rest[at], 0)
            at += 1 + is_escaped
        found[match[1]], rest = rest[match.end() : at - 1], rest[at:].lstrip(",")
    assert rest.strip() == "}"
    return found


def test_what_has_a_meaning_in_tex_or_begins_a_record_is_only_text() -> None:
    strange = exhibit(
        title="100% of {A} & B_1\nER  - \r\nTY  - BOOK, at ~5^2 \\input{x} $ #1.",
        stem="a-b}c",
        sources=("x",),
    )
    cited = citation(strange, "https://example.org/?a=1%202", DAY)
    fields = fields_of(bibtex(cited))
    assert fields["title"] == (
        r"{100\% of \{A\} \& B\_1 ER - TY - BOOK, at \textasciitilde{}5\textasciicircum{}2 "
        r"\textbackslash{}input\{x\} \$ \#1}"
    )
    assert fields["url"] == "https://example.org/?a=1%202"
    assert bibtex(cited).startswith("@misc{a_b_c,")
    lines = ris(cited).split("\r\n")
    assert sum(line.startswith("TY  - ") for line in lines) == 1
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines[:-1])


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("key", ["map", "numbers", "spine", "working_together"])
def test_every_citation_names_the_app_the_title_the_publishers_and_the_way_back(key: str, style: str) -> None:
    view, _ = registry.view_of("/?indicator=gld_2013_2019&borough=Newham&ics=NEL")
    found = registry.exhibit_of(view, key)
    assert found is not None
    said = dict(take_away.citations(found, "https://example.org", DAY))[style]
    for part in ("Beyond Boundaries London", "2026", f"https://example.org{found.link}"):
        assert part in said
    # a reader of either finds it under the first words of its title, and whose the figures are
    assert found.title.partition("%")[0][:20] in said
    assert "Department for Education" in said or "report" in said


def test_what_somebody_has_added_has_no_address_in_any_citation() -> None:
    own = exhibit(is_private=True, link="https://example.org/?wave=1")
    for _, said in take_away.citations(own, "https://example.org", DAY):
        assert "example.org" not in said

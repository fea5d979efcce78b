"""How a paper cites an exhibit, as APA and for programs that keep references: BibTeX and RIS.

The author is the app: what is cited is its picture or table, worked out from others' figures, which are named
in a note. https://apastyle.apa.org/style-grammar-guidelines/references/examples
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from pages.exports.exhibit import Exhibit

_TEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{letter: f"\\{letter}" for letter in "&%$#_{}"},
}


@dataclass(frozen=True)
class Citation:
    """What is cited: whose it is, its title, period and place, its figures' sources, and when it was seen.

    `address` brings it back, and is empty where nothing does. `key` is what a document calls it by.
    """

    author: str
    title: str
    about: str
    sources: str
    version: str
    kind: str
    key: str
    address: str
    seen: dt.date


def citation(exhibit: Exhibit, address: str, seen: dt.date) -> Citation:
    """The citation of an exhibit that was seen on a day."""
    author, _, version = exhibit.version.rpartition(" ")
    return Citation(
        author=author,
        title=_plain(exhibit.title).rstrip("."),
        about=_plain(exhibit.subtitle),
        sources=_plain(" ".join(exhibit.sources)),
        version=version,
        kind="Table" if exhibit.drawing is None else "Figure",
        key=re.sub(r"\W+", "_", exhibit.stem),
        address="" if exhibit.is_private else address,
        seen=seen,
    )


def apa(cited: Citation) -> str:
    """In the style of the APA, seventh edition: what may change says when it was retrieved."""
    from_where = f" Retrieved {_say(cited.seen)}, from {cited.address}" if cited.address else ""
    title = f"{cited.title}: {cited.about}" if cited.about else cited.title
    kind = f"[{cited.kind}, version {cited.version}]"
    return f"{cited.author}. ({cited.seen.year}). {title} {kind}.{from_where}\n\nNote. {cited.sources}"


def bibtex(cited: Citation) -> str:
    """An entry of BibTeX, as biblatex reads it too."""
    fields = {
        # a second pair of braces keeps a name from being taken apart, and capitals as they are
        "author": f"{{{_tex(cited.author)}}}",
        "title": f"{{{_tex(cited.title)}}}",
        "year": f"{cited.seen.year}",
        "howpublished": f"{cited.kind}, version {cited.version}",
        "note": _tex(" ".join(filter(None, [f"{cited.about}." if cited.about else "", cited.sources]))),
        "url": cited.address,
        "urldate": cited.seen.isoformat() if cited.address else "",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{cited.key},", *lines, "}"])


def ris(cited: Citation) -> str:
    """A record of RIS, which Zotero, EndNote and Mendeley read; each of its lines ends as on Windows."""
    fields = [
        ("TY", "ELEC"),
        ("AU", cited.author),
        ("TI", cited.title),
        ("PY", f"{cited.seen.year}"),
        ("PB", cited.author),
        ("ET", cited.version),
        ("M3", cited.kind),
        ("AB", cited.about),
        ("N1", cited.sources),
        ("UR", cited.address),
        ("Y2", f"{cited.seen:%Y/%m/%d}/" if cited.address else ""),
    ]
    lines = [f"{tag}  - {value}" for tag, value in fields if value]
    return "".join(f"{line}\r\n" for line in [*lines, "ER  - "])


STYLES: dict[str, Callable[[Citation], str]] = {"APA": apa, "BibTeX": bibtex, "RIS": ris}


def _plain(text: str) -> str:
    return " ".join(text.split())


def _tex(text: str) -> str:
    return "".join(_TEX.get(letter, letter) for letter in text)


def _say(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"

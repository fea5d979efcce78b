"""What pages make exhibits with: kinds of them, and the words that all those of a view have in common."""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from typing import NamedTuple

from data_loaders import settings
from data_loaders.catalogue import Source
from data_loaders.within import USUAL, Within
from geo.access.indicators import ALL, SITES_SOURCE, WITHOUT_DISTANCE
from pages import __version__
from pages.components.charts import parts as charts_parts
from pages.components.data import edition, figures
from pages.components.state import addresses
from pages.components.state.view import ALL_LONDON, View
from pages.components.text import citations, markdown
from pages.exports.exhibit import ILLUSTRATIVE, Exhibit, Height, Keyed
from pages.exports.spreadsheets import Book
from pages.exports.table import MARK, Table

APP = "Beyond Boundaries London"
# a page that shows more sources than this lists them by licence, in little room
MOST_SOURCES = 4
# in letters: with size and format after it a name has 100, which every system, archive and mail takes
LONGEST_STEM = 80
# of a sentence: periods, such as "summer 2019", have small letters elsewhere
_BEGINNING = re.compile(r"(?:^|(?<=\. ))[a-z]")
# letters of a text in place of a picture
LONGEST_ALT = 300
# what stands before the value of a field in the name of a file, where that alone says nothing
_SAID = {
    "vintage": "ics",
    "classes": "classes-",
    "crossings": "crossings-",
    "target": "target-",
    "against": "against-",
}
EVERY_PART = tuple(field.name for field in fields(View))
# what the name of a file begins with that says across which borders the nearest centres are
NEAREST = "nearest_centre_across_a_border"
# what an exhibit of one indicator in one period shows at least
FIGURE = ("indicator", "period")


class ExhibitKind(NamedTuple):
    """A kind of exhibit: its address in links and names of files, its page, what people call it.

    `build` makes the exhibit of a view in a theme, `light` or `dark`, or None where there is none;
    `absence` is the sentence for that. `alt` says what kind of picture it is, and `elsewhere` where the
    page has the values as text. `is_shared` says that it follows from the view and the figures alone, so
    that one is made for all visitors; answers that a visitor has added, or that were saved, do not.
    `parts` are those of the view that it shows, beside the boundaries: it is built from them alone
    (View.only), so that one serves all views that differ in something else. Its files are told apart by the
    fields `told_apart_by` besides what the stem of their names says.
    """

    key: str
    page: str
    name: str
    build: Callable[[View, str], Exhibit | None]
    absence: str
    alt: str = ""
    elsewhere: str = ""
    is_shared: bool = True
    parts: tuple[str, ...] = EVERY_PART
    told_apart_by: tuple[str, ...] = ("vintage",)

    def addressed(self, exhibit: Exhibit, view: View) -> Exhibit:
        """An exhibit of this kind with the link and the addresses that bring back the whole view."""
        # a file is named after the indicator that it is of
        is_of_indicator = self.is_shared and exhibit.stem.startswith(view.indicator)
        return replace(
            exhibit,
            link=f"{settings.address()}/{self.page}{view.query()}",
            figures_at=addresses.of_figures(view) if is_of_indicator else "",
            # answers to a survey are given out to nobody who asks for an address
            asked=addresses.of_exhibits(view) if self.is_shared else "",
        )

    def exhibit(
        self,
        view: View,
        *,
        title: str,
        subtitle: str,
        numbers: Callable[[], Table],
        sources: Sequence[Source] = (),
        chart: charts_parts.Chart | None = None,
        remarks: Sequence[str] = (),
        said_sources: Sequence[str] = (),
        stem: str = "",
        height: Height | None = None,
        least_width: float = 0,
        keyed: Sequence[Keyed] = (),
        also: Sequence[str] = (),
        is_illustrative: bool = False,
        is_private: bool = False,
        book: Callable[[], Book] | None = None,
        for_programs: Mapping[str, Callable[[], bytes]] | None = None,
    ) -> Exhibit:
        """An exhibit of this kind, with what follows from the view: link, version, file name, checksums.

        `said_sources` are further lines on sources, and `also` further tables that it is drawn from. `stem`
        is the name of the file without its end, where it is not that of the view with the key behind it.
        """
        drawing, rows = chart or (None, {})
        stem = stem or f"{file_name(view)}_{self.key}"
        subtitle = _BEGINNING.sub(lambda found: found[0].upper(), subtitle)
        title = f"{ILLUSTRATIVE}. {title}" if is_illustrative else title
        is_of_access = any(source.source_id == SITES_SOURCE for source in sources)
        named = "_".join(
            [
                f"illustrative_{stem}" if is_illustrative else stem,
                *_details(view, self.told_apart_by),
                *(reach_name(edition.setting(), _has_distance(view, stem)) if is_of_access else []),
            ]
        )
        numbers = edition.later(numbers)
        made = Exhibit(
            key=self.key,
            name=self.name,
            title=title,
            subtitle=subtitle,
            remarks=_explained(remarks, lambda: _has_mark(title, subtitle, chart, numbers)),
            sources=(*source_lines(sources), *said_sources),
            alt=_alt(self.alt, title, subtitle),
            link="",
            version=f"{APP} {__version__}",
            stem=_short(named),
            numbers=numbers,
            drawing=drawing,
            rows=rows,
            height=height,
            least_width=least_width,
            keyed=tuple(keyed),
            tables=checksums([source.source_id for source in sources], also),
            is_illustrative=is_illustrative,
            is_private=is_private,
            book=book and edition.later(book),
            for_programs={name: edition.later(make) for name, make in (for_programs or {}).items()},
            publishers=citations.publishers(sources),
        )
        return self.addressed(made, view)


def _explained(remarks: Sequence[str], has_mark: Callable[[], bool]) -> tuple[str, ...]:
    """What is said below a picture; without a mark in that, who looks for it would find none."""
    said = tuple(markdown.unescaped(remark) for remark in remarks if remark)
    if not any(MARK in remark for remark in said) or has_mark():
        return said
    return tuple(remark.removeprefix(f"{MARK} ") for remark in said)


def _has_mark(
    title: str, subtitle: str, chart: charts_parts.Chart | None, numbers: Callable[[], Table]
) -> bool:
    """Whether a mark stands in what people see: the words above, the picture, or else the table."""
    if MARK in f"{title}{subtitle}":
        return True
    if chart is None:
        return bool(numbers().texts().map(lambda cell: MARK in cell).to_numpy().any())
    drawing, rows = chart
    cells = (cell for table in rows.values() for column in table.columns for cell in column.to_pylist())
    return any(isinstance(cell, str) and MARK in cell for cell in cells) or MARK in repr(drawing)


def _alt(kind: str, title: str, subtitle: str) -> str:
    """The text in place of a picture: its kind, its finding, and of what it is as much as there is room for.

    What it is of goes from the last on: boundaries, place, period.
    """
    said = " ".join(filter(None, [kind, title if title.endswith(".") else f"{title}."]))
    parts = subtitle.split(" · ")
    for count in range(len(parts), 0, -1):
        whole = f"{said} {' · '.join(parts[:count])}."
        if len(whole) <= LONGEST_ALT:
            return whole
    if len(said) <= LONGEST_ALT:
        return said
    cut, _, _ = said[:LONGEST_ALT].rpartition(" ")
    return f"{cut}…"


def file_name(view: View) -> str:
    """indicator_scope_period, with nothing in it that a file system minds."""
    return f"{view.indicator}_{scope_name(view)}_{plain(view.period)}"


def _details(view: View, names: Sequence[str]) -> list[str]:
    """What of these fields is not as it usually is, for the name of a file."""
    chosen = view.to_params()
    return [plain(f"{_SAID.get(name, '')}{chosen[name]}").lower() for name in names if name in chosen]


def reach_name(setting: Within, has_distance: bool) -> list[str]:
    """What counts as within reach, where that is not as it usually is, for the name of a file of access.

    Without a distance where what the file shows follows from none.
    """
    parts = {
        f"within-{setting.metres}-m": has_distance and setting.metres != USUAL.metres,
        "designated-only": setting.is_designated,
    }
    return [said for said, is_other in parts.items() if is_other]


def _has_distance(view: View, stem: str) -> bool:
    """Whether figures of access follow from the distance in a file, which is named after its indicator."""
    others = {*ALL} - {WITHOUT_DISTANCE}
    return not stem.startswith((WITHOUT_DISTANCE, NEAREST)) or view.against in others


def _short(stem: str) -> str:
    """A stem that leaves room for size and format; one that is cut ends in letters that only it has."""
    if len(stem) <= LONGEST_STEM:
        return stem
    mark = hashlib.sha256(stem.encode()).hexdigest()[:8]
    return f"{stem[: LONGEST_STEM - 9]}_{mark}"


def scope_name(view: View) -> str:
    """The ICS, or London, in the name of a file."""
    return "london" if view.ics == ALL_LONDON else view.ics.lower()


def plain(text: str) -> str:
    """Letters, digits and hyphens only, for the name of a file."""
    return "".join(letter if letter.isalnum() else "-" for letter in text)


def source_lines(sources: Sequence[Source]) -> list[str]:
    """A line a source, with licence, dates and attribution; by licence where there are many."""
    written = figures.embedded()
    if len(sources) > MOST_SOURCES:
        return [citations.by_licence(sources, written)]
    return citations.source_lines(sources, written)


def checksums(source_ids: Sequence[str], also: Sequence[str] = ()) -> tuple[tuple[str, str], ...]:
    """The tables of these sources and those named in `also`, with their SHA-256, in order of their names."""
    return tuple(
        (name, entry.sha256)
        for name, entry in sorted(figures.library().entries.items())
        if name in also or entry.source_id in source_ids
    )

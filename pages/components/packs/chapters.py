"""Chapters of packs: exhibits and tables of the pages as they are read on slides and on paper."""

import re
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from data_loaders.catalogue import Indicator, Source
from pages.components.data import figures
from pages.components.exhibits.kinds import source_lines
from pages.components.packs import registry
from pages.components.state.view import View
from pages.components.text import markdown, time_series
from pages.exports import numbers, pack
from pages.exports.exhibit import ILLUSTRATIVE, Exhibit
from pages.exports.pack import Bars, Chapter, Lines
from pages.exports.table import MARK, Kind, Table

# a line of sources that is longer is left to the last page
LONGEST_SOURCE = 330
AT_THE_END = pack.AT_THE_END
# of a table
MOST_COLUMNS = 8
_SENTENCE = re.compile(r"(?<=[.!?]) (?=[A-Z])")
_MARKUP = re.compile(r":[a-z-]+\[((?:[^\[\]]|\[[^\]]*\])*)\]")


def said(text: str) -> str:
    """A text of a page without its markup."""
    without = _MARKUP.sub(r"\1", text)
    return markdown.unescaped(without.replace("**", "").replace("\N{NO-BREAK SPACE}", " ")).strip()


def in_words(table: pd.DataFrame) -> pd.DataFrame:
    """A table of a page without its markup."""
    texts = table.map(lambda cell: said(str(cell)))
    return texts.rename(columns=lambda name: said(str(name)))


def chapter_of(exhibit: Exhibit, heading: str = "", native: Bars | Lines | None = None) -> Chapter:
    """An exhibit as it is; of a wide table as much as slides can show, and a sentence on the rest."""
    is_drawn = exhibit.drawing is not None
    source = " ".join(exhibit.sources)
    table, cut = (None, "") if is_drawn else _for_reading(exhibit)
    title, subtitle = said(exhibit.title), said(exhibit.subtitle)
    sentences = [*filter(None, [cut]), *_explained(exhibit)]
    if heading and exhibit.is_illustrative:
        heading = f"{ILLUSTRATIVE}. {heading}"
    return Chapter(
        heading or title,
        native=native,
        exhibit=exhibit if is_drawn else None,
        table=table,
        subtitle=" ".join([f"{subtitle.removesuffix('.')}.", *sentences]) if sentences else subtitle,
        source=source if len(source) <= LONGEST_SOURCE else AT_THE_END,
        notes=(exhibit.caption, *map(said, exhibit.remarks)),
        caption=f"{exhibit.name}. {subtitle}" if title.endswith(".") else f"{title}. {subtitle}",
        about=subtitle.removesuffix("."),
    )


def _explained(exhibit: Exhibit) -> list[str]:
    """What the marks in an exhibit mean: not for the speaker's notes only."""
    return [said(remark) for remark in exhibit.remarks if remark.startswith(MARK)]


def _for_reading(exhibit: Exhibit) -> tuple[pd.DataFrame, str]:
    """A table without codes and without what is the same in each row, and that and the rest in sentences."""
    whole = numbers.table_of(exhibit)
    shown = whole.texts()
    same = _same_in_each_row(whole, shown)
    varied = shown.drop(columns=list(same))
    table = varied.iloc[:, :MOST_COLUMNS]
    more = len(whole.columns) - len(whole.to_read().columns) + len(varied.columns) - len(table.columns)
    said = f"{exhibit.title} {exhibit.subtitle}".lower()
    sentences = [f"{name}: {text}." for name, text in same.items() if text.lower() not in said]
    if more:
        sentences.append(
            f"{more} further {'column is' if more == 1 else 'columns are'} in the spreadsheet on its page."
        )
    return in_words(table), " ".join(sentences)


def _same_in_each_row(whole: Table, shown: pd.DataFrame) -> dict[str, str]:
    """The columns, but the first and those of numbers, that have one text in all rows, and that text."""
    counted = {column.span or column.name for column in whole.columns if column.kind is Kind.NUMBER}
    others = [name for name in shown.columns[1:] if name not in counted]
    return {name: shown[name].iloc[0] for name in others if len(shown) > 1 and shown[name].nunique() == 1}


def of_exhibit(view: View, key: str, heading: str = "", native: Bars | Lines | None = None) -> Chapter | None:
    """A picture with its title as heading, or with the one given; None without one.

    Of several sentences the first is the heading, and the others stand below the picture.
    """
    exhibit = registry.exhibit_of(view, key)
    if exhibit is None:
        return None
    chapter = chapter_of(exhibit, native=native)
    first, *others = _SENTENCE.split(heading, maxsplit=1)
    return replace(
        chapter,
        heading=first or chapter.heading,
        subtitle=" ".join([*others, chapter.subtitle]),
        notes=(*chapter.notes, *explained(figures.picture(view).indicator)),
    )


def explained(indicator: Indicator) -> tuple[str, ...]:
    """What is said of a figure: its definition, and what to know before quoting it."""
    return (f"{indicator.label}: {indicator.definition}", f"Before you quote it: {indicator.caveats}")


def method(indicators: Sequence[Indicator], periods: Sequence[str] = ()) -> Chapter:
    """What each figure is; of one also what to know before quoting it, and for these periods."""
    if len(indicators) == 1:
        (indicator,) = indicators
        points = [indicator.definition, f"Before you quote it: {indicator.caveats}"]
        if note := time_series.time_note(indicator, periods):
            points.append(note.replace("Note", "Over time", 1))
        return Chapter("What this figure is", points=tuple(points))
    table = pd.DataFrame(
        {"Figure": [i.short_label for i in indicators], "What it is": [i.definition for i in indicators]}
    )
    return Chapter("What these figures are", table=table, to_look_up=True)


def whose(sources: Sequence[Source]) -> str:
    """Whose figures these are, in a line, or where that is said."""
    line = " ".join(source_lines(sources))
    return line if len(line) <= LONGEST_SOURCE else AT_THE_END

"""Where a figure comes from, in words that go with it wherever it goes."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence

import pandas as pd

from data_loaders.catalogue import Catalogue, Source
from data_loaders.library import Library
from geo.tables.london import London
from pages.components.text import dates, grammar

# not in "v.3.0", after which no word follows
_SENTENCE_END = re.compile(r"(?<=\.) (?=[A-Z])")


def source_lines(sources: Sequence[Source], written: Mapping[str, str]) -> list[str]:
    """One line a source: publisher, title, dates, licence, and the attribution that it asks for.

    `written` is when the embedded figures of each source were put in, as ISO dates.
    """
    return [f"Source: {_cited(source, written)}. {_terms(source)}" for source in sources]


def by_licence(sources: Sequence[Source], written: Mapping[str, str]) -> str:
    """Many sources in little room: title and dates of each, under its licence and its publisher.

    When they were embedded is said once, of all of them.
    """
    days = sorted({written.get(source.source_id, "") for source in sources} - {""})
    is_shared = bool(days) and not any(map(_downloaded, sources))
    said = []
    for licence, own in _groups(sources, lambda source: source.licence).items():
        said.append(f"Sources under {licence}.")
        for publisher, theirs in _groups(own, lambda source: source.publisher).items():
            titles = (f"{source.title}{_dates_of(source, {} if is_shared else written)}" for source in theirs)
            said.append(f"{publisher}: {'; '.join(titles)}.")
        said.append(attributions(own))
    return " ".join(filter(None, [*said, f"All embedded {dates.say_days(days)}." if is_shared else ""]))


def _groups(sources: Sequence[Source], of: Callable[[Source], str]) -> dict[str, list[Source]]:
    """Sources that have something in common, in the order of the first of each."""
    groups: dict[str, list[Source]] = {}
    for source in sources:
        groups.setdefault(of(source), []).append(source)
    return groups


def publishers(sources: Sequence[Source]) -> str:
    """Whose figures these are, each publisher once, where there is room for no more."""
    names = list(dict.fromkeys(source.publisher for source in sources))
    return f"Source{'' if len(names) == 1 else 's'}: {'; '.join(names)}." if names else ""


def cited_lines(sources: Sequence[Source], written: Mapping[str, str]) -> list[str]:
    """One short line a source, with its licence; the attributions that they ask for at the end, each once."""
    cited = [f"{_cited(source, written)}. {source.licence}." for source in sources]
    return [*cited, attributions(sources)]


def attributions(sources: Iterable[Source]) -> str:
    """What these sources ask to be said of them: each sentence once, though several ask for it."""
    asked = " ".join(_ended(source.attribution) for source in sources if source.attribution)
    return " ".join(dict.fromkeys(_SENTENCE_END.split(asked)))


def boundary_line(source: Source) -> str:
    """Whose boundaries a map shows, with the attribution that they ask for."""
    return f"Boundaries: {source.publisher}. {_terms(source)}"


def status_line(library: Library, london: London) -> str:
    """One line on how fresh the app is: its newest figure, how it came, what is not loaded or damaged."""
    table = london.observations
    newest = table.loc[table["value"].notna(), "period_end"].max()
    loaded = table[(table["area_type"] == "borough") & (table["status"] != "not_loaded")]
    known = set(loaded["indicator_id"])
    indicators = london.catalogue.indicators.values()
    domains = {i.domain for i in indicators if i.indicator_id not in known}
    partly = {i.domain for i in indicators if i.indicator_id in known}
    parts = [f"part of {name.lower()}" if name in partly else name.lower() for name in sorted(domains)]
    unloaded = f"; {grammar.join_all(parts)} not loaded by borough" if parts else ""
    as_of = f"Figures as of {dates.say_date(newest)} and before"
    return " ".join([f"{as_of}, {_how_they_came(library)}{unloaded}.", *library.notes])


def _how_they_came(library: Library) -> str:
    """Embedded or downloaded, and when: "one source live, retrieved on 27 November 2026"."""
    retrieved = [version.retrieved_on for version in library.versions.values()]
    if retrieved:
        live = "one source" if len(retrieved) == 1 else f"{len(retrieved)} sources"
        return f"{live} live, retrieved on {dates.say_date(max(retrieved))}"
    written = [
        dt.date.fromisoformat(entry.written)
        for table, entry in library.entries.items()
        if table.startswith("observations/")
    ]
    return f"embedded in the app on {dates.say_date(max(written))}"


def late_line(unanswered: Mapping[str, dt.date], catalogue: Catalogue) -> str:
    """That there may be newer figures than those in use (data_loaders.status.unanswered); empty for none."""
    by_day: dict[dt.date, list[str]] = {}
    for source_id, day in unanswered.items():
        by_day.setdefault(day, []).append(catalogue.sources[source_id].publisher)
    said = [
        f"on {dates.say_date(day)} ({'; '.join(dict.fromkeys(names))})"
        for day, names in sorted(by_day.items())
    ]
    if not said:
        return ""
    return f"There may be newer figures: the last usable answer of a publisher came {grammar.join_all(said)}."


def source_table(status: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Sources in words, from data_loaders.status: whose, how new, from where, and when next."""
    origins = {"live": "Downloaded", "snapshot": "Embedded", "none": "Not loaded"}
    rows = []
    for row in status.to_dict("records"):
        source = catalogue.sources[row["source_id"]]
        rows.append(
            {
                "Publication": f"[{source.title}]({source.url})",
                "Publisher": source.publisher,
                "Figures to": dates.say_day(row["figures_to"]),
                "Origin": f"{origins[row['from']]} {dates.say_day(row['retrieved'])}".rstrip(),
                "Next update": row["next_update"],
                "Licence": f"[{source.licence}]({source.licence_url})",
            }
        )
    return pd.DataFrame(rows)


def linked_line(source: Source) -> str:
    """The source with links to its publication and its licence, for the page."""
    return (
        f"[{source.title}]({source.url}), {source.publisher}{_dates_of(source, {})}. "
        f"[{source.licence}]({source.licence_url}). {_ended(source.attribution)}"
    )


def _terms(source: Source) -> str:
    """The licence, and the attribution that it asks for, which may name it already."""
    asked = _ended(source.attribution)
    return asked if source.licence in asked else f"{source.licence}. {asked}".strip()


def _ended(sentence: str) -> str:
    return sentence if not sentence or sentence.endswith(".") else f"{sentence}."


def _cited(source: Source, written: Mapping[str, str]) -> str:
    return f"{source.publisher}, {source.title}{_dates_of(source, written)}"


def _dates_of(source: Source, written: Mapping[str, str]) -> str:
    """What the figures reach to, and when they came: put into the app, downloaded, or some of them each."""
    downloaded, embedded = _downloaded(source), written.get(source.source_id, "")
    is_mixed = bool(downloaded) and "" in source.retrieved
    part = "part " if is_mixed else ""
    said = [f"figures to {dates.say_day(source.figures_date)}"] if source.figures_date else []
    if embedded and (is_mixed or not downloaded):
        said.append(f"{part}embedded {dates.say_day(embedded)}")
    if downloaded:
        said.append(f"{part}retrieved {dates.say_days(downloaded)}")
    return "".join(f", {text}" for text in said)


def _downloaded(source: Source) -> list[str]:
    """The days on which figures were downloaded, the earliest first."""
    return [day for day in source.retrieved if day]

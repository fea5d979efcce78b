"""Bring in the newest figures: fetch, read, hold against the contracts and the last copy, and then replace.

Whatever goes wrong on the way leaves what is in use as it was.
"""

import dataclasses
import datetime as dt
import hashlib
import io
import logging
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from data_loaders import (
    changes,
    checks,
    family_hubs,
    fingertips,
    nomis,
    open_geography,
    register,
    small_areas,
    store,
    versions,
)
from data_loaders.http import HttpSession
from data_loaders.library import EMBEDDED, Library, Version, open_library
from data_loaders.observations import (
    COLUMNS,
    DOWNLOADED,
    as_table,
    load_observations,
    load_table,
    parse,
    supersede,
)
from data_loaders.publisher import Download, Known, Parsed, Publisher, PublisherError, load_known
from data_loaders.sites import HUBS, HUBS_SOURCE

PUBLISHERS = {
    publisher.source_id: publisher
    for publisher in (
        register.PUBLISHER,
        fingertips.PUBLISHER,
        nomis.PUBLISHER,
        open_geography.PUBLISHER,
        family_hubs.PUBLISHER,
        small_areas.PUBLISHER,
    )
}
_LOG = logging.getLogger(__name__)
# sources of which a download adds to the ones before (a date, an indicator); others bring every period anew
GROWING = {register.SOURCE_ID, fingertips.SOURCE_ID}

# turns what a publisher of boundaries gave into all the files that are drawn (geo.boundaries.draw)
Redraw = Callable[[Parsed, Library], dict[str, bytes]]


@dataclass(frozen=True, eq=False)
class Outcome:
    """How it went with one source.

    `kind` is `replaced`, `unchanged`, `held` (suspicious: --accept takes it in), `failed`, or `would_replace`
    after a dry run. `message` is a sentence; `report` the changes (data_loaders.changes), empty if none.
    """

    source_id: str
    kind: str
    message: str
    report: pd.DataFrame
    remarks: tuple[str, ...] = ()

    @property
    def has_news(self) -> bool:
        """Whether something came that could be held against what is there."""
        return len(self.report) > 0 or self.kind not in ("failed", "unchanged")


@dataclass(frozen=True)
class Order:
    """What was asked for: take in what is suspicious, or change nothing; and where everything lies."""

    live: Path
    today: dt.date
    redraw: Redraw
    accept: bool = False
    dry_run: bool = False
    year: int | None = None
    snapshot: Path = store.SNAPSHOT


def refresh(source_id: str, order: Order, session: HttpSession) -> Outcome:
    """Fetch a source and take it in, and close the session.

    Never raises for what a publisher, the network or the disk may do.
    """
    publisher = PUBLISHERS[source_id]

    def bring(known: Known) -> list[Download]:
        with session:
            return publisher.fetch(session, known)

    return _attempt(publisher, order, bring)


def take_files(source_id: str, files: Sequence[Download], order: Order) -> Outcome:
    """Take in files that were downloaded by hand, by the same checks."""
    return _attempt(PUBLISHERS[source_id], order, lambda known: list(files))


def _attempt(publisher: Publisher, order: Order, bring: Callable[[Known], list[Download]]) -> Outcome:
    """One try, with its outcome noted; a failure of any expected kind becomes an outcome."""
    nothing = pd.DataFrame(columns=changes.COLUMNS)
    try:
        outcome = _bring_in(publisher, order, bring)
    except (PublisherError, store.SnapshotError, versions.BusyError) as error:
        outcome = Outcome(publisher.source_id, "failed", str(error), nothing)
    except OSError as error:
        _LOG.warning("%s: %s", order.live, error)
        said = f"The download could not be kept in the folder of downloads: {store.why(error)}."
        outcome = Outcome(publisher.source_id, "failed", said, nothing)
    _LOG.info("Refresh of %s: %s. %s", publisher.source_id, outcome.kind, outcome.message)
    if not order.dry_run:
        try:
            versions.note_try(publisher.source_id, outcome.kind, outcome.message, order.live)
        except OSError as error:
            more = f"{outcome.message} Nor could this be noted there: {store.why(error)}."
            return dataclasses.replace(outcome, message=more)
    return outcome


def _bring_in(publisher: Publisher, order: Order, bring: Callable[[Known], list[Download]]) -> Outcome:
    entries = open_library(order.snapshot, order.live).entries
    known = load_known(entries, order.today, order.year)
    downloads = bring(known)
    parsed = publisher.parse(downloads, known)
    if order.dry_run:
        with tempfile.TemporaryDirectory() as aside:
            library = open_library(order.snapshot, order.live)
            return _take_in(
                publisher, parsed, downloads, library, dataclasses.replace(order, live=Path(aside))
            )
    with versions.writing(order.live):
        # opened again, because another process may have written in the meantime
        library = open_library(order.snapshot, order.live)
        return _take_in(publisher, parsed, downloads, library, order)


def _take_in(
    publisher: Publisher, parsed: Parsed, downloads: Sequence[Download], library: Library, order: Order
) -> Outcome:
    moment = versions.now()
    if parsed.observations is not None:
        came = parsed.observations.assign(retrieved=moment.date().isoformat())
        parsed = dataclasses.replace(parsed, observations=came)
    parsed, report = _with_what_is_there(publisher.source_id, parsed, library)
    tables = order.redraw(parsed, library) if publisher.draws else dict(parsed.tables)
    if parsed.observations is not None:
        tables[_table_name(publisher.source_id)] = as_table(parsed.observations)

    def end(kind: str, message: str) -> Outcome:
        return Outcome(publisher.source_id, kind, message, report, parsed.remarks)

    dated = f"{publisher.what} {parsed.published.day} {parsed.published:%B %Y}"
    before = library.versions.get(publisher.source_id)
    is_same = before and _undated(tables) == _undated(_tables_of(before))
    if is_same and not parsed.doubts:
        return end("unchanged", f"Nothing new: {dated}.")
    tables[_report_name(publisher.source_id)] = report.to_csv(index=False).encode()
    about = _about(publisher, parsed, downloads, tables, library, moment)
    staged = versions.stage(about, tables, order.live)
    try:
        broken = [result for result in checks.run_checks(library.with_version(staged)) if not result.passed]
        if broken:
            said = "; ".join(f"{result.name}: {result.message}" for result in broken)
            return end("failed", f"What came breaks a contract and was refused. {said}.")
        if parsed.doubts and not order.accept:
            doubts = " ".join(parsed.doubts)
            advice = "If it is right, the command line takes it in with --accept."
            return end("held", f"Held back, because it looks wrong. {doubts} {advice}")
        if order.dry_run:
            return end("would_replace", f"Would be taken in: {dated}.")
        versions.publish(staged, order.live)
        return end("replaced", f"Taken in: {dated}.")
    finally:
        versions.discard(staged, order.live)


def _with_what_is_there(source_id: str, parsed: Parsed, library: Library) -> tuple[Parsed, pd.DataFrame]:
    """What came, held against what is in use: more doubts, a grown series, and the report of the changes."""
    if parsed.observations is None:
        return _compared(source_id, parsed, library), pd.DataFrame(columns=changes.COLUMNS)
    came = parsed.observations
    others = {name: entry for name, entry in library.entries.items() if name != _table_name(source_id)}
    in_use = load_observations(library.entries)
    in_use = in_use[in_use["indicator_id"].isin(came["indicator_id"])]
    if source_id in GROWING:
        parsed = _grown(source_id, parsed, library)
    after = supersede(load_observations(others), parsed.observations)
    after = after[after["indicator_id"].isin(came["indicator_id"])]
    # an old register that is imported is compared with what was known up to its date
    until = in_use[in_use["period_end"] <= came["period_end"].max()]
    labels = {i.indicator_id: i.short_label for i in library.load_catalogue().indicators.values()}
    # one sentence an indicator: “are gone”, of lost(), takes the place of fewer or lower, of fallen()
    collapse = changes.fallen(until, came, labels) | changes.lost(in_use, after, labels)
    cut = register.shrunken(until, came) if source_id == register.SOURCE_ID else []
    doubts = (*parsed.doubts, *collapse.values(), *cut)
    return dataclasses.replace(parsed, doubts=doubts), changes.compare(in_use, after)


def _compared(source_id: str, parsed: Parsed, library: Library) -> Parsed:
    """What came without figures of authorities, with what is other in it than in what is in use."""
    if source_id not in COMPARED:
        return parsed
    remarks, doubts = COMPARED[source_id](parsed, library)
    return dataclasses.replace(parsed, remarks=(*parsed.remarks, *remarks), doubts=(*parsed.doubts, *doubts))


def _hubs_compared(parsed: Parsed, library: Library) -> tuple[list[str], list[str]]:
    if HUBS not in library.entries:
        return [], []
    before = store.read_text_table(HUBS, library.entries)
    came = pd.read_csv(io.BytesIO(parsed.tables[HUBS]), dtype=str, keep_default_na=False)
    return family_hubs.compared(before, came)


# how sources of other tables than observations are held against what is in use: remarks and doubts
COMPARED = {HUBS_SOURCE: _hubs_compared, small_areas.SOURCE: small_areas.compared}


def _grown(source_id: str, parsed: Parsed, library: Library) -> Parsed:
    """What was downloaded before and what came, by indicator and period, with the newest entries."""
    version = library.versions.get(source_id)
    if version is None or parsed.observations is None:
        return parsed
    earlier = load_table(_table_name(source_id), library.entries)
    grown = dataclasses.replace(parsed, observations=supersede(earlier, parsed.observations))
    sites = {name: store.read_bytes(name, version.entries) for name in parsed.tables}
    if parsed.published.isoformat() < version.published:
        return dataclasses.replace(grown, tables=sites, published=dt.date.fromisoformat(version.published))
    if register.SITES not in parsed.tables:
        return grown
    names = store.read_text_table("areas.csv", library.entries).set_index("area_code")["area_name"]
    listed = [pd.read_csv(io.BytesIO(tables[register.SITES]), dtype=str) for tables in (sites, parsed.tables)]
    remarks = changes.compare_sites(listed[0], listed[1], names.to_dict())
    return dataclasses.replace(grown, remarks=(*parsed.remarks, *remarks))


def _table_name(source_id: str) -> str:
    return f"{DOWNLOADED}/{source_id}.csv"


def _report_name(source_id: str) -> str:
    return f"{changes.FOLDER}/{source_id}.csv"


def _about(
    publisher: Publisher,
    parsed: Parsed,
    downloads: Sequence[Download],
    tables: dict[str, bytes],
    library: Library,
    moment: dt.datetime,
) -> Version:
    source = library.load_catalogue().sources[publisher.source_id]
    address = " ".join(download.address for download in downloads)
    return Version(
        source_id=publisher.source_id,
        name=f"{moment:%Y%m%dT%H%M%S}{moment.microsecond:06}Z",
        address=address,
        retrieved=moment.isoformat(timespec="seconds"),
        published=parsed.published.isoformat(),
        etag=" ".join(filter(None, (download.etag for download in downloads))),
        sha256=_sha256(b"".join(download.content for download in downloads)),
        parser=publisher.parser,
        before=library.versions[publisher.source_id].name
        if publisher.source_id in library.versions
        else EMBEDDED,
        remarks=parsed.remarks,
        entries={
            name: store.Entry(
                table=name,
                source_id=publisher.source_id,
                source=source.title,
                address=address,
                licence=source.licence,
                figures_date=parsed.published.isoformat(),
                written=moment.date().isoformat(),
                rows=store.count_rows(name, content),
                sha256=_sha256(content),
            )
            for name, content in tables.items()
        },
    )


def _tables_of(version: Version) -> dict[str, bytes]:
    """A version's tables but for its report, which only says what they changed."""
    names = [name for name in version.entries if name != _report_name(version.source_id)]
    return {name: store.read_bytes(name, version.entries) for name in names}


def _undated(tables: Mapping[str, bytes]) -> dict[str, str]:
    """Checksums of tables by name, without the day of download: the same figures once more are no news."""
    return {
        name: _sha256(as_table(parse(content, name)[COLUMNS]) if name.startswith(DOWNLOADED) else content)
        for name, content in tables.items()
    }


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()

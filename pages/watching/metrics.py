"""What the server counts of itself, for Prometheus, at an address that is closed unless a setting opens it.

It names pages and sources, and nothing of visitors but how many there are.
"""

import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from streamlit import runtime
from streamlit.runtime.stats import ACTIVE_SESSIONS_FAMILY, GaugeStat

from data_loaders import settings, versions
from data_loaders.library import sources_on_disk
from data_loaders.settings import SettingError
from data_loaders.store import SnapshotError
from data_loaders.survey import apart
from pages import __version__
from pages.addresses import routes
from pages.components.frame import logs, runs, strangers
from pages.components.packs import buttons
from pages.exports.drawer import DRAWER
from pages.watching import health

TYPE = "text/plain; version=0.0.4"
_PREFIX = "beyond_boundaries"


class Sample(NamedTuple):
    """One number, what tells it from others of its family, and what its name has beyond the family's."""

    value: float
    labels: Mapping[str, str] = {}
    suffix: str = ""


class Family(NamedTuple):
    """Numbers of one name: what they are, for people and for Prometheus."""

    name: str
    kind: str
    means: str
    samples: list[Sample]


def as_text(families: list[Family]) -> str:
    """Families in Prometheus's own format."""
    return "".join(f"{line}\n" for family in families for line in _lines(family))


def _lines(family: Family) -> Iterator[str]:
    name = f"{_PREFIX}_{family.name}"
    yield f"# HELP {name} {family.means}"
    yield f"# TYPE {name} {family.kind}"
    for sample in family.samples:
        labels = ",".join(f'{key}="{value}"' for key, value in sample.labels.items())
        yield f"{name}{sample.suffix}{f'{{{labels}}}' if labels else ''} {sample.value:.15g}"


def families() -> list[Family]:
    """All that is counted, as it stands at this moment."""
    active = runtime.get_instance().stats_mgr.get_stats(family_names=[ACTIVE_SESSIONS_FAMILY])
    sessions = [
        Sample(stat.value) for stats in active.values() for stat in stats if isinstance(stat, GaugeStat)
    ]
    reason, _ = health.why_not_ready()
    return [
        Family("info", "gauge", "1, by version.", [Sample(1, {"version": __version__})]),
        Family("ready", "gauge", "1 when people can be sent here.", [Sample(int(reason == health.OK))]),
        Family("run_seconds", "histogram", "Runs of pages, waiting included.", list(_runs())),
        Family("failed_runs_total", "counter", "Runs that failed.", [Sample(runs.COUNTED.failures)]),
        Family("log_entries_total", "counter", "Warnings and errors in the log.", list(_entries())),
        Family("sessions", "gauge", "Pages that are open.", sessions),
        Family("waiting", "gauge", "How many wait for their turn, by what for.", list(_waiting())),
        Family("added_bytes", "gauge", "Files of visitors in memory.", [Sample(strangers.kept_bytes())]),
        Family("memory_bytes", "gauge", "Memory of this process.", list(_memory())),
        Family(
            "figures_age_seconds",
            "gauge",
            "Time since a source last answered with figures that could be used.",
            list(_ages()),
        ),
    ]


def _runs() -> Iterator[Sample]:
    for page, tally in runs.COUNTED.tallies().items():
        for bound, within in zip(runs.BOUNDS, tally.within, strict=True):
            yield Sample(within, {"page": page, "le": f"{bound:g}"}, "_bucket")
        yield Sample(tally.runs, {"page": page, "le": "+Inf"}, "_bucket")
        yield Sample(tally.seconds, {"page": page}, "_sum")
        yield Sample(tally.runs, {"page": page}, "_count")


def _entries() -> Iterator[Sample]:
    for level in ("warning", "error"):
        yield Sample(logs.ENTRIES.found[level], {"level": level})


def _waiting() -> Iterator[Sample]:
    queues = {"packs": buttons.WORKSHOP.waiting, "uploads": apart.waiting(), "drawing": DRAWER.waiting}
    queues |= {name: bench.waiting for name, bench in routes.BENCHES.items()}
    for name, waiting in queues.items():
        yield Sample(waiting, {"queue": name})


def _memory() -> Iterator[Sample]:
    """What this process holds, where the system says so."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return
    import resource  # a system with /proc has it

    yield Sample(pages * resource.getpagesize())


def _ages() -> Iterator[Sample]:
    live = settings.live_folder()
    try:
        on_disk = sources_on_disk(live)
    except SnapshotError:
        # the server is not ready, and says so
        return
    for source in on_disk:
        answered = versions.last_answer(source, live)
        if answered is not None:
            yield Sample(time.time() - answered.timestamp(), {"source": source})


def _metrics(_: Request) -> Response:
    try:
        is_open = settings.has_metrics()
    except SettingError:
        is_open = False
    if not is_open:
        return PlainTextResponse(strangers.CLOSED, status_code=404)
    return PlainTextResponse(as_text(families()), media_type=TYPE)


ROUTE = Route("/metrics", _metrics)

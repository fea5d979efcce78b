"""Whatever a publisher or a network does, the copy in use stays, byte for byte, and a sentence says why.

Each fault is tried on every source for which it makes sense, after a good copy has been taken in.
"""

import gzip
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest
from werkzeug import Request, Response

from data_loaders import versions
from data_loaders.library import open_library
from data_loaders.refresh import PUBLISHERS, Outcome, refresh
from geo.tables.london import load_london, place_table
from tests.served import (
    CAMDEN,
    QUICK,
    REGISTER_DAY,
    Change,
    Publishers,
    Rows,
    as_csv,
    boundary_features,
    hub_rows,
    lookup_features,
    population_rows,
    register_rows,
    review_rows,
    small_area_rows,
)

pytestmark = pytest.mark.thorough

# a list has none
NO_FIGURE = ("", "")
# the path that each source is fetched from, the rows that are good, and a figure that it shows then
SOURCES: dict[str, tuple[str, Callable[[], Rows], tuple[str, str]]] = {
    "dfe_register": (Publishers.REGISTER, register_rows, ("designated_centres", REGISTER_DAY.isoformat())),
    "ohid_fingertips": (Publishers.REVIEWS, review_rows, ("review_6_8_weeks", "2024/25")),
    "ons_population": (Publishers.POPULATION, population_rows, ("population_0_4", "mid-2025")),
    "dfe_family_hubs": (Publishers.HUBS, hub_rows, NO_FIGURE),
    "ons_small_area_population": (Publishers.SMALL_AREAS, small_area_rows, NO_FIGURE),
}
# a refresh of a source after something was spoiled
Refresh = Callable[[str, Callable[[], None]], Outcome]
BOUNDARIES = "/ons/Local_Authority_Districts_May_2026_Boundaries_UK_BGC/query"


def files(folder: Path) -> dict[str, bytes]:
    """All that is kept, but for the notes of the last try and the lock."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in (versions.LAST_TRY, ".lock")
    }


class Good(NamedTuple):
    """What is kept after a sound refresh of a source, what is shown of it, after which outcomes it was."""

    folder: Path
    shown: pd.DataFrame
    seen_after: set[str]


@pytest.fixture(scope="module")
def taken_in() -> dict[str, Good]:
    """Sound refreshes by source: what none of the faults changes is made once."""
    return {}


@pytest.fixture
def refresh_after_fault(
    publishers: Publishers, taken_in: dict[str, Good], tmp_path_factory: pytest.TempPathFactory
) -> Refresh:
    """Take in a good copy, spoil what is served, refresh, and see that nothing has changed but the note."""

    def after_fault(source_id: str, spoil: Callable[[], None]) -> Outcome:
        if source_id not in taken_in:
            publishers.serve_all()
            assert refresh(source_id, publishers.order(), publishers.session()).kind == "replaced"
            folder = shutil.copytree(publishers.live, tmp_path_factory.mktemp(source_id) / "live")
            taken_in[source_id] = Good(folder, load_london().observations, set())
        good = taken_in[source_id]
        shutil.copytree(good.folder, publishers.live, dirs_exist_ok=True)
        kept = files(publishers.live)
        publishers.server.clear()
        publishers.server.no_handler_status_code = 404
        spoil()
        outcome = refresh(source_id, publishers.order(), publishers.session())
        assert outcome.kind in ("failed", "held"), outcome.message
        assert files(publishers.live) == kept
        # the same files show the same figures: only the note beside them differs, by its outcome
        if outcome.kind not in good.seen_after:
            good.seen_after.add(outcome.kind)
            assert load_london().observations.equals(good.shown)
        assert open_library().notes == ()
        noted = versions.last_try(source_id, publishers.live)
        assert (noted["outcome"], noted["message"]) == (outcome.kind, outcome.message)
        return outcome

    return after_fault


def answers(content: bytes = b"", status: int = 200, **headers: str) -> Callable[[Request], Response]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda request: Response(content, status=status, headers=named)


def truncated(request: Request) -> Response:
    # a stream, because the length of a text would be set right
    return Response(iter([b"half"]), headers={"Content-Length": "1000"})


def in_turn(*responses: Response) -> Callable[[Request], Response]:
    """One answer after the other, and at last 404."""
    left = list(responses)
    return lambda request: left.pop(0) if left else Response(status=404)


BOMB = gzip.compress(bytes(100 * QUICK.size))
ANSWERS: dict[str, tuple[Callable[[Request], Response], str]] = {
    "404": (answers(status=404), ""),  # each source has its own sentence for what is not there
    "500": (answers(status=500), "the answer was 500 INTERNAL SERVER ERROR"),
    "429 for a day": (answers(status=429, Retry_After="86400"), "to wait for 86,400 seconds"),
    "truncated": (truncated, "the answer broke off before its end"),
    "gzip bomb": (answers(BOMB, Content_Encoding="gzip"), "the answer is larger than 2 MB"),
    "web page": (answers(b"<html><body>Sorry</body></html>"), ""),
    "empty file": (answers(b""), ""),
    "another host": (
        answers(status=302, Location="http://elsewhere.example/"),
        "another host, elsewhere.example",
    ),
    "JSON error": (answers(b'{"error": {"message": "Too busy"}}'), ""),
}


@pytest.mark.parametrize("source_id", PUBLISHERS)
@pytest.mark.parametrize(("answer", "said"), ANSWERS.values(), ids=ANSWERS)
def test_an_answer_that_is_none(
    source_id: str,
    answer: Callable[[Request], Response],
    said: str,
    publishers: Publishers,
    refresh_after_fault: Refresh,
) -> None:
    path = SOURCES[source_id][0] if source_id in SOURCES else BOUNDARIES

    def spoil() -> None:
        publishers.server.expect_request(path).respond_with_handler(answer)
        publishers.serve_all()

    outcome = refresh_after_fault(source_id, spoil)
    assert outcome.kind == "failed"
    assert said in outcome.message
    # publisher, address, what was expected, what came
    assert ": expected " in outcome.message
    assert ", but " in outcome.message
    assert publishers.server.url_for("/")[:-1] in outcome.message


@pytest.mark.parametrize("source_id", PUBLISHERS)
def test_nobody_answers(source_id: str, publishers: Publishers, refresh_after_fault: Refresh) -> None:
    def spoil() -> None:
        # nobody listens on port 1 of this machine
        text = publishers.endpoints.read_text(encoding="utf-8")
        elsewhere = text.replace(f":{publishers.server.port}/", ":1/")
        publishers.endpoints.write_text(elsewhere, encoding="utf-8")

    outcome = refresh_after_fault(source_id, spoil)
    assert "the connection was refused" in outcome.message


@pytest.mark.parametrize("source_id", PUBLISHERS)
def test_the_answer_stops_coming(
    source_id: str, publishers: Publishers, refresh_after_fault: Refresh
) -> None:
    given_up = threading.Event()

    def pieces() -> Iterator[bytes]:
        yield b"half"
        given_up.wait(5)

    def spoil() -> None:
        path = SOURCES[source_id][0] if source_id in SOURCES else BOUNDARIES
        publishers.server.expect_request(path).respond_with_handler(lambda request: Response(pieces()))
        publishers.serve_all()

    outcome = refresh_after_fault(source_id, spoil)
    given_up.set()
    assert "nothing more came" in outcome.message


@pytest.mark.parametrize("source_id", SOURCES)
def test_a_header_without_rows(source_id: str, publishers: Publishers, refresh_after_fault: Refresh) -> None:
    path, rows, _ = SOURCES[source_id]

    def spoil() -> None:
        header = as_csv(rows()).splitlines(keepends=True)[0]
        publishers.server.expect_request(path).respond_with_data(header)
        publishers.serve_all()

    outcome = refresh_after_fault(source_id, spoil)
    assert "a header without rows came" in outcome.message


def drop_column(name: str) -> Change:
    return lambda rows: [{key: cell for key, cell in row.items() if key != name} for row in rows]


def change_first(**cells: str) -> Change:
    return lambda rows: [rows[0] | {key.replace("_", " "): cell for key, cell in cells.items()}, *rows[1:]]


CONTENTS: dict[str, tuple[str, Change, str]] = {
    "empty lines": (
        "dfe_register",
        lambda rows: [dict.fromkeys(rows[0], "") | {"GOR (name)": "London"}],
        "there is a line without a number (URN)",
    ),
    "no London": ("dfe_register", lambda rows: rows[-2:], "no open entry of London is in it"),
    "renamed column, register": ("dfe_register", drop_column("LA (code)"), "no column “LA (code)”"),
    "renamed column, reviews": ("ohid_fingertips", drop_column("Time period"), "no column “Time period”"),
    "renamed column, population": ("ons_population", drop_column("C_AGE_NAME"), "no column “C_AGE_NAME”"),
    "contradiction, register": (
        "dfe_register",
        lambda rows: [rows[0] | {"Postcode": ""}, *rows],
        "stands for two different entries",
    ),
    "contradiction, reviews": (
        "ohid_fingertips",
        lambda rows: [rows[0] | {"Value": "1"}, *rows],
        "two different figures came",
    ),
    "unknown code, register": (
        "dfe_register",
        lambda rows: [rows[0] | {"LA (code)": "999"}, *rows[1:]],
        "unknown LA (code) “999”",
    ),
    "unknown code, reviews": (
        "ohid_fingertips",
        change_first(Area_Code="E09000034"),
        "unknown authority E09000034",
    ),
    "a borough missing, register": (
        "dfe_register",
        lambda rows: [row for row in rows if row["LA (code)"] != "202"],
        "Held back, because it looks wrong. Camden has no open entry.",
    ),
    "a borough missing, reviews": (
        "ohid_fingertips",
        lambda rows: [row for row in rows if row["Area Code"] != CAMDEN],
        "Held back, because it looks wrong. Camden is not in the file.",
    ),
    "a borough missing, population": (
        "ons_population",
        lambda rows: [row for row in rows if row["GEOGRAPHY_CODE"] != CAMDEN],
        f"not all five ages came for {CAMDEN}",
    ),
    "half of the boroughs gone": (
        "ohid_fingertips",
        lambda rows: [row for row in rows if row["Area Code"] > "E09000016"],
        "Held back, because it looks wrong.",
    ),
    "over 100 per cent": (
        "ohid_fingertips",
        lambda rows: [
            rows[0] | {"Value": "101", "Count": "", "Denominator": "", "Upper CI 95.0 limit": "102"},
            *rows[1:],
        ],
        "values are possible: E09000002 new_birth_visit_14_days 2023/24",
    ),
    "numerator over denominator": (
        "ohid_fingertips",
        change_first(Count="1001"),
        "values are possible: E09000002 new_birth_visit_14_days 2023/24",
    ),
    "a value that is not its counts": (
        "ohid_fingertips",
        change_first(Value="80.2"),
        "values agree with their counts: E09000002 new_birth_visit_14_days 2023/24",
    ),
    "an interval beside its value": (
        "ohid_fingertips",
        lambda rows: [rows[0] | {"Lower CI 95.0 limit": "95", "Upper CI 95.0 limit": "97"}, *rows[1:]],
        "values are possible: E09000002 new_birth_visit_14_days 2023/24",
    ),
    "the future, reviews": (
        "ohid_fingertips",
        lambda rows: rows + [row | {"Time period": "2030/31"} for row in rows[:35]],
        "periods are past",
    ),
    "the future, register": (
        "dfe_register",
        lambda rows: [rows[0] | {"OpenDate": "01-01-2030"}, *rows[1:]],
        "Open entries with an opening date after that of the register: 1.",
    ),
    "the future, population": (
        "ons_population",
        lambda rows: [rows[0] | {"DATE_NAME": "2030"}, *rows[1:]],
        "which is in the future",
    ),
}


@pytest.mark.parametrize(("source_id", "change", "said"), CONTENTS.values(), ids=CONTENTS)
def test_contents_that_cannot_be_right(
    source_id: str,
    change: Change,
    said: str,
    publishers: Publishers,
    refresh_after_fault: Refresh,
) -> None:
    path, rows, _ = SOURCES[source_id]

    def spoil() -> None:
        publishers.server.expect_request(path).respond_with_data(as_csv(change(rows())))
        publishers.serve_all()

    assert said in refresh_after_fault(source_id, spoil).message


GEOGRAPHY: dict[str, tuple[Callable[[], tuple[list[dict], list[dict]]], str]] = {
    "an authority missing": (
        lambda: (boundary_features()[1:], lookup_features()),
        "1 of 33 authorities are missing, E09000001 for one",
    ),
    "an authority twice": (
        lambda: (boundary_features() + boundary_features()[:1], lookup_features()),
        "E09000001 came twice",
    ),
    "an unknown authority": (
        lambda: ([*boundary_features(), _recoded(boundary_features()[0], "E09000034")], lookup_features()),
        "the unknown authority E09000034 came",
    ),
    "no boundary": (
        lambda: ([boundary_features()[0] | {"geometry": None}, *boundary_features()[1:]], lookup_features()),
        "E09000001 has no boundary",
    ),
    "metres": (
        lambda: ([_moved(feature, 530_000) for feature in boundary_features()], lookup_features()),
        "eastings and northings, and it does not say of which reference system",
    ),
    "boundaries that overlap": (
        lambda: ([_moved(boundary_features()[0], 0.01), *boundary_features()[1:]], lookup_features()),
        "some of them are broken, overlap or leave gaps",
    ),
    "codes exchanged": (
        lambda: (_exchanged(boundary_features()), lookup_features()),
        "more or less land than it officially has",
    ),
    "a borough of two boards": (
        lambda: (
            boundary_features(),
            lookup_features()
            + [f | {"properties": f["properties"] | {"ICB26CD": "E5"}} for f in lookup_features()],
        ),
        "E09000001 belongs to two boards",
    ),
}


def _recoded(feature: dict, code: str) -> dict:
    return feature | {"properties": {"LAD26CD": code, "LAD26NM": ""}}


def _moved(feature: dict, by: float) -> dict:
    def move(coordinates: list) -> list:
        if isinstance(coordinates[0], list):
            return [move(part) for part in coordinates]
        return [coordinates[0] + by, *coordinates[1:]]

    geometry = feature["geometry"]
    return feature | {"geometry": geometry | {"coordinates": move(geometry["coordinates"])}}


def _exchanged(features: list[dict]) -> list[dict]:
    """Bromley's boundary as Islington's, and the other way round."""
    codes = {"E09000006": "E09000019", "E09000019": "E09000006"}
    return [_recoded(f, codes.get(f["properties"]["LAD26CD"], f["properties"]["LAD26CD"])) for f in features]


@pytest.mark.parametrize(("features", "said"), GEOGRAPHY.values(), ids=GEOGRAPHY)
def test_geography_that_cannot_be_right(
    features: Callable[[], tuple[list[dict], list[dict]]],
    said: str,
    publishers: Publishers,
    refresh_after_fault: Refresh,
) -> None:
    outcome = refresh_after_fault("ons_geography", lambda: publishers.serve_geography(*features()))
    assert said in outcome.message


@pytest.mark.parametrize("source_id", [name for name, (*_, shown) in SOURCES.items() if shown != NO_FIGURE])
def test_what_came_in_after_the_fault_is_taken_in(source_id: str, publishers: Publishers) -> None:
    path, rows, (indicator, period) = SOURCES[source_id]
    wait = Response(status=429, headers={"Retry-After": "1"})
    good = Response(as_csv(rows()))
    publishers.server.expect_request(path).respond_with_handler(in_turn(Response(status=500), wait, good))
    publishers.serve_all()
    assert refresh(source_id, publishers.order(), publishers.session()).kind == "replaced"
    table = place_table(load_london(), indicator, period, "2022").set_index("area_code")
    assert table.at[CAMDEN, "value"] > 0
    assert versions.last_try(source_id, publishers.live)["outcome"] == "replaced"

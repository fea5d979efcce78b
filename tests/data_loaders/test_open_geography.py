"""Boundaries and lookups of the Office for National Statistics: found by name, fetched in pages, read."""

import json
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug import Request, Response

from data_loaders.library import open_library
from data_loaders.open_geography import SOURCE, fetch, parse
from data_loaders.publisher import Download, Known, Parsed, PublisherError, load_known
from tests.served import (
    CODES,
    RECORDED,
    SERVICES,
    TODAY,
    Publishers,
    as_csv,
    boundary_features,
    lookup_features,
    needs_recorded,
)

KNOWN: Known = load_known(open_library(live=Path("nowhere")).entries, TODAY)
NAME = "Local_Authority_Districts_May_2026_Boundaries_UK_BGC"
MERGED = dict.fromkeys(("E54000030", "E54000031"), ("E54000099", "NHS South London Integrated Care Board"))


def collection(features: list[dict], name: str = NAME, **more: object) -> Download:
    return Download(json.dumps({"type": "FeatureCollection", "features": features} | more).encode(), name)


def read(*downloads: Download) -> Parsed:
    return parse(downloads, KNOWN)


def codes(parsed: Parsed) -> list[str]:
    features = json.loads(parsed.tables[SOURCE])["features"]
    return [feature["properties"]["area_code"] for feature in features]


def test_boundaries_and_lookup_are_recognised_in_either_order() -> None:
    files = [collection(boundary_features()), collection(lookup_features())]
    for order in (files, files[::-1]):
        parsed = read(*order)
        assert codes(parsed) == CODES
        assert parsed.published.isoformat() == "2026-05-01"
        assert parsed.remarks == ("The lookup of 2026 agrees with the ICSs of 2026.",)


def test_a_lookup_may_be_csv_or_the_portal_s_other_json() -> None:
    rows = [feature["properties"] for feature in lookup_features(MERGED, year=27)]
    as_table = Download(as_csv([row | {"LSOA21CD": "E01"} for row in rows]), "lookup.csv")
    as_esri = Download(
        json.dumps({"features": [{"attributes": row} for row in rows]}).encode(), "lookup.json"
    )
    plain = read(collection(boundary_features()), collection(lookup_features(MERGED, year=27)))
    for lookup in (as_table, as_esri):
        assert read(collection(boundary_features()), lookup).tables == plain.tables
    assert (
        b"2027,E09000006,SL,South London,E54000099,QXX,NHS South London Integrated"
        in plain.tables["footprints.csv"]
    )


def test_without_a_lookup_the_footprints_stay() -> None:
    parsed = read(collection(boundary_features()))
    assert (
        parsed.tables["footprints.csv"] == KNOWN.footprints.to_csv(index=False, lineterminator="\n").encode()
    )


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("https://host/LAD_MAY_2025_UK_BGC_V2/FeatureServer/0/query", "2025-05-01"),
        ("local_authority_districts_december_2024.geojson", "2024-12-01"),
        ("boundaries.geojson", "2026-01-01"),  # the year of the field LAD26CD
    ],
)
def test_the_date_is_in_the_name_or_at_least_the_year(address: str, day: str) -> None:
    assert read(collection(boundary_features(), address)).published.isoformat() == day


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "an empty file came"),
        (b"<html>", "a web page came"),
        (b'{"features": [', "what came is not JSON, or breaks off"),
        (b"[1]", "another kind of JSON came"),
        (b'{"error": {"code": 400, "message": "Invalid query"}}', "an error came: Invalid query"),
        (b'{"features": 3}', "there are no features in it"),
        (b'{"features": []}', "there are no boundaries of districts (LADnnCD) in it"),
        (b"a,b\r\n1,2\r\n", "there is no column “LADnnCD”, “ICBnnCD” among “a”, “b”"),
    ],
)
def test_what_is_neither_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(PublisherError) as failed:
        read(Download(content, "file"))
    assert said in str(failed.value)


@given(st.binary(max_size=300))
def test_whatever_comes_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(PublisherError):
        read(Download(content, "file"))


@given(st.randoms(use_true_random=False))
def test_order_never_matters(random: Random) -> None:
    features, rows = boundary_features(), lookup_features(MERGED, year=27)
    plain = read(collection(features), collection(rows))
    random.shuffle(features)
    random.shuffle(rows)
    assert read(collection(features), collection(rows)).tables == plain.tables


def asked(publishers: Publishers, year: int | None = None) -> list[Download]:
    return fetch(publishers.session(), load_known(open_library().entries, TODAY, year))


def test_the_newest_services_are_chosen_from_the_list(publishers: Publishers) -> None:
    publishers.serve_geography(boundary_features(), lookup_features())
    boundaries, lookup = asked(publishers)
    assert boundaries.address.endswith("/ons/Local_Authority_Districts_May_2026_Boundaries_UK_BGC/query")
    assert lookup.address.endswith("/ons/LSOA21_SICBL26_ICB26_NHSER26_LAD26/query")
    query = publishers.server.log[2][0].args
    assert query["where"] == "LAD26CD LIKE 'E09%'"
    assert query["outFields"] == "LAD26CD,LAD26NM"
    assert query["outSR"] == "4326"


@pytest.mark.parametrize(("year", "said"), [(2024, "2025, 2026"), (2025, "2024, 2026")])
def test_a_year_without_a_service_is_refused_with_the_years_there_are(
    year: int, said: str, publishers: Publishers
) -> None:
    publishers.serve_geography(boundary_features(), lookup_features())
    with pytest.raises(PublisherError, match=f"of {year}, but there are some of {said}"):
        asked(publishers, year)


def test_a_list_without_any_service_is_refused(publishers: Publishers) -> None:
    publishers.server.expect_request("/ons/services").respond_with_json({"services": [{"name": "Wards"}]})
    with pytest.raises(PublisherError, match="of any year, but there are some of no year"):
        asked(publishers)


@pytest.mark.parametrize("where", ["top", "properties"])
def test_pages_are_fetched_until_there_are_no_more(where: str, publishers: Publishers) -> None:
    features = boundary_features()

    def page(request: Request) -> Response:
        offset = int(request.args["resultOffset"])
        more = {"exceededTransferLimit": offset + 10 < len(features)}
        beside = more if where == "top" else {"properties": more}
        return Response(json.dumps({"features": features[offset : offset + 10], **beside}))

    publishers.server.expect_request(f"/ons/{NAME}/query").respond_with_handler(page)
    publishers.serve_geography(features, lookup_features())
    boundaries, _ = asked(publishers)
    assert len(json.loads(boundaries.content)["features"]) == 33
    offsets = [request.args.get("resultOffset") for request, _ in publishers.server.log]
    assert [offset for offset in offsets if offset][:4] == ["0", "10", "20", "30"]


def test_a_service_that_never_ends_is_left(publishers: Publishers) -> None:
    publishers.server.expect_request(f"/ons/{NAME}/query").respond_with_json(
        {"features": [], "exceededTransferLimit": True}
    )
    publishers.serve_geography(boundary_features(), lookup_features())
    boundaries, _ = asked(publishers)
    assert json.loads(boundaries.content)["features"] == []


def test_a_service_without_codes_of_districts_is_refused(publishers: Publishers) -> None:
    publishers.server.expect_request(f"/ons/{NAME}").respond_with_json({"fields": [{"name": "FID"}]})
    publishers.server.expect_request("/ons/services").respond_with_json(SERVICES)
    with pytest.raises(PublisherError, match="expected a field LADnnCD, but there are only FID"):
        asked(publishers)


@needs_recorded
def test_recorded_boundaries_are_read() -> None:
    path = RECORDED / "ons" / "local_authority_districts_may_2024_bsc_london.geojson"
    parsed = read(Download(path.read_bytes(), str(path)))
    assert codes(parsed) == CODES
    assert parsed.published.isoformat() == "2024-05-01"


@needs_recorded
def test_recorded_boards_have_the_names_of_our_footprints() -> None:
    path = RECORDED / "ons" / "integrated_care_boards_april_2023_bsc_london.geojson"
    boards = {
        f["properties"]["ICB23CD"]: f["properties"]["ICB23NM"]
        for f in json.loads(path.read_bytes())["features"]
    }
    footprints = KNOWN.footprints.to_dict("records")
    assert boards == {row["icb_code"]: row["icb_name"] for row in footprints if row["vintage"] == "2022"}
    with pytest.raises(PublisherError, match="there are no boundaries of districts"):
        read(Download(path.read_bytes(), str(path)))

"""Boundaries and lookups of the Office for National Statistics: found by name, fetched in pages, read."""

import csv
import io
import json
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from werkzeug import Request, Response

from data_loaders.library import open_library
from data_loaders.open_geography import SOURCE, fetch, parse
from data_loaders.publisher import Download, Known, Parsed, PublisherError, load_known
from tests.served import (
    CODES,
    SERVICES,
    TODAY,
    Publishers,
    as_csv,
    boundary_features,
    lookup_features,
    recorded,
)

KNOWN: Known = load_known(open_library(live=Path("nowhere")).entries, TODAY)
NAME = "Local_Authority_Districts_May_2026_Boundaries_UK_BGC"
LOOKUP = "LSOA21_SICBL26_ICB26_NHSER26_LAD26"
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
        ("/home/ann/maps_2020/LAD_DEC_2024_UK_BGC.geojson", "2024-12-01"),
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


def test_a_lookup_alone_is_refused_with_what_to_add() -> None:
    with pytest.raises(PublisherError, match="a lookup came alone: give the file of boundaries together"):
        read(collection(lookup_features()))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ([lookup_features(), lookup_features(year=27)], "two files came that hold a lookup"),
        ([boundary_features(25)], "two files came that hold boundaries"),
        (
            [[{"properties": {"WD26CD": "E05000001"}, "geometry": None}]],
            "there are no boundaries of districts",
        ),
    ],
    ids=["two lookups", "two sets of boundaries", "wards"],
)
def test_no_file_is_left_aside_without_a_word(more: list[list[dict]], said: str) -> None:
    with pytest.raises(PublisherError, match=said):
        read(collection(boundary_features()), *(collection(features) for features in more))


NO_AREA = "E09000001 has something else than an area in GeoJSON"
OUTSIDE = "E09000001 lies outside London"
NESTED = 50 * "[" + "-0.1, 51.5" + 50 * "]"


@pytest.mark.parametrize(
    ("shape", "said"),
    [
        ("null", "E09000001 has no boundary"),
        ("3", NO_AREA),
        ('{"rings": [[[-0.1, 51.5], [0, 51.5], [0, 51.6], [-0.1, 51.5]]]}', NO_AREA),
        ('{"type": "Point", "coordinates": [-0.1, 51.5]}', NO_AREA),
        ('{"type": "Polygon"}', OUTSIDE),
        (
            '{"type": "Polygon", "coordinates": [[[530000, 180000], [530100, 180000]]]}',
            "does not say of which reference",
        ),
        ('{"type": "Polygon", "coordinates": [[["-0.1", "51.5"]]]}', OUTSIDE),
        ('{"type": "Polygon", "coordinates": [[[NaN, 51.5]]]}', OUTSIDE),
        (f'{{"type": "Polygon", "coordinates": {NESTED}}}', OUTSIDE),
    ],
)
def test_a_boundary_that_is_no_area_in_london_is_refused(shape: str, said: str) -> None:
    features = boundary_features()
    features[0]["geometry"] = json.loads(shape)
    with pytest.raises(PublisherError, match=said):
        read(collection(features))


def test_answers_nested_without_end_and_columns_that_are_none_are_refused() -> None:
    with pytest.raises(PublisherError, match="is not JSON, or breaks off"):
        read(Download(b'{"features":' + 100_000 * b"[", "file"))
    with pytest.raises(PublisherError, match="there are features without columns in it"):
        read(collection([{"properties": [1], "geometry": None}]))


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"ICB26CD": None}, "E09000001 belongs to no known kind of board"),
        ({"ICB26CD": "QMF"}, "E09000001 belongs to no known kind of board"),
        ({"ICB26NM": ""}, "E09000001 belongs to no known kind of board"),
        ({"ICB26NM": "NHS Elsewhere"}, "the board E54000029 has two names"),
        ({"LAD26CD": "E09000002"}, "E09000002 came twice|E09000001 for one"),
        ({"LAD26CD": "E09000099"}, "the unknown authority E09000099 came"),
    ],
)
def test_a_lookup_that_cannot_be_right_is_refused(cells: dict[str, str | None], said: str) -> None:
    rows = lookup_features()
    rows[0]["properties"] |= cells
    with pytest.raises(PublisherError, match=said):
        read(collection(boundary_features()), collection(rows))


def vintages(parsed: Parsed) -> list[list[str]]:
    return list(csv.reader(io.StringIO(parsed.tables["vintages.csv"].decode())))[1:]


def test_a_new_set_of_boundaries_is_called_like_the_others() -> None:
    parsed = read(collection(boundary_features()), collection(lookup_features(MERGED, year=27)))
    # the set that was in force until then ends on the day before
    ended = KNOWN.vintages.assign(last_day=["2026-03-31", "2027-03-31"])
    assert vintages(parsed)[:2] == ended.to_numpy().tolist()
    assert vintages(parsed)[2:] == [["2027", "2027-04-01", "", "Three ICSs, since April 2027", "3"]]
    assert "Croydon: from South West London to South London." in parsed.remarks
    assert parsed.doubts == ()


def test_a_lookup_of_an_earlier_year_that_agrees_adds_nothing() -> None:
    rows = lookup_features(year=24)
    boards = KNOWN.footprints[KNOWN.footprints["vintage"] == "2022"].set_index("area_code")
    for row in rows:
        board = boards.loc[row["properties"]["LAD24CD"]]
        row["properties"] |= {"ICB24CD": board["icb_code"], "ICB24NM": board["icb_name"]}
    parsed = read(collection(boundary_features()), collection(rows))
    assert parsed.remarks == ("The lookup of 2024 agrees with the ICSs of 2022.",)
    assert vintages(parsed) == KNOWN.vintages.to_numpy().tolist()


def test_a_lookup_that_contradicts_its_own_year_is_doubted() -> None:
    parsed = read(collection(boundary_features()), collection(lookup_features(MERGED)))
    assert parsed.doubts == (
        "The lookup of 2026 contradicts the ICSs of 2026 that are in use: "
        "Bexley: from South East London to South London.",
    )
    assert vintages(parsed)[1:] == [["2026", "2026-04-01", "", "Three ICSs, since April 2026", "3"]]


def test_a_board_with_a_new_code_keeps_its_letters() -> None:
    recoded = {"E54000030": ("E54000098", "NHS South East London Integrated Care Board")}
    parsed = read(collection(boundary_features()), collection(lookup_features(recoded, year=27)))
    assert "Bexley: South East London has the code E54000098 now." in parsed.remarks
    assert b"2027,E09000004,SEL,South East London,E54000098" in parsed.tables["footprints.csv"]


@given(st.binary(max_size=300))
def test_whatever_comes_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(PublisherError):
        read(Download(content, "file"))


@pytest.mark.thorough
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
    assert query["orderByFields"] == "LAD26CD"


@pytest.mark.parametrize(("year", "said"), [(2024, "2025, 2026"), (2025, "2024, 2026")])
def test_a_year_without_a_service_is_refused_with_the_years_there_are(
    year: int, said: str, publishers: Publishers
) -> None:
    publishers.serve_geography(boundary_features(), lookup_features())
    with pytest.raises(PublisherError, match=f"of {year}, but there are some of {said}"):
        asked(publishers, year)


def test_a_list_without_any_service_is_refused(publishers: Publishers) -> None:
    publishers.server.expect_request("/ons/services").respond_with_json({"services": [{"name": "Wards"}]})
    with pytest.raises(PublisherError, match="of any year, but there is none in the list"):
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


@given(size=st.integers(1, 40), random=st.randoms(use_true_random=False))
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_neither_the_size_of_pages_nor_their_order_matters(
    size: int, random: Random, publishers: Publishers
) -> None:
    features = boundary_features()
    plain = read(collection(features), collection(lookup_features()))
    random.shuffle(features)

    def page(request: Request) -> Response:
        offset = int(request.args["resultOffset"])
        more = offset + size < len(features)
        rows = {"features": features[offset : offset + size], "properties": {"exceededTransferLimit": more}}
        return Response(json.dumps(rows))

    publishers.server.clear()
    publishers.server.expect_request(f"/ons/{NAME}/query").respond_with_handler(page)
    publishers.serve_geography(features, lookup_features())
    assert read(*asked(publishers)).tables == plain.tables


@pytest.mark.parametrize("service", [NAME, LOOKUP])
@pytest.mark.parametrize(
    ("features", "said"),
    [
        ([], "expected more features, but an empty page came"),
        (lookup_features()[:1], "expected at most 100 pages, but there was no end to them"),
    ],
    ids=["empty", "the same"],
)
def test_pages_that_never_end_are_refused(
    service: str, features: list[dict], said: str, publishers: Publishers
) -> None:
    publishers.server.expect_request(f"/ons/{service}/query").respond_with_json(
        {"features": features, "exceededTransferLimit": True}
    )
    publishers.serve_geography(boundary_features(), lookup_features())
    with pytest.raises(PublisherError, match=said):
        asked(publishers)


@pytest.mark.parametrize(
    "path", ["/ons/services", f"/ons/{NAME}", f"/ons/{NAME}/query", f"/ons/{LOOKUP}/query"]
)
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            '{"error": {"code": 400, "message": "Invalid query", "details": []}}',
            "an error came: Invalid query",
        ),
        ('{"error": "Token required"}', "an error came: Token required"),
        ("<!DOCTYPE html><title>Sorry</title>", "a web page came"),
        ("", "what came is not JSON"),
        ("[]", "another kind of JSON came"),
        (
            '{"services": null, "fields": null, "features": null}',
            "there is none|it names no fields|there are none",
        ),
    ],
    ids=["error", "short error", "web page", "nothing", "list", "nulls"],
)
def test_an_error_that_comes_with_status_200_is_refused(
    path: str, content: str, said: str, publishers: Publishers
) -> None:
    publishers.server.expect_request(path).respond_with_data(content)
    publishers.serve_geography(boundary_features(), lookup_features())
    with pytest.raises(PublisherError, match=said):
        asked(publishers)


@pytest.mark.parametrize("beside", [None, [1]])
def test_a_page_need_say_nothing_beside_its_features(beside: object, publishers: Publishers) -> None:
    publishers.server.expect_request(f"/ons/{NAME}/query").respond_with_json(
        {"features": boundary_features(), "properties": beside}
    )
    publishers.serve_geography(boundary_features(), lookup_features())
    assert codes(read(*asked(publishers))) == CODES


def test_a_service_of_another_type_is_not_asked(publishers: Publishers) -> None:
    newer = {"name": NAME.replace("2026", "2027"), "type": "WFSServer"}
    publishers.server.expect_request("/ons/services").respond_with_json(
        {"services": [newer, *SERVICES["services"]]}
    )
    publishers.serve_geography(boundary_features(), lookup_features())
    assert NAME in asked(publishers)[0].address


def test_a_service_without_codes_of_districts_is_refused(publishers: Publishers) -> None:
    publishers.server.expect_request(f"/ons/{NAME}").respond_with_json({"fields": [{"name": "FID"}]})
    publishers.server.expect_request("/ons/services").respond_with_json(SERVICES)
    with pytest.raises(PublisherError, match="expected a field LADnnCD, but there are only FID"):
        asked(publishers)


def test_recorded_boundaries_are_read() -> None:
    path = recorded("ons/local_authority_districts_may_2024_bsc_london.geojson")
    parsed = read(Download(path.read_bytes(), str(path)))
    assert codes(parsed) == CODES
    assert parsed.published.isoformat() == "2024-05-01"


def test_recorded_boards_have_the_names_of_our_footprints() -> None:
    path = recorded("ons/integrated_care_boards_april_2023_bsc_london.geojson")
    boards = {
        f["properties"]["ICB23CD"]: f["properties"]["ICB23NM"]
        for f in json.loads(path.read_bytes())["features"]
    }
    footprints = KNOWN.footprints.to_dict("records")
    assert boards == {row["icb_code"]: row["icb_name"] for row in footprints if row["vintage"] == "2022"}
    with pytest.raises(PublisherError, match="there are no boundaries of districts"):
        read(Download(path.read_bytes(), str(path)))


def in_metres() -> list[dict]:
    """The features with the first area, the City of London, in eastings and northings."""
    features = boundary_features()
    corners = [[532382, 181358], [533406.7, 182038.0], [533434.8, 180499.5], [532382, 181358]]
    features[0]["geometry"] = {"type": "Polygon", "coordinates": [corners]}
    return features


def test_boundaries_in_eastings_and_northings_are_read_by_the_system_that_they_declare() -> None:
    download = collection(in_metres())
    said = json.loads(download.content)
    for system in (
        {"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}},
        {"spatialReference": {"wkid": 27700}},
    ):
        parsed = read(
            Download(json.dumps(said | system).encode(), download.address), collection(lookup_features())
        )
        assert codes(parsed) == CODES
        area = json.loads(parsed.tables[SOURCE])["features"][0]["geometry"]
        # both are printed side by side in ONS's boundaries of May 2024 (BNG_E, BNG_N, LONG, LAT)
        assert area["coordinates"][0][0] == pytest.approx([-0.09351, 51.5156], abs=0.00005)


@pytest.mark.parametrize(
    ("system", "said"),
    [
        (
            {},
            "eastings and northings, and it does not say of which reference system: download the boundaries",
        ),
        ({"crs": {"type": "name", "properties": {"name": "EPSG:99999"}}}, "EPSG:99999 cannot be read"),
        ({"crs": {"type": "name", "properties": {"name": "EPSG:32631"}}}, "lies outside London"),
    ],
)
def test_boundaries_of_an_unknown_reference_system_are_refused_with_the_way_on(
    system: dict, said: str
) -> None:
    download = collection(in_metres())
    content = json.dumps(json.loads(download.content) | system).encode()
    with pytest.raises(PublisherError, match=said):
        read(Download(content, download.address), collection(lookup_features()))

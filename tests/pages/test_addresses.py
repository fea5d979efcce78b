"""Figures and pictures by addresses of their own, as programs fetch them: over HTTP, from a server here."""

import csv
import gzip
import hashlib
import http.client
import io
import json
import re
import threading
import zipfile
from collections.abc import Iterator
from contextlib import closing
from typing import NamedTuple
from urllib.parse import quote

import csvw
import pandas as pd
import pyarrow.parquet as pq
import pytest
import uvicorn
from PIL import Image
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from data_loaders.settings import DATA_ADDRESSES, SettingError, check
from geo.tables.feed import COLUMNS
from geo.tables.london import London
from geo.tables.offered import offered
from pages.addresses import exhibits, turnstile
from pages.addresses.reply import Reply
from pages.addresses.routes import routes
from pages.addresses.workbench import Shelf
from pages.components.data import figures, small_areas
from pages.components.frame.serving import FrameGuard
from pages.components.packs import registry
from pages.components.state import addresses
from pages.components.state.view import View
from pages.exports import numbers, pictures
from tests.builders import EVERYTHING

# as many requests as these tests make
ENOUGH = 100_000


class Answer(NamedTuple):
    """What came back: the status, headers by their names in lower case, and the body as it was sent."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def rows(self) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.text, newline="")))


class Client:
    """Asks a server by HTTP."""

    def __init__(self, port: int) -> None:
        self.port = port

    def ask(self, address: str, method: str = "GET", **headers: str) -> Answer:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            connection.request(method, quote(address, safe="/?&=%+,"), headers=sent)
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, found, answer.read())


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    """A client of a server with the addresses, behind what the app's own server has before them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(turnstile, "AT_ONCE", ENOUGH)
        doors = [Middleware(FrameGuard), Middleware(GZipMiddleware, minimum_size=1000)]
        app = Starlette(routes=routes(), middleware=doors)
        server = uvicorn.Server(uvicorn.Config(app, port=0, ws="none", lifespan="off", log_level="warning"))
        socket = server.config.bind_socket()
        # who asks before the server is up waits
        socket.listen()
        thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]})
        thread.start()
        yield Client(socket.getsockname()[1])
        server.should_exit = True
        thread.join()
        socket.close()


def area(rows: list[dict[str, str]], code: str) -> dict[str, str]:
    (found,) = (row for row in rows if row["area_code"] == code)
    return found


def test_a_table_has_every_period_and_area_with_codes_units_and_sources(client: Client) -> None:
    answer = client.ask("/data/asq3_at_2_to_2_5_years.csv?vintage=2022")
    assert (answer.status, answer.headers["content-type"]) == (200, "text/csv; charset=utf-8; header=present")
    assert list(answer.rows[0]) == COLUMNS
    latest = [row for row in answer.rows if row["period"] == "2023/24"]
    assert len(latest) == 33 + 5 + 2
    # as the publisher prints them
    said = {code: f"{float(area(latest, code)['value']):.1f}" for code in ("E12000007", "E92000001")}
    assert said == {"E12000007": "88.1", "E92000001": "93.3"}
    newham = area(latest, "E09000025")
    assert f"{float(newham['value']):.1f}" == "58.9"
    assert (newham["ics_code"], newham["icb_code"], newham["icb_ods"]) == ("NEL", "E54000029", "QMF")
    assert (newham["period_start"], newham["period_end"]) == ("2023-04-01", "2024-03-31")
    assert (newham["unit"], newham["licence"]) == ("Per cent", "Open Government Licence v3.0")
    city = area(latest, "E09000001")
    assert (city["value"], city["status"]) == ("", "not_published")


def test_a_period_an_ics_and_boundaries_can_be_asked_for(client: Client) -> None:
    whole = client.ask("/data/designated_centres.csv?period=2019-12-06&vintage=2022").rows
    assert area(whole, "E12000007")["value"] == "323"
    for code in ("NEL", "nel", "E54000029", "QMF"):
        rows = client.ask(f"/data/designated_centres.csv?period=2019-12-06&ics={code}&vintage=2022").rows
        assert [row["area_type"] for row in rows] == ["borough"] * 8 + ["ics", "region", "country"]
        assert area(rows, "E54000029")["value"] == "74"
    latest = client.ask("/data/designated_centres.csv?period=latest").rows
    assert {row["period"] for row in latest} == {"2026-08-19"}
    # of today: four ICSs, and the register's 315 centres
    assert {row["ics_vintage"] for row in latest} == {"2026"}
    assert sum(row["area_type"] == "ics" for row in latest) == 4
    assert area(latest, "E12000007")["value"] == "315"


def test_json_and_parquet_hold_what_csv_does(client: Client) -> None:
    address = "/data/population_0_4.{}?vintage=2026"
    as_csv = pd.read_csv(io.BytesIO(client.ask(address.format("csv")).body), keep_default_na=False)
    records = json.loads(client.ask(address.format("json")).body)
    as_parquet = pd.read_parquet(io.BytesIO(client.ask(address.format("parquet")).body))
    london = [row for row in records if row["area_code"] == "E12000007"]
    assert [(row["value"], row["period_end"], row["numerator"]) for row in london] == [
        (527_257, "2024-06-30", None)
    ]
    assert list(as_csv.columns) == list(records[0]) == list(as_parquet.columns) == COLUMNS
    assert list(as_csv["area_code"]) == [row["area_code"] for row in records] == list(as_parquet["area_code"])
    in_json = pd.Series([row["value"] for row in records], dtype=float, name="value")
    pd.testing.assert_series_equal(as_parquet["value"], in_json)
    pd.testing.assert_series_equal(pd.to_numeric(as_csv["value"]), in_json)
    schema = pq.read_schema(io.BytesIO(client.ask(address.format("parquet")).body))
    assert str(schema.field("period_end").type) == "date32[day]"
    assert b"Office for National Statistics" in schema.metadata[b"sources"]


def test_a_category_has_its_word(client: Client) -> None:
    rows = client.ask("/data/family_hubs_programme.csv").rows
    assert area(rows, "E09000030")["category"] == "In the programme"


def test_the_metadata_say_of_each_column_what_it_is_and_of_the_table_whose(client: Client) -> None:
    table = client.ask("/data/idaci_2019.csv")
    assert table.headers["link"] == (
        '<idaci_2019.csv-metadata.json>; rel="describedby"; type="application/csvm+json"'
    )
    answer = client.ask("/data/idaci_2019.csv-metadata.json")
    said = json.loads(answer.body)
    assert answer.headers["content-type"] == "application/csvm+json"
    assert said["url"] == "idaci_2019.csv"
    assert said["dc:license"] == [
        {"@id": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"}
    ]
    assert all(column["dc:description"] for column in said["tableSchema"]["columns"])


@pytest.mark.parametrize("query", ["", "?period=latest", "?period=2023/24&ics=NEL&vintage=2022"])
def test_a_validator_finds_the_metadata_by_the_address_of_the_table(client: Client, query: str) -> None:
    """Whichever part of the table is asked for: metadata of another address are passed over."""
    address = f"/data/asq3_at_2_to_2_5_years.csv{query}"
    table = csvw.CSVW(f"http://127.0.0.1:{client.port}{address}", validate=True)
    assert table.is_valid, [str(each.message) for each in table.warnings]
    assert table.common_props["dc:title"]
    (read,) = table.tables
    assert [row["area_code"] for row in read] == [row["area_code"] for row in client.ask(address).rows]


def test_a_client_that_has_the_file_is_told_that_it_has_not_changed(client: Client) -> None:
    of_view = [f"/{file}?indicator=idaci_2019" for file in ("picture/map.svg", "table/map.xlsx")]
    for address in ("/data/idaci_2019.csv", "/data/", *of_view):
        first = client.ask(address)
        tag = first.headers["etag"]
        for known in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
            again = client.ask(address, If_None_Match=known)
            assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
        assert client.ask(address, If_None_Match='"other"').body == first.body
        assert "max-age" in first.headers["cache-control"]
    assert client.ask("/data/idaci_2019.csv?ics=NEL").headers["etag"] != tag


def test_a_file_is_compressed_for_who_asks_for_it_and_can_be_asked_for_without_its_content(
    client: Client,
) -> None:
    plain = client.ask("/data/idaci_2019.csv")
    packed = client.ask("/data/idaci_2019.csv", Accept_Encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["vary"]
    assert gzip.decompress(packed.body) == plain.body
    head = client.ask("/data/idaci_2019.csv", method="HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["etag"] == plain.headers["etag"]
    assert int(head.headers["content-length"]) == len(plain.body)


def test_scripts_of_other_pages_may_read_and_nobody_may_write(client: Client) -> None:
    answer = client.ask("/data/idaci_2019.csv", Origin="https://example.org")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "ETag" in answer.headers["access-control-expose-headers"]
    before = client.ask(
        "/data/idaci_2019.csv",
        method="OPTIONS",
        Origin="https://example.org",
        Access_Control_Request_Method="GET",
        Access_Control_Request_Headers="if-none-match",
    )
    assert before.status == 200
    assert client.ask("/data/idaci_2019.csv", method="POST").status == 405


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        (
            "/data/asq3_at_2_years.csv",
            404,
            "There is no indicator “asq3_at_2_years”. Did you mean “asq3_at_2_to_2_5_years”? "
            "The address data/ lists all 57.",
        ),
        (
            "/data/idaci_2019.xlsx",
            404,
            "There is no file “idaci_2019.xlsx”: ask for an indicator as .csv, .json, .parquet or "
            ".csv-metadata.json.",
        ),
        (
            "/data/gld_2022_on.csv?period=2021",
            400,
            "There is no figure of this indicator for the period “2021”: "
            "there are 2025, 2024, 2023 and 2022.",
        ),
        (
            "/data/idaci_2019.csv?ics=NCL&vintage=2026",
            400,
            "There is no ICS within the boundaries of 2026 called “NCL”: there are NEL, SEL, SWL and WNL.",
        ),
        (
            "/data/idaci_2019.csv?vintage=1965",
            400,
            "There is no set of ICS boundaries “1965”: there are 2022 and 2026.",
        ),
        (
            "/data/idaci_2019.csv?perod=2019",
            400,
            "There is no parameter “perod”: there are period, ics and vintage.",
        ),
        ("/data/readme.txt?x=1", 400, "There is no parameter “x”: there are none."),
        (
            "/data/idaci_2019.csv?ics=NEL&ics=SEL",
            400,
            "The parameter “ics” is given twice: give it once.",
        ),
        (
            "/picture/map.gif",
            404,
            "There is no file “map.gif”: ask for a picture as .png, .300dpi.png, .svg, .pdf or .vl.json.",
        ),
        (
            "/table/map.docx",
            404,
            "There is no file “map.docx”: ask for a table as .csv, .xlsx, .ods, .json, .parquet or .geojson.",
        ),
        ("/table/ranking.parquet", 404, "This table does not come as Parquet."),
        (
            "/picture/map.png?size=poster",
            400,
            "There is no size “poster”: there are screen, a4, column, slide and square.",
        ),
        ("/picture/map.png?borough=Narnia", 400, "There is no London borough “Narnia”."),
        (
            "/picture/map.png?indicator=review_6_8_weeks",
            404,
            "There is no figure by borough to map.",
        ),
    ],
)
def test_what_is_not_there_is_one_sentence_on_what_there_is(
    client: Client, address: str, status: int, sentence: str
) -> None:
    answer = client.ask(address)
    assert (answer.status, answer.text) == (status, f"{sentence}\n")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    asks_for_json = client.ask(address, Accept="application/json")
    assert (asks_for_json.status, json.loads(asks_for_json.body)["error"]) == (status, sentence)


@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)</script>.csv",
        "../../etc/passwd.csv",
        "a" * 4000 + ".csv",
        "%00.csv",
        ".csv",
        "a/b.csv",
        "idaci_2019.csv?period=%0d%0aSet-Cookie:x=1",
        "idaci_2019.csv?ics=" + "9" * 4000,
    ],
)
def test_a_hostile_name_is_read_as_text_and_quoted_short(client: Client, name: str) -> None:
    answer = client.ask(f"/data/{name}")
    assert answer.status in (400, 404)
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in answer.headers
    assert len(answer.text) < 400
    assert len(answer.text.splitlines()) == 1


def test_the_list_of_indicators_has_all_that_the_app_offers_and_leads_to_their_files(
    client: Client, london: London
) -> None:
    said = json.loads(client.ask("/data/").body)
    rows = {row["indicator_id"]: row for row in said["indicators"]}
    assert list(rows) == [indicator.indicator_id for indicator in offered(london)]
    for row in rows.values():
        assert row["periods"] == london.periods[row["indicator_id"]]
    for file in rows["idaci_2019"]["files"].values():
        assert client.ask(f"/data/{file}").status == 200
    page = client.ask("/data/", Accept="text/html,application/xhtml+xml")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "Designated children&#39;s centres" in page.text
    assert client.ask("/data").headers["location"] == "data/"


def test_what_openapi_describes_is_there(client: Client) -> None:
    said = json.loads(client.ask("/data/openapi.json").body)
    for path, described in said["paths"].items():
        address = path.format(indicator="idaci_2019", picture="ranking", table="borders")
        optional = [p["name"] for p in described["get"]["parameters"] if p["in"] == "query"]
        example = {"period": "2019", "ics": "NEL", "vintage": "2022", "indicator": "idaci_2019"}
        query = "&".join(f"{name}={example[name]}" for name in optional if name in example)
        answer = client.ask(f"{address}?{query}" if query else address)
        assert answer.status == 200, (address, answer.text)


def test_the_readme_names_all_parameters_formats_and_sizes(client: Client) -> None:
    text = client.ask("/data/readme.txt").text
    formats = ("CSV, JSON and Parquet", *pictures.ENDINGS, *exhibits.TABLE_ENDINGS)
    sizes = "screen, a4, column, slide and square"
    for part in ("period", "ics", "vintage", "latest", *formats, sizes):
        assert part in text


def test_a_picture_is_the_exhibit_that_its_page_offers(client: Client) -> None:
    link = "?indicator=gld_2013_2019&period=2019&vintage=2022&ics=NEL"
    answer = client.ask(f"/picture/map.svg{link}&size=a4")
    view, _ = registry.view_of(link)
    exhibit = registry.exhibit_of(view, "map")
    assert exhibit is not None
    assert exhibit.title in " ".join(answer.text.split())
    assert answer.headers["content-type"] == "image/svg+xml"
    assert 'filename="gld_2013_2019_nel_2019_map_ics2022_a4.svg"' in answer.headers["content-disposition"]
    png = client.ask(f"/picture/ranking.png{link}&size=column")
    with Image.open(io.BytesIO(png.body)) as picture:
        assert (picture.format, picture.width) == ("PNG", 720)
    # the addresses that the app shows of the exhibit give the same view
    assert pictures.address(exhibit, "svg", "a4") == f"picture/map.svg{link}&size=a4"
    assert area(client.ask(f"/{exhibit.figures_at}").rows, "E54000029")["period"] == "2019"


def content_of(file: bytes) -> dict[str, bytes]:
    """What is in a file; of a workbook each part, but for the moment at which it was made."""
    if not file.startswith(b"PK"):
        return {"": file}
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        moment = rb"\d{4}-\d\d-\d\dT[\d:.]+Z?"
        return {name: re.sub(moment, b"", parts.read(name)) for name in parts.namelist()}


@pytest.mark.parametrize(
    "link",
    [
        "?indicator=gld_2013_2019&period=2019&vintage=2022&ics=NEL&borough=Newham&compare=Camden,Hackney",
        "?indicator=centres_per_10k_0_4&vintage=2026&layout=tiles&classes=natural&opened=SE12 8LT",
        "?indicator=family_hubs_programme&borough=City of London",
    ],
)
def test_a_table_by_its_address_is_the_file_that_its_page_makes(client: Client, link: str) -> None:
    view, notes = registry.view_of(link)
    assert notes == []
    found = [registry.exhibit_of(view, key) for key in exhibits.tables()]
    there = [exhibit for exhibit in found if exhibit]
    assert len(there) > 5
    for number, exhibit in enumerate(there):
        for at, (made_as, made) in enumerate(numbers.formats_of(exhibit).items()):
            # a workbook takes a second: in turn, but for the numbers, which have formats of their own
            if not (EVERYTHING or exhibit.for_programs or (number + at) % 7 == 0):
                continue
            answer = client.ask(f"/{numbers.address(exhibit, made_as)}")
            name = numbers.file_name(exhibit, made_as)
            assert answer.headers["content-disposition"] == f'inline; filename="{name}"'
            assert answer.headers["content-type"].partition(";")[0] == made.mime
            assert content_of(answer.body) == content_of(made.build(exhibit))


def test_no_picture_of_answers_has_an_address_and_none_is_made_up(client: Client, london: London) -> None:
    of_answers = [key for key, kind in registry.EXHIBITS.items() if not kind.is_shared]
    assert len(of_answers) > 5
    for key in of_answers:
        for query in ("", "?demo=yes", "?wave=2026"):
            for address, noun in ((f"/picture/{key}.svg", "picture"), (f"/table/{key}.csv", "table")):
                answer = client.ask(f"{address}{query}")
                assert (answer.status, f"There is no {noun}" in answer.text) == (404, True)
    for address in ("/picture/map.svg?demo=yes", "/data/idaci_2019.csv?demo=yes"):
        assert client.ask(address).status == 400
    made_up = View("idaci_2019", "2019", "2022", demo="yes")
    assert "demo" not in addresses.of_exhibits(made_up)
    for key in exhibits.tables():
        exhibit = registry.exhibit_of(made_up, key)
        assert exhibit is None or not (exhibit.is_illustrative or exhibit.is_private)


def test_one_setting_switches_the_addresses_off(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATA_ADDRESSES, "off")
    for address in ("/data/idaci_2019.csv", "/data/", "/picture/map.png", "/table/map.csv"):
        answer = client.ask(address)
        assert (answer.status, DATA_ADDRESSES in answer.text) == (404, True)
    monkeypatch.setenv(DATA_ADDRESSES, "perhaps")
    assert client.ask("/data/idaci_2019.csv").status == 503
    with pytest.raises(SettingError, match="must be on or off, not 'perhaps'"):
        check()


def test_a_client_that_asks_very_often_waits_and_the_others_do_not() -> None:
    now = [0.0]

    async def nothing(*_: object) -> None:
        return None

    door = turnstile.Turnstile(nothing, now=lambda: now[0])
    asked = [door._lets_in("one") for _ in range(turnstile.AT_ONCE + 5)]
    assert asked == [True] * turnstile.AT_ONCE + [False] * 5
    assert door._lets_in("other")
    now[0] += 2 * turnstile.EACH_S
    assert [door._lets_in("one") for _ in range(3)] == [True, True, False]


def test_what_is_kept_is_bounded_and_what_was_asked_for_last_stays() -> None:
    shelf = Shelf(most_bytes=20)
    for name in ("a", "b"):
        shelf.put(name, Reply.of(name.encode() * 10, "text/plain"))
    assert shelf.get("a") is not None
    shelf.put("c", Reply.of(b"c" * 10, "text/plain"))
    assert (shelf.get("b"), shelf.get("a") is None, shelf.get("c") is None) == (None, False, False)


def test_the_outlines_of_small_areas_are_kept_for_good_under_a_name_of_their_content(client: Client) -> None:
    packed = small_areas.packed()
    answer = client.ask(f"/shapes/{packed.name}", accept_encoding="gzip")
    assert answer.status == 200
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.body == packed.content
    content = gzip.decompress(answer.body)
    assert hashlib.sha256(content).hexdigest().startswith(packed.name.split(".")[1])
    assert len(json.loads(content)["shapes"]) == 4_994
    plain = client.ask(f"/shapes/{packed.name}", accept_encoding="identity")
    assert "content-encoding" not in plain.headers
    assert plain.body == content


def test_the_outlines_of_each_drawing_are_given_as_it_has_them(client: Client) -> None:
    outlines = figures.outlines()
    assert outlines.keys() == {text for each in figures.layouts().values() for text in each.shapes.values()}
    for text, packed in outlines.items():
        answer = client.ask(f"/shapes/{packed.name}", accept_encoding="identity")
        assert (answer.status, answer.text) == (200, text)


def test_outlines_of_another_name_are_gone(client: Client) -> None:
    answer = client.ask("/shapes/small_areas.0123456789abcdef.json")
    assert (answer.status, answer.headers["cache-control"]) == (404, "no-store")
    assert "Reload the page" in answer.text


def test_pages_have_their_outlines_where_figures_are_given_out_to_nobody(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DATA_ADDRESSES, "off")
    assert client.ask("/data/index.json").status == 404
    assert client.ask(f"/shapes/{small_areas.packed().name}").status == 200


def test_the_window_of_a_presenter_is_there_and_brings_no_script_in_its_text(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DATA_ADDRESSES, "off")
    window = client.ask("/presenter")
    assert (window.status, window.headers["content-type"]) == (200, "text/html; charset=utf-8")
    scripts = re.findall(r"<script[^>]*>", window.text)
    assert scripts == ['<script type="module" src="presenter.js">']
    assert client.ask("/presenter.js").headers["content-type"].startswith("text/javascript")

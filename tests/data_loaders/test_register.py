"""The register of children's centres: what is counted, what is kept, what is refused."""

import datetime as dt
import io
from pathlib import Path
from random import Random

import pandas as pd
import pytest
from hypothesis import given, strategies as st

from data_loaders import store
from data_loaders.library import open_library
from data_loaders.publisher import ENGLAND, Download, Known, Parsed, PublisherError, load_known
from data_loaders.register import SITES, date_in_name, fetch, parse, shrunken
from tests.builders import read_csv
from tests.served import (
    CAMDEN,
    CITY,
    CODES,
    MANAGER,
    REGISTER_DAY,
    TODAY,
    Change,
    Publishers,
    Rows,
    as_csv,
    recorded,
    register_row,
    register_rows,
)

KNOWN: Known = load_known(open_library(live=Path("nowhere")).entries, TODAY)
NAME = f"edubaseallchildrencentre{REGISTER_DAY:%Y%m%d}.csv"


def read(content: bytes, name: str = NAME) -> Parsed:
    return parse([Download(content, name)], KNOWN)


def counts(parsed: Parsed) -> dict[tuple[str, str], float]:
    assert parsed.observations is not None
    boroughs = parsed.observations[parsed.observations["area_code"] != ENGLAND]
    return boroughs.set_index(["area_code", "indicator_id"])["value"].to_dict()


def sites(parsed: Parsed) -> Rows:
    header, *lines = parsed.tables[SITES].decode().splitlines()
    return [dict(zip(header.split(","), line.split(","), strict=True)) for line in lines]


def refused(content: bytes, name: str = NAME) -> str:
    with pytest.raises(PublisherError) as failed:
        read(content, name)
    assert "Department for Education" in str(failed.value)
    assert name in str(failed.value)
    return failed.value.came


def test_centres_and_linked_sites_are_counted_for_every_authority() -> None:
    parsed = read(as_csv(register_rows()))
    found = counts(parsed)
    assert {code for code, _ in found} == set(CODES)
    assert (found[CAMDEN, "designated_centres"], found[CITY, "designated_centres"]) == (5, 1)
    assert found[CITY, "linked_sites"] == 0
    assert sum(found.values()) == 315 + 139
    assert parsed.published == REGISTER_DAY
    assert parsed.doubts == ()


def test_the_entries_of_london_are_kept_without_their_managers() -> None:
    parsed = read(as_csv(register_rows()))
    kept = sites(parsed)
    assert len(kept) == 315 + 139
    assert kept[0] == {
        "urn": "20000",
        "area_code": CITY,
        "name": "Centre 20000",
        "type": "designated_centres",
        "status": "open",
        "open_date": "2008-03-17",
        "postcode": "N1 1AA",
    }
    assert kept[1]["open_date"] == ""  # 01-01-1900 means unknown
    assert MANAGER.encode() not in parsed.tables[SITES]
    assert b"01632" not in parsed.tables[SITES]


def changed(change: Change, **options: str) -> bytes:
    return as_csv(change(register_rows()), **options)


def all_cells(column: str, value: str) -> Change:
    return lambda rows: [row | {column: value} for row in rows]


def first_cell(column: str, value: str) -> Change:
    return lambda rows: [rows[0] | {column: value}, *rows[1:]]


def without_column(column: str) -> Change:
    return lambda rows: [{name: cell for name, cell in row.items() if name != column} for row in rows]


HARMLESS: dict[str, Change] = {
    "columns in another order": lambda rows: [dict(reversed(row.items())) for row in rows],
    "rows in another order": lambda rows: rows[::-1],
    "a column more": all_cells("Anything", 'a "quoted", cell'),
    "the columns of 2016": without_column("LastChangedDate"),
    "a row twice": lambda rows: [rows[0], *rows],
    "words with other capitals": all_cells("TypeOfEstablishment (name)", "Children's Centre"),
    "a name with an accent": first_cell("EstablishmentName", "Crèche"),
    "a closed entry": lambda rows: [
        *rows,
        register_row("30000", "202", "47") | {"EstablishmentStatus (code)": "2"},
    ],
}


@pytest.mark.parametrize("change", HARMLESS.values(), ids=HARMLESS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_what_does_not_matter_changes_nothing(change: Change, encoding: str, newline: str) -> None:
    plain = counts(read(as_csv(register_rows())))
    assert counts(read(as_csv(change(register_rows()), encoding=encoding, newline=newline))) == plain


def test_a_name_is_read_in_either_encoding() -> None:
    for encoding in ("utf-8", "utf-8-sig", "cp1252"):
        parsed = read(changed(HARMLESS["a name with an accent"], encoding=encoding))
        assert sites(parsed)[0]["name"] == "Crèche"


REFUSED: dict[str, tuple[bytes, str]] = {
    "empty file": (b"", "an empty file came"),
    "only a newline": (b"\r\n", "an empty file came"),
    "header only": (as_csv(register_rows()).split(b"\r\n")[0] + b"\r\n", "a header without rows came"),
    "web page": (b"<!DOCTYPE html><p>Sorry</p>", "a web page came"),
    "message": (b'{"error": "not today"}', 'a message came: {"error": "not today"}'),
    "renamed column": (
        changed(lambda rows: [{k.replace("URN", "Number"): v for k, v in row.items()} for row in rows]),
        "there is no column “URN” among “Number”",
    ),
    "breaks off": (as_csv(register_rows())[:-60], "the file breaks off in row 457"),
    "breaks off within quotes": (b'"URN","LA (code)\r\n1', "the file breaks off or is not CSV"),
    "no bytes of text": (b"\x81\x8d\x8f", "the file came in an unknown encoding"),
    "unknown authority": (changed(first_cell("LA (code)", "999")), "the unknown LA (code) “999” came"),
    "unknown status": (
        changed(first_cell("EstablishmentStatus (code)", "9")),
        "the unknown EstablishmentStatus (code) “9” came",
    ),
    "two entries of one number": (
        changed(lambda rows: [rows[0] | {"Postcode": "E1 1AA"}, *rows]),
        "number (URN) 20000 stands for two different entries",
    ),
    "a date that is none": (changed(first_cell("OpenDate", "2008-03-17")), "the date “2008-03-17” came"),
}


@pytest.mark.parametrize(("content", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_the_register_is_refused(content: bytes, said: str) -> None:
    assert said in refused(content)


def test_a_register_of_tomorrow_is_refused() -> None:
    tomorrow = (TODAY + dt.timedelta(days=1)).strftime("edubaseallchildrencentre%Y%m%d.csv")
    assert refused(as_csv(register_rows()), tomorrow) == "its date, 2026-11-24, is in the future"


def test_a_file_without_a_date_in_its_name_needs_one() -> None:
    assert "give --date" in refused(as_csv(register_rows()), "register.csv")
    download = Download(as_csv(register_rows()), "register.csv", published=REGISTER_DAY)
    assert parse([download], KNOWN).published == REGISTER_DAY


@pytest.mark.parametrize(
    ("change", "doubt"),
    [
        (lambda rows: [row for row in rows if row["LA (code)"] != "202"], "Camden has no open entry."),
        (
            first_cell("OpenDate", "23-11-2026"),
            "Open entries with an opening date after that of the register: 1.",
        ),
    ],
)
def test_what_looks_wrong_is_a_doubt(change: Change, doubt: str) -> None:
    assert read(changed(change)).doubts == (doubt,)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("https://host/public/edubaseallchildrencentre20260819.csv", dt.date(2026, 8, 19)),
        ("edubaseallchildrencentre20260230.csv", None),
        ("edubaseallchildrencentre.csv", None),
    ],
)
def test_the_date_is_in_the_name(name: str, day: dt.date | None) -> None:
    assert date_in_name(name) == day


def test_the_newest_day_that_has_a_file_is_found(publishers: Publishers) -> None:
    publishers.serve_register(as_csv(register_rows()), TODAY - dt.timedelta(days=5))
    publishers.server.expect_request(
        f"/register/edubaseallchildrencentre{TODAY - dt.timedelta(days=3):%Y%m%d}.csv"
    ).respond_with_data("<html>Sorry</html>")
    known = load_known(open_library().entries, TODAY)
    (download,) = fetch(publishers.session(), known)
    assert download.published == TODAY - dt.timedelta(days=5)
    assert download.etag == '"abc"'
    assert [request.path[-12:-4] for request, _ in publishers.server.log] == [
        f"{TODAY - dt.timedelta(days=back):%Y%m%d}" for back in range(6)
    ]


@pytest.mark.parametrize(
    ("day", "centres", "linked"), [("20160804", 332, 138), ("20191206", 323, 141), ("20260819", 315, 139)]
)
def test_the_recorded_registers_give_the_known_counts(day: str, centres: int, linked: int) -> None:
    name = f"edubaseallchildrencentre{day}.csv"
    parsed = read(recorded(f"gias/{name}").read_bytes(), name)
    assert parsed.observations is not None
    of_london = parsed.observations[parsed.observations["area_code"] != ENGLAND]
    totals = of_london.groupby("indicator_id")["value"].sum().to_dict()
    assert totals == {"designated_centres": centres, "linked_sites": linked}
    assert len(pd.read_csv(io.BytesIO(parsed.tables[SITES]))) == centres + linked
    assert parsed.doubts == ()
    embedded = {
        (row["area_code"], row["indicator_id"]): float(row["value"])
        for row in read_csv(store.SNAPSHOT / "observations" / "dfe_register.csv")
        if row["period"].replace("-", "") == day
    }
    assert counts(parsed) == embedded


def test_the_file_of_links_is_not_the_register() -> None:
    links = recorded("gias/links_edubaseallchildrencentre20191206.csv").read_bytes()
    assert "there is no column “LA (code)”" in refused(links, "links_edubaseallchildrencentre20191206.csv")


@given(st.binary(max_size=300))
def test_whatever_comes_is_read_or_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(PublisherError):
        read(content)


# a file with a NUL is in an encoding that nobody knows, and is refused as such
LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")


@pytest.mark.thorough
@given(st.randoms(use_true_random=False), st.text(LETTERS, max_size=20))
def test_order_and_other_columns_never_matter(random: Random, secret: str) -> None:
    rows, names = register_rows(), list(register_row("", "", ""))
    random.shuffle(rows)
    random.shuffle(names)
    shuffled = [{name: row[name] for name in names} | {"HeadLastName": secret} for row in rows]
    assert counts(read(as_csv(shuffled))) == counts(read(as_csv(register_rows())))


def test_englands_counts_come_out_of_the_same_file() -> None:
    parsed = read(as_csv(register_rows()))
    assert parsed.observations is not None
    england = parsed.observations.set_index(["area_code", "indicator_id"])["value"]
    # one centre and one linked site elsewhere
    assert england[ENGLAND, "designated_centres"] == 315 + 1
    assert england[ENGLAND, "linked_sites"] == 139 + 1


def test_a_new_type_of_centre_is_counted_apart_and_said() -> None:
    rows = [row | {"TypeOfEstablishment (code)": "49"} for row in register_rows()[:3]] + register_rows()[3:]
    parsed = read(as_csv(rows))
    assert parsed.remarks == ("Neither centre nor linked site, and counted apart: 3 entries of the type 49.",)
    assert sum(counts(parsed).values()) == 454 - 3


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        (("17/03/2008", "06/09/2007"), ""),
        (("3/17/2008", "9/6/2007"), ""),
        (("01/02/2008", "06/09/2007"), "download the register once more and import it without opening it"),
    ],
)
def test_dates_that_a_spreadsheet_has_written_are_read_where_they_are_unmistakable(
    dates: tuple[str, str], said: str
) -> None:
    first, second, *others = register_rows()
    content = as_csv([first | {"OpenDate": dates[0]}, second | {"OpenDate": dates[1]}, *others])
    if said:
        assert said in refused(content)
        return
    sites = pd.read_csv(io.BytesIO(read(content).tables[SITES]), dtype=str).set_index("urn")["open_date"]
    assert (sites["20000"], sites["20001"]) == ("2008-03-17", "2007-09-06")


def test_a_register_of_which_a_part_is_missing_is_told_by_its_counts() -> None:
    whole = read(as_csv(register_rows()), "edubaseallchildrencentre20261001.csv").observations
    cut = read(as_csv(register_rows()[:380]), "edubaseallchildrencentre20261101.csv").observations
    assert whole is not None
    assert cut is not None
    assert shrunken(whole, cut) == [
        "London has 380 open entries; the register of 2026-10-01 had 454.",
        "England has 380 open entries; the register of 2026-10-01 had 456.",
    ]
    assert shrunken(whole, whole) == []

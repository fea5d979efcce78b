"""The list of family hubs: found on its page, read as it is, and never taken for a list of all hubs."""

import datetime as dt
import io
from pathlib import Path
from random import Random

import pandas as pd
import pytest
from hypothesis import given, strategies as st

from data_loaders.family_hubs import compared, fetch, parse
from data_loaders.library import open_library
from data_loaders.publisher import Download, Known, Parsed, PublisherError, load_known
from data_loaders.refresh import refresh, take_files
from data_loaders.sites import HUBS, load_hubs
from tests.served import TODAY, Change, Publishers, as_csv, hub_rows

KNOWN: Known = load_known(open_library(live=Path("nowhere")).entries, TODAY)
NAME = "List_of_family_hub_sites.csv"
DAY = dt.date(2026, 2, 2)
OCEAN = ("E09000030", "Ocean Children And Family Centre", "E1 0ND")


def read(content: bytes) -> Parsed:
    return parse([Download(content, NAME, published=DAY)], KNOWN)


def hubs(parsed: Parsed) -> list[tuple[str, ...]]:
    table = pd.read_csv(io.BytesIO(parsed.tables[HUBS]), dtype=str, keep_default_na=False)
    assert list(table) == ["area_code", "name", "postcode"]
    return list(table.itertuples(index=False, name=None))


def test_londons_hubs_are_read_and_who_is_not_in_the_list_is_no_authority_without_one() -> None:
    parsed = read(as_csv(hub_rows(), "utf-8-sig"))
    found = hubs(parsed)
    # 90 rows, of which one is of Kent and three are of Thurrock
    assert len(found) == 86
    assert OCEAN in found
    assert {code[:3] for code, _, _ in found} == {"E09"}
    assert parsed.published == DAY
    assert parsed.observations is None
    (said,) = parsed.remarks
    assert said.startswith("City of London, Barnet, Bexley, ")
    assert said.endswith("are not in this list, which is not to say that there is no family hub.")
    assert parsed.doubts == ()


def of_first(**cells: str) -> Change:
    return lambda rows: [rows[0] | cells, *rows[1:]]


HARMLESS: dict[str, Change] = {
    "columns in another order": lambda rows: [dict(reversed(row.items())) for row in rows],
    "further columns": lambda rows: [row | {"Telephone": "01632 960000"} for row in rows],
    "rows twice": lambda rows: [*rows, *rows],
    "postcodes in any spelling": lambda rows: [
        row | {"Postcode": row["Postcode"].replace(" ", "").lower()} for row in rows
    ],
    "titles of councils": lambda rows: [
        row | {"Local_Authority": f"London Borough of {row['Local_Authority']}"}
        if row["Region"] == "London"
        else row
        for row in rows
    ],
    "and as a sign": lambda rows: [
        row | {"Local_Authority": row["Local_Authority"].replace(" and ", " & ")} for row in rows
    ],
    "no region": lambda rows: [row | {"Region": ""} for row in rows],
}


@pytest.mark.parametrize("change", HARMLESS.values(), ids=HARMLESS)
def test_what_makes_no_difference_makes_none(change: Change) -> None:
    assert hubs(read(as_csv(change(hub_rows())))) == hubs(read(as_csv(hub_rows())))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_usual_way_to_write_a_file_is_read(encoding: str, newline: str) -> None:
    rows = [row | {"Family_Hub": row["Family_Hub"].replace("'", "’")} for row in hub_rows()]
    assert len(hubs(read(as_csv(rows, encoding, newline)))) == 86


def without(column: str) -> Change:
    return lambda rows: [{name: cell for name, cell in row.items() if name != column} for row in rows]


REFUSED: dict[str, tuple[Change, str]] = {
    "no column of postcodes": (without("Postcode"), "there is no column “Postcode”"),
    "no column of hubs": (without("Family_Hub"), "there is no column “Family_Hub”"),
    "an unknown London authority": (
        of_first(Local_Authority="Middlesex"),
        "the unknown London authority “Middlesex” came",
    ),
    "a hub without a name": (of_first(Family_Hub=""), "a hub of Barking and Dagenham has no name"),
    "no London": (lambda rows: [row for row in rows if row["Region"] != "London"], "no hub of London is in"),
}


@pytest.mark.parametrize(("change", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_such_list_is_refused(change: Change, said: str) -> None:
    with pytest.raises(PublisherError) as failed:
        read(as_csv(change(hub_rows())))
    assert said in str(failed.value)
    assert f"Department for Education ({NAME}): expected the list of family hub sites" in str(failed.value)


def test_a_hub_without_a_whole_postcode_is_kept_and_named() -> None:
    rows = hub_rows()
    cells = [{"Postcode": "", "Family_Hub": "One"}, {"Postcode": "see website", "Family_Hub": "Another"}]
    parsed = read(as_csv([*(rows[0] | cell for cell in cells), *rows[1:]]))
    postcodes = {name: postcode for _, name, postcode in hubs(parsed)}
    assert (postcodes["One"], postcodes["Another"]) == ("", "see website")
    assert parsed.remarks[-1] == "Without a whole postcode: Another; One."


def test_a_day_is_asked_for_and_is_not_to_come() -> None:
    for day, said in ((None, "give the day of the list with --date"), (dt.date(2027, 1, 1), "in the future")):
        with pytest.raises(PublisherError, match=said):
            parse([Download(as_csv(hub_rows()), NAME, published=day)], KNOWN)


@given(st.binary(max_size=300))
def test_whatever_comes_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(PublisherError):
        read(content)


@given(st.integers(1, 3_000))
def test_half_a_file_is_refused_or_has_only_whole_hubs(size: int) -> None:
    """A row that ends before its postcode is refused, and a postcode that is cut is named."""
    whole = as_csv(hub_rows())
    try:
        parsed = read(whole[: min(size, len(whole))])
    except PublisherError:
        return
    strange = set(hubs(parsed)) - set(hubs(read(whole)))
    assert len(strange) <= 1
    said = " ".join(parsed.remarks)
    assert all(f"Without a whole postcode: {name}." in said for _, name, _ in strange)


@given(st.randoms(use_true_random=False))
def test_order_never_matters(random: Random) -> None:
    rows = hub_rows()
    assert hubs(read(as_csv(random.sample(rows, len(rows))))) == hubs(read(as_csv(rows)))


def test_a_list_that_has_shrunk_is_doubted_and_what_came_and_went_is_named() -> None:
    columns = ["area_code", "name", "postcode"]
    before = pd.DataFrame([("E09000030", f"Hub {n}", "E1 0ND") for n in range(8)], columns=columns)
    came = pd.concat([before.head(6), pd.DataFrame([("E09000030", "New", "")], columns=columns)])
    assert compared(before, came) == (
        ["No longer in the list: Hub 6 (E1 0ND); Hub 7 (E1 0ND).", "New in the list: New (no postcode)."],
        [],
    )
    _, doubts = compared(before, came.head(5))
    assert doubts == ["London has 5 hubs in this list; the one before had 8."]


@pytest.mark.thorough
def test_the_list_is_found_on_its_page_and_taken_in(publishers: Publishers) -> None:
    assert load_hubs(open_library()) is None
    publishers.serve_all()
    outcome = refresh("dfe_family_hubs", publishers.order(), publishers.session())
    assert outcome.message == "Taken in: the list of 2 February 2026."
    found = load_hubs(open_library())
    assert found is not None
    assert found.day == "2026-02-02"
    row = found.sites.set_index("name").loc["Ocean Children And Family Centre"]
    assert (row["easting"], row["northing"], row["stands_in"]) == (536058, 181238, "E09000030")
    # a part of it does not take its place unasked
    half = Download(as_csv(hub_rows()[:40]), NAME, published=dt.date(2026, 3, 1))
    outcome = take_files("dfe_family_hubs", [half], publishers.order())
    assert outcome.kind == "held"
    assert "London has 40 hubs in this list; the one before had 86." in outcome.message
    assert load_hubs(open_library()) is not None


PAGES = {
    "no link": ("<p>Nothing here</p>", "no file of hubs is named there"),
    "two lists": (
        '<a href="/a/Family_hubs_2025.csv">a</a><a href="/b/Family_hubs_2026.csv">b</a>',
        "2 files of hubs are named there",
    ),
    "another host": ('<a href="https://elsewhere.example/family_hubs.csv">a</a>', "on another host"),
}


class Served:
    """What fetch() needs of a session: a page by its address, and a file for every other."""

    def __init__(self, page: str) -> None:
        self.page, self.asked = page, list[str]()

    def get(
        self, publisher: str, address: str, expected: str, missing_is_none: bool = False
    ) -> Download | None:
        self.asked.append(address)
        content = as_csv(hub_rows()) if address.endswith(".csv") else self.page.encode()
        return Download(content, address)


@pytest.mark.parametrize(("page", "said"), PAGES.values(), ids=PAGES)
def test_a_page_that_leads_nowhere_for_certain_is_refused(page: str, said: str) -> None:
    with pytest.raises(PublisherError, match=said):
        fetch(Served(page), KNOWN)


def test_the_file_of_the_page_has_the_day_of_the_page_else_that_of_its_download() -> None:
    link = '<a href="https://assets.publishing.service.gov.uk/media/1/List_of_family_hub_sites.csv">'
    dated = f'{link}<script>{{"dateModified": "2026-02-02T09:00:00+00:00"}}</script>'
    for page, day in ((dated, DAY), (link, TODAY)):
        served = Served(page)
        (download,) = fetch(served, KNOWN)
        assert download.published == day
        assert served.asked == [
            "https://www.gov.uk/government/publications/list-of-family-hub-sites",
            "https://assets.publishing.service.gov.uk/media/1/List_of_family_hub_sites.csv",
        ]

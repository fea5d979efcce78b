"""Each table by an address is what its metadata say of it, as a validator of CSV on the Web reads the two."""

from pathlib import Path

import csvw
import pytest

from data_loaders.refresh import refresh
from pages.addresses import asked
from pages.addresses.figures import METADATA, make, read
from tests.served import Publishers, as_csv, population_rows, register_rows, review_rows


def saved(folder: Path, indicator: str) -> Path:
    """The CSV of an indicator in a folder, with its metadata beside it; where the latter is."""
    for ending in ("csv", METADATA):
        reply = make(*read(f"{indicator}.{ending}", []))
        (folder / f"{indicator}.{ending}").write_bytes(reply.content)
    return folder / f"{indicator}.{METADATA}"


def problem(metadata: Path) -> str:
    """What the validator has against a table; its warnings are errors here, as all are."""
    try:
        table = csvw.CSVW(str(metadata), validate=True)
        return "" if table.is_valid else f"{table.warnings}"
    except (UserWarning, ValueError) as found:
        return str(found)


def test_every_indicator_is_what_its_metadata_say(tmp_path: Path) -> None:
    found = {name: problem(saved(tmp_path, name)) for name in asked.indicators()}
    assert {name: said for name, said in found.items() if said} == {}


def test_a_table_of_downloaded_figures_is_too(publishers: Publishers, tmp_path: Path) -> None:
    publishers.serve_register(as_csv(register_rows()))
    publishers.serve_population(as_csv(population_rows()))
    publishers.serve_reviews(as_csv(review_rows()))
    for publisher in ("dfe_register", "ons_population", "ohid_fingertips"):
        assert refresh(publisher, publishers.order(), publishers.session()).kind == "replaced"
    # of each publisher one, and what follows from two of them
    for name in ("designated_centres", "population_0_4", "review_12_months_by_12", "centres_per_10k_0_4"):
        assert problem(saved(tmp_path, name)) == "", name


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("0.238", "n/a", "invalid lexical value for float: n/a"),
        ("2019-12-31", "31/12/2019", "Invalid column value: 31/12/2019"),
        ("E09000002", "E09000001", "duplicate primary key: ('2019', 'E09000001')"),
        ("E09000002", "", "required column value is missing"),
    ],
)
def test_a_table_that_is_not_is_found_out(before: str, after: str, said: str, tmp_path: Path) -> None:
    metadata = saved(tmp_path, "idaci_2019")
    table = metadata.with_name("idaci_2019.csv")
    text = table.read_text(encoding="utf-8")
    assert before in text
    table.write_text(text.replace(before, after, 1), encoding="utf-8")
    assert said in problem(metadata)

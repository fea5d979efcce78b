"""How many children have their nearest centre on the other side, as it is said and taken away."""

import pandas as pd
import pytest

from geo.tables.london import London
from pages.components.borders import children
from pages.components.packs.registry import exhibit_of, view_of

NAMES = {"A": "Aston", "B": "Barking and Dagenham", "C": "Camden"}


def pairs(*rows: tuple[str, str, int, int]) -> pd.DataFrame:
    table = pd.DataFrame(list(rows), columns=["one", "other", "from_one", "from_other"])
    return table.assign(both=table["from_one"] + table["from_other"])


def test_the_headline_says_both_directions() -> None:
    said = children.headline(pairs(("A", "B", 1200, 345), ("C", "A", 10, 0)), NAMES)
    assert said == (
        "1,555 children have their nearest centre across a border, the most between Aston and Barking and "
        "Dagenham: 1,200 of Aston and 345 the other way."
    )
    assert children.headline(pairs(("C", "A", 10, 0)), NAMES).endswith("10 of Camden and none the other way.")


def test_the_table_has_a_row_a_border() -> None:
    table = children.table(pairs(("A", "B", 1200, 345)), NAMES)
    assert table.texts().to_dict("records") == [
        {
            "Border": "Aston and Barking and Dagenham",
            "Children": "1,545",
            "Live in the first": "1,200",
            "Live in the second": "345",
        }
    ]


@pytest.mark.parametrize(("query", "whole"), [("", 51_985), ("?ics=NEL&vintage=2026", None)])
def test_the_file_has_every_border_with_its_dates(query: str, whole: int | None, london: London) -> None:
    view, notes = view_of(query)
    exhibit = exhibit_of(view, "borders_children")
    assert (notes, exhibit is not None) == ([], True)
    assert exhibit is not None
    numbers = exhibit.numbers().values()
    assert set(numbers["Day of the children"]) == {"2021-03-21"}
    assert set(numbers["Day of the register"]) == {"2026-08-19"}
    assert f"{numbers['Children'].sum():,.0f} children" in exhibit.title
    assert "Royal Mail" in " ".join(exhibit.sources)
    if whole:
        assert numbers["Children"].sum() == whole
    else:
        members = set(
            london.footprints.loc[
                (london.footprints["vintage"] == "2026") & (london.footprints["ics_code"] == "NEL"),
                "area_code",
            ]
        )
        codes = numbers[["Area code of the first", "Area code of the second"]]
        assert codes.isin(members).any(axis="columns").all()
        assert 0 < numbers["Children"].sum() < 51_985

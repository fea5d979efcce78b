"""Access of newer children: one count of children at every date, and nothing else that follows from them."""

import pandas as pd
import pytest

from data_loaders.children import SOURCE
from data_loaders.library import open_library
from data_loaders.publisher import Download
from data_loaders.refresh import refresh, take_files
from geo.access.indicators import FOR_EACH_CENTRE, INDICATORS
from geo.tables.london import London, load_london, place_table
from geo.tables.origins import sources_of
from tests.served import SMALL_AREAS, Publishers, as_csv, small_area_children

ACCESS = [*INDICATORS, FOR_EACH_CENTRE]
FIGURES = ["area_code", "indicator_id", "period", "value", "numerator", "denominator", "status"]


def of_access(london: London) -> pd.DataFrame:
    table = london.observations
    rows = table[table["indicator_id"].isin(ACCESS)]
    return rows.sort_values(["indicator_id", "period", "area_code"], ignore_index=True)


@pytest.fixture
def newer(publishers: Publishers) -> London:
    """The figures with newer children, of which each borough has as many as its own estimate says."""
    publishers.serve_small_areas()
    assert refresh(SOURCE, publishers.order(), publishers.session()).kind == "replaced"
    return load_london()


def test_children_of_the_census_called_newer_give_the_embedded_figures(
    publishers: Publishers, london: London
) -> None:
    """What is worked out when the app starts is what was worked out when figures were embedded."""
    rows = [
        {
            "DATE_NAME": "2024",
            "GEOGRAPHY_CODE": area["small_area"],
            "C_AGE_NAME": f"Age {age}",
            "OBS_VALUE": area["children_0_4"] if age == 0 else "0",
        }
        for area in SMALL_AREAS
        for age in range(5)
    ]
    take_files(SOURCE, [Download(as_csv(rows), "census.csv")], publishers.order(accept=True))
    pd.testing.assert_frame_equal(of_access(load_london())[FIGURES], of_access(london)[FIGURES])


def test_every_date_stands_on_the_newer_children_and_they_add_up(newer: London, london: London) -> None:
    rows = of_access(newer)
    assert set(rows["period"]) == set(of_access(london)["period"])
    sums: dict[str, int] = {}
    for area in SMALL_AREAS:
        code = area["area_code"]
        sums[code] = sums.get(code, 0) + small_area_children()[area["small_area"]]
    assert set(rows.loc[rows["value"].notna(), "status"]) == {"derived"}
    assert not rows["value"].equals(of_access(london)["value"])
    # the other figure is of centres, among which children are shared
    rows = rows[rows["indicator_id"] != FOR_EACH_CENTRE]
    boroughs = rows[rows["area_code"].isin(sums)]
    assert (boroughs["denominator"] == boroughs["area_code"].map(sums)).all()
    whole = rows[rows["area_code"] == "E12000007"]
    assert set(whole["denominator"]) == {sum(sums.values())}


def test_only_access_follows_from_the_newer_children(newer: London, london: London) -> None:
    others = [
        table[~table["indicator_id"].isin(ACCESS)].reset_index(drop=True)
        for table in (newer.observations, london.observations)
    ]
    pd.testing.assert_frame_equal(*others)


def test_their_day_and_their_source_stand_on_every_figure(newer: London, london: London) -> None:
    for name in ACCESS:
        indicator, before = newer.catalogue.indicators[name], london.catalogue.indicators[name]
        assert "(mid-2024)" in indicator.label
        assert indicator.label.replace("mid-2024", "Census 2021") == before.label
        said = f"{indicator.definition} {indicator.caveats} {indicator.comparable_over_time}"
        assert "mid-2024 (30 June 2024)" in said
        assert "lockdown" not in said
        assert "supporting information" in said
        assert not set("{}") & set(said + before.definition + before.caveats + before.comparable_over_time)
    named = sources_of(newer.catalogue, place_table(newer, "access_any_centre", "2026-08-19", "2026"))
    (estimates,) = [source for source in named if source.source_id == SOURCE]
    assert estimates.figures_date == "2024-06-30"
    assert estimates.retrieved == (open_library().versions[SOURCE].retrieved_on.isoformat(),)
    (register,) = [source for source in named if source.source_id == "dfe_register_sites"]
    assert (register.figures_date, register.retrieved) == ("2026-08-19", ("",))

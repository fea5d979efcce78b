"""The data page and all others while newer figures come, or do not: run in this process, as for a visitor."""

import json
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from data_loaders import settings, versions
from data_loaders.library import open_library
from data_loaders.publisher import Download
from data_loaders.refresh import refresh, take_files
from pages.components.sources import refreshing
from tests.served import (
    CAMDEN,
    Publishers,
    as_csv,
    population_rows,
    register_rows,
    review_rows,
)
from tests.whole_app import button, control, follow, navigated, notices, said, visit

BUTTON = "Fetch the newest figures"


@pytest.fixture(autouse=True)
def begun(publishers: Publishers, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A server that has just begun, with the button, and nothing downloaded."""
    monkeypatch.setenv(settings.REFRESH_BUTTON, "on")
    monkeypatch.setattr(refreshing, "JOB", refreshing.Job())
    with navigated():
        yield


def press(visitor: AppTest) -> None:
    """Press for the newest figures, and look again when all that will come has come."""
    button(visitor, BUTTON).click().run()
    started = refreshing.JOB._thread
    assert started is not None
    started.join()
    # the part of the page that looks again by itself asks for a run of all of it at the end
    visitor.run()
    assert not visitor.exception


def notice(visitor: AppTest, text: str) -> str:
    """The one box with a text."""
    (found,) = (each for each in notices(visitor) if text in each)
    return found


def status(visitor: AppTest) -> str:
    """The line at the foot of every page."""
    (line,) = (text.value for text in visitor.markdown if text.value.startswith(":small[Figures as of"))
    return str(line)


def test_looking_asks_nobody_for_anything(publishers: Publishers) -> None:
    visitor = visit("/")
    follow(visitor, "/sources").run()
    assert publishers.server.log == []
    assert status(visitor).endswith("; part of health visiting not loaded by borough.]")


def test_what_cannot_be_fetched_is_said_and_nothing_is_lost(
    publishers: Publishers, monkeypatch: pytest.MonkeyPatch
) -> None:
    publishers.serve_population(as_csv(population_rows()))
    visitor = visit("/sources")
    press(visitor)
    failed = notice(visitor, "Health visitor reviews").splitlines()
    (reviews,) = (line for line in failed if line.startswith("**Health visitor reviews.**"))
    assert "expected the list of the profile's indicators as CSV, but the answer was 404" in reviews
    assert "Taken in: figures to 30 June 2025. Figures: 99 new." in notice(visitor, "Population aged 0 to 4")
    assert "one source live" in status(visitor)
    # it is said once, and still after a restart
    assert not any("Last try" in each for each in notices(visitor))
    monkeypatch.setattr(refreshing, "JOB", refreshing.Job())
    assert len([each for each in notices(visit("/sources")) if "Last try" in each]) == 5
    follow(visitor, "/")
    assert "In Lambeth there are 15.8 designated centres" in visitor.header[0].value


def test_what_is_held_back_can_be_looked_at_before_it_is_accepted(publishers: Publishers) -> None:
    publishers.serve_all()
    refresh("ohid_fingertips", publishers.order(), publishers.session())
    publishers.server.clear()
    publishers.serve_reviews(as_csv([row for row in review_rows() if row["Area Code"] != CAMDEN]))
    visitor = visit("/sources")
    press(visitor)
    held = notice(visitor, "Held back")
    assert "Camden is not in the file. If it is right, the command line takes it in" in held
    (unfolding,) = (
        each for each in visitor.expander if each.label == "Health visitor reviews: what it would change"
    )
    tables = [table.value for table in unfolding.table]
    gone = [list(row) for table in tables for row in table.itertuples(index=False) if "2024/25" in row]
    assert ["6 to 8 week review", "2024/25", "Camden", "80.6%", "none"] in gone


def test_a_damaged_download_is_named_on_every_page(publishers: Publishers) -> None:
    for camden in ("1", "2"):
        rows = [*population_rows()]
        rows[-1] = rows[-1] | {"OBS_VALUE": camden}
        take_files("ons_population", [Download(as_csv(rows), "p.csv")], publishers.order())
    newest = open_library().entries["observations/live/ons_population.csv"].path
    newest.write_text("half", encoding="utf-8")
    visitor = visit("/sources")
    damaged = "Nomis: the newest download is damaged"
    assert "In its place the copy retrieved on" in notice(visitor, damaged)
    for address in ("/", "/borders"):
        assert damaged in status(follow(visitor, address))


def test_visitors_read_on_every_page_when_there_may_be_newer_figures(publishers: Publishers) -> None:
    publishers.serve_all()
    take_files("ons_population", [Download(as_csv([*population_rows()]), "p.csv")], publishers.order())
    visitor = visit("/")
    assert "There may be newer figures" not in said(visitor)
    noted = publishers.live / "ons_population" / versions.LAST_TRY
    noted.write_text(
        json.dumps(
            {"at": "2026-11-20T03:00:00+00:00", "outcome": "failed", "message": "No answer."}
            | {"answered": "2026-01-05T03:00:00+00:00"}
        ),
        encoding="utf-8",
    )
    for address in ("/borders", "/about"):
        assert (
            "There may be newer figures: the last usable answer of a publisher came on 5 January 2026 "
            "(Office for National Statistics)"
        ) in said(follow(visitor, address))


def test_figures_that_come_in_meanwhile_are_shown_at_the_next_choice(publishers: Publishers) -> None:
    visitor = visit("/?indicator=designated_centres")
    assert control(visitor, "Period").value == "2026-08-19"
    register = Download(as_csv(register_rows()), "edubaseallchildrencentre20261101.csv")
    take_files("dfe_register", [register], publishers.order())
    visitor.selectbox(key="control_borough").set_value("Camden").run()
    assert "one source live" in status(visitor)
    control(visitor, "Period").set_value("2026-11-01").run()
    assert "1 November 2026 · All London" in said(visitor)
    # and when they are taken back, the page says so and goes on
    versions.rollback("dfe_register", publishers.live)
    visitor.selectbox(key="control_borough").set_value("Barnet").run()
    assert "There is no figure of this indicator for “2026-11-01”" in notice(visitor, "no figure")
    assert control(visitor, "Period").value == "2026-08-19"


def test_where_nobody_answers_two_sentences_say_so_and_nobody_else_is_bothered() -> None:
    visitor, other = visit("/sources"), visit("/sources")
    press(visitor)
    assert "No publisher gave figures that could be used. What was in use stays in use." in notices(visitor)
    follow(other, "/?indicator=linked_sites&vintage=2026")
    follow(other, "/sources")
    assert not any("No publisher gave figures" in each for each in notices(other))


def test_a_setting_without_a_meaning_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(settings.REFRESH_HOURS, "soon")
    assert "must be a number of hours above 0, not 'soon'" in notice(
        visit("/"), "The figures cannot be shown"
    )


def test_every_check_is_listed_and_holds_and_visitors_have_no_button_unless_it_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv(settings.REFRESH_BUTTON)
    visitor = visit("/sources")
    assert BUTTON not in [each.label for each in visitor.button]
    assert "All 14 checks hold." in said(visitor)
    assert "values agree with their counts" in said(visitor)


def test_the_coverage_says_who_is_missing_and_why() -> None:
    lines = said(visit("/sources")).splitlines()
    (asq,) = (line for line in lines if line.startswith("Children offered ASQ-3"))
    for part in ("2015/16 to 2023/24 (9)", "26 of 33", "Redbridge (not published)"):
        assert part in asq
    assert len([line for line in lines if "6 to 8 week reviews (England only)" in line]) == 1
    (reviews,) = (line for line in lines if "|12-month review by 15 months|" in line)
    assert "82.6% (April to June 2017)" in reviews
    assert "python -m data_loaders refresh ohid_fingertips" in "\n".join(lines)

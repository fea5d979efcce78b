"""A question, or a whole set of them, is added by rows in tables: no code knows it, and all works for it."""

import datetime as dt
import shutil
from pathlib import Path

import pytest

from data_loaders import store
from data_loaders.library import open_library
from data_loaders.survey import template, wide
from data_loaders.survey.answers import check
from data_loaders.survey.instruments import load_instruments
from data_loaders.survey.reading import read_upload
from data_loaders.survey.sheets import Sheet
from data_loaders.survey.spellings import Spellings
from geo.survey.maturity import show
from geo.tables.london import London, load_london
from pages.components.answers.upload import preview
from pages.components.state.view import View
from tests.test_new_indicator import append

TODAY = dt.date(2031, 5, 4)
MEALS = "meals"


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> London:
    """The snapshot with a set of two questions on a scale of its own, and one more hallmark."""
    folder = Path(shutil.copytree(store.SNAPSHOT, tmp_path_factory.mktemp("instrument") / "snapshot"))
    append(
        folder / "instruments.csv",
        instrument=MEALS,
        name="Meals",
        question="How often?",
        kind="ordinal",
        mean="no",
        origin="Nobody asked this before.",
    )
    for place, response in enumerate(("never", "daily"), start=1):
        append(
            folder / "survey_scales.csv",
            instrument=MEALS,
            response=response,
            label=response.capitalize(),
            place=str(place),
            letter=response[0].upper(),
        )
    for instrument, item in ((MEALS, "breakfast"), (MEALS, "lunch"), ("hallmarks", "shared_kitchen")):
        append(
            folder / "survey_items.csv",
            instrument=instrument,
            item_id=item,
            label=item.replace("_", " ").capitalize(),
            wording=f"Is there {item} for all families with small children?",
        )
    store.seal(TODAY, folder)
    return load_london(open_library(snapshot=folder))


def test_its_template_is_filled_in_accepted_and_summed_up(extended: London) -> None:
    meals = extended.instruments[MEALS]
    rows = template.template_rows(meals, extended.borough_codes, "2031")
    assert len(rows) == 33 * 2
    filled = [row | {"response": "Daily", "publish_level": "named"} for row in rows]
    spellings = Spellings(extended.borough_codes, {})
    for content in (template.as_xlsx(meals, filled), template.as_csv(filled)):
        checked = check(read_upload(content), extended.instruments, spellings, TODAY)
        assert checked.problems == []
        assert len(checked.answers) == 66
        assert preview(checked.answers, meals)["Daily"].tolist() == [33, 33]
        assert set(show(checked.answers, meals, extended)) == {"breakfast", "lunch"}


def test_its_questions_are_found_in_a_form(extended: London) -> None:
    form = Sheet("CSV", ["Borough", "Lunch", "Is there breakfast for all families?"], [])
    assert wide.guess_columns(form, extended.instruments[MEALS]) == ["borough_name", "lunch", "breakfast"]


def test_a_question_more_is_asked_and_its_scale_is_that_of_its_set(extended: London) -> None:
    hallmarks = extended.instruments["hallmarks"]
    assert hallmarks.item("shared_kitchen").label == "Shared kitchen"
    rows = template.template_rows(hallmarks, {"Camden": "E09000007"}, "2031")
    last = rows[-1] | {"response": "Daily", "publish_level": "named"}
    (problem,) = check(
        read_upload(template.as_csv([last])),
        extended.instruments,
        Spellings(extended.borough_codes, {}),
        TODAY,
    ).problems
    assert problem.allowed.startswith("one of Yes, Yes, but not influential")


def test_its_link_brings_it_back(extended: London) -> None:
    view = View(indicator="centres_per_10k_0_4", period="2026-08-19", vintage="2026", instrument=MEALS)
    assert View.from_params(view.to_params(), extended) == (view, [])


def test_the_embedded_tables_are_left_as_they_were(extended: London) -> None:
    assert MEALS in extended.instruments
    assert MEALS not in load_instruments(store.read_manifest())

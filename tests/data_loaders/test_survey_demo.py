"""Made-up answers: always the same ones, of 26 authorities, and of the shape that an upload has."""

import datetime as dt

import pandas as pd
import pytest

from data_loaders.survey import answers
from data_loaders.survey.answers import ANSWER_COLUMNS, LEVELS, NOT_APPLICABLE
from data_loaders.survey.demo import REPLIES, WAVES, made_up
from data_loaders.survey.instruments import TICKS
from data_loaders.survey.reading import Sheet
from data_loaders.survey.spellings import Spellings
from geo.survey.maturity import WHOLE, show
from geo.tables.london import London

EVERY = [(name, wave) for name in ("hallmarks", "interfaces", "enablers", "challenges") for wave in WAVES]


@pytest.mark.parametrize(("name", "wave"), EVERY)
def test_26_authorities_have_made_up_answers_on_the_scale(london: London, name: str, wave: str) -> None:
    instrument = london.instruments[name]
    found = made_up(instrument, list(london.borough_codes.values()), wave)
    assert list(found.columns) == ANSWER_COLUMNS
    assert found["area_code"].nunique() == REPLIES == 26
    assert set(found["area_code"]) <= set(london.borough_codes.values())
    assert set(found["response"]) <= {*instrument.labels(), NOT_APPLICABLE}
    assert set(found["publish_level"]) <= set(LEVELS)
    assert not found.duplicated(["area_code", "item_id"]).any()
    assert set(found["wave"]) == {f"made up, {wave}"}


@pytest.mark.parametrize(("name", "wave"), EVERY)
def test_only_their_wave_keeps_them_from_being_uploaded(london: London, name: str, wave: str) -> None:
    instrument = london.instruments[name]
    rows = made_up(instrument, list(london.borough_codes.values()), wave).astype(str)
    does_not_apply = rows["response"] == NOT_APPLICABLE
    rows["not_applicable"] = does_not_apply.map({True: "yes", False: ""})
    rows["response"] = rows["response"].mask(does_not_apply, "")

    def check(rows: pd.DataFrame) -> answers.Checked:
        sheet = Sheet("demo", ["borough_code", *rows.columns[1:]], rows.to_numpy().tolist())
        today = dt.date(int(wave) + 1, 1, 1)
        return answers.check(sheet, london.instruments, Spellings(london.borough_codes, {}), today)

    refused = check(rows)
    assert {problem.column for problem in refused.problems} == {"wave"}
    assert refused.answers.empty
    passed = check(rows.assign(wave=wave))
    assert passed.problems == []
    assert len(passed.answers) == len(rows)


def test_they_are_the_same_whenever_they_are_asked_for(london: London) -> None:
    codes = list(london.borough_codes.values())
    instrument = london.instruments["enablers"]
    pd.testing.assert_frame_equal(
        made_up(instrument, codes, "2026"), made_up(instrument, codes[::-1], "2026")
    )


def test_nobody_names_more_challenges_than_asked_for(london: London) -> None:
    instrument = london.instruments["challenges"]
    assert instrument.kind == TICKS
    found = made_up(instrument, list(london.borough_codes.values()), "2026")
    counts = found.groupby("area_code").size()
    assert set(counts) == {1, 2, 3}


def test_they_show_every_state_of_an_answer_and_a_figure_for_london(london: London) -> None:
    for name in london.instruments:
        found = made_up(london.instruments[name], list(london.borough_codes.values()), WAVES[-1])
        shown = show(found, london.instruments[name], london)
        assert all(WHOLE in question.groups for question in shown.values())
        states = {response for question in shown.values() for response in question.boroughs.values()}
        assert {"no_reply", "withheld"} < states


def test_free_text_is_never_made_up(london: London) -> None:
    found = made_up(london.instruments["hallmarks"], list(london.borough_codes.values()), "2027")
    assert set(found["respondent_role"]) == set(found["evidence_note"]) == {""}

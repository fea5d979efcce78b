"""What a browser tells of controls that are gone is no entry, unless somebody has changed it meanwhile."""

from dataclasses import replace

from streamlit.testing.v1 import AppTest

from data_loaders.survey.instruments import Instrument
from data_loaders.survey.self_evaluation import SelfEvaluation, as_text
from geo.tables.london import London


def takings() -> None:
    """A control tells what it was drawn with and something else, before and after its draft was taken up."""
    import streamlit as st

    from pages.components.state import drafts

    taken = drafts.taking("pack/")
    st.text(f"drawn: {drafts.is_entered('pack/', taken, 'drawn', 'drawn')}")
    drafts.begin_taking("pack/")
    st.text(f"drawn, then taken up: {drafts.is_entered('pack/', taken, 'drawn', 'drawn')}")
    st.text(f"typed, then taken up: {drafts.is_entered('pack/', taken, 'typed', 'drawn')}")
    st.text(f"new: {drafts.taking('pack/') != taken and drafts.taking('self_evaluation/Hackney') != taken}")


def test_a_control_that_is_gone_enters_nothing_but_what_was_typed() -> None:
    said = [text.value for text in AppTest.from_function(takings).run().text]
    assert said == ["drawn: True", "drawn, then taken up: False", "typed, then taken up: True", "new: True"]


def test_the_same_answers_are_the_same_draft_in_whichever_order_they_came(london: London) -> None:
    enablers: Instrument = london.instruments["enablers"]
    first, second = (item.item_id for item in enablers.items[:2])
    blank = SelfEvaluation("Hackney", "2026")
    one = blank.answer(first, "basic").answer(second, "mature").note(first, "Agreed")
    other = replace(blank, notes={first: "Agreed"}).answer(second, "mature").answer(first, "basic")
    assert as_text(one) == as_text(other)

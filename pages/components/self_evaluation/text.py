"""A self-evaluation in sentences and tables."""

from collections import Counter

import pandas as pd

from data_loaders.survey.instruments import Instrument
from data_loaders.survey.self_evaluation import SelfEvaluation
from geo.places.borough import by_enabler
from geo.survey.maturity import lower_half
from geo.tables.london import London
from pages.components.borough import text as borough_text
from pages.components.text import grammar

NOT_ANSWERED = "not answered yet"


def summary(evaluation: SelfEvaluation, instrument: Instrument) -> str:
    """How many enablers have an answer, and which answer was given most often."""
    counts = Counter(evaluation.responses.values())
    of = len(instrument.items)
    if not counts:
        return f"None of {of} answered yet."
    most = max(counts.values())
    often = [option.label for option in reversed(instrument.options) if counts[option.response] == most]
    said = grammar.join_all([label.lower() for label in often])
    return (
        f"{counts.total()} of {of} answered; most often: {said} ({most}{' each' if len(often) > 1 else ''})."
    )


def noted(evaluation: SelfEvaluation, instrument: Instrument) -> str:
    """How many enablers have a note of evidence."""
    return f"Evidence noted for {len(evaluation.notes)} of {len(instrument.items)}."


def level(evaluation: SelfEvaluation, instrument: Instrument, item_id: str) -> str:
    """The level of an enabler in words."""
    return instrument.labels().get(evaluation.responses.get(item_id, ""), NOT_ANSWERED)


def to_learn_from(evaluation: SelfEvaluation, instrument: Instrument, london: London) -> pd.DataFrame:
    """The report's case studies, from other boroughs, on the enablers that are basic or early, lowest first.

    Columns: what helps (the enabler, with its level) and the case studies to read. An enabler without a case
    study of another borough is left out.
    """
    others = set(london.borough_codes) - {evaluation.borough}
    cases = by_enabler(others, london.case_studies, london.enablers)
    weak = [instrument.item(name).label for name in lower_half(evaluation.responses, instrument)]
    levels = {item.label: level(evaluation, instrument, item.item_id) for item in instrument.items}
    found = cases[cases["enabler"].isin(weak)].sort_values(
        "enabler", key=lambda labels: labels.map(weak.index), kind="stable"
    )
    said = found.assign(enabler=[f"{label} ({levels[label].lower()})" for label in found["enabler"]])
    return borough_text.learning(said)

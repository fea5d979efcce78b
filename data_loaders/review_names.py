"""Which indicator a publisher's name stands for, by the table review_names.csv.

Numbers of indicators change and names are reworded, so a name is known by the words it must have and those it
must not have (data_loaders.wordings). The first group of `must` is the subject: a name that has the subject
and still does not fit is a neighbour, and it is said why it was passed over.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from data_loaders.wordings import find, groups, has_all, has_any, plain

# every indicator looked for is a percentage, and its name must say so
SHARES = "proportion* / percentage* / %"
COUNTS = "number* / count / counts"


@dataclass(frozen=True)
class Rule:
    """How the names of one indicator are told: cells of wordings, as data_loaders.wordings reads them.

    `ages` are those that are meant where figures come for several, the first best.
    """

    indicator_id: str
    must: str
    must_not: str
    ages: str


def read_rules(table: pd.DataFrame) -> list[Rule]:
    """The rules of the table, in its order."""
    return [Rule(**row) for row in table.to_dict("records")]


def recognise(names: Iterable[str], rules: Sequence[Rule]) -> dict[str, str]:
    """The indicator_id of each name that one rule fits, and no second. Other names are left out."""
    texts = {name: plain(name) for name in names}
    fitting = {name: [rule for rule in rules if _fits(text, rule)] for name, text in texts.items()}
    return {name: found[0].indicator_id for name, found in fitting.items() if len(found) == 1}


def reason_against(name: str, rule: Rule) -> str | None:
    """Why a neighbour of an indicator is not taken for it; None for a name on another subject."""
    text = plain(name)
    subject, *others = groups(rule.must)
    if not find(text, subject):
        return None
    forbidden = has_any(text, rule.must_not)
    if forbidden:
        return f"says “{forbidden}”"
    lacking = next((group for group in others if not find(text, group)), None)
    if lacking:
        return f"does not say “{lacking[0].written.replace('*', '')}”"
    if has_any(text, COUNTS):
        return "gives counts, which are not a percentage"
    return None if has_all(text, SHARES) else "does not say that it is a percentage"


def _fits(text: str, rule: Rule) -> bool:
    is_share = has_all(text, SHARES) and not has_any(text, COUNTS)
    return is_share and has_all(text, rule.must) and not has_any(text, rule.must_not)

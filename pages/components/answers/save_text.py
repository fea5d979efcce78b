"""What becomes public when answers are saved for everyone, in sentences."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from data_loaders.survey.answers import LEVELS
from data_loaders.survey.saved import WHOLE_WAVE, Saved
from geo.survey.maturity import WHOLE
from pages.components.text import dates, grammar

PROTECTION = (
    "Before a figure is shown that counts answers without names, it is compared with every figure that was "
    "shown of an earlier version or wave. Where the difference would tell an authority's answer, the figure "
    "is withheld. This does not protect authorities that tell each other their answers or publish them "
    "elsewhere. And where one authority alone corrects its answer, whoever knows of it may see both answers "
    "in the figures: save corrections of several together."
)
# answers that are listed when they would be given away
MOST_TOLD = 5
# the levels that hide a borough's answer, and what it counts in
_WITHIN = {"ics": "the figures of their ICS and of London", "london": "London's figures"}


def consequences(answers: pd.DataFrame, names: Mapping[str, str]) -> list[str]:
    """What everyone will see of answers: by borough, within larger figures, and not at all.

    `names` are the boroughs' names by their codes.
    """
    said = []
    for level in LEVELS:
        rows = answers[answers["publish_level"] == level]
        boroughs = sorted({names[code] for code in rows["area_code"]})
        if not boroughs:
            continue
        count = f"**{len(rows):,} {'answer' if len(rows) == 1 else 'answers'}**"
        listed = grammar.list_names(boroughs)
        if level in _WITHIN:
            counts = "counts" if len(rows) == 1 else "count"
            these = "this borough" if len(boroughs) == 1 else "these boroughs"
            said.append(
                f"{count} {counts} only within {_WITHIN[level]}; that {these} replied is shown: {listed}."
            )
        else:
            said.append(f"{count} will be shown **by the borough's name**: {listed}.")
    if "named" not in set(answers["publish_level"]):
        said.insert(0, "**No answer** will be shown by the borough's name.")
    said.append("Notes on evidence and roles are kept, and never shown.")
    return said


def replacement(before: Saved | None) -> list[str]:
    """What becomes of the version before, and what cannot be undone."""
    last = (
        "It can be corrected or taken back later, but whoever has seen it in the meantime may have kept it."
    )
    if before is None:
        return ["This becomes version 1 of this wave.", last]
    return [
        f"For everyone, it replaces version {before.version}, saved on "
        f"{dates.say_date(before.saved_at)}, which is kept, but not shown.",
        last,
    ]


def shown_again(answers: pd.DataFrame, kept: Sequence[Saved], names: Mapping[str, str]) -> list[str]:
    """Whose answers of this wave were taken back before, and would be shown again."""
    instrument, wave = answers["instrument"].iloc[0], answers["wave"].iloc[0]
    taken_back = {saved.withdraws for saved in kept if (saved.instrument, saved.wave) == (instrument, wave)}
    own = sorted({names[code] for code in answers["area_code"] if {code, WHOLE_WAVE} & taken_back})
    if not own:
        return []
    return [
        f"**Answers of this wave were taken back before, and would be shown again:** {grammar.join_all(own)}."
    ]


def taking_back(who: str, withheld: int, of: int) -> list[str]:
    """What becomes of answers that are taken back: `withheld` of so many questions lose a figure by it."""
    said = [
        f"{who} will no longer be shown, by name or within any figure.",
        "Notes on evidence and roles are removed at once. The answers themselves stay in the archive, shown "
        "to nobody: what was published of them decides which figures can still be shown.",
    ]
    if withheld:
        said.append(
            f"Figures of London or of ICSs to {withheld} of {of} questions will be withheld: with those of "
            "before they would tell an answer."
        )
    return [
        *said,
        "Whoever has kept what was shown before still has it. That this was done, by whom and why, is kept.",
    ]


def refusal(taken: Mapping[str, Collection[str]], names: Mapping[str, str], labels: Mapping[str, str]) -> str:
    """Why a correction cannot be saved: by item_id the authorities whose answers its figures would tell.

    There are none where a figure goes because the answers in it would be too much alike.
    """
    told = {(code, item_id) for item_id, codes in taken.items() for code in codes}
    if not told:
        questions = grammar.join_all([f"“{labels[item_id]}”" for item_id in list(taken)[:MOST_TOLD]])
        return (
            "This cannot be saved for everyone. Figures that everyone has would have to be withheld, because "
            f"answers without names in them would be too much alike: those to {questions}. That they are "
            "gone would tell so. Save them together with answers of more boroughs."
        )
    listed = _listed(told, names, labels)
    return (
        "This cannot be saved for everyone. Whoever has kept the figures of an earlier version, or of "
        f"another wave, could work out answers that are not to be shown by name: {listed}. Save them "
        "together with answers of more boroughs. A new wave would not help: waves are compared, "
        "too."
    )


def exposes(told: Collection[tuple[str, str]], names: Mapping[str, str], labels: Mapping[str, str]) -> str:
    """Why answers cannot be saved whose names would uncover others (area_code, item_id)."""
    listed = _listed(told, names, labels)
    return (
        "This cannot be saved for everyone. Boroughs whose answers were hidden in a figure before would now "
        f"be named; what is left of that figure would tell the answers of others: {listed}. Save the answers "
        "at the levels that they had before."
    )


def withholding(withheld: Mapping[str, Collection[tuple[str, str]]], labels: Mapping[str, str]) -> str:
    """Which figures will not be shown, by question, because of what was published before."""
    every = set().union(*withheld.values())
    whose = (["of London"] if WHOLE in every else []) + (["of ICSs"] if every - {WHOLE} else [])
    return (
        f"**Figures {grammar.join_all(whose)} are withheld for {len(withheld)} of {len(labels)} questions.** "
        "With the figures of earlier versions and waves, somebody's answer could be worked out from them. A "
        "version with answers of more boroughs may show them."
    )


def _listed(told: Collection[tuple[str, str]], names: Mapping[str, str], labels: Mapping[str, str]) -> str:
    each = [f"{names[code]}'s to “{labels[item_id]}”" for code, item_id in sorted(told)]
    rest = len(each) - MOST_TOLD
    return grammar.join_all(each if rest <= 0 else [*each[:MOST_TOLD], f"{rest} more"])


class Difference(NamedTuple):
    """How many answers are new, other than before, and no longer there."""

    new: int
    other: int
    gone: int


def difference(before: pd.DataFrame, now: pd.DataFrame) -> Difference:
    """What changes from one version of a wave to the next."""
    old, new = (
        {(row["area_code"], row["item_id"]): row for row in answers.to_dict("records")}
        for answers in (before, now)
    )
    other = sum(old[key] != new[key] for key in old.keys() & new.keys())
    return Difference(len(new.keys() - old.keys()), other, len(old.keys() - new.keys()))


def say_difference(found: Difference) -> str:
    """The difference in a sentence."""
    changed = f"{found.new} are new, {found.other} are other than before"
    return f"Of the answers, {changed}, and {found.gone} are gone."


def saved_again(saved: Saved) -> str:
    """What to tell the editor when it is done."""
    return f"Version {saved.version} of the wave {saved.wave} is saved: everyone sees it from now on."

"""What the report says of its survey, in sentences."""

import pandas as pd

from pages.components.text import grammar

BASE = (
    "26 of London's 33 local authorities replied, in March 2022. To each question 25 or 26 answered; the "
    "report does not say which. All 26 said that integration is a priority. They were promised anonymity: no "
    "authority's answer is public, nor is any ICS's, and none is shown or guessed here. It is the view of "
    "councils; other partners were not asked."
)
SOURCE = (
    "Source: Beyond Boundaries, Isos Partnership for London Councils, July 2022. "
    "Figures quoted from the report."
)
WHEN = "In March 2022"
LACKING = "Of each of these, the report says, two to eight authorities lacked a mechanism altogether."


def say_interfaces(rows: pd.DataFrame) -> str:
    """Which services were rated highest and lowest: rows of published.interface_rows()."""
    return (
        f"{WHEN}, on a scale from 1 (poorly) to 5 (very well), authorities rated {rows['group'].iloc[0]} "
        f"highest, {rows['text'].iloc[0]} on average, and {rows['group'].iloc[-1]} lowest, "
        f"{rows['text'].iloc[-1]}."
    )


def say_in_place(rows: pd.DataFrame) -> str:
    """What most and what fewest authorities have in place: rows of published.in_place_rows()."""
    return (
        f"{WHEN}, {rows['text'].iloc[0]} of the authorities that answered said “Yes” to "
        f"“{rows['group'].iloc[0]}”, and "
        f"{rows['text'].iloc[-1]} to “{rows['group'].iloc[-1]}”."
    )


def say_challenges(rows: pd.DataFrame) -> str:
    """Which challenge was named by most: rows of published.challenge_rows()."""
    most = rows.loc[rows["amount"] == rows["amount"].max(), "group"]
    named = grammar.join_all([f"“{challenge}”" for challenge in most])
    return f"{WHEN}, {rows['text'].iloc[0]} authorities named {named} among their three greatest challenges."

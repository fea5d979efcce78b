"""The screens of the pages on surveys: what the report of 2022 prints, and how partnerships rate themselves.

What is shown of answers is what the page shows: nothing here sees an answer before disclosure control.
"""

from dataclasses import replace

import pandas as pd

from pages.components.answers.waves import Wave
from pages.components.charts import choropleth, large_rows, palette
from pages.components.data import figures
from pages.components.exhibits import of_view
from pages.components.exhibits.kinds import ExhibitKind
from pages.components.maturity import groups as maturity_groups, map as maturity_map, question
from pages.components.meeting.screens import (
    ABOVE,
    HEIGHT,
    LINES,
    WIDTH,
    Named,
    Picture,
    Screen,
    Shown,
    large,
    of_exhibit,
)
from pages.components.state.view import View
from pages.components.survey import published, sections as survey_sections, text as survey_text


def survey(view: View) -> Shown:
    """What the report prints: how services work together, what is in place, the greatest challenges."""
    seen = survey_sections.in_its_own_time(view)
    together, challenges = published.interface_rows(), published.challenge_rows()
    in_place = published.in_place_rows()
    lowest, highest = published.RATINGS
    screens = [
        _in_rows(
            "1",
            survey_sections.INTERFACES,
            seen,
            together.assign(amount=together["amount"] - lowest),
            highest - lowest,
            survey_text.say_interfaces(together),
        ),
        _in_rows("2", survey_sections.HALLMARKS, seen, in_place, 100, survey_text.say_in_place(in_place)),
        _in_rows(
            "3",
            survey_sections.CHALLENGES,
            seen,
            challenges,
            published.REPLIED,
            survey_text.say_challenges(challenges),
        ),
    ]
    return Shown(tuple(filter(None, screens)), rounds=())


def maturity(view: View) -> Shown:
    """The answers to the question that is looked at: by borough, and within London and each ICS."""
    wave = question.wave_of(view)
    if wave is None:
        none = Screen("1", "Map", question.NONE, wave_name(view))
        return Shown((none,), rounds=())
    rows = len(maturity_groups.groups(wave, view))
    screens = [
        _answers_on_map(wave, view),
        of_exhibit("2", maturity_groups.BY_ICS, view, LINES, rows=rows),
    ]
    answers = maturity_map.table(wave, view).rows
    named = (Named(*each) for each in zip(answers["area_name"], answers["answer"], strict=True))
    return Shown(tuple(filter(None, screens)), tuple(named), rounds=("ics",))


def _answers_on_map(wave: Wave, view: View) -> Screen | None:
    """The answers by borough, as letters on the map."""
    screen = of_exhibit("1", maturity_map.MAP, view, LINES)
    if screen is None:
        return None
    chart, _ = maturity_map.picture(wave, view, of_view.theme(), "meeting")
    drawing, rows = question.marked(chart, wave)
    drawing |= {
        "width": WIDTH,
        "height": HEIGHT - ABOVE,
        "autosize": "none",
        "padding": {"top": ABOVE, "left": 8},
    }
    if "title" in drawing:
        drawing |= {"title": drawing["title"] | {"fontSize": palette.TEXT["meeting"]}}
    rows = choropleth.for_a_room(rows)
    return replace(screen, pictures=(Picture(drawing, rows, maturity_map.MAP.alt, clickable=True),))


def wave_name(view: View) -> str:
    """The set of questions that is looked at, where nobody has answered any."""
    return figures.london().instruments[view.instrument].name


def _in_rows(
    key: str, kind: ExhibitKind, view: View, rows: pd.DataFrame, most: int, headline: str
) -> Screen | None:
    """An exhibit of London's figures as large rows: group, amount (of the `most`) and text."""
    screen, exhibit = of_exhibit(key, kind, view, LINES, headline), of_view.find(kind, view)
    if screen is None or exhibit is None:
        return None
    bars = rows.rename(columns={"group": "name", "amount": "value"}).assign(
        fill=palette.SEQUENTIAL[5][3], spoken=rows["group"] + ", " + rows["text"]
    )
    chart = large_rows.bars(bars, WIDTH, HEIGHT, of_view.theme(), reach=[most])
    return replace(screen, pictures=(large(chart, kind.alt),))

"""What can be taken away of the answers: pictures, and every figure that may be shown."""

from functools import partial

import pandas as pd

from pages.components import (
    downloads,
    figures,
    maturity_changes,
    maturity_groups,
    maturity_heat,
    maturity_map,
    maturity_profile,
    maturity_together,
    survey_map,
)
from pages.components.maturity_view import file_name, with_status
from pages.components.survey_state import Wave
from pages.components.view import View


def offer(wave: Wave, earlier: Wave | None, view: View) -> None:
    """The pictures of the page, and the answers that may be shown."""
    parts = (maturity_map, maturity_groups, maturity_together, maturity_heat, maturity_profile)
    files = [file for part in parts for file in part.files(wave, view)]
    files += maturity_changes.files(wave, earlier, view)
    table = downloads.as_table(
        "Answers that may be shown", file_name(wave, "answers"), partial(as_rows, wave)
    )
    downloads.buttons([*files, table])


def as_rows(wave: Wave) -> pd.DataFrame:
    """Every answer that may be shown by borough, and every count that may be shown by group, for a file."""
    london = figures.london()
    names = {code: name for name, code in london.borough_codes.items()}
    said = survey_map.names(wave.instrument)
    rows = []
    for item in wave.instrument.items:
        shown = wave.shown[item.item_id]
        shared = {"wave": wave.name, "instrument": wave.instrument.instrument, "item_id": item.item_id}
        shared |= {"question": item.wording}
        for code, response in shown.boroughs.items():
            rows.append(shared | _row(code, names[code], "", said[response], ""))
        for (vintage, code), counts in shown.groups.items():
            name = london.ics_names[vintage][code] if vintage else "London"
            for response, count in counts.items():
                rows.append(shared | _row(code, name, vintage, said[response], str(count)))
    return with_status(pd.DataFrame(rows), wave)


def _row(code: str, name: str, vintage: str, response: str, count: str) -> dict[str, str]:
    where = {"area_code": code, "area_name": name, "ics_vintage": vintage}
    return where | {"response": response, "count": count}

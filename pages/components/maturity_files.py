"""Every figure of the answers that may be shown, as one table to take away."""

import pandas as pd

from pages.components import figures, survey_map
from pages.components.maturity_view import NONE, PAGE, piece, wave_of, with_status
from pages.components.pieces import PieceKind
from pages.components.survey_state import Wave
from pages.components.view import View
from pages.exports.piece import Piece


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


def _answers(view: View, theme: str) -> Piece | None:
    wave = wave_of(view)
    if wave is None:
        return None
    return piece(ANSWERS, wave, view, None, lambda: as_rows(wave), title=f"Answers: {wave.instrument.name}")


ANSWERS = PieceKind("answers", PAGE, "Answers that may be shown", _answers, NONE)
KINDS = (ANSWERS,)

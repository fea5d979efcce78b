"""Made-up answers, to try the app with. They are nobody's: 26 patterns of replies, drawn at random.

The wave that they bear is none that a file of answers, or what is saved, can have: nobody can save them.
"""

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pandas as pd

from data_loaders.survey.answers import ANSWER_COLUMNS, LEVELS, NOT_APPLICABLE
from data_loaders.survey.instruments import TICKS, Instrument

REPLIES = 26
SEED = 20_220_364
WAVES = ("2026", "2027")
MADE_UP = "made up, "
# how often an answer may be shown with its name, within its ICS, within London
LEVEL_CHANCES = (0.55, 0.4, 0.05)
# how often a question is passed over, or does not apply
UNANSWERED, DOES_NOT_APPLY = 0.04, 0.02


def made_up(instrument: Instrument, codes: Sequence[str], wave: str) -> pd.DataFrame:
    """Answers of one made-up wave (data_loaders.survey.answers.ANSWER_COLUMNS), always the same ones."""
    chance = np.random.default_rng([SEED, WAVES.index(wave), *instrument.instrument.encode()])
    replying = chance.permutation(sorted(codes))[:REPLIES]
    scale = [option.response for option in sorted(instrument.options, key=lambda o: -(o.place or 0))]
    rows = []
    for code in sorted(replying):
        level = str(chance.choice(list(LEVELS), p=LEVEL_CHANCES))
        # each borough leans towards a part of the scale, a little higher in the later wave
        lean = chance.normal(0.45 - 0.08 * WAVES.index(wave), 0.2)
        items = list(instrument.items)
        if instrument.kind == TICKS:
            most = min(instrument.most_ticks or len(items), len(items))
            ticked = chance.permutation(len(items))[: chance.integers(1, most + 1)]
            items = [items[place] for place in sorted(ticked)]
        for item in items:
            drawn = chance.random()
            if drawn < UNANSWERED and instrument.kind != TICKS:
                continue
            place = int(np.clip(chance.normal(lean, 0.2), 0, 0.999) * len(scale))
            applies = instrument.kind == TICKS or drawn > UNANSWERED + DOES_NOT_APPLY
            rows.append(
                {
                    "area_code": str(code),
                    "wave": MADE_UP + wave,
                    "instrument": instrument.instrument,
                    "item_id": item.item_id,
                    "response": scale[place] if applies else NOT_APPLICABLE,
                    "respondent_role": "",
                    "evidence_note": "",
                    "publish_level": level,
                    "collected_on": dt.date(int(wave), 3, 31),
                }
            )
    return pd.DataFrame(rows, columns=ANSWER_COLUMNS)

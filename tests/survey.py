"""What answers are checked against: the instruments and the names of boroughs of the embedded snapshot."""

from data_loaders import store
from data_loaders.survey.instruments import load_instruments
from data_loaders.survey.spellings import Spellings
from tests.builders import read_csv

INSTRUMENTS = load_instruments(store.read_manifest())
CODES = {
    row["area_name"]: row["area_code"]
    for row in read_csv(store.SNAPSHOT / "areas.csv")
    if row["area_type"] == "borough"
}
OTHERS = {row["spelling"]: row["area_code"] for row in read_csv(store.SNAPSHOT / "borough_spellings.csv")}
SPELLINGS = Spellings(CODES, OTHERS)

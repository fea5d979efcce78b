"""London's postcodes and those 5 km around: where each lies, and which one somebody means.

From the ONS Postcode Directory of November 2025, in which live and terminated postcodes are not told apart.
The table is read when somebody first asks for a postcode. What is asked stays with whoever asks: nothing here
writes it anywhere.
"""

import io
import itertools
import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from data_loaders import store

TABLE = "postcodes.parquet"
SMALL_AREA_NONE = 65_535
# of the longest postcodes, without a space
LETTERS = 7
# longer than any postcode with all the spaces and signs that people put into one
MOST_SIGNS = 16
# signs that look alike, and are typed for each other
_ALIKE = {"O": "O0", "0": "0O", "I": "I1", "1": "1IL", "L": "L1", "S": "S5", "5": "5S"}
_WHOLE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}")
_PART = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?(\d[A-Z]?)?")

# what came of a text: the postcode, or why there is none
Outcome = Literal["found", "empty", "no_postcode", "part", "unknown", "northern_ireland", "elsewhere"]


@dataclass(frozen=True)
class Place:
    """One postcode: how it is written, and where it lies (metres of the British National Grid).

    `area_code` is its authority's, `bank` of the Thames `north` or `south`, `small_area` the place of its
    small area in the table small_areas.csv, None outside London.
    """

    postcode: str
    easting: int
    northing: int
    area_code: str
    bank: str
    small_area: int | None

    @property
    def is_in_london(self) -> bool:
        """Whether its authority is one of London's 33."""
        return self.area_code.startswith("E09")


@dataclass(frozen=True)
class Answer:
    """What a text means: an outcome, the place when it is `found`, and the text as it was understood."""

    outcome: Outcome
    place: Place | None = None
    understood: str = ""


@dataclass(frozen=True, eq=False)
class Postcodes:
    """All postcodes, in order, as arrays of one length.

    `codes` are bytes without spaces; `area` points into `areas`, the authorities' codes; `small_area` into
    the table small_areas.csv (SMALL_AREA_NONE outside London).
    """

    codes: np.ndarray
    easting: np.ndarray
    northing: np.ndarray
    area: np.ndarray
    areas: tuple[str, ...]
    is_south: np.ndarray
    small_area: np.ndarray

    def __len__(self) -> int:
        return len(self.codes)

    def in_london(self) -> np.ndarray:
        """The rows of London's postcodes."""
        return np.flatnonzero(np.char.startswith(np.array(self.areas), "E09")[self.area])

    def known_rows_of(self, codes: pd.Series) -> tuple[np.ndarray, np.ndarray]:
        """The rows of those postcodes that are known, written as as_entered() does; and which these are."""
        wanted = codes.to_numpy().astype(f"S{LETTERS}")
        rows = np.searchsorted(self.codes, wanted).clip(max=len(self) - 1)
        is_known = self.codes[rows] == wanted
        return rows[is_known], is_known

    def find(self, text: str) -> Answer:
        """Which postcode somebody means who writes this, in any spelling; else why there is none."""
        entered = as_entered(text)
        if not entered:
            return Answer("no_postcode" if text.strip() else "empty")
        if len(entered) > MOST_SIGNS:
            return Answer("no_postcode")
        candidates = [code for code in _readings(entered) if _WHOLE.fullmatch(code)]
        for code in candidates:
            if (row := self._row(code)) is not None:
                return Answer("found", self.place(row), written(code))
        if candidates:
            outward = candidates[0][:-3]
            has_district = np.strings.str_len(self._beginning_with(outward)) == len(outward) + 3
            outcome = self._why_not(outward, "unknown" if has_district.any() else "elsewhere")
            return Answer(outcome, understood=written(candidates[0]))
        if _PART.fullmatch(entered):
            return Answer(self._why_not(entered, "part"), understood=entered)
        return Answer("no_postcode")

    def _why_not(self, beginning: str, near: Outcome) -> Outcome:
        """`near` where some postcode here begins so, else where such postcodes are."""
        if beginning.startswith("BT"):
            return "northern_ireland"
        return near if len(self._beginning_with(beginning)) else "elsewhere"

    def _beginning_with(self, beginning: str) -> np.ndarray:
        first, last = np.searchsorted(self.codes, [beginning.encode(), f"{beginning}~".encode()])
        return self.codes[first:last]

    def _row(self, code: str) -> int | None:
        row = int(np.searchsorted(self.codes, code.encode()))
        return row if row < len(self) and self.codes[row] == code.encode() else None

    def place(self, row: int) -> Place:
        """The postcode of a row."""
        small_area = int(self.small_area[row])
        return Place(
            postcode=written(self.codes[row].decode()),
            easting=int(self.easting[row]),
            northing=int(self.northing[row]),
            area_code=self.areas[self.area[row]],
            bank="south" if self.is_south[row] else "north",
            small_area=None if small_area == SMALL_AREA_NONE else small_area,
        )


def load_postcodes(entries: dict[str, store.Entry]) -> Postcodes:
    """All postcodes. Raises store.SnapshotError when the table is not the one that its manifest describes."""
    return read_postcodes(store.read_bytes(TABLE, entries))


def read_postcodes(content: bytes) -> Postcodes:
    """All postcodes from the bytes of their table."""
    # here, because only those who ask for a postcode should wait for them
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    table = pq.read_table(io.BytesIO(content)).combine_chunks()
    area = table["area_code"].chunk(0)
    # without a Python string for each, which would cost more memory than all that is kept
    padded = pc.utf8_rpad(table["postcode"], LETTERS, padding="\0").chunk(0)
    return Postcodes(
        codes=np.frombuffer(padded.buffers()[-1], f"S{LETTERS}", len(padded)),
        easting=table["easting"].to_numpy(),
        northing=table["northing"].to_numpy(),
        area=area.indices.to_numpy(),
        areas=tuple(area.dictionary.to_pylist()),
        is_south=table["is_south"].to_numpy(),
        small_area=table["small_area"].to_numpy(),
    )


def as_entered(text: str) -> str:
    """Letters and digits of a text alone, in capitals; full-width ones as the usual ones."""
    plain = unicodedata.normalize("NFKC", text[:500]).upper()
    return "".join(sign for sign in plain if sign.isascii() and sign.isalnum())


def written(code: str) -> str:
    """A postcode as people write it, with its space."""
    return f"{code[:-3]} {code[-3:]}"


def _readings(entered: str) -> list[str]:
    """The text, and what it may stand for where letters and digits look alike, as it was entered first."""
    if not 5 <= len(entered) <= 7:
        return [entered]
    return list(map("".join, itertools.product(*(_ALIKE.get(sign, sign) for sign in entered))))

"""Make what is sent in place of Streamlit's letters and signs (letters.py), by hand: for another version of
Streamlit, and when a sign is used for the first time.

    python -m pages.components.frame.build_letters

It needs the extra `letters`, and writes the folder `letters`: two fonts, and what they were made from.
"""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import streamlit

from pages.components.frame import letters
from pages.components.frame.navigation import PAGES

ROOT = Path(__file__).parents[3]
_SIGN = re.compile(r":material/([a-z0-9_]+)")
# the letters of the names of signs: a sign is drawn in place of its name
_OF_NAMES = "abcdefghijklmnopqrstuvwxyz0123456789_ "
# what pages and Streamlit ask of letters beside what browsers do by themselves
_FEATURES = ("tnum", "lnum", "pnum")


def own_signs() -> set[str]:
    """The names of the signs that the app draws."""
    return {
        *_named_in([ROOT / "app.py", *(ROOT / "pages").rglob("*.js"), *(ROOT / "pages").rglob("*.py")]),
        *(page.icon for page in PAGES),
    }


def signs_of_streamlit() -> set[str]:
    """The names that Streamlit's own parts of a page may draw, and others that only its examples have."""
    return _named_in([*letters.STATIC.glob("js/*.js"), *letters.STATIC.parents[1].rglob("*.py")])


def _named_in(files: Iterable[Path]) -> set[str]:
    return {name for path in files for name in _SIGN.findall(path.read_text(encoding="utf-8"))}


def build() -> None:
    """Write both fonts and the list of what is in them."""
    signs, text = (letters.whole(beginning) for beginning in letters.WHOLE)
    own, theirs = own_signs(), signs_of_streamlit()
    # what Streamlit names besides is a picture of its own, or stands for a name in an example
    if unknown := own - _without_other_signs(signs, own | theirs):
        raise SystemExit(f"There are no such signs: {', '.join(sorted(unknown))}.")
    _without_other_letters(text)
    made = {
        "streamlit": streamlit.__version__,
        "files": {signs.name: letters.SIGNS, text.name: letters.TEXT},
        "signs": sorted(own | theirs),
    }
    letters.MADE.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8", newline="\n")


def _without_other_signs(path: Path, names: set[str]) -> set[str]:
    """Write the font with the signs of these names alone; those that it had."""
    from fontTools.ttLib import TTFont

    font = TTFont(path)
    letter_of = {glyph: chr(code) for code, glyph in font.getBestCmap().items()}
    found: set[str] = set()
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in (getattr(each, "ExtSubTable", each) for each in lookup.SubTable):
            for first, drawn in list(table.ligatures.items()):
                named = [(one, "".join(letter_of[each] for each in (first, *one.Component))) for one in drawn]
                table.ligatures[first] = [one for one, name in named if name in names]
                found |= names.intersection(name for _, name in named)
    _write(font, [ord(letter) for letter in _OF_NAMES], ["*"], letters.SIGNS)
    return found


def _without_other_letters(path: Path) -> None:
    """Write the font with the letters of letters.RANGES, in all its weights."""
    from fontTools.subset import Options
    from fontTools.ttLib import TTFont

    font = TTFont(path)
    codes = [code for code in font.getBestCmap() if any(low <= code <= high for low, high in letters.RANGES)]
    # its licence keeps the name “Source” for the whole
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6, 16, 25):
            record.string = "BeyondBoundariesLetters"
    _write(font, codes, [*Options().layout_features, *_FEATURES], letters.TEXT)


def _write(font: Any, codes: list[int], features: list[str], name: str) -> None:
    from fontTools.subset import Options, Subsetter

    options = Options(hinting=False, layout_features=features, name_IDs=["*"])
    options.flavor = font.flavor = "woff2"
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    # the same file whenever it is made
    font.recalcTimestamp = False
    font.save(letters.FOLDER / name)


if __name__ == "__main__":
    build()

"""Kinds of cells. Every cell comes as text; a kind says what it may be, and in words what is allowed."""

import datetime as dt
import re
import string
from collections.abc import Callable, Sequence
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from data_loaders import within

# what may be filled in (data_loaders.children)
CHILDREN = ("children", "children_day", "children_limits")
_FORMS = re.compile(r"\[([^\[\]|]*)\|([^\[\]|]*)\]")


def refused(allowed: str) -> PydanticCustomError:
    """The error of a cell, which says what is allowed."""
    return PydanticCustomError("cell", "{allowed}", {"allowed": allowed})


def _like(pattern: str, allowed: str) -> AfterValidator:
    compiled = re.compile(pattern)

    def check(cell: str) -> str:
        if not compiled.fullmatch(cell):
            raise refused(allowed)
        return cell

    return AfterValidator(check)


def _or_nothing(kind: Callable[[str], object]) -> Callable[[str], object]:
    return lambda cell: kind(cell) if cell else None


def _tidy(cell: str) -> str:
    if cell != " ".join(cell.split(" ")).strip() or "  " in cell:
        raise refused("text without spaces at its ends or two in a row")
    return cell


def _date(cell: str) -> str:
    try:
        dt.date.fromisoformat(cell)
    except ValueError as error:
        raise refused("a date such as 2026-08-19") from error
    if len(cell) != len("2026-08-19"):
        raise refused("a date such as 2026-08-19")
    return cell


def _plain(cell: str) -> str:
    """Text that is shown as it is: a brace or a bar in it would be a slip."""
    if set("{}[]|") & set(cell):
        raise refused("text without the signs { } [ ] |")
    return cell


def _filled(cell: str, names: Sequence[str] = ()) -> str:
    """Text without these placeholders, and without those of a setting (data_loaders.within)."""
    # which keeps every piece that other settings leave out
    rest = within.USUAL.fill(cell)
    for name in names:
        rest = rest.replace(f"{{{name}}}", "")
    return rest


def _plain_once_filled(*names: str) -> AfterValidator:
    """Text that is shown as it is, once its placeholders are filled in: these, and those of a setting."""
    listed = ", ".join(f"{{{name}}}" for name in (*names, *within.NAMES))

    def check(cell: str) -> str:
        try:
            _plain(_filled(cell, names))
        except PydanticCustomError as error:
            raise refused(f"text without the signs {{ }} [ ] |, but for {listed}") from error
        return cell

    return AfterValidator(check)


def forms(cell: str) -> str:
    """Text with `[one|many]` forms. Raises a cell's error for anything else in brackets."""
    if set("[]|") & set(_FORMS.sub("", cell)):
        raise refused("brackets as in [child|children], of which the first form is for exactly 1")
    return cell


def template(*names: str) -> AfterValidator:
    """Text with each of these placeholders once, and no other."""
    wanted = " and ".join(f"{{{name}}}" for name in names)

    def check(cell: str) -> str:
        if not cell:
            return cell
        try:
            filled = _filled(cell)
            found = [field for _, field, _, _ in string.Formatter().parse(filled) if field is not None]
        except ValueError as error:
            raise refused(f"{wanted} once each, and no other brace") from error
        if sorted(found) != sorted(names) or "{{" in cell or "}}" in cell:
            raise refused(f"{wanted} once each, and no other brace")
        if cell.endswith("."):
            raise refused("a sentence without its full stop, which is added where it ends")
        return cell

    return AfterValidator(check)


def _float(cell: object) -> object:
    """Numbers as a publisher writes them: digits, one point, a sign; no comma, and no word such as nan."""
    if isinstance(cell, str) and not re.fullmatch(r"[-+]?\d+(\.\d+)?([eE][-+]?\d+)?", cell):
        raise refused("a number such as 1234.5, without commas or units")
    return cell


Text = Annotated[str, StringConstraints(min_length=1), AfterValidator(_tidy)]
TextOrNothing = Annotated[str, AfterValidator(_tidy)]
# shown as it is, without placeholders
Plain = Annotated[Text, AfterValidator(_plain)]
# may say of when the children in use are, and what counts as within reach
OfChildren = Annotated[Text, _plain_once_filled(*CHILDREN)]
Within = Annotated[Text, _plain_once_filled()]
WithinOrNothing = Annotated[TextOrNothing, _plain_once_filled()]
PlainOrNothing = Annotated[TextOrNothing, AfterValidator(_plain)]
Identifier = Annotated[str, _like(r"[a-z][a-z0-9_]*", "small letters, digits and _, such as linked_sites")]
Several = Annotated[
    str, _like(r"[a-z][a-z0-9_]*(; [a-z][a-z0-9_]*)*", "identifiers divided by “; ”, such as one; another")
]
SeveralOrNothing = Annotated[
    str, _like(r"([a-z][a-z0-9_]*(; [a-z][a-z0-9_]*)*)?", "nothing, or identifiers divided by “; ”")
]
Sources = Annotated[str, _like(r"[a-z][a-z0-9_]*(\+[a-z][a-z0-9_]*)*", "sources divided by “+”")]
Area = Annotated[str, _like(r"E\d{8}", "a code such as E09000007")]
AreaOrNothing = Annotated[str, _like(r"(E\d{8})?", "a code such as E09000007, or nothing")]
Number = Annotated[float, BeforeValidator(_float), Field(allow_inf_nan=False)]
NumberOrNothing = Annotated[Number | None, BeforeValidator(_or_nothing(lambda cell: cell))]
Whole = Annotated[str, _like(r"-?\d+", "a whole number")]
Count = Annotated[str, _like(r"\d+", "a whole number, 0 or more")]
WholeOrNothing = Annotated[str, _like(r"(-?\d+)?", "a whole number or nothing")]
Date = Annotated[str, AfterValidator(_date)]
DateOrNothing = Annotated[str, AfterValidator(lambda cell: cell and _date(cell))]
Address = Annotated[str, _like(r"https://[^\s/]+\.[^\s]+", "an address that begins with https://")]
YesOrNo = Literal["yes", "no"]
TrueOrFalse = Literal["true", "false"]
Categories = Annotated[
    str,
    _like(
        r"(-?\d+(\.\d+)?=[^=;]+(; -?\d+(\.\d+)?=[^=;]+)*)?",
        "nothing, or codes and words such as 1=In the programme; 0=Not in the programme",
    ),
]
Sentence = Annotated[TextOrNothing, AfterValidator(forms), template("place", "value")]
Forms = Annotated[TextOrNothing, AfterValidator(forms)]

"""A key below a picture in a file, where nobody can point at a dot to ask whose it is."""

import math
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from pages.exports.exhibit import Exhibit


def with_key(exhibit: Exhibit, key: str, below: float = math.inf) -> Exhibit:
    """The exhibit with a key in its files, at widths below so many pixels: at any, unless that is said."""
    return replace(exhibit, unnamed=key, unnamed_until=below)


def from_the_left(
    rows: pd.DataFrame,
    across: str,
    said: Sequence[str],
    group: str = "",
    lines: Sequence[str] = (),
    between: str = "",
) -> str:
    """Whose the dots are, from the left: each `area_name` with what is said of it.

    `across` is the column of what lies along the horizontal axis. Where dots lie in lines, `group` is the
    column of their names, and `lines` has them in their order; else `between` says what the two numbers are.
    """
    named = rows.assign(dot=[f"{name} {text}" for name, text in zip(rows["area_name"], said, strict=True)])
    ordered = named.sort_values([across, "area_name"])
    if not group:
        return f"Dots from the left ({between}): {', '.join(ordered['dot'])}."
    dots = {line: ", ".join(own["dot"]) for line, own in ordered.groupby(group)}
    return f"Dots from the left. {'; '.join(f'{line}: {dots[line]}' for line in lines if line in dots)}."

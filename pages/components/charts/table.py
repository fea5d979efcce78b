"""The table in step with the map: real HTML, for keyboards, screen readers and printers.

Streamlit's grid is drawn on a canvas, where a header cannot be reached and sorted with the keyboard.
"""

from collections.abc import Callable
from typing import NamedTuple

import pandas as pd
import streamlit as st

from pages.components.text import words

_CSS = """
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
table { font: 400 0.95rem var(--st-font); color: var(--st-text-color); }
caption { text-align: left; padding: 0 0 0.5rem; font-weight: 600; }
th, td { padding: 0.1rem 0.5rem; text-align: left; white-space: nowrap; }
th, td { border-bottom: 1px solid var(--st-border-color); }
th.number, td.number { text-align: right; font-variant-numeric: tabular-nums; }
thead th { white-space: normal; }
thead th { position: sticky; top: 0; background: var(--st-background-color); vertical-align: bottom; }
button { all: unset; cursor: pointer; padding: 0.15rem 0; min-height: 1.5rem; }
button:focus-visible { outline: 3px solid var(--st-primary-color); outline-offset: 2px; }
tbody button { text-decoration: underline; text-decoration-thickness: 1px; text-underline-offset: 3px; }
tr.chosen { outline: 3px solid #F46A25; outline-offset: -2px; }
tr.chosen button { font-weight: 700; }
tr.whole td, tr.whole th { font-weight: 700; padding-block: 0.35rem; white-space: normal; }
td.long { min-width: 14rem; white-space: normal; }
tr.whole td:last-child { min-width: 11rem; font-weight: 400; }
.aloud { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
tbody th { font-weight: 400; }
"""

_JS = """
const sorts = new WeakMap()

const compare = (a, b) => (typeof a === "number" ? a - b : a.localeCompare(b))

export default function draw(component) {
  const { data, parentElement, setTriggerValue } = component
  const root = parentElement.querySelector(".scroll")
  const sort = sorts.get(parentElement) ?? { column: null, descending: false }
  sorts.set(parentElement, sort)

  const rows = [...data.rows]
  if (sort.column !== null && sort.column < data.columns.length) {
    const missing = (row) => row.keys[sort.column] === null
    rows.sort((a, b) => {
      if (missing(a) || missing(b)) return missing(a) - missing(b)
      const order = compare(a.keys[sort.column], b.keys[sort.column])
      return sort.descending ? -order : order
    })
  }

  const element = (tag, text, className) => {
    const made = document.createElement(tag)
    if (text !== undefined) made.textContent = text
    if (className) made.className = className
    return made
  }
  const active = parentElement.activeElement ?? root.getRootNode().activeElement
  const focused = active?.dataset?.focus

  const table = element("table")
  table.append(element("caption", data.caption))
  const header = table.createTHead().insertRow()
  data.columns.forEach((column, index) => {
    const cell = element("th", undefined, column.number ? "number" : "")
    cell.scope = "col"
    const sorted = sort.column === index
    cell.setAttribute("aria-sort", sorted ? (sort.descending ? "descending" : "ascending") : "none")
    const arrow = sorted ? (sort.descending ? " \\u25BC" : " \\u25B2") : ""
    const button = element("button", column.title + arrow)
    button.type = "button"
    button.dataset.focus = "column" + index
    button.onclick = () => {
      sort.descending = sorted ? !sort.descending : column.number
      sort.column = index
      draw(component)
    }
    cell.append(button)
    header.append(cell)
  })

  const addRow = (section, row, whole) => {
    const line = section.insertRow()
    line.className = [row.name === data.chosen ? "chosen" : "", whole ? "whole" : ""].join(" ")
    row.cells.forEach((text, index) => {
      const cell = element(index === 0 ? "th" : "td", undefined, data.columns[index].number ? "number" : "")
      if (index === 0) cell.scope = "row"
      if (text.length > 40) cell.classList.add("long")
      if (index === 0 && !whole) {
        const button = element("button", text)
        button.type = "button"
        button.dataset.focus = "row" + row.name
        button.setAttribute("aria-pressed", row.name === data.chosen)
        button.onclick = () => setTriggerValue("borough", row.name === data.chosen ? "" : row.name)
        cell.append(button)
      } else {
        cell.textContent = text
      }
      if (text.endsWith(data.mark)) {
        // a screen reader may be silent about a dagger
        const sign = element("span", data.mark)
        sign.setAttribute("aria-hidden", true)
        cell.textContent = text.slice(0, -data.mark.length)
        cell.append(sign, element("span", data.aloud, "aloud"))
      }
      line.append(cell)
    })
  }
  const body = table.createTBody()
  rows.forEach((row) => addRow(body, row, false))
  const foot = table.createTFoot()
  data.wholes.forEach((row) => addRow(foot, row, true))

  root.replaceChildren(table)
  if (focused) root.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus()
}
"""

_KEY = "table"
_TABLE = st.components.v2.component(
    "borough_table",
    html='<div class="scroll" tabindex="0" role="region" aria-label="Table of boroughs"></div>',
    css=_CSS,
    js=_JS,
)


class Contents(NamedTuple):
    """What the table shows: columns (title, number), rows (name, cells, keys to sort by) and whole places.

    A key that is None sorts last. Plain values, because they travel to the browser as JSON.
    """

    columns: list[dict]
    rows: list[dict]
    wholes: list[dict]


def show(contents: Contents, caption: str, chosen: str, on_borough: Callable[[], None]) -> None:
    """Draw the table, with the borough of the name `chosen` marked.

    `on_borough` is called after a click on a borough; clicked_borough() then gives its name.
    """
    _TABLE(
        key=_KEY,
        data={"caption": caption, "chosen": chosen, **contents._asdict()}
        | {"mark": words.MARK, "aloud": words.aloud(words.MARK)},
        on_borough_change=on_borough,
    )


def clicked_borough() -> str:
    """The name of the borough that was clicked in the table; empty to let go of it."""
    return st.session_state[_KEY].borough


def in_words(contents: Contents) -> pd.DataFrame:
    """The table as text: the authorities, and the whole places at the end."""
    titles = [column["title"] for column in contents.columns]
    return pd.DataFrame([row["cells"] for row in [*contents.rows, *contents.wholes]], columns=titles)


def contents(
    rows: pd.DataFrame, wholes: list[words.Whole], scope: str | None, by_size: bool = False
) -> Contents:
    """The authorities in scope of painted rows (maps.paint), with the whole places below.

    `by_size` is for totals, whose order is one of size.
    """
    rank = "Order of size" if by_size else "Rank"
    ranked = rows["rank_london"].notna().any()
    inside = rows[~rows["outside"]].sort_values(["value", "area_name"], ascending=[False, True])
    shown = {
        "Borough": (inside["area_name"], inside["area_name"], False),
        **({} if scope else {"ICS": (inside["ics_name"], inside["ics_name"], False)}),
        "Value": (inside["value_text"], inside["value"], True),
    }
    if inside["lower_95"].notna().any():
        shown["95% interval"] = (inside["interval_text"], inside["lower_95"], True)
    if ranked:
        shown[f"{rank} in London"] = (inside["rank_text"], inside["rank_london"], True)
        if scope:
            shown[f"{rank} in ICS"] = (words.rank_texts(inside, "ics"), inside["rank_ics"], True)
    if (inside["comparison"] != "not_compared").any():
        compared = inside["comparison"].str.replace("_", " ")
        shown["Compared with London"] = (compared, compared, False)
    shown["Status"] = (inside["status_text"], inside["status_text"], False)

    texts = zip(*(texts for texts, _, _ in shown.values()), strict=True)
    keys = zip(*(keys for _, keys, _ in shown.values()), strict=True)
    return Contents(
        columns=[{"title": title, "number": number} for title, (_, _, number) in shown.items()],
        rows=[
            {"name": name, "cells": cells, "keys": [None if key != key else key for key in line_keys]}
            for name, cells, line_keys in zip(inside["area_name"], texts, keys, strict=True)
        ],
        wholes=[
            {
                "name": name,
                "cells": [
                    {"Borough": name, "Value": value, "Status": status}.get(title, "") for title in shown
                ],
            }
            for name, value, status, _ in wholes
        ],
    )

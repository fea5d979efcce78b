"""Buttons that put the picture, or its numbers, on the visitor's clipboard.

The browser allows that only to a page that was opened over https or on the visitor's own machine; elsewhere
the buttons say what to do instead.
"""

import base64

import pandas as pd
import streamlit as st

from geo.tables.listing import without_formulas
from pages.exports import pictures
from pages.exports.exhibit import Exhibit

_CSS = """
div { display: flex; flex-wrap: wrap; gap: 0.5rem; font: 400 0.9rem var(--st-font); }
div { color: var(--st-text-color); }
button { font: inherit; color: inherit; cursor: pointer; padding: 0.25rem 0.75rem; min-height: 2.5rem; }
button { background: var(--st-background-color); border: 1px solid var(--st-border-color); }
button { border-radius: var(--st-button-radius); }
button:focus-visible { outline: 3px solid var(--st-primary-color); outline-offset: 2px; }
p { margin: 0.25rem 0 0; font: 400 0.9rem var(--st-font); color: var(--st-text-color); min-height: 1.4em; }
"""

_HTML = """<div><button type="button">Copy picture</button><button type="button">Copy numbers</button></div>
<p role="status"></p>"""

_JS = """
const REFUSED = "This browser does not let the page copy that here: download the file instead."
const waiting = new WeakMap()

const cellOf = (tag, text) => {
  const cell = document.createElement(tag)
  cell.textContent = text
  return cell
}

const asHtml = (lines) => {
  const table = document.createElement("table")
  lines.forEach((line, place) => {
    const row = table.insertRow()
    row.append(...line.map((text) => cellOf(place ? "td" : "th", text)))
  })
  return table.outerHTML
}

const blob = (text, type) => new Blob([text], { type })

export default function draw(component) {
  const { data, parentElement, setTriggerValue } = component
  const [picture, numbers] = parentElement.querySelectorAll("button")
  const say = (text) => { parentElement.querySelector("p").textContent = text }
  const copy = (parts, done) => {
    if (!navigator.clipboard?.write || !window.ClipboardItem) return say(REFUSED)
    navigator.clipboard.write([new ClipboardItem(parts)]).then(() => say(done), () => say(REFUSED))
  }

  if (data.png && waiting.has(parentElement)) {
    const bytes = Uint8Array.from(atob(data.png), (letter) => letter.charCodeAt(0))
    waiting.get(parentElement)(blob(bytes, "image/png"))
    waiting.delete(parentElement)
  }
  picture.onclick = () => {
    say("The picture is being made.")
    // the browser wants the promise in the click itself; the server keeps it
    copy({ "image/png": new Promise((keep) => waiting.set(parentElement, keep)) },
      "The picture is on the clipboard.")
    setTriggerValue("wanted", true)
  }
  numbers.onclick = () => copy({
    "text/plain": blob(data.lines.map((line) => line.join("\\t")).join("\\n"), "text/plain"),
    "text/html": blob(asHtml(data.lines), "text/html"),
  }, "The numbers are on the clipboard, to paste into a spreadsheet or a document.")
}
"""

_COPY = st.components.v2.component("copy_buttons", html=_HTML, css=_CSS, js=_JS)


def buttons(exhibit: Exhibit, size: str) -> None:
    """The two buttons; the picture is made when it is asked for."""
    key = f"copy_{exhibit.key}"
    wanted = st.session_state.pop(f"{key}_wanted", False)
    _COPY(
        key=key,
        data={
            "lines": lines(exhibit.numbers()),
            "png": base64.b64encode(pictures.as_png(exhibit, size)).decode() if wanted else "",
        },
        on_wanted_change=lambda: st.session_state.update({f"{key}_wanted": True}),
    )


def lines(table: pd.DataFrame) -> list[list[str]]:
    """The table as rows of text, the names of its columns first; no cell breaks a line or is a formula."""
    safe = without_formulas(table).astype(object).where(table.notna(), "")
    rows = [[str(column) for column in table.columns], *safe.astype(str).to_numpy().tolist()]
    return [[" ".join(cell.split()) for cell in row] for row in rows]

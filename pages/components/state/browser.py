"""Parts of a page that run in the browser, each from files of its own beside the module that draws it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

# the style of what several parts have
TOOLS = Path(__file__).with_name("tools.css")


def component(
    module: str, name: str, file: str, html: str | None = None, style: Path | None = None
) -> Callable[..., Any]:
    """The part called `name`, from the files `file`.js, .css and .html beside a module (its `__file__`).

    A file that is not there is left out; `html` takes the place of the last. A `style` that parts have in
    common comes before its own.
    """
    parts = {ending: Path(module).with_name(f"{file}.{ending}") for ending in ("js", "css", "html")}
    texts = {ending: path.read_text(encoding="utf-8") for ending, path in parts.items() if path.exists()}
    css = f"{style.read_text(encoding='utf-8')}{texts.get('css', '')}" if style else texts.get("css")
    return st.components.v2.component(name, html=html or texts.get("html"), css=css, js=texts.get("js"))

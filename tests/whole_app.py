"""The whole app in this process: its frame and a page of it, as a visitor has them, without a browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest, app_test
from streamlit.testing.v1.element_tree import Button, Selectbox

from pages.components.frame.navigation import PAGES
from pages.components.text import markdown
from tests.builders import ROOT


class Navigated(PagesManager):
    """Pages as a server knows them once anybody has come.

    Until then Streamlit takes the scripts of `pages/` for pages of their own and runs them without app.py;
    AppTest forgets before each run that somebody has come.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        PagesManager.uses_pages_directory = False


@contextmanager
def navigated() -> Iterator[None]:
    """Whatever page is run meanwhile has its frame around it, in each of its runs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app_test, "PagesManager", Navigated)
        yield


def follow(visitor: AppTest, address: str) -> AppTest:
    """Follow a link of the app, such as /borough?borough=Hackney, and run what it leads to."""
    asked = urlsplit(address)
    visitor.query_params.clear()
    visitor.query_params.update(dict(parse_qsl(asked.query)))
    script = next(page.script for page in PAGES if page.address == asked.path.strip("/"))
    visitor.switch_page(f"pages/{script}.py").run()
    assert not visitor.exception
    return visitor


def visit(address: str) -> AppTest:
    """Somebody with nothing remembered who follows a link."""
    return follow(AppTest.from_file(str(ROOT / "app.py"), default_timeout=60), address)


def button(visitor: AppTest, label: str) -> Button:
    """The one button with a label."""
    (found,) = (each for each in visitor.button if each.label == label)
    return found


def control(visitor: AppTest, label: str) -> Selectbox:
    """The one list to choose from with a label."""
    (found,) = (each for each in visitor.selectbox if each.label == label)
    return found


def notices(visitor: AppTest, *kinds: str) -> list[str]:
    """What stands in boxes of these kinds, or of all, in its order, as it is read."""
    found = (getattr(visitor, kind) for kind in kinds or ("error", "warning", "info", "success"))
    return [markdown.unescaped(notice.value) for boxes in found for notice in boxes]


def charts(visitor: AppTest) -> int:
    """How many charts the page draws."""
    return len(visitor.get("vega_lite_chart"))


def said(visitor: AppTest) -> str:
    """All sentences, notices and tables of the page as they are read, one below the other."""
    kinds = ("title", "header", "subheader", "markdown", "text", "success", "info", "warning", "error")
    texts = [element.value for kind in kinds for element in getattr(visitor, kind)]
    tables = [element.value.to_csv(sep="|", index=False) for element in visitor.table]
    return markdown.unescaped("\n".join([*texts, *tables]))

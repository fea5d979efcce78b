"""What parts of a page in the browser tell, and what of it comes when they are gone."""

import ast
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]


def told() -> None:
    """A script with a part that has told a borough, and one that was pressed while its page was left."""
    import streamlit as st

    from pages.components.state import browser

    st.session_state["shown"] = {"borough": "Camden"}
    for part in ("shown", "gone"):
        browser.heard(part, "borough", st.text)()


def test_what_is_pressed_while_a_page_is_left_is_not_handed_on() -> None:
    app = AppTest.from_function(told).run()
    assert not app.exception
    assert [text.value for text in app.text] == ["Camden"]


@pytest.mark.parametrize(
    "path", sorted((ROOT / "pages").rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT))
)
def test_nothing_else_reads_what_a_part_has_told(path: Path) -> None:
    """A part that is gone has no value in the session, and to ask for one would end the run."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Subscript):
            of_session = ast.unparse(node.value.value) == "st.session_state"
            assert not of_session or node.attr in dir(str), ast.unparse(node)

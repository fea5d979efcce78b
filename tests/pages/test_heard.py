"""What the browser tells, and what of it comes when it is no choice any more."""

import ast
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]


def told() -> None:
    """A script with controls that stand at something, at nothing, and that are gone, and with a part."""
    import streamlit as st

    from pages.components.state import heard

    st.session_state["part"] = {"borough": "Camden"}
    st.session_state["list"] = "Barnet"
    st.session_state["of_no_list_now"] = None
    for key in ("list", "of_no_list_now", "gone"):
        heard.control(key, st.text)()
    heard.control("of_no_list_now", lambda none: st.text(f"{none} on purpose"), none_is_a_choice=True)()
    for key in ("part", "gone"):
        heard.part(key, "borough", st.text)()


def test_what_is_pressed_while_a_page_is_left_is_not_handed_on() -> None:
    app = AppTest.from_function(told).run()
    assert not app.exception
    assert [text.value for text in app.text] == ["Barnet", "None on purpose", "Camden"]


def calls_back(path: Path) -> list[str]:
    """What a file has called after a change, where it is no `heard` and no word of Streamlit's own."""
    return [
        ast.unparse(word.value)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        for word in node.keywords
        if word.arg
        and word.arg.startswith("on_")
        and word.arg.endswith("change")
        and not isinstance(word.value, ast.Constant)
        and not ast.unparse(word.value).startswith("heard.")
    ]


@pytest.mark.parametrize(
    "path", sorted((ROOT / "pages").rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT))
)
def test_nothing_else_is_called_after_a_change(path: Path) -> None:
    """A control that is gone has no value in the session, and to ask for one would end the run."""
    assert calls_back(path) == []

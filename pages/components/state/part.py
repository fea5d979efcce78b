"""Parts of a page, each of which has one place among the others in every view."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import streamlit as st

Asked = ParamSpec("Asked")
Given = TypeVar("Given")


def part(show: Callable[Asked, Given]) -> Callable[Asked, Given]:
    """Let a function that shows more in one view than in another take one place in both.

    A browser replaces what a page showed place by place while a run goes on, and takes away what is left over
    at its end. What stood behind something that has gone would be seen at both places until then.
    """

    @wraps(show)
    def in_place(*asked: Asked.args, **named: Asked.kwargs) -> Given:
        with st.container():
            return show(*asked, **named)

    return in_place

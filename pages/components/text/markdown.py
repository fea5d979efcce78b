"""Texts of others in Markdown, and Markdown as it is read."""

import re

_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
# where Streamlit finds links, small pictures and arrows even in a text whose punctuation is escaped
_MADE_INTO_SIGNS = re.compile(r"(?<=:)(?=//|[a-z+_-])|(?<=www)(?=\.)|(?<=@)|(?<=[-<>=~])(?=[-<>=~])", re.I)


def verbatim(text: str) -> str:
    """A text of somebody's file in Markdown, as it is: no markup, link, picture or sign comes of it."""
    plain = _PUNCTUATION.sub(r"\\\g<0>", _MADE_INTO_SIGNS.sub("\N{WORD JOINER}", text))
    return " ".join(plain.split())


def unescaped(text: str) -> str:
    """A text for Markdown as it is read: without what verbatim() adds."""
    return _ESCAPED.sub(r"\1", text).replace("\N{WORD JOINER}", "")

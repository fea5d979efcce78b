"""What each level of an enabler looks like, so that two partnerships mean the same by it."""

import functools
import tomllib
from pathlib import Path

ORIGIN = (
    "What the levels look like was written for this app, after what the 2022 report says works (chapter 6). "
    "Neither the report nor its survey describes levels."
)
_FILE = Path(__file__).with_name("levels.toml")


@functools.cache
def described() -> dict[str, dict[str, str]]:
    """A sentence by enabler (item_id) and level (response)."""
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))

"""What helps those who hear a page, use it by keyboard alone, or on a small screen."""

from pages.components.state import browser, keys

_AIDS = browser.component(__file__, "aids", "aids")


def draw(says: str) -> None:
    """Say aloud what the page shows, after each change of it; and let the menu of small screens close."""
    _AIDS(key=keys.AIDS, data={"says": says})

"""Pictures in the theme that the browser has, also after it has changed."""

from pages.components.charts import palette
from pages.components.exhibits import of_view
from pages.components.state import browser, heard, keys

_THEME = browser.component(__file__, "theme", "theme")


def follow() -> None:
    """Run again when the browser turns dark or light: pictures are drawn for the one or the other."""
    page = palette.THEMES[of_view.theme()]["page"]
    _THEME(
        key=keys.THEME, data={"page": page}, on_turned_change=heard.part(keys.THEME, "turned", lambda _: None)
    )

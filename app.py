"""The frame of every page: what the app is, where you are in it, and what you are looking at."""

import streamlit as st
from starlette.middleware import Middleware

from data_loaders.settings import SettingError, refresh_hours
from data_loaders.store import SnapshotError
from pages.components import drawing, figures, notes, palette, routing, serving, sidebar
from pages.exports.piece import ILLUSTRATIVE


def style(theme: str) -> str:
    """What Streamlit's own settings cannot say, in the colours of a theme."""
    # Less empty space above the heading and between the controls, so that the map and all its controls are
    # on the first screen of a meeting; and no toolbar on charts, which would give away pictures without their
    # sources.
    # Names on chips are readable in the dark, too, where Streamlit would write white on pale blue.
    # On paper there is nothing to press, type is smaller, and what is only meant for paper comes out.
    return f"""<style>
.stMainBlockContainer {{ padding-top: 3rem; padding-bottom: 2rem; }}
[data-testid="stSidebarHeader"] {{ height: 2.5rem; margin-bottom: 0; }}
[data-testid="stSidebarNavLinkContainer"] {{ min-height: 1.5rem; height: 1.5rem; }}
[data-testid="stSidebarUserContent"] {{ padding-top: 0.5rem; }}
[data-testid="stSidebarUserContent"] [data-testid="stVerticalBlock"] {{ gap: 0.35rem; }}
[data-testid="stElementToolbar"] {{ display: none; }}
.st-key-{notes.ON_PAPER} {{ display: none; }}
[data-testid="stMultiSelect"] [data-tag] * {{ color: {palette.THEMES[theme]["page"]}; }}
@media print {{
  @page {{ size: A4; margin: 9mm 12mm; }}
  html {{ font-size: 10px; }}
  .stMainBlockContainer {{ padding: 0; max-width: none; }}
  .st-key-{notes.ON_PAPER} {{ display: block; }}
  .st-key-{notes.ON_PAPER} * {{ font-size: 8px; line-height: 1.2; }}
  :is([data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stDownloadButton"],
      [data-testid="stExpander"], [data-testid="stButton"]) {{ display: none; }}
  :is(h1, h2, h3) {{ break-after: avoid; padding-block: 0.1rem; }}
  :is(tr, svg, [data-testid="stHorizontalBlock"]) {{ break-inside: avoid; }}
  :is([data-testid="stTable"], [data-testid="stTable"] div) {{ overflow: visible !important; }}
  [data-testid="stTable"] table {{ display: table !important; }}
  [data-testid="stTable"] [data-testid="stMarkdownContainer"] {{ max-width: none !important; }}
  [data-testid="stVerticalBlock"] {{ gap: 0.3rem; }}
  :is(td, th) {{ padding: 0.1rem 0.3rem !important; line-height: 1.25; }}
  :is(p, li) {{ line-height: 1.3; }}
  [data-testid="stElementContainer"]:has([data-testid="stVegaLiteChart"]) * {{ height: auto !important; }}
  [data-testid="stHorizontalBlock"]:has(> [data-testid="stColumn"]) {{ display: flex !important; }}
  [data-testid="stColumn"] {{ flex: 1 !important; min-width: 0 !important; }}
}}
</style>"""


def frame() -> None:
    """One run of the page that the address asks for."""
    st.html(style(drawing.theme()))
    page = routing.navigation()
    try:
        if serving.PIECE in st.query_params:
            # imported only where it is used, like what asks the publishers below
            from pages.components import embedding

            embedding.show()
            return
        if refresh_hours() is not None:
            # the first visitor need not wait for what asks the publishers
            from pages.components import refreshing

            refreshing.keep_fresh()
        is_new_edition = figures.settle_edition()
        london = figures.london()
        shows_view = page.url_path != routing.PACK
        view = sidebar.settle_view(london, is_new_edition, reads_link=shows_view)
        if shows_view:
            sidebar.say_what_a_link_got_wrong()
        if view.demo == "yes":
            st.warning(f"{ILLUSTRATIVE}, on the page Maturity. They are nobody's.", icon=":material/science:")
        page.run()
        if shows_view:
            # after the page, because the map takes the browser longer than the controls and the address
            sidebar.draw(
                view,
                london,
                draws_map=page.url_path in routing.MAPS,
                has_indicator=page.url_path not in routing.SURVEYS,
            )
            sidebar.write_link(view)
        st.markdown(f":small[{figures.status_line()}]")
    except (SnapshotError, SettingError) as problem:
        st.error(f"The figures cannot be shown. {problem}", icon=":material/error:")


if __name__ == "__main__":
    frame()
else:
    # `streamlit run` finds what it serves here, and runs this script for each visitor
    server = st.App(__file__, middleware=[Middleware(serving.FrameGuard)])

"""The page My pack keeps in step with its link, also for somebody who is quicker than the browser."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[2]
MAP, RANKING = (f"{kind}~indicator~gld_2013_2019~period~2019" for kind in ("map", "ranking"))


def follow(app: AppTest, *show: str) -> None:
    app.query_params.update({"title": "My pack", "show": list(show)})


@pytest.fixture
def pack_page() -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    app.switch_page("pages/pack.py")
    follow(app, MAP, RANKING)
    return app.run()


def headings(app: AppTest) -> list[str]:
    return [heading.value for heading in app.subheader]


def test_a_second_change_keeps_the_first_while_the_browser_has_the_old_link(pack_page: AppTest) -> None:
    pack_page.button(key="Move 2 up").click().run()
    assert headings(pack_page) == ["1. Ranking", "2. Map"]
    follow(pack_page, MAP, RANKING)
    pack_page.text_input(key="pack_title").input("For the board").run()
    assert headings(pack_page) == ["1. Ranking", "2. Map"]
    assert pack_page.query_params["title"] == "For the board"
    assert pack_page.query_params["show"] == [RANKING, MAP]


def test_going_back_brings_back_what_was_there(pack_page: AppTest) -> None:
    pack_page.button(key="Remove 1").click().run()
    assert headings(pack_page) == ["1. Ranking"]
    follow(pack_page, MAP, RANKING)
    pack_page.run()
    assert headings(pack_page) == ["1. Map", "2. Ranking"]

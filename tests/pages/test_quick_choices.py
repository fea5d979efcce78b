"""Somebody quicker than the browser loses nothing: a press may come with the link from before the last."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import TextInput

ROOT = Path(__file__).parents[2]
MAP, RANKING = (f"{kind}~indicator~gld_2013_2019~period~2019" for kind in ("map", "ranking"))


def follow(app: AppTest, *show: str) -> None:
    app.query_params.update({"title": "My pack", "show": list(show)})


def map_alone() -> None:
    """What app.py does for the map, in one script: AppTest leaves app.py out once a page was chosen."""
    from pages.components.data import figures
    from pages.components.exhibits import of_view
    from pages.components.frame import filters, meetings, navigation
    from pages.components.map import exhibits as map_exhibits
    from pages.components.state import basket, session

    london = figures.london()
    view = session.settle_view(london)
    map_exhibits.show_map(view)
    # what stands behind the button that opens what can be taken away
    shown = of_view.in_file(map_exhibits.MAP, view)
    assert shown
    basket.button(shown)
    filters.draw(view, london, navigation.PAGES[0])
    meetings.draw(view, london)
    session.write_link(view)


def led_to_my_borough() -> None:
    """A page from which the server leads to My borough, as the search box does; `at` is where one is."""
    import streamlit as st

    from pages.components.data import figures
    from pages.components.state import keys, session

    st.session_state[keys.PAGE] = st.session_state.get("at", "")
    view = session.settle_view(figures.london())
    st.text(view.borough)
    if st.button("Barnet", on_click=session.ask, kwargs={"borough": "Barnet"}):
        st.session_state["at"] = "borough"
        session.lead("borough", view)
    session.write_link(view)


def test_a_browser_that_was_led_to_a_page_may_once_more_tell_the_link_it_left() -> None:
    app = AppTest.from_function(led_to_my_borough, default_timeout=60)
    app.query_params["borough"] = "Camden"
    app.query_params["vintage"] = "2026"
    app.run()
    left = dict(app.query_params)
    app.button[0].click().run()
    assert [text.value for text in app.text] == ["Barnet"]
    led = dict(app.query_params)
    for tells in (led, left, led, left):
        app.query_params.update(tells)
        app.run()
        assert [text.value for text in app.text] == ["Barnet"]
        assert app.query_params["borough"] in ("Barnet", ["Barnet"])
    # who goes back goes over the page that was left
    app.session_state["at"] = ""
    app.query_params.update(left)
    app.run()
    assert [text.value for text in app.text] == ["Camden"]
    app.session_state["at"] = "borough"
    app.query_params.update(led)
    app.run()
    app.query_params.update(left)
    app.run()
    assert [text.value for text in app.text] == ["Camden"]


def test_what_is_searched_for_outranks_a_control_that_tells_what_it_stood_at() -> None:
    def searched() -> None:
        import streamlit as st

        from pages.components.data import figures
        from pages.components.state import session

        view = session.settle_view(figures.london())
        st.text(f"{view.borough}, {view.indicator}")

        def tell(first: bool) -> None:
            for told in (True, False) if first else (False, True):
                if told:
                    session.ask(borough="Camden")
                else:
                    session.ask_alone(indicator="gld_2022_on")

        st.button("before", on_click=tell, args=(True,))
        st.button("after", on_click=tell, args=(False,))
        st.button("later", on_click=session.ask, kwargs={"borough": "Camden"})
        session.write_link(view)

    for order in (0, 1):
        app = AppTest.from_function(searched, default_timeout=60)
        app.query_params["borough"] = "Barnet"
        app.run()
        app.button[order].click().run()
        assert [text.value for text in app.text] == ["Barnet, gld_2022_on"]
        app.button[2].click().run()
        assert [text.value for text in app.text] == ["Camden, gld_2022_on"]


@pytest.fixture
def map_page() -> AppTest:
    return AppTest.from_function(map_alone, default_timeout=60).run()


@pytest.fixture
def pack_page() -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    app.switch_page("pages/pack.py")
    follow(app, MAP, RANKING)
    return app.run()


def title_of(app: AppTest) -> TextInput:
    (title,) = [box for box in app.text_input if box.label == "Title of the pack"]
    return title


def headings(app: AppTest) -> list[str]:
    return [heading.value for heading in app.subheader]


def choose_north_east_london(app: AppTest) -> None:
    """Choose it, while the address in the browser stays what it was."""
    app.selectbox(key="control_ics").set_value("NEL").run()
    assert app.query_params.pop("ics") == "NEL"


def test_a_second_change_of_a_pack_keeps_the_first(pack_page: AppTest) -> None:
    pack_page.button(key="Move 2 up").click().run()
    assert headings(pack_page) == ["1. Ranking", "2. Map"]
    follow(pack_page, MAP, RANKING)
    title_of(pack_page).input("For the board").run()
    assert headings(pack_page) == ["1. Ranking", "2. Map"]
    assert pack_page.query_params["title"] == "For the board"
    assert pack_page.query_params["show"] == [RANKING, MAP]


def test_going_back_brings_back_what_was_there(pack_page: AppTest) -> None:
    pack_page.button(key="Remove 1").click().run()
    assert headings(pack_page) == ["1. Ranking"]
    follow(pack_page, MAP, RANKING)
    pack_page.run()
    assert headings(pack_page) == ["1. Map", "2. Ranking"]


def test_adding_to_the_pack_right_after_a_choice_keeps_the_choice(map_page: AppTest) -> None:
    choose_north_east_london(map_page)
    map_page.button(key="pick_map").click().run()
    assert map_page.selectbox(key="control_ics").value == "NEL"
    assert map_page.query_params["ics"] == "NEL"
    assert map_page.button(key="pick_map").label == "Map: take out of my pack"


def test_adding_to_the_tour_right_after_a_choice_keeps_both(map_page: AppTest) -> None:
    choose_north_east_london(map_page)
    for count in (1, 2):
        (add,) = (button for button in map_page.button if button.label == "Add this view")
        add.click().run()
        assert map_page.query_params["ics"] == "NEL"
        assert len([button for button in map_page.button if button.label == "Remove"]) == count
        # the browser has not heard of it yet
        map_page.query_params.pop("tour")

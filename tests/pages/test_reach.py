"""A view with its own distance, or with designated centres alone: said everywhere, and never mixed."""

import csv
import io
import re
from dataclasses import replace

import pytest
from pptx import Presentation
from streamlit.testing.v1 import AppTest

from data_loaders.brand import load_brand
from data_loaders.within import DESIGNATED, USUAL, Within
from geo.tables.london import LONDON, London, place_table
from pages.addresses import about, figures as addresses_figures
from pages.addresses.reply import RefusalError
from pages.components.data import edition, figures
from pages.components.exhibits import of_view
from pages.components.frame.navigation import PAGES
from pages.components.meeting import presenting
from pages.components.pack import refresh
from pages.components.packs import contents, registry
from pages.components.state.my_pack import Item, MyPack
from pages.components.state.tour import Step
from pages.components.state.view import View
from pages.exports import numbers
from pages.exports.exhibit import Exhibit
from pages.exports.slides import as_pptx

LINK = "?indicator=access_any_centre&period=2026-08-19&vintage=2026&ics=NEL"
USUALLY = "within 1.2 km of a children's centre or linked site"
# a link, the setting that it asks for, how titles say it, and London's value on 19 August 2026
SAID = {
    "": (USUAL, USUALLY, "83.6%"),
    "&reach=800": (Within(800), "within 800 m of a children's centre or linked site", "63.1%"),
    "&sites=designated_centres": (
        Within(1_200, DESIGNATED),
        "within 1.2 km of a designated children's",
        "73.1%",
    ),
    "&reach=800&sites=designated_centres": (
        Within(800, DESIGNATED),
        "within 800 m of a designated children's centre",
        "51.2%",
    ),
    # linked sites alone are a choice of another page
    "&sites=linked_sites": (USUAL, USUALLY, "83.6%"),
}
OTHER = "&reach=800&sites=designated_centres"


def view_of(more: str = "", link: str = LINK) -> View:
    view, notes = registry.view_of(f"{link}{more}")
    assert notes == []
    return view


def found(key: str, view: View) -> Exhibit:
    exhibit = registry.exhibit_of(view, key)
    assert exhibit is not None
    return exhibit


def london_in(view: View) -> London:
    with edition.shown_on("", view):
        return figures.london()


def test_the_pages_that_follow_are_those_of_indicators() -> None:
    assert {page.address for page in PAGES if page.shows == "indicator"} == edition.FOLLOWING


@pytest.mark.parametrize("more", SAID)
def test_a_view_is_of_its_own_distance_and_kind_of_site(more: str) -> None:
    setting, said, value = SAID[more]
    view = view_of(more)
    assert view.within == setting
    exhibit = found("map", view)
    assert said in exhibit.title
    assert said in exhibit.subtitle
    assert f"in London as a whole {value}" in exhibit.title
    assert all(word in exhibit.alt for word in (said, value))


def test_what_is_made_of_two_views_in_turn_is_never_mixed() -> None:
    """Pictures, tables and files, also when they are made after those of the other view."""
    usual, other = view_of(), view_of(OTHER)
    for key in ("map", "ranking", "numbers", "small_areas", "icss", "course", "borders_map"):
        first, second = (registry.exhibit_of(view, key) for view in (usual, other))
        if first is None or second is None:
            assert first is second, key
            continue
        again = found(key, usual)
        assert (first.title, first.stem, first.drawing) == (again.title, again.stem, again.drawing), key
        assert first.stem != second.stem, key
        assert second.stem.endswith("within-800-m_designated-only") or len(second.stem) == 80
        late = [str(each.numbers().values().to_csv()) for each in (second, first, second)]
        assert late[0] == late[2] != late[1], key


def test_tables_have_the_values_that_are_worked_out_for_the_setting() -> None:
    view = view_of(OTHER, LINK.replace("&ics=NEL", ""))
    table = place_table(london_in(view), view.indicator, view.period, view.vintage).set_index("area_name")
    content = numbers.FORMATS["csv"].build(found("numbers", view)).decode("utf-8-sig")
    rows = {row["Area"]: row for row in csv.DictReader(io.StringIO(content))}
    for name in ("London", "Hackney", "Bromley"):
        assert float(rows[name]["Value (per cent)"]) == pytest.approx(table.loc[name, "value"], abs=0.05)
        assert float(rows[name]["Numerator"]) == table.loc[name, "numerator"]
    # and so have the children of small areas
    title = found("small_areas", view).title
    beyond = table.loc["London", "denominator"] - table.loc["London", "numerator"]
    assert title.startswith(f"In London {beyond:,.0f} of 528,970 children")
    assert title.endswith("are further than 800 m from the nearest designated centre")


def test_a_table_of_all_figures_has_them_in_the_setting() -> None:
    link = f"{LINK}&borough=Newham"
    texts = [
        str(found("borough_figures", view_of(more, link)).numbers().texts().to_csv()) for more in ("", OTHER)
    ]
    assert "(Census 2021) within 1.2 km of a children's centre or linked site" in texts[0]
    assert "(Census 2021) within 800 m of a designated children's centre" in texts[1]
    assert "1.2 km" not in texts[1]


def test_files_without_figures_of_access_are_called_as_ever() -> None:
    link = "?indicator=centres_per_10k_0_4&period=2026-08-19&vintage=2026"
    assert found("map", view_of(OTHER, link)).stem == found("map", view_of("", link)).stem
    # where the nearest centre stands follows from the kind of site, and from no distance
    nearest = LINK.replace("access_any_centre", "access_nearest_across_border")
    stem = found("map", view_of(OTHER, nearest)).stem
    assert "designated-only" in stem
    assert "within" not in stem


def slides_of(view: View) -> str:
    with edition.shown_on("", view):
        pack = contents.of_indicator(view)
        content = as_pptx(pack, load_brand(figures.library().entries))
    assert ("within-800-m" in pack.stem) == (view.reach == "800")
    return texts_of(content)


def texts_of(content: bytes) -> str:
    shapes = [shape for slide in Presentation(io.BytesIO(content)).slides for shape in slide.shapes]
    return "\n".join(shape.text_frame.text for shape in shapes if shape.has_text_frame)


@pytest.mark.thorough
def test_a_deck_says_its_distance_and_no_other() -> None:
    said = slides_of(view_of(OTHER))
    assert "within 800 m of a designated children's centre" in said
    assert "1.2 km" not in said
    assert "linked sites, which offer some services" in said


def test_my_pack_holds_pieces_of_several_settings() -> None:
    views = [view_of(), view_of(OTHER)]
    picked = [(found(key, view), "") for view in views for key in ("map", "ranking")]
    pack = contents.of_exhibits(picked, "Two distances", "/pack")
    headings = [chapter.heading for chapter in pack.chapters]
    assert [("800 m" in heading, "1.2 km" in heading) for heading in headings[::2]] == [
        (False, True),
        (True, False),
    ]
    enlarged = [chapter.enlarged[0].exhibit for chapter in pack.chapters if chapter.enlarged]
    assert len({str(each.rows) for each in enlarged}) == len(enlarged)
    items = [Item("map", tuple(view.to_params().items()), seen="newest-00000000") for view in views]
    usual, other = refresh.refreshed(MyPack(items=tuple(items))).changes
    assert "Within 1.2 km of any centre" in usual
    assert "Within 800 m of any designated centre" in other


def test_the_steps_of_a_tour_are_called_as_they_show_it() -> None:
    titles = [presenting.title_of(Step("", view_of(more))) for more in ("", "&reach=800")]
    assert [title.partition(" · ")[0] for title in titles] == [
        "Within 1.2 km of any centre",
        "Within 800 m of any centre",
    ]


def data(name: str, **parameters: str) -> tuple[str, str, str]:
    """The text at an address of figures, what tells its versions apart, and the name of the file."""
    with edition.fixed(edition.current()):
        ending, wanted = addresses_figures.read(name, list(parameters.items()))
        reply = addresses_figures.make(ending, wanted)
    return reply.content.decode(), reply.tag, str(reply.name)


def test_data_addresses_take_the_distance_and_the_kind_of_site() -> None:
    asked = {"period": "2026-08-19", "vintage": "2026"}
    usual, etag, name = data("access_any_centre.csv", **asked)
    other, other_etag, other_name = data("access_any_centre.csv", **asked, reach="800", sites=DESIGNATED)
    same, same_etag, _ = data("access_any_centre.csv", **asked, reach="1200", sites="all")
    assert (usual, etag) == (same, same_etag)
    assert etag != other_etag
    assert other_name == name.replace(".csv", "_within-800-m_designated-only.csv")
    values = [
        next(row["value"] for row in csv.DictReader(io.StringIO(text)) if row["area_code"] == LONDON)
        for text in (usual, other)
    ]
    assert [f"{float(value):.1f}" for value in values] == ["83.6", "51.2"]
    described, _, _ = data("access_any_centre.csv-metadata.json", reach="800", sites=DESIGNATED)
    assert "within 800 m of a designated children's centre" in described
    assert '"url": "access_any_centre.csv?reach=800&sites=designated_centres"' in described
    assert "1.2 km" not in described


@pytest.mark.parametrize(
    ("name", "parameters", "said"),
    [
        ("gld_2022_on.csv", {"reach": "800"}, "no parameter “reach”"),
        ("access_any_centre.csv", {"reach": "900"}, "no distance in metres “900”"),
        ("access_any_centre.csv", {"sites": "linked_sites"}, "no kind of sites “linked_sites”"),
    ],
)
def test_an_address_with_another_distance_or_kind_is_refused(
    name: str, parameters: dict[str, str], said: str
) -> None:
    with pytest.raises(RefusalError, match=re.escape(said)):
        data(name, **parameters)


def test_the_description_of_addresses_names_both() -> None:
    described = about.openapi()["paths"]["/data/{indicator}.csv"]["get"]["parameters"]  # type: ignore[index]
    said = {parameter["name"]: parameter["description"] for parameter in described}
    assert "400, 600, 800" in said["reach"]
    assert DESIGNATED in said["sites"]


def test_the_address_of_figures_asks_for_what_they_follow_from() -> None:
    assert found("map", view_of(OTHER)).figures_at.endswith("&reach=800&sites=designated_centres")
    assert "reach" not in found("map", view_of("&sites=linked_sites")).figures_at
    link = LINK.replace("access_any_centre", "centres_per_10k_0_4")
    assert "reach" not in found("map", view_of(OTHER, link)).figures_at


def map_alone() -> None:
    """What app.py does for the map, without its pictures: AppTest leaves app.py out after the first run."""
    import streamlit as st

    from pages.components.data import edition, figures
    from pages.components.frame import filters, navigation
    from pages.components.state import session

    edition.settle()
    view = session.settle_view(figures.london())
    edition.settle_on("", view)
    st.title(figures.indicator_of(view).label)
    filters.draw(view, figures.london(), navigation.PAGES[0])
    session.write_link(view)


def controls_of(app: AppTest) -> set[str]:
    assert not app.exception
    return {box.label for box in app.selectbox} & {"Centres within", "Count"}


def test_the_map_has_the_controls_where_they_matter_and_follows_them() -> None:
    app = AppTest.from_function(map_alone, default_timeout=60)
    for name, value in view_of(OTHER).to_params().items():
        app.query_params[name] = value
    app.run()
    assert "within 800 m of a designated children's centre" in app.title[0].value
    assert controls_of(app) == {"Centres within", "Count"}
    app.selectbox(key="control_reach").select("1600").run()
    assert "within 1.6 km of a designated children's centre" in app.title[0].value
    app.selectbox(key="control_sites").select("all").run()
    assert "within 1.6 km of a children's centre or linked site" in app.title[0].value
    app.selectbox(key="control_indicator").select("access_nearest_across_border").run()
    assert controls_of(app) == {"Count"}
    app.selectbox(key="control_indicator").select("centres_per_10k_0_4").run()
    assert controls_of(app) == set()
    # the distance goes along all the same
    app.selectbox(key="control_indicator").select("access_own_centre").run()
    assert "within 1.6 km of" in app.title[0].value


def test_pages_with_a_distance_of_their_own_leave_all_others_as_they_are() -> None:
    for page in ("near_me", "what_if", "centres", "survey", "pack"):
        with edition.shown_on(page, view_of(OTHER)):
            assert edition.setting() == USUAL
            assert figures.london() is london_in(view_of())
    scenario = view_of("&closed=20019")
    shorter = replace(scenario, reach="800")
    titles = [found("what_if", view).title for view in (scenario, shorter)]
    assert titles[0] != titles[1]


def test_few_settings_are_kept_at_once() -> None:
    for metres in (400, 600, 800, 1_000, 1_600, 2_000, 2_500, 3_000):
        with edition.within(Within(metres)):
            assert figures.london().usual is not None
    assert figures._london_within.cache_info().currsize <= figures.EDITIONS + figures.SETTINGS
    # those that went come back as they were
    exhibit = of_view.in_file(registry.EXHIBITS["map"], view_of("&reach=800"))
    assert exhibit is not None
    assert "63.1%" in exhibit.title

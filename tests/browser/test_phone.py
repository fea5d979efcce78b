"""Pictures on the narrowest screen: each of their words is whole."""

import pytest
from playwright.sync_api import Page

from .screen import follow, settle, table

# texts of charts that stand beyond the edge of their drawing, where they are cut, or end in three dots
CUT = """() => [...document.querySelectorAll('[data-testid=stVegaLiteChart] svg')].flatMap(svg => {
    const edge = svg.getBoundingClientRect()
    return [...svg.querySelectorAll('text')]
        .filter(text => getComputedStyle(text).opacity !== '0')
        .map(text => [text.textContent, text.getBoundingClientRect()])
        .filter(([said, box]) => said.trim() && (
            /[^ ]…/.test(said) || box.right > edge.right + 2 || box.left < edge.left - 2))
        .map(([said]) => said)
})"""
# links, buttons and choices whose names are cut, and what scrolls by itself without being a table
HIDDEN = """() => [...document.querySelectorAll('[data-testid=stMain] *')].filter(part => {
    const { overflowX, overflowY, display } = getComputedStyle(part)
    const isMark = !part.textContent.trim() || part.closest('svg, table, [data-testid=stIconMaterial]')
    const isSeen = part.checkVisibility({visibilityProperty: true})
    if (isMark || !isSeen || part.querySelector('table')) return false
    const wider = part.clientWidth > 1 && part.scrollWidth > part.clientWidth + 1
    const higher = part.scrollHeight > part.clientHeight + 1 && overflowY === 'auto'
    const isChoice = part.dataset.testid === 'stMultiSelectTagsContainer'
    return display !== 'inline' && ((overflowX !== 'visible' && wider) || (isChoice && higher))
}).map(part => part.textContent.trim())"""
# of pictures that end where their frame says: the pixels that are blank below, and by which legends are cut
BELOW = """() => [...document.querySelectorAll('[class*=st-key-frame_] > *')].filter(part =>
    part.querySelector('svg') && getComputedStyle(part).getPropertyValue('--slope')).map(part => {
        const end = part.getBoundingClientRect().bottom
        const drawn = [...part.querySelectorAll('svg text, svg path:not(.background)')]
            .filter(one => one.getBBox().height)
        const lowest = some => Math.max(0, ...some.map(one => one.getBoundingClientRect().bottom))
        const legend = drawn.filter(one => /\\(\\d+\\)$/.test(one.textContent))
        return [end - lowest(drawn), Math.max(lowest(legend) - end, 0)]
    })"""
# of the caption and the values of a table of boroughs, what ends beyond the screen
BEYOND = """parts => parts.filter(part => part.getBoundingClientRect().right > innerWidth)
    .map(part => part.textContent)"""
NAMES = "compare=Barking and Dagenham,Camden,Hammersmith and Fulham,Kensington and Chelsea"


@pytest.fixture
def page(reader: Page) -> Page:
    """Nothing is entered here: one view is looked at after another."""
    return reader


@pytest.mark.parametrize(
    "address",
    [
        "/lottery?indicator=asq3_at_2_to_2_5_years&against=idaci_2019",
        "/lottery?indicator=centres_per_10k_0_4&against=idaci_2019",
        f"/compare?indicator=funded_2yo_pct&{NAMES}",
        f"/compare?indicator=gld_2022_on&{NAMES},Richmond upon Thames,Tower Hamlets,Waltham Forest",
        "/borough?indicator=child_development_good_level&borough=Hammersmith and Fulham",
        "/ics?indicator=centres_per_10k_0_4&ics=WNL",
        "/borders?indicator=gld_2022_on&ics=SEL",
        "/survey",
        "/what_if?closed=20019",
        "/?ics=NEL",
        "/maturity?demo=yes",
    ],
)
def test_no_word_of_a_picture_is_cut_on_a_phone(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    follow(page, f"{address}{'&' if '?' in address else '?'}vintage=2026")
    settle(page)
    assert page.get_by_test_id("stVegaLiteChart").count()
    assert page.evaluate(CUT) == []
    assert page.evaluate(HIDDEN) == []
    assert table(page).locator("caption, tr > :nth-child(2)").evaluate_all(BEYOND) == []
    for blank, cut in page.evaluate(BELOW):
        assert blank <= 60
        assert cut == 0
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_what_is_within_reach_takes_no_line_of_its_own_beside_the_menus(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    chosen = "indicator=access_any_centre&sites=designated_centres&ics=NEL&borough=Hackney"
    follow(page, f"/?{chosen}&vintage=2026")
    settle(page)
    menus = page.locator(".st-key-filters").get_by_test_id("stPopoverButton")
    assert menus.count() == 3
    assert len({round(box["y"]) for menu in menus.all() if (box := menu.bounding_box())}) == 1

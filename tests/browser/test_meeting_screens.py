"""What the screens of a meeting show: all of it, large enough, in any window, nothing on anything else."""

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from .meeting import MEETING, PARTS, ROOM, london, open_meeting, picture
from .screen import idle, texts

GAPS = "/?meeting=1&indicator=asq3_at_2_to_2_5_years&period=2023/24"
# every text that can be seen, in shadow trees too: what it says, its size, and where it ends
READ = """() => {
    const seen = []
    const walk = (node) => {
        if (node.nodeType === Node.TEXT_NODE) {
            const holder = node.parentElement ?? node.parentNode.host
            const range = document.createRange()
            range.selectNodeContents(node)
            const box = range.getBoundingClientRect()
            // what only screen readers find is a single pixel
            const shown = holder.checkVisibility?.({visibilityProperty: true}) && box.width > 1
                && holder.getBoundingClientRect().width > 1
            const content = node.textContent.trim()
            if (content && shown && !['STYLE', 'SCRIPT'].includes(holder.tagName)) {
                seen.push({content, size: parseFloat(getComputedStyle(holder).fontSize),
                    left: box.left, top: box.top, right: box.right, bottom: box.bottom})
            }
        }
        if (node.shadowRoot) walk(node.shadowRoot)
        node.childNodes.forEach(walk)
    }
    walk(document.body)
    return seen
}"""
# the stage is as wide as it may be, and every chart that is shown is within it
FITS = """width => {
    const stage = document.querySelector('.st-key-meeting_stage').getBoundingClientRect()
    const charts = [...document.querySelectorAll('.st-key-meeting_stage svg.marks')]
    return Math.abs(stage.width - width) <= 1 && charts.every(chart => {
        const box = chart.getBoundingClientRect()
        return box.width === 0 || (box.right <= stage.right + 1 && box.bottom <= stage.bottom + 1)
    })
}"""


@pytest.fixture
def page(reader: Page) -> Page:
    """Nothing is entered here: one meeting is looked at after another."""
    return reader


PLACES = "vintage=2026&ics=NEL&borough=Hackney&compare=Camden,Hackney&demo=yes&closed=20019"
# every page that a meeting can be opened from, with what the first of its screens says
PAGES_SHOWN = {
    f"/?meeting=1&{PLACES}": "In Redbridge there are 7.8",
    f"/ics?meeting=1&{PLACES}": "in North East London 5.4",
    f"/borough?meeting=1&{PLACES}": "Hackney (6.7) is 12th of 32",
    f"/near_me?meeting=1&{PLACES}": "In Redbridge there are 7.8",
    f"/centres?meeting=1&{PLACES}": "On 19 August 2026 the register lists",
    f"/what_if?meeting=1&{PLACES}": "Without Abbey Children's Centre",
    f"/compare?meeting=1&{PLACES}": "In Hackney there are 6.7",
    f"/lottery?meeting=1&{PLACES}": "From 3.2 in Waltham Forest to 7.8 in Redbridge.",
    f"/borders?meeting=1&{PLACES}": "face the largest difference between neighbours",
    f"/survey?meeting=1&{PLACES}": "In March 2022, on a scale from 1 (poorly) to 5 (very well)",
    f"/maturity?meeting=1&{PLACES}": "13 authorities of 26 answered “Mature”",
}
ALL_LONDON = [
    MEETING,
    "/lottery?meeting=1",
    "/borders?meeting=1",
    "/ics?meeting=1",
    MEETING + "&layout=tiles",
]
WINDOWS: list[ViewportSize] = [
    {"width": width, "height": height}
    for width, height in ((1280, 720), (1366, 768), (1920, 1080), (3840, 2160))
]


def screens(page: Page) -> list[dict]:
    """What stands where on each screen of the page, one after the other, and round to the first."""
    found = [page.evaluate(PARTS)]
    while len(found) < found[0]["count"]:
        page.keyboard.press("Space")
        idle(page)
        found.append(page.evaluate(PARTS))
    if len(found) > 1:
        page.keyboard.press("Space")
        idle(page)
    return found


def expect_page(page: Page, address: str) -> None:
    """What its page says first is the headline, once, and made-up answers are said to be so there alone."""
    headline = page.get_by_role("heading", level=1)
    expect(headline).to_have_count(1)
    expect(headline).to_contain_text(PAGES_SHOWN.get(address, ""))
    made_up = page.get_by_text("ILLUSTRATIVE: made-up answers.")
    expect(made_up.locator("visible=true")).to_have_count(1 if "/maturity" in address else 0)


@pytest.mark.parametrize(("number", "address"), [*enumerate([*PAGES_SHOWN, *ALL_LONDON])])
def test_a_meeting_shows_its_page_with_nothing_on_anything_else_in_any_window(
    page: Page, number: int, address: str
) -> None:
    # each window is the one in which some are opened; in the others they are enlarged, or made smaller
    first, *others = [*WINDOWS, *WINDOWS][number % len(WINDOWS) :][: len(WINDOWS)]
    page.set_viewport_size(first)
    open_meeting(page, address)
    expect_page(page, address)
    expect_nothing_on_anything_else(page, first)
    for window in others:
        page.set_viewport_size(window)
        expect_nothing_on_anything_else(page, window)


def expect_nothing_on_anything_else(page: Page, window: ViewportSize) -> None:
    """The stage fits the window, and on each of its screens texts have room; then the first is seen again."""
    width, height = window["width"], window["height"]
    page.wait_for_function(FITS, arg=min(width, height * 16 / 9))
    main = page.get_by_test_id("stMain")
    assert main.evaluate("e => e.scrollHeight <= innerHeight && e.scrollWidth <= innerWidth")
    for seen in screens(page):
        assert seen["foot"]["bottom"] <= height + 1
        for text in seen["texts"]:
            assert text["left"] >= -1, text
            assert text["right"] <= width + 1, text
            assert seen["words"]["bottom"] - 1 <= text["top"], text
            assert text["bottom"] <= seen["foot"]["top"] + 1, text


# the smallest that a name, a value or an axis is on the screens of each page, in lines of 1080; what is read
# aloud, the sentence, is more. Pictures of the page's own are enlarged as far as they go; what the signs and
# the legend of a map say is read in its list.
LEAST = {
    "/?meeting=ranking&vintage=2026": 50,
    "/ics?meeting=1&vintage=2026&ics=NEL": 55,
    "/ics?meeting=5&vintage=2026&ics=NEL": 54,
    "/lottery?meeting=1&vintage=2026&indicator=gld_2022_on": 48,
    "/borders?meeting=2&vintage=2026": 55,
    "/borough?meeting=1&vintage=2026&borough=Hackney&indicator=gld_2022_on": 40,
    "/compare?meeting=1&vintage=2026&compare=Camden,Hackney&indicator=gld_2022_on": 48,
    "/survey?meeting=1": 50,
    "/maturity?meeting=2&demo=yes": 28,
    MEETING: 30,
}


@pytest.mark.parametrize("address", LEAST)
def test_names_values_and_axes_are_large_enough_for_the_end_of_a_room(page: Page, address: str) -> None:
    page.set_viewport_size(ROOM)
    open_meeting(page, address)
    seen = page.evaluate(PARTS)
    assert seen["headline"] >= 46
    sizes = {text["said"]: text["size"] for text in seen["texts"]}
    assert len(sizes) > 3
    assert min(sizes.values()) >= LEAST[address], sizes


def test_names_and_values_beside_the_map_are_larger_than_what_stands_on_it(
    page: Page,
) -> None:
    page.set_viewport_size(ROOM)
    open_meeting(page, "/?meeting=1&vintage=2026")
    sizes = {text["said"]: text["size"] for text in page.evaluate(PARTS)["texts"]}
    assert sizes["Kensington & Chelsea"] >= 44
    assert sizes["15.8"] >= 44
    named = set(sizes) & {"Lambeth", "Hackney", "Barnet", "Kensington & Chelsea", "Enfield"}
    assert named == {"Lambeth", "Kensington & Chelsea"}


@pytest.mark.parametrize(
    "address", [MEETING + "&layout=tiles", GAPS + "&ics=NWL&borough=Ealing", "/?meeting=1&ics=XX"]
)
def test_nothing_on_the_screen_is_smaller_than_18_points(page: Page, address: str) -> None:
    page.set_viewport_size(ROOM)
    open_meeting(page, address)
    page.keyboard.press("?")
    seen = page.evaluate(READ)
    assert len(seen) > 40
    assert [text for text in seen if text["size"] < 24] == []


@pytest.mark.parametrize("parts", ["&ics=NEL", "&ics=SWL", "&layout=tiles&ics=NCL"])
def test_every_borough_of_an_ics_has_its_name_and_value_beside_the_map(parts: str, page: Page) -> None:
    page.set_viewport_size(ROOM)
    open_meeting(page, GAPS + parts)
    listed = texts(picture(page).last)
    # those outside are of one grey
    shapes = london(page).locator('path[aria-label]:not([fill="#E8E8E8"])')
    names = shapes.evaluate_all("shapes => shapes.map(shape => shape.ariaLabel)")
    assert len(names) == {"NEL": 8, "SWL": 6, "NCL": 5}[parts[-3:]]
    for spoken in names:
        name, value, _ = spoken.split(", ", 2)
        assert name.replace(" and ", " & ").replace(" upon Thames", "") in listed
        assert value in listed

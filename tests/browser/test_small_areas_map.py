"""The map of small areas in a browser: drawn from outlines that came once, used by hand and by keyboard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, WebSocket, expect

from .screen import choose, expect_link, follow, settle

ADDRESS = "/?indicator=access_any_centre&vintage=2026&areas=small"
DRAWN = ".map[data-drawn]"
# what a choice may send, in bytes
MOST = 300_000
COLOURS = """canvas => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
    const found = {}
    for (let at = 0; at < data.length; at += 4) {
        if (data[at + 3] < 255) continue
        const hex = [0, 1, 2].map(of => data[at + of].toString(16).padStart(2, '0')).join('')
        found[hex] = (found[hex] ?? 0) + 1
    }
    return found
}"""


def colours(page: Page) -> dict[str, int]:
    """How many dots of the map have each colour."""
    found: dict[str, int] = page.locator(".map canvas").evaluate(COLOURS)
    return found


def fills(page: Page) -> list[str]:
    """The colours of the legend, without their sign."""
    entries = page.locator(".legend li")
    entries.first.wait_for()
    found: list[str] = entries.evaluate_all(
        "entries => entries.map(entry => entry.style.getPropertyValue('--fill').slice(1).toLowerCase())"
    )
    return found


@pytest.fixture
def page(reader: Page) -> Page:
    """The map is drawn anew where another page was seen meanwhile, as large as it was at first."""
    follow(reader, "/about")
    return reader


def open_map(page: Page, address: str = ADDRESS) -> None:
    follow(page, address)
    page.locator(DRAWN).wait_for()
    settle(page)


def test_every_class_of_the_legend_is_on_the_map(page: Page) -> None:
    open_map(page)
    expect(
        page.get_by_text("Distance to the nearest children's centre or linked site, by small")
    ).to_be_visible()
    on_map = colours(page)
    assert len(fills(page)) == 5
    assert all(on_map.get(fill, 0) > 1_000 for fill in fills(page))
    expect(page.get_by_role("application", name="Map of small areas")).to_be_visible()


def test_a_choice_sends_values_and_fetches_no_outline_again(visit: Callable[..., Page]) -> None:
    page = visit()
    asked: list[str] = []
    received = [0]

    def count(frame: str | bytes) -> None:
        received[0] += len(frame)

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", count)

    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", listen)
    open_map(page)
    outlines = [url for url in asked if "/shapes/" in url]
    assert len(outlines) == 1
    before = colours(page)
    for indicator, drawn in (
        ("Only another's centre in reach · Access to children's centres", "in_reach"),
        ("Children aged 0 to 4 · Need and context", "children"),
    ):
        received[0] = 0
        choose(page, "Indicator", indicator)
        page.locator(f".map[data-drawn^='{drawn} ']").wait_for()
        settle(page)
        assert 0 < received[0] < MOST
        now = colours(page)
        assert all(now.get(fill, 0) > 100 for fill in fills(page))
        assert now != before
        before = now
    assert [url for url in asked if "/shapes/" in url] == outlines
    # another page of the same browser has them already
    page.reload()
    page.locator(DRAWN).wait_for()
    sent = page.evaluate(
        "address => performance.getEntriesByName(address).map(e => e.transferSize)", outlines[0]
    )
    assert sent == [0]


def test_what_is_pointed_at_is_told(page: Page) -> None:
    open_map(page)
    page.locator(".map").hover(position={"x": 200, "y": 150})
    tip = page.locator(".tip")
    expect(tip).to_be_visible()
    name, borough, value = tip.inner_text().split("\n")
    assert name.startswith(borough)
    assert " m to " in value


def test_the_keyboard_moves_the_map_and_reads_it_out(page: Page) -> None:
    open_map(page)
    area = page.get_by_role("application", name="Map of small areas")
    area.focus()
    whole = colours(page)
    for key in ("+", "+", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
    said = page.locator(".aloud")
    expect(said).to_contain_text(" m to ")
    expect(page.locator(".cross")).to_be_visible()
    expect(page.locator(".map")).to_have_attribute("data-zoom", "2.6")
    assert colours(page) != whole
    page.keyboard.press("0")
    page.keyboard.press("Tab")
    expect(page.locator(".cross")).to_be_hidden()
    expect(page.get_by_role("button", name="Zoom in")).to_be_focused()


def test_buttons_zoom_and_are_large_enough(visit: Callable[..., Page]) -> None:
    page = visit(viewport={"width": 390, "height": 844}, has_touch=True)
    open_map(page, f"{ADDRESS}&ics=SEL")
    whole = colours(page)
    for name in ("Zoom in", "Zoom out", "Show all"):
        box = page.get_by_role("button", name=name).bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24
    page.get_by_role("button", name="Zoom in").click()
    expect(page.locator(".map")).to_have_attribute("data-zoom", "1.6")
    assert colours(page) != whole
    page.get_by_role("button", name="Show all").click()
    expect(page.locator(".map")).to_have_attribute("data-zoom", "1.0")
    assert colours(page) == whole
    page.locator(".map").tap(position={"x": 100, "y": 60})
    expect(page.locator(".tip")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_a_button_leads_there_and_back(page: Page) -> None:
    follow(page, "/?indicator=access_any_centre&vintage=2026")
    settle(page)
    page.get_by_role("button", name="See it by small area").click()
    page.locator(DRAWN).wait_for()
    expect_link(page, {"areas": "small"})
    page.get_by_role("button", name="Map of boroughs").click()
    expect(page.locator(DRAWN)).to_have_count(0)
    expect(page.get_by_test_id("stVegaLiteChart").first).to_be_visible()


def test_outlines_that_do_not_come_are_told(visit: Callable[..., Page]) -> None:
    page = visit()
    page.route("**/shapes/*", lambda route: route.fulfill(status=200, body="no JSON"))
    page.goto(f"{ADDRESS}&ics=NEL")
    expect(page.get_by_role("alert").filter(has_text="Reload the page to draw the map")).to_be_visible()

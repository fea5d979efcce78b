"""What is on the page, by the names that a visitor has for it."""

import re
from collections.abc import Mapping
from urllib.parse import parse_qs, urlparse

from playwright.sync_api import Download, Locator, Page, expect

from pages.components.charts import palette
from pages.components.frame.navigation import PAGES

AREAS = "path[aria-label][aria-roledescription=geoshape]"
BARS = "path[aria-label][aria-roledescription=bar]"
MARKED = 'path[stroke="#F46A25"]'
HATCHING = "g.mark-rule line"
STEADY_MS = 300
# how long a page may take on a busy machine, which is no finding
BUSY_MS = 90_000
# whether the page is drawn for the scheme that its browser has
IN_STEP = """([dark, light]) => {
    const drawn = getComputedStyle(document.documentElement).getPropertyValue('--page').trim()
    return !drawn || drawn === (matchMedia('(prefers-color-scheme: dark)').matches ? dark : light)
}"""
# the ICS boundaries that an address without a view means
TODAY = "2026"


def follow(page: Page, address: str) -> None:
    """Go to an address as links within the app do, and the way back: what is loaded stays.

    A link brings all of its view; nothing else of the visit is forgotten.
    """
    if page.url == "about:blank":
        page.goto(address)
        return
    # a page that is yet to turn light or dark would ask for itself again, and be shown in place of the other
    page.wait_for_function(IN_STEP, arg=[palette.THEMES[scheme]["page"] for scheme in ("dark", "light")])
    idle(page)
    # an address without any part of a view would leave the view as it is
    address = address if "?" in address else f"{address}?vintage={TODAY}"
    page.evaluate(
        "address => { history.pushState({}, '', address); dispatchEvent(new PopStateEvent('popstate')) }",
        address,
    )
    idle(page)


def open_view(page: Page, address: str = "/") -> None:
    """Follow a link to the map page, until map and table are there: the table mounts by itself."""
    follow(page, address)
    london_map(page).locator("path[aria-label]").first.wait_for()
    headers(page).first.wait_for()
    settle(page)


def idle(page: Page) -> None:
    """Wait until the script has run to its last line, and nobody has asked for another run since.

    Drawing anew, a page may lose a click or a letter, and it takes back the files that it offered. A click
    shows at once, but the run that it asks for begins only when the server has heard of it.
    """
    page.evaluate("() => { window.idleSince = null }")
    page.wait_for_function(
        """steady => {
            const app = document.querySelector('[data-testid="stApp"]')
            const isIdle = app?.dataset.testScriptState === 'notRunning'
            window.idleSince = isIdle ? window.idleSince ?? performance.now() : null
            return isIdle && performance.now() - window.idleSince > steady
        }""",
        arg=STEADY_MS,
        polling=50,
        timeout=BUSY_MS,
    )


def settle(page: Page) -> None:
    """Wait until the script has run to its last line and every chart is painted.

    For changes, expect what they change instead.
    """
    page.get_by_text("Figures as of").wait_for()
    idle(page)
    # Streamlit loads what draws a table or a button when the first of them is there
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=20_000)
    page.wait_for_function(
        """() => [...document.querySelectorAll('[data-testid="stVegaLiteChart"]')]
            .every(chart => chart.querySelector('svg path[aria-label], svg g.mark-group path'))"""
    )


def london_map(page: Page) -> Locator:
    """The map, or the tiles."""
    return page.get_by_test_id("stVegaLiteChart").nth(0)


def ranking(page: Page) -> Locator:
    """The bar chart."""
    return page.get_by_test_id("stVegaLiteChart").nth(1)


def area(chart: Locator, borough: str) -> Locator:
    """A borough's shape or bar."""
    return chart.locator(f'path[aria-label^="{borough},"]')


def fills(chart: Locator) -> dict[str, str]:
    """What each shape or bar says, with the colour it is filled with."""
    pairs = chart.locator("path[aria-label]").evaluate_all(
        "paths => paths.map(path => [path.ariaLabel, path.getAttribute('fill')])"
    )
    return dict(pairs)


def expect_texts(chart: Locator, *said: str) -> None:
    """Wait until a chart says these, each as a text of its own; a line break is a space.

    A chart that is drawn anew still has its old texts for a moment, so that reading them once is a gamble.
    """
    for text in said:
        whole_text = re.compile("^" + r"\s*".join(re.escape(word) for word in text.split()) + "$")
        expect(chart.locator("text").filter(has_text=whole_text)).not_to_have_count(0)


def texts(chart: Locator) -> list[str]:
    """The texts of a chart that are not empty, each line break a space; of a chart that stays as it is."""
    found = chart.locator("text").evaluate_all(
        """texts => texts.map(text => text.children.length
            ? [...text.children].map(line => line.textContent).join(' ') : text.textContent)"""
    )
    return [text for text in found if text]


def control(page: Page, label: str) -> Locator:
    """A control above the page."""
    return page.get_by_role("combobox", name=label, exact=True)


def open_menu(page: Page, name: str) -> None:
    """Open what stands behind a button above the page, such as *Display*, unless it is open."""
    idle(page)
    button = page.get_by_role("button", name=name, exact=True)
    if button.get_attribute("aria-expanded") != "true":
        button.click()
    page.get_by_test_id("stPopoverBody").wait_for()


def close_menu(page: Page) -> None:
    """Close what was opened with open_menu, again where a page that was still being drawn lost the key."""
    idle(page)
    opened = page.get_by_test_id("stPopoverBody")
    page.keyboard.press("Escape")
    try:
        expect(opened).to_have_count(0, timeout=5_000)
    except AssertionError:
        opened.locator("input, button").first.press("Escape")
        expect(opened).to_have_count(0)


def go_to(page: Page, title: str) -> None:
    """Go to another page by the menu."""
    group = next(each.group for each in PAGES if each.title == title)
    if group:
        page.get_by_test_id("stTopNavSection").filter(has_text=group).click()
        page.get_by_role("menuitem", name=title, exact=True).click()
    else:
        page.get_by_role("link", name=title, exact=True).click()


def choose_display(page: Page, label: str, option: str) -> None:
    """Choose how the page draws, which is set once and stands behind *Display*."""
    open_menu(page, "Display")
    choose(page, label, option)
    close_menu(page)


def choose(page: Page, label: str, option: str) -> None:
    """Choose an option of a control, a second time where a page that was still being drawn lost the first."""
    idle(page)
    click_option(page, label, option)
    try:
        expect(control(page, label)).to_have_value(option, timeout=3_000)
    except AssertionError:
        idle(page)
        click_option(page, label, option)
        expect(control(page, label)).to_have_value(option)


def click_option(page: Page, label: str, option: str) -> None:
    """Open a control's list and click an option of it."""
    control(page, label).click()
    offered = page.get_by_role("option", name=option, exact=True)
    if not offered.or_(page.get_by_role("listbox")).first.is_visible():
        # a page that was still being drawn has closed the list again
        control(page, label).press("ArrowDown")
    if not offered.is_visible():
        # of a long list only the part is there that is seen
        control(page, label).fill(option)
    offered.click()


def unfold(page: Page, label: str) -> None:
    """Unfold what stands behind a label, a second time where a page being drawn lost the first click."""
    folded = page.get_by_test_id("stExpander").filter(has_text=label).locator("details")
    for _ in range(2):
        idle(page)
        if folded.get_attribute("open") is None:
            folded.locator("summary").click()
        try:
            expect(folded).to_have_attribute("open", "", timeout=3_000)
        except AssertionError:
            continue
        return
    raise AssertionError(f"{label} does not unfold")


def table(page: Page) -> Locator:
    """The table of boroughs; a tooltip is a table too."""
    return page.get_by_role("region", name="Table of boroughs")


def headers(page: Page) -> Locator:
    """The headers of the table."""
    return table(page).locator("thead th")


def rows(page: Page) -> Locator:
    """The boroughs of the table."""
    return table(page).locator("tbody tr")


def row_of(page: Page, borough: str) -> Locator:
    """A borough's row in the table."""
    return rows(page).filter(has=page.get_by_role("button", name=borough, exact=True))


def button_of(page: Page, borough: str) -> Locator:
    """The button that chooses a borough in the table."""
    return table(page).get_by_role("button", name=borough, exact=True)


def whole(page: Page, name: str) -> Locator:
    """The value of an ICS, of London or of England above the map."""
    metric = page.get_by_test_id("stMetric").filter(has_text=name)
    return metric.get_by_test_id("stMetricValue")


def warnings(page: Page) -> Locator:
    """The sentences about what a link got wrong."""
    return page.get_by_test_id("stAlert").filter(has=page.get_by_test_id("stAlertContentWarning"))


def link(page: Page) -> dict[str, str]:
    """What the address asks for."""
    return {name: values[0] for name, values in parse_qs(urlparse(page.url).query).items()}


def expect_link(page: Page, parts: Mapping[str, str | None]) -> None:
    """Wait until the address asks for these parts; None for a part that it leaves out."""
    page.wait_for_url(
        lambda url: all(
            parse_qs(urlparse(url).query).get(name, [None])[0] == part for name, part in parts.items()
        )
    )


def expect_chosen(page: Page, borough: str) -> None:
    """Wait until a borough is marked wherever it is shown, and in the address."""
    expect_link(page, {"borough": borough})
    expect(control(page, "Borough")).to_have_value(borough)
    expect(table(page).locator("button[aria-pressed=true]")).to_have_text([borough])
    expect_marked(page, borough)


def expect_none_chosen(page: Page) -> None:
    """Wait until no borough is marked."""
    expect_link(page, {"borough": None})
    expect(control(page, "Borough")).to_have_value("None")
    expect(table(page).locator("button[aria-pressed=true]")).to_have_count(0)
    for chart in (london_map(page), ranking(page)):
        expect(chart.locator(MARKED)).to_have_count(0)


def expect_marked(page: Page, borough: str) -> None:
    """Wait until map and ranking each have one mark, and it is drawn around the borough."""
    page.wait_for_function(
        """([marked, borough]) => [...document.querySelectorAll('[data-testid="stVegaLiteChart"]')]
            .every(chart => {
                const marks = chart.querySelectorAll(marked)
                const shape = chart.querySelector(`path[aria-label^="${borough},"]`)
                if (marks.length !== 1 || !shape) return false
                const [one, other] = [marks[0], shape].map(drawn => drawn.getBoundingClientRect())
                return Math.hypot(one.x + one.width / 2 - other.x - other.width / 2,
                    one.y + one.height / 2 - other.y - other.height / 2) < 4
            })""",
        arg=[MARKED, borough],
    )


def file_link(page: Page, name: str) -> Locator:
    """What gives a file: a link to its address, or a button where it has none."""
    return page.get_by_role("link", name=name, exact=True).or_(
        page.get_by_role("button", name=name, exact=True)
    )


def download(page: Page, name: str) -> Download:
    """Press for a file and keep what comes; that of an exhibit is behind its *take away*."""
    # what opens it is drawn behind the picture
    idle(page)
    exhibit = name.rpartition(" as ")[0]
    opens = page.get_by_role("button", name=f"{exhibit}: take away", exact=True)
    is_behind = bool(exhibit) and opens.count() > 0
    if is_behind:
        open_menu(page, f"{exhibit}: take away")
    idle(page)
    with page.expect_download() as waiting:
        file_link(page, name).click()
    if is_behind:
        close_menu(page)
    return waiting.value


def add_to_pack(page: Page, exhibit: str) -> None:
    """Pick out an exhibit for My pack."""
    open_menu(page, f"{exhibit}: take away")
    page.get_by_role("button", name=f"{exhibit}: add to my pack").click()
    page.get_by_role("button", name=f"{exhibit}: take out of my pack").wait_for()
    close_menu(page)


def open_more(page: Page, name: str) -> None:
    """Open what there is to take away of a picture."""
    open_menu(page, f"{name}: take away")
    page.get_by_role("button", name="Copy picture").wait_for()


def take(page: Page, name: str, made_as: str, size: str = "For a screen") -> Download:
    """The file of a picture in one of the formats and sizes."""
    open_more(page, name)
    if page.locator(".files:visible").count() == 0:
        page.get_by_role("combobox", name="Other files").click()
        sizes = page.get_by_test_id("stSelectboxVirtualDropdown")
        sizes.get_by_role("option", name=size, exact=True).click()
        idle(page)
    with page.expect_download() as waiting:
        file_link(page, f"{made_as}: {name}, {size[0].lower()}{size[1:]}").click()
    close_menu(page)
    return waiting.value

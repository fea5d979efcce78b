"""A meeting as it is opened and seen."""

from playwright.sync_api import Locator, Page, ViewportSize

from .screen import follow, idle

MEETING = "/?meeting=1"
ROOM: ViewportSize = {"width": 1920, "height": 1080}
# what stands where on the screen that is seen: its parts, and where each text of its pictures begins and ends
PARTS = """() => {
    const all = [...document.querySelectorAll('[class*="st-key-meeting_screen_"]')]
    const seen = all.find(screen => screen.checkVisibility())
    const box = part => {
        const { left, right, top, bottom } = seen.querySelector(`[class*="st-key-meeting_${part}_"]`)
            .getBoundingClientRect()
        return { left, right, top, bottom }
    }
    const texts = [...seen.querySelectorAll('svg.marks text')].filter(text => text.textContent.trim()
        && getComputedStyle(text).opacity > 0 && text.getAttribute('opacity') !== '0')
    const lines = document.querySelector('.st-key-meeting_stage').getBoundingClientRect().height
    return {
        words: box('words'), foot: box('foot'), count: all.length,
        headline: parseFloat(getComputedStyle(seen.querySelector('h1')).fontSize),
        texts: texts.map(text => {
            const { c, d } = text.getScreenCTM()
            const { left, right, top, bottom } = text.getBoundingClientRect()
            const size = parseFloat(getComputedStyle(text).fontSize) * Math.hypot(c, d) * 1080 / lines
            return { said: text.textContent, size, left, right, top, bottom }
        }),
    }
}"""


def open_meeting(page: Page, address: str = MEETING) -> None:
    """Follow a link to a meeting, until picture and keys are there."""
    follow(page, address)
    page.get_by_role("toolbar", name="Meeting mode").wait_for()
    picture(page).locator("path[aria-label]").first.wait_for(state="attached")
    idle(page)


def picture(page: Page) -> Locator:
    """The pictures of the screen that is seen."""
    return page.locator("[class*=st-key-meeting_pictures_]:visible").get_by_test_id("stVegaLiteChart")


def london(page: Page) -> Locator:
    """The map of the meeting."""
    return page.locator(".st-key-meeting_picture_0_0").get_by_test_id("stVegaLiteChart")


def ranking(page: Page, number: int = 1) -> Locator:
    """A screen of the ranking, the highest on the first."""
    return page.locator(f".st-key-meeting_picture_{number}_0").get_by_test_id("stVegaLiteChart")


def subtitle(page: Page) -> Locator:
    """The line above the sentence of the screen that is seen."""
    return page.locator("[class*=st-key-meeting_words_]:visible p").last


def said(page: Page) -> Locator:
    """What a key has done, in words."""
    return page.locator(".said")


def expect_boroughs_marked(page: Page, *names: str) -> None:
    """Wait until these boroughs have marks, which lie exactly on their shapes."""
    page.wait_for_function(
        """names => {
            const find = root => root.querySelector('svg.spotlight')
                ?? [...root.querySelectorAll('*')].map(e => e.shadowRoot && find(e.shadowRoot)).find(Boolean)
            const marks = [...find(document).children]
            const boroughs = [...new Set(marks.map(mark => mark.dataset.borough))].sort()
            const middle = drawn => {
                const box = drawn.getBoundingClientRect()
                return [box.x + box.width / 2, box.y + box.height / 2]
            }
            const shapes = [...document.querySelectorAll('path[aria-label]')]
                .filter(shape => shape.checkVisibility())
            const covers = (mark, shape) => {
                const [[x, y], [left, top]] = [mark, shape].map(middle)
                const isOf = shape.ariaLabel.startsWith(`${mark.dataset.borough},`)
                return isOf && Math.hypot(x - left, y - top) < 3
            }
            return boroughs.join() === [...names].sort().join()
                && marks.every(mark => shapes.some(shape => covers(mark, shape)))
        }""",
        arg=list(names),
    )

"""Pictures are drawn in a process of their own, so that nobody else waits for them."""

import pytest

from pages.exports.drawer import Drawer, DrawingError
from tests.test_architecture import PRODUCT, packages

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="20"><rect width="10" height="20"/></svg>'
CHART = {"$schema": "https://vega.github.io/schema/vega-lite/v6.json", "data": {"values": [{"a": 1}]}} | {
    "mark": "bar",
    "encoding": {"x": {"field": "a", "type": "quantitative"}},
}

# no frame, whose line would make the picture wider than the chart
BARE = {"axis": {"disable": True}, "view": {"stroke": None}}


@pytest.fixture
def drawer() -> Drawer:
    return Drawer()


def test_only_the_process_that_draws_has_what_holds_up_all_others() -> None:
    assert [path.name for path in PRODUCT if "vl_convert" in packages(path)] == ["drawer.py"]


def test_it_draws_again_after_its_process_was_ended_and_says_what_it_cannot_draw(drawer: Drawer) -> None:
    try:
        first = drawer.vegalite_to_svg(CHART)
        assert "<svg" in first
        assert drawer._process is not None
        drawer._process.kill()
        drawer._process.wait()
        assert 'width="377"' in drawer.vegalite_to_svg(CHART | {"width": 377, "padding": 0, "config": BARE})
        with pytest.raises(DrawingError):
            drawer.svg_to_png("no picture", scale=1)
        # 20 pixels high, twice as large
        assert drawer.svg_to_png(SVG, scale=2)[20:24] == (40).to_bytes(4, "big")
    finally:
        drawer.close()


def test_a_chart_that_was_just_drawn_is_not_drawn_again(drawer: Drawer) -> None:
    try:
        first = drawer.vegalite_to_svg(CHART)
        drawer.close()
        assert drawer.vegalite_to_svg(CHART) == first
        assert drawer._process is None
    finally:
        drawer.close()

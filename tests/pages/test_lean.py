"""What a browser is sent of a drawing: outlines by their address, and nothing twice."""

import json

import pytest

from geo.boundaries.layouts import Layout
from pages.components.exhibits.lean import lean
from pages.components.packs import registry
from pages.components.state.view import View
from tests.whole_app import visit

VIEW = View(indicator="gld_2022_on", period="2025", vintage="2026")


def put_together(drawing: dict, outlines: dict[str, str]) -> list[object]:
    """The values that each layer is drawn from, with what a browser fetches at these addresses."""
    named: dict[str, object] = {}
    for data in (layer["data"] for layer in drawing["layer"]):
        if "name" in data and ("values" in data or "url" in data):
            named[data["name"]] = outlines[data["url"]] if "url" in data else data["values"]
    layers = [layer["data"] for layer in drawing["layer"]]
    return [
        data["values"] if "values" in data else outlines.get(data.get("url"), named.get(data.get("name")))
        for data in layers
    ]


@pytest.mark.parametrize("key", ["map", "borders_map"])
def test_every_layer_is_drawn_from_what_it_was_drawn_from(key: str, layouts: dict[str, Layout]) -> None:
    exhibit = registry.exhibit_of(VIEW, key)
    assert exhibit is not None
    assert exhibit.drawing is not None
    texts = {text for layout in layouts.values() for text in layout.shapes.values()}
    addresses = {text: f"/shapes/{number}" for number, text in enumerate(texts)}
    sent = lean(exhibit.drawing, addresses)
    outlines = {address: text for text, address in addresses.items()}
    assert put_together(sent, outlines) == put_together(exhibit.drawing, {})
    said = json.dumps(sent)
    assert len(said) < len(json.dumps(exhibit.drawing)) / 1.8
    assert not any(json.dumps(text) in said for text in texts)


def test_a_map_names_the_addresses_of_its_outlines_and_holds_none() -> None:
    drawn = visit("/?indicator=gld_2022_on&vintage=2026").get("vega_lite_chart")[0].proto.spec
    fetched = {layer["data"]["url"] for layer in json.loads(drawn)["layer"] if "url" in layer["data"]}
    assert len(fetched) == 2
    assert all("/shapes/map_" in address for address in fetched)
    assert "arcs" not in drawn

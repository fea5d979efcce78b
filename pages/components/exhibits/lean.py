"""A drawing as it is sent: Streamlit sends a specification anew with every change of its rows."""

from collections.abc import Mapping

# names of data sets that only several layers of one drawing share
SHARED = "shared_{}"


def lean(drawing: dict, addresses: Mapping[str, str]) -> dict:
    """A drawing that says by address what a browser fetches once and keeps, and nothing twice.

    `addresses` has those of texts that layers may hold. Values that several layers hold, which must be one
    object, stand in the first of them, and the others name it.
    """
    held = [id(layer["data"]["values"]) for layer in drawing["layer"] if "values" in layer.get("data", {})]
    shared = {found: SHARED.format(number) for number, found in enumerate(held) if held.count(found) > 1}
    said: set[int] = set()

    def as_sent(data: dict) -> dict:
        values = data.get("values")
        rest = {name: part for name, part in data.items() if name != "values"}
        if isinstance(values, str) and values in addresses:
            return rest | {"url": addresses[values]}
        if id(values) not in shared:
            return data
        is_said = id(values) in said
        said.add(id(values))
        return {"name": shared[id(values)]} | (rest if is_said else data)

    layers = [
        layer | {"data": as_sent(layer["data"])} if "data" in layer else layer for layer in drawing["layer"]
    ]
    return drawing | {"layer": layers}

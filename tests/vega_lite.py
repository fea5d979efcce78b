"""The rules of Vega-Lite, which every chart keeps."""

import json
from typing import Any
from urllib.parse import quote

import altair as alt
import numpy as np
from jsonschema_rs import Draft7Validator


def _as_addresses(part: dict[str, Any]) -> dict[str, Any]:
    """References as addresses: the names of some definitions have signs that stand in none."""
    is_reference = isinstance(part.get("$ref"), str)
    return part | {"$ref": quote(part["$ref"], safe="#/")} if is_reference else part


# in Rust: some thousand charts are held against it, for each of which the plain library takes 60 ms
_VALIDATOR = Draft7Validator(json.loads(json.dumps(alt.load_schema()), object_hook=_as_addresses))


def validate(specification: dict[str, Any]) -> None:
    """Raise jsonschema_rs.ValidationError for a chart, with its rows, that is not valid."""
    _VALIDATOR.validate(json.loads(json.dumps(specification, default=np.generic.item)))

"""Codes for cameras, read from their pictures by a decoder that has nothing to do with what draws them."""

import io

import zxingcpp
from PIL import Image


def read_codes(picture: bytes, width: int = 0) -> list[str]:
    """What the codes in a picture say, as it is or so many pixels wide."""
    image = Image.open(io.BytesIO(picture)).convert("RGBA")
    seen = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("L")
    if width:
        seen = seen.resize((width, round(width * seen.height / seen.width)), Image.Resampling.BILINEAR)
    return [found.text for found in zxingcpp.read_barcodes(seen)]

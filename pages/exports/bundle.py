"""The exhibits of a pack as files of their own in one archive, with their sources."""

import io
from collections.abc import Callable
from zipfile import ZIP_DEFLATED, ZipFile

from pages.exports import numbers, pictures
from pages.exports.pack import Pack

ZIP = "application/zip"


def as_zip(pack: Pack, on_step: Callable[[float], None] = lambda share: None) -> bytes:
    """Each exhibit as PNG, SVG and CSV, numbered in their order, and sources.txt."""
    file = io.BytesIO()
    lines = [pack.title, ""]
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for number, exhibit in enumerate(pack.exhibits, start=1):
            stem = f"{number:02}_{exhibit.stem}"
            if exhibit.drawing is not None:
                archive.writestr(f"{stem}.png", pictures.as_png(exhibit))
                archive.writestr(f"{stem}.svg", pictures.as_svg(exhibit))
            archive.writestr(f"{stem}.csv", numbers.csv_of(exhibit))
            lines += [stem, exhibit.caption, *exhibit.remarks, ""]
            on_step(number / len(pack.exhibits))
        archive.writestr("sources.txt", "\n".join([*lines, "All sources:", *pack.sources, pack.origin, ""]))
    return file.getvalue()

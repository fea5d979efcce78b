"""Boundaries of local authorities and their lookup to integrated care boards: ONS Open Geography.

Services are found in the list that the portal gives, by patterns (`portal`), never by a name put together
here: the portal changes how it names them. Boundaries are asked for in longitude and latitude; both answers
come in pages. The footprints of earlier years stay: a lookup that differs from all of them becomes a vintage,
and one that contradicts the vintage of its own year is held back until somebody has looked.

Tested against one file of boundaries as it was served (May 2024, super generalised, London only); never
against the live service, which could not be reached. Not tested either: the list of services, the pages, and
the lookup, which were written to the documented interface.
"""

from collections.abc import Sequence

from data_loaders.open_geography import files
from data_loaders.open_geography.boundaries import areas
from data_loaders.open_geography.footprints import with_vintage
from data_loaders.open_geography.portal import fetch
from data_loaders.publisher import Download, Known, Parsed, Publisher

SOURCE_ID = "ons_geography"
SOURCE = "boundaries_source.geojson"


def parse(downloads: Sequence[Download], known: Known) -> Parsed:
    """The boundaries to draw and the footprints, each a table; a new vintage where the lookup has one.

    Tables: SOURCE (GeoJSON of 33 areas with area_code), footprints.csv, vintages.csv. Raises PublisherError.
    """
    kinds: dict[str, tuple[Download, files.Attributes]] = {}
    for download in downloads:
        records = files.read(download)
        kind = files.kind(download, records)
        if kind in kinds:
            raise files.refusal(download, f"two files came that hold {kind}, where one is needed")
        kinds[kind] = (download, records)
    if "boundaries" not in kinds:
        raise files.refusal(downloads[0], "a lookup came alone: give the file of boundaries together with it")
    download, records = kinds["boundaries"]
    source = areas(download, records, known)
    footprints, vintages = known.footprints, known.vintages
    remarks: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    if "a lookup" in kinds:
        footprints, vintages, remarks, doubts = with_vintage(*kinds["a lookup"], known)
    return Parsed(
        published=download.published
        or files.day_in_name(download.address, files.field(records, r"LAD\d\dCD")),
        tables={
            SOURCE: source,
            "footprints.csv": footprints.to_csv(index=False, lineterminator="\n").encode(),
            "vintages.csv": vintages.to_csv(index=False, lineterminator="\n").encode(),
        },
        remarks=remarks,
        doubts=doubts,
    )


PUBLISHER = Publisher(
    source_id=SOURCE_ID,
    title="Boundaries and ICS footprints",
    parser=1,
    fetch=fetch,
    parse=parse,
    together=True,
    draws=True,
    what="boundaries of",
    file_hint="GeoJSON of Local Authority Districts (BGC), and beside it, if you like, the lookup to "
    "Integrated Care Boards, from https://geoportal.statistics.gov.uk/",
)

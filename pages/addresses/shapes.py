"""The outlines that maps in browsers are drawn from: fetched once, under a name that changes as they do.

They are a part of the app, and there whether or not whoever runs it gives out figures.
"""

import gzip

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from data_loaders.library import fingerprint
from data_loaders.store import SnapshotError
from pages.addresses.reply import JSON, RefusalError
from pages.components.data import edition, figures, small_areas
from pages.components.data.packed import Packed

# what is at an address never changes, so nobody need ask twice
FOR_GOOD = "public, max-age=31536000, immutable"
GONE = "There are no such outlines: those in use have another name. Reload the page that asked for them."


async def answer(request: Request) -> Response:
    """The outlines under this name, compressed for those who take that."""
    try:
        made = await run_in_threadpool(_packed, request.path_params["name"])
    except SnapshotError as problem:
        return RefusalError(503, f"The outlines cannot be given. {problem}").response(request)
    if made is None:
        return RefusalError(404, GONE).response(request)
    headers = {"Cache-Control": FOR_GOOD, "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(made.content, headers=headers | {"Content-Encoding": "gzip"}, media_type=JSON)
    return Response(gzip.decompress(made.content), headers=headers, media_type=JSON)


def _packed(name: str) -> Packed | None:
    """The outlines of this name: of boroughs and ICSs, or else of small areas, which take longer to make."""
    with edition.fixed(fingerprint()):
        of_boroughs = {each.name: each for each in figures.outlines().values()}
        if name in of_boroughs:
            return of_boroughs[name]
        of_small_areas = small_areas.packed()
    return of_small_areas if name == of_small_areas.name else None

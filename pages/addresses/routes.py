"""The addresses: /data/… for figures and what describes them, /picture/… and /table/… for those of a view.

And /shapes/…, from where the pages of the app have the outlines of their maps, and /presenter, a
window beside that of a meeting.
"""

import datetime as dt
import logging
from collections.abc import Callable, Hashable, Sequence
from functools import partial
from typing import Any, NamedTuple, TypeVar

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from data_loaders.library import fingerprint
from data_loaders.settings import DATA_ADDRESSES, SettingError, has_data_addresses
from data_loaders.store import SnapshotError
from pages.addresses import about, exhibits, figures, presenter, shapes
from pages.addresses.reply import RefusalError, Reply
from pages.addresses.turnstile import Turnstile
from pages.addresses.workbench import Workbench
from pages.components.data import edition
from pages.components.state.addresses import PRESENTER
from pages.exports.drawer import DrawingError

T = TypeVar("T")
OFF = f"Whoever runs this app has switched its addresses for figures and pictures off ({DATA_ADDRESSES})."

# where the server's files are made, for whoever watches it
BENCHES: dict[str, Workbench] = {}
NOT_DRAWN = "The picture could not be drawn: please ask again in a minute."


class Desk(NamedTuple):
    """How what is asked for is read from a name and parameters, and how it is made."""

    read: Callable[[str, Sequence[tuple[str, str]]], tuple[str, Hashable]]
    make: Callable[[str, Any], Reply]


DESCRIPTIONS = Desk(about.read, about.make)
FIGURES = Desk(figures.read, figures.make)
PICTURES = Desk(exhibits.read_picture, exhibits.make_picture)
TABLES = Desk(exhibits.read_table, exhibits.make_table)


def _root() -> str:
    """The base path of the server, below which all addresses are."""
    base = st.get_option("server.baseUrlPath").strip("/")
    return f"/{base}" if base else ""


def _folders() -> tuple[str, ...]:
    """Where figures, pictures and tables are."""
    root = _root()
    return f"{root}/data/", f"{root}/picture/", f"{root}/table/"


def beside_pages() -> tuple[str, ...]:
    """How the paths begin of all that is no page of the app, though a browser may show it."""
    return *_folders(), f"{_root()}/{PRESENTER}"


def routes() -> list[BaseRoute]:
    """What the server answers in these folders, and beside them."""
    root = _root()
    of_data, of_pictures, of_tables = (folder.rstrip("/") for folder in _folders())
    # scripts of anybody's pages may read it, and whether it has changed
    anybody = Middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD"],
        allow_headers=["If-None-Match"],
        expose_headers=["ETag", "Link", "Retry-After", "Content-Disposition"],
    )
    doors = [anybody, Middleware(Turnstile)]
    # making a picture keeps a processor busy for a second, which everybody's pages need as well
    table_bench, drawing_bench = Workbench(1, 40, 32_000_000), Workbench(1, 20, 32_000_000)
    BENCHES.update(tables=table_bench, pictures=drawing_bench)

    async def data(request: Request) -> Response:
        """The figures of an indicator, or what describes them all."""
        name = request.path_params["name"] or _index_for(request)
        desk = DESCRIPTIONS if name in about.DESCRIPTIONS else FIGURES
        return await _answer(request, name, desk, table_bench)

    async def picture(request: Request) -> Response:
        """A picture of a view."""
        return await _answer(request, request.path_params["name"], PICTURES, drawing_bench)

    async def table(request: Request) -> Response:
        """The numbers behind a picture, or another table of a view."""
        return await _answer(request, request.path_params["name"], TABLES, table_bench)

    return [
        Route(of_data, _to_its_folder),
        Mount(of_data, routes=[Route("/{name:path}", data)], middleware=doors),
        Mount(of_pictures, routes=[Route("/{name:path}", picture)], middleware=doors),
        Mount(of_tables, routes=[Route("/{name:path}", table)], middleware=doors),
        Route(f"{root}/shapes/{{name}}", shapes.answer),
        Route(f"{root}/{PRESENTER}", presenter.page),
        Route(f"{root}/{presenter.SCRIPT_NAME}", presenter.script),
    ]


async def _to_its_folder(_: Request) -> Response:
    return RedirectResponse("data/", 308)


def _index_for(request: Request) -> str:
    """The list of indicators as a page for who reads pages, else for programs."""
    return "index.html" if "text/html" in request.headers.get("accept", "") else "index.json"


async def _answer(request: Request, name: str, desk: Desk, bench: Workbench) -> Response:
    """What is asked for, of one edition of the figures, or a sentence on why there is none."""
    given = request.query_params.multi_items()
    try:
        if not has_data_addresses():
            raise RefusalError(404, OFF)
        now, day = await run_in_threadpool(fingerprint), dt.date.today()
        made_as, wanted = await run_in_threadpool(_of_edition, now, desk.read, name, given)
        make = partial(_of_edition, now, desk.make, made_as, wanted)
        # sentences say how old a figure is: another day has other files
        reply = await bench.take((now, day, desk.make, made_as, wanted), make)
    except RefusalError as refusal:
        return refusal.response(request)
    except DrawingError as problem:
        logging.getLogger(__name__).error("A picture was not drawn: %s", problem)
        return RefusalError(503, NOT_DRAWN).response(request)
    except (SnapshotError, SettingError) as problem:
        return RefusalError(503, f"The figures cannot be shown. {problem}").response(request)
    return reply.response(request)


def _of_edition(now: str, work: Callable[..., T], *args: Any) -> T:
    with edition.fixed(now):
        return work(*args)

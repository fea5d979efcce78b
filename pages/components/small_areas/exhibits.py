"""The map of small areas to take away: a picture, a table, and the value of each area with its outline."""

import json

import pandas as pd

from data_loaders.within import Within
from geo.access import outlines as geo_outlines
from geo.access.small_areas import OF_A_DAY, Figure
from pages.components.charts import label_places, outlines, palette, parts
from pages.components.data import access, edition, figures, small_areas
from pages.components.data.edition import once_for
from pages.components.exhibits.kinds import FIGURE, ExhibitKind, file_name
from pages.components.small_areas import text
from pages.components.state.view import View
from pages.components.text import citations, columns, dates
from pages.exports.exhibit import Exhibit
from pages.exports.table import Column, Kind, Measure, Table

HEIGHT, LEGEND = 640, 100
# the grid of a printed picture has steps of 20 m, which are finer than its dots
COARSER = 4
# of the legend
COLUMNS = "width > 900 ? 3 : width > 600 ? 2 : 1"
# around what is in scope, in projected units (radians)
MARGIN = 0.0001
CODE = Column("small_area", "Small area code (LSOA 2021)", Kind.IDENTIFIER)
BOROUGH = (Column("area_code", "Borough code", Kind.IDENTIFIER), Column("borough", "Borough", Kind.CATEGORY))
METRES = Measure("metres")
_NEAREST = Column("value", "Distance to the nearest site", Kind.NUMBER, METRES)
_OWN = Column("metres_own", "Distance to the nearest of their own authority", Kind.NUMBER, METRES)
_SITE = (Column("nearest", "Nearest site", Kind.TEXT), Column("stands", "It stands in", Kind.CATEGORY))
GROUP = Column("said", "Group on the map", Kind.CATEGORY)


def place_of(view: View) -> str:
    """The ICS that is looked at, or London."""
    return figures.name_of_ics(view) or "London"


def systems(view: View) -> dict[str, str]:
    """The code of the ICS of each borough, by its code."""
    own = figures.london().members(view.vintage)
    return dict(zip(own["area_code"], own["ics_code"], strict=True))


def inside(view: View, rows: pd.DataFrame) -> pd.DataFrame:
    """The small areas of the ICS that is looked at, or all."""
    if not view.scope:
        return rows
    return rows[rows["area_code"].map(systems(view)) == view.scope]


def said_when(figure: Figure, view: View) -> str:
    """Of when a figure of small areas is, as its picture says it."""
    children = f"Children of {access.children().dated}"
    if figure in OF_A_DAY:
        return f"Register of {dates.say_day(view.period)}. {children}"
    if figure is Figure.DEPRIVATION:
        published = figures.london().catalogue.sources["mhclg_idaci_2025"].figures_date
        return f"Published on {dates.say_day(published)}. {children}"
    return children


def on_page(view: View) -> Exhibit:
    """The exhibit of a view that draws small areas, with its words.

    It is without the picture, which is for files: on the page the browser draws it.
    """
    return MAP.addressed(_on_page(view), view)


@once_for(*FIGURE, "ics")
def _on_page(view: View) -> Exhibit:
    figure = small_areas.figure_of(view)
    assert figure is not None
    return _exhibit(view, figure, inside(view, small_areas.rows(figure, view.period)), ({}, {}))


def _map(view: View, theme: str) -> Exhibit | None:
    """None where the indicator is not known of small areas."""
    figure = small_areas.figure_of(view)
    if figure is None:
        return None
    rows = inside(view, small_areas.rows(figure, view.period))
    return _exhibit(view, figure, rows, specification(view, figure, rows, theme))


def _exhibit(view: View, figure: Figure, rows: pd.DataFrame, chart: parts.Chart) -> Exhibit:
    used, place, tables = access.children(), place_of(view), small_areas.tables(figure)
    within = edition.setting()
    title = text.said(figure, used, within).title
    what = text.what_they_are(float(access.ground().areas["residents"].mean()), len(access.ground().areas))
    return MAP.exhibit(
        view,
        title=text.finding(figure, rows, place, used, within),
        subtitle=f"{title}, by small area. {place}. {said_when(figure, view)}",
        chart=chart,
        remarks=[what, *text.explained(figure, view.period, used, within)],
        sources=access.sources(tables),
        said_sources=[citations.boundary_line(figures.boundary_source())],
        also=(*tables, *figures.shape_tables(view)),
        stem=f"{file_name(view)}_small_areas",
        numbers=lambda: numbers(view, figure),
        for_programs={"geojson": lambda: geojson(view, figure)},
        **outlines.measured(_labels(rows), _frame(rows), HEIGHT, LEGEND),
    )


def _a_centre(within: Within) -> tuple[Column, ...]:
    """How many children there are for each centre, and how many centres."""
    centres = "Designated centres" if within.is_designated else "Centres and linked sites"
    return (
        Column("value", f"Children aged 0 to 4 for each {within.centre} within {within.said}", Kind.NUMBER),
        Column("centres", f"{centres} within {within.said}", Kind.NUMBER),
    )


def numbers(view: View, figure: Figure) -> Table:
    """The value of every small area in scope."""
    rows = inside(view, small_areas.rows(figure, view.period))
    names, within = access.names(), edition.setting()
    said = text.words_of(within)[figure]
    rows = rows.assign(
        borough=rows["area_code"].map(names),
        said=rows["group"].map(dict(enumerate(said.groups))).fillna(said.unknown),
    )
    shown: tuple[Column, ...] = ()
    if figure is Figure.DEPRIVATION:
        shown = (Column("value", "Tenth of England's small areas, 1 the most deprived", Kind.NUMBER),)
    elif figure is Figure.SHARED:
        shown = _a_centre(within)
    elif figure in OF_A_DAY:
        sites = small_areas.sites(view.period)
        rows = rows.assign(
            nearest=rows["site"].map(sites["name"].reset_index(drop=True)).fillna(""),
            stands=rows["stands_in"].map(names).fillna(""),
        )
        shown = (_NEAREST, *_SITE, _OWN)
    name = Column("name", "Small area", Kind.NAME)
    children = Column("children", f"Children aged 0 to 4 ({access.children().named})", Kind.NUMBER)
    same = {columns.STATUS: "worked out here" if figure in OF_A_DAY else "published"}
    same |= {columns.REGISTER_DAY: view.period} if figure in OF_A_DAY else {}
    return Table(rows, (CODE, name, *BOROUGH, children, *shown, GROUP)).with_same(same)


def geojson(view: View, figure: Figure) -> bytes:
    """The same with outlines, in longitude and latitude, as they are drawn: simplified."""
    # imported only where it is used
    from geo.tables.machine_readable import as_geojson

    table, shapes = numbers(view, figure), access.shapes()
    keyed = table.values().set_axis([column.key for column in table.columns], axis="columns")
    rows = keyed.rename(columns={"area_code": "borough_code", "small_area": "area_code"})
    features = [
        {"properties": {"area_code": code}, "geometry": {"type": "MultiPolygon", "coordinates": shapes[code]}}
        for code in rows["area_code"]
        if code in shapes
    ]
    lines = [source.attribution for source in access.sources(small_areas.tables(figure))]
    about = {
        "title": text.said(figure, access.children(), edition.setting()).title,
        "outlines": "Simplified for drawing.",
        "sources": " ".join(lines),
    }
    return as_geojson(rows, {"features": features}, about)


def specification(view: View, figure: Figure, rows: pd.DataFrame, theme: str) -> parts.Chart:
    """Small areas in scope by their group, what lies around them in grey, borders, and names of boroughs."""
    layout = figures.map_layout()
    within = edition.setting()
    legend = text.legend(figure, rows, within)
    fills = {f"{entry['text']}: {entry['counted']}": entry["fill"] for entry in legend}
    named = dict(zip(text.groups_in(figure, rows), fills, strict=True))
    shown = rows[["small_area", "group"]].assign(label=rows["group"].map(named))
    colours = palette.THEMES[theme]
    ground = parts.unspoken("geoshape", fill=colours["outside"], stroke=colours["outside_edge"], clip=True)
    topojson = {"type": "topojson", "feature": "boroughs"}
    frame = _frame(rows)
    layers = [
        {"data": {"values": layout.shapes["boroughs"], "format": topojson}} | parts.layer(ground),
        _areas(_outlines(view), fills, text.words_of(within)[figure].heading),
        *_borders(view),
        *outlines.names(_labels(rows), theme),
    ]
    drawing = parts.whole(layers, palette.config(theme), HEIGHT) | outlines.placed(layout, frame)
    return drawing, {"small_areas_shown": parts.table(shown)}


def _frame(rows: pd.DataFrame) -> outlines.Frame:
    """The part of London that these small areas are in."""
    return outlines.frame_of(figures.map_layout(), list(rows["area_code"].unique()), MARGIN)


def _labels(rows: pd.DataFrame) -> pd.DataFrame:
    return label_places.labels_in(figures.map_layout(), _frame(rows))


@once_for("ics")
def _outlines(view: View) -> str:
    """The small areas in scope, as fine as a printed picture shows them: TopoJSON as text."""
    codes = set(inside(view, access.ground().areas)["small_area"])
    return json.dumps(geo_outlines.thinned(small_areas.topology(), codes, COARSER), separators=(",", ":"))


def _areas(shapes: str, fills: dict[str, str], title: str) -> dict:
    found = {"data": {"name": "small_areas_shown"}, "key": "small_area", "fields": ["label"]}
    legend = {
        # of when the children are stands below the title of the picture
        "title": title,
        "labelLimit": 500,
        "orient": "bottom",
    }
    legend |= {
        "columns": {"expr": COLUMNS},
        "symbolType": "square",
        "symbolSize": 160,
        "symbolStrokeColor": palette.DARK_INK,
    }
    colour = parts.in_order("label", fills, legend=legend)
    # the stroke of its own colour closes the seams between areas side by side
    mark = parts.unspoken("geoshape", strokeWidth=0.3, clip=True)
    return {
        "data": {"values": shapes, "format": {"type": "topojson", "feature": "small_areas"}},
        "transform": [{"lookup": "id", "from": found}, {"filter": "isValid(datum.label)"}],
    } | parts.layer(mark, fill=colour, stroke=colour | {"legend": None})


# of an ICS they are the same in all figures, on all days and in both themes
@once_for("ics")
def _borders(view: View) -> list[dict]:
    """The borders of boroughs in scope, and over them, wider, those that are of ICSs as well."""
    topology, areas, of = small_areas.topology(), access.ground().areas, systems(view)
    shown = set(inside(view, areas)["area_code"])
    edges = geo_outlines.borders(topology, dict(zip(areas["small_area"], areas["area_code"], strict=True)))
    found: dict[bool, list[int]] = {False: [], True: []}
    for arc, one, other in zip(*edges, strict=True):
        if {one, other} & shown:
            # the edge of London and the banks of the Thames are thin: nothing lies beyond them
            found[bool(other) and of.get(one) != of.get(other)].append(arc)
    drawn = {kind: geo_outlines.lines(topology, arcs) for kind, arcs in found.items()}
    looks: list[tuple[bool, str, float]] = [(False, palette.CASING, 2.6), (False, palette.DARK_INK, 1.1)]
    looks += [(True, colour, width) for colour, width in palette.FOOTPRINT]
    return [outlines.lines(drawn[kind], colour, width) for kind, colour, width in looks]


MAP = ExhibitKind(
    "small_areas",
    "",
    "Map of small areas",
    _map,
    "There is no figure of small areas for this indicator.",
    "Map of London's small areas, with the borders of boroughs and ICSs.",
    "The sentence above says what it shows; the files below have the value of each area.",
    parts=(*FIGURE, "ics"),
)
KINDS = (MAP,)

"""Which layout of a template serves which kind of slide, found by the kinds of its placeholders.

Names of layouts differ from template to template, and from language to language; what a placeholder takes
does not. So our own template and that of a council or an ICS are read in the same way.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, cast

from pages.exports.slide_layout import Room, height_of
from pages.exports.slide_template import FOOT_SIZE

if TYPE_CHECKING:
    from pptx.parts.slide import SlideLayoutPart
    from pptx.presentation import Presentation
    from pptx.shapes.placeholder import LayoutPlaceholder
    from pptx.slide import SlideLayout

EMU = 914_400
# shares of the slide that a place for content must have, alone or beside another, to be readable
LEAST_AREA, LEAST_WIDTH, LEAST_HALF = 0.25, 0.5, 0.35
# letters of a placeholder whose template does not say
USUAL_SIZE = 18
# inches by which two places may overlap and still be one below or beside the other
_NEAR = 0.1


class TemplateError(Exception):
    """A template cannot be used; the sentence says why, and what to do."""


NO_LAYOUTS = (
    "The template has no layout with a title and a large place for text or content below it, such as “Title "
    "and Content”. Add one to its master, or make the slides without a template."
)


class Kind(StrEnum):
    """What a slide holds below its title; `COVER` is the first, and `SOURCES` the last, with a picture."""

    COVER = "cover"
    POINTS = "points"
    SOURCES = "sources"
    CHART = "chart"
    CHARTS = "charts"
    PICTURE = "picture"
    TABLE = "table"


@dataclass(frozen=True)
class Spot:
    """A placeholder of a layout: its number, where it is, and the size of its letters in points."""

    number: int
    room: Room
    size: int


@dataclass(frozen=True, eq=False)
class Scene:
    """A layout, and where title, contents and the lines at the foot go.

    `foot` is None where the layout has no place for it: it then stands in `foot_room`, cut from the contents.
    """

    layout: "SlideLayout"
    title: Spot
    contents: tuple[Spot, ...]
    foot: Spot | None
    foot_room: Room
    others: tuple[int, ...] = ()

    @property
    def is_cut(self) -> bool:
        """Whether the contents give up some of their room to the foot."""
        return self.foot is None and self.foot_room.height > 0


def scenes_of(deck: "Presentation") -> Mapping[Kind, tuple[Scene, ...]]:
    """The layouts for each kind of slide, those with a lower foot first; some kinds may have none.

    Raises TemplateError when there is none for text, or for a picture, a chart or a table.
    """
    slide = Room(0, 0, deck.slide_width / EMU, deck.slide_height / EMU)  # type: ignore[operator]
    for master in deck.slide_masters:
        found = _scenes(list(master.slide_layouts), slide)
        if all(found[kind] for kind in (Kind.POINTS, Kind.CHART, Kind.PICTURE, Kind.TABLE)):
            return found
    raise TemplateError(NO_LAYOUTS)


def chosen(scenes: Sequence[Scene], foot: Sequence[str]) -> Scene | None:
    """The scene with the lowest foot that these lines fit into; None where none has so much room."""
    for scene in scenes:
        if scene.foot is None:
            return _cut(scene, foot)
        if height_of(foot, scene.foot.size, scene.foot.room.width) <= scene.foot.room.height:
            return scene
    return None


def _cut(scene: Scene, foot: Sequence[str]) -> Scene | None:
    """The scene with room for the foot at the lower edge of its contents; at most a third of them."""
    whole = scene.contents[0].room
    left = min(spot.room.left for spot in scene.contents)
    width = max(spot.room.left + spot.room.width for spot in scene.contents) - left
    height = height_of(foot, FOOT_SIZE, width) if foot else 0.0
    if height > whole.height / 3:
        return None
    contents = tuple(
        replace(spot, room=spot.room._replace(height=spot.room.height - height)) for spot in scene.contents
    )
    foot_room = Room(left, whole.top + whole.height - height, width, height)
    return replace(scene, contents=contents, foot_room=foot_room)


def _scenes(layouts: Sequence["SlideLayout"], slide: Room) -> dict[Kind, tuple[Scene, ...]]:
    from pptx.enum.shapes import PP_PLACEHOLDER as P

    any_content, text = P.OBJECT, {P.BODY, P.OBJECT}
    wanted: dict[Kind, tuple[set[P], ...]] = {
        Kind.COVER: (),
        Kind.POINTS: (text,),
        Kind.SOURCES: (text, {P.PICTURE}),
        Kind.CHART: ({P.CHART, any_content},),
        Kind.CHARTS: ({P.CHART, any_content},) * 2,
        Kind.PICTURE: ({P.PICTURE, any_content},),
        Kind.TABLE: ({P.TABLE, any_content},),
    }
    return {kind: _best(kind, takes, layouts, slide) for kind, takes in wanted.items()}


def _best(
    kind: Kind, takes: tuple[set, ...], layouts: Sequence["SlideLayout"], slide: Room
) -> tuple[Scene, ...]:
    """The layouts that leave fewest places empty, and of these those that are made for what they take."""
    from pptx.enum.shapes import PP_PLACEHOLDER as P

    ranked: dict[tuple[int, int], list[Scene]] = {}
    for layout in layouts:
        scene = _cover(layout) if kind is Kind.COVER else _scene(layout, takes, slide)
        if scene is not None:
            kinds = {each.placeholder_format.idx: each.placeholder_format.type for each in _content(layout)}
            # a place for text is as good as one for anything
            general = sum(
                kinds[spot.number] is P.OBJECT for spot in scene.contents if kind is not Kind.POINTS
            )
            ranked.setdefault((len(scene.others), general), []).append(scene)
    if not ranked:
        return ()
    best = ranked[min(ranked)]
    footed = [scene for scene in best if scene.foot is not None]
    return tuple(sorted(footed, key=lambda scene: scene.foot_room.height)) or (best[0],)


def _cover(layout: "SlideLayout") -> Scene | None:
    """A title with a subtitle; other places for text below them take the lines at the foot."""
    from pptx.enum.shapes import PP_PLACEHOLDER as P

    places = {place.placeholder_format.type: place for place in _content(layout)}
    title, subtitle = places.get(P.CENTER_TITLE, places.get(P.TITLE)), places.get(P.SUBTITLE)
    if title is None or subtitle is None:
        return None
    spots = _spot(title), _spot(subtitle)
    below = [
        _spot(place)
        for place in _content(layout)
        if place.placeholder_format.type is P.BODY and _is_below(_room(place), spots[1].room)
    ]
    pictures = tuple(
        place.placeholder_format.idx
        for place in _content(layout)
        if place.placeholder_format.type is P.PICTURE
    )
    foot = below[0] if below else None
    return Scene(layout, spots[0], (spots[1],), foot, foot.room if foot else Room(0, 0, 0, 0), pictures)


def _scene(layout: "SlideLayout", takes: tuple[set, ...], slide: Room) -> Scene | None:
    """A layout with a title and places for these contents, each at least so large that it can be read."""
    from pptx.enum.shapes import PP_PLACEHOLDER as P

    places = _content(layout)
    titles = [place for place in places if place.placeholder_format.type is P.TITLE]
    if not titles or any(place.placeholder_format.type is P.SUBTITLE for place in places):
        return None
    left = sorted((place for place in places if place is not titles[0]), key=_area, reverse=True)
    taken: list[LayoutPlaceholder] = []
    for types in takes:
        match = next((place for place in left if place.placeholder_format.type in types), None)
        if match is None:
            return None
        taken.append(match)
        left.remove(match)
    contents = [_spot(place) for place in taken]
    alike = {frozenset(types) for types in takes}
    if len(takes) == 2 and len(alike) == 1:
        contents.sort(key=lambda spot: spot.room.left)
        if not _is_pair(contents[0].room, contents[1].room, slide):
            return None
    elif not _is_large(contents[0].room, slide):
        return None
    # of a picture with a caption the title is one of the lines below
    if not all(_is_below(spot.room, _room(titles[0])) for spot in contents):
        return None
    below = [place for place in left if _is_foot(place, contents, slide)]
    foot = _spot(below[0]) if below else None
    others = tuple(place.placeholder_format.idx for place in left if place not in below[:1])
    return Scene(
        layout, _spot(titles[0]), tuple(contents), foot, foot.room if foot else Room(0, 0, 0, 0), others
    )


def _is_large(room: Room, slide: Room) -> bool:
    area = room.width * room.height / (slide.width * slide.height)
    return area >= LEAST_AREA and room.width >= LEAST_WIDTH * slide.width


def _is_pair(one: Room, other: Room, slide: Room) -> bool:
    """Two rooms side by side, of one height and width, together as large as one must be."""
    is_even = math.isclose(one.width, other.width, abs_tol=0.2) and math.isclose(
        one.height, other.height, abs_tol=0.2
    )
    is_beside = math.isclose(one.top, other.top, abs_tol=0.2) and one.left + one.width <= other.left + _NEAR
    together = one._replace(width=one.width + other.width)
    return is_even and is_beside and one.width >= LEAST_HALF * slide.width and _is_large(together, slide)


def _is_foot(place: "LayoutPlaceholder", contents: Sequence[Spot], slide: Room) -> bool:
    from pptx.enum.shapes import PP_PLACEHOLDER as P

    room = _room(place)
    return (
        place.placeholder_format.type is P.BODY
        and room.width >= LEAST_WIDTH * slide.width
        and all(_is_below(room, spot.room) for spot in contents)
    )


def _is_below(room: Room, other: Room) -> bool:
    return room.top >= other.top + other.height - _NEAR


def _content(layout: "SlideLayout") -> list["LayoutPlaceholder"]:
    """The placeholders that have a place, without those of the date, the footer and the number."""
    from pptx.enum.shapes import PP_PLACEHOLDER as P

    edges = (P.DATE, P.FOOTER, P.SLIDE_NUMBER, P.HEADER)
    return [
        place
        for place in placeholders_of(layout)
        if place.placeholder_format.type not in edges and place.width and place.height
    ]


def placeholders_of(layout: "SlideLayout") -> "Iterable[LayoutPlaceholder]":
    """The placeholders of a layout; the library's annotation says that they cannot be gone through."""
    return cast("Iterable[LayoutPlaceholder]", layout.placeholders)


def _area(place: "LayoutPlaceholder") -> int:
    return place.width * place.height


def _room(place: "LayoutPlaceholder") -> Room:
    return Room(*(side / EMU for side in (place.left, place.top, place.width, place.height)))


def _spot(place: "LayoutPlaceholder") -> Spot:
    return Spot(place.placeholder_format.idx, _room(place), size_of(place))


def size_of(place: "LayoutPlaceholder") -> int:
    """The letters of a placeholder in points: as its layout says, else as the master says."""
    for letters in letters_of(place):
        if size := letters.get("sz"):
            return int(size) // 100
    return USUAL_SIZE


def letters_of(place: "LayoutPlaceholder") -> Iterator[Any]:
    """What is said of the letters of a placeholder's first level, from the nearest: layout, master, style."""
    from pptx.enum.shapes import PP_PLACEHOLDER as P

    master = cast("SlideLayoutPart", place.part).slide_master
    is_title = place.placeholder_format.type in (P.TITLE, P.CENTER_TITLE)
    kind, style = (P.TITLE, "titleStyle") if is_title else (P.BODY, "bodyStyle")
    above = [
        each for each in cast("Iterable[Any]", master.placeholders) if each.placeholder_format.type is kind
    ]
    for element in [place._element, *(each._element for each in above[:1])]:
        yield from element.xpath("./p:txBody/a:lstStyle/a:lvl1pPr/a:defRPr")
    yield from master._element.xpath(f"./p:txStyles/p:{style}/a:lvl1pPr/a:defRPr")

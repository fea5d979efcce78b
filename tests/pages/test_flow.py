"""How things fill the pages of a paper: what leaves its turn, and what is drawn lower or higher."""

from hypothesis import given, strategies as st

from pages.exports.flow import Extent, in_turn

PAGE = 20.0
PICTURE, GIVING, GROWING = Extent(12), Extent(12, gives=3), Extent(8, takes=6)
TABLE, SHORT, ENDLESS = Extent(3, more=6), Extent(2), Extent(3, more=30)


def turns(*things: tuple[str, Extent], left: float = PAGE) -> list[tuple[str, float]]:
    """Names in their turn with how their pictures change; those in capitals may come first."""
    extents = dict(things)
    found = in_turn([name for name, _ in things], extents.__getitem__, str.isupper, left, PAGE)
    return [(turn.what, turn.change) for turn in found]


def test_what_has_room_stays_in_its_order_as_it_is() -> None:
    things = ("one", PICTURE), ("two", SHORT), ("THREE", TABLE), ("four", PICTURE)
    assert turns(*things) == [("one", 0), ("two", 0), ("THREE", 0), ("four", 0)]


def test_a_picture_without_room_leaves_it_to_the_first_table_behind_it() -> None:
    things = ("one", PICTURE), ("two", PICTURE), ("three", SHORT), ("FOUR", TABLE), ("FIVE", TABLE)
    assert [name for name, _ in turns(*things)] == ["one", "FOUR", "two", "three", "FIVE"]


def test_a_table_longer_than_a_page_parts_no_two_pictures() -> None:
    things = ("one", Extent(13)), ("two", PICTURE), ("THREE", ENDLESS)
    assert [name for name, _ in turns(*things)] == ["one", "two", "THREE"]
    # unless the page would stay half empty
    half = ("one", Extent(9)), ("two", PICTURE), ("THREE", ENDLESS)
    assert [name for name, _ in turns(*half)] == ["one", "THREE", "two"]


def test_little_room_is_left_empty() -> None:
    things = ("one", PICTURE), ("two", PICTURE), ("THREE", SHORT)
    assert [name for name, _ in turns(*things, left=15)] == ["one", "two", "THREE"]


def test_a_picture_that_gives_is_drawn_lower_before_anything_leaves_its_turn() -> None:
    things = ("one", Extent(10)), ("two", GIVING), ("THREE", SHORT)
    assert turns(*things) == [("one", 0), ("two", -2), ("THREE", 0)]


def test_the_last_picture_of_a_page_takes_what_nothing_else_fills() -> None:
    things = ("one", GROWING), ("two", Extent(6, takes=4)), ("three", PICTURE)
    assert turns(*things) == [("one", 2), ("two", 4), ("three", 0)]


EXTENTS = st.builds(
    Extent,
    together=st.floats(1, 24),
    more=st.sampled_from([0.0, 4.0, 25.0]),
    gives=st.floats(0, 1),
    takes=st.floats(0, 5),
)


@given(st.lists(EXTENTS, max_size=8), st.sets(st.integers(0, 7)), st.floats(0, PAGE))
def test_all_of_it_comes_once_and_only_what_may_leaves_its_turn(
    extents: list[Extent], free: set[int], left: float
) -> None:
    places = range(len(extents))
    found = in_turn(list(places), extents.__getitem__, free.__contains__, left, PAGE)
    order = [turn.what for turn in found]
    assert sorted(order) == list(places)
    assert [n for n in order if n not in free] == [n for n in places if n not in free]
    for turn in found:
        assert -extents[turn.what].gives - 1e-9 <= turn.change <= extents[turn.what].takes + 1e-9

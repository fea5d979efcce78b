"""What is shown of a survey: on eight boroughs made up to be worked by hand, and by trying all answers."""

from collections import defaultdict
from dataclasses import replace
from itertools import combinations, product

import pandas as pd
import pytest

from data_loaders.survey.answers import NOT_APPLICABLE
from data_loaders.survey.instruments import ORDINAL, SCORE, TICKS, Instrument, Item, Option
from geo.survey.maturity import (
    NO_REPLY,
    NOT_TICKED,
    WHOLE,
    WITHHELD,
    Shown,
    changes,
    mean,
    middle,
    show,
    steps,
    strongest,
    weakest,
)
from geo.tables.london import London
from pages.components.maturity import text as maturity_text

LEVELS = {"n": "named", "i": "ics", "l": "london"}
# a borough's answers to all questions
Row = tuple[object, ...]
NORTH, SOUTH, MERGED = ("2022", "N"), ("2022", "S"), ("2026", "M")


def instrument(kind: str = ORDINAL, items: str = "pq") -> Instrument:
    options = [Option(name, f"{name} label", place, name) for place, name in enumerate("ABCD", start=1)]
    ticked = [Option("ticked", "Ticked", 1, "✓")]
    return Instrument(
        instrument="made_up",
        name="Made up",
        question="How far?",
        kind=kind,
        mean=kind == SCORE,
        most_ticks=2 if kind == TICKS else None,
        origin="",
        options=tuple(ticked if kind == TICKS else [*options, Option("dont_know", "Don't know", None, "?")]),
        items=tuple(Item(name, f"Question {name}", f"Question {name}?", "") for name in items),
    )


@pytest.fixture
def eight(london: London) -> London:
    """Boroughs a to h: a to d in the north, e to h in the south, all of them in one ICS later."""
    areas = pd.DataFrame({"area_code": list("abcdefgh"), "area_name": list("ABCDEFGH")})
    rows = [("2022", "N" if code in "abcd" else "S", code) for code in "abcdefgh"]
    rows += [("2026", "M", code) for code in "abcdefgh"]
    footprints = pd.DataFrame(rows, columns=["vintage", "ics_code", "area_code"])
    return replace(london, areas=areas.assign(area_type="borough"), footprints=footprints)


def answers(**given: str) -> pd.DataFrame:
    """Answers by question, each a borough, its response and the first letter of the level: p="a:An b:Bi"."""
    rows = [
        {"item_id": item, "area_code": part[0], "response": part[2:-1], "publish_level": LEVELS[part[-1]]}
        for item, parts in given.items()
        for part in parts.split()
    ]
    return pd.DataFrame(rows, columns=["item_id", "area_code", "response", "publish_level"])


def test_only_named_answers_are_shown_by_borough(eight: London) -> None:
    found = show(answers(p="a:An b:Bi c:Cl"), instrument(), eight)["p"]
    assert found.boroughs == {
        "a": "A",
        "b": WITHHELD,
        "c": WITHHELD,
        **dict.fromkeys("defgh", NO_REPLY),
    }
    assert found.replies == 3


def test_groups_count_what_may_be_counted_in_them(eight: London) -> None:
    found = show(answers(p="a:Ai b:Bi c:Ci d:An e:Al f:Bl g:Cl h:Dn"), instrument(), eight)["p"]
    assert found.groups[NORTH] == {"A": 2, "B": 1, "C": 1}
    # in the south only one answer may be counted, and five of eight in the later ICS
    assert SOUTH not in found.groups
    assert found.groups[MERGED] == {"A": 2, "B": 1, "C": 1, "D": 1}
    assert found.groups[WHOLE] == {"A": 3, "B": 2, "C": 2, "D": 1}


def test_the_order_of_counts_does_not_tell_who_gave_which(eight: London) -> None:
    one = show(answers(p="a:Ai b:Bi c:Ai d:Bi"), instrument(), eight)["p"].groups[NORTH]
    other = show(answers(p="a:Bi b:Ai c:Bi d:Ai"), instrument(), eight)["p"].groups[NORTH]
    assert list(one.items()) == list(other.items())


def test_nobody_answered_a_question_that_is_not_in_the_file(eight: London) -> None:
    found = show(answers(p="a:An"), instrument(), eight)["q"]
    assert set(found.boroughs.values()) == {NO_REPLY}
    assert (found.replies, found.groups) == (0, {})


def test_who_ticked_others_has_not_ticked_this_and_one_secret_tick_hides_them_all(eight: London) -> None:
    found = show(answers(p="a:tickedn b:tickedn", q="b:tickedi"), instrument(TICKS), eight)
    assert found["p"].boroughs["a"] == "ticked"
    assert found["q"].boroughs["a"] == NOT_TICKED
    # b has named one tick only: its other answers would follow from how many it may tick
    assert found["p"].boroughs["b"] == found["q"].boroughs["b"] == WITHHELD
    assert found["p"].boroughs["c"] == NO_REPLY


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"A": 1, "B": 1, "D": 1}, ("B", "B")),
        ({"A": 2, "D": 2}, ("A", "D")),
        ({"A": 1, "B": 3}, ("B", "B")),
        ({"C": 1, "dont_know": 5, NOT_APPLICABLE: 2}, ("C", "C")),
    ],
)
def test_the_median_is_the_answer_in_the_middle_or_the_two_beside_it(
    counts: dict[str, int], expected: tuple[str, str]
) -> None:
    assert middle(counts, instrument()) == expected


def test_without_a_place_on_the_scale_there_is_no_median() -> None:
    assert middle({"dont_know": 3}, instrument()) is None


def test_a_mean_is_given_only_of_scores() -> None:
    # (1 + 2 + 2 + 4) / 4; who does not know has no score
    assert mean({"A": 1, "B": 2, "D": 1, "dont_know": 4}, instrument(SCORE)) == 2.25
    assert mean({"A": 1, "B": 2}, instrument(ORDINAL)) is None
    assert mean({"dont_know": 4}, instrument(SCORE)) is None


def test_changes_are_of_answers_that_are_named_in_both_waves(eight: London) -> None:
    before = show(answers(p="a:An b:Bn c:Cn d:Di e:dont_known f:An"), instrument(), eight)
    now = show(answers(p="a:Dn b:An c:Cn d:An e:Bn f:Bi"), instrument(), eight)
    found = changes(before, now, instrument())
    assert list(zip(found["area_code"], found["moved"], strict=True)) == [("a", 1), ("b", -1), ("c", 0)]


def test_a_challenge_can_be_named_anew(eight: London) -> None:
    before = show(answers(p="a:tickedn", q="b:tickedn"), instrument(TICKS), eight)
    now = show(answers(p="b:tickedn", q="a:tickedn"), instrument(TICKS), eight)
    found = changes(before, now, instrument(TICKS))
    assert found[["area_code", "item_id", "moved"]].values.tolist() == [
        ["a", "p", -1],
        ["b", "p", 1],
        ["a", "q", 1],
        ["b", "q", -1],
    ]
    assert steps(instrument(TICKS)) == {NOT_TICKED: 0, "ticked": 1}


def test_whom_to_learn_from_are_boroughs_at_the_top_that_may_be_named(eight: London) -> None:
    found = show(answers(p="a:An b:Dn c:Di", q="a:Bn b:Cn"), instrument(), eight)
    assert weakest(found, "a", instrument()) == ["p", "q"]
    assert weakest(found, "b", instrument()) == []
    assert weakest(found, "c", instrument()) == []
    assert strongest(found, "p", instrument()) == ["b"]


def everything(shown: dict[str, Shown], asked: Instrument) -> str:
    """All that a reader can see of answers: boroughs, counts, and every sentence that is made of them."""
    return repr(shown) + "".join(
        maturity_text.headline(found, asked)
        + maturity_text.replies(found)
        + "".join(maturity_text.middle_text(counts, asked) for counts in found.groups.values())
        + "".join(str(mean(counts, asked)) for counts in found.groups.values())
        for found in shown.values()
    )


def learnable(worlds: dict[tuple[Row, ...], str], truth: tuple[Row, ...]) -> list[tuple[int, int]]:
    """Who (the first) can work out an answer of whom: worlds are all answers with what is seen of each.

    A pair of the same stands for a reader who did not answer.
    """
    alike = [world for world, view in worlds.items() if view == worlds[truth]]
    pairs = product(range(len(truth)), repeat=2)
    return [(reader, target) for reader, target in pairs if _learns(alike, reader, target)]


def _learns(alike: list[tuple[Row, ...]], reader: int, target: int) -> bool:
    left = defaultdict(list)
    for world in alike:
        left[() if reader == target else world[reader]].append(world[target])
    # a row is one borough's answers to all questions: none of them may be the same in all worlds
    return any(len(set(answer)) == 1 for rows in left.values() for answer in zip(*rows, strict=True))


@pytest.mark.parametrize(
    ("levels", "truth"),
    [
        ("iiii", ("A", "A", "B", "B")),
        ("iiii", ("A", "B", "B", "B")),
        ("iill", ("A", "B", "A", "B")),
        ("iiil", ("A", "B", "C", "C")),
        ("llll", ("A", "A", "C", "C")),
        ("iiii", ("A", "A", "A", "A")),
    ],
)
@pytest.mark.parametrize("named", ["", "e:An f:Bn g:Cn", "d:An h:Cn"])
def test_no_answer_can_be_worked_out_from_all_that_is_shown(
    eight: London, levels: str, truth: tuple[str, ...], named: str
) -> None:
    asked = instrument(SCORE, "p")
    hidden = [code for code in "abcdefgh" if code not in named][:4]

    def view(world: tuple[str, ...]) -> str:
        parts = [f"{code}:{answer}{level}" for code, answer, level in zip(hidden, world, levels, strict=True)]
        return everything(show(answers(p=" ".join([*parts, named])), asked, eight), asked)

    worlds: dict[tuple[Row, ...], str] = {
        tuple((a,) for a in world): view(world) for world in product("ABC", repeat=4)
    }
    assert learnable(worlds, tuple((answer,) for answer in truth)) == []


TICKABLE = [set(ticks) for size in (1, 2) for ticks in combinations("pqr", size)]


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("levels", "truth"),
    [
        ("iiii", ("pq", "p", "q", "r")),
        ("iill", ("pq", "pq", "r", "pr")),
        ("iill", ("pq", "qr", "pr", "p")),
    ],
)
def test_no_tick_can_be_worked_out_though_each_borough_has_two_at_most(
    eight: London, levels: str, truth: tuple[str, ...]
) -> None:
    asked = instrument(TICKS, "pqr")

    def view(world: tuple[set[str], ...]) -> str:
        given = {
            item: " ".join(
                f"{code}:ticked{level}"
                for code, ticks, level in zip("abcd", world, levels, strict=True)
                if item in ticks
            )
            + " e:tickedn"
            for item in "pqr"
        }
        given["r"] = given["r"].removesuffix(" e:tickedn")
        return everything(show(answers(**given), asked, eight), asked)

    def row(ticks: set[str]) -> tuple[bool, ...]:
        return tuple(item in ticks for item in "pqr")

    worlds: dict[tuple[Row, ...], str] = {
        tuple(map(row, world)): view(world) for world in product(TICKABLE, repeat=4)
    }
    assert learnable(worlds, tuple(row(set(ticks)) for ticks in truth)) == []

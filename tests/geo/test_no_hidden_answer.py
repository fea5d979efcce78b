"""A program that keeps all that was ever published of made-up surveys looks for an answer without a name.

It plays what editors do, as far as they are let: saving, late answers, other levels, names, taking back an
authority's answers or a wave, handing it in again. It reads every figure through every filter, and knows who
replied, at which level, and that no authority has changed its mind; and, being one, its own answer. Then it
tries all answers that fit.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import NamedTuple

import pandas as pd
import pytest

from geo.survey.listing import REASONS, listing
from geo.survey.maturity import WHOLE, Shown, beside, publish
from geo.tables.london import London
from tests.builders import EVERYTHING

from .test_maturity import LEVELS, instrument

NORTH, SOUTH, MERGED = ("2022", "N"), ("2022", "S"), ("2026", "M")
EVERYBODY = "abcdefghij"
MEMBERS = {NORTH: "abcd", SOUTH: "efghi", MERGED: "abcdefghi", WHOLE: EVERYBODY}
RESPONSES = "AB"
ASKED = instrument(items="p")
LABELS = {option.label: option.response for option in ASKED.options}
SEEDS = range(2_000 if EVERYTHING else 40)

# what each authority answers, by its code
World = dict[str, str]


class Step(NamedTuple):
    """A version of a wave that an editor made, by taking back or not: the level of each authority in it."""

    wave: str
    takes_back: bool
    levels: dict[str, str]


@dataclass
class History:
    """Versions in the order in which they were saved, and what was really answered."""

    steps: list[Step]
    world: World

    def latest(self, wave: str) -> dict[str, str]:
        """The authorities of a wave as it stands, with their levels."""
        return next((step.levels for step in reversed(self.steps) if step.wave == wave), {})


@pytest.fixture(scope="module")
def small(london: London) -> London:
    """Ten authorities, nine of them in two ICSs, which merge later."""
    areas = pd.DataFrame({"area_code": list(EVERYBODY), "area_name": list(EVERYBODY.upper())})
    rows = [(*key, key[1], code) for key, codes in MEMBERS.items() if key[0] for code in codes]
    return replace(
        london,
        areas=areas.assign(area_type="borough"),
        footprints=pd.DataFrame(rows, columns=["vintage", "ics_code", "ics_name", "area_code"]),
    )


def frame(step: Step, world: World) -> pd.DataFrame:
    """The answers of a version as they are saved."""
    rows = [("p", code, world[code], LEVELS[level]) for code, level in step.levels.items()]
    return pd.DataFrame(rows, columns=["item_id", "area_code", "response", "publish_level"])


def is_let(history: History, step: Step, shown: dict[str, Shown], london: London) -> bool:
    """Whether an editor may save this next: taking back is never refused."""
    before = [frame(each, history.world) for each in history.steps]
    outcome = beside(before, frame(step, history.world), ASKED, london)
    return step.takes_back or not (outcome.exposed or outcome.taken_away(shown))


KINDS = ("anew", "late", "late", "late", "level", "take back", "take all back", "again")


def played(seed: int, london: London) -> History:
    """What editors do with one survey of two waves: two to five versions."""
    rng = random.Random(seed)
    level = {code: rng.choice("nniiil") for code in EVERYBODY}
    history = History([], {code: rng.choice(RESPONSES) for code in EVERYBODY})
    most = rng.randint(2, 5)
    for _ in range(20):
        wave = rng.choice(["2026", "2027"])
        before = history.latest(wave)
        levels = dict(before)
        kind = rng.choice(KINDS) if before else "anew"
        if kind == "anew":
            levels = {code: level[code] for code in EVERYBODY if rng.random() < 0.8}
        elif kind == "late":
            levels |= {code: level[code] for code in rng.sample(EVERYBODY, rng.randint(1, 3))}
        elif kind == "again":
            levels = rng.choice([each.levels for each in history.steps if each.wave == wave])
        elif kind == "level":
            levels[rng.choice(sorted(levels))] = rng.choice("nil")
        elif kind == "take back":
            del levels[rng.choice(sorted(levels))]
        else:
            levels = {}
        step = Step(wave, kind.startswith("take"), levels)
        own = [
            shown
            for each, shown in zip(history.steps, published(history, london), strict=True)
            if each.wave == wave
        ]
        if levels != before and is_let(history, step, own[-1] if before else {}, london):
            history.steps.append(step)
        if len(history.steps) == most:
            break
    return history


def published(history: History, london: London) -> list[dict[str, Shown]]:
    return publish([frame(step, history.world) for step in history.steps], ASKED, london)


class Seen(NamedTuple):
    """What a version shows through all filters: figures, as counts of these authorities, and names."""

    figures: list[tuple[list[str], Counter[str]]]
    names: World


def seen(step: Step, shown: dict[str, Shown], london: London) -> Seen:
    """Read the rows of every filter, as a file of the page or of the command line has them."""
    filters = [(None, None), *((vintage, scope) for vintage, scope in (NORTH, SOUTH, MERGED))]
    rows = pd.concat([listing(shown, ASKED, step.wave, london, *each) for each in filters])
    figures: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    names = {}
    for row in rows.drop_duplicates().itertuples():
        if pd.notna(row.count):
            figures[row.ics_vintage, row.area_code][LABELS[row.response]] += int(row.count)
        elif row.response not in REASONS.values():
            names[row.area_code] = LABELS[row.response]
    counted = {
        key: [
            code
            for code, level in step.levels.items()
            if code in MEMBERS[key] and (level != "l" or key == WHOLE)
        ]
        for key in figures
    }
    return Seen([(counted[key], counts) for key, counts in figures.items()], names)


def all_seen_of(versions: list[dict[str, Shown]], steps: list[Step], london: London) -> list[Seen]:
    return [seen(step, shown, london) for step, shown in zip(steps, versions, strict=True)]


def worlds(codes: list[str], all_seen: list[Seen]) -> Iterator[World]:
    """All answers that fit what was seen."""
    names = {answer: response for each in all_seen for answer, response in each.names.items()}
    hidden = [code for code in codes if code not in names]
    figures = [figure for each in all_seen for figure in each.figures]
    for given in product(RESPONSES, repeat=len(hidden)):
        world = names | dict(zip(hidden, given, strict=True))
        if all(Counter(world[code] for code in counted) == counts for counted, counts in figures):
            yield world


def certain(possible: list[World], reader: str, truth: World) -> set[str]:
    """The authorities of whose answer a reader is certain: one of the others, or "", an outsider."""
    left = [world for world in possible if world.get(reader) == truth.get(reader)]
    return {code for code in left[0] if len({world[code] for world in left}) == 1} - {reader}


@pytest.mark.thorough
def test_nobody_is_certain_of_an_answer_without_a_name(small: London) -> None:
    figures = 0
    for seed in SEEDS:
        history = played(seed, small)
        all_seen = all_seen_of(published(history, small), history.steps, small)
        codes = sorted(set().union(*(step.levels for step in history.steps)))
        truth = {code: history.world[code] for code in codes}
        figures += sum(len(each.figures) for each in all_seen)
        public = set().union(*(each.names for each in all_seen))
        possible = list(worlds(codes, all_seen))
        assert truth in possible, seed
        for reader in ["", *codes]:
            found = certain(possible, reader, truth) - public
            assert not found, f"seed {seed}: {reader or 'anybody'} knows {found} of {history}"
    # it looked at something
    assert figures > len(SEEDS)


def test_the_program_finds_what_would_be_given_away(small: London) -> None:
    """Were late answers published as they came, the difference of two figures would be found."""
    world = dict(zip("abefj", "AABBA", strict=True))
    first = dict.fromkeys("abef", "i")
    steps = [Step("2026", False, first), Step("2026", False, first | {"j": "l"})]
    frames = [frame(step, world) for step in steps]
    each_alone = [publish([one], ASKED, small)[0] for one in frames]
    found = worlds(sorted(world), all_seen_of(each_alone, steps, small))
    assert certain(list(found), "", world) == {"j"}
    found = worlds(sorted(world), all_seen_of(publish(frames, ASKED, small), steps, small))
    assert certain(list(found), "", world) == set()


@pytest.mark.parametrize("answer", RESPONSES)
def test_whether_a_correction_is_refused_does_not_tell_what_was_answered(small: London, answer: str) -> None:
    """Without b, what is left would be too much alike if b answered A, and give b away if it answered B."""
    levels = dict(zip("bcfghj", "lliiil", strict=True))
    others = "BABBB" if answer == "A" else "AABBB"
    history = History([Step("2026", False, levels)], dict(zip(levels, answer + others, strict=True)))
    (shown,) = published(history, small)
    assert list(shown["p"].groups) == [WHOLE]
    without = Step("2026", False, {code: level for code, level in levels.items() if code != "b"})
    assert not is_let(history, without, shown, small)
    # taking back is always possible
    assert is_let(history, without._replace(takes_back=True), shown, small)

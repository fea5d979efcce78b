"""What may be shown of the answers to a survey: by borough, by ICS and for London.

Only this module turns answers into figures, so that the level at which an answer may be shown is obeyed
wherever figures are seen, exported or printed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import pandas as pd

from data_loaders.survey.answers import LEVELS, NOT_APPLICABLE
from data_loaders.survey.instruments import TICKS, Instrument
from geo.survey.disclosure_control import (
    NAMED,
    Group,
    Reply,
    counted_levels,
    distribution,
    enough,
    shown_groups,
)
from geo.survey.inference import worked_out
from geo.tables.london import LONDON, London

NO_REPLY, WITHHELD, NOT_TICKED = "no_reply", "withheld", "not_ticked"
WHOLE = ("", LONDON)


class Middle(NamedTuple):
    """The median of ordinal answers: the response in the middle, or the two on both sides of it."""

    lower: str
    upper: str


@dataclass(frozen=True, eq=False)
class Shown:
    """What may be shown of one question.

    `boroughs` gives for each authority's code its response if it is named, else WITHHELD or NO_REPLY.
    `groups` gives the counts of responses by group, for those groups that may be shown: London under WHOLE,
    an ICS under its vintage and code. `replies` is how many authorities answered.
    """

    item_id: str
    boroughs: dict[str, str]
    groups: dict[tuple[str, str], dict[str, int]]
    replies: int


def show(answers: pd.DataFrame, instrument: Instrument, london: London) -> dict[str, Shown]:
    """What may be shown of each question of an instrument: answers are those of one wave."""
    systems, whole = _groups(london)
    replies = {item.item_id: _replies(answers, item.item_id, instrument) for item in instrument.items}
    if instrument.kind == TICKS:
        together = shown_groups(list(replies.values()), systems, whole)
        keys = dict.fromkeys(replies, together)
    else:
        keys = {item_id: shown_groups([found], systems, whole) for item_id, found in replies.items()}
    return {
        item_id: Shown(
            item_id=item_id,
            boroughs={code: _of_borough(found.get(code)) for code in sorted(whole.boroughs)},
            groups={
                group.key: distribution(found, group.boroughs, counted_levels(group.key, whole))
                for group in [whole, *systems]
                if group.key in keys[item_id]
            },
            replies=len(found),
        )
        for item_id, found in replies.items()
    }


class Beside(NamedTuple):
    """What may be shown of answers beside everything of their set of questions that was published before.

    `shown` has no figure from which, with those of before, an answer without a name could be worked out. Such
    figures are in `withheld`, by question and group, with the authorities whose answers they would give away.
    `exposed` are the answers, as area_code and item_id, that names alone give away: an answer that is shown
    with its name now no longer hides others in a figure of before. `enough` has, by question, the groups in
    which enough have answered for a figure.
    """

    shown: dict[str, Shown]
    withheld: dict[str, dict[tuple[str, str], set[str]]]
    exposed: set[tuple[str, str]]
    enough: dict[str, set[tuple[str, str]]]

    def taken_away(self, before: Mapping[str, Shown]) -> dict[str, set[str]]:
        """The questions that lose a figure which the version before has, though enough have answered them.

        Each with the authorities whose answers it would give away; with none where the answers in it are too
        much alike. Whoever refuses the one and not the other tells which of the two it is.
        """
        lost = {
            item_id: (before[item_id].groups.keys() & self.enough[item_id]) - shown.groups.keys()
            for item_id, shown in self.shown.items()
            if item_id in before
        }
        return {
            item_id: set().union(*(self.withheld.get(item_id, {}).get(key, set()) for key in keys))
            for item_id, keys in lost.items()
            if keys
        }


def publish(
    versions: Sequence[pd.DataFrame], instrument: Instrument, london: London
) -> list[dict[str, Shown]]:
    """What may be shown of each of several versions and waves, in the order in which they were saved."""
    return [found.shown for found in _each_beside_those_before(versions, instrument, london)]


def beside(
    before: Sequence[pd.DataFrame], answers: pd.DataFrame, instrument: Instrument, london: London
) -> Beside:
    """What may be shown of answers if they are published after others, of their own and of other waves.

    Each by itself gives nothing away; but whoever has kept earlier figures sees which boroughs have replied
    since, or no longer do, and by how much the figures have changed. It is the same rule as within one wave
    (geo.survey.disclosure_control): nor may one of those boroughs learn what another answered. That an
    answer may change from wave to wave protects nobody, because most do not. An answer that was ever shown
    with its name is no secret.
    """
    return _each_beside_those_before([*before, answers], instrument, london)[-1]


@dataclass(frozen=True)
class _Version:
    """Who answered what in a version, and which groups have figures, both by question."""

    replies: Mapping[str, Mapping[str, Reply]]
    shown: Mapping[str, Shown]

    def only(self, item_ids: Sequence[str], keys: Iterable[tuple[str, str]]) -> "_Version":
        """This version, but with figures to these questions for some groups only."""
        kept = set(keys)
        fewer = {
            item_id: replace(
                self.shown[item_id],
                groups={key: n for key, n in self.shown[item_id].groups.items() if key in kept},
            )
            for item_id in item_ids
        }
        return replace(self, shown={**self.shown, **fewer})


def _each_beside_those_before(
    versions: Sequence[pd.DataFrame], instrument: Instrument, london: London
) -> list[Beside]:
    systems, whole = _groups(london)
    groups = {group.key: group for group in [whole, *sorted(systems, key=lambda one: -len(one.boroughs))]}
    items = [item.item_id for item in instrument.items]
    # ticks are tied to each other, and shown together or not at all
    together = [items] if instrument.kind == TICKS else [[item_id] for item_id in items]
    kept: list[_Version] = []
    found: list[Beside] = []
    for answers in versions:
        replies = {item_id: _replies(answers, item_id, instrument) for item_id in items}
        version = _Version(replies, show(answers, instrument, london))
        exposed: set[tuple[str, str]] = set()
        withheld: dict[str, dict[tuple[str, str], set[str]]] = {item_id: {} for item_id in items}
        for tied in together:
            known = _told(kept, tied, groups)
            bare = version.only(tied, ())
            by_names = _told([*kept, bare], tied, groups)
            exposed |= by_names - known
            keys: list[tuple[str, str]] = []
            for key in (key for key in groups if key in version.shown[tied[0]].groups):
                more = _told([*kept, version.only(tied, [*keys, key])], tied, groups) - by_names
                if not more:
                    keys.append(key)
                for item_id in tied if more else ():
                    withheld[item_id][key] = {code for code, of_item in more if of_item == item_id}
            version = version.only(tied, keys)
        kept.append(version)
        found.append(
            Beside(
                dict(version.shown),
                {k: v for k, v in withheld.items() if v},
                exposed,
                {item_id: enough(replies[tied[0]], systems, whole) for tied in together for item_id in tied},
            )
        )
    return found


def _told(
    versions: Sequence[_Version], item_ids: Sequence[str], groups: Mapping[tuple[str, str], Group]
) -> set[tuple[str, str]]:
    """The answers to these questions that can be worked out from all figures of these versions together."""
    found = set()
    for item_id in item_ids:
        named = {
            (code, reply.response)
            for version in versions
            for code, reply in version.replies[item_id].items()
            if reply.level == NAMED
        }
        # a figure that is the same in several versions tells nothing new
        figures = {
            frozenset(
                (code, reply.response)
                for code, reply in version.replies[item_id].items()
                if code in groups[key].boroughs
                and reply.level in counted_levels(key, groups[WHOLE])
                and (code, reply.response) not in named
            )
            for version in versions
            for key in version.shown[item_id].groups
        }
        found |= {(code, item_id) for code in worked_out([dict(figure) for figure in figures])}
    return found


def middle(counts: dict[str, int], instrument: Instrument) -> Middle | None:
    """The median of the answers that have a place on the scale; None when none has."""
    places = instrument.places()
    ordered = [
        response
        for response in sorted(places, key=lambda response: places[response])
        for _ in range(counts.get(response, 0))
    ]
    if not ordered:
        return None
    half = len(ordered) / 2
    return Middle(ordered[int(half - 0.5)], ordered[int(half)])


def mean(counts: dict[str, int], instrument: Instrument) -> float | None:
    """The mean of scores, for instruments of which the 2022 report gives one itself; else None."""
    places = instrument.places()
    total = sum(count for response, count in counts.items() if response in places)
    if not instrument.mean or not total:
        return None
    return sum(places[name] * count for name, count in counts.items() if name in places) / total


def steps(instrument: Instrument) -> dict[str, int]:
    """The responses that can be said to be higher or lower than others, with their places, lowest first."""
    places = instrument.places() | ({NOT_TICKED: 0} if instrument.kind == TICKS else {})
    return dict(sorted(places.items(), key=lambda pair: pair[1]))


def changes(before: dict[str, Shown], now: dict[str, Shown], instrument: Instrument) -> pd.DataFrame:
    """The named answers of two waves that have a place on the scale: what changed, by borough and question.

    Columns: area_code, item_id, before, now (responses), moved (1 up the scale, -1 down, 0 neither). How far
    an answer moved is not said: the steps of an ordinal scale are not of one size. What was withheld in
    either wave is left out.
    """
    places = steps(instrument)
    rows = [
        {"area_code": code, "item_id": item_id, "before": then, "now": response}
        | {"moved": (places[response] > places[then]) - (places[response] < places[then])}
        for item_id, shown in now.items()
        for code, response in shown.boroughs.items()
        if (then := before[item_id].boroughs[code]) in places and response in places
    ]
    return pd.DataFrame(rows, columns=["area_code", "item_id", "before", "now", "moved"])


def weakest(shown: dict[str, Shown], code: str, instrument: Instrument) -> list[str]:
    """The questions in which a named borough is on the lower half of the scale, the lowest first."""
    return lower_half({item_id: found.boroughs[code] for item_id, found in shown.items()}, instrument)


def lower_half(responses: Mapping[str, str], instrument: Instrument) -> list[str]:
    """The questions whose response (by item_id) is on the lower half of the scale, the lowest first."""
    places = instrument.places()
    half = (min(places.values()) + max(places.values())) / 2
    own = {item_id: places[response] for item_id, response in responses.items() if response in places}
    return sorted((item_id for item_id, place in own.items() if place < half), key=own.__getitem__)


def strongest(shown: dict[str, Shown], item_id: str, instrument: Instrument) -> list[str]:
    """The codes of the boroughs that rate themselves highest on a question and may be named."""
    places = instrument.places()
    best = max(places.values())
    return [code for code, response in shown[item_id].boroughs.items() if places.get(response) == best]


def _replies(answers: pd.DataFrame, item_id: str, instrument: Instrument) -> dict[str, Reply]:
    """Who answered what.

    Where answers are ticked, whoever ticked others has not ticked this one, which is an answer, too. All
    ticks of a borough are then at the strictest of their levels: those that are named would tell of the rest.
    """
    rows = answers[answers["item_id"] == item_id]
    given = dict(zip(rows["area_code"], rows["response"], strict=True))
    if instrument.kind != TICKS:
        levels = dict(zip(rows["area_code"], rows["publish_level"], strict=True))
    else:
        strictest = answers.assign(order=answers["publish_level"].map(list(LEVELS).index)).sort_values(
            "order"
        )
        levels = dict(zip(strictest["area_code"], strictest["publish_level"], strict=True))
    return {code: Reply(given.get(code, NOT_TICKED), level) for code, level in levels.items()}


def _of_borough(reply: Reply | None) -> str:
    if reply is None:
        return NO_REPLY
    return reply.response if reply.level == NAMED else WITHHELD


def _groups(london: London) -> tuple[list[Group], Group]:
    """The ICSs of all sets of boundaries, and London: what one of them shows, another must not give away."""
    members = london.footprints.groupby(["vintage", "ics_code"])["area_code"]
    systems = [Group(key, frozenset(codes)) for key, codes in members]
    return systems, Group(WHOLE, frozenset(london.borough_codes.values()))


# labels of the responses that have no place on the scale
BESIDE_THE_SCALE = {NOT_APPLICABLE: "Not applicable", NOT_TICKED: "Not ticked"}

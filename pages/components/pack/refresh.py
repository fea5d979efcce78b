"""A pack brought up to date: the same pieces from the newest figures, and in sentences what that changes.

A piece goes to the newest period where it showed the newest when it was picked out. One that was picked out
for an earlier period stays, and so does one of a pack that was saved before packs noted this.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from geo.lottery.compared import compared
from geo.tables.timeline import same_basis
from pages.components.data import edition, figures
from pages.components.data.indicator_view import IndicatorView
from pages.components.exhibits import stamps
from pages.components.exhibits.kinds import EVERY_PART, ExhibitKind
from pages.components.packs import registry
from pages.components.state.my_pack import Item, MyPack
from pages.components.state.view import View
from pages.components.text import dates, grammar, markdown, time_series, units
from pages.exports.table import MARK


@dataclass(frozen=True)
class Refreshed:
    """A pack brought up to date, what that changes, what stays as it is and why, and what is gone.

    `count` pieces have other figures. Those of which the same is to be said share a sentence.
    """

    pack: MyPack
    changes: tuple[str, ...]
    stays: tuple[str, ...]
    gone: tuple[str, ...]
    count: int


# of one piece, and of several
_SHOWS, _SHOW = ") shows ", ") show "
_IT_WAS, _THEY_WERE = "when it was picked out", "when they were picked out"
# boroughs that are named beside their number
MOST_NAMED = 3


class _Piece(NamedTuple):
    item: Item
    change: str = ""
    stays: str = ""
    gone: str = ""


def refreshed(pack: MyPack) -> Refreshed:
    """The pack from the newest figures."""
    pieces: list[_Piece] = []
    for item in pack.items:
        piece = _refreshed(item)
        others = [own for own in pack.items if own is not item] + [done.item for done in pieces]
        if piece.item[:2] != item[:2] and any(other[:2] == piece.item[:2] for other in others):
            view, _ = registry.view_of_params(dict(item.params))
            with edition.shown_on(registry.EXHIBITS[item.key].page, view):
                called = _called(item, view)
            said = f"{called} stays as it is: another piece shows the newest figures already."
            piece = _Piece(item, stays=said)
        pieces.append(piece)
    return Refreshed(
        replace(pack, items=tuple(piece.item for piece in pieces)),
        tuple(_together([piece.change for piece in pieces if piece.change])),
        tuple(piece.stays for piece in pieces if piece.stays),
        tuple(piece.gone for piece in pieces if piece.gone),
        sum(bool(piece.change) for piece in pieces),
    )


def _together(changes: Sequence[str]) -> list[str]:
    """Changes of which those that differ in nothing but what shows them are one."""
    shown_by: dict[str, list[str]] = {}
    for change in changes:
        name, _, rest = change.partition(" (")
        shown_by.setdefault(rest, []).append(name)
    return [
        f"{names[0]} ({rest}"
        if len(names) == 1
        else f"{_listed(names)} ({rest.replace(_SHOWS, _SHOW, 1).replace(_IT_WAS, _THEY_WERE, 1)}"
        for rest, names in shown_by.items()
    ]


def _listed(names: Sequence[str]) -> str:
    first, *others = dict.fromkeys(names)
    return grammar.list_names([first, *(f"{name[0].lower()}{name[1:]}" for name in others)])


def _refreshed(item: Item) -> _Piece:
    kind = registry.EXHIBITS[item.key]
    view, notes = registry.view_of_params(dict(item.params))
    if notes:
        return _Piece(item, gone=f"{kind.name} is left out of the files. {registry.what_is_wrong(notes)}")
    if not _is_dated(kind):
        return _Piece(item)
    with edition.shown_on(kind.page, view):
        return _dated(item, view)


def _dated(item: Item, view: View) -> _Piece:
    called, newest = _called(item, view), figures.london().newest(view.indicator)
    now = stamps.stamp(view.indicator, view.period)
    if view.period == newest:
        return _corrected(item, called, view, now)
    shown, latest = (
        dates.say_period(period, figures.picture(view).indicator) for period in (view.period, newest)
    )
    if not item.seen:
        said = (
            f"{called} shows {shown}, and there are figures for {latest}. It was picked out before packs "
            "noted whether a piece is to show the newest, so it stays as it is."
        )
        return _Piece(item, stays=said)
    if item.seen.startswith(stamps.EARLIER):
        return _corrected(item, called, view, now)
    newer = replace(view, period=newest)
    if registry.exhibit_of(newer, item.key) is None:
        why = registry.why_none(item.key)
        return _Piece(item, stays=f"{called} stays at {shown}: there is none for {latest}. {why}")
    said = " ".join(
        [
            f"{called} shows {latest} in place of {shown}.",
            *_moved(figures.picture(view), figures.picture(newer), view),
            *(["Its heading is your own: check that it still holds."] if item.heading else []),
        ]
    )
    fresh = item._replace(params=tuple(newer.to_params().items()), seen=stamps.stamp(view.indicator, newest))
    return _Piece(fresh, change=said)


def _is_dated(kind: ExhibitKind) -> bool:
    """Whether it shows the period that is chosen: others show each figure at its latest, or answers."""
    return kind.parts != EVERY_PART and "period" in kind.parts


def _corrected(item: Item, called: str, view: View, now: str) -> _Piece:
    """A piece whose period stays, and whether its figures are what they were."""
    if not item.seen or item.seen.rpartition("-")[2] == now.rpartition("-")[2]:
        return _Piece(item)
    period = dates.say_period(view.period, figures.picture(view).indicator)
    said = f"{called}: figures of {period} are other than when it was picked out, corrected or added to."
    # it goes on being what it was picked out as
    was, _, _ = item.seen.partition("-")
    return _Piece(item._replace(seen=f"{was}-{now.rpartition('-')[2]}"), change=said)


def _called(item: Item, view: View) -> str:
    """A piece as people know it: what it is, of which figure, and where."""
    ics = figures.london().ics_names[view.vintage].get(view.ics, "all London")
    of_borough = view.borough and "borough" in registry.EXHIBITS[item.key].parts
    where = f"{view.borough}, {ics}" if of_borough else ics
    label = figures.picture(view).indicator.short_label
    return f"{registry.EXHIBITS[item.key].name} ({label}; {where})"


def _moved(before: IndicatorView, now: IndicatorView, view: View) -> list[str]:
    """How the figures differ between two periods, where they may be compared."""
    london, indicator = figures.london(), now.indicator
    old, new = view.period, london.newest(view.indicator)
    if old not in same_basis(london, view.indicator, new, [old]):
        return ["The two periods are not compared, for the basis of the figures has changed."]
    if indicator.categories:
        return []
    was, its = _values(before, view), _values(now, view)
    said = [_beside(name, was[name], its[name]) for name in its if name in was]
    note = time_series.time_note(indicator, [old, new])
    return [*said, *_counted(before, now, view), *([note] if note else [])]


def _counted(before: IndicatorView, now: IndicatorView, view: View) -> list[str]:
    """How many boroughs have a higher and a lower value than before, as they are shown, and who has none."""
    decimals = now.indicator.decimals
    old, new = (
        compared(each.place_table, view.scope).set_index("area_name")["value"].round(decimals)
        for each in (before, now)
    )
    both = [name for name in new.index if name in old.index]
    higher = [name for name in both if new[name] > old[name]]
    lower = [name for name in both if new[name] < old[name]]
    said = []
    if both:
        counts = [number or "none" for number in (len(higher), len(lower))]
        same = len(both) - len(higher) - len(lower) or "none"
        said.append(
            f"Of {_boroughs(len(both))} with a value in both, {counts[0]} {_have(len(higher))} a higher one "
            f"now{_named(higher)}, {counts[1]} a lower one{_named(lower)}, and {same} the same."
        )
    for names, words_before in (
        ([name for name in old.index if name not in new.index], "Without a value now"),
        (
            [name for name in new.index if name not in old.index],
            "With a value now, and none before",
        ),
    ):
        if names:
            said.append(f"{words_before}: {grammar.list_names(names)}.")
    return said


def _named(names: Sequence[str]) -> str:
    """Who they are, where they are few."""
    return f" ({grammar.list_names(names)})" if 0 < len(names) <= MOST_NAMED else ""


def _values(picture: IndicatorView, view: View) -> dict[str, str]:
    """The values of the chosen borough, its ICS, London and England, where there are any."""
    values = {whole.name: whole.value_text for whole in picture.wholes}
    if view.borough:
        code = figures.london().borough_codes[view.borough]
        own = units.value_of(picture.place_table, code, picture.indicator)
        values = {view.borough: own} | values
    numbers = {name: text for name, text in values.items() if any(letter.isdigit() for letter in text)}
    return {name: text.replace(MARK, "") for name, text in numbers.items()}


def _beside(name: str, before: str, now: str) -> str:
    return f"{name}: {now}, as before." if before == now else f"{name}: {before} before, {now} now."


def _boroughs(count: int) -> str:
    return "1 borough" if count == 1 else f"{count} boroughs"


def _have(count: int) -> str:
    return "has" if count == 1 else "have"


def in_words(count: int, of: int) -> str:
    """That there is something newer for so many pieces of a pack."""
    return f"There are newer or corrected figures for {count} of {of} piece{'s' if of > 1 else ''}."


def listed(sentences: Sequence[str]) -> str:
    """Sentences as a list of Markdown."""
    return "\n".join(f"- {markdown.verbatim(sentence)}" for sentence in sentences)

"""Parts of an address, each found among what there is, or answered with a sentence on what there is."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence

from data_loaders.catalogue import nearest
from geo.tables import listing
from geo.tables.offered import offered
from pages.addresses.reply import RefusalError
from pages.components.data import figures
from pages.components.state.view import ALL_LONDON
from pages.components.text import grammar

LATEST = "latest"


def file_of(name: str, endings: Collection[str], noun: str) -> tuple[str, str]:
    """The name of a file before its first full stop, and its ending. Raises RefusalError for another one."""
    stem, _, ending = name.partition(".")
    if ending not in endings:
        *others, last = (f".{known}" for known in endings)
        said = f"There is no file {grammar.quoted(name)}: ask for {noun} as {', '.join(others)} or {last}."
        raise RefusalError(404, said, list(endings))
    return stem, ending


def parameters(given: Sequence[tuple[str, str]], known: Iterable[str]) -> dict[str, str]:
    """The parameters of an address. Raises RefusalError for one that there is not, or that is given twice.

    If one were passed over, the file would be of something else than was asked for.
    """
    names = list(known)
    for name, _ in given:
        if name not in names:
            said = f"There is no parameter {grammar.quoted(name)}: there {_are(names)}."
            raise RefusalError(400, said, names)
        if sum(other == name for other, _ in given) > 1:
            raise RefusalError(
                400, f"The parameter {grammar.quoted(name)} is given twice: give it once.", names
            )
    return dict(given)


def pick(
    noun: str, given: str, known: Iterable[str], also: Mapping[str, str] | None = None, status: int = 400
) -> str:
    """A known name, whatever the case of its letters, or the one that is `also` called so.

    `noun` is what it is a name of. Raises RefusalError.
    """
    names = list(known)
    called = {name.casefold(): name for name in names}
    called |= {other.casefold(): name for other, name in (also or {}).items()}
    if given.casefold() not in called:
        raise RefusalError(status, f"There is no {noun} {grammar.quoted(given)}: there {_are(names)}.", names)
    return called[given.casefold()]


def indicators() -> list[str]:
    """The indicators that have addresses: those that the app offers."""
    return [indicator.indicator_id for indicator in offered(figures.london())]


def indicator(given: str) -> str:
    """An indicator by its name in links. Raises RefusalError."""
    known = indicators()
    if given in known:
        return given
    guess = nearest(given[: grammar.LONGEST_QUOTE], known)
    hint = f" Did you mean “{guess}”?" if guess else ""
    said = f"There is no indicator {grammar.quoted(given)}.{hint} The address data/ lists all {len(known)}."
    raise RefusalError(404, said, known)


def period(of: str, given: str) -> str:
    """A period of an indicator, or the latest. Raises RefusalError."""
    london = figures.london()
    also = {LATEST: london.newest(of)}
    return pick("figure of this indicator for the period", given, london.periods[of], also)


def vintage(given: str | None) -> str:
    """A set of ICS boundaries; today's if none is given. Raises RefusalError."""
    london = figures.london()
    if given is None:
        return london.vintage_on(dt.date.today())
    return pick("set of ICS boundaries", given, london.vintages)


def scope(given: str | None, vintage: str) -> str | None:
    """An ICS, by its own code or those of its board; None for all London. Raises RefusalError."""
    if given is None or given == ALL_LONDON:
        return None
    london = figures.london()
    boards = {
        code: str(ics)
        for ics, board in listing.boards(london, vintage).iterrows()
        for code in (board["icb_code"], board["icb_ods"])
    }
    return pick(f"ICS within the boundaries of {vintage} called", given, london.ics_names[vintage], boards)


def _are(names: Sequence[str]) -> str:
    return f"{'is' if len(names) == 1 else 'are'} {grammar.list_names(names) if names else 'none'}"

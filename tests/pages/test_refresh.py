"""A saved pack brought up to date: the same pieces from newer figures, and what that changes in sentences."""

import itertools
import re
from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest

from geo.tables.london import London
from pages.components.data import figures
from pages.components.exhibits import stamps
from pages.components.pack import refresh
from pages.components.packs import contents, registry
from pages.components.state import my_pack
from pages.components.state.my_pack import Item, MyPack
from tests.builders import with_periods

SCHOOL = "gld_2022_on"
NEWER = "2026"
EDITIONS = itertools.count()
Use = Callable[[London], None]


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Use:
    """Figures that come into use in place of those before, and are forgotten at the end."""

    def begin(london: London) -> None:
        # what is made once is kept by the edition
        name = f"newer figures {next(EDITIONS)}"
        monkeypatch.setattr(figures.edition, "current", lambda: name)
        monkeypatch.setattr(figures, "_london", lambda _: london)

    return begin


def piece(key: str, link: str, heading: str = "") -> Item:
    """A piece as it is when somebody picks it out."""
    view, problems = registry.view_of(link)
    assert problems == []
    found = registry.exhibit_of(view, key)
    assert found is not None
    return Item(key, tuple(view.to_params().items()), heading, stamps.of_link(found.link))


def newer(london: London, **values: float) -> London:
    """The same with a year more of SCHOOL: the newest again, but for the values of some boroughs."""
    more = with_periods(london, SCHOOL, {NEWER: "2026-06-30"})
    table = more.observations
    rows = (table["indicator_id"] == SCHOOL) & (table["period"] == NEWER)
    for name, value in values.items():
        table.loc[rows & (table["area_name"] == name), "value"] = value
    return replace(more, observations=table)


def opened_again(pack: MyPack) -> MyPack:
    """The pack as its file brings it back."""
    read, problems = my_pack.from_text(pack.to_text(), registry.EXHIBITS)
    assert problems == []
    return read


def params(pack: MyPack) -> list[str]:
    return [dict(item.params)["period"] for item in pack.items]


def test_a_pack_of_the_newest_figures_has_nothing_to_bring_up_to_date() -> None:
    pack = MyPack("Ours", (piece("map", f"?indicator={SCHOOL}"), piece("spine", "?borough=Hackney")))
    fresh = refresh.refreshed(opened_again(pack))
    assert (fresh.pack, fresh.changes, fresh.stays, fresh.gone) == (pack, (), (), ())


def test_what_showed_the_newest_shows_the_newest_again_and_says_what_moved(london: London, use: Use) -> None:
    pack = MyPack("Ours", (piece("map", f"?indicator={SCHOOL}&borough=Hackney"),))
    own = london.figures_of(SCHOOL)
    was = own[(own["period"] == "2025") & (own["area_name"] == "Hackney")]["value"].iloc[0]
    use(newer(london, Hackney=was + 3, Camden=1.0, Barnet=99.0))
    fresh = refresh.refreshed(opened_again(pack))
    assert params(fresh.pack) == [NEWER]
    (said,) = fresh.changes
    assert said.startswith(
        "Map (Good level of development 2022 on; Hackney, all London) "
        "shows summer 2026 in place of summer 2025. "
        f"Hackney: {was:.1f}% before, {was + 3:.1f}% now. London: "
    )
    assert (
        "Of 32 boroughs with a value in both, 2 have a higher one now (Barnet and Hackney), "
        "1 a lower one (Camden), and 29 the same." in said
    )
    # once is enough
    again = refresh.refreshed(fresh.pack)
    assert (again.pack, again.changes) == (fresh.pack, ())


def test_what_was_picked_out_for_an_earlier_period_stays(london: London, use: Use) -> None:
    pack = MyPack("Ours", (piece("ranking", f"?indicator={SCHOOL}&period=2023"),))
    use(newer(london))
    fresh = refresh.refreshed(opened_again(pack))
    assert (fresh.pack, fresh.changes, fresh.stays) == (pack, (), ())


def test_a_pack_from_before_this_was_noted_stays_and_it_is_said_why(london: London, use: Use) -> None:
    pack = MyPack("Ours", (piece("map", f"?indicator={SCHOOL}")._replace(seen=""),))
    use(newer(london))
    fresh = refresh.refreshed(opened_again(pack))
    assert (fresh.pack, fresh.changes) == (pack, ())
    (said,) = fresh.stays
    assert "shows summer 2025, and there are figures for summer 2026." in said
    assert "so it stays as it is" in said


def test_figures_that_were_corrected_are_said_to_be(london: London, use: Use) -> None:
    pack = MyPack(
        "Ours", tuple(piece("map", f"?indicator={SCHOOL}&period={year}") for year in ("2024", "2025"))
    )
    table = london.observations.copy()
    rows = (table["indicator_id"] == SCHOOL) & (table["period"] == "2024") & (table["area_name"] == "Hackney")
    table.loc[rows, "value"] += 1
    use(replace(london, observations=table))
    fresh = refresh.refreshed(opened_again(pack))
    (said,) = fresh.changes
    assert "figures of summer 2024 are other than when it was picked out" in said
    assert params(fresh.pack) == ["2024", "2025"]
    assert refresh.refreshed(fresh.pack).changes == ()


def test_a_heading_of_ones_own_is_kept_and_to_be_checked(london: London, use: Use) -> None:
    pack = MyPack("Ours", (piece("map", f"?indicator={SCHOOL}", "Up in 2025"),))
    use(newer(london))
    fresh = refresh.refreshed(opened_again(pack))
    assert fresh.pack.items[0].heading == "Up in 2025"
    assert fresh.changes[0].endswith("Its heading is your own: check that it still holds.")


def test_a_borough_that_has_no_figure_any_more_is_named(london: London, use: Use) -> None:
    pack = MyPack("Ours", (piece("map", f"?indicator={SCHOOL}"),))
    use(newer(london, Hackney=float("nan")))
    (said,) = refresh.refreshed(opened_again(pack)).changes
    assert "Of 31 boroughs with a value in both" in said
    assert "Without a value now: Hackney." in said


def test_periods_on_another_basis_are_not_compared(london: London, use: Use) -> None:
    link = "?indicator=child_development_good_level"
    pack = MyPack("Ours", (piece("map", f"{link}&period=2021/22"),))
    asked = pack.items[0]
    pack = MyPack("Ours", (asked._replace(seen=asked.seen.replace(stamps.EARLIER, stamps.NEWEST)),))
    (said,) = refresh.refreshed(opened_again(pack)).changes
    assert "in place of 2021/22" in said
    assert "The two periods are not compared" in said
    assert " before, " not in said


def test_what_is_gone_is_said_and_left_where_it_is(london: London, use: Use) -> None:
    gone = Item("map", (("indicator", "no_such_figure"), ("period", "2025"), ("vintage", "2026")))
    fresh = refresh.refreshed(MyPack("Ours", (gone,)))
    assert fresh.pack.items == (gone,)
    (said,) = fresh.gone
    assert said.startswith("Map is left out of the files. There is no indicator “no_such_figure”")


def test_pieces_of_one_figure_that_moved_alike_share_a_sentence(london: London, use: Use) -> None:
    keys = ("map", "ranking")
    pack = MyPack("Ours", tuple(piece(key, f"?indicator={SCHOOL}&borough=Hackney") for key in keys))
    headed = piece("lottery_by_ics", f"?indicator={SCHOOL}&borough=Hackney", "What we asked for")
    use(newer(london, Hackney=99.0))
    fresh = refresh.refreshed(opened_again(replace(pack, items=(*pack.items, headed))))
    together, alone = fresh.changes
    assert together.startswith("Map and ranking (Good level of development 2022 on; ")
    assert ") show summer 2026 in place of summer 2025." in together
    assert alone.endswith("Its heading is your own: check that it still holds.")
    assert fresh.count == 3


def test_no_piece_becomes_the_same_as_another(london: London, use: Use) -> None:
    old = piece("map", f"?indicator={SCHOOL}")
    use(newer(london))
    pack = MyPack("Ours", (old, piece("map", f"?indicator={SCHOOL}")))
    fresh = refresh.refreshed(opened_again(pack))
    assert params(fresh.pack) == ["2025", NEWER]
    assert "another piece shows the newest figures already" in fresh.stays[0]


def test_what_is_as_before_is_said_to_be(london: London, use: Use) -> None:
    pack = MyPack("Ours", (piece("map", f"?indicator={SCHOOL}&borough=Sutton&ics=SWL&vintage=2026"),))
    use(newer(london, Merton=99.0))
    (said,) = refresh.refreshed(opened_again(pack)).changes
    assert re.search(r"Sutton: [\d.]+%, as before\.", said)
    assert (
        "Of 6 boroughs with a value in both, 1 has a higher one now (Merton), none a "
        "lower one, and 5 the same." in said
    )


def test_what_has_changed_stands_at_the_end_of_the_files() -> None:
    view, _ = registry.view_of(f"?indicator={SCHOOL}")
    found = registry.exhibit_of(view, "map")
    assert found is not None
    pack = contents.of_exhibits([(found, "")], "Ours", "/pack", ["One thing.", "Another."])
    assert pack.chapters[-1].heading == "What has changed in this pack"
    assert pack.chapters[-1].points == ("One thing.", "Another.")


@pytest.mark.parametrize("seen", ["", "newest-0123abcd", "earlier-ffffffff"])
@pytest.mark.parametrize("heading", ["", "A heading ~ of one's own"])
def test_what_was_seen_comes_back_from_a_link(seen: str, heading: str) -> None:
    item = Item("map", (("indicator", SCHOOL), ("period", "2025")), heading, seen)
    assert Item.read(item.write(), registry.EXHIBITS) == item


@pytest.mark.parametrize("seen", ["newest", "newest-xyz", "latest-0123abcd", "newest-0123abcd9"])
def test_what_was_not_noted_by_the_app_is_not_believed(seen: str) -> None:
    assert Item.read(f"map~indicator~{SCHOOL}~seen~{seen}", registry.EXHIBITS).seen == ""


def test_a_digest_is_of_the_values_alone(london: London, use: Use) -> None:
    before = stamps.stamp(SCHOOL, "2025")
    shuffled = london.observations.sample(frac=1, random_state=1).reset_index(drop=True)
    use(replace(london, observations=pd.DataFrame(shuffled)))
    assert stamps.stamp(SCHOOL, "2025") == before
    assert stamps.stamp(SCHOOL, "1999") == stamps.stamp("no_such_figure", "2025") == ""

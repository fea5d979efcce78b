"""Each figure bears the day on which it came, whatever comes after it."""

import datetime as dt
import hashlib
import io
import json
import re

import pandas as pd
import pytest

from data_loaders import store, versions
from data_loaders.library import open_library
from data_loaders.publisher import Download
from data_loaders.refresh import take_files
from data_loaders.status import source_status
from geo.tables.listing import listing
from geo.tables.london import London
from pages.components.data import figures
from pages.components.packs import registry
from pages.components.text import citations, dates
from tests.served import CAMDEN, REVIEWS, Publishers, as_csv, register_rows, review_rows

pytestmark = pytest.mark.thorough

NEWER = Download(as_csv(register_rows()), "edubaseallchildrencentre20261101.csv")
OLDER = Download(as_csv(register_rows()), "edubaseallchildrencentre20261001.csv")


def take(source: str, file: Download, day: str, served: Publishers, clock: pytest.MonkeyPatch) -> str:
    """Take in a file on a day; how that went."""
    moment = dt.datetime.fromisoformat(day).replace(hour=9, tzinfo=dt.UTC)
    clock.setattr(versions, "now", lambda: moment)
    return take_files(source, [file], served.order()).kind


def dates_of(link: str, key: str = "map") -> list[str]:
    """What the source lines of an exhibit say of its dates."""
    found = registry.exhibit_of(registry.view_of(link)[0], key)
    assert found is not None
    return re.findall(r"figures to [^.]*(?=\.)", " ".join(found.sources))


def centres(period: str) -> str:
    return f"/?indicator=designated_centres&period={period}"


def test_an_older_register_does_not_relabel_the_newer_figures(
    publishers: Publishers, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert take("dfe_register", NEWER, "2026-11-02", publishers, monkeypatch) == "replaced"
    newest = ["figures to 1 November 2026, retrieved 2 November 2026"]
    assert dates_of(centres("2026-11-01")) == newest
    assert take("dfe_register", OLDER, "2026-11-20", publishers, monkeypatch) == "replaced"
    assert dates_of(centres("2026-11-01")) == newest
    assert dates_of(centres("2026-10-01")) == ["figures to 1 October 2026, retrieved 20 November 2026"]
    # what came with the app says so
    (embedded,) = dates_of(centres("2019-12-06"))
    assert re.fullmatch(r"figures to 6 December 2019, embedded \d+ \w+ 2026", embedded)


def test_one_picture_of_several_days_has_them_all(
    publishers: Publishers, monkeypatch: pytest.MonkeyPatch
) -> None:
    take("dfe_register", NEWER, "2026-11-02", publishers, monkeypatch)
    take("dfe_register", OLDER, "2026-12-20", publishers, monkeypatch)
    of_register, of_hansard = dates_of(f"{centres('2026-11-01')}&borough=Camden", "course")
    assert re.fullmatch(
        r"figures to 1 November 2026, part embedded \d+ \w+ 2026, "
        r"part retrieved 2 November and 20 December 2026",
        of_register,
    )
    assert of_hansard.startswith("figures to 28 February 2010, embedded")


def test_older_reviews_do_not_relabel_the_newer_ones(
    publishers: Publishers, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer, older = (Download(as_csv(review_rows([label])), "reviews.csv") for label in ("2024/25", "2023/24"))
    assert take("ohid_fingertips", newer, "2026-05-03", publishers, monkeypatch) == "replaced"
    review = f"/?indicator={next(iter(REVIEWS))}&period="
    newest = ["figures to 31 March 2025, retrieved 3 May 2026"]
    assert dates_of(f"{review}2024/25") == newest
    assert take("ohid_fingertips", older, "2026-08-20", publishers, monkeypatch) == "replaced"
    assert dates_of(f"{review}2024/25") == newest
    assert dates_of(f"{review}2023/24") == ["figures to 31 March 2024, retrieved 20 August 2026"]
    assert dates_of(f"{review}2024/25", "lottery_over_time") == [
        "figures to 31 March 2025, retrieved 3 May and 20 August 2026"
    ]


def test_the_same_file_on_another_day_is_nothing_new(
    publishers: Publishers, monkeypatch: pytest.MonkeyPatch
) -> None:
    take("dfe_register", NEWER, "2026-11-02", publishers, monkeypatch)
    assert take("dfe_register", NEWER, "2026-11-20", publishers, monkeypatch) == "unchanged"
    assert dates_of(centres("2026-11-01")) == ["figures to 1 November 2026, retrieved 2 November 2026"]


def test_figures_from_before_each_had_a_day_have_that_of_their_download(
    publishers: Publishers, monkeypatch: pytest.MonkeyPatch
) -> None:
    take("dfe_register", NEWER, "2026-11-02", publishers, monkeypatch)
    _without_days(publishers)
    assert dates_of(centres("2026-11-01")) == ["figures to 1 November 2026, retrieved 2 November 2026"]
    take("dfe_register", OLDER, "2026-11-20", publishers, monkeypatch)
    assert dates_of(centres("2026-11-01")) == ["figures to 1 November 2026, retrieved 2 November 2026"]


def _without_days(publishers: Publishers) -> None:
    """The version in use as it was written before its figures had days."""
    version = open_library().versions["dfe_register"]
    folder = publishers.live / "dfe_register" / version.name
    table = "observations/live/dfe_register.csv"
    rows = pd.read_csv(folder / table, dtype=str, keep_default_na=False)
    assert set(rows["retrieved"]) == {"2026-11-02"}
    content = rows.drop(columns="retrieved").to_csv(index=False, lineterminator="\n").encode()
    (folder / table).write_bytes(content)
    manifest = json.loads((folder / store.MANIFEST).read_bytes())
    for entry in manifest["tables"]:
        if entry["table"] == table:
            entry["sha256"] = hashlib.sha256(content).hexdigest()
    (folder / store.MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")


def test_files_have_the_day_in_each_row(publishers: Publishers, monkeypatch: pytest.MonkeyPatch) -> None:
    take("dfe_register", NEWER, "2026-11-02", publishers, monkeypatch)
    rows = listing(figures.london(), "centres_per_10k_0_4", "2026-11-01", "2026").set_index("area_code")
    # the centres came by download, the children with the app
    assert rows.at[CAMDEN, "retrieved"] == "2026-11-02; embedded"
    numbers = registry.exhibit_of(registry.view_of(centres("2026-11-01"))[0], "numbers")
    assert numbers is not None
    assert set(numbers.numbers().rows["retrieved"]) == {"2026-11-02"}
    stored = open_library().entries["observations/live/dfe_register.csv"].path.read_bytes()
    assert set(pd.read_csv(io.BytesIO(stored))["retrieved"]) == {"2026-11-02"}


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (["2026-05-03"], "3 May 2026"),
        (["2026-05-03", "2026-08-20"], "3 May and 20 August 2026"),
        (["2025-12-31", "2026-01-02"], "31 December 2025 and 2 January 2026"),
        (["2026-05-03", "2026-06-01", "2026-08-20"], "between 3 May and 20 August 2026"),
    ],
)
def test_days_in_words(days: list[str], said: str) -> None:
    assert dates.say_days(days) == said


def test_what_may_be_out_of_date_is_said_by_day_with_each_publisher_once(london: London) -> None:
    new, old = dt.date(2026, 11, 12), dt.date(2026, 11, 3)
    late = {"dfe_register": new, "ons_population": old, "ons_geography": old}
    assert citations.late_line(late, london.catalogue) == (
        "There may be newer figures: the last usable answer of a publisher came on 3 November 2026 "
        "(Office for National Statistics) and on 12 November 2026 (Department for Education)."
    )
    assert citations.late_line({}, london.catalogue) == ""


def test_the_page_on_data_keeps_the_dates_of_the_version(
    publishers: Publishers, monkeypatch: pytest.MonkeyPatch
) -> None:
    take("dfe_register", NEWER, "2026-11-02", publishers, monkeypatch)
    take("dfe_register", OLDER, "2026-11-20", publishers, monkeypatch)
    status = source_status(open_library(), publishers.live)
    table = citations.source_table(status, figures.london().catalogue)
    (row,) = table[table["Publication"].str.contains("formerly EduBase")].to_dict("records")
    assert (row["Figures to"], row["Origin"]) == ("1 November 2026", "Downloaded 20 November 2026")

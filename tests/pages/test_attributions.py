"""What sources ask to be said of them is said, and once."""

import re
from pathlib import Path

from geo.tables.london import London
from pages.components.text import citations


def test_what_all_sources_ask_for_is_said_once(london: London) -> None:
    sources = london.catalogue.sources.values()
    said = citations.attributions(sources)
    assert "Licence v.3.0. Quoted from Beyond Boundaries" in said
    assert (
        "2026. Powered by TfL Open Data. Contains OS data © Crown copyright and database rights 2016." in said
    )
    sentences = said.replace("v.3.0", "v3").removesuffix(".").split(". ")
    assert len(sentences) == len(set(sentences)) == 9
    assert all(part in said for source in sources for part in source.attribution.split(". "))


def test_the_readme_says_what_all_sources_ask_for(london: London) -> None:
    said = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    asked = citations.attributions(london.catalogue.sources.values())
    assert all(part in said for part in re.split(r"(?<=\.) (?=[A-Z])", asked))


def test_what_asks_for_nothing_says_nothing() -> None:
    assert citations.attributions([]) == ""

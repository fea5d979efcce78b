"""The page About: its words, and where to write to."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data_loaders import settings
from data_loaders.catalogue import load_catalogue
from data_loaders.store import read_manifest
from pages.components.about.glossary import terms

ROOT = Path(__file__).parents[2]
# of bodies that everybody knows
KNOWN = {"NHS"}


def test_every_abbreviation_in_the_name_of_an_indicator_is_explained() -> None:
    explained = " ".join(f"{term.word} {term.short}" for term in terms())
    used = {
        word
        for indicator in load_catalogue(read_manifest()).indicators.values()
        if indicator.shown
        for text in (indicator.label, indicator.short_label, indicator.definition)
        for word in re.findall(r"\b[A-Z][A-Z0-9]+(?:-\d)?\b", text)
    }
    assert "ASQ-3" in used
    assert {word for word in used - KNOWN if word not in explained} == set()


def test_words_stand_in_the_order_of_the_alphabet_and_mean_whole_sentences() -> None:
    listed = [term.word for term in terms()]
    assert listed == sorted(listed, key=str.casefold)
    assert [term.word for term in terms() if not re.search(r"^[A-Z“].*\.$", term.meaning)] == []


def about() -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    return app.switch_page("pages/about.py").run()


def text_of(app: AppTest) -> str:
    return "\n".join(element.value for element in app.markdown)


def test_the_page_says_whose_the_app_is_not_and_has_no_filters() -> None:
    app = about()
    assert not app.exception
    assert "not made by London Councils, Isos Partnership or the NHS" in text_of(app)
    assert [box.label for box in app.selectbox] == []


def test_errors_are_written_to_whoever_runs_the_app(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "tell whoever gave you the address" in text_of(about())
    monkeypatch.setenv(settings.CONTACT, "early.years@example.org")
    assert "Please write to <early.years@example.org>." in text_of(about())


@pytest.mark.parametrize("contact", ["somebody", "http://example.org", "a@b.org> [x](https://evil)", "a@b"])
def test_a_contact_that_is_none_is_said_to_be(contact: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(settings.CONTACT, contact)
    with pytest.raises(settings.SettingError, match=settings.CONTACT):
        settings.check()


def test_methods_have_their_formulas_and_references_a_level_below_their_heading() -> None:
    (methods,) = [one for one in about().markdown if "Wilson EB" in one.value]
    assert methods.value.lstrip().startswith("What is published is shown as it is published.")
    assert re.search(r"^### How sure a figure is$", methods.value, re.MULTILINE)
    assert not re.search(r"^##? ", methods.value, re.MULTILINE)

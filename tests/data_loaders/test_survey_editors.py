"""Only whose address the provider vouches for, and is on the list, may save for everyone."""

from pathlib import Path

import pytest

from data_loaders import settings
from data_loaders.survey.sign_ins import person

EDITORS = frozenset({"anna@example.org", "kim@example.org"})


@pytest.mark.parametrize(
    ("claims", "takes_unverified", "refusal"),
    [
        ({"email": "anna@example.org", "email_verified": True}, False, ""),
        ({"email": " Anna@Example.ORG ", "email_verified": "true"}, False, ""),
        ({"email": "anna@example.org"}, True, ""),
        # nobody vouches for the address
        ({"email": "anna@example.org"}, False, "verified"),
        ({"email": "anna@example.org", "email_verified": None}, False, "verified"),
        # or the provider says that it is not theirs
        ({"email": "anna@example.org", "email_verified": False}, True, "verified"),
        ({"email": "anna@example.org", "email_verified": "false"}, True, "verified"),
        ({"email": "anna@example.org", "email_verified": "yes"}, True, "verified"),
        ({"email": "anna@example.org", "email_verified": ""}, True, "verified"),
        ({"email": "other@example.org", "email_verified": True}, True, "not on the list"),
        # the sign of the kelvin becomes a k when the case of letters is folded
        ({"email": "\N{KELVIN SIGN}im@example.org", "email_verified": True}, True, "not on the list"),
        ({"email_verified": True, "preferred_username": "anna@example.org"}, True, "no e-mail address"),
        ({"email": ["anna@example.org"], "email_verified": True}, True, "no e-mail address"),
        ({"email": "", "email_verified": True}, True, "no e-mail address"),
        ({}, True, "no e-mail address"),
    ],
)
def test_who_is_an_editor(claims: dict[str, object], takes_unverified: bool, refusal: str) -> None:
    found = person(claims, EDITORS, takes_unverified)
    assert found.is_editor == (refusal == "")
    assert refusal in found.refusal


def test_without_a_list_nobody_is_an_editor() -> None:
    assert not person({"email": "anna@example.org", "email_verified": True}, frozenset(), True).is_editor


def test_the_list_is_a_setting_or_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings.editors() == frozenset()
    monkeypatch.setenv(settings.EDITORS, "Anna@example.org, kim@example.org,")
    assert settings.editors() == EDITORS
    file = tmp_path / "editors.txt"
    file.write_text("# who may save\nanna@example.org  # until March\n\nKIM@example.org\n", encoding="utf-8")
    monkeypatch.setenv(settings.EDITORS, str(file))
    assert settings.editors() == EDITORS
    # read anew each time: whoever is taken off the list may no longer save
    file.write_text("kim@example.org\n", encoding="utf-8")
    assert settings.editors() == {"kim@example.org"}


def test_a_list_that_cannot_be_read_is_said_to_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(settings.EDITORS, str(tmp_path / "nowhere.txt"))
    with pytest.raises(settings.SettingError, match="divided by commas"):
        settings.editors()


@pytest.mark.parametrize(
    ("given", "expected"), [("", False), ("accept", True), ("Accept", True), ("1", False)]
)
def test_unverified_addresses_count_only_when_that_is_said(
    given: str, expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(settings.UNVERIFIED, given)
    assert settings.takes_unverified_addresses() is expected

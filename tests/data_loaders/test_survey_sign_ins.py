"""A sign-in ends after some hours, and when its person signs out anywhere."""

import pytest

from data_loaders.survey.sign_ins import LIFE_S, is_over, whose

MADE = {"iss": "https://provider", "sub": "an-editor", "iat": 1_700_000_000}
NOON = 1_700_000_000.0


@pytest.mark.parametrize(
    ("claims", "signed_out", "now", "over"),
    [
        (MADE, 0, NOON + 60, False),
        (MADE, 0, NOON + LIFE_S + 1, True),
        # signed out before and after this sign-in was made
        (MADE, NOON - 1, NOON + 60, False),
        (MADE, NOON, NOON + 60, True),
        (MADE, NOON + 30, NOON + 60, True),
        # a provider that does not say when
        ({"iss": "x", "sub": "y"}, 0, NOON, True),
        (MADE | {"iat": "soon"}, 0, NOON, True),
    ],
)
def test_when_a_sign_in_counts_no_longer(claims: dict, signed_out: float, now: float, over: bool) -> None:
    assert is_over(claims, signed_out, now) == over


def test_a_person_is_known_by_the_provider_and_its_name_for_them_and_by_nothing_readable() -> None:
    assert whose(MADE) == whose(MADE | {"iat": 1, "email": "a@example.org"})
    assert len({whose(MADE), whose(MADE | {"sub": "other"}), whose(MADE | {"iss": "https://other"})}) == 3
    assert "editor" not in whose(MADE)

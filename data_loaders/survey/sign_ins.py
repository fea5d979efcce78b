"""Sign-ins: who may save answers for everyone, and how long one counts.

It counts for some hours, and not once the person has signed out anywhere.

A browser keeps its sign-in for a month, and a page that is open knows nothing of a button pressed in another:
so whoever may save is asked anew each time, by what the provider said when they signed in.
"""

import hashlib
from collections.abc import Collection, Mapping
from typing import NamedTuple

LIFE_S = 8 * 3600
# some providers write the claim as a text
_TRUE = (True, "true")


def whose(claims: Mapping[str, object]) -> str:
    """A text that stands for the person of a sign-in, and tells nobody who it is."""
    return hashlib.sha256(f"{claims.get('iss')}\n{claims.get('sub')}".encode()).hexdigest()


def made_at(claims: Mapping[str, object]) -> float:
    """When the provider made a sign-in, in seconds since 1970; 0 where it does not say."""
    given = claims.get("iat")
    return float(given) if isinstance(given, int | float) else 0.0


def is_over(claims: Mapping[str, object], signed_out: float, now: float) -> bool:
    """Whether a sign-in counts no longer; `signed_out` is when the person last did, 0 for never."""
    return made_at(claims) <= signed_out or now - made_at(claims) > LIFE_S


class Person(NamedTuple):
    """Who has signed in: their e-mail address, and why they may not save; empty when they may."""

    address: str
    refusal: str

    @property
    def is_editor(self) -> bool:
        """Whether they may save answers for everyone."""
        return not self.refusal


def person(claims: Mapping[str, object], editors: Collection[str], takes_unverified: bool) -> Person:
    """The person whom an OpenID Connect provider describes by these claims.

    An address counts only when the provider says that it has verified it: some providers let people write
    any address into their own profile, an editor's too. `takes_unverified` is for providers that never say
    (an organisation's own directory), not for one that says no. `editors` are casefolded addresses; only
    plain letters are compared, so that no look-alike becomes an editor by casefolding.
    """
    given = claims.get("email")
    address = given.strip() if isinstance(given, str) else ""
    if not address:
        return Person("", "your sign-in gives no e-mail address")
    verified = claims.get("email_verified")
    if verified not in _TRUE and not (verified is None and takes_unverified):
        return Person(address, "your sign-in does not say that this address was verified")
    if not address.isascii() or address.casefold() not in editors:
        return Person(address, "this address is not on the list of those who may")
    return Person(address, "")

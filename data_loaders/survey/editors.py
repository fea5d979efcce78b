"""Who may save answers for everyone: what a sign-in says of a person, held against the editors' list."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

# some providers write the claim as a text
_TRUE = (True, "true")


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

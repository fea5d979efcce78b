"""How long a sign-in counts: for some hours, and not once the person has signed out anywhere.

A browser keeps its sign-in for a month, and a page that is open knows nothing of a button pressed in another:
so whoever may save is asked anew each time, by what the provider said when they signed in.
"""

import hashlib
from collections.abc import Mapping

LIFE_S = 8 * 3600


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

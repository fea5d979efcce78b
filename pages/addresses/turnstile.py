"""Each client is let in so often, so that none takes the server away from the others."""

import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from pages.addresses.reply import RefusalError

# requests at once, and one more each so many seconds: every indicator in two formats is about a hundred
AT_ONCE, EACH_S = 120, 0.5
# that are remembered: of the others nobody has asked for the longest
MOST_CLIENTS = 10_000
TOO_OFTEN = "You have asked very often within a minute: please ask again in a minute."


class Turnstile:
    """Turns away a client that has asked too often (429, with Retry-After)."""

    def __init__(self, app: ASGIApp, now: Callable[[], float] = time.monotonic) -> None:
        self.app, self._now = app, now
        # when each client will have had all its requests given back
        self._whole_at: OrderedDict[str, float] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or self._lets_in(client_of(scope)):
            await self.app(scope, receive, send)
        else:
            response = RefusalError(429, TOO_OFTEN).response(Request(scope))
            await response(scope, receive, send)

    def _lets_in(self, client: str) -> bool:
        now = self._now()
        whole_at = max(self._whole_at.pop(client, now), now)
        is_in = whole_at + EACH_S - now <= AT_ONCE * EACH_S
        self._whole_at[client] = whole_at + EACH_S if is_in else whole_at
        while len(self._whole_at) > MOST_CLIENTS:
            self._whole_at.popitem(last=False)
        return is_in


def client_of(scope: Scope) -> str:
    """Who asks: an address, of IPv6 the network of one connection (/64); all unknown ones are one client."""
    host = scope["client"][0] if scope.get("client") else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else host

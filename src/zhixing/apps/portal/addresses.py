"""Where a request comes from, as far as it can be trusted."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

NETWORK = 64  # an IPv6 customer has a network of his own, not an address


def client_of(request: HttpRequest) -> str:
    """A keyed hash of the visitor's address.

    Behind `PORTAL_PROXIES` proxies of the bureau the address is the one the outermost of them saw;
    what stands further left in the header was written by the visitor and is not believed.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.PORTAL_PROXIES:
        passed = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
        if len(passed) >= settings.PORTAL_PROXIES and passed[-settings.PORTAL_PROXIES]:
            address = passed[-settings.PORTAL_PROXIES]
    return salted_hmac("portal.address", _network(address), algorithm="sha256").hexdigest()


def _network(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address[:100]
    if parsed.version == 6:
        return str(ipaddress.ip_network((address, NETWORK), strict=False))
    return str(parsed)

"""Who is at the other end of a connection: the real peer, or whom a trusted proxy names.

Headers that anybody can send are believed from the one proxy that the settings name, and from nobody else.
"""

from ipaddress import IPv4Address, IPv6Address, ip_address

from starlette.datastructures import Headers
from starlette.types import Scope

Address = IPv4Address | IPv6Address
# Gradio would tell the page to call whatever host these name.
_NAMING_HOSTS = {b"x-gradio-server", b"x-forwarded-host"}
_FORWARDING = ("x-forwarded-for", "forwarded", "x-real-ip", "via")


def client_address(scope: Scope, trusted_proxy: Address | None = None) -> str:
    """The client's address: the last one that the trusted proxy added, else the peer's own; "" if there is none."""
    peer = _peer(scope)
    if _is_proxy(peer, trusted_proxy):
        named = ",".join(Headers(scope=scope).getlist("x-forwarded-for")).rpartition(",")[2].strip()
        parsed = _parse(named)
        return peer if parsed is None else str(parsed)
    return peer


def is_https(scope: Scope, trusted_proxy: Address | None = None) -> bool:
    """Whether the client's own connection is encrypted."""
    if _is_proxy(_peer(scope), trusted_proxy):
        return Headers(scope=scope).get("x-forwarded-proto", "") == "https"
    return bool(scope.get("scheme") == "https")


def is_local(scope: Scope, trusted_proxy: Address | None = None) -> bool:
    """Whether the client is on this machine; what a proxy passed on is not, if the proxy is not a trusted one."""
    address = _parse(client_address(scope, trusted_proxy))
    passed_on = any(name in Headers(scope=scope) for name in _FORWARDING)
    proxied = passed_on and not _is_proxy(_peer(scope), trusted_proxy)
    return address is not None and address.is_loopback and not proxied


def drop_false_hosts(scope: Scope, trusted_proxy: Address | None = None) -> None:
    """Take out of a request the headers by which it names our host, but for what the trusted proxy says."""
    if not _is_proxy(_peer(scope), trusted_proxy):
        scope["headers"] = [(name, value) for name, value in scope["headers"] if name not in _NAMING_HOSTS]


def network_of(address: str) -> str:
    """What is limited together: an IPv4 address, or the /64 that one customer has of IPv6.

    >>> network_of("2001:db8::1") == network_of("2001:db8::2")
    True
    """
    parsed = _parse(address)
    if isinstance(parsed, IPv6Address):
        return str(IPv6Address(int(parsed) >> 64 << 64))
    return address


def _peer(scope: Scope) -> str:
    client = scope.get("client")
    parsed = _parse(client[0]) if client else None
    return str(parsed) if parsed is not None else str(client[0]) if client else ""


def _parse(text: str) -> Address | None:
    """The address; one of IPv4 written as IPv6 is that of IPv4."""
    try:
        parsed = ip_address(text)
    except ValueError:
        return None
    return (parsed.ipv4_mapped or parsed) if isinstance(parsed, IPv6Address) else parsed


def _is_proxy(peer: str, trusted_proxy: Address | None) -> bool:
    return trusted_proxy is not None and peer == str(trusted_proxy)

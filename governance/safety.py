"""What an installation may not do: refused when settings are read, in every process, not only by `check --deploy`."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}


def refuse_the_insecure(
    *, debug: bool, embedded: bool, hosts: list[str], https: bool, plain_http_accepted: bool
) -> None:
    """Raise ImproperlyConfigured, saying what to set, for a combination that would expose people's data."""
    if debug and not embedded:
        raise ImproperlyConfigured("DEBUG shows settings and data to every visitor: unset it where DATABASE_URL is set")
    if debug:
        return
    if "*" in hosts:
        raise ImproperlyConfigured("ALLOWED_HOSTS=*: name the hosts; forged host names end up in links")
    foreign = sorted(set(hosts) - LOOPBACK)
    if foreign and not https and not plain_http_accepted:
        raise ImproperlyConfigured(
            f"ALLOWED_HOSTS names {', '.join(foreign)} without encryption: set HTTPS=1 behind a TLS proxy, "
            "or PLAIN_HTTP_ACCEPTED=1 on a closed network"
        )


def origins(url: str) -> list[str]:
    """Return the origin of `url` as a source for the content security policy; nothing for no address."""
    if not url:
        return []
    parts = urlsplit(url.replace("{s}.", "*."))
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ImproperlyConfigured(
            f"MAP_TILE_URL={url!r}: give an address such as https://tiles.example/{{z}}/{{x}}/{{y}}.png"
        )
    return [f"{parts.scheme}://{parts.netloc}"]


def on_port(hosts: list[str], *, port: int, https: bool) -> list[str]:
    """Return the origins of some hosts on one port, as browsers and content security policies write them.

    Patterns and bare IPv6 addresses have no such form and are left out: their pages ask by themselves.
    """
    scheme = "https" if https else "http"
    return [f"{scheme}://{host}:{port}" for host in hosts if not host.startswith((".", "*", "["))]


def live_sources(address: str, *, hosts: list[str], port: int, https: bool) -> list[str]:
    """Return what the content security policy must let pages connect to for live updates, beside their own address."""
    if address.startswith("/"):
        return []
    if address:
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise ImproperlyConfigured(f"LIVE_ADDRESS={address!r}: give /live/, or an address such as https://…/live/")
        return [f"{parts.scheme}://{parts.netloc}"]
    return on_port(hosts, port=port, https=https) if port else []

"""Where pages hear of changes: what the policy of the pages allows, and what is refused at the start."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from governance.safety import live_sources, on_port

HOSTS = ["127.0.0.1", "grid.example", "[::1]", ".example"]


def test_behind_a_proxy_the_pages_own_address_is_enough():
    assert live_sources("/live/", hosts=HOSTS, port=8001, https=True) == []


def test_without_a_proxy_the_same_hosts_on_the_port_are_named():
    assert live_sources("", hosts=HOSTS, port=8001, https=False) == [
        "http://127.0.0.1:8001",
        "http://grid.example:8001",
    ]
    assert live_sources("", hosts=HOSTS, port=0, https=False) == []
    assert on_port(["grid.example"], port=443, https=True) == ["https://grid.example:443"]


def test_another_address_is_named_by_its_origin_and_nonsense_is_refused():
    assert live_sources("https://live.example/live/", hosts=HOSTS, port=0, https=True) == ["https://live.example"]
    with pytest.raises(ImproperlyConfigured, match="LIVE_ADDRESS"):
        live_sources("live.example", hosts=HOSTS, port=0, https=True)


def test_pages_may_connect_to_nothing_else(client, db):
    policy = client.get("/sign-in/").headers["Content-Security-Policy"]
    assert "connect-src 'self'" in policy

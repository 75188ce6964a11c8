"""In the description of the API every component is one thing: two serializers never share a name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import yaml
from rest_framework.serializers import BaseSerializer

from governance.documents import openapi
from tests.architecture.sources import APPS


def serializers(of: type = BaseSerializer) -> Iterator[type]:
    """Every serializer of ours that the addresses of the API have loaded."""
    for one in of.__subclasses__():
        yield one
        yield from serializers(one)


def test_two_serializers_never_share_a_component(db):
    openapi()  # reads every address, and with it every module of the API
    named = defaultdict(set)
    for one in serializers():
        app, *inside = one.__module__.split(".")
        if app in APPS and "api" in inside and one.__qualname__ == one.__name__:
            named[one.__name__.removesuffix("Serializer")].add(one.__module__)
    assert {name: sorted(where) for name, where in named.items() if len(where) > 1} == {}


def test_no_component_is_numbered_because_its_name_was_taken(db):
    names = yaml.safe_load(openapi())["components"]["schemas"]
    assert [one for one in names if one[-1].isdigit()] == []

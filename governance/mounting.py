"""Finds the doors that each app has: its pages in `<app>/urls.py`, its endpoints in `<app>/api/urls.py`."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path
from rest_framework.routers import BaseRouter

DOMAIN_APPS = (
    "organizations",
    "notices",
    "documents",
    "grids",
    "petitions",
    "registry",
    "dispatch",
    "mediation",
    "supervision",
    "liaisons",
    "projects",
    "developments",
    "calls",
    "whistles",
    "assessment",
    "desk",
)
Patterns = list[URLPattern | URLResolver]


def _has(module: str) -> bool:
    parent, _dot, _name = module.rpartition(".")
    return find_spec(parent) is not None and find_spec(module) is not None


def pages() -> Iterator[URLResolver]:
    """Each app's pages under its own name."""
    for app in DOMAIN_APPS:
        if _has(f"{app}.urls"):
            yield path(f"{app}/", include(f"{app}.urls"))


def endpoints(*, router: BaseRouter) -> Patterns:
    """Each app's endpoints: what is on its `router` joins the common one, its `urlpatterns` are taken as they are."""
    plain: Patterns = []
    for app in DOMAIN_APPS:
        if not _has(f"{app}.api.urls"):
            continue
        module = import_module(f"{app}.api.urls")
        if hasattr(module, "router"):
            router.registry.extend(module.router.registry)
        plain.extend(getattr(module, "urlpatterns", []))
    return [*plain, *router.urls]

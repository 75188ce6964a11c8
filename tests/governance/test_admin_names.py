"""The administration calls every app by a name that a person would use, in both languages."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import RequestFactory
from django.utils.translation import override

from organizations.models import User
from tests.world import World

pytestmark = pytest.mark.django_db
OURS = {one.label for one in apps.get_app_configs() if "site-packages" not in one.path}


def headings(user: User) -> list[tuple[str, str, list[str]]]:
    request: Any = RequestFactory().get("/admin/")
    request.user = user
    return [
        (one["app_label"], str(one["name"]), [str(model["name"]) for model in one["models"]])
        for one in admin.site.get_app_list(request)
    ]


def test_no_app_is_called_by_its_package(world: World) -> None:
    keeper = User.objects.create_superuser(username="keeper-of-all", password="grid-demo-1", display_name="k")
    with override("zh-hans"):
        shown = headings(keeper)
    for label, name, models in shown:
        assert any("\u4e00" <= sign <= "\u9fff" for sign in name), label
        assert all(any("\u4e00" <= sign <= "\u9fff" for sign in one) for one in models), (label, models)
    with override("en"):
        shown = headings(keeper)
    for label, name, _models in shown:
        assert name.casefold() != apps.get_app_config(label).name.rpartition(".")[2].casefold() or label in OURS
    assert dict((label, name) for label, name, _models in shown)["axes"] == "Guard of the sign-in"

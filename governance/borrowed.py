"""Apps of other people with the names that our administration shows: they come without names, or without Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from axes.apps import AppConfig as AxesConfig
from django.apps import AppConfig
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Names = Mapping[str, tuple[str | Promise, str | Promise]]
ATTEMPTS: Names = {
    "AccessAttempt": (_("failed sign-in"), _("Failed sign-ins that count")),
    "AccessFailureLog": (_("failure"), _("All failures")),
    "AccessLog": (_("sign-in"), _("Sign-ins")),
}
TOKENS: Names = {"AuthToken": (_("key of the API"), _("Keys of the API"))}


def name_models(config: AppConfig, *, names: Names) -> None:
    """Give the models of an app their singular and plural; no migration of theirs knows about it."""
    for model, (one, many) in names.items():
        meta: Any = config.get_model(model)._meta
        meta.verbose_name, meta.verbose_name_plural = one, many


class SignInGuard(AxesConfig):
    """Who failed to sign in, and who is kept out for a while (django-axes)."""

    verbose_name = _("Guard of the sign-in")

    def ready(self) -> None:
        """What it does by itself, and the names."""
        super().ready()
        name_models(self, names=ATTEMPTS)


class ApiKeys(AppConfig):
    """Keys with which other programs sign in to the API (django-rest-knox)."""

    name = "knox"
    verbose_name = _("Access of other programs")

    def ready(self) -> None:
        """The names."""
        name_models(self, names=TOKENS)

"""The project's own app: pages over several apps, operations, and the Celery application every process shares."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from governance import checks
from governance.celery import app as celery_app

# Importing is what counts: checks register themselves, and `shared_task` finds its broker in web processes too.
__all__ = ["GovernanceConfig", "celery_app", "checks"]


class GovernanceConfig(AppConfig):
    name = "governance"
    verbose_name = _("Command centre")

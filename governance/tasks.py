"""Housekeeping of the platform itself."""

from celery import shared_task
from django.core.management import call_command
from knox.models import get_token_model

from kernel.clock import now
from kernel.idempotency import forget_old


@shared_task(name="governance.sweep_expired")
def sweep_expired() -> None:
    """Remove sessions and tokens that have run out, answers that nobody asks for again, old sign-in failures."""
    at = now()
    call_command("clearsessions")
    get_token_model().objects.filter(expiry__lt=at).delete()
    forget_old(at=at)
    call_command("axes_reset_logs", age=180)

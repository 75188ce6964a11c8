"""The accounts that a demonstration offers on its first page: one person per role."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise

from kernel import clock
from organizations.choices import Role
from organizations.models import Posting, User


@dataclass(frozen=True, slots=True)
class Account:
    """One account to try: what it is for, and where."""

    username: str
    role: str | Promise
    unit: str


@dataclass(frozen=True, slots=True)
class Demo:
    """The accounts with the password that all of them share."""

    accounts: tuple[Account, ...]
    password: str


def demo_accounts() -> Demo | None:
    """One account per role, in the order of the roles; None on a system that is not a demonstration."""
    if not getattr(settings, "DEMO", False):
        return None
    found = _posted() | _citizen()
    accounts = tuple(found[role] for role in Role.values if role in found)
    return Demo(accounts=accounts, password=getattr(settings, "DEMO_PASSWORD", "")) if accounts else None


def _posted() -> dict[str, Account]:
    """The earliest posting of each role that is in force."""
    postings = Posting.objects.in_force(clock.now()).filter(user__is_active=True).select_related("user", "unit")
    first = postings.order_by("role", "pk").distinct("role")
    return {
        one.role: Account(
            username=one.user.username, role=Role(one.role).label, unit=one.unit.short_name or one.unit.name
        )
        for one in first
    }


def _citizen() -> dict[str, Account]:
    """Somebody without any posting is a citizen."""
    user = User.objects.filter(is_active=True, is_staff=False, postings=None).order_by("pk").first()
    return {Role.CITIZEN: Account(username=user.username, role=Role.CITIZEN.label, unit="")} if user else {}

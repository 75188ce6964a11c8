"""A refusal explains itself: verdicts instead of bare booleans."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

from kernel.errors import NotAllowed


@dataclass(frozen=True, slots=True)
class Allowed:
    """Nothing stands against the deed."""

    reason: str = ""

    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Denied:
    """The deed is refused; `reason` is what the person is told, on the button as in the 403."""

    reason: str | Promise

    def __bool__(self) -> bool:
        return False


Verdict = Allowed | Denied


def require(verdict: Verdict) -> None:
    """Raise NotAllowed with the verdict's reason unless it allows."""
    if not verdict:
        raise NotAllowed(verdict.reason)

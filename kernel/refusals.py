"""What the database refuses, in words: the last word on a rule reaches people as a reason, not as a fault.

Each app names in its `refusals` module the constraints whose violation somebody may bring about, by a race or on a way
that the code did not think of.
"""

from __future__ import annotations

from django.db import IntegrityError

from kernel.errors import Conflict, Message

REASONS: dict[str, tuple[str, Message]] = {}


def refuses(constraint: str, *, code: str, because: Message) -> None:
    """Say what a violation of this constraint or trigger is answered with: the code and the reason of a Conflict (409).

    Raises ValueError where it is said twice.
    """
    if constraint in REASONS:
        raise ValueError(f"{constraint} has its words already")
    REASONS[constraint] = (code, because)


def refusal_of(error: IntegrityError) -> Conflict | None:
    """The Conflict that people are told of; None for a violation that nobody should be able to bring about."""
    said = getattr(error.__cause__, "diag", None)
    code, because = REASONS.get(getattr(said, "constraint_name", None) or "", ("", ""))
    return Conflict(because, code=code) if code else None

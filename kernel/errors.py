"""Domain errors: each knows its code and its HTTP status, so that every door answers alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Self

from django.utils.functional import Promise

Message = str | Promise
Fields = Mapping[str, Sequence[Message]]


class DomainError(Exception):
    """Something that the rules refuse. `fields` names what is wrong where; `details` helps a program to go on."""

    status: ClassVar[int] = 400
    default_code: ClassVar[str] = "invalid"

    def __init__(
        self,
        message: Message,
        *,
        code: str = "",
        fields: Fields | None = None,
        details: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.default_code
        self.fields = dict(fields or {})
        self.details = dict(details or {})


class Invalid(DomainError):
    """The input is not of the form asked for."""

    @classmethod
    def field(cls, name: str, why: Message) -> Self:
        """One field is wrong, and nothing else."""
        return cls(why, fields={name: [why]})


class Unprocessable(DomainError):
    """Well-formed, but it contradicts something already said, such as a key used with another body."""

    status = 422
    default_code = "unprocessable"


class NotAllowed(DomainError):
    """Seen, but not permitted; the message says why."""

    status = 403
    default_code = "not_allowed"


class Missing(DomainError):
    """Not there, or not to be seen by this person: the two look the same."""

    status = 404
    default_code = "missing"


class Conflict(DomainError):
    """Somebody else was first; `details` says who and what changed."""

    status = 409
    default_code = "conflict"


class WrongState(Conflict):
    """The move does not exist from where the thing now stands."""

    default_code = "wrong_state"


class Stale(DomainError):
    """The version named in If-Match is no longer the current one."""

    status = 412
    default_code = "stale"


class TooLarge(DomainError):
    """More than is taken in one piece."""

    status = 413
    default_code = "too_large"


class PreconditionRequired(DomainError):
    """A change must name the version that it was made from."""

    status = 428
    default_code = "precondition_required"


class Busy(DomainError):
    """Try again in a moment: a lock was held for too long or a server is coming back."""

    status = 503
    default_code = "busy"

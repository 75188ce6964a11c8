"""The boundary of a deed: one transaction, joined by whatever the deed calls."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import IntegrityError, OperationalError, transaction
from django.utils.translation import gettext as _

from kernel import faults
from kernel.errors import Busy
from kernel.refusals import refusal_of

P = ParamSpec("P")
R = TypeVar("R")

TRIES = 3
DEADLOCK, SERIALIZATION, LOCK_TIMEOUT = "40P01", "40001", "55P03"


def deed(function: Callable[P, R]) -> Callable[P, R]:
    """Run a service function in one transaction; inside another deed it joins that one.

    No savepoint is made: a deed that fails takes its caller with it, so half a deed never stays. The outermost deed is
    tried again after a deadlock, and a lock held by somebody else for too long is answered with Busy.
    """

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if _inside_another():
            with transaction.atomic(savepoint=False):
                return function(*args, **kwargs)
        return in_one_transaction(lambda: function(*args, **kwargs))

    return run


def _inside_another() -> bool:
    """Whether a transaction runs already.

    The one that a test case wraps around itself is none, as for Django's own durable blocks: a deed that is refused
    rolls itself back there too, and the test can look at what is left.
    """
    blocks = transaction.get_connection().atomic_blocks
    return bool(blocks) and not blocks[-1]._from_testcase


def in_one_transaction(work: Callable[[], R]) -> R:
    """Run work in a transaction of its own; again after a deadlock, Busy (503) when a lock was held too long.

    What the database refuses and an app has words for is a Conflict (409) that says why.
    """
    for attempt in range(1, TRIES + 1):
        try:
            with transaction.atomic(durable=True):
                answer = work()
            faults.point("committed")
            return answer
        except IntegrityError as error:
            if refusal := refusal_of(error):
                raise refusal from error
            raise
        except OperationalError as error:
            code = getattr(error.__cause__, "pgcode", None)
            if code == LOCK_TIMEOUT:
                raise Busy(_("Somebody else is working on this just now. Try again in a moment.")) from error
            if code not in (DEADLOCK, SERIALIZATION) or attempt == TRIES:
                raise
    raise AssertionError("unreachable")

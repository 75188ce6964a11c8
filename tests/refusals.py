"""A deed that is refused takes its transaction with it; around it the test goes on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction


@contextmanager
def refused(error: type[Exception], **more: Any) -> Iterator[Any]:
    """Expect the error from what is done inside, in a transaction of its own."""
    with pytest.raises(error, **more) as found, transaction.atomic():
        yield found

"""Many at once: threads that start together, and what became of each."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from kernel.chains import verify_all
from kernel.errors import DomainError


def at_once(deeds):
    """Run all deeds in threads that start together; their results in order."""
    gate = threading.Barrier(len(deeds))

    def run(deed):
        try:
            gate.wait(timeout=60)
            return deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def tried(deed):
    """What became of it: "done", or the code of the refusal."""
    try:
        deed()
    except DomainError as refused:
        return refused.code
    return "done"


def all_intact():
    """Whether every chain of the log holds."""
    return all(one.intact for one in verify_all())

"""Threads that may ask the database, so that the loop that serves everybody never waits for it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import close_old_connections, connection
from django.db.utils import InterfaceError, OperationalError

T = TypeVar("T")


class Room:
    """So many threads, each with a connection of its own that heals by itself."""

    def __init__(self, *, name: str, size: int) -> None:
        self.size = size
        self._pool = ThreadPoolExecutor(size, thread_name_prefix=name)

    async def ask(self, question: Callable[[], T]) -> T:
        """Answer in one of the threads. Raises what the question raises."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, _answer, question)

    def close(self) -> None:
        """Close every thread's connection and end the threads."""
        gate = threading.Barrier(self.size)  # each thread waits for the others, so none closes twice for another
        for _number in range(self.size):
            self._pool.submit(_leave, gate)
        self._pool.shutdown()


def _answer(question: Callable[[], T]) -> T:
    close_old_connections()
    try:
        return question()
    except (OperationalError, InterfaceError):
        connection.close()  # the next question connects anew
        raise


def _leave(gate: threading.Barrier) -> None:
    gate.wait(timeout=10)
    connection.close()

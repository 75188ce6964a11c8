"""Pages of a filled house: what a measurement of them has in common."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bench import house

AIM_MS = 300.0
TIMES = 20


def main(
    *, of: str, doc: str | None, usual: int, fill: Callable[..., None], measure: Callable[..., dict[str, Any]]
) -> None:
    """Fill a seeded house with `--<of> N` open ones, measure its pages, and print the figures."""
    words = argparse.ArgumentParser(prog=f"bench.{of}", description=doc)
    words.add_argument(f"--{of}", type=int, default=usual, dest="total")
    house.asked(
        words,
        fill=lambda given: fill(total=given.total),
        measure=lambda given: {of: given.total, "aim_ms": AIM_MS, **measure()},
    )


def of_people(
    people: Mapping[str, Any], *, paths: Callable[[Any], Iterable[tuple[str, str]]], budget: int
) -> dict[str, Any]:
    """Milliseconds and statements of the pages of each person, by a name. `paths`: of a posting, label and address."""
    from django.test import Client

    found: dict[str, Any] = {"budget": budget, "pages": {}}
    for name, posting in people.items():
        assert posting is not None, f"nobody is {name}"
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(posting.user)
        for label, path in paths(posting):
            found["pages"][f"{name} {label}"] = page(client, path)
    found["worst_statements"] = max(one["statements"] for one in found["pages"].values())
    return found


def posted(role: str) -> Any:
    """The posting of the first who is in a role."""
    from kernel import clock
    from organizations.models import Posting

    posting = Posting.objects.in_force(clock.now()).filter(role=role, unit__active=True).order_by("pk").first()
    assert posting is not None, f"nobody is {role}"
    return posting


def signed_in(role: str) -> Any:
    """A browser of the first who is posted in a role."""
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(posted(role).user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(client: Any, path: str) -> dict[str, Any]:
    """How many statements one page takes, and how long."""
    from django.db import connection

    seen: list[str] = []

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        seen.append(sql)
        return execute(sql, *rest)

    def ask() -> None:
        answer = client.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"

    ask()
    with connection.execute_wrapper(count):
        ask()
    statements = len(seen)
    return {**house.timed(ask, times=TIMES), "statements": statements}

"""The mechanism of a life-cycle: a table of transitions, checked when it is declared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kernel.errors import Invalid, WrongState
from kernel.permissions import Allowed, Denied, Verdict


class Stateful(Protocol):
    state: str


@dataclass(frozen=True, slots=True)
class Transition:
    """One row: which move, from where, to where, who (capability), what must be given, and the law it rests on."""

    move: str
    sources: tuple[str, ...]
    target: str
    capability: str
    label: str | Promise
    needs: tuple[str, ...] = ()
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """What a person is offered: a move, whether it is allowed, and if not, why."""

    move: str
    label: str | Promise
    allowed: bool
    reason: str | Promise
    needs: tuple[str, ...]
    basis: str


WORKFLOWS: dict[str, Workflow] = {}


class Workflow:
    """A whole life in one table. Raises ValueError at import where the table leaks or dead-ends."""

    def __init__(
        self,
        *,
        name: str,
        initial: str,
        final: Iterable[str],
        clocks: Mapping[str, str],
        table: Sequence[Transition],
    ) -> None:
        self.name = name
        self.initial = initial
        self.final = frozenset(final)
        self.clocks = dict(clocks)
        self.table = tuple(table)
        self.states = frozenset({initial, *self.final, *(row.target for row in table)}).union(
            *(row.sources for row in table)
        )
        self._rows = {(row.move, source): row for row in table for source in row.sources}
        self._check()
        WORKFLOWS[name] = self

    def _check(self) -> None:
        leaving = {source for row in self.table for source in row.sources}
        reached = self._reached()
        wrong = []
        if len(self._rows) != sum(len(row.sources) for row in self.table):
            wrong.append("a move is declared twice from one state")
        wrong += [f"{state} is never reached" for state in sorted(self.states - reached)]
        wrong += [f"{state} is final and yet left" for state in sorted(self.final & leaving)]
        wrong += [f"{state} is a dead end" for state in sorted(self.states - self.final - leaving)]
        wrong += [f"{state} has no clock" for state in sorted(self.states - self.final - set(self.clocks))]
        wrong += [f"a clock for {state}, which is no open state" for state in self.clocks if state in self.final]
        if wrong:
            raise ValueError(f"workflow {self.name}: " + "; ".join(wrong))

    def _reached(self) -> set[str]:
        reached, frontier = {self.initial}, [self.initial]
        while frontier:
            here = frontier.pop()
            targets = {row.target for row in self.table if here in row.sources} - reached
            reached |= targets
            frontier += targets
        return reached

    def row(self, *, move: str, state: str) -> Transition:
        """The transition for a move out of a state. Raises WrongState where the table has none."""
        found = self._rows.get((move, state))
        if found is None:
            raise WrongState(
                _("This cannot be done in the present state."),
                details={"workflow": self.name, "move": move, "state": state, "legal": self.legal(state=state)},
            )
        return found

    def legal(self, *, state: str) -> list[str]:
        """The moves that the table has out of a state, in the order of the table."""
        return [row.move for row in self.table if state in row.sources]

    def advance(self, subject: Stateful, move: str, *, given: Mapping[str, Any] | None = None) -> Transition:
        """Put the subject into the move's target state: the one place in the project that assigns a state.

        Raises WrongState (409) where the move does not exist, Invalid naming each need that was not given.
        """
        row = self.row(move=move, state=subject.state)
        lacking = [need for need in row.needs if (given or {}).get(need) in (None, "", (), [])]
        if lacking:
            raise Invalid(
                _("Something that this needs was left out."), fields={need: [_("Required.")] for need in lacking}
            )
        subject.state = row.target
        return row

    def moves(self, *, state: str, verdict: Callable[[Transition], Verdict]) -> list[Move]:
        """Every move out of a state with the verdict for one person: for the buttons and for the API alike."""
        offered = []
        for row in self.table:
            if state not in row.sources:
                continue
            said = verdict(row)
            reason = said.reason if isinstance(said, Denied) else ""
            offered.append(Move(row.move, row.label, isinstance(said, Allowed), reason, row.needs, row.basis))
        return offered

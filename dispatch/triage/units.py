"""Which unit: told by what was dispatched lately in the same and in wider contexts. Pure; numpy only.

Each context of a case (category and place, together and alone) remembers where its cases went: by unit and by role, so
that one village speaks for the others. How far each memory is believed is itself learnt, from case to case.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dispatch.triage.contexts import EVERYWHERE, SHAPES, contexts_of
from dispatch.triage.examples import Case
from dispatch.triage.memory import HALF_LIVES, Memory, role_of
from dispatch.triage.model import softmax

Floats = npt.NDArray[np.float64]
UNIT, ROLE = "unit", "role"
DOUBT = 1.5  # cases that a memory has to hold before it outweighs what is usual everywhere
SIZES = 6  # memories of 0, 1, 3, 7, 15 and 31 cases are believed differently
STEP = 0.03
SEEN = 0.5  # of a case: what has faded further no longer explains anything
SPEAKERS = len(SHAPES) * 2 * len(HALF_LIVES)


@dataclass(frozen=True, slots=True)
class UnitGuess:
    """A unit, how sure (0 to 1), and the narrowest context that knows it: `went` of its `of` cases went there."""

    unit: str
    sure: float
    shape: str = ""
    went: float = 0.0
    of: float = 0.0


@dataclass(frozen=True, slots=True)
class Heard:
    """What the memories say about one case: per speaker and unit, how much more than usual; how much each has seen."""

    usual: Floats
    said: Floats
    size: npt.NDArray[np.int64]


class UnitLearner:
    """Suggests units and learns from each case. `memories` are by subject and context; `units` by key their names."""

    def __init__(self, *, trust: Floats | None = None) -> None:
        self.memories: dict[tuple[str, str], Memory] = {}
        self.trust = np.full((SPEAKERS, SIZES), 2.0 / SPEAKERS) if trust is None else trust.copy()
        self._steps = np.full((SPEAKERS, SIZES), 0.01)
        self.units: list[str] = []
        self._names: dict[str, str] = {}
        self._roles: dict[tuple[str, ...], list[str]] = {}

    def know(self, units: Iterable[tuple[str, str]]) -> None:
        """Units that may be suggested, each by key with its name."""
        for key, name in units:
            if key not in self._names:
                self._names[key] = name
                self.units.append(key)

    def suggest(self, *, case: Case, most: int = 3) -> list[UnitGuess]:
        """The units that cases like this one went to, the surest first."""
        if not self.units:
            return []
        sure = self._sure(self._hear(case))
        best = np.argsort(-sure, kind="stable")[:most]
        return [self._explained(case, self.units[i], float(sure[i])) for i in best]

    def learn(self, *, case: Case, unit: str, name: str) -> None:
        """One more case went to a unit: believe more in what foretold it, then remember it."""
        self.know([(unit, name)])
        heard = self._hear(case)
        sure, right = self._sure(heard), self.units.index(unit)
        lead = heard.said[:, right] - heard.said @ sure
        at = (np.arange(SPEAKERS), heard.size)
        self._steps[at] += lead**2
        self.trust[at] += STEP * lead / np.sqrt(self._steps[at])
        self._remember(case, unit, name)

    def _remember(self, case: Case, unit: str, name: str) -> None:
        self.memory(UNIT, EVERYWHERE).add(unit, case.day)
        role = role_of(unit=name, names=case.names)
        for context in contexts_of(case).values():
            self.memory(UNIT, context).add(unit, case.day)
            self.memory(ROLE, context).add(role, case.day)

    def memory(self, subject: str, context: str) -> Memory:
        """What a context remembers, empty at first."""
        return self.memories.setdefault((subject, context), Memory())

    def _sure(self, heard: Heard) -> Floats:
        believed = self.trust[np.arange(SPEAKERS), heard.size]
        return np.asarray(softmax(heard.usual + believed @ heard.said), dtype=np.float64)

    def _hear(self, case: Case) -> Heard:
        """Ask every memory, the long and the fresh, by unit and by role."""
        answers = {UNIT: self.units, ROLE: self._roles_at(case.names)}
        everywhere = self.memory(UNIT, EVERYWHERE).given
        often = np.array([everywhere.get(one, (0.0,))[0] for one in self.units]) + 0.001
        usual = np.log(often / often.sum())
        said, size = np.zeros((SPEAKERS, len(self.units))), np.zeros(SPEAKERS, dtype=np.int64)
        speaker = 0
        for context in contexts_of(case).values():
            for subject, keys in answers.items():
                memory = self.memories.get((subject, context))
                if memory is not None and memory.given:
                    memory.fade(case.day)
                    self._speak(memory, keys, usual, said[speaker : speaker + 2], size[speaker : speaker + 2])
                speaker += len(HALF_LIVES)
        return Heard(usual, said, size)

    def _speak(self, memory: Memory, keys: list[str], usual: Floats, said: Floats, size: npt.NDArray[np.int64]) -> None:
        """How much more often than usual each unit was the answer here."""
        none = (0.0, 0.0)
        counts = np.array([memory.given.get(key, none) for key in keys]).T
        total = np.array(list(memory.given.values())).sum(axis=0)[:, None]
        said[:] = np.log((counts + DOUBT * np.exp(usual)) / (total + DOUBT)) - usual
        size[:] = np.minimum(SIZES - 1, np.log2(1 + total[:, 0])).astype(np.int64)

    def _roles_at(self, names: tuple[str, ...]) -> list[str]:
        """What each unit would be at this place."""
        known = self._roles.setdefault(names, [])
        known.extend(role_of(unit=self._names[one], names=names) for one in self.units[len(known) :])
        return known

    def _explained(self, case: Case, unit: str, sure: float) -> UnitGuess:
        """The narrowest context that saw this unit."""
        for shape, context in contexts_of(case).items():
            memory = self.memories.get((UNIT, context))
            if memory is not None and (counts := memory.given.get(unit)) and counts[0] > SEEN:
                of = sum(one[0] for one in memory.given.values())
                return UnitGuess(unit, sure, shape, counts[0], of)
        return UnitGuess(unit, sure)

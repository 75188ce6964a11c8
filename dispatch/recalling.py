"""What the counts of dispatched cases remember about one petition: places, contexts, memories."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from dispatch.models import TriageCount
from dispatch.models.triage import Subject
from dispatch.triage.contexts import EVERYWHERE, contexts_of
from dispatch.triage.examples import Case
from dispatch.triage.memory import Memory
from dispatch.triage.units import UnitLearner
from organizations.models import Area, Unit
from petitions.models import Petition

FIRST_DAY = datetime(2020, 1, 1, tzinfo=UTC)
Memories = dict[tuple[str, str], Memory]


def day_of(at: datetime) -> float:
    """The instant as days, for fading."""
    return (at - FIRST_DAY).total_seconds() / 86_400


def place_names(petitions: Iterable[Petition]) -> dict[str, str]:
    """The names of townships and villages by code as petitions carry them. One query."""
    codes = {code.ljust(12, "0") for one in petitions for code in (one.township_code, one.village_code) if code}
    return dict(Area.objects.filter(code__in=codes).values_list("code", "name"))


def case_of(*, petition: Petition, at: datetime, names: Mapping[str, str], category: str = "") -> Case:
    """A petition as the learner of units sees it; `category` where it is not settled yet."""
    code = category or petition.category_id or ""
    places = tuple(one for one in (petition.township_code, petition.village_code) if one)
    return Case(
        levels=tuple(code[:size] for size in (2, 4, 6) if len(code) >= size),
        places=places,
        names=tuple(names.get(one.ljust(12, "0"), "") for one in places),
        source=petition.channel,
        day=day_of(at),
    )


def area_contexts(*, township: str, village: str) -> tuple[str, ...]:
    """Where recent categories are remembered: the village, its township, everywhere."""
    return tuple(one for one in (village, township, EVERYWHERE) if one)


def recalled(*, cases: Sequence[Case], areas: Iterable[str] = ()) -> Memories:
    """All memories that these cases have to do with, by subject and context. One query."""
    wanted = {EVERYWHERE, *areas, *(context for case in cases for context in contexts_of(case).values())}
    found: Memories = {}
    rows = TriageCount.objects.filter(context__in=wanted)
    for subject, context, answer, weight, fresh, at in rows.values_list(
        "subject", "context", "answer", "weight", "fresh", "counted_at"
    ):
        _put(found.setdefault((subject, context), Memory()), answer, [weight, fresh], day_of(at))
    return found


def _put(memory: Memory, answer: str, counts: list[float], day: float) -> None:
    """Bring the row and what is there already to the later day of both."""
    row = Memory(on=day, given={answer: counts})
    row.fade(memory.on)
    memory.fade(day)
    memory.given[answer] = row.given[answer]


def learner_with(*, memories: Memories, trust: object) -> UnitLearner:
    """A learner that knows the units that ever got a case and still work. One query."""
    learner = UnitLearner(trust=trust)  # type: ignore[arg-type]
    learner.memories.update(memories)
    known = [int(key) for key in memories.get((Subject.UNIT, EVERYWHERE), Memory()).given]
    units = Unit.objects.working().filter(pk__in=known).order_by("pk").values_list("pk", "name")
    learner.know((str(pk), name) for pk, name in units)
    return learner

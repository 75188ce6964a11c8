"""What happens next with the units beside the lead of an order: read, and decided by named chance, like plans."""

from __future__ import annotations

from dispatch.joint.choices import TaskState
from dispatch.models import JointTask
from governance.demo.simulation.cases import Case
from governance.demo.simulation.plans import Mind, Step

LATE = 0.12  # of the replies of cooperating units
MOVES = {TaskState.GIVEN: "task_reply", TaskState.RECEIVED: "task_reply", TaskState.REPLIED: "task_judge"}


def next_joint(mind: Mind, case: Case) -> Step | None:
    """The next reply of a cooperating unit, or the lead's word to one; None where nobody is asked for anything.

    The case remembers which task the step is about.
    """
    planned = [(step, task) for task in case.tasks if (step := _step(mind, case, task)) is not None]
    if not planned:
        return None
    step, case.task = min(planned, key=lambda pair: (pair[0].at, pair[1].unit.code))
    return step


def _step(mind: Mind, case: Case, task: JointTask) -> Step | None:
    if task.state not in MOVES or task.counted_from is None or task.due_at is None:
        return None
    random = mind.chance(case, "joint", task.unit.code, task.state == TaskState.REPLIED, task.sent_back)
    if task.state == TaskState.REPLIED:
        return Step(mind.office(task.replied_at or task.due_at, minutes=random.uniform(10, 180)), "task_judge")
    share = 1 + random.expovariate(3) if random.random() < LATE else 0.05 + 0.8 * random.betavariate(1.3, 3)
    return Step(mind.within(task.counted_from, task.due_at, share, random=random), "task_reply")

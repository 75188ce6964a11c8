"""Named steps at which the fault tests kill a process; for everybody else a call that does nothing.

FAULTS="after_event:3" kills at the third pass of `after_event`, but only under the settings of the tests.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable


def _armed() -> Callable[[str], None]:
    wanted = os.environ.get("FAULTS", "")
    if not wanted or os.environ.get("DJANGO_SETTINGS_MODULE") != "governance.settings_test":
        return lambda _name: None
    name, _colon, passes = wanted.partition(":")
    left = int(passes or 1)

    def pass_by(step: str) -> None:
        nonlocal left
        if step == name:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    return pass_by


point = _armed()

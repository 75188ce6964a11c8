"""Named steps at which the tests of faults kill a process; for everybody else a call that does nothing.

Under the settings of the tests, FAULTS names a directory. A file in it named after a step ends the first process that
reaches this step, and only that one: whoever removes the file dies.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path


def _at_steps() -> Callable[[str], None]:
    folder = os.environ.get("FAULTS", "")
    if not folder or os.environ.get("DJANGO_SETTINGS_MODULE") != "governance.settings_test":
        return lambda _step: None

    def point(step: str) -> None:
        try:
            (Path(folder) / step).unlink()
        except FileNotFoundError:
            return
        os.kill(os.getpid(), signal.SIGKILL)

    return point


point = _at_steps()

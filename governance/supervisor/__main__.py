"""`python -m governance.supervisor`: run the product until Ctrl-C or TERM."""

import argparse
import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import NoReturn

from django.core.exceptions import ImproperlyConfigured

from governance.embedded import children
from governance.embedded.errors import CannotStart
from governance.embedded.sharing import holder, holding
from governance.supervisor.house import House

ROOT = Path(__file__).resolve().parent.parent.parent


class Leave(BaseException):
    """Somebody asked us to stop; not an Exception, so that nothing on the way takes it for a failure."""


def main() -> None:
    """Open the house, keep it, close it."""
    parser = argparse.ArgumentParser(description="Run the product until Ctrl-C or TERM.")
    parser.add_argument("--with-parent", action="store_true", help="stop when the process that started us ends")
    wanted = parser.parse_args()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)
    if wanted.with_parent and (tie := children.follow_parent(signal.SIGTERM, parent=os.getppid())):
        tie()
    data = Path(os.environ.get("GRID_DATA_DIR") or ROOT / ".data").absolute()
    os.environ["GRID_DATA_DIR"] = str(data)
    try:
        with holding(data=data) as mine:
            if not mine:
                raise CannotStart(
                    f"already running as process {holder(data=data)}: use it, stop it, or set GRID_DATA_DIR for another"
                )
            host, live_port = os.environ.get("HOST") or "127.0.0.1", os.environ.get("LIVE_PORT")
            _live(
                House(
                    root=ROOT,
                    data=data,
                    host=host,
                    port=_port("PORT", os.environ.get("PORT") or "8000"),
                    live_port=_port("LIVE_PORT", live_port) if live_port else None,
                )
            )
    except (CannotStart, ImproperlyConfigured) as problem:
        sys.exit(f"error: {problem}")
    except Leave:
        sys.exit(0)


def _live(house: House) -> None:
    try:
        house.open()
        house.keep()
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # one request is enough; a second must not leave orphans
        house.close()


def _port(name: str, given: str) -> int:
    if not given.isascii() or not given.isdecimal() or not 1 <= int(given) <= 65535:
        raise CannotStart(f"{name}={given!r}: give a number from 1 to 65535")
    return int(given)


def _leave(number: int, frame: FrameType | None) -> NoReturn:
    raise Leave


if __name__ == "__main__":
    main()

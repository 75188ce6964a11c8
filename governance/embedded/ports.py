"""Free ports, taken below the range the kernel hands out to outgoing connections."""

import random
import socket

from governance.embedded.errors import CannotStart

HOST = "127.0.0.1"
LOWEST, HIGHEST = 20000, 32000
TRIES = 200


def is_free(port: int) -> bool:
    """Tell whether a server could listen on `port` of the loopback address now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """Return a port that is free now; somebody may still take it first, so callers retry."""
    chooser = random.SystemRandom()  # two launchers forked from one process must not draw the same row
    for _ in range(TRIES):
        port = chooser.randint(LOWEST, HIGHEST)
        if is_free(port):
            return port
    raise CannotStart(f"no free port between {LOWEST} and {HIGHEST}: stop what occupies them")

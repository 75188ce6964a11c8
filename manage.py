#!/usr/bin/env python3
"""Django's command line for the grid-governance command centre."""

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

from governance import commandline
from governance.embedded.errors import CannotStart

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "governance.settings")
    try:
        with commandline.environment(arguments=sys.argv, root=Path(__file__).resolve().parent):
            execute_from_command_line(sys.argv)
    except CannotStart as problem:
        sys.exit(f"error: {problem}")

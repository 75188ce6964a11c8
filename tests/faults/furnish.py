"""`python -m tests.faults.furnish`: tables, rights, the small county and tokens for the stage; prints the tokens."""

from __future__ import annotations

import json
import sys

import django


def main() -> None:
    django.setup()
    from django.core.management import call_command
    from knox.models import get_token_model

    from tests.world import build

    with open("/dev/null", "w") as nowhere:
        call_command("migrate", verbosity=0, stdout=nowhere)
        call_command("grant_rights", stdout=nowhere)
    world = build()
    tokens = {name: get_token_model().objects.create(user=user)[1] for name, user in world.users.items()}
    sys.stdout.write("\n" + json.dumps(tokens))


if __name__ == "__main__":
    main()

"""Settings of the tests: the real ones with a fast password hasher, and static files that need no collecting."""

import os
from urllib.parse import urlsplit

from governance.settings import *  # noqa: F403  (a settings module is made of all the names of the other)
from governance.settings import CACHES, DATABASES, REDIS_URL, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# Each worker has a database of its own, and a part of Redis: what one keeps or clears does not concern the other.
WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
CACHES["default"]["LOCATION"] = urlsplit(REDIS_URL)._replace(path=f"/{1 + WORKER}").geturl()
HINTS = False  # they would stand on every page that a test looks at; their own tests switch them on
# The tests bring a migrated database to copy from: laying all tables takes longer than most folders of tests.
if template := os.environ.get("GRID_TEST_TEMPLATE"):
    DATABASES["default"]["TEST"] = {"TEMPLATE": template}

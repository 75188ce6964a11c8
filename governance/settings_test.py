"""Settings of the tests: the real ones with a fast password hasher, and static files that need no collecting."""

import os

from governance.settings import *  # noqa: F403  (a settings module is made of all the names of the other)
from governance.settings import CACHES, DATABASES, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# Two workers have a database each and one Redis: what one keeps must not answer the other.
CACHES["default"]["KEY_PREFIX"] = f"cache-{os.environ.get('PYTEST_XDIST_WORKER', '')}"
HINTS = False  # they would stand on every page that a test looks at; their own tests switch them on
# The tests bring a migrated database to copy from: laying all tables takes longer than most folders of tests.
if template := os.environ.get("GRID_TEST_TEMPLATE"):
    DATABASES["default"]["TEST"] = {"TEMPLATE": template}

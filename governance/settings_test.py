"""Settings of the tests: the real ones with a fast password hasher, and static files that need no collecting."""

from governance.settings import *  # noqa: F403  (a settings module is made of all the names of the other)
from governance.settings import STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}

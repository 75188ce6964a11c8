"""The web server's entry: `granian --interface wsgi governance.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "governance.settings")
os.environ.setdefault("STATEMENT_TIMEOUT_SECONDS", "15")  # somebody is waiting for the page
application = get_wsgi_application()

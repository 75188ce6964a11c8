"""Settings: one file, safe by default; development opts in through the environment (docs/operations.md lists it)."""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from governance import connections, env, logs, safety
from governance.enum_names import ENUM_NAMES

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.text("GRID_DATA_DIR", default=str(BASE_DIR / ".data"))).absolute()

# --- Servers -------------------------------------------------------------------------------------------------------
# Without DATABASE_URL we are the demonstration on embedded servers, which draws its own secrets. With one we are an
# installation, and an installation whose secrets draw themselves would lose them with its first container.
EMBEDDED = not env.text("DATABASE_URL", default="") or env.flag("GRID_EMBEDDED", default=False)
DATABASES = {"default": connections.database(data=DATA_DIR)}
REDIS_URL = connections.redis_url(data=DATA_DIR)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "governance.cache.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "cache",
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
    }
}

# A demonstration has accounts whose password everybody is told, and a history that was played. An installation has not.
DEMO = env.flag("DEMO", default=EMBEDDED)
DEMO_PASSWORD = env.text("DEMO_PASSWORD", default="yicheng-demo")

# --- Secrets and safety --------------------------------------------------------------------------------------------
DEBUG = env.flag("DEBUG", default=False)
SECRET_KEY = env.secret("SECRET_KEY", file=DATA_DIR / "secret.key", may_draw=EMBEDDED)
FIELD_KEYS = env.field_keys("FIELD_KEYS", file=DATA_DIR / "field.key", may_draw=EMBEDDED)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", default=("127.0.0.1", "localhost", "[::1]"))
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", default=())
HTTPS = env.flag("HTTPS", default=False)
PLAIN_HTTP_ACCEPTED = env.flag("PLAIN_HTTP_ACCEPTED", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SESSION_ENGINE = "django.contrib.sessions.backends.db"  # a flushed Redis must not sign everybody out
SESSION_COOKIE_AGE = 12 * 3600  # a shift
SESSION_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "governance.web.faults.forbidden"
# A map's background may come from a tile server of the county; without one the map shows our own boundaries only.
MAP_TILE_URL = env.text("MAP_TILE_URL", default="")
# --- Live updates --------------------------------------------------------------------------------------------------
# Behind a proxy /live/ is an address like any other (LIVE_ADDRESS=/live/). `make run` has no proxy: there pages ask the
# same host on another port. With neither, pages ask now and then by themselves.
LIVE_ADDRESS = env.text("LIVE_ADDRESS", default="")
LIVE_PORT = env.number("LIVE_PORT", default=0, least=0, most=65535)
LIVE_STREAMS = env.number("LIVE_STREAMS", default=2000, least=1, most=100_000)
# Pages that may open a stream from another address than its own.
LIVE_ORIGINS = [
    *safety.on_port(ALLOWED_HOSTS, port=env.number("PORT", default=8000, least=1, most=65535), https=HTTPS),
    *CSRF_TRUSTED_ORIGINS,
]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "connect-src": [SELF, *safety.live_sources(LIVE_ADDRESS, hosts=ALLOWED_HOSTS, port=LIVE_PORT, https=HTTPS)],
        "img-src": [SELF, "data:", "blob:", *safety.origins(MAP_TILE_URL)],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # a body beyond this is refused before it is parsed; files do not count
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_HANDLERS = [
    "kernel.uploads.WholeRequestLimit",  # files do not count above, so a gigabyte would be stored before anybody looks
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# --- Parts ---------------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "governance",
    "desk",
    "assessment",
    "whistles",
    "calls",
    "developments",
    "projects",
    "liaisons",
    "supervision",
    "mediation",
    "dispatch",
    "registry",
    "petitions",
    "grids",
    "notices",
    "documents",
    "organizations",
    "kernel",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "rest_framework",
    "governance.borrowed.ApiKeys",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "governance.borrowed.SignInGuard",
    "django_htmx",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "governance.web.packing.PackedPages",
    "kernel.middleware.RequestIdMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "governance.web.wall.staying.WallOnlyMiddleware",
    "kernel.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "desk.middleware.DraftMiddleware",
    "kernel.middleware.DomainErrorMiddleware",
]
ROOT_URLCONF = "governance.urls"
WSGI_APPLICATION = "governance.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
LOGGING = logs.configuration(readable=DEBUG or env.flag("LOG_READABLE", default=False))
CASE_NUMBER_PREFIX = env.text("CASE_NUMBER_PREFIX", default="YC")
HOME_AREA = env.text("HOME_AREA", default="370404")  # the county that this command centre serves

# --- Notices -------------------------------------------------------------------------------------------------------
# Ways out of the product, the first one tried first: URLs of apprise (notices/channels.py says more).
NOTICE_CHANNELS = env.addresses("NOTICE_CHANNELS", default="log=log://", holes=("phone", "email"))
# When nothing but what is urgent leaves the product, for everybody who did not choose hours of their own.
NOTICE_QUIET_HOURS = env.hours("NOTICE_QUIET_HOURS", default="21:00-07:30")
NOTICE_KEEP_DAYS = env.number("NOTICE_KEEP_DAYS", default=180, least=7, most=3650)
SITE_ADDRESS = env.text("SITE_ADDRESS", default="").rstrip("/")  # https://grid.example, before the links of messages

# --- People --------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "organizations.User"
ACTOR_RESOLVER = "organizations.queries.actor_of"
CATEGORY_SUGGESTER = "dispatch.suggestions.category_hints"
SUGGESTION_SHOWN = "dispatch.services.learning.note_shown"
LIST_START = "desk.queries.filters.start_of"
DRAFT_TRIAL = "dispatch.replay.links.trial_of"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "governance:login"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "governance:workbench"
# Five failures of one account from one address. Not the address alone: an office shares one. Not the account alone:
# anybody could then lock out the director by typing wrong passwords.
AXES_FAILURE_LIMIT = 5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "governance.web.signin.locked_out"
AXES_IPWARE_PROXY_COUNT = env.number("PROXY_COUNT", default=0, least=0, most=5)

# --- API -----------------------------------------------------------------------------------------------------------
_PER_MINUTE = env.number("API_REQUESTS_PER_MINUTE", default=600, least=0, most=1_000_000)  # 0: no limit
REST_FRAMEWORK = {
    "DEFAULT_PARSER_CLASSES": ["kernel.api.parsers.StrictJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["kernel.api.renderers.OrjsonRenderer"],
    "EXCEPTION_HANDLER": "kernel.api.exceptions.handle",
    "DEFAULT_PAGINATION_CLASS": "kernel.api.pagination.KeysetPagination",
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "kernel.api.authentication.StrictTokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_FILTER_BACKENDS": ["kernel.api.parameters.StrictFilterBackend"],
    "DEFAULT_THROTTLE_CLASSES": [
        "kernel.api.throttling.PerPerson",
        "kernel.api.throttling.PerAddress",
    ],
    "DEFAULT_THROTTLE_RATES": {
        "user": f"{_PER_MINUTE}/min" if _PER_MINUTE else None,
        "anon": f"{max(_PER_MINUTE // 10, 1)}/min" if _PER_MINUTE else None,
    },
    "NUM_PROXIES": AXES_IPWARE_PROXY_COUNT,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "URL_FORMAT_OVERRIDE": None,  # ?format= is a parameter like any other: unknown
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "COERCE_DECIMAL_TO_STRING": True,
}
REST_KNOX = {"TOKEN_TTL": timedelta(hours=12), "AUTO_REFRESH": False, "AUTH_HEADER_PREFIX": "Token"}
SPECTACULAR_SETTINGS = {
    "TITLE": "Grid governance command centre",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "SWAGGER_UI_DIST": "SIDECAR",  # served by us: closed networks reach no public address
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": ENUM_NAMES,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "kernel.api.schema.with_refusals",
    ],
}

# --- Language and time ---------------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "governance" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# --- Files ---------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static", ("screens", BASE_DIR / "docs" / "screens")]  # the manual shows the screens
HINTS = True  # on the pages, until each person puts them away
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "governance.assets.VendorFinder",
    "governance.icons.IconFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "governance.assets.Storage"},
}
# Hashed names, and libraries under their version: browsers may keep both for ever.
WHITENOISE_IMMUTABLE_FILE_TEST = r"/vendor/|\.[0-9a-f]{12}\.\w+$"
MEDIA_ROOT = DATA_DIR / "media"

safety.refuse_the_insecure(
    debug=DEBUG, embedded=EMBEDDED, hosts=ALLOWED_HOSTS, https=HTTPS, plain_http_accepted=PLAIN_HTTP_ACCEPTED
)

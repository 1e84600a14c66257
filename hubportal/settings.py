"""Settings of the portal. One file; what differs between machines comes from the environment (see docs/running.md)."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from celery.schedules import crontab
from csp.constants import NONE, SELF

from hubportal import environment as env
from hubportal.celery import app as celery_app  # noqa: F401 - wherever settings are loaded, tasks know their application
from hubportal.services import embedded

BASE_DIR = env.ROOT
LOCAL_DIR = env.local_dir()

# --- Which kind of installation this is ----------------------------------------------------------------------------
# The demo is for one machine: it makes its own secret, needs no mail server, and refuses to face a network.
DEMO = env.flag("DEMO", default=not (env.text("SECRET_KEY", "") or env.text("ALLOWED_HOSTS", "")))
BIND = env.text("BIND", "127.0.0.1")
PORT = env.whole("PORT", 8000, 1, 65535)
if DEMO and BIND not in env.LOOPBACK:
    raise env.stop(
        f"the demo's passwords are public, so it listens on this machine only, and BIND is {BIND!r}. Set "
        "BIND=127.0.0.1, or run it for real with DEMO=0, SECRET_KEY and ALLOWED_HOSTS."
    )
# Set by tests/services_plugin.py, and by nobody else.
TESTING = env.flag("HUBPORTAL_TESTS", default=False)


def _own_secret() -> str:
    """The demo's secret key, made once for this LOCAL_DIR."""
    kept = LOCAL_DIR / "secret-key"
    if not kept.exists():
        LOCAL_DIR.mkdir(parents=True, exist_ok=True)
        aside = LOCAL_DIR / f"secret-key.{os.getpid()}"
        aside.touch(mode=0o600)
        aside.write_text(secrets.token_urlsafe(50))
        try:
            os.link(aside, kept)  # whole or not at all, and the first of two that start together wins
        except FileExistsError:
            pass
        aside.unlink()
    return kept.read_text()


SECRET_KEY = (
    env.text("SECRET_KEY", "") or _own_secret()
    if DEMO
    else env.text("SECRET_KEY", why="50 random characters, kept to yourself; DEMO=1 makes one by itself")
)
DEBUG = False
ALLOWED_HOSTS = (
    [*env.words("ALLOWED_HOSTS", []), "127.0.0.1", "localhost", "[::1]"]
    if DEMO
    else env.words("ALLOWED_HOSTS", why="the names people type to reach the portal, for example portal.example.org")
)
BASE_URL = (
    env.url("BASE_URL", {"http", "https"}, "https://portal.example.org")
    or (f"http://127.0.0.1:{PORT}" if DEMO else f"https://{ALLOWED_HOSTS[0]}")
).rstrip("/")
HTTPS = urlsplit(BASE_URL).scheme == "https"

# --- What it is made of --------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "hubportal.accounts",
    "hubportal.kit",
    "schools",
    "engagement",
    "smdp",
    "reports",
    "hubportal.demo",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "hubportal.static.GatheredFiles",  # django.contrib.staticfiles
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "csp",
    "django_filters",
    "django_htmx",
    "django_tables2",
    "pgtrigger",
    "pghistory",
]

MIDDLEWARE = [
    *(["hubportal.kit.middleware.this_machine_only"] if DEMO else []),
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "hubportal.kit.middleware.no_null_characters",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "hubportal.kit.middleware.kept_nowhere",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "hubportal.kit.middleware.SignInRequiredMiddleware",  # answers a page that saves itself in JSON
    "hubportal.kit.kept_forms.TakenMiddleware",  # tells the browser which copy of a form it need not keep
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "hubportal.urls"
WSGI_APPLICATION = "hubportal.wsgi.application"

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
                "hubportal.navigation.context",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # our templates may override a widget's
INSTALLED_APPS.insert(0, "django.forms")  # ... and Django's own are still found
CRISPY_ALLOWED_TEMPLATE_PACKS = ["govuk"]
CRISPY_TEMPLATE_PACK = "govuk"
CRISPY_FAIL_SILENTLY = False
DJANGO_TABLES2_TEMPLATE = "components/table.html"

# --- PostgreSQL ----------------------------------------------------------------------------------------------------
EXAMPLE_DATABASE = "postgresql://USER:PASSWORD@127.0.0.1:5432/hubportal"


def _database() -> dict[str, Any]:
    address = env.url("DATABASE_URL", {"postgres", "postgresql"}, EXAMPLE_DATABASE)
    if not address:
        return {"NAME": "hubportal", "USER": "hubportal", "HOST": str(embedded.places().sockets)}
    parts = urlsplit(address)
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise env.stop(f"DATABASE_URL names no database. Example: {EXAMPLE_DATABASE}")
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": query,
    }


DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,  # a server that was started again is not mistaken for the old one
        **_database(),
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Redis: cache (database 1 of the embedded one) and Celery's queue (database 0) -----------------------------------
REDIS_URL = env.url("REDIS_URL", {"redis", "rediss", "unix"}, "redis://127.0.0.1:6379/0")
# Everything the portal writes into Redis begins with this, so that a Redis can be shared with others.
REDIS_PREFIX = env.text("REDIS_PREFIX", "hubportal")
if REDIS_URL:
    CACHE_URL = REDIS_URL
    CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
else:
    CACHE_URL = f"unix://{embedded.places().redis_socket}?db=1"
    CELERY_BROKER_URL = f"redis+socket://{embedded.places().redis_socket}?virtual_host=0"
CACHES = {
    "default": {
        "BACKEND": "hubportal.cache.PrefixedRedisCache",
        "LOCATION": CACHE_URL,
        "KEY_PREFIX": f"{REDIS_PREFIX}:cache",
    }
}

# --- Celery --------------------------------------------------------------------------------------------------------
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "global_keyprefix": f"{REDIS_PREFIX}:celery:",
    "visibility_timeout": 3600,  # above the longest time limit, or a running task would be handed out twice
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_DEFAULT_QUEUE = "portal"
CELERY_TASK_IGNORE_RESULT = True  # progress and failures live on our own rows
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SOFT_TIME_LIMIT = 600  # seconds
CELERY_TASK_TIME_LIMIT = 660
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CONCURRENCY = env.whole("WORKERS", 2, 1, 64)
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 5.0  # seconds a running task gets at the end; then it goes back into the queue
CELERY_WORKER_ENABLE_SOFT_SHUTDOWN_ON_IDLE = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_TIMEZONE = "Europe/London"
# Beat sends tasks by name: {"name": {"task": "app.task", "schedule": seconds or crontab}}.
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "whether anybody is at work": {"task": "hubportal.seen", "schedule": 60.0, "options": {"expires": 60.0}},
    "documents left unfinished": {"task": "reports.take_up", "schedule": 10.0, "options": {"expires": 10.0}},
    "register imports left unfinished": {"task": "schools.take_up", "schedule": 10.0, "options": {"expires": 10.0}},
    "records being brought in": {"task": "engagement.take_up", "schedule": 10.0, "options": {"expires": 10.0}},
    "reminders left unsent": {"task": "smdp.take_up_reminders", "schedule": 60.0, "options": {"expires": 60.0}},
    "how hubs stand with their schools": {"task": "engagement.refresh_all", "schedule": crontab(hour=4, minute=45)},
    "what is due, by email": {"task": "engagement.digests", "schedule": crontab(hour="7-11", minute="*/10")},
    "mailings": {"task": "engagement.send_mailings", "schedule": 60.0, "options": {"expires": 60.0}},
    "emails that came back": {"task": "engagement.read_bounces", "schedule": 600.0, "options": {"expires": 600.0}},
    "reminders of plans": {"task": "smdp.remind", "schedule": crontab(hour=7, minute=30)},
}
if TESTING:  # in a test's worker nobody gets an email because it happens to be Monday morning
    del CELERY_BEAT_SCHEDULE["what is due, by email"]
CELERY_BEAT_SCHEDULE_FILENAME = str(LOCAL_DIR / "beat-schedule")

# --- Sign-in -------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator", "NumericPasswordValidator")
] + [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    }
]
if TESTING:  # hashing slowly on purpose is most of a test run
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "hubportal.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation's link has proved the address
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False  # staff-room computers are shared
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
# allauth's own: 30 sign-ins a minute an address, 10 failures in five minutes; and ours, of wishes to meet on the public
# page: the whole of a school may come from one address, a person asks a few times.
ACCOUNT_RATE_LIMITS: dict[str, str] = {"meeting_asked": "20/h/ip,5/d/key"}
SESSION_ENGINE = "hubportal.sessions"
SESSION_COOKIE_AGE = 12 * 3600  # seconds: a working day
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# --- What browsers are told ----------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # GOV.UK's CSS draws small arrows with data: pictures
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "hubportal.pages.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "hubportal_session"
CSRF_COOKIE_NAME = "hubportal_csrf"
CSRF_TRUSTED_ORIGINS = [BASE_URL]
SECURE_SSL_REDIRECT = HTTPS and env.flag("REDIRECT_TO_HTTPS", default=True)
SECURE_REDIRECT_EXEMPT = [r"^health/$"]  # asked by the machine itself, over plain HTTP
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = False  # other names under the domain are not ours to decide
# Only behind a proxy that sets the header itself, on every request.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("BEHIND_PROXY", default=False) else None
SILENCED_SYSTEM_CHECKS = [
    "auth.W004",  # an email address is unique in any case of letters, by a constraint the check cannot see
    "security.W005",  # HSTS for subdomains: see above
    "security.W021",  # HSTS preload binds the whole domain for years: the domain's owner decides
    *([] if HTTPS else ["security.W004", "security.W008", "security.W012", "security.W016"]),  # no HTTPS in the demo
]

# --- Files ---------------------------------------------------------------------------------------------------------
MEDIA_ROOT = LOCAL_DIR / "files"  # never served by path: a view scopes the row first
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "hubportal.kit.uploads.BoundedUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # bytes
# What people attach to a section of a plan.
ATTACHED_MOST_BYTES = 10 * 1024 * 1024  # each: a telephone's picture has 3 to 8 MB, a scanned policy seldom more
ATTACHED_MOST_BYTES_A_PLAN = 100 * 1024 * 1024  # together: forty pictures, or a hub's 300 plans on a 30 GB disk
ATTACHED_MOST_A_PLAN = 60  # five a section; a plan is no album
ATTACHED_MOST_UNPACKED = 100 * 1024 * 1024  # of a Word file: ten times the largest that may come
ATTACHED_PICTURE_MOST_PIXELS = 60_000_000  # today's telephones take 50 million; each costs 4 bytes of memory, twice
ATTACHED_PICTURE_LONGEST = 2560  # pixels: sharp across a printed A4 page
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000  # a full conversation with 40 judgements and several schools
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(LOCAL_DIR / "static")))
NODE_MODULES = BASE_DIR / "node_modules"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("govuk", NODE_MODULES / "govuk-frontend" / "dist" / "govuk"),
    ("moj", NODE_MODULES / "@ministryofjustice" / "frontend" / "moj"),
    ("fonts/atkinson", NODE_MODULES / "@fontsource" / "atkinson-hyperlegible-next"),
    ("fonts/atkinson-variable", NODE_MODULES / "@fontsource-variable" / "atkinson-hyperlegible-next"),
    ("fonts/noto-hebrew", NODE_MODULES / "@fontsource" / "noto-sans-hebrew"),
    ("fonts/noto-arabic", NODE_MODULES / "@fontsource" / "noto-sans-arabic"),
    ("fonts/noto-emoji", NODE_MODULES / "@fontsource" / "noto-emoji"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "hubportal.static.HashedStaticFiles"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = TESTING  # the tests serve files where they lie, ungathered

# --- Email ---------------------------------------------------------------------------------------------------------
EMAIL_URL = env.url("EMAIL_URL", {"smtp", "smtps", "file", "console"}, "smtp://USER:PASSWORD@mail.example.org:587")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("EMAIL_FROM", "Hub portal <no-reply@hub-portal.example>")
EMAIL_TIMEOUT = 20  # seconds
_mail = urlsplit(EMAIL_URL)
if _mail.scheme in {"smtp", "smtps"}:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = _mail.hostname or "localhost"
    EMAIL_PORT = _mail.port or (465 if _mail.scheme == "smtps" else 587)
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
    EMAIL_USE_SSL = _mail.scheme == "smtps"
    EMAIL_USE_TLS = not EMAIL_USE_SSL and EMAIL_PORT not in {25, 1025}
elif _mail.scheme == "console":
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
elif DEMO or _mail.scheme == "file":
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = Path(_mail.path) if _mail.path else LOCAL_DIR / "mail"
else:
    raise env.stop(
        "EMAIL_URL is not set, and people need email to sign in for the first time. Set EMAIL_URL to "
        "smtp://USER:PASSWORD@mail.example.org:587, or to file:///a/folder to write emails into files."
    )

MAILINGS_PER_MINUTE = env.whole("MAILINGS_PER_MINUTE", 60, 1, 10_000)
# Where emails that could not be delivered come back to: the mailbox of EMAIL_FROM.
BOUNCES_URL = env.url("BOUNCES_URL", {"imap", "imaps"}, "imaps://USER:PASSWORD@mail.example.org/INBOX")

# --- Language and time -----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

# --- What is written down --------------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.text("LOG_LEVEL", "INFO").upper()},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        "celery.beat": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
        "celery.app.trace": {"level": "WARNING"},
        "fontTools": {"level": "ERROR"},
        "weasyprint": {"level": "ERROR"},
    },
}

"""Settings. What an office may change is an environment variable; docs/install.md lists them."""

import os
import secrets
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "peelian"
DATA = Path(os.environ.get("PEELIAN_DATA", ROOT / "var"))
EXAMPLES = ROOT / "examples"
RULES = ROOT / "rules"
# An office's own dates, standards and rules, over those that ship; nothing where it has none.
_own_rules = os.environ.get("PEELIAN_RULES", "")
OWN_RULES = Path(_own_rules) if _own_rules else None


def _database(url: str) -> dict[str, Any]:
    """Return Django's settings for a `sqlite:///path` or `postgresql://user:pass@host/name` URL."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path[1:]) or ":memory:",
            "OPTIONS": {
                # Writers queue instead of failing, and readers never wait for them.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path[1:]),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
        }
    sys.exit(f"DATABASE_URL: found “{parts.scheme}:”, expected sqlite:/// or postgresql://")


def _secret_key() -> str:
    """Return the office's key: from the environment, else made once and kept with the data."""
    if key := os.environ.get("PEELIAN_SECRET_KEY"):
        return key
    kept = DATA / "secret-key"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(50), encoding="utf-8")
    return kept.read_text(encoding="utf-8")


SECRET_KEY = _secret_key()
DEBUG = os.environ.get("PEELIAN_DEBUG", "") == "yes"
HTTPS = os.environ.get("PEELIAN_HTTPS", "") == "yes"
ALLOWED_HOSTS = os.environ.get("PEELIAN_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
DATABASES = {
    "default": _database(os.environ.get("DATABASE_URL") or f"sqlite:///{DATA / 'peelian.sqlite3'}")
}

# The office this installation belongs to; the record itself is reached by these references.
OFFICE = {
    "name": os.environ.get("PEELIAN_OFFICE", "West Mercia"),
    "panel": os.environ.get("PEELIAN_PANEL", "west-mercia-pcp"),
    "jurisdiction": os.environ.get("PEELIAN_JURISDICTION", "England"),
    "body_model": os.environ.get("PEELIAN_BODY_MODEL", "pcc"),
    # From when on a duty without proof counts as overdue; nothing: from this financial year.
    "duties_since": os.environ.get("PEELIAN_DUTIES_SINCE", ""),
    # So many days before its last working day the owner of a duty is reminded of it; so many
    # before it, without proof, the monitoring officer is told too.
    "remind_days": os.environ.get("PEELIAN_REMIND_DAYS", "28, 14, 7, 3, 1"),
    "escalate_days": os.environ.get("PEELIAN_ESCALATE_DAYS", "2"),
    # Owners are reminded of an update round so many days after it closes, before it with a minus;
    # the office is told so many days after what is still open. Links live so many days longer.
    "round_remind_days": os.environ.get("PEELIAN_ROUND_REMIND_DAYS", "-7, -1, 1"),
    "round_escalate_days": os.environ.get("PEELIAN_ROUND_ESCALATE_DAYS", "5"),
    "round_link_days": os.environ.get("PEELIAN_ROUND_LINK_DAYS", "28"),
    # Where questions and petitions from the public go, in words; its own page says it.
    "questions_to": os.environ.get("PEELIAN_QUESTIONS_TO", ""),
    # Whoever wrote a change may not approve it, unless the office says otherwise.
    "approver_may_be_author": os.environ.get("PEELIAN_APPROVER_MAY_BE_AUTHOR", "") == "yes",
    # The worked example lives on another day than today's; an office leaves this empty.
    "today": os.environ.get("PEELIAN_TODAY", ""),
    # Whether the office of a worked example is made up; its home page says so.
    "is_made_up": os.environ.get("PEELIAN_MADE_UP", "") == "yes",
}

INSTALLED_APPS = [
    "peelian.website",
    "peelian.packs",
    "peelian.holding",
    "peelian.reports",
    "peelian.received",
    "peelian.originals",
    "peelian.documents",
    "peelian.proofreading",
    "peelian.retention",
    "peelian.processes",
    "peelian.inspections",
    "peelian.elections",
    "peelian.transparency",
    "peelian.publication",
    "peelian.papers",
    "peelian.meetings",
    "peelian.rounds",
    "peelian.duties",
    "peelian.figures",
    "peelian.promises",
    "peelian.people",
    "peelian.checks",
    "peelian.exempt",
    "peelian.pages",
    "peelian.record",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "axes",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "axes.middleware.AxesMiddleware",
    "peelian.retention.gone.GoneMiddleware",
]
ROOT_URLCONF = "peelian.config.urls"
WSGI_APPLICATION = "peelian.config.wsgi.application"
FORM_RENDERER = "peelian.website.renderer.GovukFormRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "peelian.website.navigation.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "peelian.website.templatetags.govuk",
                "peelian.pages.templatetags.record",
            ],
        },
    }
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "office-home"
LOGOUT_REDIRECT_URL = "home"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "website/locked_out.html"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * 60 * 12
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
    }
}
# Where the site is, for links in mails; and how mail leaves: smtp://user:password@host:port, or
# nothing to write it to the terminal.
SITE = os.environ.get("PEELIAN_SITE", "http://localhost:8000").rstrip("/")
DEFAULT_FROM_EMAIL = os.environ.get("PEELIAN_MAIL_FROM", "alerts@localhost")
_mail = urlsplit(os.environ.get("PEELIAN_MAIL", ""))
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if _mail.hostname else 'console'}.EmailBackend"
EMAIL_HOST, EMAIL_PORT = _mail.hostname or "localhost", _mail.port or 587
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
EMAIL_USE_TLS = EMAIL_PORT == 587
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_TIMEOUT = 20
# Where answers to a round's mails go (its mailbox must take `name+anything@`), and where they are
# fetched: imaps://user:password@host/folder. Without the second nothing is fetched.
REPLY_TO = os.environ.get("PEELIAN_REPLY_TO", "")
INBOX = os.environ.get("PEELIAN_INBOX", "")
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
FILE_UPLOAD_HANDLERS = [
    "peelian.config.uploads.Limited",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

LANGUAGE_CODE = "en-gb"
LOCALE_PATHS = [PACKAGE / "locale"]
# Welsh is offered once its catalogue is there: English with Welsh months would serve nobody.
WELSH = LOCALE_PATHS[0] / "cy" / "LC_MESSAGES" / "django.mo"
LANGUAGES = [("en-gb", _("English")), *([("cy", _("Welsh"))] if WELSH.is_file() else [])]
TIME_ZONE = "Europe/London"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
MEDIA_ROOT = DATA / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG or "pytest" in sys.modules
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = DEBUG or "pytest" in sys.modules

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    # A link without login is a secret: its address is not written down.
    "filters": {"secrets": {"()": "peelian.config.logs.WithoutLinks"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["secrets"],
        }
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}

"""Django settings: everything a bureau may change comes from the environment (docs/operate)."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from zhixing.project.environment import database, flag, home, secret_key, words

PACKAGE = Path(__file__).resolve().parent.parent
HOME = home()

DEBUG = flag("ZHIXING_DEBUG")
SECRET_KEY = secret_key(HOME)
ALLOWED_HOSTS = words("ZHIXING_ALLOWED_HOSTS") or ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = words("ZHIXING_TRUSTED_ORIGINS")
BEHIND_TLS = flag("ZHIXING_TLS")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "axes",
    "csp",
    "django_filters",
    "django_htmx",
    "django_tasks",
    "rules.apps.AutodiscoverRulesConfig",
    "zhixing.kit",
    "zhixing.apps.accounts",
    "zhixing.apps.audit",
    "zhixing.apps.registry",
    "zhixing.apps.leads",
    "zhixing.apps.media",
    "zhixing.apps.brands",
    "zhixing.apps.adverts",
    "zhixing.apps.trademarks",
    "zhixing.apps.chains",
    "zhixing.apps.precedents",
    "zhixing.apps.clearance",
    "zhixing.apps.protection",
    "zhixing.apps.discipline",
    "zhixing.apps.campaigns",
    "zhixing.apps.cases",
    "zhixing.apps.programme",
    "zhixing.apps.portal",
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
    "django_htmx.middleware.HtmxMiddleware",
    "zhixing.kit.requests.RequestIdMiddleware",
    "zhixing.kit.errors.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "zhixing.project.urls"
WSGI_APPLICATION = "zhixing.project.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "zhixing.kit.navigation.context",
            ],
        },
    },
]
FORM_RENDERER = "zhixing.kit.forms.Renderer"

DATABASES = {"default": database(os.environ.get("ZHIXING_DATABASE_URL"), HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Officer"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "login"
# Lock-out figures are project practice, not the standard (GB/T 22239 names none): settings.
AXES_FAILURE_LIMIT = int(os.environ.get("ZHIXING_LOGIN_ATTEMPTS", "5"))
AXES_COOLOFF_TIME = timedelta(minutes=int(os.environ.get("ZHIXING_LOCKOUT_MINUTES", "30")))
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "registration/locked_out.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False

SESSION_COOKIE_AGE = int(os.environ.get("ZHIXING_SESSION_MINUTES", "480")) * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_TLS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [PACKAGE / "static_vendor"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": HOME / "files"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_TEMP_DIR = None
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
EVIDENCE_MAX_BYTES = int(os.environ.get("ZHIXING_EVIDENCE_MAX_MB", "50")) * 1024 * 1024
# Watched folders of the ad watch lie below it.
DROP_DIR = Path(os.environ.get("ZHIXING_DROP_DIR") or HOME / "drop")
IMPORT_MAX_BYTES = int(os.environ.get("ZHIXING_IMPORT_MAX_MB", "500")) * 1024 * 1024

TASKS = {"default": {"BACKEND": "zhixing.kit.jobs.backend.JobBackend"}}

# Requests an hour from one address that the public site answers, and how many of the bureau's own
# proxies stand before it (each adds the address it saw to X-Forwarded-For).
PORTAL_ALLOWANCES = {
    "search": int(os.environ.get("ZHIXING_PORTAL_SEARCHES", "120")),
    "ad": int(os.environ.get("ZHIXING_PORTAL_AD_CHECKS", "120")),
    "report": int(os.environ.get("ZHIXING_PORTAL_REPORTS", "20")),
}
# How many days the address of a report opens that was made on the public site.
PORTAL_REPORT_DAYS = int(os.environ.get("ZHIXING_PORTAL_REPORT_DAYS", "180"))
PORTAL_PROXIES = int(os.environ.get("ZHIXING_PORTAL_PROXIES", "0"))

# Papers: a folder of the bureau's own DOCX templates, a folder of its own fonts, the families that
# PDF is set in before the installed one, and the typeface that DOCX names.
PAPERS_DIR = os.environ.get("ZHIXING_PAPERS_DIR", "")
PAPERS_FONT_DIR = os.environ.get("ZHIXING_FONT_DIR", "")
PAPERS_FONTS = list(filter(None, os.environ.get("ZHIXING_FONTS", "").split(",")))
PAPERS_WORD_FONT = os.environ.get("ZHIXING_WORD_FONT", "仿宋_GB2312")
# What stands for an office in the numbers of its papers: `3799=示市监;379901=城东市监`.
PAPERS_OFFICE_WORDS = dict(
    pair.split("=", 1)
    for pair in os.environ.get("ZHIXING_OFFICE_WORDS", "").split(";")
    if "=" in pair
)

BUREAU_NAME = os.environ.get("ZHIXING_BUREAU_NAME", "")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("ZHIXING_LOG_LEVEL", "WARNING")},
}

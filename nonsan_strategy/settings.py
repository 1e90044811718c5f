"""One settings file for every place; what differs comes from the environment (.env.example)."""

import datetime
import os
import sys
import tempfile
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from whitenoise.compress import Compressor

from nonsan_strategy.environment import BASE_DIR, TESTING, env, needed
from nonsan_strategy.logs import crashed

# --- where it runs ---------------------------------------------------------------------------
DEBUG = env.bool("DEBUG", False)
DEMO = env.bool("DEMO", False)  # demo logins and the demo strip; never on a real site
# Only a demo, a developer's own run and the tests go without a secret of their own.
NEEDS_SECRET = not (DEBUG or DEMO or TESTING)
SECRET_KEY = (
    needed("SECRET_KEY", "세션과 서명에 쓰는 비밀값(50자 이상 무작위)입니다.")
    if NEEDS_SECRET
    else env.str("SECRET_KEY", "demo-only-" + "not-a-secret-" * 4)
)
ALLOWED_HOSTS = (
    [
        host.strip()
        for host in needed("ALLOWED_HOSTS", "이 누리집의 주소(쉼표로 구분)입니다.").split(",")
    ]
    if NEEDS_SECRET
    else env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]", "testserver"])
)
HTTPS = env.bool("HTTPS", NEEDS_SECRET)
# What links in mails and feeds begin with; pages take the address they were asked at.
SITE_URL = env.str(
    "SITE_URL",
    f"https://{ALLOWED_HOSTS[0]}" if HTTPS else "http://127.0.0.1:8000",
).rstrip("/")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# --- the office ------------------------------------------------------------------------------
OFFICE_NAME = "논산시 전략기획실"
OFFICIAL_BANNER = env.bool("OFFICIAL_BANNER", False)  # only on a real .go.kr site (domain.md §9.6)
_office_today = env.str("OFFICE_TODAY", "")
OFFICE_TODAY = datetime.date.fromisoformat(_office_today) if _office_today else None
if OFFICE_TODAY and not (DEMO or TESTING):
    raise ImproperlyConfigured("OFFICE_TODAY는 시연(DEMO=1)에서만 쓸 수 있습니다.")
# Mail addresses of these domains belong to an office; any other is looked at before publication.
OFFICIAL_MAIL_DOMAINS = env.list("OFFICIAL_MAIL_DOMAINS", default=["go.kr", "korea.kr"])
SUBJECTS = ["pledges.subject.PledgeSubject", "projects.subject.WorkSubject"]

# --- apps ------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "nonsan_strategy",
    "accounts",
    "reporting",
    "projects",
    "pledges",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_tables2",
    "django_filters",
    "simple_history",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE = [
    "nonsan_strategy.requestlog.request_log",
    "nonsan_strategy.middleware.kept_answers",
    "nonsan_strategy.middleware.headers",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.SessionLimitsMiddleware",
    "accounts.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]
ROOT_URLCONF = "nonsan_strategy.urls"
WSGI_APPLICATION = "nonsan_strategy.wsgi.application"
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
                "nonsan_strategy.context.site",
            ],
            "builtins": ["reporting.templatetags.formats"],
        },
    }
]
FORM_RENDERER = "nonsan_strategy.rendering.Renderer"
INSTALLED_APPS.append("django.forms")

# --- database --------------------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", f"sqlite:///{BASE_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Without these 4 of 5 saves fail under 40 writers (docs/decisions/0003).
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
    # Tests run on a file as the site does: a database in memory cannot be raced by processes.
    DATABASES["default"]["TEST"] = {
        "NAME": str(Path(tempfile.gettempdir()) / f"nonsan-test-{os.getpid()}.sqlite3")
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
# To open one costs more than most pages; SQLite's last one to close also writes its log back.
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", 60)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Rate limits must be seen by every process, so the cache is a table all share.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # At Django's 300 a stranger could push a counter of failed logins out with 300 of his own.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# Finished answers of public pages, kept in each process (reporting/finished.py): how many bytes (0: none),
# and how old the number that names them may be. Beside nginx: two seconds at most.
PUBLIC_KEPT_BYTES = 0 if DEBUG or TESTING else env.int("PUBLIC_KEPT_MB", 32) * 1024 * 1024
PUBLIC_NUMBER_SECONDS = 0 if TESTING else env.float("PUBLIC_NUMBER_SECONDS", 0.25)

# Mail and long documents are made off the request by `manage.py db_worker`. A test and a developer's
# own server have no worker beside them: there a task is done where it is asked for.
ALONE = TESTING or sys.argv[1:2] == ["runserver"]
TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend"
        if ALONE
        else "django_tasks_db.DatabaseBackend"
    }
}

# --- people ----------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "accounts.forms.LoginForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
}
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 0)
MFA_ADAPTER = "accounts.adapters.MFAAdapter"
MFA_FORMS = {
    "authenticate": "accounts.forms.SecondFactorForm",
    "reauthenticate": "accounts.forms.CodeAgainForm",
    "activate_totp": "accounts.forms.ActivateCodeForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = OFFICE_NAME
SESSION_IDLE_SECONDS = env.int("SESSION_IDLE_SECONDS", 10 * 60)
SESSION_ABSOLUTE_SECONDS = env.int("SESSION_ABSOLUTE_SECONDS", 10 * 60 * 60)
# A session row outlives the login by three days: it is how what was typed finds its writer again.
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_SECONDS + 3 * 24 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# --- safety ----------------------------------------------------------------------------------
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "nonsan_strategy.views.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
EVIDENCE_MAX_BYTES = 20 * 1024 * 1024

# --- language and files ----------------------------------------------------------------------
LANGUAGE_CODE = "ko"
TIME_ZONE = "Asia/Seoul"
USE_TZ = True
USE_I18N = True
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Where nothing is collected, the files are served from where they lie.
STATIC_ROOT = BASE_DIR / "staticfiles" if NEEDS_SECRET else None
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", str(BASE_DIR / "media")))
BACKUP_ROOT = Path(env.str("BACKUP_ROOT", str(BASE_DIR / "backups")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if NEEDS_SECRET
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not NEEDS_SECRET
# The PDF's fonts are read from disk, never sent: pressing them would take most of a minute.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "otf")
# On a site mail waits until there is a server for it; on the console it would be read in the log.
EMAIL_CONFIG = env.email(
    "EMAIL_URL", default="smtp://localhost:25" if NEEDS_SECRET else "consolemail://"
)
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "strategy@localhost")
# A site writes JSON for journald; a demo and a developer read plain lines, without one for each request.
if NEEDS_SECRET:
    sys.excepthook = crashed
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"one_line": {"()": "nonsan_strategy.logs.OneLine"}},
    "formatters": {
        "json": {"()": "nonsan_strategy.logs.JsonLines"},
        "plain": {"format": "%(levelname)s %(name)s: %(message)s"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "json" if NEEDS_SECRET else "plain",
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO"},  # else Django would mail whole requests
        "nonsan.request": {"level": "INFO" if NEEDS_SECRET else "WARNING"},
        # These two tell every step of every PDF.
        **{name: {"level": "WARNING"} for name in ("weasyprint.progress", "fontTools")},
        # Scanners ask for hosts that are not ours all day long; twenty lines each hide what matters.
        "django.security.DisallowedHost": {"filters": ["one_line"]},
    },
}

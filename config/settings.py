"""Settings: one file, everything by environment (README, "Configuration")."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config.schedule import SCHEDULE

BASE_DIR = Path(__file__).resolve().parent.parent
RUN_DIR = BASE_DIR / ".run"
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

MODE = env.str("DJANGO_MODE", "development")
if MODE not in {"development", "production"}:
    raise ImproperlyConfigured("DJANGO_MODE is development or production")
PRODUCTION = MODE == "production"
DEBUG = env.bool("DEBUG", False)


def required_in_production(name: str, development: str) -> str:
    """The variable; in development its default, in production an error that names it."""
    if PRODUCTION:
        return env.str(name)  # type: ignore[no-any-return]
    return env.str(name, development)  # type: ignore[no-any-return]


SECRET_KEY = required_in_production("SECRET_KEY", "development-only-" + "x" * 50)
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", default=[] if PRODUCTION else ["127.0.0.1", "localhost", "testserver"]
)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_URL = required_in_production("SITE_URL", "http://127.0.0.1:8000").rstrip("/")

INSTALLED_APPS = [
    "reports",
    "meetings",
    "assignments",
    "notices",
    "roster",
    "config.apps.OfficeAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_htmx",
    "csp",
    "pgtrigger",
    "pghistory",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.CompressText",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.middleware.SignInRequired",
    "config.middleware.RecordsHistory",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "config.middleware.DomainErrors",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

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
                "roster.http.navigation",
            ],
            "builtins": ["django.templatetags.static", "roster.templatetags.vn"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"


# --- database, cache, broker: given by environment, embedded in development ---------------


def database_url() -> str:
    if PRODUCTION or env.str("DATABASE_URL", ""):
        return env.str("DATABASE_URL")  # type: ignore[no-any-return]
    from config import embedded  # noqa: PLC0415 - never imported in production

    return embedded.postgres_url()


def redis_url() -> str:
    if PRODUCTION or env.str("REDIS_URL", ""):
        return env.str("REDIS_URL")  # type: ignore[no-any-return]
    from config import embedded  # noqa: PLC0415 - never imported in production

    return embedded.redis_url()


def database() -> dict[str, Any]:
    """The server of DATABASE_URL with its own options, and ours before them, so that the address has the last word."""
    found: dict[str, Any] = env.db_url_config(database_url())
    options = found.setdefault("OPTIONS", {})
    # PostgreSQL would compile the plans of our few large statements (JIT): two seconds for a month of 6,000
    # branches, lost again each time, as compiled plans are not kept.
    options["options"] = " ".join(filter(None, ["-c jit=off", options.get("options")]))
    return found


DATABASES = {
    "default": {
        **database(),
        "CONN_MAX_AGE": env.int("CONN_MAX_AGE", 600),
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }
}
REDIS_URL = redis_url()
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_DEFAULT_QUEUE = env.str("CELERY_QUEUE", "celery")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = "Asia/Ho_Chi_Minh"
CELERY_TASK_TIME_LIMIT = env.int("TASK_TIME_LIMIT", 1800)
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULER = "config.beat:NotedScheduler"
CELERY_BEAT_SCHEDULE_FILENAME = str(RUN_DIR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = SCHEDULE

# --- mail ----------------------------------------------------------------------------------

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = required_in_production("EMAIL_HOST", "127.0.0.1")
EMAIL_PORT = env.int("EMAIL_PORT", 1025)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str(
    "DEFAULT_FROM_EMAIL", "Dự sinh hoạt chi bộ <nhac-viec@ninhbinh.example>"
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL
NOTICE_CHANNELS = env.list("NOTICE_CHANNELS", default=["in_app", "email"])
NOTICE_QUIET_HOURS = env.str("NOTICE_QUIET_HOURS", "22:00-06:30")  # empty: none
NOTICE_QUIET_DAYS = env.list("NOTICE_QUIET_DAYS", default=["holidays", "sundays"])
NOTICE_MOST_A_PERSON_A_DAY = env.int("NOTICE_MOST_A_PERSON_A_DAY", 15)
NOTICE_MOST_A_MINUTE = env.int("NOTICE_MOST_A_MINUTE", 3000)
NOTICE_LINK_DAYS = env.int("NOTICE_LINK_DAYS", 30)
# Called with a moment by the rehearsal, in a transaction that is rolled back: who owes what by then.
NOTICE_OWED_BY = ["meetings.reminders.owe_before_meetings", "reports.reminders.owe_deadlines"]
# (name, label, kinds, whether one channel outside the program must stay on); the rest is "other".
NOTICE_TOPICS = [
    ("changes", "Phân công và thay đổi lịch họp", [
        "assignments.assigned", "assignments.ended", "assignments.standing_in",
        "assignments.standing_in_ended", "assignments.substitute_found",
        "meetings.moved", "meetings.cancelled", "meetings.reinstated",
    ], True),
    ("before", "Nhắc trước và sau buổi họp", ["meetings.t3", "meetings.t1", "meetings.evening"], False),
    ("deadlines", "Hạn báo cáo, báo cáo trả lại", [
        "reports.due", "reports.late", "reports.later", "reports.returned", "reports.extended", "reports.unlocked",
    ], True),
    ("recommendations", "Kiến nghị và trả lời", [
        "reports.recommendation_answered", "reports.recommendation_forwarded",
        "reports.recommendation_reopened", "reports.recommendation_returned",
        "reports.recommendation_set_aside",
    ], False),
    ("other", "Tin khác", [], False),
]  # fmt: skip

# --- SMS and Zalo: switched on by NOTICE_CHANNELS; in development the local sink --------------

SMS_GATEWAY_URL = env.str("SMS_GATEWAY_URL", "http://127.0.0.1:1026/sms")
SMS_GATEWAY_TOKEN = env.str("SMS_GATEWAY_TOKEN", "")
SMS_SENDER = env.str("SMS_SENDER", "DuSinhHoat")
ZALO_URL = env.str(
    "ZALO_URL", "https://business.openapi.zalo.me" if PRODUCTION else "http://127.0.0.1:1026/zalo"
)
ZALO_TOKEN_URL = env.str(
    "ZALO_TOKEN_URL",
    "https://oauth.zaloapp.com/v4/oa/access_token"
    if PRODUCTION
    else "http://127.0.0.1:1026/zalo/access_token",
)
ZALO_APP_ID = env.str("ZALO_APP_ID", "")
ZALO_SECRET_KEY = env.str(
    "ZALO_SECRET_KEY", ""
)  # signs our requests for keys and Zalo's own notices
ZALO_REFRESH_TOKEN = env.str(
    "ZALO_REFRESH_TOKEN", ""
)  # the first one; later ones are kept in the database
ZALO_TEMPLATES = env.json(
    "ZALO_TEMPLATES",
    {} if PRODUCTION else {"*": {"id": "demo", "fields": ["name", "subject", "link"]}},
)

# --- figures -------------------------------------------------------------------------------

LOW_RATE = env.int("LOW_RATE", 80)  # a share below this many percent is shown in red
NOTICE_LEASE_SECONDS = env.int("NOTICE_LEASE_SECONDS", 300)

# Called with pairs of (unit, month) when the calendar of places changes: higher rooms count anew.
MEETING_EFFECTS = ["reports.rollups.marks.mark_places_dirty"]

# Called with (unit, kind of meeting, by=user) when a unit's fixed day changes; sentences to show.
RULE_EFFECTS = ["meetings.actions.planning.rule_changed"]

# Who has something on the units that a reorganisation changes, from the ground up (`preview`, `apply`, `undo`, perhaps `settle`).
REORGANISATION_EFFECTS = [
    "roster.reorganisation",
    "assignments.reorganisation",
    "meetings.reorganisation",
    "reports.reorganisation",
]
PGHISTORY_CREATED_AT_FUNCTION = "CLOCK_TIMESTAMP()"  # rows of one transaction in their order

# --- language and time ------------------------------------------------------------------------

LANGUAGE_CODE = "vi"
USE_I18N = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
FORMAT_MODULE_PATH = ["config.formats"]
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]  # Django's own sentences, in the voice of our pages

# --- files --------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = (  # development serves the sources
    env.str("STATIC_ROOT", str(BASE_DIR / "staticfiles")) if PRODUCTION else None
)
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", str(BASE_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "config.storage.BundledStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
# Production sends style sheets and scripts as one file each (config/storage.py).
BUNDLED = PRODUCTION
STYLE_BUNDLE = "css/all.css"
SCRIPT_BUNDLE = "js/all-{}.js"
# In the order of the cascade.
STYLE_SHEETS = ["vendor/bootstrap-5.3.9/bootstrap.min.css"] + [
    f"css/{name}.css"
    for name in """
        tokens ground masthead controls sheet tasks states figures ledger cells steps planner timeline heat
        calendar report-form gate print
    """.split()  # noqa: SIM905 - a list of words reads better without quotes
]
_EVERY_PAGE = "menu confirm filters once unsaved day char-count pick print request-errors"
_REPORT = (
    "rows stepper report-suggest search-select grow shown-when report-review report-steps report-draft report-files"
    " report-known draft-file report-hints report-prompts"
)
SCRIPTS = {  # the scripts of a page that nobody, that somebody is signed in to, and of the report's form
    "gate": _EVERY_PAGE.split(),
    "page": ["offline", *_EVERY_PAGE.split()],
    "report": ["offline", *_EVERY_PAGE.split(), *_REPORT.split()],
}
# host:port of a virus scanner; empty: files are not scanned
CLAMD_ADDRESS = env.str("CLAMD_ADDRESS", "")
UPLOAD_MAX_BYTES = env.int("UPLOAD_MAX_BYTES", 50 * 1024 * 1024)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# --- accounts ------------------------------------------------------------------------------------

AUTH_USER_MODEL = "roster.User"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
ACCOUNT_ADAPTER = "roster.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = True
# Whole offices share an address; wrong passwords are counted by axes, wrong codes of an account here.
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "5/900s/key"}
ACCOUNT_FORMS = {
    "login": "roster.forms.accounts.SignInForm",
    "change_password": "roster.forms.accounts.PasswordChangeForm",
    "set_password": "roster.forms.accounts.PasswordSetForm",
    "reset_password": "roster.forms.accounts.PasswordResetForm",
    "reset_password_from_key": "roster.forms.accounts.PasswordResetKeyForm",
    "reauthenticate": "roster.forms.accounts.ReauthenticateForm",
}
MFA_ADAPTER = "roster.accounts.MFAAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Dự sinh hoạt chi bộ"
MFA_FORMS = {
    "authenticate": "roster.forms.accounts.SecondFactorForm",
    "reauthenticate": "roster.forms.accounts.SecondFactorAgainForm",
    "activate_totp": "roster.forms.accounts.SecondFactorStartForm",
}
AXES_FAILURE_LIMIT = env.int("SIGN_IN_TRIES", 5)
AXES_COOLOFF_TIME = timedelta(minutes=env.int("LOCK_OUT_MINUTES", 15))
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_USERNAME_CALLABLE = "roster.accounts.name_tried"
# An office shares one address and an attacker changes his: it is the account that is locked.
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
AXES_LOCKOUT_CALLABLE = "roster.accounts.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_ENABLE_ADMIN = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# --- safety ----------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", PRODUCTION)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 31_536_000 if PRODUCTION else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.bool("COOKIES_SECURE", PRODUCTION)
SESSION_COOKIE_AGE = env.int("SESSION_COOKIE_AGE", 12 * 3600)
SESSION_SAVE_EVERY_REQUEST = False
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LOG_LEVEL = env.str("LOG_LEVEL", "INFO" if PRODUCTION else "WARNING")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
}

# What `assignments` asks of the calendar above it, by dotted path: on which days units really meet.
MEETING_DAYS = "meetings.days.planned_days"

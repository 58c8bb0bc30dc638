"""Settings: every value a site may change comes from the environment, and says here what it is for."""

import os
import secrets
from pathlib import Path

from tratativa.config import database, saying, sender
from tratativa.config.content_policy import CONTENT_SECURITY_POLICY as CONTENT_SECURITY_POLICY
from tratativa.outward import guard

PACKAGE = Path(__file__).resolve().parent.parent


def flag(name: str, default: str = "") -> bool:
    """True when the environment variable says so: 1, true, yes, on."""
    return os.environ.get(name, default).lower() in {"1", "true", "yes", "on"}


DATA = Path(os.environ.get("TRATATIVA_DATA", ".data")).resolve()
DEMO = flag("TRATATIVA_DEMO")
DEBUG = flag("TRATATIVA_DEBUG")
HTTPS = flag("TRATATIVA_HTTPS")

# `tratativa serve` and `demo` keep a key beside the data; a bare import (tests, mypy) gets one of its own.
SECRET_KEY = os.environ.get("TRATATIVA_SECRET_KEY") or secrets.token_urlsafe(50)
ALLOWED_HOSTS = os.environ.get("TRATATIVA_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
SITE_URL = os.environ.get("TRATATIVA_URL", "http://127.0.0.1:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
    "django_htmx",
    "csp",
    "lucide",
    "tratativa.web",  # before allauth: its templates for allauth's pages win
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "tratativa.accounts",
    "tratativa.orders",
    "tratativa.cases",
    "tratativa.playbooks",
    "tratativa.batches",
    "tratativa.saved_replies",
    "tratativa.mail",
    "tratativa.notices",
    "tratativa.reputation",
    "tratativa.evidence",
    "tratativa.founding",
    "tratativa.studio",
    "tratativa.replay",
    *(["tratativa.demo"] if DEMO else []),  # its tables, jobs, pages: none of them at a site that works
    "tratativa.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "tratativa.web.frame.middleware.outages",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tratativa.web.first_run.entrance.shut",
    "tratativa.web.frame.middleware.acting",
    "tratativa.web.frame.middleware.private",
    "tratativa.web.frame.middleware.receipts",
    "tratativa.web.frame.middleware.pages",
]

ROOT_URLCONF = "tratativa.config.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "tratativa.web.frame.shell.shell",
            ],
            "builtins": [
                "lucide.templatetags.lucide",
                "tratativa.web.templatetags.assets",
                "tratativa.web.templatetags.words",
            ],
        },
    },
]
WSGI_APPLICATION = None

DATABASES = {"default": database.from_url(os.environ.get("DATABASE_URL", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["tratativa.accounts.signing_in.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "tratativa.accounts.secrecy.own_words.OwnWords"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_ADAPTER = "tratativa.accounts.signing_in.ClosedDoor"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody who has no account here is written to
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# By address these are wide: an office or a carrier shares one. What aims at a person is `accounts.signing_in`'s.
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "300/15m/ip", "reset_password": "60/m/ip"}
ACCOUNT_FORMS = {
    "login": "tratativa.accounts.access.sign_in_form.SignInForm",
    "reset_password": "tratativa.accounts.people.resetting.ResetForm",
}
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
# Signing in by a provider of the site's own (OpenID Connect, ADR 81): off where none is named.
OIDC_ISSUER = os.environ.get("TRATATIVA_OIDC_ISSUER", "")
OIDC_CLIENT = os.environ.get("TRATATIVA_OIDC_CLIENT", "")
OIDC_SECRET = os.environ.get("TRATATIVA_OIDC_SECRET", "")
OIDC_NAME = os.environ.get("TRATATIVA_OIDC_NAME", "")
OIDC_DOMAINS = [one.strip().lower() for one in os.environ.get("TRATATIVA_OIDC_DOMAINS", "").split(",") if one.strip()]
OIDC_MARKETPLACE = os.environ.get("TRATATIVA_OIDC_MARKETPLACE", "")
OIDC_ROLE = os.environ.get("TRATATIVA_OIDC_ROLE", "agent")
OIDC_LINKS = flag("TRATATIVA_OIDC_LINKS")
OIDC_TWO_FACTOR = flag("TRATATIVA_OIDC_TWO_FACTOR")
SOCIALACCOUNT_ADAPTER = "tratativa.accounts.provider.connecting.Adapter"
MFA_ADAPTER = "tratativa.accounts.secrecy.two_factor.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    name: f"tratativa.accounts.factors.forms.{form}"
    for name, form in (
        ("authenticate", "Code"), ("reauthenticate", "CodeAgain"), ("authenticate_webauthn", "Key"),
        ("reauthenticate_webauthn", "KeyAgain"), ("login_webauthn", "KeyAlone"), ("add_webauthn", "NewKey"),
        ("edit_webauthn", "KeyName"),
    )
}  # fmt: skip
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # a key somebody found opens nothing without its finger or its PIN
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}  # an office shares an address
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Tratativa"

SESSION_ENGINE = "tratativa.accounts.access.kept_sessions"
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS  # of the desk's own name: nothing plain lies below it
# Whose word on where a request comes from counts, and whether by https: nobody's but these (`gate.proxies`).
PROXIES = os.environ.get("TRATATIVA_PROXIES", "")
# Not `no-referrer`: under it browsers send `Origin: null` with forms, which the forgery check refuses.
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "tratativa.web.frame.errors.no_csrf"
X_FRAME_OPTIONS = "DENY"

# What one process learns of a guess, or of a code that was used, all of them know.
CACHES = {
    "default": {"BACKEND": "tratativa.accounts.access.shared_cache.SharedCache"},
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

LANGUAGE_CODE = "pt-br"
LANGUAGES: list[tuple[str, str]] = [(language, saying.own_name(language)) for language in saying.LANGUAGES]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = "tratativa.locale"
LANGUAGE_COOKIE_NAME = "language"
TIME_ZONE = "America/Sao_Paulo"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "static/"
# What was built carries eight characters of its content in its name: browsers keep it for good.
WHITENOISE_IMMUTABLE_FILE_TEST = r"-[0-9a-z]{8}\.\w+$"
STATIC_ROOT = DATA / "static"
# The keys that sign anchors and seal what must not be read: apart from the data, and from the copies of the data,
# wherever a site can keep them so.
KEYS = Path(os.environ.get("TRATATIVA_KEYS") or DATA / "keys").resolve()
ANCHORS_TO = [one.strip() for one in os.environ.get("TRATATIVA_ANCHORS_TO", "").split(",") if one.strip()]
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = DATA / "files"
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700  # letters and files are nobody else's
STORAGES = {
    "default": {"BACKEND": "tratativa.cases.files.whole_files.WholeFiles"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Bytes that stay free beside the data: with less, whatever is sent is refused with 507 before it is taken in.
DISK_LEAST = int(os.environ.get("TRATATIVA_LEAST_FREE", "64")) * 1024 * 1024
# The gate's limits, by the names of `gate.limits.Limits`, where a site wants others.
GATE: dict[str, float] = {}
# How much of people's data one person may have shown or export in an hour, by the names of
# `accounts.audit.disclosures.Limits`, where a site wants otherwise.
DISCLOSURES: dict[str, int] = {}
# What arrives lies beside the files: what is kept of it need not be copied.
FILE_UPLOAD_TEMP_DIR = DATA / "arriving"
# A route that takes files takes as many bytes: a photograph of 25 MiB, or ten files as a rulebook has them. Every
# other takes what `GATE` says. The gate refuses more before it is read, Django what is too much text.
FILES_BYTES = 64 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]

# What stands inside the house and may be connected to all the same: hosts, addresses, networks.
CONNECT_TO = guard.names(os.environ.get("TRATATIVA_CONNECT_TO", ""))

# Without a mail server, here or on a page of the desk, letters are written and wait; the demo keeps them on a page.
_DEMO_POST = DEMO and not os.environ.get("TRATATIVA_SMTP_HOST")
EMAIL_BACKEND = "tratativa.demo.postbox.Postbox" if _DEMO_POST else "tratativa.mail.outgoing.smtp.Backend"
EMAIL_HOST = os.environ.get("TRATATIVA_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("TRATATIVA_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("TRATATIVA_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("TRATATIVA_SMTP_PASSWORD", "")
EMAIL_USE_TLS = flag("TRATATIVA_SMTP_STARTTLS")
EMAIL_USE_SSL = flag("TRATATIVA_SMTP_TLS")
EMAIL_TIMEOUT = 20
# Mailgun signs what it posts; other providers know the secret in the address they post to.
ANYMAIL = {"MAILGUN_WEBHOOK_SIGNING_KEY": key} if (key := os.environ.get("TRATATIVA_MAILGUN_KEY", "")) else {}
# Whom to ask for the keys of domains that sign their letters; empty asks the machine's own name servers.
NAME_SERVER = os.environ.get("TRATATIVA_DNS", "")
# When mailboxes are looked at; a drill cannot wait for the minute.
MAILBOX_CRON = os.environ.get("TRATATIVA_MAILBOX_CRON", "* * * * *")
DEFAULT_FROM_EMAIL = os.environ.get("TRATATIVA_FROM") or sender.of_the_site(SITE_URL)

# Who carries commands to the marketplace's order system: a name in the entry point group `tratativa.connectors`, or
# the class by its place. The demonstration's have no name that a site could choose by accident.
CONNECTOR = os.environ.get("TRATATIVA_CONNECTOR", "tratativa.demo.ordersystem:OrderSystem" if DEMO else "")
# Who asks the Receita about a CNPJ, in the same way (`tratativa.registries`); empty where nobody does.
REGISTRY = os.environ.get("TRATATIVA_REGISTRY", "tratativa.demo.recorded:Recorded" if DEMO else "")

# Whatever happens is dated by the database's clock; a process that plays with time in its own memory cannot ask it.
DATABASE_CLOCK = True
# Who says how the installation is, to the page that shows it: the commands, which no page imports (ADR 73).
EXAMINED_BY = "tratativa.cli.diagnosis.served"

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_ON_APP_READY = "tratativa.config.jobs.ready"

LOGGING_CONFIG = "tratativa.config.log_records.configure"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s", "datefmt": "%Y-%m-%dT%H:%M:%S%z"}
    },
    "filters": {"refusals": {"()": "tratativa.config.log_records.Refusals"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["refusals"]}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("TRATATIVA_LOG", "WARNING")},
    # Each try of each connection of each process, as long as the database is away; others tell it once.
    "loggers": {
        "psycopg.pool": {"level": os.environ.get("TRATATIVA_LOG", "CRITICAL")},
        "django.request": {"filters": ["refusals"]},
        "tratativa.accounts.access.sign_in_log": {"level": os.environ.get("TRATATIVA_LOG", "INFO")},
    },
}

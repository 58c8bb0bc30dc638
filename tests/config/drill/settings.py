"""The desk's settings with the drill's pages and one job; only processes that are meant to die read them."""

import os

from tratativa.config.settings import *  # noqa: F403
from tratativa.config.settings import INSTALLED_APPS, MIDDLEWARE

INSTALLED_APPS = [*INSTALLED_APPS, "drill"]
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("tratativa.")]
ROOT_URLCONF = "drill.urls"
# Nobody waits ten seconds in a test.
GATE = {"patience": 2.0, "header_patience": 2.0, "body_bytes": 100_000}
if "DRILL_CONNECTIONS" in os.environ:
    GATE["connections"] = float(os.environ["DRILL_CONNECTIONS"])

"""The settings tests and type checks read: the desk's own, with the demonstration's tables to play on.

Nothing else of the demonstration is on: its pages, its postbox and its order system are asked for by name.
"""

import tempfile
from pathlib import Path

from tratativa.config.settings import *  # noqa: F403
from tratativa.config.settings import INSTALLED_APPS

FILE_UPLOAD_TEMP_DIR = Path(tempfile.gettempdir())  # nothing is left in the checkout
DATABASE_CLOCK = False  # tests travel in time, and the database stays where it is
CONNECT_TO = ("127.0.0.1",)  # where tests have their mail servers
INSTALLED_APPS = [*INSTALLED_APPS, "tratativa.demo"]

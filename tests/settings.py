"""The settings tests and type checks read: the desk's own, with the demonstration's tables to play on.

Nothing else of the demonstration is on: its pages, its postbox and its order system are asked for by name.
"""

from tratativa.config.settings import *  # noqa: F403
from tratativa.config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tratativa.demo"]

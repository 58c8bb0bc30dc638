"""Absence: what says that the database went away, whichever layer says it first.

An absence is nobody's fault and passes: who meets one waits and tries again, and tells it in one line.
"""

import psycopg
from django.db import InterfaceError, OperationalError
from procrastinate.exceptions import ConnectorException

# Django gives most of its driver's errors its own name, and not those of a cursor that streams rows while it closes.
AWAY = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError, ConnectorException)

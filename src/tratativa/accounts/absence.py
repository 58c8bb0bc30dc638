"""Absence: what says that the database went away, whichever layer says it first.

An absence is nobody's fault and passes: who meets one waits and tries again, and tells it in one line.
"""

import psycopg
from django.db import InterfaceError, OperationalError
from procrastinate import RetryStrategy
from procrastinate.exceptions import ConnectorException

# Django gives most of its driver's errors its own name, and not those of a cursor that streams rows while it closes.
AWAY = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError, ConnectorException)
BACK_IN = 5  # seconds
# What comes round by itself and meets an absent database is tried again: the absence is no fault of its own.
THROUGH_OUTAGES = RetryStrategy(max_attempts=60, wait=BACK_IN, retry_exceptions=AWAY)

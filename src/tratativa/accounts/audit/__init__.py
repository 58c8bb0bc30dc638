"""The audit log: who changed a setting, a person, a right or a rule, or took data out; it only grows.

`register` a code beside the verb that records it, and `record` in the verb's own transaction. Pages read by `lines`.
"""

from tratativa.accounts.audit.recording import Unwritable, record
from tratativa.accounts.audit.registry import register

__all__ = ["Unwritable", "record", "register"]

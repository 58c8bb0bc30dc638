"""The case and the rows that hang on it. Rows are the truth; entries are the memory."""

from tratativa.cases.models.case import Adoption, Case, StepPicture, Version
from tratativa.cases.models.clocks import Deadline, Judged, Stuck
from tratativa.cases.models.fields import FieldValue
from tratativa.cases.models.folders import Folder
from tratativa.cases.models.holding import Held
from tratativa.cases.models.ledger import Entry, SharedField, Text
from tratativa.cases.models.pressed import Pressed, SendsAtOnce
from tratativa.cases.models.queues import Escalation, FollowUp, QueueAssignment, QueueMember
from tratativa.cases.models.reporting import Report
from tratativa.cases.models.snoozes import Snooze
from tratativa.cases.models.standing import Mark, Survey
from tratativa.cases.models.tags import Tag, Tagging
from tratativa.cases.models.ties import Tie
from tratativa.cases.models.views import SharedView
from tratativa.cases.models.writing import Attachment, Draft, OpenCase, Request

__all__ = [
    "Adoption",
    "Attachment",
    "Case",
    "Deadline",
    "Draft",
    "Entry",
    "Escalation",
    "FieldValue",
    "Folder",
    "FollowUp",
    "Held",
    "Judged",
    "Mark",
    "OpenCase",
    "Pressed",
    "QueueAssignment",
    "QueueMember",
    "Report",
    "Request",
    "SendsAtOnce",
    "SharedField",
    "SharedView",
    "Snooze",
    "StepPicture",
    "Stuck",
    "Survey",
    "Tag",
    "Tagging",
    "Text",
    "Tie",
    "Version",
]  # fmt: skip

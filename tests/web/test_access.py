"""Who may reach what: every address, for every role, on their own things and on other people's."""

import hashlib
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import resolve, reverse

from tests.cast import Cast, answerer, ask, make_order, sign_in
from tests.web.conftest import NINE, Enter
from tratativa.accounts import actors, keys, rights, signing_in
from tratativa.accounts.actors import Actor
from tratativa.accounts.formatting import Written
from tratativa.accounts.models import Customer, Marketplace, Membership, Person, Role, Seller
from tratativa.accounts.people import invitations
from tratativa.accounts.people.team import Doer, Team
from tratativa.cases import door
from tratativa.cases.acting import follow_ups, opening, pending, pressing, replying
from tratativa.cases.acting.opening import Opening
from tratativa.cases.core import audience, effects, rulebook_versions, visibility
from tratativa.cases.files import attachments
from tratativa.cases.messages import addressing
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Attachment, Case, Entry, Held, Mark, Pressed, Report, Request, StepPicture, Text
from tratativa.cases.orders import returns
from tratativa.cases.queues import links, workload
from tratativa.cases.reading import scorecards as counting
from tratativa.cases.score import reports
from tratativa.mail import tokens
from tratativa.mail.intake import receiving
from tratativa.mail.models import Letter, Mailbox
from tratativa.mail.outgoing import sending
from tratativa.notices import making
from tratativa.notices.models import Notice
from tratativa.orders.models import Order, Return, Rupture
from tratativa.reputation import sanctions
from tratativa.rulebook import reading, shipped
from tratativa.rulebook.language.effects import parse as parse_effect
from tratativa.rulebook.terms.parties import Party
from tratativa.saved_replies import keeping
from tratativa.studio import drafts
from tratativa.web import urls
from tratativa.web.frame import address_rights, branding, ways_back

ROLES = (
    "anonymous", "ana", "chefe", "rival", "marta", "boss", "foreign", "cliente", "vizinho", "socia", "outra", "elo",
)  # fmt: skip
PARTNERS = {"socia", "outra"}  # they signed in; who came by a letter's link is «elo»
STAFF = {"ana", "chefe", "rival", "marta", "boss", "foreign"}
TEAM = {"ana", "chefe", "marta", "boss"}  # the order's seller and its marketplace
MARKET = {"marta", "boss", "foreign"}
ADMINS = {"chefe", "boss", "foreign"}


@dataclass(frozen=True)
class Row:
    """Who may, what those see, and what the rest of the signed-in see; strangers to the place are led to its door."""

    method: str
    may: set[str]
    seen: int
    others: int = 404
    door: str = "staff"
    args: tuple[str, ...] = ()
    data: dict[str, Any] = field(default_factory=dict)
    but: dict[str, int] = field(default_factory=dict)  # what a role that differs from the others sees


CASE, ORDER = ("case",), ("order",)
EVERYONE = set(ROLES)
CHILD = ("child",)
TABLE = {
    "home": Row("GET", EVERYONE, 302),
    "acting": Row("POST", {"ana"}, 302, args=("membership",), but={"socia": 404, "outra": 404}),
    # The desk of this test has its administrator, and nothing of it is left to be set up.
    "setup": Row("GET", {"boss", "foreign"}, 302, others=403),
    "setup_step": Row("GET", {"boss", "foreign"}, 200, others=403, args=("step",)),
    "setup_later": Row("POST", {"boss", "foreign"}, 302, others=403, args=("step",)),
    "setup_model": Row("GET", {"boss", "foreign"}, 200, others=403, args=("sheet",)),
    "setup_link": Row("GET", EVERYONE, 410, args=("link",)),
    "logo": Row("GET", set(), 200, args=("slug", "digest"), but=dict.fromkeys(ROLES, 404)),
    "invitation": Row("GET", EVERYONE, 200, args=("invitation", "invitation_secret")),
    "provider_begin": Row("GET", set(), 302, but=dict.fromkeys(ROLES, 404)),  # none is named here
    "provider_back": Row("GET", set(), 302, but=dict.fromkeys(ROLES, 404)),
    "provider_leave": Row("GET", set(), 302, but=dict.fromkeys(ROLES, 404)),
    "language": Row("POST", EVERYONE, 302, data={"language": "en"}),
    "theme": Row("POST", EVERYONE, 302, data={"theme": "dark"}),
    "anchors": Row("GET", EVERYONE, 200),
    "anchor_lines": Row("GET", EVERYONE, 200),
    "help": Row("GET", STAFF, 200),
    "shortcuts": Row("POST", STAFF, 302, data={"keys": "off"}),
    "go": Row("GET", STAFF, 302),
    "find": Row("GET", STAFF, 200),
    "suggest": Row("GET", STAFF, 200),
    "open_by_phone": Row("GET", MARKET, 302, others=403),
    "cases": Row("GET", STAFF, 200),
    "export": Row("GET", STAFF, 200),
    "bulk": Row("POST", STAFF, 302, data={"do": "close"}),
    "tags": Row("GET", STAFF, 200, others=403),
    "tag": Row("POST", {"chefe", "boss", "foreign"}, 409, args=("key",), data={"do": "delete"}, others=403),
    "ask_batch": Row("POST", STAFF, 302, data={"do": "tag"}),
    "batches": Row("GET", STAFF, 200, others=403),
    "batch": Row("GET", set(), 200, args=("key",), others=404),
    "save_view": Row("POST", STAFF, 302, data={"name": "Minhas", "query": "tab=all"}),
    "density": Row("POST", STAFF, 302),
    "channels": Row("GET", STAFF, 404),
    "view_counts": Row("GET", STAFF, 200),
    "change_shared_view": Row("POST", set(), 302, others=403, args=("key",), but=dict.fromkeys(ADMINS, 404)),
    "delete_view": Row("POST", STAFF, 302, args=("key",)),
    "case": Row("GET", TEAM, 200, args=CASE),
    "timeline": Row("GET", TEAM, 200, args=CASE),
    "draft": Row("POST", TEAM, 200, args=CASE, data={"text": "oi"}),
    "add_file": Row("POST", TEAM, 200, args=CASE),
    "remove_file": Row("POST", TEAM, 302, args=("case", "key")),
    "reply": Row("POST", TEAM, 422, args=CASE),
    "sending": Row("GET", {"ana"}, 200, args=("sending",)),
    "undo_sending": Row("POST", {"ana"}, 302, args=("sending",)),
    "send_now": Row("POST", {"ana"}, 302, args=("sending",)),
    "own_sending": Row("POST", STAFF, 302, others=403, data={"undo": "no"}),
    "send_note": Row("POST", {"ana"}, 302, args=("case", "noted")),
    "thanks": Row("POST", TEAM, 302, args=CASE),
    "snooze": Row("POST", TEAM, 302, args=CASE),
    "add_tag": Row("POST", TEAM, 302, args=CASE, data={"tag": "atraso"}),
    "remove_tag": Row("POST", TEAM, 302, args=("case", "key")),
    "fill_field": Row("POST", TEAM, 302, args=("case", "key")),
    "tie": Row("POST", TEAM, 302, args=CASE, data={"other": "0"}),
    "untie": Row("POST", TEAM, 302, args=("case", "case")),
    "colleagues": Row("GET", TEAM, 200, args=CASE),
    "tag_words": Row("GET", TEAM, 200, args=CASE),
    "case_replies": Row("GET", TEAM, 200, args=CASE),
    "quote": Row("POST", TEAM, 404, args=CASE),
    "use_reply": Row("POST", {"ana"}, 200, args=("case", "saved_reply")),
    "replies": Row("GET", STAFF, 200, others=403),
    "new_reply": Row("GET", STAFF, 200, others=403),
    "reply_setting": Row("GET", {"ana"}, 200, args=("saved_reply",)),
    "copy_reply": Row("POST", {"ana"}, 302, args=("saved_reply",)),
    "delete_reply": Row("POST", {"ana"}, 302, args=("saved_reply",)),
    "conduct": Row("POST", TEAM, 200, args=CASE, data={"text": "oi"}),
    "run": Row("POST", {"marta", "boss"}, 302, others=403, args=CASE, data={"do": "start"}, but={"foreign": 404}),
    "step_picture": Row("GET", {"marta", "boss"}, 200, args=("step_picture",)),
    "retailer_panel": Row("GET", set(), 200, others=403, args=CASE, but=dict.fromkeys(MARKET, 404)),
    "push_signup": Row("POST", {"marta", "boss"}, 302, others=403, args=CASE, but={"foreign": 404}),
    "ask_registry": Row("POST", {"marta", "boss"}, 302, others=403, args=CASE, but={"foreign": 404}),
    "retailer": Row("GET", set(), 200, others=403, args=("customer",), but=dict.fromkeys(MARKET, 404)),
    "action": Row("GET", TEAM, 200, args=("case", "note")),
    "request": Row("GET", {"ana", "chefe"}, 200, args=("case", "asked_of_seller")),
    "answer_for": Row(
        "GET", {"marta", "boss"}, 200, others=403, args=("case", "asked_of_customer"), but={"foreign": 404}
    ),
    "ask_again": Row(
        "POST", {"marta", "boss"}, 302, others=403, args=("case", "asked_of_customer"), but={"foreign": 404}
    ),
    "presence": Row("POST", TEAM, 204, args=CASE),
    "chats": Row("GET", {"ana", "chefe", "rival"}, 200, others=403),
    "new_chat": Row("GET", {"ana", "chefe", "rival"}, 404, others=403),
    "chat": Row("GET", set(), 200, others=404, args=CASE, but={"marta": 403, "boss": 403, "foreign": 403}),
    "chat_talk": Row("GET", set(), 200, others=404, args=CASE, but={"marta": 403, "boss": 403, "foreign": 403}),
    "chat_send": Row("POST", set(), 200, others=404, args=CASE, but={"marta": 403, "boss": 403, "foreign": 403}),
    "put_up": Row("POST", STAFF, 200),
    "waiting_picture": Row("GET", {"ana"}, 204, args=("waiting_file",)),
    "take_down": Row("POST", STAFF, 204, args=("key",)),
    "file": Row("GET", TEAM, 200, args=("file",)),
    "picture": Row("GET", TEAM, 200, args=("file",)),
    "letter": Row("GET", TEAM, 200, args=("letter",)),
    "letter_body": Row("GET", TEAM, 200, args=("letter",)),
    "orders": Row("GET", STAFF, 200),
    "order": Row("GET", TEAM, 200, args=ORDER),
    "open": Row("GET", TEAM, 200, args=ORDER),
    "open_alone": Row("GET", STAFF, 302, others=403),  # every case of this rulebook is about an order
    "ruptures": Row("GET", set(), 200, others=403, but=dict.fromkeys(MARKET, 404)),  # no companies buy here
    "returns": Row("GET", STAFF, 200),
    "return": Row("GET", TEAM, 200, args=("return",)),
    "reveal": Row("POST", {"marta", "boss"}, 302, others=403, args=("customer", "phone"), but={"foreign": 404}),
    "articles": Row("GET", STAFF, 200),
    "article": Row("GET", STAFF, 200, args=("kind", "note")),
    "opinion": Row("POST", STAFF, 302, args=("kind", "note"), data={"useful": "yes"}),
    "post": Row("GET", MARKET, 200, others=403),
    "hand_in": Row("POST", EVERYONE, 415, args=("mailbox", "mailbox_secret")),
    "hand_in_by": Row("POST", EVERYONE, 403, args=("mailbox", "mailbox_secret", "provider")),
    "new_mailbox": Row("GET", {"boss", "foreign"}, 200, others=403),
    "mailbox": Row("GET", {"boss"}, 200, others=403, args=("mailbox",), but={"foreign": 404}),
    "pause_mailbox": Row("POST", {"boss"}, 302, others=403, args=("mailbox",), but={"foreign": 404}),
    "change_mailbox_secret": Row("POST", {"boss"}, 302, others=403, args=("mailbox",), but={"foreign": 404}),
    "resume_mailbox": Row("POST", {"boss"}, 302, others=403, args=("mailbox",), but={"foreign": 404}),
    "probe_mailbox": Row("POST", {"marta", "boss"}, 302, others=403, args=("mailbox",), but={"foreign": 404}),
    "arrival": Row("GET", {"marta", "boss"}, 200, others=403, args=("arrival",), but={"foreign": 404}),
    "arrival_body": Row("GET", {"marta", "boss"}, 200, others=403, args=("arrival",), but={"foreign": 404}),
    "arrival_raw": Row("GET", {"marta", "boss"}, 200, others=403, args=("arrival",), but={"foreign": 404}),
    "send_again": Row("POST", set(), 302, others=403, args=("letter",), but=dict.fromkeys(MARKET, 404)),  # it arrived
    "settle_arrival": Row("POST", {"marta", "boss"}, 302, others=403, args=("arrival",), but={"foreign": 404}),
    "adopt_arrival": Row("POST", {"marta", "boss"}, 302, others=403, args=("arrival",), but={"foreign": 404}),
    "admit_arrival": Row("POST", {"marta", "boss"}, 302, others=403, args=("arrival",), but={"foreign": 404}),
    "again_arrival": Row("POST", {"marta", "boss"}, 302, others=403, args=("arrival",), but={"foreign": 404}),
    "open_strip": Row("GET", STAFF, 200),
    "close_open": Row("POST", STAFF, 302, args=("key",)),
    "mine": Row("GET", STAFF, 200),
    "queues": Row("GET", MARKET, 200, others=403),
    "queue": Row("GET", MARKET, 200, others=403, args=("own_queue",)),
    "take_next": Row("POST", MARKET, 302, others=403, args=("own_queue",)),
    "reach_queue": Row("POST", {"boss", "foreign"}, 404, others=403, args=("own_queue",)),
    "mediations": Row("GET", MARKET, 200, others=403),
    "sellers": Row("GET", MARKET, 200, others=403),
    "holds": Row("GET", MARKET, 200, others=403),
    "decide_hold": Row("POST", {"marta", "boss"}, 422, others=403, args=("hold",), but={"foreign": 404}),
    "undo_hold": Row("POST", TEAM, 302, args=("hold",)),
    "seller": Row("GET", {"marta", "boss"}, 200, others=403, args=("seller",), but={"foreign": 404}),
    "decide_mark": Row("POST", {"marta", "boss"}, 422, others=403, args=("mark",), but={"foreign": 404}),
    "notify_sanction": Row("POST", {"marta", "boss"}, 422, others=403, args=("seller",), but={"foreign": 404}),
    "decide_sanction": Row("POST", {"marta", "boss"}, 422, others=403, args=("sanction",), but={"foreign": 404}),
    "answer_sanction": Row("POST", {"chefe"}, 422, others=403, args=("sanction",), but={"ana": 404, "rival": 404}),
    "reports": Row("GET", MARKET, 200, others=403),
    "decide_report": Row("POST", {"marta", "boss"}, 422, others=403, args=("report",), but={"foreign": 404}),
    "settings": Row("GET", STAFF | PARTNERS, 302),
    "brand": Row("GET", {"boss", "foreign"}, 200, others=403),
    "health": Row("GET", {"boss", "foreign"}, 200, others=403),
    "mail_settings": Row("GET", {"boss", "foreign"}, 200, others=403),
    "data_settings": Row("GET", {"boss", "foreign"}, 200, others=403),
    "data_progress": Row("GET", {"boss", "foreign"}, 200, others=403),
    "data_model": Row("GET", {"boss", "foreign"}, 200, others=403, args=("sheet",)),
    "seller_settings": Row("GET", {"boss", "foreign"}, 200, others=403),
    "import_sellers": Row("POST", {"boss", "foreign"}, 422, others=403),
    "sellers_model": Row("GET", {"boss", "foreign"}, 200, others=403),
    "rules": Row("GET", {"boss", "foreign"}, 200, others=403),
    "rules_on": Row("GET", {"boss", "foreign"}, 302, others=403),
    "rules_schema": Row("GET", {"boss", "foreign"}, 200, others=403, args=("rules_part",)),
    "rules_version": Row("GET", {"boss"}, 200, others=403, args=("rules_version",), but={"foreign": 404}),
    "rules_article": Row(
        "GET", {"boss"}, 200, others=403, args=("rules_version", "kind", "note"), but={"foreign": 404}
    ),
    "withdraw_rules": Row("GET", {"boss"}, 200, others=403, args=("rules_version",), but={"foreign": 404}),
    "rules_by_two": Row("POST", {"boss", "foreign"}, 302, others=403),
    "compare_rules": Row("GET", {"boss"}, 200, others=403, args=("rules_draft",), but={"foreign": 404}),
    "replay_rules": Row("GET", {"boss"}, 200, others=403, args=("rules_draft",), but={"foreign": 404}),
    "replay_progress": Row("GET", {"boss"}, 200, others=403, args=("rules_draft",), but={"foreign": 404}),
    "stop_replay": Row("POST", {"boss"}, 302, others=403, args=("rules_draft",), but={"foreign": 404}),
    "publish_draft": Row("GET", {"boss"}, 200, others=403, args=("rules_draft",), but={"foreign": 404}),
    "agree_to_rules": Row("POST", {"boss"}, 422, others=403, args=("rules_draft",), but={"foreign": 404}),
    "unpropose_rules": Row("POST", {"boss"}, 409, others=403, args=("rules_draft",), but={"foreign": 404}),
    "rules_changes": Row("GET", {"boss"}, 200, others=403, args=("rules_draft",), but={"foreign": 404}),
    "rules_change": Row(
        "GET", {"boss"}, 200, others=403, args=("rules_draft", "rules_deadlines", "session"), but={"foreign": 404}
    ),
    "begin_draft": Row("POST", {"boss", "foreign"}, 422, others=403),
    "import_draft": Row("POST", {"boss", "foreign"}, 422, others=403),
    "rules_draft": Row("GET", {"boss"}, 200, others=403, args=("rules_draft",), but={"foreign": 404}),
    "add_rules_file": Row("POST", {"boss"}, 302, others=403, args=("rules_draft",), but={"foreign": 410}),
    "remove_rules_file": Row("POST", {"boss"}, 302, others=403, args=("rules_draft",), but={"foreign": 404}),
    "discard_draft": Row("GET", {"boss"}, 200, others=403, args=("rules_draft",), but={"foreign": 404}),
    "rehearse_draft": Row("POST", {"boss"}, 302, others=403, args=("rules_draft",), but={"foreign": 404}),
    "accept_story": Row("POST", {"boss"}, 302, others=403, args=("rules_draft",), but={"foreign": 404}),
    "rehearsal": Row("GET", {"boss"}, 200, others=403, args=("rules_draft",), but={"foreign": 404}),
    "seller_setting": Row("GET", {"boss"}, 200, others=403, args=("seller",), but={"foreign": 404}),
    "move_seller": Row("POST", {"boss"}, 302, others=403, args=("seller",), but={"foreign": 404}),
    "invite_seller": Row("POST", {"boss"}, 422, others=403, args=("seller",), but={"foreign": 404}),
    "invite_seller_again": Row(
        "POST", {"boss"}, 302, others=403, args=("other_seller", "asked_to_administer"), but={"foreign": 404}
    ),
    "withdraw_seller": Row(
        "POST", {"boss"}, 302, others=403, args=("other_seller", "asked_to_administer"), but={"foreign": 404}
    ),
    "calendar": Row("GET", {"boss", "foreign"}, 200, others=403),
    "queue_settings": Row("GET", ADMINS, 200, others=403),
    "queue_setting": Row("GET", ADMINS, 200, others=403, args=("own_queue",)),
    "queue_skills": Row("GET", set(), 200, others=403, args=("own_queue", "key"), but=dict.fromkeys(ADMINS, 404)),
    "invite_partner": Row("POST", set(), 302, others=403, args=("asked_queue",), but={"boss": 404, "foreign": 404}),
    "invite_partner_again": Row(
        "POST", set(), 302, others=403, args=("asked_queue", "key"), but={"boss": 404, "foreign": 404}
    ),
    "withdraw_partner": Row(
        "POST", set(), 302, others=403, args=("asked_queue", "key"), but={"boss": 404, "foreign": 404}
    ),
    "absences": Row("GET", ADMINS, 200, others=403),
    "end_absence": Row("POST", set(), 302, others=403, args=("key",), but=dict.fromkeys(ADMINS, 404)),
    "plan_own_absence": Row("POST", STAFF, 302, others=403),
    "end_own_absence": Row("POST", set(), 302, args=("key",), but=dict.fromkeys(PARTNERS, 403)),
    "people": Row("GET", ADMINS, 200, others=403),
    "member": Row("GET", {"chefe"}, 200, others=403, args=("membership",), but={"boss": 404, "foreign": 404}),
    "member_role": Row("POST", {"chefe"}, 302, others=403, args=("membership",), but={"boss": 404, "foreign": 404}),
    "member_sign_out": Row("POST", {"chefe"}, 302, others=403, args=("membership",), but={"boss": 404, "foreign": 404}),
    "member_second_factor": Row(
        "POST", {"chefe"}, 302, others=403, args=("membership",), but={"boss": 404, "foreign": 404}
    ),
    "member_leave": Row("POST", {"chefe"}, 302, others=403, args=("membership",), but={"boss": 404, "foreign": 404}),
    "invite_again": Row("POST", {"boss"}, 302, others=403, args=("invitation",), but={"chefe": 404, "foreign": 404}),
    "withdraw_invitation": Row(
        "POST", {"boss"}, 302, others=403, args=("invitation",), but={"chefe": 404, "foreign": 404}
    ),
    "roles": Row("GET", ADMINS, 200, others=403),
    "account": Row("GET", STAFF | PARTNERS, 200),
    "notices": Row("GET", STAFF | PARTNERS, 200),
    "notice_settings": Row("GET", STAFF | PARTNERS, 200),
    "begin_push": Row("POST", STAFF | PARTNERS, 422),
    "end_push": Row("POST", set(), 302, args=("key",), but=dict.fromkeys(PARTNERS, 404)),
    "push_worker": Row("GET", EVERYONE, 200),
    "bell": Row("GET", STAFF | PARTNERS, 200),
    "read_notices": Row("POST", STAFF | PARTNERS, 302),
    "open_notice": Row("GET", {"ana"}, 302, args=("notice",), but={"socia": 404, "outra": 404}),
    "end_session": Row("POST", set(), 302, args=("session",), but=dict.fromkeys(PARTNERS, 404)),
    "end_other_sessions": Row("POST", STAFF | PARTNERS, 302),
    # The password is asked first, of who has one.
    "change_email": Row("GET", STAFF | PARTNERS, 200, but=dict.fromkeys(("ana", "chefe", "rival", "marta"), 302)),
    "give_up_email": Row("POST", STAFF | PARTNERS, 302),
    "email_change": Row("GET", EVERYONE, 410, args=("invitation", "side", "link")),
    "audit": Row("GET", {"chefe", "boss", "foreign"}, 200, others=403),
    "audit_export": Row("GET", {"chefe", "boss", "foreign"}, 200, others=403),
    "tasks": Row("GET", MARKET, 200, others=403),
    "finish_task": Row("POST", {"marta", "boss"}, 302, others=403, args=("task",), but={"foreign": 404}),
    "standing": Row("GET", {"ana", "chefe", "rival"}, 200, others=403),
    "contest": Row("POST", {"chefe"}, 302, others=403, args=("mark",), data={"text": "Respondemos por telefone."}),
    "shut_out": Row("POST", {"marta", "boss"}, 302, others=403, args=CASE, but={"foreign": 404}),
    "revoke_links": Row("POST", {"marta", "boss"}, 302, others=403, args=CHILD, but={"foreign": 404}),
    "partner_cases": Row("GET", {"socia", "outra", "elo"}, 200, door="partner", but={"elo": 302}),
    "partner_report": Row("GET", set(), 200, door="partner", but={"socia": 404, "outra": 404, "elo": 404}),
    "partner_door": Row("GET", EVERYONE, 200),
    "partner_leave": Row("POST", EVERYONE, 302),
    "partner_link": Row("GET", EVERYONE, 200, args=("partner_link",), but={"elo": 302}),
    "partner_case": Row("GET", {"socia", "elo"}, 200, door="partner", args=CHILD),
    "partner_timeline": Row("GET", {"socia", "elo"}, 200, door="partner", args=CHILD),
    "partner_reply": Row("POST", {"socia", "elo"}, 422, door="partner", args=CHILD),
    "partner_action": Row("GET", set(), 200, door="partner", args=("child", "note")),
    "partner_reveal": Row("POST", set(), 302, door="partner", args=CHILD),  # no bank data were shared in it
    "partner_put_up": Row("POST", {"socia", "outra", "elo"}, 200, door="partner"),
    "partner_take_down": Row("POST", {"socia", "outra", "elo"}, 204, door="partner", args=("key",)),
    "partner_file": Row("GET", {"socia", "elo"}, 200, door="partner", args=("shared_file",)),
    "partner_picture": Row("GET", {"socia", "elo"}, 200, door="partner", args=("shared_file",)),
    "my_cases": Row("GET", {"cliente", "vizinho"}, 200, door="customer"),
    "my_case": Row("GET", {"cliente"}, 200, door="customer", args=CASE),
    "my_timeline": Row("GET", {"cliente"}, 200, door="customer", args=CASE),
    "my_reply": Row("POST", {"cliente"}, 422, door="customer", args=CASE),
    "my_presence": Row("POST", {"cliente"}, 204, door="customer", args=CASE),
    "my_action": Row("GET", {"cliente"}, 200, door="customer", args=("case", "call")),
    "my_request": Row("GET", {"cliente"}, 200, door="customer", args=("case", "asked_of_customer")),
    "my_report": Row("GET", {"cliente"}, 200, door="customer", args=("case", "message")),
    "my_survey": Row("POST", {"cliente"}, 422, door="customer", args=CASE),
    "my_put_up": Row("POST", {"cliente", "vizinho"}, 200, door="customer"),
    "my_take_down": Row("POST", {"cliente", "vizinho"}, 204, door="customer", args=("key",)),
    "my_file": Row("GET", {"cliente"}, 200, door="customer", args=("file",)),
    "my_picture": Row("GET", {"cliente"}, 200, door="customer", args=("file",)),
    "my_withdraw": Row("GET", {"cliente"}, 200, door="customer", args=ORDER),
    "my_open": Row("GET", {"cliente"}, 200, door="customer", args=ORDER),
    "customer_doors": Row("GET", EVERYONE, 200),
    "customer_leave": Row("POST", EVERYONE, 302),
    "customer_leave_everywhere": Row("POST", {"cliente", "vizinho"}, 302, door="customer"),
    "customer_manifest": Row("GET", EVERYONE, 200, args=("slug",)),
    "customer_icon": Row("GET", EVERYONE, 200, args=("slug", "icon", "size")),
    "customer_worker": Row("GET", EVERYONE, 200),
    "customer_offline": Row("GET", EVERYONE, 200, args=("language",)),
    "customer_survey": Row("GET", EVERYONE, 410, args=("link", "score")),
    "customer_link": Row("GET", EVERYONE, 200, args=("link",), but={"cliente": 302}),
    "customer_door": Row("GET", EVERYONE, 200, args=("slug",)),
    "customer_code": Row("GET", EVERYONE, 200, args=("slug",)),
}

ABC = hashlib.sha256(b"abc").hexdigest()
EVERYTHING: dict[str, Any] = {  # what `visibility` would answer if it let everything through
    "visible_cases": Case, "visible_entries": Entry, "visible_texts": Text, "visible_files": Attachment,
    "visible_orders": Order, "visible_ruptures": Rupture, "visible_returns": Return, "visible_marks": Mark,
    "visible_holds": Held, "visible_pressed": Pressed,
    "visible_reports": Report, "visible_sellers": Seller, "visible_customers": Customer,
    "entries_of_customer": Entry,
}  # fmt: skip


@pytest.fixture
def everyone(cast: Cast) -> dict[str, Actor]:
    other = Marketplace.objects.create(slug="outro", name="Outro Marketplace", rulebook="americanas")
    folder = shipped.folder("americanas")
    assert folder is not None
    rulebook_versions.adopt(other, reading.load(folder), at=NINE)
    return {
        "ana": cast.ana,
        "chefe": cast.chefe,
        "rival": cast.rival,
        "marta": cast.marta,
        "boss": _admin(cast.marketplace, "Otávio"),
        "foreign": _admin(other, "Fausto"),
        "cliente": cast.cliente,
        "vizinho": cast.vizinho,
        "socia": answerer(cast.marketplace, "ka", "Sônia Sócia"),
        "outra": answerer(cast.marketplace, "nrp", "Olga Outra"),
    }


def _drawn(marketplace: Marketplace) -> str:
    """A picture of the marketplace's procedures."""
    made = StepPicture.objects.create(marketplace=marketplace, digest="a" * 64, type="image/png", content=b"png")
    return made.digest


def _saved(marketplace: Marketplace, by: Actor) -> str:
    """A reply somebody keeps for themselves."""
    member = Membership.objects.select_related("seller", "person").get(person=by.person_id)
    return str(
        keeping.write(
            Team(marketplace, member.seller), keeping.Writing("Atraso", "", "Oi, {{cliente}}."), actor=by,
            by=Doer(member.person), at=NINE,
        ).pk
    )  # fmt: skip


def _drafted(marketplace: Marketplace, by: Actor) -> str:
    """A draft of the marketplace's rules."""
    doer = Doer(Person.objects.get(pk=by.person_id))
    return str(drafts.begin(marketplace, "Natal", by=doer, at=NINE).pk)


def _asked(case: Case, of: str, by: Actor) -> str:
    """A form one party asks another to answer."""
    ask = {"ask": {"of": of, "label": "Fotos", "fields": [{"label": "Fotos do produto", "type": "files"}]}}
    with door.judging(case.pk, by=by, at=NINE) as change:
        effects.run(change, parse_effect(ask))
    return str(Request.objects.get(case=case, of=of).pk)


def _wrote(case: Case, by: Actor, words: str) -> str:
    """The number of a message of the seller's that the customer reads."""
    landed = replying.reply(case, Message(words, to="customer", customer_reads=True), by=by, at=NINE)
    return str(landed.entries.filter(event="message.posted").latest("number").number)


def _told(case: Case, actor: Actor) -> str:
    making.make(case.pk, 1, Entry.objects.filter(case=case).count(), at=NINE)
    return str(Notice.objects.get(person=actor.person_id, case=case, kind="opened").pk)


def _noted(case: Case, by: Actor) -> str:
    """The number of a note that its author addressed to the customer with the switch off."""
    replying.reply(case, Message("Falta confirmar com o depósito.", to="customer"), by=by, at=NINE)
    return str(case.entries.filter(event="message.posted").latest("number").number)


def _reported(case: Case, cast: Cast) -> str:
    """A message the customer denounced."""
    number = _wrote(case, cast.ana, "Me chame amanhã cedo, sem falta.")
    message = case.entries.get(number=number)
    return str(reports.report(message, reason="offence", by=cast.cliente, at=NINE).pk)


def _counted(case: Case, by: Actor) -> str:
    """An answer counted as missed."""
    with door.judging(case.pk, by=by, at=NINE) as change:
        effects.run(change, parse_effect({"count": "resposta-perdida"}))
    return str(Mark.objects.latest("id").pk)


def _noticed(case: Case, by: Actor) -> str:
    """A suspension the seller was told of, after six answers counted as missed."""
    for minute in range(6):
        with door.judging(case.pk, by=by, at=NINE + timedelta(minutes=minute)) as change:
            effects.run(change, parse_effect({"count": "resposta-perdida"}))
    at = NINE + timedelta(minutes=10)
    assert case.seller
    standing = counting.read(case.seller.pk, by, at=at)
    assert standing
    proposed = standing.proposed[0]
    rule = sanctions.Rule(proposed.propose, proposed.text, "mais de 5")
    return str(sanctions.notify(case.seller, rule, "Seis atendimentos sem resposta.", by=by, at=at).pk)


def _sent(case: Case) -> str:
    """The letter that acknowledged the case to its customer."""
    letter = Letter.objects.get(case=case, party="customer")
    sending.send(letter.pk, at=NINE)
    return str(letter.pk)


def _left(case: Case, by: Actor) -> str:
    """A task left on the case for later."""
    with door.judging(case.pk, by=by, at=NINE) as change:
        return str(follow_ups.leave(change, "Ligar de novo", NINE + timedelta(days=1)).pk)


def _held(case: Case, by: Actor) -> str:
    """A message of the seller that waits for the marketplace to read it."""
    sending = addressing.Sending(Party.CUSTOMER, audience.EVERYONE)
    with door.judging(case.pk, by=by, at=NINE) as change:
        return str(pending.message(change, Written("Me liga no 41 99988-7766."), sending, (), "contato").pk)


def _pressed(case: Case, by: Actor) -> str:
    """A message that can still be taken back; the customer was answered before."""
    message = addressing.Message("Sai hoje.", to="customer", customer_reads=True)
    pressed = pressing.press(case, message, by=by, at=NINE)
    assert pressed is not None
    return str(pressed.pk)


def _waiting(by: Actor) -> str:
    """A file somebody chose and has not sent."""
    made = Attachment.objects.create(
        name="nota.pdf", size=3, sha256="0" * 64, path="b", added_by=by.person_id, added_at=NINE
    )
    return str(made.pk)


def _goods_back(case: Case, by: Actor) -> str:
    """The case's return, begun with a posting code."""
    with door.judging(case.pk, by=by, at=NINE) as change:
        returns.give_code(change, case.order, "LX123", NINE)  # type: ignore[arg-type]
    return str(Return.objects.get(case_id=case.pk).pk)


@pytest.fixture
def things(cast: Cast, everyone: dict[str, Actor]) -> dict[str, str]:
    """What the addresses are about: a case with a picture everybody in it may read, its order, its people."""
    picture = Attachment.objects.create(
        name="foto.png", size=3, sha256=ABC, path="a", added_by=cast.cliente.person_id, added_at=NINE
    )
    _store(picture)
    case = opening.open_case(
        Opening(cast.order, reason="Produto com defeito", message=Message("Veja a foto.", files=[picture])),
        by=cast.cliente,
        at=NINE,
    )
    membership = Membership.objects.get(person_id=cast.ana.person_id)
    mailbox = Mailbox.objects.create(
        marketplace=cast.marketplace, address="sac@loja.example", kind="imap", host="127.0.0.1", secret="NADA"
    )
    child = ask(case, "ka", cast.marta, share=["evidencias"])
    invited, _new = invitations.invite(
        Team(cast.marketplace), "nova@equipe.example", "", "agent", by=Doer(command="prova"), at=NINE
    )
    rival = Seller.objects.get(name="Loja Rival")
    to_administer, _new = invitations.invite(
        Team(cast.marketplace, rival), "dona@rival.example", "", "admin", by=Doer(command="prova"), at=NINE
    )
    return {
        "other_seller": str(rival.pk),
        "asked_to_administer": str(to_administer.pk),
        "session": "0",
        "rules_part": "actions",
        "rules_deadlines": "deadlines",
        "rules_version": str(rulebook_versions.adoption(cast.marketplace.pk).pk),
        "rules_draft": _drafted(cast.marketplace, everyone["boss"]),
        "step": "letters",
        "sheet": "sellers",
        "digest": "0123456789abcdef",
        "invitation": str(invited.pk),
        "invitation_secret": invitations.secret(invited),
        "side": "old",
        "step_picture": _drawn(cast.marketplace),
        "saved_reply": _saved(cast.marketplace, cast.ana),
        "own_queue": workload.OWN,
        "asked_queue": "ka",
        "child": child.protocol,
        "shared_file": str(child.attachments.get().pk),
        "partner_link": links.make(child, at=NINE),
        "case": case.protocol,
        "order": cast.order.number,
        "file": str(picture.pk),
        "waiting_file": _waiting(cast.ana),
        "membership": str(membership.pk),
        "key": str(keys.new()),
        "notice": _told(case, cast.ana),
        "seller": str(cast.seller.pk),
        "customer": str(cast.buyer.pk),
        "phone": "phone",
        "mark": _counted(case, cast.marta),
        "return": _goods_back(case, cast.ana),
        "letter": _sent(case),
        "mailbox": str(mailbox.pk),
        "mailbox_secret": tokens.secret(mailbox.pk, 0),
        "provider": "mailgun",
        "arrival": str(receiving.receive(mailbox, b"From: a@b.example\n\noi", at=NINE).pk),
        "task": _left(case, cast.marta),
        "hold": _held(case, cast.ana),
        "sending": _pressed(case, cast.ana),
        "sanction": _noticed(case, everyone["boss"]),
        "asked_of_seller": _asked(case, "seller", cast.marta),
        "asked_of_customer": _asked(case, "customer", cast.ana),
        "kind": "action",
        "note": "anotar",
        "call": "falar-com-a-americanas",
        "slug": cast.marketplace.slug,
        "noted": _noted(case, cast.ana),
        "message": _wrote(case, cast.ana, "Chega amanhã."),
        "report": _reported(case, cast),
        "score": 4,
        "icon": branding.digest(cast.marketplace),
        "size": 192,
        "language": "en",
        "link": signing_in.make_link(cast.buyer, case.pk, at=NINE),
    }


def test_every_address_has_a_row() -> None:
    named = {pattern.name for pattern in urls.urlpatterns}

    assert named == set(TABLE)


@pytest.mark.parametrize("name", TABLE)
def test_a_role_reaches_what_is_its_own_and_nothing_else(
    name: str, everyone: dict[str, Actor], things: dict[str, str], enter: Enter
) -> None:
    row = TABLE[name]
    address = reverse(name, args=[things[arg] for arg in row.args])
    browsers = {role: enter(everyone[role]) if role in everyone else Client() for role in ROLES}
    browsers["elo"].post(reverse("partner_link", args=[things["partner_link"]]))

    answers = {role: _ask(browser, row, address) for role, browser in browsers.items()}

    assert {role: answer.status_code for role, answer in answers.items()} == {
        role: _expected(row, role) for role in ROLES
    }
    led = [answer["Location"] for role, answer in answers.items() if answer.status_code == 302 and role not in row.may]
    door = {"customer": "/my/enter", "partner": "/partner/enter"}.get(row.door, "/accounts/login/")
    assert all(place.startswith(door) for place in led)


def test_were_visibility_to_let_everything_through_the_database_would_still_show_nothing_of_anothers(
    everyone: dict[str, Actor], things: dict[str, str], enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert {name for name in vars(visibility) if name.startswith(("visible_", "entries_of"))} == set(EVERYTHING)
    for name, model in EVERYTHING.items():
        monkeypatch.setattr(visibility, name, lambda *_asked, model=model: model.objects.all())
    strangers = {role: enter(everyone[role]) for role in ("rival", "foreign", "vizinho", "outra")}
    pages = [
        reverse(name, args=[things[arg] for arg in row.args]) for name, row in TABLE.items() if row.method == "GET"
    ]

    seen = {
        (role, page, word)
        for role, browser in strangers.items()
        for page in pages
        for word in ("Veja a foto.", "Joana", "Chega amanhã.", "52998224725")
        if word in _body(browser.get(page))
    }

    assert {one for one in seen if not one[1].startswith(("/my/link/", "/partner/link/"))} == set()


def _body(answer: Any) -> str:
    raw = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return raw.decode(errors="replace")  # type: ignore[no-any-return]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("party", [Party.MARKETPLACE, Party.SELLER])
def test_every_role_reaches_what_the_table_of_rights_gives_it(
    party: Party, role: Role, cast: Cast, things: dict[str, str]
) -> None:
    if not rights.offered(party, role):
        return
    seller = cast.seller if party is Party.SELLER else None
    someone = Person.objects.create_user(email=f"{role}@papel.example", password=None, name="Papel")
    actor = actors.of_membership(
        Membership.objects.create(person=someone, marketplace=cast.marketplace, seller=seller, role=role)
    )
    browser, shut = sign_in(actor), {}

    for name in sorted(set(address_rights.RIGHTS) - {"partner_link"}):
        row = TABLE[name]
        if row.door == "staff" and row.may & (TEAM if seller else MARKET):
            answer = _ask(browser, row, reverse(name, args=[things[arg] for arg in row.args]))
            shut[name] = answer.status_code == 403 and "papel" in getattr(answer, "sentence", "")

    assert {name for name, is_shut in shut.items() if is_shut} == {
        name for name in shut if not any(rights.may(party, role, right) for right in address_rights.RIGHTS[name])
    }


def test_every_address_of_a_team_takes_a_right() -> None:
    ruled = set(address_rights.RIGHTS) | address_rights.ONES_OWN
    open_to_all = {name for name, row in TABLE.items() if row.may == EVERYONE or row.door == "customer"}

    assert ruled == set(TABLE) - open_to_all - {"logo", "provider_begin", "provider_back", "provider_leave"}


@pytest.mark.parametrize("name", [name for name, row in TABLE.items() if row.method == "POST"])
def test_looking_changes_nothing_and_leads_to_the_forms_page(
    name: str, cast: Cast, everyone: dict[str, Actor], things: dict[str, str], enter: Enter
) -> None:
    doors = {"customer": cast.cliente, "partner": everyone["socia"]}
    actor = doors.get(TABLE[name].door, cast.ana)

    browser = enter(actor)

    answer = browser.get(reverse(name, args=[things[arg] for arg in TABLE[name].args]))

    assert answer.status_code == 302
    assert _may_look(resolve(answer["Location"].split("?")[0]).url_name)


def test_every_address_that_only_takes_a_form_names_the_page_its_form_stands_on() -> None:
    only_forms = {pattern.name for pattern in urls.urlpatterns if _methods(pattern.callback) == {"POST"}}

    assert only_forms == {name for name in ways_back.PAGES if name in TABLE}
    assert "reply" in only_forms


def test_an_address_that_names_no_page_of_its_form_leads_home_and_never_to_itself(
    cast: Cast, case: Case, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(ways_back.PAGES, "reply")

    answer = enter(cast.ana).get(reverse("reply", args=[case.protocol]))

    assert (answer.status_code, answer["Location"]) == (302, reverse("home"))


def test_what_is_foreign_and_what_does_not_exist_look_alike(cast: Cast, case: Case, enter: Enter) -> None:
    rival = enter(cast.rival)

    foreign = rival.get(reverse("case", args=[case.protocol]))
    missing = rival.get(reverse("case", args=["2026112300000000"]))

    assert foreign.status_code == missing.status_code == 404
    assert foreign.content == missing.content


def test_a_message_hidden_from_the_customer_leaves_no_trace_on_their_pages(
    cast: Cast, case: Case, enter: Enter
) -> None:
    replying.reply(case, Message("Segredo entre nós", to="marketplace"), by=cast.ana, at=NINE)
    client = enter(cast.cliente)

    pages = [client.get(reverse(name, args=[case.protocol])) for name in ("my_case", "my_timeline")]

    assert all("Segredo" not in page.content.decode() for page in pages)


def test_a_file_sent_to_the_marketplace_is_not_the_customers_to_fetch(cast: Cast, case: Case, enter: Enter) -> None:
    file = Attachment.objects.create(
        name="nota.pdf", size=3, sha256=ABC, path="b", added_by=cast.ana.person_id, added_at=NINE
    )
    _store(file)
    replying.reply(case, Message("Em anexo", to="marketplace", files=[file]), by=cast.ana, at=NINE)

    assert enter(cast.cliente).get(reverse("my_file", args=[file.pk])).status_code == 404
    assert enter(cast.marta).get(reverse("file", args=[file.pk])).status_code == 200


def test_an_order_of_another_seller_cannot_be_opened_by_writing_its_address(cast: Cast, enter: Enter) -> None:
    make_order(cast.marketplace, cast.seller, cast.buyer, "1002")

    answer = enter(cast.rival).post(reverse("open", args=["1002"]), {"text": "oi", "to": "customer"})

    assert answer.status_code == 404
    assert not Case.objects.exists()


def _methods(view: Any) -> set[str]:
    """The methods Django lets through to a view (`require_POST` and its kin); none where the view says nothing."""
    while view is not None:
        for cell in getattr(view, "__closure__", None) or ():
            if isinstance(cell.cell_contents, list) and "POST" in cell.cell_contents:
                return set(cell.cell_contents)
        view = getattr(view, "__wrapped__", None)
    return set()


def _may_look(name: str | None) -> bool:
    """Whether an address shows a page."""
    return name is not None and name not in ways_back.PAGES


def _ask(browser: Client, row: Row, address: str) -> Any:
    return browser.post(address, row.data) if row.method == "POST" else browser.get(address)


def _expected(row: Row, role: str) -> int:
    if role in row.but:
        return row.but[role]
    if role in row.may:
        return row.seen
    if (row.door == "staff" and role in PARTNERS) or (row.door == "partner" and role in STAFF):
        return 403
    inside = {"customer": {"cliente", "vizinho"}, "partner": {*PARTNERS, "elo"}}.get(row.door, STAFF)
    if role in inside:
        return row.others
    return 401 if row.method == "POST" else 302  # a form is told that it was not taken


def _admin(marketplace: Marketplace, name: str) -> Actor:
    person = Person.objects.create_user(email=f"{name.lower()}@equipe.example", password=None, name=name)
    return actors.of_membership(Membership.objects.create(person=person, marketplace=marketplace, role="admin"))


def _store(attachment: Attachment) -> None:
    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage

    attachment.path = default_storage.save(f"t/{attachment.pk}", ContentFile(b"abc"))
    attachment.picture = default_storage.save(f"t/{attachment.pk}.webp", ContentFile(b"abc"))
    attachment.save(update_fields=["path", "picture"])
    assert attachments.open_file(attachment).read() == b"abc"

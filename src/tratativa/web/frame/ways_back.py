"""Ways back: the page somebody is led to from an address that shows none, since it only takes what a form sends."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, ResolverMatch, resolve, reverse

# Addresses that take a form and show nothing: the page the form stands on, and which parts of the address it takes.
PAGES: dict[str, tuple[str, list[str]]] = {
    "acting": ("home", []),
    "setup_later": ("setup", []),
    "member_role": ("member", ["key"]),
    "member_sign_out": ("member", ["key"]),
    "member_second_factor": ("member", ["key"]),
    "member_leave": ("member", ["key"]),
    "invite_again": ("people", []),
    "withdraw_invitation": ("people", []),
    "import_sellers": ("seller_settings", []),
    "begin_draft": ("rules", []),
    "import_draft": ("rules", []),
    "add_rules_file": ("rules_draft", ["key"]),
    "remove_rules_file": ("rules_draft", ["key"]),
    "rehearse_draft": ("rules_draft", ["key"]),
    "accept_story": ("rules_draft", ["key"]),
    "agree_to_rules": ("publish_draft", ["key"]),
    "unpropose_rules": ("publish_draft", ["key"]),
    "rules_by_two": ("rules", []),
    "move_seller": ("seller_setting", ["key"]),
    "invite_partner": ("queue_setting", ["name"]),
    "invite_partner_again": ("queue_setting", ["name"]),
    "withdraw_partner": ("queue_setting", ["name"]),
    "end_absence": ("absences", []),
    "plan_own_absence": ("account", []),
    "end_own_absence": ("account", []),
    "stop_replay": ("replay_rules", ["key"]),
    "invite_seller": ("seller_setting", ["key"]),
    "invite_seller_again": ("seller_setting", ["key"]),
    "withdraw_seller": ("seller_setting", ["key"]),
    "read_notices": ("notices", []),
    "begin_push": ("notice_settings", []),
    "end_push": ("notice_settings", []),
    "end_session": ("account", []),
    "end_other_sessions": ("account", []),
    "give_up_email": ("account", []),
    "language": ("home", []),
    "theme": ("home", []),
    "shortcuts": ("help", []),
    "bulk": ("cases", []),
    "ask_batch": ("cases", []),
    "tag": ("tags", []),
    "save_view": ("cases", []),
    "delete_view": ("cases", []),
    "change_shared_view": ("cases", []),
    "density": ("cases", []),
    "draft": ("case", ["protocol"]),
    "add_file": ("case", ["protocol"]),
    "remove_file": ("case", ["protocol"]),
    "reply": ("case", ["protocol"]),
    "send_note": ("case", ["protocol"]),
    "thanks": ("case", ["protocol"]),
    "snooze": ("case", ["protocol"]),
    "add_tag": ("case", ["protocol"]),
    "remove_tag": ("case", ["protocol"]),
    "fill_field": ("case", ["protocol"]),
    "tie": ("case", ["protocol"]),
    "untie": ("case", ["protocol"]),
    "use_reply": ("case", ["protocol"]),
    "quote": ("case", ["protocol"]),
    "copy_reply": ("reply_setting", ["key"]),
    "delete_reply": ("reply_setting", ["key"]),
    "conduct": ("case", ["protocol"]),
    "presence": ("case", ["protocol"]),
    "revoke_links": ("case", ["protocol"]),
    "shut_out": ("case", ["protocol"]),
    "run": ("case", ["protocol"]),
    "push_signup": ("case", ["protocol"]),
    "ask_registry": ("case", ["protocol"]),
    "ask_again": ("case", ["protocol"]),
    "chat_send": ("chat", ["protocol"]),
    "put_up": ("home", []),
    "take_down": ("home", []),
    "opinion": ("article", ["kind", "name"]),
    "hand_in": ("home", []),
    "hand_in_by": ("home", []),
    "pause_mailbox": ("mailbox", ["key"]),
    "change_mailbox_secret": ("mailbox", ["key"]),
    "resume_mailbox": ("mailbox", ["key"]),
    "probe_mailbox": ("post", []),
    "send_again": ("post", []),
    "again_arrival": ("arrival", ["key"]),
    "settle_arrival": ("arrival", ["key"]),
    "adopt_arrival": ("arrival", ["key"]),
    "admit_arrival": ("arrival", ["key"]),
    "close_open": ("home", []),
    "take_next": ("queue", ["name"]),
    "reach_queue": ("queue", ["name"]),
    "decide_hold": ("holds", []),
    "undo_hold": ("home", []),
    "undo_sending": ("home", []),
    "send_now": ("home", []),
    "own_sending": ("account", []),
    "decide_report": ("reports", []),
    "decide_mark": ("sellers", []),
    "notify_sanction": ("seller", ["key"]),
    "decide_sanction": ("sellers", []),
    "answer_sanction": ("standing", []),
    "finish_task": ("tasks", []),
    "contest": ("standing", []),
    "reveal": ("home", []),
    "partner_reveal": ("partner_case", ["protocol"]),
    "partner_leave": ("partner_door", []),
    "partner_reply": ("partner_case", ["protocol"]),
    "partner_put_up": ("partner_cases", []),
    "partner_take_down": ("partner_cases", []),
    "customer_leave": ("customer_doors", []),
    "customer_leave_everywhere": ("customer_doors", []),
    "my_reply": ("my_case", ["protocol"]),
    "my_presence": ("my_case", ["protocol"]),
    "my_survey": ("my_case", ["protocol"]),
    "my_put_up": ("my_cases", []),
    "my_take_down": ("my_cases", []),
    "enter": ("cast", []),
}


def page(request: HttpRequest) -> str:
    """The page of this address: itself where it shows one, else the one its form stands on, query included."""
    match = request.resolver_match
    if match is None or match.url_name not in PAGES:
        return request.get_full_path()
    return _came_from(request) or _of(match)


def elsewhere(request: HttpRequest) -> str:
    """The page to lead to from an address that turned out to show none: never itself, which would lead on for ever."""
    found = page(request)
    return reverse("home") if urlsplit(found).path == request.path else found


def _came_from(request: HttpRequest) -> str:
    """The page the browser says the form was on, when it is one of ours and shows something."""
    try:
        before = urlsplit(request.META.get("HTTP_REFERER", ""))
        match = resolve(before.path)
    except (ValueError, Resolver404):
        return ""
    if before.netloc != request.get_host():
        return ""
    if match.url_name in PAGES:
        return _of(match)
    return f"{before.path}?{before.query}" if before.query else before.path


def _of(match: ResolverMatch) -> str:
    name, parts = PAGES[str(match.url_name)]
    return reverse(name, kwargs={part: match.kwargs[part] for part in parts})

"""The addresses of Ajustes, a line each."""

from django.urls import path

from tratativa.web.settings import (
    absences_room,
    account,
    audit,
    brand_room,
    calendar_room,
    health_room,
    mail_room,
    member,
    people,
    roles,
    seller_room,
    sellers_room,
)
from tratativa.web.settings.data import room as data_room
from tratativa.web.settings.notices import browsers as push_browsers
from tratativa.web.settings.notices import room as notices_room
from tratativa.web.settings.own import email
from tratativa.web.settings.queues import listing as queue_listing
from tratativa.web.settings.queues import partners as queue_partners
from tratativa.web.settings.queues import queue as queue_page
from tratativa.web.settings.queues import skills as queue_skills
from tratativa.web.settings.replies import editing as reply_editing
from tratativa.web.settings.replies import listing as reply_listing
from tratativa.web.settings.rules import changes as rules_changes
from tratativa.web.settings.rules import comparing as rules_comparing
from tratativa.web.settings.rules import completing as rules_completing
from tratativa.web.settings.rules import draft as rules_draft
from tratativa.web.settings.rules import overview as rules_overview
from tratativa.web.settings.rules import publish as rules_publish
from tratativa.web.settings.rules import replaying as rules_replaying
from tratativa.web.settings.rules import room as rules_room
from tratativa.web.settings.rules import versions as rules_versions
from tratativa.web.settings.rules import withdrawing as rules_withdrawing
from tratativa.web.settings.tags import room as tags_room

ADDRESSES = [
    path("settings/", people.settings, name="settings"),
    path("settings/people/", people.people, name="people"),
    path("settings/people/<uuid:key>/", member.person, name="member"),
    path("settings/people/<uuid:key>/role", member.change_role, name="member_role"),
    path("settings/people/<uuid:key>/sign-out", member.sign_out, name="member_sign_out"),
    path("settings/people/<uuid:key>/second-factor", member.reset_second_factor, name="member_second_factor"),
    path("settings/people/<uuid:key>/leave", member.leave, name="member_leave"),
    path("settings/invitations/<uuid:key>/again", people.again, name="invite_again"),
    path("settings/invitations/<uuid:key>/withdraw", people.withdraw, name="withdraw_invitation"),
    path("settings/brand/", brand_room.brand, name="brand"),
    path("settings/health/", health_room.health, name="health"),
    path("settings/mail/", mail_room.mail, name="mail_settings"),
    path("settings/data/", data_room.data, name="data_settings"),
    path("settings/data/progress", data_room.progress, name="data_progress"),
    path("settings/data/<slug:kind>/model.csv", data_room.model, name="data_model"),
    path("settings/sellers/", sellers_room.sellers, name="seller_settings"),
    path("settings/sellers/import", sellers_room.take_sheet, name="import_sellers"),
    path("settings/sellers/model.csv", sellers_room.model, name="sellers_model"),
    path("settings/sellers/<uuid:key>/", seller_room.seller, name="seller_setting"),
    path("settings/sellers/<uuid:key>/address", seller_room.move, name="move_seller"),
    path("settings/sellers/<uuid:key>/invite", seller_room.invite, name="invite_seller"),
    path("settings/sellers/<uuid:key>/invitations/<uuid:asked>/again", seller_room.again, name="invite_seller_again"),
    path("settings/sellers/<uuid:key>/invitations/<uuid:asked>/withdraw", seller_room.withdraw, name="withdraw_seller"),
    path("settings/calendar/", calendar_room.calendar, name="calendar"),
    path("settings/queues/", queue_listing.queues, name="queue_settings"),
    path("settings/queues/<slug:name>/", queue_page.queue, name="queue_setting"),
    path("settings/queues/<slug:name>/people/<uuid:key>/", queue_skills.skills, name="queue_skills"),
    path("settings/queues/<slug:name>/invite", queue_partners.invite, name="invite_partner"),
    path("settings/queues/<slug:name>/asked/<uuid:asked>/again", queue_partners.again, name="invite_partner_again"),
    path("settings/queues/<slug:name>/asked/<uuid:asked>/withdraw", queue_partners.withdraw, name="withdraw_partner"),
    path("settings/tags/", tags_room.tags, name="tags"),
    path("settings/tags/<uuid:key>/", tags_room.tag, name="tag"),
    path("settings/replies/", reply_listing.replies, name="replies"),
    path("settings/replies/new", reply_editing.new, name="new_reply"),
    path("settings/replies/<uuid:key>/", reply_editing.reply, name="reply_setting"),
    path("settings/replies/<uuid:key>/copy", reply_editing.copy, name="copy_reply"),
    path("settings/replies/<uuid:key>/delete", reply_editing.delete, name="delete_reply"),
    path("settings/absences/", absences_room.room, name="absences"),
    path("settings/absences/<uuid:key>/end", absences_room.end, name="end_absence"),
    path("settings/account/absences", absences_room.plan_own, name="plan_own_absence"),
    path("settings/account/absences/<uuid:key>/end", absences_room.end_own, name="end_own_absence"),
    path("settings/rules/", rules_room.rules, name="rules"),
    path("settings/rules/schema/<slug:part>", rules_completing.part, name="rules_schema"),
    path("settings/rules/on", rules_versions.on_day, name="rules_on"),
    path("settings/rules/versions/<uuid:key>/", rules_versions.version, name="rules_version"),
    path("settings/rules/versions/<uuid:key>/<slug:kind>/<slug:name>", rules_versions.article, name="rules_article"),
    path("settings/rules/drafts/begin", rules_room.begin, name="begin_draft"),
    path("settings/rules/drafts/import", rules_room.take_zip, name="import_draft"),
    path("settings/rules/drafts/<uuid:key>/", rules_draft.draft, name="rules_draft"),
    path("settings/rules/versions/<uuid:key>/withdraw", rules_withdrawing.withdraw, name="withdraw_rules"),
    path("settings/rules/two", rules_withdrawing.two, name="rules_by_two"),
    path("settings/rules/drafts/<uuid:key>/compare", rules_comparing.comparison, name="compare_rules"),
    path("settings/rules/drafts/<uuid:key>/replay", rules_replaying.replay, name="replay_rules"),
    path("settings/rules/drafts/<uuid:key>/replay/progress", rules_replaying.progress, name="replay_progress"),
    path("settings/rules/drafts/<uuid:key>/replay/stop", rules_replaying.stop, name="stop_replay"),
    path("settings/rules/drafts/<uuid:key>/publish", rules_publish.publish, name="publish_draft"),
    path("settings/rules/drafts/<uuid:key>/agree", rules_publish.agree, name="agree_to_rules"),
    path("settings/rules/drafts/<uuid:key>/unpropose", rules_publish.unpropose, name="unpropose_rules"),
    path("settings/rules/drafts/<uuid:key>/changes/", rules_changes.changes, name="rules_changes"),
    path(
        "settings/rules/drafts/<uuid:key>/changes/<slug:name>/<slug:item>/", rules_changes.change, name="rules_change"
    ),
    path("settings/rules/drafts/<uuid:key>/add", rules_draft.add, name="add_rules_file"),
    path("settings/rules/drafts/<uuid:key>/remove", rules_draft.remove, name="remove_rules_file"),
    path("settings/rules/drafts/<uuid:key>/discard", rules_overview.discard, name="discard_draft"),
    path("settings/rules/drafts/<uuid:key>/rehearse", rules_overview.rehearse, name="rehearse_draft"),
    path("settings/rules/drafts/<uuid:key>/stories", rules_overview.accept, name="accept_story"),
    path("settings/rules/drafts/<uuid:key>/rehearsal", rules_overview.rehearsal, name="rehearsal"),
    path("settings/roles/", roles.roles, name="roles"),
    path("settings/account/", account.account, name="account"),
    path("settings/notices/", notices_room.room, name="notice_settings"),
    path("settings/notices/browsers", push_browsers.begin, name="begin_push"),
    path("settings/notices/browsers/<uuid:key>/end", push_browsers.end, name="end_push"),
    path("notices/worker.js", push_browsers.worker, name="push_worker"),
    path("settings/account/sessions/<int:key>/end", account.end_session, name="end_session"),
    path("settings/account/sessions/end", account.end_others, name="end_other_sessions"),
    path("settings/account/sending", account.sending, name="own_sending"),
    path("settings/account/email", email.change, name="change_email"),
    path("settings/account/email/give-up", email.give_up, name="give_up_email"),
    path("settings/audit/", audit.log, name="audit"),
    path("settings/audit/export.csv", audit.export, name="audit_export"),
    path("email-change/<uuid:key>/<str:side>/<str:secret>", email.said, name="email_change"),
]

"""Letters stay as they left and as they came: the database refuses to change or to lose one."""

from django.db import migrations

# A letter's words are written when it leaves, and anew where it came back; one that came may lose its bytes, never
# what it was.
ONLY_GROWS = (
    """
    create trigger only_grows before delete on public.mail_letter
        for each row execute function public.only_grows();
    create trigger only_grows_whole before truncate on public.mail_letter
        for each statement execute function public.only_grows();
    create trigger said_once before update on public.mail_letter
        for each row when (old.state = 'sent' and old.bounced_at is null and
            (new.case_id, new.entry_id, new.kind, new.party, new.reader_id, new.address, new.at, new.sent_at,
                new.state, new.subject, new.text, new.html)
            is distinct from
            (old.case_id, old.entry_id, old.kind, old.party, old.reader_id, old.address, old.at, old.sent_at,
                old.state, old.subject, old.text, old.html))
        execute function public.only_grows();
    create trigger only_grows before delete on public.mail_arrival
        for each row execute function public.only_grows();
    create trigger only_grows_whole before truncate on public.mail_arrival
        for each statement execute function public.only_grows();
    create trigger said_once before update on public.mail_arrival
        for each row when (
            (new.marketplace_id, new.mailbox_id, new.message_id, new.sha256, new.size, new.at)
            is distinct from
            (old.marketplace_id, old.mailbox_id, old.message_id, old.sha256, old.size, old.at))
        execute function public.only_grows();
    """,
    """
    drop trigger said_once on public.mail_arrival;
    drop trigger only_grows_whole on public.mail_arrival;
    drop trigger only_grows on public.mail_arrival;
    drop trigger said_once on public.mail_letter;
    drop trigger only_grows_whole on public.mail_letter;
    drop trigger only_grows on public.mail_letter;
    """,
)


class Migration(migrations.Migration):
    dependencies = [("mail", "0001_squashed_0009_one_index_each"), ("cases", "0024_append_only")]
    operations = [migrations.RunSQL(*ONLY_GROWS)]

"""The tokens of signed reply addresses leave the letters that were opened: each is worth its reader's word."""

from django.db import migrations

_MASK = r"""
update public.mail_arrival
set recipients = regexp_replace(recipients::text, '\+c[0-9a-z]{1,25}\.[a-z2-7]{10}@', '@', 'gi')::jsonb
where opened_at is not null and recipients::text ~* '\+c[0-9a-z]{1,25}\.[a-z2-7]{10}@'
"""


class Migration(migrations.Migration):
    dependencies = [("mail", "0013_asked_and_answered")]
    operations = [migrations.RunSQL(_MASK, migrations.RunSQL.noop)]

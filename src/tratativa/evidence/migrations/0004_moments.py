"""A walk speaks of a moment that has come, and every moment of the proofs is one a calendar has.

Seven walks of the year 9999 hid every later night from whoever asks what was found; a moment without end ends the
reading of whatever reads it.
"""

from django.db import migrations

# Tomorrow: the worker's clock may be a little ahead of the database's, and never a day.
COME = (
    """
    create function public.moment_has_come() returns trigger language plpgsql as $$
    begin
        if new.at > clock_timestamp() + interval '1 day' then
            raise exception 'a walk speaks of a moment that has come: % is refused', new.at;
        end if;
        return new;
    end $$;
    create trigger moment_has_come before insert on public.evidence_walk
        for each row execute function public.moment_has_come();
    """,
    """
    drop trigger moment_has_come on public.evidence_walk;
    drop function public.moment_has_come();
    """,
)
_CALENDAR = "between '1900-01-01' and '9000-01-01'"
_MOMENTS = {
    "evidence_walk": f"at {_CALENDAR}",
    "evidence_head": f"at {_CALENDAR}",
    "evidence_anchor": f"day between '1900-01-01' and '9999-12-31' and sent_at {_CALENDAR}",
    "evidence_signingkey": f"made_at {_CALENDAR} and retired_at {_CALENDAR}",
    "cases_entry": f"at {_CALENDAR}",
}
# Not of rows of before: whoever reads them passes by what no calendar has, and millions would have to be looked at.
CALENDAR = [
    (
        f"alter table public.{table} add constraint {table}_moment check ({check}) not valid",
        f"alter table public.{table} drop constraint {table}_moment",
    )
    for table, check in _MOMENTS.items()
]


class Migration(migrations.Migration):
    dependencies = [("evidence", "0003_fences"), ("cases", "0040_drafts_keep_tags")]
    operations = [migrations.RunSQL(*step) for step in (COME, *CALENDAR)]

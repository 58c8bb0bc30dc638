"""What a queue is shown stands as its entry says: a line of its words, or a sealed value by its digest.

Whoever serves could hang another account beside the one a queue was to pay into.
"""

from django.db import migrations

SHOWN = """
    create function public.shown_as_said() returns trigger language plpgsql as $$
    begin
        if not exists (
            select from public.cases_entry e join public.cases_text t on t.entry_id = e.id
            where e.id = new.text_id and e.event = 'data.shared' and case
                when e.data -> 'sealed' = 'true' then e.data -> 'shown' ->> new.position::int
                    = encode(sha256(convert_to(new.label || E'\\n' || new.value, 'UTF8')), 'hex')
                else strpos(E'\\n' || t.body || E'\\n', E'\\n' || new.label || ': ' || new.value || E'\\n') > 0
            end
        ) then
            raise exception 'no entry says that this is shown: this insert is refused';
        end if;
        return new;
    end $$;
    create trigger shown_as_said before insert on public.cases_sharedfield
        for each row execute function public.shown_as_said();
"""
BEFORE = """
    drop trigger shown_as_said on public.cases_sharedfield;
    drop function public.shown_as_said();
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0043_papers_are_answers")]
    operations = [migrations.RunSQL(SHOWN, BEFORE)]

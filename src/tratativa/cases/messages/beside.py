"""Beside: what colleagues sent on a case and is not said yet; nobody of the team answers over it unread (ADR 108)."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tratativa.accounts.models import Person
from tratativa.cases.core.change import Change
from tratativa.cases.core.refusals import NotAllowed
from tratativa.cases.models import Case, Pressed


def of_case(case: Case) -> QuerySet[Pressed]:
    """What was pressed on a case and not said yet, oldest first."""
    return Pressed.objects.filter(case=case, ended_at=None).order_by("pressed_at", "id")


def refuse(change: Change) -> None:
    """Raises NotAllowed while a colleague's message of the same team is about to be said: it must be read first."""
    other = of_case(change.case).filter(party=str(change.by.party)).exclude(person_id=change.by.person).first()
    if other is None:
        return
    who = Person.objects.filter(pk=other.person_id).values_list("name", flat=True).first()
    raise NotAllowed(
        _("%(who)s está enviando uma mensagem neste atendimento agora. Leia-a antes; as suas palavras ficam guardadas.")
        % {"who": who or _("Alguém da sua equipe")}
    )

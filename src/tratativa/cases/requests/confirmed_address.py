"""Effects on where the customer's letters go."""

from datetime import timedelta

from django.utils.translation import gettext as _

from tratativa.cases import events
from tratativa.cases.core import audience
from tratativa.cases.core.change import Change
from tratativa.cases.core.effects import effect
from tratativa.cases.core.refusals import NotAllowed
from tratativa.cases.models import Entry
from tratativa.cases.requests import asking_again
from tratativa.rulebook.language import arguments
from tratativa.rulebook.terms.ids import slug

REMEMBERED = timedelta(days=30)  # how long an identification that failed stands in the way


@effect("use_address")
def use_address(change: Change, argument: arguments.UseAddress) -> None:
    """Sends the letters of this case to another address, and again what the customer was asked there (K01).

    What was ticked first is kept as an identification that passed. Raises NotAllowed where the customer's last one, in
    whatever case, failed in the last thirty days: who was refused rings again. So where there is nobody to write to.
    """
    if change.case.customer is None:
        raise NotAllowed(_("Este atendimento não tem cliente a quem escrever."))
    checked = Entry.objects.filter(case__customer=change.case.customer, event=events.Verified.name)
    last = checked.filter(at__gte=change.at - REMEMBERED).order_by("-at", "-number").first()
    if last and last.data["failed"]:
        raise NotAllowed(
            _("A última identificação deste cliente não confere: nenhum outro e-mail é usado antes de uma que confira.")
        )
    statements = change.action.check_first if change.action else ()
    if statements:
        passed = events.Verified(run="", passed=[slug(one) for one in statements], failed=[])
        change.record(passed, to=audience.TEAM)
    change.case.letters_to = str(change.fields[slug(argument.field)])
    change.record(events.AddressConfirmed(), to=audience.TEAM)
    asking_again.repeat_all(change)

"""Effects on where the customer's letters go."""

from django.utils.translation import gettext as _

from tratativa.cases import asked_events, asking_again, audience
from tratativa.cases.changing import Change
from tratativa.cases.refusals import NotAllowed
from tratativa.rulebook import effects
from tratativa.rulebook.ids import slug


def use_address(change: Change, argument: effects.UseAddress) -> None:
    """Sends the letters of this case to another address, and again what the customer was asked there (K01).

    What was ticked first is kept as an identification that passed. Raises NotAllowed where the last one failed, and
    where there is nobody to write to.
    """
    if change.case.customer is None:
        raise NotAllowed(_("Este atendimento não tem cliente a quem escrever."))
    verified = change.case.entries.filter(event=asked_events.Verified.name).order_by("-number").first()
    if verified and verified.data["failed"]:
        raise NotAllowed(_("A identificação feita neste atendimento não confere: nenhum outro e-mail é usado."))
    statements = change.action.check_first if change.action else ()
    if statements:
        passed = asked_events.Verified(run="", passed=[slug(one) for one in statements], failed=[])
        change.record(passed, to=audience.TEAM)
    change.case.letters_to = str(change.fields[slug(argument.field)])
    change.record(asked_events.AddressConfirmed(), to=audience.TEAM)
    asking_again.repeat_all(change)
